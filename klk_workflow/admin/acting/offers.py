"""Which ways are open to this person now, and what a guard says against the others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.urls import reverse

from klk_workflow.models import Document, Edition, Part
from klk_workflow.people import Person
from klk_workflow.perform import obstacles
from klk_workflow.permissions import may
from klk_workflow.roles import REDAKTION
from klk_workflow.workflows import guards
from klk_workflow.workflows.definition import Remark, Step, Text, Transition
from klk_workflow.workflows.guards import Situation

#: These say that there is nothing to act on: then the way is not spoken of at all.
_PRECONDITIONS: Final = (
    guards.has_date,
    guards.has_edition,
    guards.edition_is_shown,
    guards.edition_is_withdrawn,
)

_DECISIONS: Final = (Step.REVIEW, Step.APPROVE)


@dataclass(frozen=True)
class Offer:
    """A way that the person has the role for. With `reasons` it is explained, not offered.

    `behalf` is the name of the one represented, where the person acts as a deputy.
    """

    way: Transition
    role: str
    url: str
    reasons: tuple[Text, ...] = ()
    behalf: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it can be taken now."""
        return not self.reasons

    @property
    def decides(self) -> bool:
        """Whether it judges the text: then it is pressed in the bar, beside the text."""
        judges = guards.four_eyes in self.way.guards  # what judges is what four eyes guard
        return self.role != REDAKTION and (
            self.way.step in _DECISIONS or (judges and self.way.remark == Remark.REQUIRED)
        )


def offers(document: Document, person: Person, parts: list[Part], digest: str) -> list[Offer]:
    """The ways from the present state for this person; acts on a Fassung are not among them."""
    found = []
    for way in document.workflow.leaving(document.state):
        role = may(person, document, way)
        if role is None or way.on_edition:
            continue
        situation = Situation(document, person, way, role, parts, digest)
        if not _is_void(situation):
            reasons = tuple(dict.fromkeys(obstacles(situation)))
            found.append(Offer(way, role, url_of(document, way), reasons, situation.behalf))
    return found


def offers_on(
    document: Document, person: Person, editions: Sequence[Edition]
) -> dict[int, list[Offer]]:
    """By number of a Fassung: what the person may do with it."""
    found: dict[int, list[Offer]] = {edition.number: [] for edition in editions}
    for way in document.workflow.leaving(document.state):
        role = may(person, document, way) if way.on_edition else None
        if role is None:
            continue
        base = Situation(document, person, way, role, [], document.digest)
        for edition in editions:
            if not obstacles(replace(base, edition=edition)):
                url = f"{url_of(document, way)}?fassung={edition.number}"
                found[edition.number].append(Offer(way, role, url))
    return found


def url_of(document: Document, way: Transition) -> str:
    """The page of this way."""
    return reverse("dokumente:handeln", args=[document.pk, way.key])


def _is_void(situation: Situation) -> bool:
    ways = [guard for guard in situation.transition.guards if guard in _PRECONDITIONS]
    return any(guard(situation) for guard in ways)
