"""Who is named for a step, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from klk_workflow.models import Document, Event
from klk_workflow.models.deputyship import name_of
from klk_workflow.people import Person
from klk_workflow.workflows import named, naming
from klk_workflow.workflows.definition import Step, Transition


@dataclass(frozen=True)
class Shown:
    """A step, who is named for it, and what the person may do about that."""

    way: Transition
    label: str
    name: str
    may_name: bool
    may_take_over: bool


def names(documents: Iterable[Document]) -> dict[int, str]:
    """By number of the document, who is named for its next step; two queries for however many."""
    found = named.for_many(documents)
    called = _called(found.values())
    return {pk: called[who] for pk, who in found.items() if who in called}


def shown(document: Document, person: Person, events: Sequence[Event]) -> list[Shown]:
    """The steps from here for which somebody can be named; `events` are all, in order."""
    found = []
    for way in naming.ways(document):
        who = named.person_for(way.key, [e for e in events if e.round == document.round])
        takes = who != person.user_id and naming.may_take_over(document, person, way)
        found.append(
            Shown(
                way,
                label(way),
                _called([who]).get(who, "") if who else "",
                bool(naming.may_name(document, person, way)),
                bool(takes),
            )
        )
    return found


def label(way: Transition) -> str:
    """What stands before the name."""
    words = {Step.REVIEW: _("Prüfung durch"), Step.APPROVE: _("Freigabe durch")}
    if way.step in words:
        return words[way.step]
    return _("%(step)s durch") % {"step": way.label}


def _called(user_ids: Iterable[int]) -> dict[int, str]:
    users = get_user_model()._default_manager.filter(pk__in=set(user_ids))
    return {user.pk: name_of(user) for user in users}
