"""Moves between versions of a definition, as the chain holds them."""

from collections.abc import Sequence
from typing import Final

from klk_workflow.models import Document, Event

#: The note that a move leaves in the chain.
MOVED: Final = "umgestellt"


def began_under(document: Document, events: Sequence[Event]) -> int:
    """The version of the workflow under which the document began."""
    if not events:
        return document.workflow_version
    first = events[0]
    return int(first.data["workflow"][0]) if first.action == MOVED else first.workflow_version


def is_one(event: Event, version: int) -> bool:
    """Whether this Event moved the document from this version to the one it names."""
    said = event.data.get("workflow") if event.action == MOVED else None
    return said == [version, event.workflow_version]


def target(document: Document, note: Event) -> str:
    """The state after a note: the same, or what a move made of it."""
    if note.action != MOVED:
        return note.from_state
    replaces = document.workflow_at(note.workflow_version).replaces
    return replaces.get(note.from_state, note.from_state)
