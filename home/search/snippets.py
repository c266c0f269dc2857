"""Where in a text the words stand that somebody asked for."""

import re
from dataclasses import dataclass

from home.search.german import fold, stem

LENGTH = 240
#: So many places are looked at; the first of a long text are enough to choose from.
MOST_PLACES = 60
_VARIANTS = {"a": "(?:a|ä|ae)", "o": "(?:o|ö|oe)", "u": "(?:u|ü|ue)", "ss": "(?:ss|ß)"}
_LETTER = re.compile("ss|.")


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `is_hit` if it is one of the words."""

    text: str
    is_hit: bool = False


def highlight(text: str, stems: frozenset[str]) -> list[Piece]:
    """The whole text, in pieces."""
    return _pieces(text, _places(text, stems), 0, len(text))


def excerpt(text: str, stems: frozenset[str]) -> list[Piece]:
    """The stretch of the text that holds most of the words; nothing if it holds none."""
    places = _places(text, stems)
    if not places:
        return []
    start = max(
        (begin for begin, _end in places),
        key=lambda begin: len(
            {stem(fold(text[b:e])) for b, e in places if begin <= b and e <= begin + LENGTH}
        ),
    )
    start = _word_start(text, max(0, start - LENGTH // 4))
    end = _word_end(text, min(len(text), start + LENGTH))
    pieces = _pieces(text, places, start, end)
    before = [Piece("… ")] if start else []
    after = [Piece(" …")] if end < len(text) else []
    return before + pieces + after


def _places(text: str, stems: frozenset[str]) -> list[tuple[int, int]]:
    """Begin and end of the words with these stems; each shorter stem finds its compounds, too."""
    if not stems:
        return []
    found = []
    for match in _pattern(stems).finditer(text):
        begin, end = match.span()
        if stem(fold(text[begin:end])) in stems:
            found.append((begin, end))
            if len(found) == MOST_PLACES:
                break
    return found


def _pattern(stems: frozenset[str]) -> re.Pattern[str]:
    """Words that begin like one of the stems; whether they are it is looked at afterwards."""
    shortest = [s for s in sorted(stems) if not any(s != o and s.startswith(o) for o in stems)]
    heads = "|".join(_LETTER.sub(_variants, part) for part in shortest)
    return re.compile(rf"\b(?:{heads})[^\W_]*", re.IGNORECASE)


def _variants(letter: re.Match[str]) -> str:
    return _VARIANTS.get(letter.group(), re.escape(letter.group()))


def _word_start(text: str, at: int) -> int:
    while at > 0 and not text[at - 1].isspace():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    while at < len(text) and not text[at].isspace():
        at += 1
    return at


def _pieces(text: str, places: list[tuple[int, int]], start: int, end: int) -> list[Piece]:
    pieces, at = [], start
    for begin, stop in places:
        if begin >= at and stop <= end:
            pieces += [Piece(text[at:begin]), Piece(text[begin:stop], is_hit=True)]
            at = stop
    return [piece for piece in [*pieces, Piece(text[at:end])] if piece.text]
