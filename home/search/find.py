"""Answering a question: what was found, where the words stand, how to narrow it down."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.text import Truncator

from home import facets
from home.facets import Choice, Counted
from home.fields import labels
from home.search import engine, vocabulary
from home.search.engine import MOST, Group, facet_word
from home.search.german import words
from home.search.models import Entry
from home.search.snippets import Piece, excerpt, highlight
from home.vocabularies import PROFESSIONS

PER_PAGE = 10
#: Words of a question that are looked at.
MOST_WORDS = 10
#: Where fewer entries have all the words, those with some of them follow.
ENOUGH = 5
SUMMARY_WORDS = 36


@dataclass(frozen=True)
class Other:
    """Another word that may have been meant, and the address that asks with it."""

    word: str
    query: str


@dataclass(frozen=True)
class Asked:
    """A word of the question as it was typed, what it means, and which others were near it."""

    typed: str
    meaning: vocabulary.Meaning
    others: tuple[Other, ...] = ()


@dataclass(frozen=True)
class Hit:
    """One line of the answer."""

    entry: Entry
    url: str
    kind: str
    title: list[Piece]
    text: list[Piece]

    @property
    def professions(self) -> list[str]:
        """Who it is for, in words."""
        return labels(PROFESSIONS, self.entry.professions)


@dataclass(frozen=True)
class Found:
    """The answer. `strict`: so many have all the words, the others some of them."""

    page: Page[Any]
    hits: list[Hit]
    counted: list[Counted]
    asked: list[Asked]
    strict: int | None
    has_more: bool

    @property
    def total(self) -> int:
        """How many there are; with `has_more` at least so many."""
        return self.page.paginator.count

    @property
    def taken(self) -> list[Asked]:
        """The words that were taken for others."""
        return [asked for asked in self.asked if asked.meaning.taken_for]


def find(choice: Choice, number: Any = 1, request: HttpRequest | None = None) -> Found:
    """Find what fits; the number of queries does not depend on how much that is."""
    asked = understand(choice)
    groups = tuple(group for word in asked for group in word.meaning.groups)
    filters = _filters(choice)
    says_nothing = bool(choice.text) and not groups
    strict = [] if says_nothing else engine.keys(groups, filters)
    is_loose = len(strict) < ENOUGH and len(groups) > 1
    keys = _with_loose(strict, groups, filters) if is_loose else strict
    page = Paginator(keys[:MOST], PER_PAGE).get_page(number)
    stems = frozenset(stem for group in groups for stem in group.all)
    return Found(
        page=page,
        hits=_hits(list(page), stems, request),
        counted=_count(choice, groups, keys, is_loose=is_loose),
        asked=asked,
        strict=len(strict) if len(keys) > len(strict) else None,
        has_more=len(keys) > MOST,
    )


def _with_loose(
    strict: list[int], groups: tuple[Group, ...], filters: tuple[str, ...]
) -> list[int]:
    return list(dict.fromkeys([*strict, *engine.keys(groups, filters, is_loose=True)]))[: MOST + 1]


def understand(choice: Choice) -> list[Asked]:
    """The words of a question and what they mean."""
    typed = {folded: written for written, folded in words(choice.text)}
    folded = list(typed)[:MOST_WORDS]
    meanings = vocabulary.understand(folded)
    return [
        Asked(
            typed[word],
            meaning,
            tuple(
                Other(other, replace(choice, text=choice.text.replace(typed[word], other)).query())
                for other in meaning.others
            ),
        )
        for word, meaning in zip(folded, meanings, strict=True)
    ]


def _filters(choice: Choice) -> tuple[str, ...]:
    return tuple(
        facet_word(facet.parameter, choice.keys[facet.column])
        for facet in choice.facets
        if facet.column in choice.keys
    )


def _count(
    choice: Choice, groups: tuple[Group, ...], keys: Iterable[int], *, is_loose: bool
) -> list[Counted]:
    """What each facet would leave; counted over the answers before they were narrowed down."""
    if choice.keys and (groups or not choice.text):
        keys = engine.matching(groups, (), is_loose=is_loose)
    return facets.count(Entry.objects.filter(pk__in=list(keys)), choice)


def _hits(keys: list[int], stems: frozenset[str], request: HttpRequest | None) -> list[Hit]:
    entries = Entry.objects.select_related("page").in_bulk(keys)
    kinds = facets.kinds(one=True)
    return [_hit(entries[key], stems, kinds, request) for key in keys if key in entries]


def _hit(
    entry: Entry, stems: frozenset[str], kinds: facets.Vocabulary, request: HttpRequest | None
) -> Hit:
    summary = Truncator(entry.summary).words(SUMMARY_WORDS, truncate=" …")
    text = highlight(summary, stems)
    if not any(piece.is_hit for piece in text):
        text = excerpt(entry.body, stems) or text
    return Hit(
        entry=entry,
        url=entry.get_url(request),
        kind=str(kinds.get(entry.kind, "")),
        title=highlight(entry.title, stems),
        text=text,
    )
