"""Which content a person sees: the text of now, or as it was at an Event; and its files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from reversion.models import Revision

from klk_workflow.content.files import internal_links
from klk_workflow.content.history import snapshot
from klk_workflow.content.old_rows import Lost
from klk_workflow.content.rendering import FileLink
from klk_workflow.models import Document, Event, Part
from klk_workflow.people import Person
from klk_workflow.permissions import Access, access, is_own
from klk_workflow.workflows.definition import Effect, Step


@dataclass(frozen=True)
class Content:
    """A document with the parts of one moment. `event` None is now.

    `lost` is what of an old text has no place in the models of today.
    """

    document: Document
    parts: list[Part]
    files: dict[str, FileLink]
    event: Event | None = None
    lost: Sequence[Lost] = ()


def now(document: Document) -> Content:
    """The working copy."""
    return Content(document, document.parts(), internal_links(document))


def at(document: Document, event: Event) -> Content:
    """The content on which the Event acted."""
    old = snapshot(document, event.revision_id)
    names = {field.attname for field in type(document)._meta.concrete_fields}
    values = {name: value for name, value in old.fields.items() if name in names}
    links = {
        sha: FileLink(f"{link.url}?stand={event.seq}", link.name, link.mime, link.size)
        for sha, link in internal_links(document).items()
    }
    return Content(type(document)(**values), old.parts, links, event, old.lost)


def last(document: Document, events: Sequence[Event], step: Step) -> Event | None:
    """The last Event that was this step of approval, in any round."""
    keys = {way.key for way in document.workflow.transitions if way.step == step}
    return next((event for event in reversed(events) if event.action in keys), None)


def moment(document: Document, events: Iterable[Event], digest: str) -> datetime:
    """Since when the content is as this digest says: its first Event, or the last change of all."""
    first = min((e.at for e in events if e.digest == digest), default=None)
    return first or document.updated_at


def publication(document: Document, events: Sequence[Event], number: int) -> Event | None:
    """The Event that made this Fassung."""
    keys = document.actions_with(Effect.MAKE_EDITION)
    return next((e for e in events if e.action in keys and e.edition_number == number), None)


def submitted(document: Document, events: Sequence[Event]) -> Content | None:
    """What was last submitted: all that those who decide see while the office is mending."""
    event = last(document, events, Step.SUBMIT)
    return at(document, event) if event else None


def last_decision(person: Person, document: Document, events: Sequence[Event]) -> Event | None:
    """The person's last decision as reviewer or approver."""
    roles = document.workflow.deciding_roles
    mine = [
        e
        for e in events
        if e.actor_id == person.user_id and e.actor_role in roles and e.revision_id
    ]
    return mine[-1] if mine else None


def readable(person: Person, document: Document) -> "QuerySet[Event]":
    """The Events whose text is kept and open to the person in the present state, oldest first.

    The office sees all of its own. Those who decide see what was submitted; every other reader
    what was approved. A text that was discarded or sent back stays with those who had it. An act
    on an Edition names that Edition's digest but happened beside the working copy, and a note has
    no text: both show none.
    """
    workflow = document.workflow
    kept = Revision.objects.filter(pk=OuterRef("revision_id"))
    beside = [way.key for way in workflow.transitions if way.on_edition]
    texts = document.events.filter(Exists(kept)).exclude(action__in=beside).order_by("seq")
    if is_own(person, document):
        return texts
    if access(person, document) < Access.SNAPSHOT:
        return texts.none()
    decides = bool(person.held & workflow.deciding_roles)
    open_steps = {Step.SUBMIT, Step.APPROVE} if decides else {Step.APPROVE}
    keys = [way.key for way in workflow.transitions if way.step in open_steps]
    handed_on = document.events.filter(action__in=keys).order_by()
    return texts.filter(digest__in=handed_on.values("digest"))


def may_see(person: Person, document: Document, event: Event) -> bool:
    """Whether the content at an Event is open to the person in the present state."""
    return readable(person, document).filter(pk=event.pk).exists()


def distinct(events: "QuerySet[Event]", document: Document) -> "QuerySet[Event]":
    """Of these Events those that met another text than the one before: the versions."""
    workflow = document.workflow
    beside = [way.key for way in workflow.transitions if way.on_edition]
    before = Event.objects.filter(document_id=document.pk, seq__lt=OuterRef("seq"))
    before = before.exclude(action__in=beside).exclude(revision_id=0).order_by("-seq")
    told = events.annotate(digest_before=Subquery(before.values("digest")[:1]))
    return told.filter(Q(digest_before=None) | ~Q(digest_before=F("digest")))
