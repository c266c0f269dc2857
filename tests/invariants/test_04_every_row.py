"""SQL edit, delete, insert and swap of any row that answers for what was approved is found."""

from contextlib import contextmanager, suppress
from itertools import permutations

import pytest
from django.db import IntegrityError, connection, transaction
from reversion.models import Revision, Version

from klk_workflow.evidence.seals import new_key
from klk_workflow.evidence.verification import strays, verify_document
from klk_workflow.models import (
    Attachment,
    Document,
    DocumentFile,
    Edition,
    EditionFile,
    Event,
    EventName,
    Rendition,
    Section,
)
from klk_workflow.publication.renditions import make_waiting
from klk_workflow.registry import registry

#: The record, and of a document that nobody may edit now: its rows, and the rows of its parts.
RECORD = [Event, EventName, Edition, EditionFile, Rendition, Revision, Version]
PARTS = [
    Section,
    Attachment,
    *(k for t in registry for k in t.parts if k not in {Section, Attachment}),
]
COPY = [Document, *(t.model for t in registry if t.model.content_fields()), *PARTS, DocumentFile]

#: What is said beside the record: who last touched a row, and the number of a row.
FREE = {
    "updated_by",
    "updated_by_name",
    "created_at",  # of a file; of a document it is bound
}
OTHER = {
    "CharField": "zz",
    "TextField": "zz",
    "FileField": "zz/zz",
    "DateTimeField": "2020-01-01 00:00:00",
    "JSONField": '{"x": 1}',
    "StreamField": "[]",
    "URLField": "https://example.org/zz",
}


@pytest.fixture
def published(world, type_key, monkeypatch, settings):
    """Two Fassungen with a file and a PDF each, and a remark of every kind."""
    monkeypatch.setattr(
        "klk_workflow.publication.renditions.pdf",
        lambda edition: b"%PDF-1.7 " + edition.json.encode(),
    )
    settings.KLK_SIGNING_KEY = new_key()
    document = world.start(type_key)
    world.write(document)
    world.attach(document, content="Beispiel")
    world.attach(document, content="Anderes")
    world.second_fassung(world.bring(document, "veroeffentlicht"))
    make_waiting()
    world.do(document, "fassung_zurueckziehen", "redaktion", "Fehler in einer Zahl", edition=1)
    assert not found(document)
    return document


def found(document):
    return verify_document(Document.everything.get(pk=document.pk)) or strays()


@contextmanager
def undone():
    """Whatever happens inside is rolled back; what the database itself refuses did not happen."""
    with suppress(IntegrityError), transaction.atomic():
        yield
        transaction.set_rollback(True)


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def table(model):
    return connection.ops.quote_name(model._meta.db_table)


def pk_column(model):
    return model._meta.pk.column


def rows(model, document):
    """Rows of this kind that belong to the document."""
    if model is Document or issubclass(model, Document):
        return model._base_manager.filter(pk=document.pk)
    if model is Revision:
        return Revision.objects.filter(pk__in=document.events.values("revision_id"))
    if model is Version:
        return Version.objects.filter(revision__in=document.events.values("revision_id"))
    way = {
        EventName: "event__document",
        EditionFile: "edition__document",
        Rendition: "edition__document",
    }
    return model._base_manager.filter(**{way.get(model, "document"): document})


def some(model, document):
    """Two rows from the beginning and the last one."""
    found_rows = list(rows(model, document).order_by("pk"))
    return found_rows if len(found_rows) < 4 else [*found_rows[:2], found_rows[-1]]


def columns(model):
    """The columns that answer for something: all but the row's number and what is said beside."""
    fields = [f for f in model._meta.local_concrete_fields if not f.primary_key]
    return [
        f for f in fields if f.name not in FREE or (model is Document and f.name == "created_at")
    ]


def other(field, value):
    if field.is_relation:
        return None if field.null and value else 987654
    if field.get_internal_type() in {"CharField", "TextField"} and value in {"zz", ""}:
        return "y"
    if isinstance(value, bool):
        return not value
    if isinstance(value, int) or "Integer" in type(field).__name__:
        return (value or 0) + 77
    return OTHER[
        type(field).__name__ if type(field).__name__ in OTHER else field.get_internal_type()
    ]


@pytest.mark.parametrize("model", [*RECORD, *COPY], ids=lambda m: m.__name__)
def test_every_column_of_every_row_is_bound(published, model):
    missed = []
    for row in some(model, published):
        for field in columns(model):
            with undone():
                value = other(field, getattr(row, field.attname))
                where = f"{pk_column(model)} = %s"
                sql(f'UPDATE {table(model)} SET "{field.column}" = %s WHERE {where}', value, row.pk)
                if not found(published):
                    missed.append(f"{row} {field.name}")
    assert not missed


@pytest.mark.parametrize("model", [*RECORD, *PARTS, DocumentFile], ids=lambda m: m.__name__)
def test_a_deleted_row_is_missed(published, model):
    for row in some(model, published):
        with undone():
            sql(f"DELETE FROM {table(model)} WHERE {pk_column(model)} = %s", row.pk)
            assert found(published), row


@pytest.mark.parametrize("model", [*RECORD, *PARTS], ids=lambda m: m.__name__)
def test_an_inserted_row_is_noticed(published, model):
    """A copy of a row, with what must be unique made so."""
    for row in some(model, published):
        with undone():
            if model is EventName:
                sql("DELETE FROM klk_workflow_eventname WHERE id = %s", row.pk)
            values = {f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields}
            values |= {name: value for name, value in NEW.items() if name in values}
            model(**values | {"id": None}).save(force_insert=True)
            assert found(published), row


#: What a row has that is slipped in.
NEW = {
    "hash": "f" * 64,
    "seq": 77,
    "number": 77,
    "sha256": "e" * 64,
    "key": "zz",
    "kind": "zz",
    "is_current": False,
    "salt": "0" * 64,
    "object_id": "987654",
}


@pytest.mark.parametrize("model", [*RECORD, *PARTS], ids=lambda m: m.__name__)
def test_two_rows_with_their_content_swapped_are_noticed(published, model):
    """Whatever two rows say, exchanged; where they say the same there is nothing to notice."""
    all_rows = some(model, published)
    names = [f.attname for f in columns(model)]
    swapped = 0
    for one, two in permutations(all_rows, 2):
        values = [{name: getattr(row, name) for name in names} for row in (one, two)]
        own = {n for n in names if values[0][n] != values[1][n]} - UNIQUE.get(model, set())
        if not own:
            continue
        with undone():
            for row, said in ((one, values[1]), (two, values[0])):
                model._base_manager.filter(pk=row.pk).update(**{n: said[n] for n in own})
            swapped += 1
            assert found(published), (one, two, own)
    assert swapped or len(all_rows) < 2


#: Left where they are in a swap: the places that the database allows once only.
UNIQUE = {
    Event: {"seq", "hash"},
    EventName: {"event_id"},
    Edition: {"number", "is_current"},
    EditionFile: {"edition_id", "sha256"},
    Rendition: {"edition_id"},
    Version: {"revision_id", "content_type_id", "object_id"},
    **{kind: {"key"} for kind in PARTS},
}
