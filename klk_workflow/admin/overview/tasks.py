"""What is to be done: one list in order of urgency, for all roles of a person together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.lookups import Exact, In
from django.urls import reverse
from django.utils import formats
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klk_workflow import chain, clock
from klk_workflow.admin import status
from klk_workflow.admin.acting import named_words
from klk_workflow.admin.overview.changes import changed_parts
from klk_workflow.admin.overview.desks import Desk, desks_of, own_in_work, waiting, whose
from klk_workflow.admin.writing.written import Written, progress
from klk_workflow.automation.limits import is_escalated_to, overdue, with_limits
from klk_workflow.deletion.removal import waiting_for
from klk_workflow.extending import switches
from klk_workflow.models import Document, Event
from klk_workflow.people import Person
from klk_workflow.permissions import Access, visible
from klk_workflow.registry import registry
from klk_workflow.roles import FREIGABE, MITGLIED, PRUEFUNG, REDAKTION
from klk_workflow.workflows import named
from klk_workflow.workflows.definition import Effect

#: So many of what waits at one desk stand on the start page; the desk has them all.
SHOWN = 12
#: For so long what was published stays in the list.
RECENT = timedelta(days=45)
#: For whom the next step of a document is, as a number to sort by.
_OTHERS, _NOBODYS, _OURS = 0, 1, 2


@dataclass(frozen=True)
class Task:
    """A line of the list: a word for its kind, what it is about, and one button.

    `kind` is "hot", "" or "wait"; `tone` colours the word. Lines sort by `urgency`, smaller first.
    """

    tag: str
    title: str
    text: str
    button: str
    url: str
    kind: str = ""
    tone: str = ""
    urgency: tuple[int, int] = (5, 0)


def todo(person: Person) -> list[Task]:
    """Everything that waits for this person, or that he or she waits for."""
    found = [*_own_work(person), *_waiting_elsewhere(person), *_sent_back(person)]
    found += _dated(person)
    found += _removals(person)
    found += _mandates(person)
    found += _escalated(person)
    for desk in desks_of(person):
        found += at_desk(person, desk, limit=SHOWN)
    by_address = {task.url: task for task in found}  # what also waits at a desk is said there
    return sorted(by_address.values(), key=lambda task: task.urgency)


def _removals(person: Person) -> list[Task]:
    """What somebody else asks to have locked, and waits for a second person."""
    return [
        Task(
            tag=_("Sperrung bestätigen"),
            title=removal.document.title,
            text=_("Jemand hält eine Stelle für gefährlich: %(reason)s")
            % {"reason": Truncator(removal.reason).chars(120)},
            button=_("Ansehen"),
            url=reverse("dokumente:sperrung", args=[removal.pk]),
            kind="hot",
            urgency=(0, 0),
        )
        for removal in waiting_for(person)
    ]


def _escalated(person: Person) -> list[Task]:
    """What lies with others for too long, and of which the workflow tells this person's roles."""
    if not is_escalated_to(person.roles):
        return []
    rows = with_limits(visible(person, Access.STATUS)).filter(overdue(person.roles))
    documents = rows.exclude(offices__in=person.office_ids).order_by("came", "pk")[:SHOWN]
    return [_late_task(document) for document in documents]


def _late_task(document: Any) -> Task:
    due = status.limit(document)
    said = [due.since] if due else []
    if holder := status.holder(document):
        said.append(_("liegt %(holder)s") % {"holder": holder})
    return Task(
        tag=_("überfällig"),
        tone="bad",
        title=document.title,
        text=_end(capfirst(", ".join(said))),
        button=_("Ansehen"),
        url=_read(document),
        kind="hot",
        urgency=(1, 0),
    )


def _mandates(person: Person) -> list[Task]:
    """For whom the person decides for a while, too."""
    return [
        Task(
            tag=_("Vertretung"),
            tone="line",
            title=_("Sie vertreten %(name)s") % {"name": mandate.person.name},
            text=_("Bis %(day)s stehen hier auch die Aufgaben dieser Person.")
            % {"day": formats.date_format(mandate.ends, _("j. F Y"))},
            button=_("Ansehen"),
            url=reverse("dokumente:vertretung"),
            kind="wait",
            urgency=(5, 0),
        )
        for mandate in person.mandates
    ]


def at_desk(person: Person, desk: Desk, *, limit: int) -> list[Task]:
    """What waits at a desk: the overdue, what one is named for, what one knows, what came first."""
    rows = with_limits(waiting(person, desk)).select_related("period")
    late = Case(When(overdue(), then=True), default=False, output_field=BooleanField())
    rows = rows.annotate(late=late, asked=_asked(person, desk), mine=_mine(person))
    documents: list[Any] = [*rows.order_by("-late", "-asked", "-mine", "came", "pk")[:limit]]
    mine = last_decisions(person, documents)
    changed = changed_parts(documents, {pk: event.revision_id for pk, event in mine.items()})
    entered = _entered(documents)
    said = _Said(_behalf(person, desk), named_words.names(documents))
    return [
        _desk_task(document, desk, entered.get(document.pk), mine.get(document.pk), changed, said)
        for document in documents
    ]


@dataclass(frozen=True)
class _Said:
    """What is said of all at a desk: for whom one sits there; by document, who is named."""

    behalf: str
    named: dict[int, str]


def _desk_task(
    document: Any,
    desk: Desk,
    entered: Event | None,
    mine: Event | None,
    changed: dict[int, int],
    desk_said: _Said,
) -> Task:
    said = []
    due = status.limit(document)
    if due:
        said.append(_end(capfirst(due.since)))
    if document.pk in desk_said.named:
        said.append(_named(document, desk_said.named[document.pk]))
    if entered:
        done = chain.words(document, entered)
        said.append(_end(_("%(done)s am %(day)s") % {"done": capfirst(done), "day": _day(entered)}))
    if mine and desk.step:
        count = changed.get(document.pk, 0)
        since = _("Seit Ihrer letzten Entscheidung (%(day)s):") % {"day": _day(mine)}
        parts = ngettext("%(n)d Abschnitt geändert.", "%(n)d Abschnitte geändert.", count)
        said.append(f"{since} {parts % {'n': count}}")
    if desk_said.behalf:
        said.append(desk_said.behalf)
    return Task(
        tag=str(desk.tag),
        title=document.title,
        text=" ".join(said),
        tone="bad" if document.late else "",
        kind="hot" if document.late else "",
        button=str(desk.verb),
        url=_read(document),
        urgency=_urgency(document, entered, is_known=mine is not None),
    )


def _urgency(document: Any, entered: Event | None, *, is_known: bool) -> tuple[int, int]:
    """The overdue comes first; what is asked of the person before what one knows; others' last."""
    if document.late:
        return 1, 0
    if document.asked == _OTHERS:
        return 4, 0
    if document.asked == _OURS:
        return 2, 0
    return 2 if is_known else 3, int(entered.at.timestamp()) if entered else 0


def _named(document: Any, name: str) -> str:
    if document.asked == _OURS:
        return _("Benannt: %(name)s.") % {"name": name}
    return _("Benannt ist jemand anders: %(name)s.") % {"name": name}


def _asked(person: Person, desk: Desk) -> Case:
    """Whether the person is named for the next step, nobody, or somebody else."""
    who = named.in_query()
    return Case(
        When(Exact(who, Value("")), then=_NOBODYS),
        When(In(who, whose(person, desk)), then=_OURS),
        default=_OTHERS,
        output_field=IntegerField(),
    )


def _behalf(person: Person, desk: Desk) -> str:
    """For whom the person sits at this desk without the role."""
    if desk.role in person.roles:
        return ""
    names = [mandate.person.name for mandate in person.mandates_for(desk.role)]
    return _("In Vertretung für %(names)s.") % {"names": ", ".join(names)}


def _mine(person: Person) -> Exists:
    """Whether the person decided on it before, as reviewer or approver."""
    return Exists(_decisions(person).filter(document=OuterRef("pk")))


def last_decisions(person: Person, documents: Iterable[Document]) -> dict[int, Event]:
    """The person's last decision as reviewer or approver on each of these documents."""
    ids = [document.pk for document in documents]
    rows = _decisions(person).filter(document_id__in=ids)
    return {event.document_id: event for event in rows.order_by("seq")}


def _decisions(person: Person) -> "QuerySet[Event]":
    decided = [
        Q(document__type_key=kind.key, actor_role__in=kind.workflow.deciding_roles)
        for kind in registry
    ]
    acts = Event.objects.filter(actor_id=person.user_id).exclude(revision_id=0)
    return acts.filter(reduce(or_, decided, Q(pk__in=[])))


def _own_work(person: Person) -> list[Task]:
    documents = list(own_in_work(person).select_related("period"))
    written = progress(documents)
    entered = _entered(documents)
    return [
        _write_task(document, written[document.pk], entered.get(document.pk))
        for document in documents
    ]


def _write_task(document: Document, written: Written, entered: Event | None) -> Task:
    due = status.due(document)
    came_back = document.state_info.snapshot_readers and entered is not None
    late = due is not None and due.is_urgent and not document.has_edition
    text = written.words
    if came_back and entered:
        quote = Truncator(entered.remark).chars(180)
        text = _("%(who)s, %(day)s: „%(quote)s“") % {
            "who": _(entered.actor_role),
            "day": _day(entered),
            "quote": quote,
        }
    if came_back:
        tag, tone = _("zurück an Sie"), "warn"
    elif due and not document.has_edition:
        tag, tone = due.words, "bad" if late else ""
    else:
        tag, tone = _("Entwurf"), ""
    return Task(
        tag=tag,
        tone=tone,
        title=document.title,
        text=text,
        button=_("Überarbeiten") if came_back else _("Weiterschreiben"),
        url=reverse("dokumente:schreiben", args=[document.pk]),
        kind="hot" if late else "",
        urgency=(0 if late else 1, due.days if due else 10_000),
    )


def _waiting_elsewhere(person: Person) -> list[Task]:
    """The office's own documents that are on their way, and what was published lately."""
    if MITGLIED not in person.roles:
        return []
    since = clock.now() - RECENT
    final = {s.key for kind in registry for s in kind.workflow.states if s.final}
    editable = {s.key for kind in registry for s in kind.workflow.states if s.editors}
    keys = [kind.key for kind in switches.active()]
    rows = Document.objects.filter(offices__in=person.office_ids, type_key__in=keys)
    rows = rows.exclude(state__in=editable)
    rows = rows.filter(~Q(state__in=final) | Q(updated_at__gte=since))
    documents = list(rows.distinct().select_related("period").order_by("-updated_at"))
    entered = _entered(documents)
    return [_other_task(document, entered.get(document.pk)) for document in documents]


def _other_task(document: Document, entered: Event | None, tag: str = "") -> Task:
    said = []
    if entered:
        done = chain.words(document, entered)
        said.append(_("%(done)s am %(day)s") % {"done": capfirst(done), "day": _day(entered)})
    is_final = document.state_info.final
    if document.scheduled_for:
        when = status.day_and_time(document.scheduled_for)
        said.append(_("erscheint am %(when)s") % {"when": when})
    elif holder := status.holder(document):
        said.append(_("liegt %(holder)s") % {"holder": holder})
    return Task(
        tag=str(document.state_info.label).lower() if is_final else tag or _("bei anderen"),
        tone="good" if is_final else "line",
        title=document.title,
        text=_end(", ".join(said)) if said else "",
        button=_("Ansehen"),
        url=_read(document),
        kind="wait",
        urgency=(8 if is_final else 6, -int(document.updated_at.timestamp())),
    )


def _dated(person: Person) -> list[Task]:
    """What the Redaktion has given a date."""
    if REDAKTION not in person.roles:
        return []
    rows = visible(person).exclude(scheduled_for=None).exclude(offices__in=person.office_ids)
    documents = list(rows.order_by("scheduled_for")[:SHOWN])
    entered = _entered(documents)
    tag = _("terminiert")
    return [_other_task(document, entered.get(document.pk), tag) for document in documents]


def _sent_back(person: Person) -> list[Task]:
    """What this person sent back and others are mending."""
    if not person.held & {PRUEFUNG, FREIGABE}:
        return []
    states = {s.key for kind in registry for s in kind.workflow.states if s.snapshot_readers}
    rows = visible(person, Access.SNAPSHOT).filter(state__in=states)
    documents = list(rows.order_by("-updated_at")[: 4 * SHOWN])
    entered = _entered(documents)
    return [
        _back_task(document, event)
        for document in documents
        if (event := entered.get(document.pk)) and event.actor_id == person.user_id
    ]


def _back_task(document: Document, event: Event) -> Task:
    text = _("Sie baten am %(day)s um Überarbeitung: „%(quote)s“") % {
        "day": _day(event),
        "quote": Truncator(event.remark).chars(160),
    }
    return Task(
        tag=_("bei anderen"),
        tone="line",
        title=document.title,
        text=text,
        button=_("Ansehen"),
        url=_read(document),
        kind="wait",
        urgency=(6, -int(event.at.timestamp())),
    )


def approved_to_read(person: Person) -> list[Document]:
    """What is approved and not published yet: for all members to read before they meet."""
    if not person.is_seated:
        return []
    states = {
        state
        for kind in registry
        for way in kind.workflow.transitions
        if way.effect == Effect.MAKE_EDITION
        for state in way.by
    }
    return list(visible(person).filter(state__in=states).order_by("land", "title")[:32])


def _entered(documents: Iterable[Document]) -> dict[int, Event]:
    """The Event that brought each document into its present state."""
    by_pk = {document.pk: document for document in documents}
    moves = Event.objects.filter(document_id__in=list(by_pk)).order_by("seq")
    return {
        event.document_id: event
        for event in moves
        if event.to_state == by_pk[event.document_id].state and event.from_state != event.to_state
    }


def _read(document: Document) -> str:
    return reverse("dokumente:lesen", args=[document.pk])


def _day(event: Event) -> str:
    return status.day(event.at)


def _end(words: str) -> str:
    """One full stop at the end, also after "20. Nov."."""
    return f"{words.rstrip('.')}."
