"""The articles of the Istanbul-Konvention, for choices and labels."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data" / "istanbul_konvention.json"


@cache
def articles() -> dict[int, str]:
    """German short titles of all articles by number; the wording is checked in data/ only."""
    rows = json.loads(_DATA.read_text(encoding="utf-8"))["articles"]
    return {row["number"]: row["title_de"] for row in rows}


@cache
def report_articles() -> dict[int, str]:
    """The articles that a Land can report on."""
    rows = json.loads(_DATA.read_text(encoding="utf-8"))["articles"]
    return {row["number"]: row["title_de"] for row in rows if row["in_land_report_scope"]}


def article_label(number: int) -> str:
    """The article as people cite it: "Art. 51 Gefährdungsanalyse …"."""
    return f"Art. {number} {articles().get(number, '')}".strip()


def article_titles(numbers: Iterable[int]) -> list[str]:
    """Labels of these articles in ascending order."""
    return [article_label(number) for number in sorted(numbers)]
