"""Exceptions: a guard that is lifted for named people, in one round, because nobody else is there.

Asked for by the office, granted by somebody else (`klk_workflow.workflows.granting`), recorded as
notes in the chain. Whoever submitted never decides, whatever is granted: two persons there
always are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klk_workflow.models import Document, Event
from klk_workflow.workflows import guards
from klk_workflow.workflows.definition import Guard, Step, Text
from klk_workflow.workflows.guards import Situation

ASKED: Final = "ausnahme_erbeten"
GRANTED: Final = "ausnahme_gewaehrt"
DECLINED: Final = "ausnahme_abgelehnt"
#: All that is said about one.
SPOKEN: Final = (ASKED, GRANTED, DECLINED)

#: In the data of an Event: by name of the guard, the number of the grant that lifted it.
USED: Final = "exceptions"

#: What can be lifted, and how the public reads it.
LIFTABLE: Final[dict[str, Text]] = {
    guards.other_land.__name__: gettext_lazy("aus demselben Land"),
    guards.four_eyes.__name__: gettext_lazy("hat am Text mitgeschrieben"),
    guards.not_the_reviewer.__name__: gettext_lazy("hat auch geprüft"),
}


def lift(situation: Situation, guard: Guard) -> bool:
    """Whether this guard is lifted for this person now; the situation remembers by which grant."""
    name = guard.__name__
    if name not in LIFTABLE or situation.person.user_id is None or has_submitted(situation):
        return False
    if situation.grants is None:
        situation.grants = grants(situation.document, situation.transition.key)
    for grant in situation.grants:
        if situation.person.user_id in grant.data["lifts"].get(name, ()):
            situation.lifted[name] = grant.seq
            return True
    return False


def has_submitted(situation: Situation) -> bool:
    """Whether the person handed the text in that is decided on, or the one represented did."""
    handed_in = situation.last(Step.SUBMIT)
    return handed_in is not None and handed_in.actor_id in {
        situation.person.user_id,
        situation.voter.user_id,
    }


def grants(document: Document, action: str) -> list[Event]:
    """The exceptions granted for this step in the present round."""
    rows = Event.objects.filter(document_id=document.pk, action=GRANTED)
    return list(rows.filter(data__round=document.round, data__way=action).order_by("seq"))


def words(names: Iterable[str]) -> str:
    """What is lifted, as the public reads it."""
    return ", ".join(str(said) for name, said in LIFTABLE.items() if name in names)


def pending(events: Sequence[Event]) -> Event | None:
    """The exception that is asked for and not decided, of these Events in order."""
    asked = [event for event in events if event.action in SPOKEN]
    return asked[-1] if asked and asked[-1].action == ASKED else None


def faults(document: Document, events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """Number and words of each Event that uses or grants an exception which nothing covers."""
    by_seq = {event.seq: event for event in events}
    for event in events:
        if event.action == GRANTED and not _is_sound(event, by_seq.get(event.data.get("asked", 0))):
            yield event.seq, _("Ausnahme, um die niemand gebeten hat")
        for name, seq in event.data.get(USED, {}).items():
            if not _covers(by_seq.get(seq), event, name):
                yield event.seq, _("Ausnahme, die niemand gewährt hat")
    yield from _decided_twice(document, events)


def _decided_twice(document: Document, events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """Nobody decides on what he or she submitted; who reviewed approves by an exception only."""
    acted: dict[tuple[int, Step], set[int | None]] = defaultdict(set)
    for event in events:
        way = document.way_of(event)
        if way is None or way.step is None:
            continue
        if way.decides and event.actors & acted[event.round, Step.SUBMIT]:
            yield event.seq, _("hat selbst eingereicht")
        again = way.step == Step.APPROVE and event.actors & acted[event.round, Step.REVIEW]
        if again and guards.not_the_reviewer.__name__ not in event.data.get(USED, {}):
            yield event.seq, _("hat selbst geprüft")
        acted[event.round, way.step] |= event.actors


def _is_sound(grant: Event, asked: Event | None) -> bool:
    """Granted as it was asked for, later, by somebody who neither asked nor gains."""
    if asked is None or asked.action != ASKED or asked.seq >= grant.seq:
        return False
    if any(asked.data.get(key) != grant.data.get(key) for key in ("way", "round", "lifts")):
        return False
    gains = {person for people in grant.data["lifts"].values() for person in people}
    return grant.actor_id not in {None, asked.actor_id, *gains}


def _covers(grant: Event | None, event: Event, name: str) -> bool:
    if grant is None or grant.action != GRANTED or grant.seq >= event.seq:
        return False
    said: dict[str, Any] = grant.data
    is_meant = (said["way"], said["round"]) == (event.action, event.round)
    return is_meant and event.actor_id in said["lifts"].get(name, ())
