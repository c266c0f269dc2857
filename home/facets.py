"""Narrowing a list down: what is chosen, what could be, how many each gives.

A facet names the column it asks. The same facets serve the search, the lists of materials and those
of Editions.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from home.fields import containing
from home.vocabularies import EVERYBODY, MEDIA, PROFESSIONS, TOPICS, land_choices
from klk_workflow import reading

Vocabulary = Mapping[str, str | Promise]
Row = Mapping[str, Any]

TEXT = "q"
LONGEST_TEXT = 200


@dataclass(frozen=True)
class Facet:
    """A question: the column it asks, its name in the address, its answers in their order.

    Without a vocabulary the answers are what there is, newest first: years, or with `is_text` words
    that end with one. `is_many`: a row may have several answers; a row with the answer `everybody`
    has them all. `unsaid` is the answer of a row that names none.
    """

    column: str
    parameter: str
    label: str | Promise
    vocabulary: Callable[[], Vocabulary] | None = None
    is_many: bool = False
    is_text: bool = False
    everybody: str = ""
    unsaid: str = ""

    def admits(self, key: str) -> bool:
        """Whether this is an answer at all."""
        if self.vocabulary is None:
            return self.is_text or (key.isascii() and key.isdigit())
        return key in self.vocabulary()

    def answers(self, row: Row) -> list[str]:
        """The answers of one row."""
        value = row[self.column] or self.unsaid
        if self.vocabulary and self.everybody and self.everybody in value:
            return list(self.vocabulary())
        if self.is_many:
            return list(value)
        return [str(value)] if value else []

    def labels(self, counts: Iterable[str]) -> Vocabulary:
        """Answers and their words, in the order they are shown."""
        if self.vocabulary is None:
            newest_first = sorted(counts, key=lambda key: key.split()[::-1], reverse=True)
            return {key: key for key in newest_first}
        return self.vocabulary()

    def condition(self, key: str) -> Q:
        """The rows with this answer."""
        if not self.is_many:
            return Q(**{self.column: "" if key == self.unsaid else key})
        keys = filter(None, {key, self.everybody})
        return reduce(or_, (Q(**{f"{self.column}__contains": containing(key)}) for key in keys))


def kinds(*, one: bool = False) -> Vocabulary:
    """What there is to find, in the plural or as `one`: kinds of documents, then of pages."""
    from home.models.base import PublicPage

    found = {t.key: t.label if one else t.label_plural for t in reading.public_types()}
    for model in _concrete(PublicPage):
        if not model.found_as:
            meta = model._meta
            found[kind_of(model)] = meta.verbose_name if one else meta.verbose_name_plural
    return found


def kind_of(page_model: Any) -> str:
    """The key of a kind of page: its German name, as it stands in addresses."""
    with override("de"):
        return str(page_model.found_as) or slugify(str(page_model._meta.verbose_name))


def findable() -> list[Any]:
    """The kinds of pages that the search knows."""
    from home.models import HomePage
    from home.models.base import PublicPage

    return [model for model in _concrete(PublicPage) if model is not HomePage]


def _origins() -> Vocabulary:
    return {"alle": _("alle Länder"), **dict(land_choices())}


def _concrete(model: Any) -> list[Any]:
    below = [found for child in model.__subclasses__() for found in _concrete(child)]
    return below if model._meta.abstract else [model, *below]


KIND = Facet("kind", "art", _("Was"), kinds)
PROFESSION = Facet(
    "professions", "beruf", _("Für wen"), lambda: PROFESSIONS, is_many=True, everybody=EVERYBODY
)
TOPIC = Facet("topics", "thema", _("Thema"), lambda: TOPICS, is_many=True)
LAND = Facet("land", "land", _("Land"), lambda: dict(land_choices()))
ORIGIN = Facet("land", "land", _("Land"), _origins, unsaid="alle")
PERIOD = Facet("period_label", "zeitraum", _("Zeitraum"), is_text=True)
YEAR = Facet("year", "jahr", _("Jahr"))
MEDIUM = Facet("medium", "medium", _("Art"), lambda: MEDIA)

SEARCH = (KIND, PROFESSION, TOPIC, LAND, YEAR)
MATERIAL = (PROFESSION, TOPIC, MEDIUM, ORIGIN, YEAR)
EDITION = (LAND, PERIOD)
PARAMETERS = frozenset(facet.parameter for facet in (*SEARCH, *MATERIAL, *EDITION))


@dataclass(frozen=True)
class Choice:
    """What somebody chose: a key for each column, and the words searched for."""

    facets: tuple[Facet, ...]
    keys: Mapping[str, str] = field(default_factory=dict)
    text: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, Any], facets: tuple[Facet, ...]) -> "Choice":
        """Read the address; a word that is in no vocabulary counts as no choice."""
        asked = {facet: str(query.get(facet.parameter, "")) for facet in facets}
        keys = {facet.column: key for facet, key in asked.items() if key and facet.admits(key)}
        text = " ".join(str(query.get(TEXT, "")).split())[:LONGEST_TEXT]
        return cls(facets, keys, text)

    def condition(self) -> Q:
        """The chosen rows."""
        condition = Q()
        for facet in self.facets:
            if facet.column in self.keys:
                condition &= facet.condition(self.keys[facet.column])
        return condition

    def admits(self, row: Row, *, but: Facet | None = None) -> bool:
        """Whether a row fits the choice, perhaps with one facet left aside."""
        return all(
            self.keys[facet.column] in facet.answers(row)
            for facet in self.facets
            if facet is not but and facet.column in self.keys
        )

    def toggled(self, facet: Facet, key: str) -> "Choice":
        """The choice with this answer, or without it where it is chosen already."""
        keys = dict(self.keys)
        if keys.get(facet.column) == key:
            del keys[facet.column]
        else:
            keys[facet.column] = key
        return replace(self, keys=keys)

    def query(self) -> str:
        """This choice as the end of an address, a bare question mark where nothing is chosen."""
        text = [(TEXT, self.text)] if self.text else []
        return f"?{urlencode([*text, *self.kept()])}"

    def kept(self) -> list[tuple[str, str]]:
        """What a form must send along, so that new words do not lift the choice."""
        return [(f.parameter, self.keys[f.column]) for f in self.facets if f.column in self.keys]

    def without_keys(self) -> str:
        """The end of the address that lifts every choice and keeps the words."""
        return replace(self, keys={}).query()

    def labels(self) -> list[str]:
        """What is chosen, in words."""
        return [
            str(facet.labels([key])[key])
            for facet in self.facets
            if (key := self.keys.get(facet.column))
        ]


@dataclass(frozen=True)
class Option:
    """One line of a facet: a link that chooses it, or takes it back where it is chosen."""

    label: str | Promise
    count: int
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Counted:
    """One question with its answers."""

    facet: Facet
    options: list[Option]

    @property
    def label(self) -> str | Promise:
        """The question in words."""
        return self.facet.label


def count(found: "QuerySet[Any]", choice: Choice) -> list[Counted]:
    """Count for each answer what choosing it would leave of what was found; one query."""
    return counted(grouped(found, *(facet.column for facet in choice.facets)), choice)


def grouped(found: "QuerySet[Any]", *columns: str) -> list[Row]:
    """One row for each combination of values, with how often it occurs as `n`."""
    return list(found.order_by().values(*columns).annotate(n=Count("pk")))


def counted(rows: list[Row], choice: Choice) -> list[Counted]:
    """The same as `count`, of such rows."""
    return [Counted(facet, _options(facet, rows, choice)) for facet in choice.facets]


def _options(facet: Facet, rows: list[Row], choice: Choice) -> list[Option]:
    counts: Counter[str] = Counter()
    for row in rows:
        if choice.admits(row, but=facet):
            counts.update(dict.fromkeys(facet.answers(row), row["n"]))
    chosen = choice.keys.get(facet.column)
    return [
        Option(
            label=label,
            count=counts[key],
            query=choice.toggled(facet, key).query(),
            is_chosen=key == chosen,
        )
        for key, label in facet.labels({*counts, *([chosen] if chosen else [])}).items()
        if counts[key] or key == chosen
    ]
