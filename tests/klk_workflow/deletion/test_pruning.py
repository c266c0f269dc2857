"""What may go from the record goes with an Event that says so; any other gap is a fault."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from reversion.models import Revision

from klk_workflow import clock
from klk_workflow.content import remarks
from klk_workflow.content.restore import published as published_content
from klk_workflow.deletion.pruning import prune
from klk_workflow.evidence.verification import verify_document
from klk_workflow.models import Document, EventName, Remark, Section


@pytest.fixture
def document(bring, go):
    """Withdrawn once, published, a Fassung begun and discarded."""
    found = bring("eingereicht")
    go(found, "zuruecknehmen", "nw")
    for action, who in (
        ("einreichen", "nw"),
        ("weitergeben", "pruefung"),
        ("freigeben", "freigabe"),
        ("veroeffentlichen", "redaktion"),
    ):
        go(found, action, who)
    go(found, "neue_fassung", "nw", remark="Neue Zahlen")
    go(found, "neue_fassung_verwerfen", "nw")
    found.refresh_from_db()
    return found


def fault(document):
    return verify_document(Document.objects.get(pk=document.pk))


def later(days):
    return clock.now() + timedelta(days=days)


def kept(document):
    seqs = document.events.filter(revision_id__in=Revision.objects.values("pk"))
    return list(seqs.values_list("seq", flat=True))


def test_what_was_handed_in_or_approved_stays_and_the_last_text(document):
    prune(document, later(1))
    assert kept(document) == [1, 3, 4, 5, 6, 8]
    assert fault(document) is None
    note = document.events.get(seq=9)
    assert len(note.data["revisions"]) == 2
    assert published_content(document).parts


def test_what_is_young_stays(document):
    call_command("prune")
    assert kept(document) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_nothing_to_prune_leaves_no_event(document):
    prune(document, later(1))
    assert prune(document, later(1)) == []
    document.refresh_from_db()
    assert document.event_count == 9


def test_the_command_counts(document, capsys):
    with clock.at(later(731)):
        call_command("prune")
    assert "2 Textstände entfernt" in capsys.readouterr().out


@pytest.mark.parametrize("seq", [1, 2, 6, 7])
def test_a_gap_of_which_no_event_tells_is_a_fault(document, seq):
    Revision.objects.get(pk=document.events.get(seq=seq).revision_id).delete()
    assert fault(document).seq == seq


@pytest.fixture
def remarked(document, people):
    section = Section.objects.filter(document=document)[0]
    Remark.objects.create(
        document=document,
        part_kind="abschnitt",
        part_key=section.key,
        digest="",
        text="Bitte prüfen",
        author_id=people["pruefung"].pk,
        author_name="pruefung",
        author_role="Prüfung",
        created_at=clock.now(),
    )
    return document


def names(document):
    return set(EventName.objects.filter(event__document=document).values_list("name", flat=True))


def test_a_name_is_erased_everywhere_and_the_chain_holds(remarked, people, capsys):
    call_command("erase_name", "pruefung")
    call_command("erase_name", id=people["nw"].pk)
    assert "In 1 Dokument gelöscht" in capsys.readouterr().out
    assert names(remarked) == {"freigabe", "redaktion", "System"}
    assert Remark.objects.get().author_name == ""
    assert remarks.threads(remarked)
    assert not Section.objects.filter(document=remarked).exclude(updated_by_name="").exists()
    assert fault(remarked) is None


def test_deleting_the_account_too_breaks_nothing(remarked, people):
    for user in people.values():
        user.delete()
    call_command("erase_name", id=1)
    assert fault(remarked) is None


def test_a_name_missing_without_an_event_is_a_fault(remarked):
    EventName.objects.filter(event__document=remarked, event__seq=4).delete()
    assert fault(remarked).seq == 4


def test_an_account_that_is_not_there_is_said(db):
    with pytest.raises(CommandError):
        call_command("erase_name", "nie")
