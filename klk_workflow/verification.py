"""Does the record still say what happened? Every chain recomputed, the first broken link named."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from reversion.models import Revision

from klk_workflow import renditions
from klk_workflow.chain import NOTES
from klk_workflow.digest import content_digest, document_digest
from klk_workflow.editions import frozen_digest
from klk_workflow.files import is_intact
from klk_workflow.history import snapshot
from klk_workflow.models import Document, Edition, Event, EventName
from klk_workflow.votes import tally
from klk_workflow.workflow import Effect


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


def verify_document(document: Document) -> Fault | None:
    """The first broken link of this document's record, or None."""
    return next(_faults(document.specific), None)


def _faults(document: Document) -> Iterator[Fault]:
    events = list(Event.objects.filter(document_id=document.pk).order_by("seq"))
    for event in events:
        event.document = document
    yield from _chain(document, events)
    yield from _replay(document, events)
    yield from _names(document)
    yield from _content(document, events)
    yield from _editions(document, events)
    yield from _shown(document, events)
    yield from _renditions(document, events)


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


def _names(document: Document) -> Iterator[Fault]:
    for name in EventName.objects.filter(event__document_id=document.pk).select_related("event"):
        if EventName.commit(name.name, name.salt) != name.event.actor_commitment:
            yield Fault(document.natural_key, name.event.seq, _("Name zum Vorgang verändert"))


def _content(document: Document, events: list[Event]) -> Iterator[Fault]:
    """Every revision an Event names recomputes to its digest; so does what nobody may edit now."""
    kept = set(
        Revision.objects.filter(pk__in=[event.revision_id for event in events]).values_list(
            "pk", flat=True
        )
    )
    checked: set[int] = set()
    for event in events:
        if not event.revision_id and event.action in NOTES:
            continue
        if event.revision_id not in kept:
            yield Fault(document.natural_key, event.seq, _("Textstand zum Vorgang fehlt"))
        elif event.revision_id not in checked and not _says_the_same(document, event):
            yield Fault(document.natural_key, event.seq, _("Textstand zum Vorgang verändert"))
        checked.add(event.revision_id)
    if not document.state_info.editors:
        digest = document_digest(document, document.parts())
        if events and digest != document.digest:
            yield Fault(document.natural_key, events[-1].seq, _("Text des Dokuments verändert"))


def _says_the_same(document: Document, event: Event) -> bool:
    if _effect(document, event) in {Effect.WITHDRAW, Effect.SHOW_AGAIN}:
        return True  # it names the digest of a Fassung, the revision holds the working copy
    then = snapshot(document, event.revision_id)
    columns = {field.attname for field in document._meta.concrete_fields}
    old = type(document)(**{k: v for k, v in then.fields.items() if k in columns})
    return document_digest(old, then.parts) == event.digest


def _editions(document: Document, events: list[Event]) -> Iterator[Fault]:
    making = {
        event.edition_number or 0: event
        for event in events
        if _effect(document, event) == Effect.MAKE_EDITION
    }
    editions = list(Edition.objects.filter(document_id=document.pk).order_by("number"))
    if [edition.number for edition in editions] != sorted(making):
        yield Fault(document.natural_key, 0, _("Fassungen und Vorgänge passen nicht zusammen"))
        return
    for edition in editions:
        event = making[edition.number]
        files = list(edition.files.all())
        if frozen_digest(edition, files) != event.data.get("frozen") or edition.head != event.hash:
            what = _("Fassung %(n)d verändert") % {"n": edition.number}
            yield Fault(document.natural_key, event.seq, what)
        for file in files:
            if not is_intact(file):
                what = _("Datei %(name)s verändert") % {"name": file.name}
                yield Fault(document.natural_key, event.seq, what)
        if edition.digest != event.digest or not _recomputes(edition):
            what = _("Prüfsumme der Fassung %(n)d") % {"n": edition.number}
            yield Fault(document.natural_key, event.seq, what)


def _renditions(document: Document, events: list[Event]) -> Iterator[Fault]:
    for seq, what in renditions.faults(document, events):
        yield Fault(document.natural_key, seq, what)


def _shown(document: Document, events: list[Event]) -> Iterator[Fault]:
    """Which Fassung is current, withdrawn or archived follows from the Events alone."""
    current, is_archived, withdrawn = 0, False, dict[int, str]()
    for event in events:
        effect, number = _effect(document, event), event.edition_number or 0
        if effect == Effect.MAKE_EDITION:
            current = number
        elif effect == Effect.WITHDRAW:
            withdrawn[number] = event.remark
        elif effect == Effect.SHOW_AGAIN:
            withdrawn.pop(number, None)
        elif effect in {Effect.ARCHIVE, Effect.UNARCHIVE}:
            is_archived = effect == Effect.ARCHIVE
    for edition in Edition.objects.filter(document_id=document.pk).order_by("number"):
        number = edition.number
        said = (number == current, is_archived, number in withdrawn, withdrawn.get(number, ""))
        flags = (edition.is_current, edition.is_archived, edition.is_withdrawn)
        if (*flags, edition.withdrawn_reason) != said:
            what = _("Fassung %(n)d ist anders sichtbar, als die Vorgänge sagen") % {"n": number}
            yield Fault(document.natural_key, len(events), what)


def _effect(document: Document, event: Event) -> Effect:
    workflow = document.workflow
    return workflow.transition(event.action).effect if workflow.has(event.action) else Effect.NONE


def _recomputes(edition: Edition) -> bool:
    data = json.loads(edition.json)
    names = ("schema", "type", "key", "fields", "public", "internal")
    return content_digest({name: data[name] for name in names}) == edition.digest
