"""How far the writing is: the outline with its marks, what is missing, who else is here."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from klk_workflow.admin.writing import presence
from klk_workflow.models import Document, Event, Outline, Part, Remark
from klk_workflow.models.document import Missing
from klk_workflow.people import Person
from klk_workflow.workflows.definition import Text
from klk_workflow.workflows.guards import missing


class Mark(StrEnum):
    """How far an entry of the outline is."""

    DONE = "done"
    BEGUN = "begun"
    OPEN = "open"

    @property
    def label(self) -> Text:
        """The mark in words."""
        return {
            Mark.DONE: _("fertig"),
            Mark.BEGUN: _("noch etwas zu tun"),
            Mark.OPEN: _("noch leer"),
        }[self]


@dataclass(frozen=True)
class Entry:
    """A line of the outline."""

    label: Text
    url: str
    mark: Mark
    is_current: bool
    is_public: bool = True


@dataclass(frozen=True)
class Group:
    """The entries of one kind of part; `add_url` where members may add one."""

    kind: str
    label: Text
    entries: list[Entry]
    is_current: bool
    add_url: str = ""
    add_label: Text = ""


@dataclass(frozen=True)
class Other:
    """Somebody else who is writing now; `where` is empty for a part that is not there yet."""

    name: str
    where: Text
    is_same: bool


def part_url(part: Part) -> str:
    """Where this part is written."""
    return reverse("dokumente:teil", args=[part.document_id, part.kind, part.pk])


def head_url(document: Document) -> str:
    """Where the document's own fields are written."""
    return reverse("dokumente:angaben", args=[document.pk])


@dataclass
class Progress:
    """The state of the writing, as one person meets it at the part with this address."""

    document: Document
    person: Person
    here: str = ""
    parts: list[Part] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read the parts."""
        self.parts = self.document.parts()

    @cached_property
    def outline(self) -> dict[str, dict[str, Any]]:
        """The entries of the document's outline, by key."""
        outline = Outline.objects.filter(
            type_key=self.document.type_key, version=self.document.outline_version
        ).first()
        return {entry["key"]: entry for entry in (outline.data if outline else [])}

    @cached_property
    def lacking(self) -> list[Missing]:
        """What is to be done before submission."""
        return missing(self.document, self.parts)

    @cached_property
    def open_remarks(self) -> dict[tuple[str, str], list[Remark]]:
        """Remarks that nobody has declared done, by kind and key of their part."""
        found: dict[tuple[str, str], list[Remark]] = defaultdict(list)
        remarks = (
            Remark.objects.filter(document=self.document.pk, kind=Remark.Kind.REMARK)
            .exclude(answers__kind=Remark.Kind.RESOLVED)
            .prefetch_related("answers")
        )
        for remark in remarks:
            found[remark.part_kind, remark.part_key].append(remark)
        return found

    @cached_property
    def sent_back(self) -> Event | None:
        """The decision that sent the document back, while it is being mended."""
        if not self.document.state_info.snapshot_readers:
            return None
        events = Event.objects.filter(
            document_id=self.document.pk, to_state=self.document.state
        ).exclude(from_state=self.document.state)
        return events.order_by("seq").last()

    def where(self, item: Missing) -> str:
        """The address at which a missing thing is written."""
        if item.part:
            return part_url(item.part)
        if item.kind:
            return reverse("dokumente:teil_neu", args=[self.document.pk, item.kind])
        return head_url(self.document) if self.document.type.head_form else ""

    @property
    def missing(self) -> list[tuple[Text, str]]:
        """What is missing, each with the address where it is written."""
        return [(item.text, self.where(item)) for item in self.lacking]

    @property
    def next_url(self) -> str:
        """Where to go on: what a remark is about, else what is missing, else the beginning."""
        for part in self.parts:
            if (part.kind, part.key) in self.open_remarks:
                return part_url(part)
        return next((url for _text, url in self.missing if url), self.addresses[0])

    @cached_property
    def groups(self) -> list[Group]:
        """The outline: the own fields if there are any, then kind after kind."""
        kinds = [self._group(kind) for kind in self.document.type.parts]
        return [self._head(), *kinds] if self.document.type.head_form else kinds

    @property
    def addresses(self) -> list[str]:
        """The addresses of all entries in their order."""
        return [entry.url for group in self.groups for entry in group.entries]

    @property
    def after(self) -> str:
        """The address of the entry after the present one, empty at the end."""
        rest = self.addresses
        at = rest.index(self.here) + 1 if self.here in rest else len(rest)
        return rest[at] if at < len(rest) else ""

    @cached_property
    def others(self) -> list[Other]:
        """Who else has a writing page of the document open."""
        found = presence.others(self.document, self.person)
        groups = self.groups if found else []
        labels = {entry.url: entry.label for group in groups for entry in group.entries}
        return [
            Other(name, labels.get(url, ""), url == self.here and url in labels)
            for name, url in found
        ]

    def _group(self, kind: type[Part]) -> Group:
        entries = [self._entry(part) for part in self.parts if part.kind == kind.kind]
        add = reverse("dokumente:teil_neu", args=[self.document.pk, kind.kind])
        return Group(
            kind.kind,
            kind._meta.verbose_name_plural,
            entries,
            add == self.here or any(entry.is_current for entry in entries),
            add if kind.addable else "",
            kind._meta.verbose_name,
        )

    def _entry(self, part: Part) -> Entry:
        url = part_url(part)
        mark = self._mark(part, {id(item.part) for item in self.lacking if item.part})
        return Entry(part.label, url, mark, url == self.here, part.is_public)

    def _mark(self, part: Part, lacking: Iterable[int]) -> Mark:
        if part.is_empty:
            return Mark.OPEN
        if id(part) in lacking or (part.kind, part.key) in self.open_remarks:
            return Mark.BEGUN
        return Mark.DONE

    def _head(self) -> Group:
        url = head_url(self.document)
        lacks = any(not item.part and not item.kind for item in self.lacking)
        entry = Entry(_("Angaben"), url, Mark.BEGUN if lacks else Mark.DONE, url == self.here)
        return Group("angaben", "", [entry], url == self.here)
