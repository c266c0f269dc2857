"""What happens to one document, step by step, each at its own moment."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.utils.module_loading import import_string

from klk_workflow import clock
from klk_workflow.content import editing, remarks, taking_up
from klk_workflow.deletion import papierkorb, removal
from klk_workflow.demo import bodies
from klk_workflow.demo.people import Cast
from klk_workflow.demo.texts import Block, read
from klk_workflow.laender import LAENDER
from klk_workflow.models import Attachment, Document, Part, Remark, Section
from klk_workflow.people import person_for
from klk_workflow.perform import perform
from klk_workflow.registry import registry

BERLIN = ZoneInfo("Europe/Berlin")
#: A day and what is done on it; the name of a method of the story.
Step = tuple[date, str]
_FOLDER = Path(__file__).parent


@dataclass
class Story:
    """The life of one document of a Land; each public method is a step somebody takes.

    A plugin's stories subclass this, say `type_key`, and write. `folder` is where its texts,
    pictures and files lie, each kind in a folder of that name.
    """

    type_key: ClassVar[str]
    folder: ClassVar[Path] = Path()

    land: str
    cast: Cast
    steps: Sequence[Step]
    document: Document | None = None
    asked: list[Remark] = field(default_factory=list)

    def moments(self) -> Iterable[tuple[datetime, Callable[[], None]]]:
        """Every step with its moment, at a likely hour of a working day."""
        for number, (day, step) in enumerate(self.steps):
            yield _working_hour(day, 7 * self.place + 3 * number), partial(self._take, step)

    @property
    def place(self) -> int:
        """The number of the Land in a fixed order, for everything that shall differ."""
        return sorted(LAENDER).index(self.land)

    # --- steps ---------------------------------------------------------------------------------

    def submit(self) -> None:
        """The office submits; after a revision it says what was done."""
        words = self._pick(_words()["resubmitted"]) if self.asked else ""
        self._act("einreichen", self._writer(), words)

    def send_back(self) -> None:
        """The reviewer notes what is missing and asks for a revision."""
        reviewer = self.cast.reviewer(self.land)
        person, document = person_for(reviewer), self._document()
        self.asked = [
            remarks.note(document, part, by=person, text=text) for part, text in self._findings()
        ]
        self._act("ueberarbeitung_anfordern", reviewer, self._request())

    def review(self) -> None:
        """The reviewer settles the remarks there are and passes it on."""
        reviewer = self.cast.reviewer(self.land)
        for remark in self.asked:
            remarks.settle(remark, by=person_for(reviewer))
        self.asked = []
        self._act("weitergeben", reviewer, self._pick(_words()["passed"]))

    def approve(self) -> None:
        """Somebody else approves."""
        words = self._pick(_words()["approved"])
        self._act("freigeben", self.cast.approver(self.land), words)

    def publish(self) -> None:
        """The editor publishes."""
        self._act("veroeffentlichen", self.cast.editor())

    def schedule(self) -> None:
        """The editor sets a date: ten in the morning, two weeks later."""
        day = timedelta(days=15) + clock.now().astimezone(BERLIN).date()
        moment = datetime.combine(day, time(10), tzinfo=BERLIN)
        self._act("termin_setzen", self.cast.editor(), date=moment)

    def withdraw(self) -> None:
        """The editor withdraws the published Fassung."""
        self._act_on_newest_fassung("fassung_zurueckziehen", self._reason())

    def show_again(self) -> None:
        """The editor shows it again."""
        self._act_on_newest_fassung("fassung_wieder_zeigen", _words()["shown_again"])

    def archive(self) -> None:
        """The editor takes it out of the lists."""
        self._act("archivieren", self.cast.editor(), _words()["archived"])

    def lock_content(self) -> None:
        """The office asks to lock the newest Fassung, and the editor confirms."""
        document = self._document()
        removal.confirm(
            removal.ask(
                document,
                by=person_for(self._writer()),
                reason=_words()["locked"],
                editions=[document.edition_count],
            ),
            by=person_for(self.cast.editor()),
        )

    def take_up(self) -> None:
        """The office takes the text of the newest Fassung into the working copy again."""
        document = self._document()
        made = document.events.exclude(edition_number=None).order_by("seq")
        event = made.filter(edition_number=document.edition_count)[0]
        taking_up.take_up(document, event, by=self._writer(), seen_digest=document.digest)

    def delete(self) -> None:
        """The office throws the draft away."""
        papierkorb.delete_draft(self._document(), by=self._writer())

    # --- what a kind of document brings ----------------------------------------------------------

    def _findings(self) -> list[tuple[Part, str]]:
        """The parts the reviewer has something to say about, and what."""
        raise NotImplementedError

    def _request(self) -> str:
        """The words with which it is sent back."""
        raise NotImplementedError

    def _reason(self) -> str:
        """Why a published Fassung is withdrawn."""
        raise NotImplementedError

    # --- tools -----------------------------------------------------------------------------------

    def _take(self, step: str) -> None:
        getattr(self, step)()

    def _writer(self, number: int = 0) -> Any:
        """A member of the Land; where it has two offices, they take turns."""
        members = self.cast.members[self.land]
        return members[number % len(members)]

    def _start(self, **choices: Any) -> None:
        """Begin the document through the form of its type, as a member does."""
        form_class = import_string(registry.get(self.type_key).start_form)
        form = form_class({"land": self.land, **choices}, person=person_for(self._writer()))
        if not form.is_valid():
            raise ValueError(form.errors.as_text())
        self.document, _is_new = form.save()

    def _document(self) -> Document:
        """The document as it is now."""
        if self.document is None:
            raise ValueError(f"{self.type_key} {self.land} was not begun.")
        self.document = type(self.document)._default_manager.get(pk=self.document.pk)
        return self.document

    def _act(self, action: str, by: Any, remark: str = "", **extra: Any) -> None:
        document = self._document()
        perform(document, action, by=by, seen_digest=document.digest, remark=remark, **extra)

    def _act_on_newest_fassung(self, action: str, reason: str) -> None:
        document = self._document()
        fassung = document.editions.get(is_current=True)
        perform(
            document,
            action,
            by=self.cast.editor(),
            seen_digest=fassung.digest,
            edition=fassung.number,
            remark=reason,
        )

    def _sections(self) -> list[Section]:
        return list(Section.objects.filter(document=self._document()))

    def _section(self, key: str) -> Section:
        return Section.objects.get(document=self._document(), key=key)

    def _write(self, section: Section, blocks: Sequence[Block], number: int = 0) -> None:
        body = bodies.body(self._document(), blocks, self.folder)
        self._save(section, {"body": body}, number)

    def _save(self, part: Part, changes: dict[str, Any], number: int = 0) -> None:
        writer = self._writer(number)
        editing.save_part(part, by=writer, seen_version=part.version, changes=changes)

    def _add_paragraph(self, key: str, text: str) -> None:
        """Put a paragraph at the end of a section's text, before tables and pictures stay."""
        section = self._section(key)
        blocks = section.raw_body()
        first = next(block for block in blocks if block["type"] == "text")
        first["value"] += f"<p>{text}</p>"
        self._save(section, {"body": blocks})

    def _attach(self, title: str, name: str, **choices: Any) -> None:
        document = self._document()
        file = bodies.store(document, self.folder / "files" / name)
        values = {"title": title, "file": file, **choices}
        editing.add_part(document, Attachment, by=self._writer(), values=values)

    def _pick(self, choices: Sequence[str]) -> str:
        return choices[self.place % len(choices)]


def play(stories: Iterable[Story]) -> None:
    """Let everything happen in the order of time."""
    moments = [moment for story in stories for moment in story.moments()]
    for moment, step in sorted(moments, key=lambda pair: pair[0]):
        with clock.at(moment):
            step()


def days(start: date, *steps: tuple[int, str]) -> list[Step]:
    """Steps counted in days from the first."""
    return [(start + timedelta(days=after), step) for after, step in steps]


def _words() -> dict[str, Any]:
    """What those who take part say, whatever kind of document it is."""
    return read(_FOLDER, "anmerkungen")


def _working_hour(day: date, spread: int) -> datetime:
    """A moment between nine and five; what would fall on a weekend waits for Monday."""
    if day.weekday() > 4:  # noqa: PLR2004 - Saturday and Sunday
        day += timedelta(days=7 - day.weekday())
    minutes = 37 * spread % (8 * 60)
    return datetime.combine(day, time(9), tzinfo=BERLIN) + timedelta(minutes=minutes)
