"""What stands in the way, in which words? A guard is a function that gives reasons, or none."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from klk_workflow import clock
from klk_workflow.models.contribution import Contribution
from klk_workflow.models.document import Document, Missing
from klk_workflow.models.edition import Edition
from klk_workflow.models.event import Event
from klk_workflow.models.part import Part
from klk_workflow.models.period import Outline
from klk_workflow.people import Mandate, Person
from klk_workflow.roles import REDAKTION, SYSTEM
from klk_workflow.workflows import named, votes
from klk_workflow.workflows.definition import Guard, Step, Text, Transition


@dataclass
class Situation:
    """What a guard looks at: the locked document, who wants which way, in which role.

    `grants` are the exceptions there are (None: not asked yet), `lifted` those that were needed.
    """

    document: Document
    person: Person
    transition: Transition
    role: str
    parts: list[Part]
    digest: str
    remark: str = ""
    edition: Edition | None = None
    date: datetime | None = None
    grants: list[Event] | None = None
    lifted: dict[str, int] = field(default_factory=dict)

    @cached_property
    def mandate(self) -> Mandate | None:
        """The deputyship in which the person acts; None for somebody who acts in an own role.

        Of several the first against which nothing speaks.
        """
        own = self.role in self.person.roles
        choices = [*([None] if own else []), *self.person.mandates_for(self.role)]
        if len(choices) < 2:  # noqa: PLR2004 - nothing to choose
            return next(iter(choices), None)
        return next((choice for choice in choices if self._is_open_in(choice)), choices[0])

    def _is_open_in(self, mandate: Mandate | None) -> bool:
        tried = self.of(self.person)
        tried.mandate = mandate
        return not any(objections(tried, guard) for guard in self.transition.guards)

    @property
    def behalf(self) -> str:
        """The name of the one for whom a deputy acts."""
        return self.mandate.person.name if self.mandate else ""

    def of(self, person: Person) -> "Situation":
        """The same for another person; what was looked up of the document stays."""
        other = replace(self, person=person)
        other.contributors, other.round_events = self.contributors, self.round_events
        return other

    @property
    def voter(self) -> Person:
        """Whose say it is: the one represented by a deputy, or else the person."""
        return self.mandate.person if self.mandate else self.person

    @cached_property
    def round_events(self) -> list[Event]:
        """The Events of the present round of decisions, in order."""
        return list(
            Event.objects.filter(document_id=self.document.pk, round=self.document.round).order_by(
                "seq"
            )
        )

    @cached_property
    def contributors(self) -> set[int]:
        """Who changed or submitted anything since the last Edition."""
        since = Contribution.objects.filter(
            document_id=self.document.pk, since_edition=self.document.edition_count
        )
        return set(since.values_list("user_id", flat=True))

    def taken(self, step: Step) -> list[Event]:
        """The Events of this round that were this step of approval, single voices included."""
        workflow = self.document.workflow
        return [
            event
            for event in self.round_events
            if workflow.has(event.action) and workflow.transition(event.action).step == step
        ]

    def last(self, step: Step) -> Event | None:
        """The last Event of this round that completed this step of approval."""
        for event in reversed(self.taken(step)):
            way = self.document.workflow.transition(event.action)
            if way.quorum is None or event.to_state == way.target:
                return event
        return None

    @cached_property
    def tally(self) -> votes.Tally:
        """How the joint decision stands before this act."""
        return votes.tally(self.document, self.transition, self.round_events)

    @property
    def vote(self) -> dict[str, Any]:
        """What this act says in a joint decision; the System speaks for all who kept silent."""
        if self.transition.quorum is None:
            return {}
        if self.role == SYSTEM:
            return {votes.SILENT: self.tally.waiting}
        return {votes.VOICE: votes.voice_of(self.voter, self.tally)}

    @property
    def is_decisive(self) -> bool:
        """Whether the state moves with this act: always, unless further voices are needed."""
        if self.transition.quorum is None:
            return True
        after = votes.Tally(self.tally.quorum, set(self.tally.consenting), set(self.tally.silent))
        after.take(self.vote)
        return after.is_reached

    @property
    def entered_at(self) -> datetime:
        """When the document came into its present state."""
        moves = Event.objects.filter(document_id=self.document.pk, to_state=self.document.state)
        last = moves.exclude(from_state=self.document.state).order_by("-seq").first()
        return last.at if last else self.document.created_at


def objections(situation: Situation, guard: Guard) -> list[Text]:
    """What a guard says against an act; of a deputy's also what it says to the one represented.

    Guards that ask whose say it is have looked at both already.
    """
    reasons = guard(situation)
    if reasons or situation.mandate is None or guard in {has_a_voice, is_the_named}:
        return reasons
    represented = situation.mandate.person
    said = _("Sie handeln in Vertretung für %(name)s. Dort steht entgegen: „%(reason)s“")
    return [
        said % {"name": represented.name, "reason": reason}
        for reason in guard(situation.of(represented))
    ]


def missing(document: Document, parts: list[Part]) -> list[Missing]:
    """What is to be done before submission, in the order of the page."""
    outline = Outline.objects.filter(
        type_key=document.type_key, version=document.outline_version
    ).first()
    by_key = {entry["key"]: entry for entry in (outline.data if outline else [])}
    found = document.missing_fields(parts)
    for part in parts:
        found += part.missing(by_key.get(part.key, {}))
    return found


def complete(situation: Situation) -> list[Text]:
    """Everything required is written."""
    lacking = missing(situation.document, situation.parts)
    if not lacking:
        return []
    names = " · ".join(str(item.text) for item in lacking)
    return [_("Zum Einreichen fehlt noch: %(names)s.") % {"names": names}]


def changed(situation: Situation) -> list[Text]:
    """A new Fassung says something new."""
    document = situation.document
    if not document.has_edition:
        return []
    last = Edition.objects.filter(document_id=document.pk, is_current=True).values("digest").first()
    if last and last["digest"] == situation.digest:
        return [
            _(
                "Der Text ist derselbe wie in der veröffentlichten Fassung. "
                "Ändern Sie etwas oder verwerfen Sie die neue Fassung."
            )
        ]
    return []


def four_eyes(situation: Situation) -> list[Text]:
    """Whoever changed or submitted anything since the last Edition does not decide on it."""
    if situation.person.user_id in situation.contributors:
        return [_("Sie haben selbst daran geschrieben; entscheiden muss jemand anders.")]
    return []


def other_land(situation: Situation) -> list[Text]:
    """Reviewers and approvers come from another Land, or from none."""
    if situation.role == REDAKTION:
        return []
    document, person = situation.document, situation.person
    if document.land and document.land in person.laender:
        return [_("Über Dokumente des eigenen Landes entscheiden andere Länder.")]
    if any(office.pk in person.office_ids for office in document.offices.all()):
        return [_("Über Dokumente der eigenen Stelle entscheiden andere Stellen.")]
    return []


def not_the_reviewer(situation: Situation) -> list[Text]:
    """Whoever reviewed does not approve; nor is silence followed by silence."""
    if any(situation.person.user_id in event.actors for event in situation.taken(Step.REVIEW)):
        return [_("Sie haben bereits geprüft; freigeben muss eine zweite Person.")]
    return []


def approved_as_it_is(situation: Situation) -> list[Text]:
    """The content is the one that was submitted, reviewed and approved in this round."""
    for step in Step:
        event = situation.last(step)
        if event is None or event.digest != situation.digest:
            return [_("Freigegeben wurde ein anderer Text als der, der jetzt vorliegt.")]
    return []


def has_date(situation: Situation) -> list[Text]:
    """There is a date to be lifted."""
    if situation.document.scheduled_for is None:
        return [_("Es ist kein Termin gesetzt.")]
    return []


def has_edition(situation: Situation) -> list[Text]:
    """There is a published Fassung to go back to."""
    if not situation.document.has_edition:
        return [_("Es gibt noch keine veröffentlichte Fassung.")]
    return []


def edition_is_shown(situation: Situation) -> list[Text]:
    """The Fassung named is there and shown."""
    if situation.edition is None or situation.edition.is_withdrawn:
        return [_("Diese Fassung ist nicht (mehr) öffentlich.")]
    return []


def edition_is_withdrawn(situation: Situation) -> list[Text]:
    """The Fassung named is there and withdrawn."""
    if situation.edition is None or not situation.edition.is_withdrawn:
        return [_("Diese Fassung wurde nicht zurückgezogen.")]
    if situation.edition.is_removed:
        return [_("Diese Fassung ist gesperrt; ihr Text ist nicht mehr da.")]
    return []


def has_a_voice(situation: Situation) -> list[Text]:
    """In a joint decision each unit speaks once, and only who belongs to one may."""
    if situation.transition.quorum is None or situation.role == SYSTEM:
        return []
    if not votes.units_of(situation.voter, situation.transition.quorum):
        return [_("Ihre Stelle gehört nicht zu denen, die hier gemeinsam entscheiden.")]
    if not votes.voice_of(situation.voter, situation.tally):
        return [_("Ihr Land oder Ihre Stelle hat dem schon zugestimmt.")]
    if situation.mandate and _has_spoken(situation):
        return [_("Sie haben hier schon entschieden; zwei Stimmen hat niemand.")]
    return []


def _has_spoken(situation: Situation) -> bool:
    way, who = situation.transition.key, situation.person.user_id
    return any(e.action == way and e.actor_id == who for e in situation.round_events)


def is_the_named(situation: Situation) -> list[Text]:
    """Where a name binds, whoever is named takes the step, or a deputy of that person."""
    who = named.person_for(situation.transition.key, situation.round_events)
    if who is None:
        return [_("Für diesen Schritt ist noch niemand benannt.")]
    if who not in {situation.person.user_id, situation.voter.user_id}:
        return [_("Für diesen Schritt ist jemand anders benannt.")]
    return []


def time_is_up(situation: Situation) -> list[Text]:
    """The System acts only when the time that the workflow declares has passed."""
    days = situation.transition.after_days
    if situation.role != SYSTEM or not days:
        return []
    if clock.now() < situation.entered_at + timedelta(days=days):
        return [_("Die Frist ist noch nicht abgelaufen.")]
    return []
