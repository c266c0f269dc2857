"""Taking German text apart, so that differently written words meet.

Every word is folded first (`Häuser`, `Haeuser` and `hauser` are one, ß is ss), then stemmed. What
compounds hold is not decided here but by the words that the index knows; see `vocabulary`.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+")
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
#: What sets the digits of a number apart, so that 116016 finds 116 016.
_DIGITS_APART = re.compile(r"(?<=\d)\s(?=\d{3}(?!\d))")

_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_TYPED_UMLAUT = re.compile(r"(?<![aeq])([aou])e")
_GERMAN = snowballstemmer.stemmer("german")
_ONE_AT_A_TIME = threading.Lock()  # a stemmer keeps the word it works on

#: Words that say nothing about a text. They are no vocabulary of the field and stay out of it.
STOP_WORDS = frozenset(
    """
    ab aber als am an auch auf aus bei bin bis brauche brauchen da damit dann das dass dem den
    denn der deren des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein
    eine einem einen einer eines er es etwas finde finden fur gegen gibt haben hat hier ich ihm
    ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja jede jedem jeden jeder jedes kann kein
    keine keinem keinen keiner konnen man mehr mein meine meinem meinen meiner mich mir mit muss
    mussen nach nicht noch nur ob oder ohne sehr sein seine seinem seinen seiner selbst sich sie
    sind so soll sollen sollte suche tun uber um und uns unser unsere unter vom von vor wann war
    waren warum was welche welchem welchen welcher welches wenn wer werden wie will wird wo
    wurde wurden zu zum zur zwischen
    """.split()  # noqa: SIM905 - a list of words is read more easily as text
)


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Write a word without capitals, umlauts and accents, whichever way they were typed."""
    plain = word.lower().translate(_UMLAUTS)
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _TYPED_UMLAUT.sub(r"\1", plain)


@lru_cache(maxsize=100_000)
def stem(folded: str) -> str:
    """Take the ending off a folded word: `landesaktionsplane` becomes `landesaktionsplan`."""
    with _ONE_AT_A_TIME:
        return str(_GERMAN.stemWord(folded))


def words(text: str) -> Iterator[tuple[str, str]]:
    """Each word that says something, as it is written and folded."""
    plain = unicodedata.normalize("NFC", text.replace(SOFT_HYPHEN, ""))
    for match in WORD.finditer(_DIGITS_APART.sub("", plain)):
        written = match.group()
        folded = fold(written)
        if folded not in STOP_WORDS:
            yield written, folded


def tokens(text: str) -> list[str]:
    """The stems of a text in its order: what the index keeps and what is asked of it."""
    return [stem(folded) for _written, folded in words(text)]
