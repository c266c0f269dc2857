"""What Events say was taken out of the record: every other gap is a fault."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from klk_workflow.models import Event

#: Notes (klk_workflow.chain) that tell of something taken out, and where `data` says what.
PRUNED = "bereinigt"  # revisions: numbers of Revisions
NAMES_ERASED = "namen_geloescht"  # names: numbers of Events
REMOVED = (
    "gesperrt"  # words: numbers of Events; rows: digest now -> before; editions: number -> now
)


@dataclass
class Taken:
    """What may be missing, and what stands in its place."""

    revisions: set[int] = field(default_factory=set)
    names: set[int] = field(default_factory=set)
    words: set[int] = field(default_factory=set)
    rows: dict[str, str] = field(default_factory=dict)
    editions: dict[int, str] = field(default_factory=dict)

    def original(self, row: str) -> str:
        """The digest that this row had when it was written."""
        while row in self.rows:
            row = self.rows[row]
        return row


def taken(events: Iterable[Event]) -> Taken:
    """What was lawfully taken out, from the Events alone."""
    found = Taken()
    for event in events:
        if event.action == PRUNED:
            found.revisions.update(event.data["revisions"])
        elif event.action == NAMES_ERASED:
            found.names.update(event.data["names"])
        elif event.action == REMOVED:
            found.words.update(event.data["words"])
            found.rows |= event.data["rows"]
            found.editions |= {int(n): now for n, now in event.data["editions"].items()}
    return found
