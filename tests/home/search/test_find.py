"""What somebody asks for, however it is written, is found, and found first."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.search import engine
from home.search.find import Found
from home.search.models import Entry, Word

Titles = Callable[..., list[str]]
Search = Callable[..., Found]
Do = Callable[..., Any]


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Landesaktionspläne", "Aktionsplan"),
        ("Landesaktionspläne", "aktionsplaene"),
        ("Täterarbeit", "Täter"),
        ("Täterarbeit", "taeter"),
        ("Häuser für Frauen", "Haus"),
        ("Frauenhäuser", "Frauenhaus"),
        ("Frauenhausplätze", "Plätze"),
        ("Opferschutz", "Opfer"),
        ("Maßnahmen", "Massnahme"),
        ("Massnahmen", "Maßnahme"),
        ("Prävention", "Praevention"),
        ("Umgang mit Gewaltschutz", "Gewalt-Schutz"),
        ("Plätze im Frauenhaus", "Frauenhausplätze"),
    ],
)
def test_forms_and_compounds(publish: Do, titles: Titles, title: str, asked: str) -> None:
    publish(title, summary="Kurz.")
    publish("Etwas ganz anderes", summary="Kurz.")
    assert titles(asked) == [title]


def test_letters_inside_a_word_are_no_part_of_it(publish: Do, titles: Titles) -> None:
    publish("Gemeinschaft und Wirtschaft")
    assert titles("Haft") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Täterabreit", "Täterarbeit"), ("Fallkonfernz", "Fallkonferenz"), ("Polzei", "Polizei")],
)
def test_slips_of_the_fingers(publish: Do, search: Search, typed: str, meant: str) -> None:
    publish(f"Über {meant}", professions=[])
    found = search(typed)
    assert [hit.entry.title for hit in found.hits] == [f"Über {meant}"]
    assert [(asked.typed, asked.meaning.taken_for) for asked in found.taken] == [(typed, meant)]


@pytest.mark.parametrize(("typed", "part"), [("Opferanwalt", "Opfer"), ("Notaufname", None)])
def test_of_an_unknown_compound_the_larger_part_is_looked_for(
    publish: Do, search: Search, typed: str, part: str | None
) -> None:
    publish("Schutz der Opfer")
    publish("Der Name")
    found = search(typed)
    assert [asked.meaning.taken_for for asked in found.taken] == ([part] if part else [])
    assert bool(found.hits) == bool(part)


def test_a_known_word_is_not_taken_for_another(publish: Do, search: Search) -> None:
    publish("Handel")
    publish("Handeln und Wandel")
    assert search("Wandel").taken == []


def test_what_is_called_so_comes_before_what_mentions_it(publish: Do, titles: Titles) -> None:
    publish("Runde", body=[("text", "<p>" + "Fallkonferenz " * 30 + "</p>")])
    publish("Überblick", summary="Was eine Fallkonferenz ist.")
    publish("Die Fallkonferenz")
    assert titles("Fallkonferenz") == ["Die Fallkonferenz", "Überblick", "Runde"]


def test_the_very_word_comes_before_what_holds_it(publish: Do, titles: Titles) -> None:
    publish("Eins", body=[("text", "<p>Gewaltschutzverfahren</p>")], summary="Kurz.")
    publish("Zwei", body=[("text", "<p>Gewalt in vielen Formen, erklärt.</p>")], summary="Kurz.")
    assert titles("Gewalt") == ["Zwei", "Eins"]


def test_all_words_before_some(publish: Do, search: Search) -> None:
    publish("Polizei und Justiz", professions=[])
    publish("Polizei", professions=[])
    found = search("Justiz Polizei")
    assert [hit.entry.title for hit in found.hits] == ["Polizei und Justiz", "Polizei"]
    assert found.strict == 1


def test_words_stand_out_where_they_were_found(publish: Do, search: Search) -> None:
    long = "Vorher steht viel. " * 60 + "Dann kommen Frauenhäuser vor. " + "Danach auch. " * 60
    publish("Schutz", summary="Kurz.", body=[("text", f"<p>{long}</p>")])
    hit = search("Frauenhaus").hits[0]
    assert [piece.text for piece in hit.text if piece.is_hit] == ["Frauenhäuser"]
    assert len("".join(piece.text for piece in hit.text)) < 400
    assert [piece.text for piece in search("schutz").hits[0].title if piece.is_hit] == ["Schutz"]


def test_choices_narrow_down_and_say_what_they_would_leave(publish: Do, search: Search) -> None:
    publish("Schutz eins", professions=["polizei", "justiz"], land="nw", year=2025)
    publish("Schutz zwei", professions=["polizei"], land="by", year=2026)
    publish("Anderes", professions=["polizei"])
    found = search("Schutz", professions="polizei", land="nw")
    assert [hit.entry.title for hit in found.hits] == ["Schutz eins"]
    counts = {str(c.label): {str(o.label): o.count for o in c.options} for c in found.counted}
    assert counts["Für wen"] == {"Polizei": 1, "Justiz": 1}
    assert counts["Land"] == {"Bayern": 1, "Nordrhein-Westfalen": 1}
    assert counts["Jahr"] == {"2025": 1}


def test_asking_costs_the_same_however_much_there_is(publish: Do, search: Search) -> None:
    publish("Fallkonferenz 1")
    search("Fallkonferenz", professions="polizei")
    with CaptureQueriesContext(connection) as few:
        search("Fallkonferenz", professions="polizei")
    for number in range(2, 15):
        publish(f"Fallkonferenz {number}")
    with CaptureQueriesContext(connection) as many:
        search("Fallkonferenz", professions="polizei")
    assert len(many) == len(few) <= 20


def test_a_word_that_is_everywhere_shows_titles_then_the_newest(
    publish: Do, search: Search, monkeypatch: Any
) -> None:
    monkeypatch.setattr(engine, "MOST", 3)
    monkeypatch.setattr("home.search.find.MOST", 3)
    publish("Schutz steht im Titel", summary="Kurz.")
    for number in range(5):
        publish(f"Heft {number}", summary="Schutz.")
    found = search("Schutz")
    assert [hit.entry.title for hit in found.hits] == ["Schutz steht im Titel", "Heft 4", "Heft 3"]
    assert found.has_more


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "'",
        "AND",
        "a* NOT b",
        "(((",
        "x:y",
        "%",
        "\\",
        "🎈",
        "' OR 1=1 --",
        "xlandnw",
        "\u00ad",
    ],
)
def test_whatever_is_typed_is_only_words(publish: Do, search: Search, text: str) -> None:
    publish("Sicher sprechen", land="nw")
    assert search(text).hits == []


def test_numbers_are_not_corrected(publish: Do, search: Search) -> None:
    publish("Artikel 1234")
    assert search("1235").hits == []


def test_the_index_holds_no_more_than_it_should(publish: Do) -> None:
    publish("Eins")
    assert Entry.objects.count() == 1
    assert all(word.uses == 1 for word in Word.objects.all())
