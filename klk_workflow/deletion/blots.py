"""Words blotted out of any text, HTML or JSON, however they are spelled in it."""

import json
import re
import unicodedata
from html import escape
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder

#: What stands in the place of the words.
MARK: Final = "[gesperrt]"

#: Keys of a mapping whose values name something and are nobody's words.
_NAMING: Final = {"type", "id", "datei", "kind"}

#: May stand between two letters without anybody seeing it: tags, soft hyphens, zero widths.
_UNSEEN: Final = "((?:<[^<>]*>|[\u00ad\u200b-\u200d\ufeff]|&shy;)*)"
_SPACE: Final = r"(?:\s|&nbsp;|&\#160;)+"


class Blot:
    """Lines of words; each is found in any case, with any space, through markup."""

    def __init__(self, words: str) -> None:
        self.lines = [line.strip() for line in words.splitlines() if line.strip()]
        self._patterns = [re.compile(_pattern(line), re.IGNORECASE) for line in self.lines]

    def __bool__(self) -> bool:
        return bool(self.lines)

    def stains(self, value: Any) -> bool:
        """Whether any of the words is in this value."""
        return bool(self) and self.clean(value) != value

    def clean(self, value: Any) -> Any:
        """The same value without the words; JSON inside of texts is cleaned piece by piece."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, dict):
            return {k: v if k in _NAMING else self.clean(v) for k, v in value.items()}
        if isinstance(value, list):
            return [self.clean(item) for item in value]
        return value

    def _text(self, text: str) -> str:
        inner = _structure(text)
        if inner is not None:
            cleaned = self.clean(inner)
            if cleaned == inner:
                return text
            return json.dumps(cleaned, cls=DjangoJSONEncoder, ensure_ascii=False)
        plain = unicodedata.normalize("NFC", text)
        cleaned = plain
        for pattern in self._patterns:
            cleaned = pattern.sub(lambda found: MARK + "".join(found.groups()), cleaned)
        return text if cleaned == plain else cleaned


def _structure(text: str) -> Any:
    """The list or mapping that a text is in JSON, or None."""
    if text[:1] not in {"[", "{"}:
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _pattern(line: str) -> str:
    """Letter by letter, as text or as HTML writes it."""
    words = unicodedata.normalize("NFC", line).split()
    between = _UNSEEN + _SPACE + _UNSEEN
    return between.join(_UNSEEN.join(_letter(letter) for letter in word) for word in words)


def _letter(letter: str) -> str:
    forms = {letter, escape(letter, quote=True)}
    return "(?:" + "|".join(re.escape(form) for form in sorted(forms)) + ")"
