"""Narrowing a list of materials down: what is chosen, what could be, how many each gives."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from home.fields import containing
from home.vocabularies import PROFESSIONS, TOPICS

PARAMETERS = {"profession": "beruf", "topic": "thema"}


@dataclass(frozen=True)
class Choice:
    """What somebody chose; an empty text stands for everything."""

    profession: str = ""
    topic: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> "Choice":
        """Read the address; a word that is in no vocabulary counts as no choice."""
        profession, topic = (str(query.get(name, "")) for name in PARAMETERS.values())
        return cls(
            profession=profession if profession in PROFESSIONS else "",
            topic=topic if topic in TOPICS else "",
        )

    def condition(self) -> Q:
        """The chosen materials."""
        condition = Q()
        if self.profession:
            condition &= Q(professions__contains=containing(self.profession))
        if self.topic:
            condition &= Q(topics__contains=containing(self.topic))
        return condition

    def admits(self, professions: list[str], topics: list[str]) -> bool:
        """Say the same as `condition` about one material."""
        return self.profession in {"", *professions} and self.topic in {"", *topics}

    def query(self) -> str:
        """This choice as the end of an address, empty where nothing is chosen."""
        chosen = {PARAMETERS[name]: key for name, key in vars(self).items() if key}
        return f"?{urlencode(chosen)}" if chosen else "?"

    def labels(self) -> list[str]:
        """What is chosen, in words."""
        chosen = (PROFESSIONS.get(self.profession), TOPICS.get(self.topic))
        return [str(label) for label in chosen if label]


@dataclass(frozen=True)
class Option:
    """One line of a facet: a link that chooses it, or takes it back where it is chosen."""

    label: str | Promise
    count: int
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One question with its answers."""

    label: str | Promise
    options: list[Option]


def count(rows: Iterable[tuple[list[str], list[str]]], choice: Choice) -> list[Facet]:
    """Count for each answer what choosing it would leave of the given professions and topics."""
    rows = list(rows)
    by_profession = Counter(
        key for row in rows if replace(choice, profession="").admits(*row) for key in row[0]
    )
    by_topic = Counter(
        key for row in rows if replace(choice, topic="").admits(*row) for key in row[1]
    )
    return [
        Facet(_("Für wen"), _options(by_profession, PROFESSIONS, choice, "profession")),
        Facet(_("Thema"), _options(by_topic, TOPICS, choice, "topic")),
    ]


def _options(
    counts: Counter[str], vocabulary: Mapping[str, str | Promise], choice: Choice, name: str
) -> list[Option]:
    chosen = getattr(choice, name)
    return [
        Option(
            label=label,
            count=counts[key],
            query=replace(choice, **{name: "" if key == chosen else key}).query(),
            is_chosen=key == chosen,
        )
        for key, label in vocabulary.items()
        if counts[key] or key == chosen
    ]
