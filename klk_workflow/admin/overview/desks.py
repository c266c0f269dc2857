"""The desks: what waits for a role's next step, and for whom it would be possible."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from klk_workflow.extending import switches
from klk_workflow.models import Contribution, Document, Event
from klk_workflow.models.event import REPRESENTED
from klk_workflow.people import Person
from klk_workflow.roles import FREIGABE, MITGLIED, PRUEFUNG, REDAKTION
from klk_workflow.workflows import named
from klk_workflow.workflows.definition import Effect, Step, Text, Transition, Workflow
from klk_workflow.workflows.votes import units_of


@dataclass(frozen=True)
class Desk:
    """A place where documents wait for one role: its address, name, and what is done there."""

    key: str
    label: Text
    tag: Text
    verb: Text
    role: str
    step: Step | None = None
    effect: Effect = Effect.NONE
    together: bool = False

    def ways(self, workflow: Workflow) -> list[Transition]:
        """The transitions of this desk in a workflow."""
        return [
            way
            for way in workflow.transitions
            if bool(way.quorum) == self.together
            and (
                (self.step and way.step == self.step) or (self.effect and way.effect == self.effect)
            )
        ]

    def is_for(self, person: Person) -> bool:
        """Whether this person sits here: in the role, and with a voice where several decide."""
        ways = (way for flow in _workflows() for way in self.ways(flow))
        return self.role in person.held and any(_has_voice(person, way) for way in ways)


DESKS: Final = (
    Desk("pruefen", _("Zu prüfen"), _("zu prüfen"), _("Prüfen"), PRUEFUNG, step=Step.REVIEW),
    Desk("freigeben", _("Freizugeben"), _("freizugeben"), _("Lesen"), FREIGABE, step=Step.APPROVE),
    Desk(
        "mitzeichnen",
        _("Gemeinsam zu entscheiden"),
        _("gemeinsam zu entscheiden"),
        _("Lesen"),
        MITGLIED,
        step=Step.APPROVE,
        together=True,
    ),
    Desk(
        "veroeffentlichen",
        _("Zu veröffentlichen"),
        _("zu veröffentlichen"),
        _("Ansehen"),
        REDAKTION,
        effect=Effect.MAKE_EDITION,
    ),
)


def desks_of(person: Person) -> list[Desk]:
    """The desks at which this person sits."""
    return [desk for desk in DESKS if desk.is_for(person)]


def waiting(person: Person, desk: Desk) -> "QuerySet[Document]":
    """What this person could take a step further at the desk; others' four eyes are left out."""
    found = Document.objects.filter(_states(person, desk))
    if desk.effect:
        return found.filter(scheduled_for=None)
    found = found.exclude(_barred(person, desk))
    if desk.role not in person.roles:
        represented = [mandate.person for mandate in person.mandates_for(desk.role)]
        found = found.filter(reduce(or_, (~_barred(one, desk) for one in represented)))
    if any(way.named for flow in _workflows() for way in desk.ways(flow)):
        ours = whose(person, desk)
        found = found.alias(named=named.in_query())
        found = found.exclude(~Q(named__in=ours) & _states(person, desk, bound=True))
    return found


def whose(person: Person, desk: Desk) -> list[str]:
    """The numbers, as text, of those whose naming is a task for this person at the desk."""
    represented = [mandate.person for mandate in person.mandates_for(desk.role)]
    return [str(one.user_id) for one in (person, *represented)]


def _workflows() -> Iterator[Workflow]:
    for kind in switches.active():
        yield from kind.model.workflows


def _barred(person: Person, desk: Desk) -> Q:
    """What the person can take no further here: own work, that of the own Land, what was said."""
    took_part = Contribution.objects.filter(
        document=OuterRef("pk"),
        user_id=person.user_id or 0,
        since_edition=OuterRef("edition_count"),
    )
    barred = Q(Exists(took_part)) | Q(land__in=person.laender)
    in_round = Event.objects.filter(document=OuterRef("pk"), round=OuterRef("round"))
    if desk.together:
        voices = [*person.laender, *map(str, person.office_ids), str(person.user_id)]
        barred |= Q(Exists(in_round.filter(data__voice__in=voices)))
    if desk.step == Step.APPROVE:
        acted = Q(actor_id=person.user_id) | Q(**{f"data__{REPRESENTED}__person": person.user_id})
        barred |= Q(Exists(in_round.filter(acted, action__in=_reviews())))
    return barred


def own_in_work(person: Person) -> "QuerySet[Document]":
    """What the person's offices are writing now."""
    if MITGLIED not in person.roles:
        return Document.objects.none()
    states = Q(pk__in=[])
    for document_type in switches.active():
        for workflow in document_type.model.workflows:
            keys = [state.key for state in workflow.states if state.editors]
            states |= Q(
                type_key=document_type.key, workflow_version=workflow.version, state__in=keys
            )
    through = Document.offices.through._default_manager
    own = through.filter(office_id__in=person.office_ids).values("document_id")
    return Document.objects.filter(states, pk__in=own)


def counts(person: Person) -> Counter[str]:
    """How many documents wait at each desk, and by type how many the person's offices write."""
    found: Counter[str] = Counter()
    if MITGLIED in person.roles:
        rows = own_in_work(person).order_by().values("type_key").annotate(n=Count("pk"))
        found.update({row["type_key"]: row["n"] for row in rows})
    for desk in desks_of(person):
        found[desk.key] = waiting(person, desk).count()
    return found


def _has_voice(person: Person, way: Transition) -> bool:
    """Whether the person, or somebody represented, is among those who decide."""
    quorum = way.quorum
    everybody = (person, *(mandate.person for mandate in person.mandates))
    return quorum is None or any(units_of(one, quorum) for one in everybody)


def _states(person: Person, desk: Desk, *, bound: bool = False) -> Q:
    """Where something waits for a person; `bound` narrows it to steps where a name binds."""
    conditions = [
        Q(
            type_key=document_type.key,
            workflow_version=workflow.version,
            state__in=[state for state, roles in way.by.items() if desk.role in roles],
        )
        for document_type in switches.active()
        for workflow in document_type.model.workflows
        for way in desk.ways(workflow)
        if (way.named or not bound) and _has_voice(person, way)
    ]
    return reduce(or_, conditions, Q(pk__in=[]))


def _reviews() -> set[str]:
    return {
        way.key
        for workflow in _workflows()
        for way in workflow.transitions
        if way.step == Step.REVIEW
    }
