"""Joint decisions: who has consented, who is still asked, and whose voice an act is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from klk_workflow.laender import land_name
from klk_workflow.models.document import Document
from klk_workflow.models.event import Event
from klk_workflow.models.office import Office
from klk_workflow.people import Person
from klk_workflow.workflows.definition import Quorum, Transition, Unit

#: Where the voice stands in an Event's data, and the voices that were silent.
VOICE = "voice"
SILENT = "silent"

_OF_MANY = {
    Unit.LAND: gettext_lazy("%(n)d von %(all)d Ländern: %(names)s"),
    Unit.OFFICE: gettext_lazy("%(n)d von %(all)d Stellen: %(names)s"),
}


@dataclass
class Tally:
    """How a joint decision stands in the present round."""

    quorum: Quorum
    consenting: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)

    @property
    def count(self) -> int:
        """The voices that count so far."""
        return len(self.consenting | self.silent)

    @property
    def is_reached(self) -> bool:
        """Whether they are enough."""
        return self.count >= self.quorum.size

    @property
    def waiting(self) -> list[str]:
        """Who of the electorate is still asked."""
        return [u for u in self.quorum.electorate if u not in self.consenting | self.silent]

    def take(self, data: dict[str, Any]) -> None:
        """Count what an Event says."""
        if data.get(VOICE):
            self.consenting.add(data[VOICE])
        self.silent.update(data.get(SILENT, []))

    @property
    def words(self) -> str:
        """How it stands: 15 Länder, davon 2 stillschweigend; or 2 von 3 Ländern, and which."""
        everybody = len(self.quorum.electorate)
        if self.count < everybody and not self.silent and self.quorum.unit in _OF_MANY:
            return str(_OF_MANY[self.quorum.unit]) % {
                "n": self.count,
                "all": everybody,
                "names": ", ".join(unit_names(self.quorum, self.consenting)),
            }
        said = _counted(self.quorum.unit, self.count)
        if not self.silent:
            return said
        n = len(self.silent)
        silent = ngettext("davon %(n)d stillschweigend", "davon %(n)d stillschweigend", n)
        return f"{said}, {silent % {'n': n}}"


def _counted(unit: Unit, n: int) -> str:
    if unit == Unit.LAND:
        return ngettext("%(n)d Land", "%(n)d Länder", n) % {"n": n}
    if unit == Unit.OFFICE:
        return ngettext("%(n)d Stelle", "%(n)d Stellen", n) % {"n": n}
    return ngettext("%(n)d Person", "%(n)d Personen", n) % {"n": n}


def tally(document: Document, way: Transition, events: Iterable[Event]) -> Tally:
    """The voices among these Events of one round; the submitter's own counts from the start."""
    if way.quorum is None:
        raise ValueError(f"{way.key} is taken by one person.")
    found = Tally(way.quorum)
    found.consenting.update(u for u in _own(document, way.quorum) if u in way.quorum.electorate)
    for event in events:
        if event.action == way.key:
            found.take(event.data)
    return found


def _own(document: Document, quorum: Quorum) -> list[str]:
    if quorum.unit == Unit.LAND:
        return [document.land]
    if quorum.unit == Unit.OFFICE:
        return [str(office.pk) for office in document.offices.all()]
    return []


def units_of(person: Person, quorum: Quorum) -> list[str]:
    """The units of the electorate for which this person can speak."""
    units = {
        Unit.PERSON: [str(person.user_id)],
        Unit.OFFICE: [str(pk) for pk in sorted(person.office_ids)],
        Unit.LAND: sorted(person.laender),
    }[quorum.unit]
    return [unit for unit in units if not quorum.electorate or unit in quorum.electorate]


def voice_of(person: Person, standing: Tally) -> str:
    """The unit for which an act of this person would count now; empty if for none."""
    open_units = (u for u in units_of(person, standing.quorum) if u not in standing.consenting)
    return next(open_units, "")


def unit_names(quorum: Quorum, units: Iterable[str]) -> list[str]:
    """Units in words, in order."""
    if quorum.unit == Unit.LAND:
        return sorted(land_name(unit) for unit in units)
    if quorum.unit == Unit.OFFICE:
        wanted = [int(unit) for unit in units]
        return list(
            Office.objects.filter(pk__in=wanted).order_by("name").values_list("name", flat=True)
        )
    return []


def joint_ways(document: Document) -> list[Transition]:
    """The joint decisions that are open in the document's present state."""
    return [way for way in document.workflow.leaving(document.state) if way.quorum]


def still_asked(document: Document, people: Iterable[Person]) -> set[int | None]:
    """Who of these people has a voice in an open joint decision that was not heard yet."""
    events = list(document.events.filter(round=document.round))
    open_ones = [tally(document, way, events) for way in joint_ways(document)]
    return {
        person.user_id
        for person in people
        for one in (person, *(mandate.person for mandate in person.mandates))
        for standing in open_ones
        if voice_of(one, standing)
    }
