"""The round: how the reports of the sixteen Länder stand. States as words, nothing of content."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from klk_workflow import clock
from klk_workflow.admin import status
from klk_workflow.extending import switches
from klk_workflow.laender import LAENDER, Land
from klk_workflow.models import Document, Period
from klk_workflow.people import Person
from klk_workflow.permissions import Access, access
from klk_workflow.registry import DocumentType
from klk_workflow.workflows.definition import Text


@dataclass(frozen=True)
class Tile:
    """One Land in a round; `url` only for those who meet the document."""

    land: Land
    word: Text
    tone: str
    document: Document | None
    url: str = ""
    holder: Text = ""

    @property
    def note(self) -> Text:
        """The word as it stands on the tile, where there is little room."""
        return _("zurück") if self.tone == "fix" else self.word

    @property
    def spoken(self) -> Text:
        """The word as a screen reader says it."""
        return self.word

    @property
    def tag_tone(self) -> str:
        """The colour of the word where it stands as a tag."""
        return {"late": "bad", "fix": "warn", "ok": "good", "pub": "good", "in": ""}.get(
            self.tone, "line"
        )


@dataclass(frozen=True)
class Round:
    """The reports of one type in a period."""

    period: Period
    document_type: DocumentType
    tiles: list[Tile]

    @property
    def submitted(self) -> int:
        """How many Länder have submitted at least once."""
        return sum(bool(tile.document and tile.document.round) for tile in self.tiles)

    @property
    def total(self) -> int:
        """Of how many."""
        return len(self.tiles)

    @property
    def due(self) -> status.Due:
        """When they are due."""
        return status.Due(self.period.due, (self.period.due - clock.today()).days)

    @property
    def needing_care(self) -> list[Tile]:
        """What is not submitted: late and missing ones first."""
        order = {"late": 0, "open": 1, "fix": 2, "draft": 3}
        care = [tile for tile in self.tiles if tile.tone in order]
        return sorted(care, key=lambda tile: order[tile.tone])


def running_period() -> Period | None:
    """The last period that has opened. None before the first."""
    return Period.objects.filter(opens__lte=clock.today()).order_by("-opens").first()


def current_round(person: Person) -> Round | None:
    """The round that is running. None before the first."""
    period = running_period()
    return round_of(period, person) if period else None


def reported_type() -> DocumentType | None:
    """The type that is written for each Land and period."""
    return next((t for t in switches.active() if t.by_period), None)


def round_of(period: Period, person: Person) -> Round | None:
    """How the reports of a period stand; two queries."""
    document_type = reported_type()
    if document_type is None:
        return None
    rows = Document.objects.filter(period=period, type_key=document_type.key)
    documents = {document.land: document for document in rows.prefetch_related("offices")}
    is_late = period.due < clock.today()
    tiles = [_tile(land, documents.get(code), person, is_late) for code, land in LAENDER.items()]
    return Round(period, document_type, tiles)


def _tile(land: Land, document: Document | None, person: Person, is_late: bool) -> Tile:
    word, tone = _standing(document, is_late)
    if document is None or access(person, document) == Access.NONE:
        return Tile(land, word, tone, document)
    url = reverse("dokumente:lesen", args=[document.pk])
    return Tile(land, word, tone, document, url, status.holder(document))


def _standing(document: Document | None, is_late: bool) -> tuple[Text, str]:
    if document and (document.has_edition or document.state_info.final):
        return _("öffentlich"), "pub"
    if document and document.state_info.snapshot_readers:
        return _("in Überarbeitung"), "fix"
    if document and not document.state_info.editors:
        label = str(document.state_info.label).lower()
        return label, "ok" if status.tone(document) == "good" else "in"
    if is_late:
        return _("überfällig"), "late"
    return (_("in Arbeit"), "draft") if document else (_("offen"), "open")
