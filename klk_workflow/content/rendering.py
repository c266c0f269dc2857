"""From parts to HTML: the one renderer for Editions, the review page and previews."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import nh3
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from klk_workflow.content.digest import clean_rich_text
from klk_workflow.convention import article_titles
from klk_workflow.models import Document, Part, Section

_TAGS = {
    "p",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "a",
    "b",
    "i",
    "strong",
    "em",
    "br",
    "sup",
}
_ATTRIBUTES = {"a": {"href", "id", "class"}, "sup": {"id"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_NOTE = re.compile(r"<[^>]*>|\[(\d{1,2})\]")  # what stands inside a tag is no reference


@dataclass(frozen=True)
class FileLink:
    """A file as a page links to it; `size` in bytes."""

    url: str
    name: str
    mime: str
    size: int


Files = Mapping[str, FileLink]


@dataclass(frozen=True)
class Rendered:
    """A part with its HTML and, where it is counted, its number."""

    part: Part
    number: int
    html: SafeString


def sanitise(html: str) -> str:
    """Only the tags and links a section may have; anything else is dropped, its text kept."""
    return nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener"
    )


def render_part(part: Part, number: int, files: Files) -> SafeString:
    """One part as HTML, by the template of its kind."""
    context = {
        "part": part,
        "number": number,
        "blocks": list(_blocks(part, files)) if isinstance(part, Section) else [],
        "articles": article_titles(part.articles),
        "files": [files[sha] for sha in part.file_digests() if sha in files],
    }
    return render_to_string(part.template, context)


def render_parts(document: Document, parts: Iterable[Part], files: Files) -> SafeString:
    """All given parts, kind after kind, each kind in the frame of its group."""
    listed = list(parts)
    groups = []
    for kind in document.type.parts:
        of_kind = kind.arranged([part for part in listed if part.kind == kind.kind])
        rendered = [Rendered(p, n, render_part(p, n, files)) for n, p in enumerate(of_kind, 1)]
        if rendered:
            context = {
                "rendered": rendered,
                "heading": kind.group_heading(),
                "anchor": kind.group_anchor(),
                "document": document,
            }
            groups.append(render_to_string(kind.group_template, context))
    return mark_safe("\n".join(groups))  # noqa: S308 - made of escaped templates only


def table_of_contents(document: Document, parts: Iterable[Part]) -> list[dict[str, str]]:
    """Anchors and titles in the order of the page."""
    listed = list(parts)
    entries: list[dict[str, str]] = []
    for kind in document.type.parts:
        of_kind = [part for part in listed if part.kind == kind.kind]
        entries += kind.contents(of_kind)
    return entries


def _blocks(section: Section, files: Files) -> Iterable[dict[str, Any]]:
    for block in section.raw_body():
        value = block["value"]
        if block["type"] == "text":
            yield {"type": "text", "html": _text(section, value)}
        elif block["type"] == "tabelle":
            yield {"type": "tabelle", **_table(value)}
        elif block["type"] == "bild":
            yield {"type": "bild", "file": files.get(value["datei"]), **value}
        elif block["type"] == "fussnoten":
            notes = [note["value"] if isinstance(note, dict) else note for note in value]
            yield {"type": "fussnoten", "notes": notes}


def _text(section: Section, html: str) -> SafeString:
    expanded = expand_db_html(clean_rich_text(html))
    linked = _NOTE.sub(
        lambda m: (
            f'<sup><a href="#fn-{escape(section.key)}-{m[1]}">{m[1]}</a></sup>' if m[1] else m[0]
        ),
        expanded,
    )
    return mark_safe(sanitise(linked))  # noqa: S308 - sanitised


def _table(value: dict[str, Any]) -> dict[str, Any]:
    rows = [["" if cell is None else str(cell) for cell in row] for row in value["data"] or []]
    header = rows[0] if rows and value.get("first_row_is_table_header") else None
    return {
        "caption": value.get("table_caption") or "",
        "header": header,
        "rows": rows[1:] if header else rows,
        "first_col_is_header": bool(value.get("first_col_is_header")),
    }
