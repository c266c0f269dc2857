"""Naming who reviews or decides in this round, or taking it over oneself.

A name orders the lists and informs. Only where a transition says `named` does it bind.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from klk_workflow import chain
from klk_workflow.automation import outbox
from klk_workflow.models import Deputyship, Document, Event
from klk_workflow.people import Person, person_for
from klk_workflow.perform import lock, wrong_state
from klk_workflow.permissions import Access, access, may
from klk_workflow.refusals import Blocked, NotAllowed, WrongState
from klk_workflow.workflows import exceptions, granting, guards, named
from klk_workflow.workflows.definition import Transition
from klk_workflow.workflows.guards import Situation


def ways(document: Document) -> list[Transition]:
    """The ways from the present state for which somebody can be named."""
    return [way for way in document.workflow.leaving(document.state) if way.named_by]


def may_name(document: Document, person: Person, way: Transition) -> str | None:
    """The role in which the person may name anybody: never for work of the own office or Land."""
    if access(person, document) < Access.STATUS or not granting.stands_apart(document, person):
        return None
    return next((role for role in way.named_by if role in person.roles), None)


def may_take_over(document: Document, person: Person, way: Transition) -> str | None:
    """The role in which the person may take the step over: whoever could take it now.

    Where the name binds and somebody is named, only those who name can change it.
    """
    role = may(person, document, way)
    if role is None:
        return None
    situation = Situation(document, person, way, role, [], document.digest)
    if exceptions.has_submitted(situation) or not _is_able(situation):
        return None
    taken = way.named and named.person_for(way.key, _round(document))
    return None if taken else role


def nameable(document: Document, way: Transition) -> list[Person]:
    """Who could take the step now, exceptions granted included; as many queries always."""
    pool = granting.pool(document, way, document.round)
    grants = exceptions.grants(document, way.key)
    for situation in pool:
        situation.grants = grants
    return [situation.person for situation in pool if _is_able(situation)]


def name(document: Document, action: str, user_id: int | None, *, by: Any) -> Event:
    """Name this person for the step, or nobody; the record says so, and a mail tells them.

    Raises NotAllowed for those who may not, WrongState where the step does not start, Blocked for
    somebody who could not take it.
    """
    person = person_for(by)
    with transaction.atomic():
        locked = lock(document)
        if not locked.workflow.has(action) or not locked.workflow.transition(action).named_by:
            raise NotAllowed
        way = locked.workflow.transition(action)
        if locked.state not in way.by:
            raise WrongState(wrong_state(locked, way))
        role = may_name(locked, person, way)
        if role is None and user_id == person.user_id:
            role = may_take_over(locked, person, way)
        if role is None:
            raise NotAllowed
        if user_id and user_id not in {one.user_id for one in nameable(locked, way)}:
            raise Blocked(_("Diese Person kann den Schritt zurzeit nicht übernehmen."))
        return _record(locked, way, user_id, person, role)


def _record(
    document: Document, way: Transition, user_id: int | None, person: Person, role: str
) -> Event:
    before = named.person_for(way.key, _round(document))
    data = {"way": way.key, "person": str(user_id or "")}
    event = chain.note(document, named.NAMED, by=person, role=role, data=data)
    told = {user_id, before, *_deputies(user_id)} - {None, person.user_id}
    outbox.tell(event, document, (), people=[pk for pk in told if pk])
    return event


def _deputies(user_id: int | None) -> list[int]:
    rows = Deputyship.objects.running().filter(represented_id=user_id or 0)
    return list(rows.values_list("deputy_id", flat=True))


def _round(document: Document) -> list[Event]:
    rows = Event.objects.filter(document_id=document.pk, round=document.round)
    return list(rows.order_by("seq"))


def _is_able(situation: Situation) -> bool:
    """Whether nothing about the person stands against the step, or an exception lifts it."""
    return not any(
        guards.objections(situation, guard) and not exceptions.lift(situation, guard)
        for guard in situation.transition.guards
        if guard.__name__ in exceptions.LIFTABLE
    )
