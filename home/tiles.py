"""The map of the sixteen Länder as equal tiles: one figure, whatever it shows.

A state is a word and a mark, never a colour alone. `{% tile_map map %}` draws the map, its legend
and the same as a table.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klk_workflow import reading


@dataclass(frozen=True)
class State:
    """What a tile can say: the end of its CSS class, a mark for small places, and a word."""

    key: str
    mark: str
    word: str | Promise


@dataclass(frozen=True)
class Tile:
    """One Land: its state, a short note for the tile, and the details for the table."""

    land: Any
    state: State
    url: str
    note: str = ""
    detail: str = ""

    @property
    def tone(self) -> str:
        """The end of its CSS class."""
        return self.state.key

    @property
    def mark(self) -> str:
        """The state without colour."""
        return self.state.mark

    @property
    def spoken(self) -> str:
        """What a screen reader says after the name of the Land."""
        return ", ".join(str(part) for part in (self.detail, self.state.word) if part)


@dataclass(frozen=True)
class TileMap:
    """The figure: what it is about, its tiles, and which states they can have."""

    label: str
    detail_label: str
    tiles: list[Tile]
    states: tuple[State, ...]


QUARTER = timedelta(days=92)

NEW = State("new", "●", gettext_lazy("im letzten Vierteljahr neu"))
PRESENT = State("present", "○", gettext_lazy("liegt vor"))
NONE = State("none", "–", gettext_lazy("noch nichts veröffentlicht"))


def latest_editions(public_type: Any, *, to_edition: bool = False) -> TileMap:
    """Map the latest Edition of a type for each Land; tiles lead to the Land, or to the Edition."""
    latest = reading.latest_by_land(public_type.key)
    a_quarter_ago = timezone.now() - QUARTER

    def tile(land: Any) -> Tile:
        edition = latest.get(land.code)
        to_land = reverse("home:land", args=[land.slug])
        if edition is None:
            return Tile(land, NONE, to_land)
        return Tile(
            land,
            NEW if edition.published_at > a_quarter_ago else PRESENT,
            edition.get_absolute_url() if to_edition else to_land,
            note=date_format(timezone.localtime(edition.published_at), "m/Y"),
            detail=_("%(title)s, Fassung %(number)d")
            % {"title": _label(edition), "number": edition.number},
        )

    return TileMap(
        label=_("%(type)s der 16 Länder") % {"type": public_type.label_plural},
        detail_label=_("Jüngste Veröffentlichung"),
        tiles=[tile(land) for land in reading.laender()],
        states=(NEW, PRESENT, NONE),
    )


def _label(edition: Any) -> str:
    return f"{edition.type_label} {edition.period_label}".strip()
