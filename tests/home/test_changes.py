"""Anybody compares the Fassungen of a text: what is public of them, and nothing else."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from klk_workflow.models import Edition

Make = Callable[..., Edition]
ADDRESS = "/laenderberichte/nw/2026-1/fassung/{}/"
SECTION = (
    '<section id="abschnitt-{0}"><h2><span class="klk-no">{2}</span> {1}</h2><p>{3}</p></section>'
)


def html(*sections: tuple[str, str, str]) -> str:
    numbered = enumerate(sections, 1)
    return "\n".join(SECTION.format(key, title, n, text) for n, (key, title, text) in numbered)


def compared(client: Client, old: int, new: int) -> Any:
    return client.get(f"{ADDRESS.format(new)}seit/{old}/")


def marked(response: Any) -> str:
    text = response.content.decode()
    return re.sub(r'<span class="klk-sr">[^<]*</span>', "", text)


@pytest.fixture
def three(make_edition: Make) -> None:
    """Three Fassungen, each other in something."""
    kurz, schutz, daten = (
        ("kurz", "Kurz", "Es gibt zehn Plätze."),
        ("a", "A", "Eins"),
        ("b", "B", "B"),
    )
    make_edition(number=1, html=html(kurz, schutz, daten))
    kurz = ("kurz", "Kurz", "Es gibt zwölf Plätze.")
    make_edition(
        number=2, html=html(("neu", "Neues", "Neu hier"), kurz, daten, schutz), note="Mehr."
    )
    make_edition(number=3, html=html(kurz, ("a", "A und mehr", "Eins")))


def test_word_by_word_with_what_came_moved_and_went(client: Client, three: None) -> None:
    response = compared(client, 1, 2)
    page = marked(response)
    assert "Es gibt <del>zehn</del><ins>zwölf</ins> Plätze." in page
    assert "<p><ins>Neu hier</ins></p>" in page
    found = {c.title: c for c in response.context["changes"].changed}
    assert {"Kurz", "Neues"} < set(found)
    assert sum(change.is_moved for change in found.values()) == 1
    assert "verschoben" in page
    assert "1 weiterer Abschnitt ist unverändert." in page
    assert "Mehr." in page
    later = marked(compared(client, 1, 3))
    assert "umbenannt" in later
    assert "nicht mehr enthalten" in later
    assert "Mehr." not in later


def test_what_changed_is_said_to_those_who_hear_it(client: Client, three: None) -> None:
    assert "[neu: " in compared(client, 1, 2).content.decode()


def test_linked_from_the_list_of_fassungen(client: Client, three: None) -> None:
    page = client.get(ADDRESS.format(2)).content.decode()
    assert f'href="{ADDRESS.format(2)}seit/1/"' in page
    assert f'href="{ADDRESS.format(3)}seit/2/"' in page


def test_what_was_withdrawn_is_compared_with_nothing(
    client: Client, three: None, withdraw: Callable[[Edition], None]
) -> None:
    withdraw(Edition.objects.get(number=2))
    for old, new in ((1, 2), (2, 3)):
        response = compared(client, old, new)
        assert response.status_code == 410
        assert "zwölf" not in response.content.decode()
        assert "Neu hier" not in response.content.decode()
    assert compared(client, 1, 3).status_code == 200
    assert "seit/2/" not in client.get(ADDRESS.format(3)).content.decode()


@pytest.mark.parametrize(("old", "new"), [(2, 1), (1, 1), (1, 9), (9, 10), (0, 1)])
def test_other_pairs_are_not_found(client: Client, three: None, old: int, new: int) -> None:
    assert compared(client, old, new).status_code == 404


def test_kept_in_the_cache_until_something_public_changes(
    client: Client, three: None, withdraw: Callable[[Edition], None]
) -> None:
    first = compared(client, 1, 2)
    with CaptureQueriesContext(connection) as spent:
        assert compared(client, 1, 2).content == first.content
    assert not spent.captured_queries
    assert not first.cookies


def test_the_same_file_in_both_is_no_change(client: Client, make_edition: Make) -> None:
    digest = "a" * 64
    for number in (1, 2):
        link = f"{ADDRESS.format(number)}dateien/{digest}/plan.pdf"
        make_edition(
            number=number, html=f'<section id="anlagen"><a href="{link}">Plan</a></section>'
        )
    assert "in beiden Fassungen derselbe" in compared(client, 1, 2).content.decode()


def test_the_measures_of_a_plan_are_compared_row_by_row(client: Client, make_edition: Make) -> None:
    head = '<h4><span class="klk-no">{0}</span> M{0}</h4>'
    row = f'<article id="massnahme-{{0}}">{head}<p>{{1}} Plätze</p></article>'
    frame = '<section id="massnahmen"><h2>Maßnahmen</h2><h3>Schutz</h3>{}</section>'
    for number, rows in enumerate(({1: "Eins", 2: "Zwei", 3: "Drei"}, {1: "Eins", 3: "Vier"}), 1):
        inner = "".join(row.format(n, text) for n, text in rows.items())
        make_edition(number=number, html=frame.format(inner))
    response = compared(client, 1, 2)
    told = [(c.title, c.is_removed) for c in response.context["changes"].changed]
    assert told == [("2 M2", True), ("3 M3", False)]
    assert "<del>Drei</del><ins>Vier</ins> Plätze" in marked(response)
    assert "2 weitere Abschnitte sind unverändert." in marked(response)
