"""The example texts, put together for a Land and a period.

Each section has several storylines; a storyline has one stage for each of the three periods, so
that a Land's reports go on from one another. Which Land follows which storylines is fixed.
"""

from functools import cache
from pathlib import Path
from typing import Any, Final

from klk_workflow.demo.texts import LABEL, Block, read
from klk_workflow.laender import LAENDER

FOLDER: Final = Path(__file__).parent
PERIODS: Final = ("2025-2", "2026-1", "2026-2")
#: The sections whose topics the summary names; internal ones never.
SUMMARISED: Final = (
    "koordination-und-vernetzung",
    "schutz-und-unterstuetzung",
    "landesaktionsplan",
    "kinder-und-jugendliche",
    "polizei-justiz-gefaehrdungsmanagement",
    "praevention-und-oeffentlichkeitsarbeit",
    "zugang-fuer-alle",
    "taeterbezogene-intervention",
)
_ORDER = sorted(LAENDER)


def section(key: str, land: str, period: str) -> list[Block]:
    """The text of a report's section, labelled as an example."""
    if key == "kurzfassung":
        blocks: list[Block] = [_summary(land, period)]
    else:
        blocks = _told(key, land, period)
    return [f"{LABEL}{blocks[0]}", *blocks[1:]]


def visibility(key: str, land: str) -> str:
    """Where a Land departs from the outline in who reads a section; else empty."""
    chosen: str = _land(land)["visibility"].get(key, "")
    return chosen


def _told(key: str, land: str, period: str) -> list[Block]:
    base = _base_text(key, land, period)
    blocks: list[Block] = [base] if base else []
    for thread in _storylines(key, land)[bool(base) :]:
        if blocks and _land(land)["headings"]:
            blocks.append({"heading": _capital(thread["topic"])})
        blocks += [_worded(block, land) for block in thread["stages"][PERIODS.index(period)]]
    return blocks


def _storylines(key: str, land: str) -> list[dict[str, Any]]:
    """The storylines of this Land, the main one first; no two Länder have the same."""
    kind = _land(land)["kind"]
    lines = read(FOLDER, key)["storylines"]
    fitting = [line for line in lines if line.get("only", kind) == kind]
    place = _ORDER.index(land)
    main = place + 2 * len(key)
    second = main + 1 + place // len(fitting)
    places = (main, second, second + 2)[: _land(land)["threads"]]
    return [fitting[place % len(fitting)] for place in places]


def _base_text(key: str, land: str, period: str) -> str:
    base = read(FOLDER, "grundtexte")
    if period != base["period"]:
        return ""
    text: str = base["reports"].get(land, {}).get(key, "")
    return text


def _summary(land: str, period: str) -> str:
    base = _base_text("kurzfassung", land, period)
    if base:
        return base
    number = _ORDER.index(land) + 3 * PERIODS.index(period)
    openings = read(FOLDER, "kurzfassung")["openings"]
    keys = [SUMMARISED[(number + step) % len(SUMMARISED)] for step in (0, 1, 3)]
    topics = dict(zip("abc", (_storylines(key, land)[0]["topic"] for key in keys), strict=True))
    return str(openings[number % len(openings)]).format_map({**_words(land), **topics})


def _land(land: str) -> dict[str, Any]:
    data: dict[str, Any] = read(FOLDER, "woerter")["laender"][land]
    return data


def _worded(block: Block, land: str) -> Block:
    return block.format_map(_words(land)) if isinstance(block, str) else block


@cache
def _words(land: str) -> dict[str, str]:
    words: dict[str, str] = _land(land)["words"]
    return words | {key.capitalize(): _capital(word) for key, word in words.items()}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
