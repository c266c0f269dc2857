"""Asking for an exception, and granting it: only where nobody else can take the step."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from klk_workflow import chain
from klk_workflow.automation import outbox
from klk_workflow.models import Contribution, Document, Event
from klk_workflow.people import Person, eligible, people, person_for
from klk_workflow.perform import lock
from klk_workflow.permissions import is_own
from klk_workflow.refusals import Blocked, NotAllowed, RemarkMissing
from klk_workflow.roles import ADMINISTRATION, GROUPS, MITGLIED, OWN_OFFICE
from klk_workflow.workflows import exceptions, guards
from klk_workflow.workflows.definition import Step, Transition
from klk_workflow.workflows.exceptions import ASKED, DECLINED, GRANTED, LIFTABLE
from klk_workflow.workflows.guards import Situation, objections


@dataclass(frozen=True)
class Candidate:
    """Somebody in the pool of a step; `barred` are the names of the guards against him or her."""

    person: Person
    barred: tuple[str, ...]

    @property
    def can_be_lifted(self) -> bool:
        """Whether an exception would do."""
        return bool(self.barred) and set(self.barred) <= set(LIFTABLE)

    @property
    def words(self) -> str:
        """What would be lifted."""
        return exceptions.words(self.barred)


@dataclass(frozen=True)
class Vacancy:
    """A step of the coming or present round that nobody can take."""

    way: Transition
    round: int
    candidates: list[Candidate]

    @property
    def able(self) -> set[int | None]:
        """Who could take it without any exception."""
        return {c.person.user_id for c in self.candidates if not c.barred}


def vacancies(document: Document) -> list[Vacancy]:
    """The steps of approval ahead that nobody in their pool can take; as many queries always."""
    coming = document.round + bool(document.state_info.editors)
    ways = [way for way in document.workflow.transitions if way.decides and not way.quorum]
    if not document.state_info.editors:
        ways = [way for way in ways if document.state in way.by]
    found = [Vacancy(way, coming, _candidates(document, way, coming)) for way in ways]
    if document.state_info.editors:
        found = _one_for_both(found)
    return [v for v in found if not v.able]


def _one_for_both(found: list[Vacancy]) -> list[Vacancy]:
    """Before submission: where only one person is left for all steps, nobody is for the last."""
    able = {pk for vacancy in found for pk in vacancy.able}
    if len(able) != 1 or any(not vacancy.able for vacancy in found):
        return found
    return [
        replace(
            vacancy,
            candidates=[
                c if c.barred else replace(c, barred=(guards.not_the_reviewer.__name__,))
                for c in vacancy.candidates
            ],
        )
        if vacancy.way.step == Step.APPROVE
        else vacancy
        for vacancy in found
    ]


def _candidates(document: Document, way: Transition, coming: int) -> list[Candidate]:
    return [
        Candidate(
            situation.person,
            tuple(
                guard.__name__
                for guard in way.guards
                if guard.__name__ in LIFTABLE and objections(situation, guard)
            ),
        )
        for situation in pool(document, way, coming)
    ]


def pool(document: Document, way: Transition, coming: int) -> list[Situation]:
    """Everybody with a role for this step in this round but who submitted; constant queries."""
    roles = {role for roles in way.by.values() for role in roles if role in GROUPS}
    able = people(one.user_id for one in eligible(roles, document))
    wrote = Contribution.objects.filter(
        document_id=document.pk, since_edition=document.edition_count
    )
    contributors = set(wrote.values_list("user_id", flat=True))
    events = Event.objects.filter(document_id=document.pk, round=coming).order_by("seq")
    known = {"contributors": contributors, "round_events": list(events)}
    found = []
    for person in able:
        role = next((r for held in (person.roles, person.held) for r in roles if r in held), "")
        situation = Situation(document, person, way, role, [], document.digest)
        situation.__dict__.update(known)
        if not exceptions.has_submitted(situation):
            found.append(situation)
    return found


def may_ask(document: Document, person: Person) -> bool:
    """Whether this is the person's own document."""
    return is_own(person, document)


def may_decide(document: Document, person: Person, asked: Event) -> bool:
    """Whether this person can grant it: Administration or who decides, of another office and Land.

    Never who asked, wrote or would gain: then it would be no exception but a bypass.
    """
    gains = {pk for ids in asked.data["lifts"].values() for pk in ids}
    if person.user_id in {None, asked.actor_id, *gains}:
        return False
    if not person.roles & {ADMINISTRATION, *document.workflow.deciding_roles}:
        return False
    return stands_apart(document, person)


def stands_apart(document: Document, person: Person) -> bool:
    """Whether the person is of another office and Land, and did not write."""
    if is_own(person, document) or (document.land and document.land in person.laender):
        return False
    wrote = Contribution.objects.filter(document_id=document.pk, user_id=person.user_id or 0)
    return not wrote.filter(since_edition=document.edition_count).exists()


def ask(document: Document, action: str, persons: Iterable[int], *, by: Any, reason: str) -> Event:
    """Ask that these people may take a step that nobody else can; the office does, with a reason.

    Raises NotAllowed for others, RemarkMissing without a reason, Blocked where there is somebody,
    or where an exception would not help, or is asked for already.
    """
    person = person_for(by)
    with transaction.atomic():
        locked = lock(document)
        if not may_ask(locked, person):
            raise NotAllowed
        if not reason.strip():
            raise RemarkMissing
        if exceptions.pending(list(locked.events.order_by("seq"))):
            raise Blocked(_("Um eine Ausnahme ist schon gebeten."))
        vacancy = _vacancy(locked, action)
        data = {"way": action, "round": vacancy.round, "lifts": _lifts(vacancy, set(persons))}
        event = chain.note(
            locked, ASKED, by=person, role=MITGLIED, remark=reason.strip(), data=data
        )
        outbox.tell(event, locked, [ADMINISTRATION], but=person.user_id)
    return event


def decide(document: Document, asked: Event, *, by: Any, grants: bool, reason: str) -> Event:
    """Grant or decline what was asked for; never the asker, nor anybody who gains or wrote."""
    person = person_for(by)
    with transaction.atomic():
        locked = lock(document)
        waiting = exceptions.pending(list(locked.events.order_by("seq")))
        if waiting is None or waiting.seq != asked.seq:
            raise Blocked(_("Darüber ist schon entschieden."))
        if not may_decide(locked, person, waiting):
            raise NotAllowed
        if grants:
            _vacancy(locked, waiting.data["way"], waiting.data["round"])
        elif not reason.strip():
            raise RemarkMissing
        data = {**waiting.data, "asked": waiting.seq}
        role = _role(person, locked)
        action = GRANTED if grants else DECLINED
        event = chain.note(locked, action, by=person, role=role, remark=reason.strip(), data=data)
        gains = {pk for ids in data["lifts"].values() for pk in ids} if grants else set()
        outbox.tell(event, locked, [OWN_OFFICE], but=person.user_id, people=gains)
    return event


def _vacancy(document: Document, action: str, in_round: int | None = None) -> Vacancy:
    for vacancy in vacancies(document):
        if vacancy.way.key == action and in_round in {None, vacancy.round}:
            return vacancy
    raise Blocked(_("Dafür braucht es keine Ausnahme (mehr): Jemand anders kann entscheiden."))


def _lifts(vacancy: Vacancy, persons: set[int]) -> dict[str, list[int]]:
    chosen = [c for c in vacancy.candidates if c.person.user_id in persons and c.can_be_lifted]
    if not chosen or len(chosen) < len(persons):
        raise Blocked(_("Bitte wählen Sie, wer ausnahmsweise entscheiden soll."))
    names = {name for candidate in chosen for name in candidate.barred}
    return {
        name: sorted(c.person.user_id or 0 for c in chosen if name in c.barred)
        for name in sorted(names)
    }


def _role(person: Person, document: Document) -> str:
    roles = [ADMINISTRATION, *sorted(document.workflow.deciding_roles)]
    return next(role for role in roles if role in person.roles)
