"""What the models make of a record: texts recompute, and what nobody may edit is what was kept."""

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from django.utils.translation import gettext as _
from reversion.models import Version

from klk_workflow.content import history
from klk_workflow.content.digest import document_digest
from klk_workflow.content.files import KINDS, is_intact
from klk_workflow.evidence.lawful import Taken
from klk_workflow.evidence.record import Record, rows_of
from klk_workflow.models import Document, DocumentFile, Event, Part
from klk_workflow.workflows.definition import Effect

#: So many texts are held in memory at a time.
AT_ONCE = 50


def faults(found: Record, gone: Taken) -> Iterator[tuple[int, str]]:
    """What is wrong: the Event's number, and what."""
    yield from _recomputed(found, gone)
    if found.events and found.document.deleted_at:
        yield found.events[-1].seq, _("Dokument mit Vorgängen als gelöschter Entwurf versteckt")
    if found.events and not found.document.state_info.editors:
        yield from _copy(found.document, found.events)


def _recomputed(found: Record, gone: Taken) -> Iterator[tuple[int, str]]:
    """The digest that an Event names follows from its text, unless the models are others now."""
    named = [e for e in found.events if e.revision_id in found.texts and _is_of_text(found, e)]
    for start in range(0, len(named), AT_ONCE):
        events = named[start : start + AT_ONCE]
        ids = {event.revision_id for event in events}
        digests = _digests(found.document, ids - _not_of_today(ids) - _blotted(found, gone))
        for event in events:
            if digests.get(event.revision_id, event.digest) != event.digest:
                yield event.seq, _("Textstand zum Vorgang verändert")


def _is_of_text(found: Record, event: Event) -> bool:
    """Not an act on a Fassung: that names its digest, while the text is the working copy."""
    return found.document.effect_of(event) not in {
        Effect.WITHDRAW,
        Effect.SHOW_AGAIN,
    }


def _not_of_today(ids: Iterable[int]) -> set[int]:
    rows = Version.objects.filter(revision_id__in=ids).select_related("content_type")
    return {row.revision_id for row in rows if not history.is_of_today(row)}


def _blotted(found: Record, gone: Taken) -> set[int]:
    return {n for n, kept in found.texts.items() if any(row in gone.rows for row in kept.rows)}


def _digests(document: Document, ids: set[int]) -> dict[int, str]:
    columns = {field.attname for field in document._meta.concrete_fields}
    digests = {}
    removed = {file.sha256 for file in document.files.all() if file.is_removed}
    for number, then in history.snapshots(document, ids).items():
        if any(removed & set(part.file_digests()) for part in then.parts):
            continue  # its name may be gone with the file
        old = type(document)(**{k: v for k, v in then.fields.items() if k in columns})
        digests[number] = document_digest(old, then.parts)
    return digests


def _copy(document: Document, events: list[Event]) -> Iterator[tuple[int, str]]:
    """What nobody may edit now: its digest, its rows and its files."""
    seq, parts = events[-1].seq, document.parts()
    last = next((event for event in reversed(events) if event.revision_id), None)
    rows = list(rows_of([last.revision_id])) if last else []
    if all(history.is_of_today(row) for row in rows):
        digest = document_digest(document, parts)
        if digest != document.digest or (last and not _stands(document, parts, last, rows)):
            yield seq, _("Text des Dokuments verändert")
    if not _counts(document, events):
        yield seq, _("Angaben des Dokuments passen nicht zu den Vorgängen")
    shown = {digest for part in parts for digest in part.file_digests()}
    if shown - {file.sha256 for file in document.files.all() if _is_whole(file)}:
        yield seq, _("Datei des Dokuments fehlt oder ist verändert")


def _counts(document: Document, events: list[Event]) -> bool:
    """Whether round, number of Fassungen, date and day of change follow from the Events."""
    scheduled, editions = "", 0
    for event in events:
        effect = document.effect_of(event)
        if effect == Effect.SET_DATE:
            scheduled = event.data["date"]
        elif effect == Effect.CLEAR_DATE or event.from_state != event.to_state:
            scheduled = ""
        editions += effect == Effect.MAKE_EDITION
    date = document.scheduled_for
    said = (events[-1].round, editions, scheduled, events[-1].at)
    stands = (document.round, document.edition_count, date.isoformat() if date else "")
    return (*stands, document.updated_at) == said


def _is_whole(file: DocumentFile) -> bool:
    """Whether the bytes are there and are what the row says, or were lawfully taken out."""
    kind = KINDS.get(PurePath(file.name).suffix.lower(), ("",))[0]
    return file.is_removed or (is_intact(file) and (file.mime, file.size) == (kind, file.file.size))


def _stands(document: Document, parts: list[Part], last: Event, rows: list[Version]) -> bool:
    """Whether the rows are those of the last text; after *verwerfen* that is the one discarded."""
    then = {(row.content_type_id, row.object_id): history.fields_of(row) for row in rows}
    now = history.fields_now(document, parts)
    discarded = document.actions_with(Effect.DISCARD_FASSUNG)
    if last.action in discarded:
        own = (history.kind_of(Document), str(document.pk))
        return not then or then[own] == now[own]
    return not then or then == now
