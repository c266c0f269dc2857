"""Members' search finds what one may read, as it is now, and nothing else."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.rich_text import RichText

from klk_workflow.content.editing import save_part
from klk_workflow.content.finding import read_changed
from klk_workflow.management.commands.worker import STEPS
from klk_workflow.models import Document, DocumentWords, Section
from klk_workflow.people import person_for
from klk_workflow.perform import perform
from tests.klk_workflow.conftest import WAY, fill, start_report

pytestmark = pytest.mark.django_db
SEARCH = "/admin/dokumente/suche/"


@pytest.fixture
def report(people: Any, period: Any) -> Document:
    """A draft of Nordrhein-Westfalen, one section of which is for members only."""
    by = person_for(people["nw"])
    document = start_report(by, "nw", period)
    fill(document, by)
    _write(document, by, "Die Täterarbeit braucht Schutzplätze.", visibility="internal")
    return document


def _write(document: Document, by: Any, text: str, **values: Any) -> None:
    section = Section.objects.filter(document=document).latest("pk")
    changes = {"body": [("text", RichText(f"<p>{text}</p>"))], **values}
    save_part(section, by=by, seen_version=section.version, changes=changes)
    assert read_changed in STEPS
    read_changed()


def _found(people: Any, who: str, words: str) -> bool:
    client = Client()
    client.force_login(people[who])
    page = client.get(SEARCH, {"q": words}).content.decode()
    is_found = "1 Dokument gefunden" in page
    assert is_found or "0 Dokumente gefunden" in page
    assert is_found == (Document.objects.latest("pk").title in page)
    return is_found


@pytest.mark.parametrize(
    "words",
    ["Täterarbeit", "taeterarbeit", "TÄTER", "Schutzplatz", "Nordrhein-Westfalen Schutz", "ä"],
)
def test_own_draft_is_found_by_title_and_text(report: Document, people: Any, words: str) -> None:
    assert _found(people, "nw", words)


@pytest.mark.parametrize("words", ["Strafvollzug", "Täterarbeit Strafvollzug", "%", "_", "\\"])
def test_all_words_must_be_there(report: Document, people: Any, words: str) -> None:
    assert not _found(people, "nw", words)


@pytest.mark.parametrize("who", ["by", "pruefung", "freigabe", "redaktion", "admin"])
def test_a_foreign_draft_is_found_by_nobody(report: Document, people: Any, who: str) -> None:
    for words in ("Täterarbeit", "Nordrhein-Westfalen"):
        assert not _found(people, who, words)


def test_approved_text_is_found_by_all_members_also_what_the_public_does_not_read(
    report: Document, people: Any
) -> None:
    for _state, action, who, extra in WAY[:3]:
        report.refresh_from_db()
        seen = report.digest
        perform(report, action, by=person_for(people[who]), seen_digest=seen, **extra)
    assert _found(people, "by", "Täterarbeit")


def test_words_that_were_taken_out_are_found_no_more(report: Document, people: Any) -> None:
    _write(report, person_for(people["nw"]), "Ganz anders.")
    assert not _found(people, "nw", "Täterarbeit")
    assert _found(people, "nw", "Ganz anders")


def test_the_text_of_another_version_is_never_shown(report: Document, people: Any) -> None:
    """Nor searched, however long the worker takes."""
    DocumentWords.objects.update(digest="0" * 64)
    assert not _found(people, "nw", "Täterarbeit")


def test_the_worker_reads_what_changed_and_nothing_twice(report: Document) -> None:
    assert read_changed() == 0
    DocumentWords.objects.all().delete()
    assert read_changed() == 1


def test_excerpt_marks_the_words(report: Document, people: Any) -> None:
    client = Client()
    client.force_login(people["nw"])
    page = client.get(SEARCH, {"q": "taeterarbeit"}).content.decode()
    assert "<mark>Täterarbeit</mark> braucht Schutzplätze." in page


def test_number_of_queries_does_not_grow(report: Document, people: Any, period: Any) -> None:
    client = Client()
    client.force_login(people["nw"])
    client.get(SEARCH, {"q": "Nordrhein-Westfalen"})
    with CaptureQueriesContext(connection) as one:
        client.get(SEARCH, {"q": "Nordrhein-Westfalen"})
    for number in range(4):
        period.pk, period.slug = None, f"weiter-{number}"
        period.save()
        start_report(person_for(people["nw"]), "nw", period)
    read_changed()
    with CaptureQueriesContext(connection) as several:
        answer = client.get(SEARCH, {"q": "Nordrhein-Westfalen"})
    assert "5 Dokumente gefunden" in answer.content.decode()
    assert len(several) == len(one) <= 15
