"""Exceptions in words, for the member area."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from klk_workflow.admin.overview.tasks import Task
from klk_workflow.models import Document, Event
from klk_workflow.people import Person, people
from klk_workflow.permissions import Access, visible
from klk_workflow.registry import registry
from klk_workflow.roles import ADMINISTRATION
from klk_workflow.workflows import exceptions
from klk_workflow.workflows.definition import Text


@dataclass(frozen=True)
class Described:
    """An exception that is asked for or granted: which step, who, what is lifted, and why."""

    event: Event
    step: Text
    lifts: list[tuple[str, str]]
    is_pending: bool = False


def described(document: Document, event: Event) -> Described:
    """This exception; people who are gone are left without a name."""
    lifts: dict[str, list[int]] = event.data["lifts"]
    wanted = {pk for ids in lifts.values() for pk in ids}
    found = [
        (person.name, exceptions.words(n for n, ids in lifts.items() if person.user_id in ids))
        for person in people(wanted)
    ]
    flow = document.workflow
    key = event.data["way"]
    step = flow.transition(key).label if flow.has(key) else key
    return Described(event, step, found, is_pending=event.action == exceptions.ASKED)


def current(document: Document, events: Sequence[Event]) -> list[Described]:
    """What is asked for, and what is granted in the round that runs or comes."""
    return [described(document, event) for event in _relevant(document, events)]


def _relevant(document: Document, events: Sequence[Event]) -> Iterable[Event]:
    coming = document.round + bool(document.state_info.editors)
    for event in events:
        if event.action == exceptions.GRANTED and event.data.get("round") == coming:
            yield event
    if asked := exceptions.pending(events):
        yield asked


def to_decide(person: Person) -> list[Task]:
    """The exceptions that this person could grant or decline."""
    kinds = {role for kind in registry for role in kind.workflow.deciding_roles}
    if not person.roles & {ADMINISTRATION, *kinds}:
        return []
    spoken = Event.objects.filter(document=OuterRef("pk"), action__in=exceptions.SPOKEN)
    last = spoken.order_by("-seq")
    rows = visible(person, Access.STATUS).annotate(
        said=Subquery(last.values("action")[:1]), why=Subquery(last.values("remark")[:1])
    )
    waiting = rows.filter(said=exceptions.ASKED).exclude(offices__in=person.office_ids)
    return [
        Task(
            tag=_("Ausnahme"),
            tone="warn",
            title=document.title,
            text=_("Die Stelle bittet um eine Ausnahme: „%(why)s“")
            % {"why": Truncator(document.why).chars(160)},
            button=_("Ansehen"),
            url=reverse("dokumente:ausnahme", args=[document.pk]),
            kind="hot",
            urgency=(0, 0),
        )
        for document in waiting.order_by("updated_at")[:12]
    ]
