"""The Aktionspläne: two published, one submitted, two drafts."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from klk_workflow.content import editing
from klk_workflow.demo.people import Cast
from klk_workflow.demo.stories import Step, Story, days
from klk_workflow.demo.texts import read
from klk_workflow.models import Part
from klk_workflow.registry import registry

FOLDER = Path(__file__).parent
#: The measure whose responsible body is still open.
UNSETTLED = "7"


@dataclass
class Plan(Story):
    """An Aktionsplan."""

    type_key: ClassVar[str] = "aktionsplan"
    folder: ClassVar[Path] = FOLDER

    @property
    def words(self) -> dict[str, Any]:
        """The texts of this Land's plan."""
        return read(FOLDER, self.land)

    def write(self) -> None:
        """Begin the plan and write its head, its sections and its measures."""
        self._start(first_year=self.words["first_year"])
        document = self._document()
        editing.save_fields(
            document, by=self._writer(), seen_version=document.version, changes=self.words
        )
        for number, (key, blocks) in enumerate(self.words["sections"].items()):
            self._write(self._section(key), blocks, number)
        for number, measure in enumerate(self.words["measures"], 1):
            values = {**measure, "number": str(number)}
            editing.add_part(
                document, self._measures(), by=self._writer(), values=values, key=str(number)
            )

    def begin_too_early(self) -> None:
        """Begin the plan of the year after, of which nobody has decided anything."""
        self._start(first_year=self.words["first_year"] + 1)

    def new_edition(self) -> None:
        """Begin a new Fassung: what has become of the measures."""
        second = self.words["second"]
        self._act("neue_fassung", self._writer(), second["note"])
        for number, status in second["status"].items():
            self._save(self._measure(number), {"status": status})
        self._add_paragraph(*second["section"])

    def _measures(self) -> type[Part]:
        return registry.get(self.type_key).part_kind("massnahme")

    def _measure(self, number: str) -> Part:
        return self._measures()._default_manager.get(document=self._document(), key=number)

    def _findings(self) -> list[tuple[Part, str]]:
        return [(self._measure(UNSETTLED), read(FOLDER, "anmerkungen")["remark"])]

    def _request(self) -> str:
        return str(read(FOLDER, "anmerkungen")["request"])


def plans(cast: Cast) -> list[Plan]:
    """All plans with what happens to them."""
    thrown_away = days(date(2026, 11, 9), (0, "begin_too_early"), (2, "delete"))
    kept = [Plan(land, cast, steps) for land, steps in _steps().items()]
    return [*kept, Plan("nw", cast, thrown_away)]


def _steps() -> dict[str, list[Step]]:
    published = ((0, "write"), (14, "submit"), (23, "review"), (37, "approve"), (44, "publish"))
    return {
        "nw": [
            *days(date(2026, 2, 16), *published),
            *days(date(2026, 10, 26), (0, "new_edition"), (14, "submit"), (25, "send_back")),
        ],
        "sn": [
            *days(date(2025, 11, 3), *published),
            *days(
                date(2026, 9, 21),
                *((0, "new_edition"), (10, "submit"), (21, "review")),
                *((29, "approve"), (37, "publish")),
            ),
        ],
        "rp": days(date(2026, 10, 28), (0, "write"), (20, "submit")),
        "sh": days(date(2026, 11, 12), (0, "write")),
        "bb": days(date(2026, 11, 17), (0, "write")),
    }
