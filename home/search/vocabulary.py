"""The words that the index knows, and what somebody's words mean among them.

A word that is asked for stands for itself, for the compounds that hold it (*Aktionsplan* for
*Landesaktionspläne*) or, if it is a compound nobody used, for its parts; and if nothing of it is
known, for the nearest word that is (*Täterabreit* for *Täterarbeit*).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import islice
from operator import or_
from pathlib import Path
from typing import Final

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Length
from pyphen import Pyphen
from rapidfuzz import process
from rapidfuzz.distance import OSA

from home.search.engine import Group
from home.search.german import stem, words
from home.search.models import Entry, Word

LONGEST = 60
#: A part of a compound has at least so many letters; from six on it needs no known neighbour.
SHORTEST_PART, SURE_PART, SURE_BEGINNING = 4, 6, 5
MOST_COMPOUNDS = 60
#: What German puts between the parts of a compound.
LINKS = ("", "s", "es", "n", "en", "e", "er", "ns")


def _synonyms() -> dict[str, frozenset[str]]:
    lines = (Path(__file__).parent / "synonyms.txt").read_text("utf-8").splitlines()
    groups = [[f for _written, f in words(line)] for line in lines if not line.startswith("#")]
    return {word: frozenset(group) - {word} for group in groups for word in group}


_SYLLABLES: Final = Pyphen(lang="de_DE")
SYNONYMS: Final = _synonyms()


@dataclass(frozen=True)
class Meaning:
    """What a word stands for: groups of stems, each of which must occur; if it is unknown, the
    known word it was taken for, and others that are near.
    """

    groups: tuple[Group, ...]
    taken_for: str = ""
    others: tuple[str, ...] = ()


def occurring(entry: Entry) -> dict[str, str]:
    """The words of an entry, folded, with one way they are written."""
    found: dict[str, str] = {}
    for text in entry.texts():
        for written, folded in words(text):
            if len(folded) <= LONGEST and len(written) <= LONGEST:
                found.setdefault(folded, written)
    return found


def learn(entry: Entry) -> None:
    """Count an entry's words in. Sorted, so that two writers never wait for each other."""
    rows = [(text, stem(text), shown) for text, shown in sorted(occurring(entry).items())]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO home_search_word (text, stem, shown, uses) VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (text) DO UPDATE SET uses = home_search_word.uses + 1",
            rows,
        )


def forget(entry: Entry) -> None:
    """Count an entry's words out; one that occurs nowhere else is gone."""
    texts = sorted(occurring(entry))
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM home_search_word WHERE text = %s AND uses <= 1", [(t,) for t in texts]
        )
        cursor.executemany(
            "UPDATE home_search_word SET uses = uses - 1 WHERE text = %s", [(t,) for t in texts]
        )


def understand(folded: Iterable[str]) -> list[Meaning]:
    """What these words mean; the number of queries depends on the unknown ones only."""
    asked = list(folded)
    holding = _holding([*asked, *(other for word in asked for other in SYNONYMS.get(word, ()))])
    known = _known({piece for word in asked for found in holding for piece in _rest(word, found)})
    meanings = []
    for word in asked:
        group = _group(word, holding, known)
        meanings.append(Meaning((group,)) if group.all else _guess(word))
    return meanings


def _holding(asked: list[str]) -> list[tuple[str, str]]:
    """Words that are, or contain, one that is asked for: text and stem, the frequent first."""
    if not asked:
        return []
    conditions = [Q(stem=stem(word)) for word in asked]
    conditions += [Q(text__contains=part) for word in asked for part in _needles(word)]
    rows = Word.objects.filter(reduce(or_, conditions)).order_by("-uses", "text")
    return list(rows.values_list("text", "stem")[: MOST_COMPOUNDS * 10])


def _needles(word: str) -> set[str]:
    """What to look for inside of others: the word, and its stem where that is long enough."""
    return {part for part in (word, stem(word)) if len(part) >= SHORTEST_PART}


def _group(word: str, holding: list[tuple[str, str]], known: set[str]) -> Group:
    own = stem(word)
    exact = frozenset(found for _text, found in holding if found == own)
    compounds = (
        found
        for text, found in holding
        if found != own and any(_is_part(part, text, known) for part in _needles(word))
    )
    also = frozenset(islice(dict.fromkeys(compounds), MOST_COMPOUNDS))
    same = {stem(other) for other in SYNONYMS.get(word, ())} & {found for _text, found in holding}
    return Group(exact, also | same, _wider(word) if exact or also else frozenset())


def _wider(word: str) -> frozenset[str]:
    """What a compound is a kind of: its last part, if that is long enough to be sure of."""
    tails = (word[i:] for i in _joints(word) if SHORTEST_PART <= i <= len(word) - SURE_PART)
    return frozenset(stem(tail) for tail in tails)


def _is_part(part: str, text: str, known: set[str]) -> bool:
    """Whether a word is a part of a compound, and not just letters in it (*Haft* in *-schaft*)."""
    before, found, after = text.partition(part)
    if not found or (before and len(before) not in _joints(text)):
        return False
    if len(part) >= SURE_PART or (not before and len(part) >= SURE_BEGINNING):
        return True
    return all(not piece or _pieces(piece) & known for piece in (before, after))


@lru_cache(maxsize=20_000)
def _joints(text: str) -> frozenset[int]:
    """Where a word may be divided: no part begins amid a syllable (*Ort* in *Verantwortung*)."""
    return frozenset(_SYLLABLES.positions(text))


def _rest(word: str, found: tuple[str, str]) -> set[str]:
    pieces: set[str] = set()
    for part in _needles(word):
        before, is_in, after = found[0].partition(part)
        if is_in:
            pieces |= _pieces(before) | _pieces(after)
    return pieces


def _pieces(piece: str) -> set[str]:
    """A neighbour in a compound, with and without what links it."""
    found = {piece.removesuffix(link) for link in LINKS} | {piece.removeprefix(x) for x in LINKS}
    return {part for part in found if len(part) >= SHORTEST_PART - 1}


def _known(pieces: set[str]) -> set[str]:
    if not pieces:
        return set()
    stems = {stem(piece): piece for piece in pieces}
    rows = Word.objects.filter(Q(text__in=pieces) | Q(stem__in=stems)).values_list("text", "stem")
    found = {value for row in rows for value in row}
    return {piece for piece in pieces if piece in found or stem(piece) in found}


def _guess(word: str) -> Meaning:
    """An unknown word: a compound of known ones, or a slip of the fingers, or unknown indeed."""
    parts = _split(word)
    if parts:
        return Meaning(tuple(_only(part) for part in parts))
    near = nearest(word)
    if near:
        first, *others = near
        return Meaning((_only(first.text),), first.shown, tuple(word.shown for word in others))
    part = _longest_part(word)
    if part:
        return Meaning((_only(part),), taken_for=Word.objects.get(text=part).shown)
    return Meaning((_only(word),))


def _longest_part(word: str) -> str:
    """The longest known word that an unknown one begins or ends with, if it is half of it."""
    cuts = range(max(SURE_BEGINNING, len(word) // 2), len(word) - 1)
    parts = {word[:i] for i in cuts} | {word[-i:] for i in cuts}
    known = Word.objects.filter(text__in=parts).values_list("text", flat=True)
    return max(known, key=len, default="")


def _only(word: str) -> Group:
    return Group(frozenset({stem(word)}))


def _split(word: str) -> list[str]:
    """The known words that an unknown compound consists of; empty if it does not."""
    if len(word) < 2 * SHORTEST_PART:
        return []
    ways = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    heads = {i: _pieces(word[:i]) | {word[:i]} for i in ways}
    known = _known({piece for head in heads.values() for piece in head} | {word[i:] for i in ways})
    for i in reversed(ways):
        head = next((p for p in sorted(heads[i], key=len, reverse=True) if p in known), "")
        if head and word[i:] in known and head == word[:i][: len(head)]:
            return [head, word[i:]]
    return []


def nearest(word: str, limit: int = 3) -> list[Word]:
    """The known words closest to an unknown one, the more frequent first among equals."""
    if len(word) < SHORTEST_PART or any(char.isdigit() for char in word):
        return []
    slips = 1 if len(word) <= 5 else 2 if len(word) <= 10 else 3  # noqa: PLR2004 - letters
    rows: Mapping[str, Word] = {
        row.text: row
        for row in Word.objects.annotate(length=Length("text")).filter(
            length__gte=len(word) - slips, length__lte=len(word) + slips
        )
    }
    near = process.extract(word, rows.keys(), scorer=OSA.distance, score_cutoff=slips, limit=20)
    near.sort(key=lambda match: (match[1], -rows[match[0]].uses, match[0]))
    return [rows[text] for text, _distance, _index in near[:limit]]
