"""Does the record still say what happened? Every chain recomputed, the first broken link named."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _
from reversion.errors import RevertError
from reversion.models import Revision

from klk_workflow import live, record, seals
from klk_workflow.chain import NOTES, PDF_MADE
from klk_workflow.digest import content_digest
from klk_workflow.editions import frozen_digest
from klk_workflow.history import revision_digest
from klk_workflow.lawful import REMOVED, Taken, taken
from klk_workflow.models import Document, Edition, Event, EventName
from klk_workflow.record import Record
from klk_workflow.votes import tally
from klk_workflow.workflow import Effect

#: What rows can raise that say nothing any more, or point nowhere.
UNREADABLE = (
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    ObjectDoesNotExist,
    RevertError,
)


@dataclass(frozen=True)
class Fault:
    """A broken link: which document, which Event (0: none), and what is wrong with it."""

    document: str
    seq: int
    what: str

    def __str__(self) -> str:
        return _("%(document)s, Vorgang %(seq)d: %(what)s") % {
            "document": self.document,
            "seq": self.seq,
            "what": self.what,
        }


def verify_document(document: Document, *, bare: bool = False) -> Fault | None:
    """The first broken link of this document's record, or None.

    `bare` allows Events without a seal, from the time before there was a key.
    """
    try:
        found = record.load(document.specific)
        return next(faults(found, bare=bare), None) or next(_live(found), None)
    except UNREADABLE as error:
        return Fault(document.natural_key, 0, _("nicht lesbar: %(error)r") % {"error": error})


def verify_chain(document: Document) -> Fault | None:
    """The first broken link of the chain alone: quick, and enough to know an Event as recorded."""
    events = list(Event.objects.filter(document_id=document.pk).order_by("seq"))
    for event in events:
        event.document = document
    return next(_chain(document, events), None) or next(_sealed(document, events), None)


def faults_of(found: Record) -> Fault | None:
    """The first broken link of a record that came from elsewhere, or None."""
    try:
        return next(faults(found), None)
    except UNREADABLE as error:
        key = found.document.natural_key
        return Fault(key, 0, _("nicht lesbar: %(error)r") % {"error": error})


def strays() -> list[int]:
    """Numbers of the Revisions that no Event names: none is written without one."""
    named = Event.objects.exclude(revision_id=0).values("revision_id")
    return list(Revision.objects.exclude(pk__in=named).values_list("pk", flat=True).order_by("pk"))


def faults(found: Record, *, bare: bool = False) -> Iterator[Fault]:
    """What is wrong with a record, from the record alone."""
    document, events, gone = found.document, found.events, taken(found.events)
    yield from _chain(document, events)
    yield from _sealed(document, [e for e in events if e.seal or not bare])
    yield from _replay(document, events)
    yield from _words(found, gone)
    yield from _texts(found, gone)
    yield from _editions(found, gone)
    yield from _shown(found, gone)
    for seq, what in _renditions(found, gone):
        yield Fault(document.natural_key, seq, what)


def _live(found: Record) -> Iterator[Fault]:
    """What the models make of the record here, where they are."""
    for seq, what in live.faults(found, taken(found.events)):
        yield Fault(found.document.natural_key, seq, what)


def _chain(document: Document, events: list[Event]) -> Iterator[Fault]:
    key, before = document.natural_key, ""
    for place, event in enumerate(events, 1):
        if event.seq != place:
            yield Fault(key, place, _("Vorgang fehlt oder ist doppelt"))
        if event.prev != before:
            yield Fault(key, event.seq, _("schließt nicht an den vorigen Vorgang an"))
        if event.compute_hash() != event.hash:
            yield Fault(key, event.seq, _("Inhalt des Vorgangs verändert"))
        before = event.hash
    if (document.event_count, document.head) != (len(events), before):
        yield Fault(key, len(events), _("Ende der Kette stimmt nicht mit dem Dokument überein"))


def _replay(document: Document, events: list[Event]) -> Iterator[Fault]:
    state = document.workflow.initial
    for place, event in enumerate(events):
        if event.from_state != state or not _leads(document, event, events[:place]):
            yield Fault(document.natural_key, event.seq, _("führt nicht von Stand zu Stand"))
        state = event.to_state
    if document.state != state:
        yield Fault(document.natural_key, len(events), _("Stand des Dokuments hat keinen Vorgang"))


def _leads(document: Document, event: Event, before: list[Event]) -> bool:
    if event.action in NOTES:
        return event.to_state == event.from_state
    flow = next(
        (f for f in document.type.model.workflows if f.version == event.workflow_version), None
    )
    if flow is None or not flow.has(event.action):
        return False
    way = flow.transition(event.action)
    moves = True
    if way.quorum:
        voices = [e for e in before if e.round == event.round]
        joint = tally(document, way, [*voices, event])
        moves = joint.is_reached
    target = (way.target or event.from_state) if moves else event.from_state
    return event.from_state in way.by and event.to_state == target


def _sealed(document: Document, events: list[Event]) -> Iterator[Fault]:
    """With a key in the environment every Event has a seal that only its holder can make."""
    keys = seals.trusted_keys()
    for event in events if keys else []:
        if not seals.holds(event.hash, event.seal, keys):
            yield Fault(document.natural_key, event.seq, _("Siegel fehlt oder ist falsch"))


def _words(found: Record, gone: Taken) -> Iterator[Fault]:
    """Names and remarks stand beside the chain, bound to it; missing is only what was erased."""
    key = found.document.natural_key
    for event in found.events:
        name = found.names.get(event.seq)
        if name is None:
            if event.seq not in gone.names:
                yield Fault(key, event.seq, _("Name zum Vorgang fehlt"))
        elif EventName.commit(name.name, name.salt) != event.actor_commitment:
            yield Fault(key, event.seq, _("Name zum Vorgang verändert"))
        bound = (event.words_commitment, bool(event.words_commitment))
        is_erased = event.seq in gone.words and not event.has_words and not event.words_salt
        if not is_erased and (event.commit_words(), bool(event.words_salt)) != bound:
            yield Fault(key, event.seq, _("Bemerkung zum Vorgang verändert"))


def _texts(found: Record, gone: Taken) -> Iterator[Fault]:
    """Every Event's text is there, byte by byte, or was pruned; and there is no other."""
    key, named = found.document.natural_key, {event.revision_id for event in found.events}
    for event in found.events:
        kept = found.texts.get(event.revision_id)
        if kept is None:
            if event.revision_id and event.revision_id not in gone.revisions:
                yield Fault(key, event.seq, _("Textstand zum Vorgang fehlt"))
            continue
        rows = [gone.original(row) for row in kept.rows]
        if revision_digest(kept.columns, rows) != event.text_digest:
            yield Fault(key, event.seq, _("Textstand zum Vorgang verändert"))
    for event in found.events:
        if not event.revision_id and event.action not in NOTES:
            yield Fault(key, event.seq, _("Textstand zum Vorgang fehlt"))
    for number in sorted(found.texts.keys() - named):
        yield Fault(key, 0, _("Textstand %(n)d gehört zu keinem Vorgang") % {"n": number})


def _editions(found: Record, gone: Taken) -> Iterator[Fault]:
    document = found.document
    making = {
        event.edition_number or 0: event
        for event in found.events
        if document.workflow.effect_of(event.action) == Effect.MAKE_EDITION
    }
    if [edition.number for edition in found.editions] != sorted(making):
        yield Fault(document.natural_key, 0, _("Fassungen und Vorgänge passen nicht zusammen"))
        return
    for edition in found.editions:
        event = making[edition.number]
        for what in _wrong_with(found, edition, event, gone):
            yield Fault(document.natural_key, event.seq, what)


def _wrong_with(found: Record, edition: Edition, event: Event, gone: Taken) -> Iterator[str]:
    number = {"n": edition.number}
    files = found.files.get(edition.number, [])
    frozen = gone.editions.get(edition.number, event.data.get("frozen"))
    if frozen_digest(edition, files) != frozen or edition.head != event.hash:
        yield _("Fassung %(n)d verändert") % number
    for file in files:
        if not found.is_intact(file):
            yield _("Datei %(name)s verändert") % {"name": file.name}
    is_removed = edition.number in gone.editions
    if edition.digest != event.digest or not (is_removed or _recomputes(edition)):
        yield _("Prüfsumme der Fassung %(n)d") % number


def _shown(found: Record, gone: Taken) -> Iterator[Fault]:
    """Which Fassung is current, withdrawn or archived follows from the Events alone."""
    current, is_archived = 0, False
    withdrawn = dict[int, tuple[datetime, str]]()
    for event in found.events:
        effect, number = found.document.workflow.effect_of(event.action), event.edition_number or 0
        if effect == Effect.MAKE_EDITION:
            current = number
        elif effect == Effect.WITHDRAW:
            withdrawn[number] = event.at, event.remark
        elif effect == Effect.SHOW_AGAIN:
            withdrawn.pop(number, None)
        elif effect in {Effect.ARCHIVE, Effect.UNARCHIVE}:
            is_archived = effect == Effect.ARCHIVE
        elif event.action == REMOVED:
            withdrawn |= {int(n): (event.at, "") for n in event.data["editions"]}
    for edition in found.editions:
        number = edition.number
        since, reason = withdrawn.get(number, (None, ""))
        said = (number == current, is_archived, since, reason, number in gone.editions)
        flags = (edition.is_current, edition.is_archived, edition.withdrawn_at)
        if (*flags, edition.withdrawn_reason, edition.is_removed) != said:
            what = _("Fassung %(n)d ist anders sichtbar, als die Vorgänge sagen") % {"n": number}
            yield Fault(found.document.natural_key, len(found.events), what)


def _renditions(found: Record, gone: Taken) -> Iterator[tuple[int, str]]:
    said = {
        (e.edition_number or 0, e.data["kind"]): e for e in found.events if e.action == PDF_MADE
    }
    rows = {(n, row.kind): row for n, kept in found.renditions.items() for row in kept}
    for place in sorted(said.keys() | rows.keys(), key=str):
        event, row, number = said.get(place), rows.get(place), {"n": place[0]}
        if row is None and place[0] in gone.editions:
            continue
        seq = event.seq if event else 0
        if event is None or row is None or (event.data, event.at) != (row.said(), row.made_at):
            yield seq, _("PDF der Fassung %(n)d und Vorgang passen nicht zusammen") % number
        elif not found.is_intact(row):
            yield seq, _("PDF der Fassung %(n)d verändert") % number


def _recomputes(edition: Edition) -> bool:
    data = json.loads(edition.json)
    names = ("schema", "type", "key", "fields", "public", "internal")
    return content_digest({name: data[name] for name in names}) == edition.digest
