"""Does the record still say what happened? Every chain recomputed, the first broken link named."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _
from reversion.errors import RevertError
from reversion.models import Revision

from klk_workflow.chain import NOTES
from klk_workflow.content.history import revision_digest
from klk_workflow.evidence import live, published, record, seals
from klk_workflow.evidence.lawful import Taken, taken
from klk_workflow.evidence.record import Record
from klk_workflow.models import Document, Event
from klk_workflow.registry import registry
from klk_workflow.workflows import exceptions, moves, standing_in
from klk_workflow.workflows.votes import tally

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
        if document.type_key not in registry:
            return next(_without_type(record.load(document), bare=bare), None)
        found = record.load(document.specific)
        return next(faults(found, bare=bare), None) or next(_live(found), None)
    except UNREADABLE as error:
        return Fault(document.natural_key, 0, _("nicht lesbar: %(error)r") % {"error": error})


def _without_type(found: Record, *, bare: bool) -> Iterator[Fault]:
    """What can be said where the plugin is gone: the chain, the texts kept, the Fassungen."""
    document, gone = found.document, taken(found.events)
    if document.natural_key.partition(":")[0] != document.type_key:
        # The chain holds the natural key; another type would only hide what this one checks.
        yield Fault(
            document.natural_key, 0, _("Angaben des Dokuments passen nicht zu den Vorgängen")
        )
    yield from _chain(document, found.events)
    yield from _sealed(document, [e for e in found.events if e.seal or not bare])
    yield from _words(found, gone)
    yield from _texts(found, gone)
    for seq, what in published.changed(found, gone):
        yield Fault(document.natural_key, seq, what)


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
    for seq, what in (
        *exceptions.faults(document, events),
        *standing_in.faults(events),
        *published.faults(found, gone),
    ):
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
    """Every Event leads where its definition says; a definition changes by a move alone."""
    version = moves.began_under(document, events)
    state = document.workflow_at(version).initial
    for place, event in enumerate(events):
        known = event.workflow_version == version or moves.is_one(event, version)
        if not known or event.from_state != state or not _leads(document, event, events[:place]):
            yield Fault(document.natural_key, event.seq, _("führt nicht von Stand zu Stand"))
        state, version = event.to_state, event.workflow_version
    if (document.state, document.workflow_version) != (state, version):
        yield Fault(document.natural_key, len(events), _("Stand des Dokuments hat keinen Vorgang"))


def _leads(document: Document, event: Event, before: list[Event]) -> bool:
    if event.action in NOTES:
        return event.to_state == moves.target(document, event)
    way = document.way_of(event)
    if way is None:
        return False
    is_decisive = True
    if way.quorum:
        voices = [e for e in before if e.round == event.round]
        joint = tally(document, way, [*voices, event])
        is_decisive = joint.is_reached
    target = (way.target or event.from_state) if is_decisive else event.from_state
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
        elif name.commitment != event.actor_commitment:
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
