"""Where dangerous words and files are, and how they are taken out; called under the lock."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.apps import apps
from django.db.models import CharField, F, Field, JSONField, Model, Q, TextField
from reversion.models import Version
from wagtail.fields import StreamField

from klk_workflow import chain, clock, reading
from klk_workflow.content import history
from klk_workflow.content.digest import document_digest
from klk_workflow.deletion.blots import Blot
from klk_workflow.evidence.lawful import REMOVED
from klk_workflow.evidence.record import rows_of
from klk_workflow.models import (
    Document,
    DocumentFile,
    DocumentWords,
    Edition,
    EditionFile,
    Event,
    IdempotentRequest,
    OutboxMail,
    Part,
    Removal,
    Rendition,
    Section,
)
from klk_workflow.models.event import DETAILS
from klk_workflow.models.files import private_storage
from klk_workflow.people import Person
from klk_workflow.perform import lock
from klk_workflow.publication.editions import frozen_digest

#: Columns that name and order, and hold no text of anybody's.
_KEYS: Final = {
    *("natural_key", "type_key", "land", "state", "digest", "salt", "head"),
    *("key", "kind", "part_kind", "part_key", "visibility", "sha256", "mime", "file"),
}
#: Handled one by one below, or never holding text.
_APART: Final = {
    f"klk_workflow.{name}"
    for name in ("document", "event", "edition", "documentfile", "documentwords", "removal")
}

#: Where the words can be in an Edition.
_OF_EDITION: Final = (
    *("html", "json", "summary", "toc", "note"),
    *("title", "period_label", "withdrawn_reason"),
)


@dataclass
class Places:
    """Where it all is: Editions to be emptied, rows of old texts, Events, rows of now, files."""

    editions: list[Edition] = field(default_factory=list)
    texts: list[Version] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    rows: list[Model] = field(default_factory=list)
    files: list[DocumentFile] = field(default_factory=list)
    names: list[DocumentFile] = field(default_factory=list)

    @property
    def revision_count(self) -> int:
        """How many old texts are concerned."""
        return len({row.revision_id for row in self.texts})


def places(document: Document, removal: Removal) -> Places:
    """Where the words and files of this request are in this document."""
    blot = Blot(removal.words)
    own_files = list(DocumentFile.objects.filter(document_id=document.pk))
    return Places(
        editions=_editions(document, removal, blot),
        texts=list(_texts(document, blot)),
        events=[e for e in Event.objects.filter(document_id=document.pk) if _says(e, blot)],
        rows=[row for row in _rows(document) if removal.in_copy and _is_stained(row, blot)],
        files=[file for file in own_files if file.sha256 in removal.files],
        names=[file for file in own_files if blot.stains(file.name)],
    )


def elsewhere(document: Document, removal: Removal) -> list[Document]:
    """Other documents in which these words or files are (in Editions, text or files)."""
    blot, found = Blot(removal.words), set()
    for row in Edition.objects.exclude(document_id=document.pk).iterator():
        if any(blot.stains(getattr(row, name)) for name in ("html", "title", "summary")):
            found.add(row.document_id)
    for kind in (kind for kind in apps.get_models() if issubclass(kind, Part)):
        for part in kind._default_manager.exclude(document_id=document.pk).iterator():
            if _is_stained(part, blot):
                found.add(part.document_id)
    shared = DocumentFile.objects.filter(sha256__in=removal.files).exclude(document_id=document.pk)
    found |= set(shared.exclude(file="").values_list("document_id", flat=True))
    return list(Document.objects.filter(pk__in=found).order_by("title"))


def carry_out(document: Document, removal: Removal, by: Person, role: str) -> Event:
    """Take it out of everything and record it: what is where now, by digests alone."""
    blot, found = Blot(removal.words), places(document, removal)
    removal.leftover = _stored(found)
    said = {
        "words": _clean_events(found.events),
        "rows": _clean_texts(found.texts, blot),
        "editions": {str(edition.number): _empty(edition, blot) for edition in found.editions},
        "files": removal.files,
        "asked_by": removal.asked_by,
    }
    for row in found.rows:
        _clean_row(row, blot)
    DocumentWords.objects.filter(document_id=document.pk).delete()  # read anew by the worker
    _clean_files(document, found, blot)
    _clean_answers(blot)
    return _record(document, removal.reason, said, by, role)


def _record(document: Document, reason: str, said: dict[str, Any], by: Person, role: str) -> Event:
    """The text as it is now becomes a text of its own, and the Event that names it."""
    now = lock(document)
    parts = now.parts()
    now.digest = document_digest(now, parts)
    now.save(update_fields=["digest"])
    number, text = history.record(now, parts, comment=REMOVED)
    reading.announce(now.path)
    kept = {"revision_id": number, "text_digest": text}
    return chain.note(now, REMOVED, by=by, role=role, remark=reason, data=said, **kept)


# --- Editions ------------------------------------------------------------------------------------


def _editions(document: Document, removal: Removal, blot: Blot) -> list[Edition]:
    """Those that were named, that hold the words, or that show one of the files."""
    rows = Edition.objects.filter(document_id=document.pk, is_removed=False).order_by("number")
    with_file = set(
        EditionFile.objects.filter(
            edition__document_id=document.pk, sha256__in=removal.files
        ).values_list("edition_id", flat=True)
    )
    return [
        row
        for row in rows
        if row.number in removal.editions
        or row.pk in with_file
        or any(blot.stains(getattr(row, name)) for name in _OF_EDITION)
        or any(blot.stains(file.name) for file in row.files.all())
    ]


def _empty(edition: Edition, blot: Blot) -> str:
    """Empty an Edition and give the digest of what is left of it: place, digest, day."""
    EditionFile.objects.filter(edition=edition).delete()
    Rendition.objects.filter(edition=edition).delete()
    edition.html = edition.json = edition.summary = edition.note = ""
    edition.toc = []
    edition.title = blot.clean(edition.title)
    edition.is_removed, edition.withdrawn_reason = True, ""
    edition.withdrawn_at = clock.now()
    edition.save()
    return frozen_digest(edition, [])


# --- old texts -----------------------------------------------------------------------------------


def _texts(document: Document, blot: Blot) -> Iterator[Version]:
    named = Event.objects.filter(document_id=document.pk).exclude(revision_id=0)
    for row in rows_of(set(named.values_list("revision_id", flat=True))) if blot else ():
        if _cleaned(row.serialized_data, blot) != row.serialized_data or blot.stains(
            row.object_repr
        ):
            yield row


def _clean_texts(rows: list[Version], blot: Blot) -> dict[str, str]:
    """Blot the words out of old texts; give the digest of each row now, and what it was before."""
    was = {}
    for row in rows:
        before = history.row_digest(history.row_columns(row))
        row.serialized_data = _cleaned(row.serialized_data, blot)
        row.object_repr = blot.clean(row.object_repr)
        row.save(update_fields=["serialized_data", "object_repr"])
        was[history.row_digest(history.row_columns(row))] = before
    return was


def _cleaned(serialised: str, blot: Blot) -> str:
    (item,) = json.loads(serialised)
    fields = {k: v if k in _KEYS else blot.clean(v) for k, v in item["fields"].items()}
    if fields == item["fields"]:
        return serialised
    return json.dumps([{**item, "fields": fields}], ensure_ascii=False)


# --- what was said -------------------------------------------------------------------------------


def _says(event: Event, blot: Blot) -> bool:
    return event.has_words and blot.stains([event.remark, event.data.get(DETAILS)])


def _clean_events(events: list[Event]) -> list[int]:
    """Take out what was typed; the chain holds it as a salted commitment, the salt goes with it."""
    for event in events:
        data = {name: value for name, value in event.data.items() if name != DETAILS}
        Event.objects.filter(pk=event.pk).update(remark="", words_salt="", data=data)
        OutboxMail.objects.filter(event_id=event.pk).update(error="")
    return sorted(event.seq for event in events)


# --- rows of now ---------------------------------------------------------------------------------


def _rows(document: Document) -> Iterator[Model]:
    """Every row that belongs to the document, whatever plugin declared it."""
    yield Document.objects.get(pk=document.pk)
    for model in apps.get_models():
        if model._meta.label_lower in _APART:
            continue
        fields = model._meta.local_fields
        ties = [f.name for f in fields if f.related_model in {Document, type(document)}]
        if ties:
            wanted = Q(*[(name, document.pk) for name in ties], _connector=Q.OR)
            yield from model._default_manager.filter(wanted)


def _columns(model: type[Model]) -> "list[Field[Any, Any]]":
    """The columns in which somebody's words can be."""
    return [
        column
        for column in model._meta.local_concrete_fields
        if isinstance(column, CharField | TextField | JSONField | StreamField)
        and not column.choices
        and column.name not in _KEYS
    ]


def _value(row: Model, column: Any) -> Any:
    value = getattr(row, column.attname)
    return column.get_prep_value(value) if isinstance(column, StreamField) else value


def _is_stained(row: Model, blot: Blot) -> bool:
    return any(blot.stains(_value(row, column)) for column in _columns(type(row)))


def _clean_row(row: Model, blot: Blot) -> None:
    """Blot a row; its version counts up, so that nobody saves the words back from an open page."""
    changed: dict[str, Any] = {}
    for column in _columns(type(row)):
        value = _value(row, column)
        cleaned = blot.clean(value)
        if cleaned != value:
            limit = getattr(column, "max_length", None)
            cut = cleaned[:limit] if limit and isinstance(cleaned, str) else cleaned
            changed[column.name] = column.to_python(cut) if isinstance(column, StreamField) else cut
    type(row)._default_manager.filter(pk=row.pk).update(**changed)
    if isinstance(row, Document):
        Document.objects.filter(pk=row.pk).update(version=F("version") + 1)
    elif isinstance(row, Part):
        type(row)._default_manager.filter(pk=row.pk).update(version=F("version") + 1)


def _clean_answers(blot: Blot) -> None:
    """What programs were answered, kept for a repeated request."""
    for row in IdempotentRequest.objects.all() if blot else ():
        if blot.stains(row.answer):
            IdempotentRequest.objects.filter(pk=row.pk).update(answer=blot.clean(row.answer))


# --- files ---------------------------------------------------------------------------------------


def _clean_files(document: Document, found: Places, blot: Blot) -> None:
    """The rows stay, for the old texts that name them; the working copy no longer shows them."""
    for file in found.names:
        DocumentFile.objects.filter(pk=file.pk).update(name=blot.clean(file.name))
    gone = {file.sha256 for file in found.files}
    DocumentFile.objects.filter(pk__in=[file.pk for file in found.files]).update(file="")
    for part in document.parts() if gone else ():
        if gone & set(part.file_digests()):
            _without(part, gone)


def _without(part: Part, gone: set[str]) -> None:
    if part.addable:
        part.delete()
    elif isinstance(part, Section):
        kept = [block for block in part.raw_body() if not _shows(block, gone)]
        part.body = _body().to_python(json.dumps(kept))
        part.version += 1
        part.save(update_fields=["body", "version"])


def _body() -> StreamField:
    return Section._meta.get_field("body")


def _shows(block: dict[str, Any], gone: set[str]) -> bool:
    return block["type"] == "bild" and block["value"]["datei"] in gone


def _stored(found: Places) -> list[str]:
    """The stored files that Editions and documents named until now."""
    stored = {str(file.file.name) for file in found.files if not file.is_removed}
    for model in (EditionFile, Rendition):
        rows = model._default_manager.filter(edition__in=found.editions)
        stored |= set(rows.values_list("file", flat=True))
    return sorted(stored)


def delete_bytes(name: str) -> int:
    """Delete a stored file unless a row still names it; another document may hold the same."""
    for model in (DocumentFile, EditionFile, Rendition):
        if model._default_manager.filter(file=name).exists():
            return 0
    private_storage().delete(name)
    return 1
