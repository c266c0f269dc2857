"""One timeline of a document: what was done and what was remarked, newest first, page by page."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from klk_workflow.admin import status
from klk_workflow.admin.reading import versions
from klk_workflow.content import remarks
from klk_workflow.forms import DayInput
from klk_workflow.models import Document, Event, Remark
from klk_workflow.people import Person
from klk_workflow.permissions import Access, access
from klk_workflow.roles import GROUPS
from klk_workflow.workflows.definition import Step, Text

PER_PAGE = 25

EVENT, REMARK = "event", "remark"


class FilterForm(forms.Form):
    """Narrows the timeline; what is not valid narrows nothing."""

    was = forms.ChoiceField(
        label=_("Was"),
        required=False,
        choices=[
            ("", _("alles")),
            ("texte", _("neue Textstände")),
            ("entscheidungen", _("Entscheidungen")),
            ("fassungen", _("Fassungen")),
            ("anmerkungen", _("Anmerkungen")),
        ],
    )
    rolle = forms.ChoiceField(
        label=_("Rolle"),
        required=False,
        choices=[("", _("alle")), *((role, _(role)) for role in GROUPS)],
    )
    seit = forms.DateField(
        label=_("Seit"),
        required=False,
        widget=DayInput,
    )

    def chosen(self) -> dict[str, Any]:
        """What was chosen, of what is valid."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        """What was chosen, for the links to other pages."""
        return urlencode([(k, v) for k, v in self.data.items() if k in self.fields and v])


@dataclass(frozen=True)
class Entry:
    """An Event, whose text and words may be open to the person, or a remark and its subject."""

    event: Event | None = None
    remark: Remark | None = None
    about: Text = ""
    is_readable: bool = False
    has_words: bool = False


@dataclass(frozen=True)
class Timeline:
    """The history of a document as far as a person meets it."""

    document: Document
    person: Person
    chosen: dict[str, Any]

    def page(self, number: str | None) -> Page[Any]:
        """A page of `Entry`; as many queries with a thousand versions as with ten."""
        page = Paginator(self._rows(), PER_PAGE).get_page(number)
        rows = [(kind, key) for kind, key, _moment in page]
        found = self._entries(rows)
        page.object_list = [found[row] for row in rows]
        return page

    def _entries(self, rows: list[tuple[str, int]]) -> dict[tuple[str, int], Entry]:
        events = self._events([key for kind, key in rows if kind == EVENT])
        remarked = self._remarks([key for kind, key in rows if kind == REMARK])
        return {(EVENT, key): entry for key, entry in events.items()} | {
            (REMARK, key): entry for key, entry in remarked.items()
        }

    def _rows(self) -> "QuerySet[Any, Any]":
        """(kind, key, moment) of everything, sorted by the database."""
        rows = _keys(self._chosen_events(), EVENT, "at")
        if remarks.may_see(self.person, self.document):
            rows = rows.union(_keys(self._chosen_remarks(), REMARK, "created_at"), all=True)
        return rows.order_by("-moment", "-row_kind", "-row_key")

    def _chosen_events(self) -> "QuerySet[Event]":
        rows: QuerySet[Event] = self.document.events.all()
        what = self.chosen.get("was")
        if what == "texte":
            rows = versions.distinct(versions.readable(self.person, self.document), self.document)
        elif what == "entscheidungen":
            rows = rows.filter(self._decisive())
        elif what == "fassungen":
            rows = rows.exclude(edition_number=None)
        elif what == "anmerkungen":
            rows = rows.none()
        return _narrowed(rows, self.chosen, "actor_role", "at")

    def _decisive(self) -> Q:
        """What decides: the steps of approval after submission, and all else those people do."""
        workflow = self.document.workflow
        steps = [w.key for w in workflow.transitions if w.step in {Step.REVIEW, Step.APPROVE}]
        return Q(action__in=steps) | Q(actor_role__in=workflow.deciding_roles)

    def _chosen_remarks(self) -> "QuerySet[Remark]":
        rows: QuerySet[Remark] = self.document.remarks.all()
        if self.chosen.get("was") not in {None, "anmerkungen"}:
            rows = rows.none()
        return _narrowed(rows, self.chosen, "author_role", "created_at")

    def _events(self, keys: list[int]) -> dict[int, Entry]:
        if not keys:
            return {}
        readable = versions.readable(self.person, self.document).filter(pk__in=keys)
        is_open = set(readable.values_list("pk", flat=True))
        rows = Event.objects.filter(pk__in=keys).select_related("name")
        return {
            row.pk: Entry(
                event=row,
                is_readable=row.pk in is_open,
                has_words=remarks.may_read(self.person, self.document, row),
            )
            for row in rows
        }

    def _remarks(self, keys: list[int]) -> dict[int, Entry]:
        if not keys:
            return {}
        labels = self._labels()
        rows = Remark.objects.filter(pk__in=keys)
        return {
            row.pk: Entry(remark=row, about=labels.get((row.part_kind, row.part_key), ""))
            for row in rows
        }

    def _labels(self) -> dict[tuple[str, str], Text]:
        """How the parts are called, for those who read the present text."""
        if access(self.person, self.document) < Access.READ:
            return {}
        return {(part.kind, part.key): part.label for part in self.document.parts()}


def _keys(rows: "QuerySet[Any]", kind: str, moment: str) -> "QuerySet[Any, Any]":
    told: QuerySet[Any] = rows.order_by().annotate(
        row_kind=Value(kind), row_key=F("pk"), moment=F(moment)
    )
    return told.values_list("row_kind", "row_key", "moment")


def _narrowed(rows: "QuerySet[Any]", chosen: dict[str, Any], role: str, at: str) -> "QuerySet[Any]":
    if "rolle" in chosen:
        rows = rows.filter(**{role: chosen["rolle"]})
    if "seit" in chosen:
        since = datetime.combine(chosen["seit"], time.min, tzinfo=status.BERLIN)
        rows = rows.filter(**{f"{at}__gte": since})
    return rows
