"""What exactly was seen: canonical JSON (RFC 8785) and its SHA-256."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from klk_workflow.models.document import Document
    from klk_workflow.models.part import Part

#: Raised when the shape of the hashed JSON changes; old digests stay what they were.
SCHEMA = 1

_LARGEST_INTEGER: Final = 2**53 - 1
_BLOCK_KEY: Final = re.compile(r'\sdata-block-key="[^"]*"')


def canonical(value: Any) -> bytes:
    """Canonical bytes of a JSON value, all text in NFC: RFC 8785 for all that content is made of.

    Content is text, whole numbers, truth values, None, lists, and mappings with ASCII keys: there
    the standard library's compact form with sorted keys is the canonical one. TypeError or
    ValueError for anything else: floats, other keys, integers beyond 2^53 - 1.
    """
    text = json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def hexdigest(value: Any) -> str:
    """SHA-256 over the canonical bytes of a JSON value, as 64 hex digits."""
    return sha256(canonical(value)).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {_key(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, int) and abs(value) > _LARGEST_INTEGER:
        raise ValueError(f"{value} is beyond what JSON holds exactly.")
    if value is None or isinstance(value, int):
        return value
    raise TypeError(f"{type(value).__name__} has no canonical form; content is text and integers.")


def _key(key: str) -> str:
    if not key.isascii():
        raise ValueError(f"The key {key!r} is not ASCII.")
    return key


def clean_rich_text(html: str) -> str:
    """Rich text as it is hashed: in NFC and without the editor's random block keys."""
    return unicodedata.normalize("NFC", _BLOCK_KEY.sub("", html)).strip()


def short(digest: str) -> str:
    """The first twelve digits in groups of four, as people read them aloud."""
    return " ".join(digest[start : start + 4] for start in (0, 4, 8))


def public_content(document: "Document", parts: Iterable["Part"]) -> dict[str, Any]:
    """What anybody may recompute the content digest from.

    Public parts stand in full; everything *nur KLK* is one salted digest, there even if there is
    nothing internal, so that neither text nor title nor number shows (design, invariant 7).
    """
    public = [part.content() for part in parts if part.is_public]
    internal = [[part.position, part.leaf()] for part in parts if not part.is_public]
    return {
        "schema": SCHEMA,
        "type": document.type_key,
        "key": document.natural_key,
        "fields": document.canonical_fields(),
        "public": public,
        "internal": hexdigest([document.salt, internal]),
    }


def content_digest(content: Mapping[str, Any]) -> str:
    """The content digest from what `public_content` gives: made of the digests of the parts."""
    return hexdigest(
        {**content, "public": [hexdigest(part) for part in content["public"]]},
    )


def document_digest(document: "Document", parts: Iterable["Part"]) -> str:
    """The digest of a document with these parts (in their order)."""
    return content_digest(public_content(document, list(parts)))
