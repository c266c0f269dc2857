"""The Länderberichte of three rounds, in every state."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from klk_workflow.content import remarks
from klk_workflow.demo.people import Cast
from klk_workflow.demo.stories import Step, Story, days
from klk_workflow.demo.texts import read
from klk_workflow.laender import LAENDER
from klk_workflow.models import Part, Period, Section
from klk_workflow.people import person_for
from klk_workflow.plugins.laenderbericht.demo.periods import load_periods
from klk_workflow.plugins.laenderbericht.demo.texts import FOLDER, section, visibility

#: How many sections a half-written report has.
HALF = 8
#: The files that go with some reports: title, file, whether the public gets it.
FILES = (
    ("Gremien im Überblick (Beispieltext)", "uebersicht-gremien.pdf", "public"),
    ("Ablauf einer Fallkonferenz (Beispieltext)", "ablauf-fallkonferenz.pdf", "public"),
    ("Fragebogen an die Netzwerke (Beispieltext)", "fragebogen-netzwerke.docx", "internal"),
)


@dataclass
class Report(Story):
    """A Länderbericht."""

    type_key: ClassVar[str] = "laenderbericht"
    folder: ClassVar[Path] = FOLDER

    period: str = ""

    def write(self) -> None:
        """Write every section, and attach a file to every third report."""
        self.write_half()
        self._write_sections(self._sections()[HALF:])
        if self.place % 3 == 0:
            title, name, visibility = FILES[self.place // 3 % len(FILES)]
            self._attach(title, name, visibility=visibility)

    def write_half(self) -> None:
        """Begin the report and write the first sections."""
        self._start(period=Period.objects.get(slug=self.period).pk)
        self._write_sections(self._sections()[:HALF])

    def begin(self) -> None:
        """Begin the report and write hardly more than the summary."""
        self._start(period=Period.objects.get(slug=self.period).pk)
        self._write_sections(self._sections()[:2])

    def revise(self) -> None:
        """Answer the remarks in the text and beside it."""
        additions = read(FOLDER, "fassungen")["additions"]
        for number, remark in enumerate(self.asked):
            self._add_paragraph(remark.part_key, additions[number % len(additions)])
            reply = self._pick(_words()["replies"])
            remarks.answer(remark, by=person_for(self._writer()), text=reply)

    def revise_partly(self) -> None:
        """Take up the first remark only."""
        self.asked, later = self.asked[:1], self.asked[1:]
        self.revise()
        self.asked += later

    def new_edition(self) -> None:
        """Begin a new Fassung, say why, and change what it is about."""
        choices = read(FOLDER, "fassungen")["editions"]
        change = choices[self.place % len(choices)]
        self._act("neue_fassung", self._writer(), change["note"])
        self._add_paragraph(change["section"], change["text"])

    def _write_sections(self, sections: list[Section]) -> None:
        for number, part in enumerate(sections):
            self._write(part, section(part.key, self.land, self.period), number)
            if chosen := visibility(part.key, self.land):
                self._save(self._section(part.key), {"visibility": chosen}, number)

    def _findings(self) -> list[tuple[Part, str]]:
        texts = _words()["remarks"]
        keys = sorted(texts)
        chosen = [keys[(self.place + step) % len(keys)] for step in (0, 2, 5)]
        return [(self._section(key), texts[key]) for key in chosen]

    def _request(self) -> str:
        return self._pick(_words()["requests"])

    def _reason(self) -> str:
        return str(_words()["withdrawn"][self.land])


def reports(cast: Cast) -> list[Report]:
    """All reports with what happens to them; their rounds are there then."""
    load_periods()
    return [
        Report(land, cast, steps, period=period)
        for period, rounds in (("2025-2", _2025_2()), ("2026-1", _2026_1()), ("2026-2", _2026_2()))
        for land, steps in rounds.items()
    ]


def _words() -> dict[str, Any]:
    return read(FOLDER, "anmerkungen")


def _published(start: date) -> list[Step]:
    return days(
        start, (0, "write"), (9, "submit"), (17, "review"), (26, "approve"), (33, "publish")
    )


def _second(start: date) -> list[Step]:
    return days(
        start, (0, "new_edition"), (7, "submit"), (14, "review"), (22, "approve"), (30, "publish")
    )


def _2025_2() -> dict[str, list[Step]]:
    order = sorted(LAENDER)
    rounds = {land: _published(date(2025, 11, 3 + order.index(land))) for land in order}
    rounds["nw"] += _second(date(2026, 2, 2))
    rounds["be"] += _second(date(2026, 2, 9))
    rounds["sh"] += [(date(2026, 2, 4), "withdraw"), *_second(date(2026, 2, 6))]
    rounds["he"] += [(date(2026, 4, 13), "withdraw"), (date(2026, 4, 21), "show_again")]
    rounds["th"] += [(date(2026, 10, 20), "withdraw")]
    rounds["hb"] += [(date(2026, 3, 9), "lock_content")]
    rounds["bw"] += [(date(2026, 9, 30), "archive")]
    rounds["ni"] += [(date(2026, 9, 30), "archive")]
    return rounds


def _2026_1() -> dict[str, list[Step]]:
    order = sorted(LAENDER)
    rounds = {land: _published(date(2026, 5, 4 + order.index(land))) for land in order}
    rounds["by"] += _second(date(2026, 10, 13))
    rounds["nw"] += days(
        date(2026, 10, 12),
        *((0, "new_edition"), (8, "submit"), (17, "review"), (28, "approve"), (36, "schedule")),
    )
    rounds["ni"] += [(date(2026, 11, 10), "new_edition"), (date(2026, 11, 16), "take_up")]
    rounds["sl"] = [(date(2026, 6, 1), "write_half")]
    return rounds


def _2026_2() -> dict[str, list[Step]]:
    """The running round; it is 24 November 2026."""

    def october(start: int, *steps: tuple[int, str]) -> list[Step]:
        return days(date(2026, 10, start), *steps)

    return {
        "bb": october(
            5, (0, "write"), (10, "submit"), (17, "review"), (28, "approve"), (37, "publish")
        ),
        "hb": october(
            2, (0, "write"), (7, "submit"), (17, "review"), (26, "approve"), (34, "publish")
        ),
        "sn": october(5, (0, "write"), (11, "submit"), (21, "review"), (38, "approve")),
        "hh": october(
            7, (0, "write"), (12, "submit"), (23, "review"), (34, "approve"), (40, "schedule")
        ),
        "rp": october(8, (0, "write"), (15, "submit"), (29, "review")),
        "he": october(14, (0, "write"), (19, "submit"), (34, "review")),
        "mv": october(
            6,
            *((0, "write"), (14, "submit"), (22, "send_back")),
            *((28, "revise"), (29, "submit"), (38, "review")),
        ),
        "by": october(
            12, (0, "write"), (15, "submit"), (23, "send_back"), (35, "revise"), (39, "submit")
        ),
        "sh": october(20, (0, "write"), (29, "submit")),
        "be": october(26, (0, "write"), (25, "submit")),
        "th": october(13, (0, "write"), (16, "submit"), (29, "send_back")),
        "st": october(9, (0, "write"), (19, "submit"), (31, "send_back"), (41, "revise_partly")),
        "ni": october(21, (0, "write")),
        "nw": october(26, (0, "write_half")),
        "bw": october(29, (0, "begin")),
    }
