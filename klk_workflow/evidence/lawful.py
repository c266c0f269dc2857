"""What Events say was taken out of the record: every other gap is a fault."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from klk_workflow.models import Event

#: Notes (klk_workflow.chain) of what was taken out. `data` says what: of PRUNED the numbers of
#: Revisions ("revisions"), of NAMES_ERASED those of Events ("names"), of REMOVED those of Events
#: ("words"), the digest of each row now and before ("rows") and of each Edition now ("editions").
PRUNED = "bereinigt"
NAMES_ERASED = "namen_geloescht"
ASKED = "sperrung_beantragt"
DECLINED = "sperrung_abgelehnt"
REMOVED = "gesperrt"


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
