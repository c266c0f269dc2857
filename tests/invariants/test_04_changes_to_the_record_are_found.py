"""Every change to the record is found, and what happens to people breaks nothing."""

from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from reversion.models import Revision

from klk_workflow.evidence.verification import verify_document
from klk_workflow.models import Document, Edition, EditionFile, Event, EventName
from klk_workflow.models.event import CHAINED

OTHER = {
    "at": "2020-01-01 00:00:00",
    "data": '{"x": 1}',
    "actor_id": 999999,
    "round": 77,
    "revision_id": 999999,
    "edition_number": 77,
    "workflow_version": 7,
    "seq": 77,
}

OTHER_OF_EDITION = {
    "number": 77,
    "published_at": "2020-01-01 00:00:00",
    "withdrawn_at": "2020-01-01 00:00:00",
    "is_archived": True,
    "is_removed": True,
    "offices": "[]",
    "toc": "[]",
    "proof": "[]",
}


@pytest.fixture
def published(world, type_key):
    document = world.start(type_key)
    world.write(document)
    world.attach(document, content="Beispiel")
    return world.second_fassung(world.bring(document, "veroeffentlicht"))


def fault(document):
    return verify_document(Document.objects.get(pk=document.pk))


@contextmanager
def undone():
    """Whatever happens inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def change(model, pk, column, value):
    with connection.cursor() as cursor:
        table = model._meta.db_table
        cursor.execute(f'UPDATE {table} SET "{column}"=%s WHERE id=%s', [value, pk])


def test_what_nobody_touched_is_whole(published):
    assert fault(published) is None
    call_command("verify")


def test_every_column_of_an_event_is_bound(published):
    event = published.events.get(seq=3)
    for column in [*CHAINED, "hash"]:
        with undone():
            change(Event, event.pk, column, OTHER.get(column, "x"))
            found = fault(published)
            assert found, column
            assert found.seq == 3, column


def test_verify_says_so_and_fails(published, capsys):
    change(Event, published.events.get(seq=2).pk, "remark", "Nie gesagt")
    with pytest.raises(CommandError):
        call_command("verify")
    assert f"{published.natural_key}, Vorgang 2" in capsys.readouterr().err


def test_every_column_of_an_edition_is_bound(published):
    """Frozen columns by their digest; whether it is shown, by the Events that say so."""
    edition = Edition.objects.get(document=published, number=1)
    columns = {f.name for f in Edition._meta.concrete_fields} - {"id", "document", "is_current"}
    for column in sorted(columns):
        with undone():
            change(Edition, edition.pk, column, OTHER_OF_EDITION.get(column, "x"))
            assert fault(published), column


def test_an_older_fassung_made_current_is_found(published):
    Edition.objects.filter(document=published, number=2).update(is_current=False)
    Edition.objects.filter(document=published, number=1).update(is_current=True)
    assert fault(published)


def test_other_bytes_in_a_file_of_an_edition_are_found(published):
    file = EditionFile.objects.filter(edition__document=published)[0]
    path = file.file.storage.path(file.file.name)
    with open(path, "ab") as stored:  # noqa: PTH123
        stored.write(b"!")
    try:
        assert fault(published)
    finally:
        with open(path, "rb+") as stored:  # noqa: PTH123
            stored.truncate(file.size)


def test_a_missing_file_of_an_edition_is_found(published):
    EditionFile.objects.filter(edition__document=published)[0].delete()
    assert fault(published)


def test_a_file_slipped_into_an_edition_is_found(published):
    file = EditionFile.objects.filter(edition__document=published)[0]
    file.pk, file.sha256, file.name = None, "0" * 64, "geheim.pdf"
    file.save()
    assert fault(published)


def test_a_missing_event_in_the_middle_is_found(published):
    event = published.events.get(seq=3)
    event.name.delete()
    event.mails.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM klk_workflow_event WHERE id=%s", [event.pk])
    assert fault(published)


def test_a_changed_or_missing_name_is_found(published):
    with undone():
        EventName.objects.filter(event__document=published, event__seq=2).delete()
        assert fault(published).seq == 2
    EventName.objects.filter(event__document=published, event__seq=3).update(name="Andere")
    assert fault(published).seq == 3


def test_deleting_people_and_offices_members_breaks_nothing(world, published):
    for user in world.people.values():
        user.delete()
    assert fault(published) is None


def test_renaming_an_office_breaks_nothing(world, published):
    office = world.offices["nw"]
    office.name = "Umbenannte Stelle"
    office.save()
    assert fault(published) is None


def test_a_missing_or_changed_text_behind_an_event_is_found(published):
    event = published.events.get(seq=2)
    Revision.objects.filter(pk=event.revision_id).delete()
    assert fault(published).seq == 2


def test_events_and_editions_hold_their_document(published):
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        published.delete()
