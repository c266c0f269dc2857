"""How a joint decision stands, for people: who has consented, who is still asked, until when."""

from collections.abc import Sequence
from dataclasses import dataclass

from klk_workflow.admin import status
from klk_workflow.automation import scheduling
from klk_workflow.models import Document, Event
from klk_workflow.workflows import votes
from klk_workflow.workflows.definition import Text


@dataclass(frozen=True)
class Standing:
    """A joint decision that is going on; `until` is when silence counts as consent, or empty."""

    label: Text
    count: int
    size: int
    consenting: list[str]
    waiting: list[str]
    until: str = ""


def standing(document: Document, events: Sequence[Event]) -> Standing | None:
    """The joint decision that the document waits for now, or None."""
    ways = document.workflow.leaving(document.state)
    way = next((way for way in ways if way.quorum), None)
    if way is None or way.quorum is None:
        return None
    now = votes.tally(document, way, [e for e in events if e.round == document.round])
    until = scheduling.silent_at(way, _entered(document, events)) if way.after_days else None
    return Standing(
        way.label,
        now.count,
        way.quorum.size,
        votes.unit_names(way.quorum, now.consenting),
        votes.unit_names(way.quorum, now.waiting),
        status.day(until) if until else "",
    )


def _entered(document: Document, events: Sequence[Event]) -> Event:
    return next(
        event
        for event in reversed(events)
        if event.to_state == document.state and event.from_state != document.state
    )
