"""Members' search: in titles, and in the text of the working copies that a person may read."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, QuerySet

from klk_workflow.content.old_rows import words
from klk_workflow.extending import switches
from klk_workflow.models import Document, DocumentWords
from klk_workflow.people import Person
from klk_workflow.permissions import visible

#: Words of a question that are looked at.
MOST_WORDS: Final = 8
#: Documents that one round of the worker reads.
AT_ONCE: Final = 100
#: Words shown before the first hit, and after it.
AROUND: Final = 12

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_FILE_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


@dataclass(frozen=True)
class Piece:
    """A word of an excerpt, and whether it was asked for."""

    text: str
    is_hit: bool


def find(person: Person, question: str) -> "QuerySet[Document]":
    """The documents this person may read that say every word, those changed last first."""
    asked = needles(question)
    found = visible(person)
    for needle in asked:
        found = found.filter(words__digest=F("digest"), words__folded__contains=needle)
    return found.order_by("-updated_at", "-pk") if asked else found.none()


def needles(question: str) -> list[str]:
    """The words of a question as they are looked for."""
    return [_fold(word) for word in question.split()[:MOST_WORDS]]


def excerpt(document: Document, asked: list[str]) -> list[Piece]:
    """The words around the first that was asked for; nothing if all stand in the title."""
    tokens = document.words.text.split()
    first = next((n for n, token in enumerate(tokens) if _hits(token, asked)), None)
    if first is None:
        return []
    shown = tokens[max(0, first - AROUND) : first + AROUND + 1]
    return [Piece(token, _hits(token, asked)) for token in shown]


def read_changed() -> int:
    """Read the words of documents that changed since they were last read; give their number."""
    ready = Document.objects.filter(type_key__in=switches.ready_keys())
    stale = ready.exclude(words__digest=F("digest"))
    found = list(stale[:AT_ONCE])
    for document in found:
        text = _FILE_DIGEST.sub("", "\n".join(_texts(document.specific)))
        values = {"digest": document.digest, "text": text, "folded": _both(document.title, text)}
        DocumentWords.objects.update_or_create(document_id=document.pk, defaults=values)
    return len(found)


def _texts(document: Any) -> Iterator[str]:
    yield words(document.canonical_fields())
    for part in document.parts():
        yield f"{part.label}\n{part.plain_text()}"


def _both(title: str, text: str) -> str:
    """Folded, and folded with the dots of umlauts left out, so that *Plan* finds *Pläne*."""
    folded = _fold(f"{title}\n{text}")
    bare = unicodedata.normalize("NFD", f"{title}\n{text}".casefold())
    bare = "".join(char for char in bare if not unicodedata.combining(char))
    return f"{folded}\n{bare}"


def _fold(text: str) -> str:
    return unicodedata.normalize("NFC", text.casefold()).translate(_UMLAUTS)


def _hits(token: str, asked: list[str]) -> bool:
    folded = _both("", token)
    return any(needle in folded for needle in asked)
