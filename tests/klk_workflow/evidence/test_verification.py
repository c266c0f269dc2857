"""`verify` finds what was changed behind the engine's back."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from klk_workflow.evidence.verification import verify_document
from klk_workflow.models import Document, Event, Section


@pytest.fixture
def published(bring, go):
    document = bring("veroeffentlicht")
    go(document, "neue_fassung", "nw", remark="Neue Zahlen")
    go(document, "neue_fassung_verwerfen", "nw")
    document.refresh_from_db()
    return document


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_untouched_record_is_whole(published):
    assert verify_document(published) is None
    call_command("verify")


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE klk_workflow_event SET remark='x' WHERE seq=2", 2),
        ("UPDATE klk_workflow_event SET actor_id=1 WHERE seq=3", 3),
        ("UPDATE klk_workflow_eventname SET name='x'", 1),
        ("UPDATE klk_workflow_edition SET html='x'", 4),
        ("UPDATE klk_workflow_edition SET digest='x'", 4),
        ("UPDATE klk_workflow_document SET state='freigegeben'", 6),
        ("UPDATE klk_workflow_section SET title='x' WHERE position=1", 6),
        (
            (
                "UPDATE reversion_version SET serialized_data="
                "REPLACE(serialized_data, 'Kurzfassung', 'Langfassung')"
            ),
            1,
        ),
    ],
)
def test_a_changed_row_is_named(published, statement, seq):
    sql(statement)
    fault = verify_document(Document.objects.get(pk=published.pk))
    assert fault is not None
    assert fault.seq == seq
    with pytest.raises(CommandError):
        call_command("verify")


def test_a_missing_event_is_named(published):
    Event.objects.filter(seq=6).update(hash="x")
    sql(
        "DELETE FROM klk_workflow_eventname WHERE event_id IN "
        "(SELECT id FROM klk_workflow_event WHERE seq=6)"
    )
    sql(
        "DELETE FROM klk_workflow_outboxmail WHERE event_id IN "
        "(SELECT id FROM klk_workflow_event WHERE seq=6)"
    )
    sql("DELETE FROM klk_workflow_event WHERE seq=6")
    fault = verify_document(Document.objects.get(pk=published.pk))
    assert fault is not None


def test_deleting_people_breaks_nothing(published, people):
    for user in people.values():
        user.delete()
    assert verify_document(Document.objects.get(pk=published.pk)) is None


def test_a_draft_being_written_is_no_fault(published, people, go):
    go(published, "neue_fassung", "nw", remark="Neu")
    assert Section.objects.filter(document=published).exists()
    assert verify_document(Document.objects.get(pk=published.pk)) is None
