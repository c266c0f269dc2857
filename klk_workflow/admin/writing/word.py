"""Text out of Word: from its HTML or a .docx file to the few blocks of a section."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, BinaryIO

import mammoth
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement
from django.core.exceptions import ValidationError
from django.utils.html import escape, strip_tags
from django.utils.translation import gettext as _

from klk_workflow.admin.writing.word_cleaning import Notes, clean, comments_in, is_safe_link
from klk_workflow.content.rendering import sanitise
from klk_workflow.content.rich_text import settled

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCKS = {*_HEADINGS, "p", "ul", "ol", "li", "table", "div", "section", "article", "body", "pre"}
_BLOCKS |= {
    "blockquote",
    "dl",
    "dt",
    "dd",
    "header",
    "footer",
    "main",
    "center",
    "html",
    "tr",
    "td",
}
_BOLD = re.compile(r"(?<![-\w])font-weight:\s*(bold|[6-9]00)")
_ITALIC = re.compile(r"(?<![-\w])font-style:\s*italic")
_PLAIN = re.compile(r"(?<![-\w])font-weight:\s*(normal|400)")
_LEVEL = re.compile(r"mso-list:[^;]*level(\d)")
_MARKER = re.compile(r"^\s*\(?(\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]")


@dataclass
class Imported:
    """Blocks by type and value, and in words what could not come along."""

    blocks: list[tuple[str, Any]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    """A paragraph, a heading (`level` of it) or an item of a list (`level` from 1)."""

    kind: str
    html: str
    level: int = 0
    ordered: bool = False


def from_html(html: str, *, notes_before: int = 0) -> Imported:
    """What HTML out of Word (or LibreOffice, or a web page) holds, as blocks.

    `notes_before` is the number of footnotes the section has already: new ones go on counting.
    """
    soup = BeautifulSoup(html, "html.parser")
    notes = Notes(notes_before)
    left_out = clean(soup, notes)
    imported = Imported(left_out=left_out)
    pieces = list(_pieces(soup, left_out))
    top = min((p.level for p in pieces if isinstance(p, _Line) and p.kind == "heading"), default=1)
    for is_text, run in groupby(pieces, key=lambda piece: isinstance(piece, _Line)):
        if is_text:
            text = sanitise(_text([line for line in run if isinstance(line, _Line)], top))
            if strip_tags(text).strip():
                imported.blocks.append(("text", settled(text)))
        else:
            imported.blocks += [("tabelle", table) for table in run]
    if notes.texts:
        imported.blocks.append(("fussnoten", notes.texts))
    return imported


def from_docx(file: BinaryIO, *, notes_before: int = 0) -> Imported:
    """What a .docx file holds, as blocks; ValidationError if it cannot be read."""
    try:
        comments = comments_in(file)
        file.seek(0)
        result = mammoth.convert_to_html(
            file, convert_image=mammoth.images.img_element(lambda _image: {"src": ""})
        )
    except Exception as error:
        raise ValidationError(_("Die Word-Datei lässt sich nicht lesen.")) from error
    imported = from_html(result.value, notes_before=notes_before)
    imported.left_out += [what for what in comments if what not in imported.left_out]
    return imported


# --- from elements to lines and tables -------------------------------------------------------


def _pieces(node: Tag, left_out: list[str]) -> Iterator["_Line | dict[str, Any]"]:
    run: list[PageElement] = []
    for child in node.children:
        if isinstance(child, Tag) and (child.name in _BLOCKS or child.find(_BLOCKS)):
            yield from _paragraph(run)
            run = []
            yield from _block(child, left_out)
        else:
            run.append(child)
    yield from _paragraph(run)


def _block(tag: Tag, left_out: list[str]) -> Iterator["_Line | dict[str, Any]"]:
    if tag.name in _HEADINGS:
        yield from _lines("heading", _inline(tag, plain=True), _HEADINGS[tag.name])
    elif tag.name in {"ul", "ol"}:
        yield from _items(tag, 1, left_out)
    elif tag.name == "table":
        yield from _table(tag, left_out)
    elif tag.name == "p" and (found := _LEVEL.search(_style(tag))):
        yield from _word_item(tag, int(found[1]))
    elif tag.name == "p" and not tag.find(_BLOCKS):
        yield from _paragraph(list(tag.children))
    else:
        yield from _pieces(tag, left_out)


def _lines(kind: str, html: str, level: int = 0, *, ordered: bool = False) -> Iterator[_Line]:
    html = re.sub(r"\s+", " ", html).strip().removesuffix("<br/>")
    if re.sub(r"<[^>]+>|&nbsp;", "", html).strip():
        yield _Line(kind, html, level, ordered)


def _paragraph(run: list[PageElement]) -> Iterator[_Line]:
    return _lines("p", "".join(_inline_of(child) for child in run))


def _items(tag: Tag, level: int, left_out: list[str]) -> Iterator["_Line | dict[str, Any]"]:
    for child in tag.find_all(recursive=False):
        if child.name in {"ul", "ol"}:
            yield from _items(child, level + 1, left_out)
            continue
        nested = [
            sub.extract()
            for sub in child.find_all(["ul", "ol"])
            if sub.find_parent(["ul", "ol"]) is tag
        ]
        yield from _lines("item", _inline(child), level, ordered=tag.name == "ol")
        for sub in nested:
            yield from _items(sub, level + 1, left_out)


def _word_item(tag: Tag, level: int) -> Iterator[_Line]:
    """A list item as Word writes it: a paragraph whose bullet or number is mere text."""
    marker = tag.find(style=re.compile("mso-list:\\s*Ignore"))
    text = marker.extract().get_text() if isinstance(marker, Tag) else ""
    return _lines("item", _inline(tag), level, ordered=bool(_MARKER.match(text)))


def _table(tag: Tag, left_out: list[str]) -> Iterator["_Line | dict[str, Any]"]:
    rows = [row for row in tag.find_all("tr") if row.find_parent("table") is tag]
    cells = [row.find_all(["td", "th"], recursive=False) for row in rows]
    if sum(map(len, cells)) == 1:  # a frame, not a table
        yield from _pieces(cells[0][0], left_out)
        return
    if any(row.find(["b", "strong", "i", "em", "a", "ul", "ol"]) for row in rows[1:]):
        _note(left_out, _("Hervorhebungen, Listen und Links in Tabellen"))
    if any(_span(cell, "colspan") > 1 or _span(cell, "rowspan") > 1 for r in cells for cell in r):
        _note(left_out, _("verbundene Zellen (ihr Text steht in der ersten)"))
    data = _grid(cells)
    if not any(any(row) for row in data):
        return
    first_is_header = bool(rows[0].find("th")) or rows[0].find_parent("thead") is not None
    first_is_header = first_is_header or all(c.find(["b", "strong"]) for c in cells[0])
    caption = tag.find("caption")
    yield {
        "data": data,
        "cell": [],
        "mergeCells": [],
        "first_row_is_table_header": first_is_header,
        "first_col_is_header": False,
        "table_header_choice": "row" if first_is_header else "neither",
        "table_caption": caption.get_text(" ", strip=True) if caption else "",
    }


def _grid(rows: list[Any]) -> list[list[str]]:
    """The texts of the cells in a rectangle; what a cell spans is empty."""
    grid: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in grid:
                x += 1
            for dy in range(min(_span(cell, "rowspan"), len(rows) - y)):
                for dx in range(_span(cell, "colspan")):
                    grid[y + dy, x + dx] = "" if dx or dy else _cell(cell)
    width = max((x for _y, x in grid), default=-1) + 1
    return [[grid.get((y, x), "") for x in range(width)] for y in range(len(rows))]


def _cell(cell: Tag) -> str:
    lines = [part.get_text(" ", strip=True) for part in cell.find_all(["p", "li"])]
    text = "\n".join(filter(None, lines)) or cell.get_text(" ", strip=True)
    return re.sub(r"[ \t\r\xa0]+", " ", text)


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1"))
    return min(int(value), 50) if value.isdecimal() and int(value) else 1


# --- from elements to marked text ------------------------------------------------------------


def _inline(tag: Tag, *, plain: bool = False) -> str:
    return "".join(_inline_of(child, plain=plain) for child in tag.children)


def _inline_of(node: PageElement, *, plain: bool = False) -> str:
    if isinstance(node, NavigableString):
        return str(escape(node.replace("\xa0", " ")))
    if not isinstance(node, Tag):
        return ""
    return "<br/>" if node.name == "br" else _marked(node, _inline(node, plain=plain), plain=plain)


def _marked(node: Tag, inner: str, *, plain: bool) -> str:
    """The text of an element in what remains of its markup."""
    if node.name in {"p", "div"}:
        return f"{inner} "
    if not inner.strip():
        return inner
    if node.name == "a" and is_safe_link(href := str(node.get("href", ""))):
        return f'<a href="{escape(href)}">{inner}</a>'
    for mark in () if plain else _marks(node):
        inner = f"<{mark}>{inner}</{mark}>"
    return inner


def _marks(node: Tag) -> Iterator[str]:
    style = _style(node)
    if (node.name in {"b", "strong"} and not _PLAIN.search(style)) or _BOLD.search(style):
        yield "b"
    if node.name in {"i", "em"} or _ITALIC.search(style):
        yield "i"


def _style(tag: Tag) -> str:
    return str(tag.get("style", ""))


# --- from lines to rich text -----------------------------------------------------------------


def _text(lines: list[_Line], top: int) -> str:
    html = []
    for kind, run in groupby(lines, key=lambda line: line.kind):
        if kind == "item":
            html.append(_nested(list(run)))
        elif kind == "heading":
            html += [_heading(line, top) for line in run]
        else:
            html += [f"<p>{line.html}</p>" for line in run]
    return "".join(html)


def _heading(line: _Line, top: int) -> str:
    tag = "h3" if line.level == top else "h4"
    return f"<{tag}>{line.html}</{tag}>"


def _nested(items: list[_Line]) -> str:
    """Items with levels as nested lists."""
    html, open_lists = "", list[str]()
    for item in items:
        tag = "ol" if item.ordered else "ul"
        level = min(item.level, len(open_lists) + 1)
        while len(open_lists) > level or (len(open_lists) == level and open_lists[-1] != tag):
            html += f"</li></{open_lists.pop()}>"
        if len(open_lists) == level:
            html += "</li>"
        while len(open_lists) < level:
            html += f"<{tag}>"
            open_lists.append(tag)
        html += f"<li>{item.html}"
    return html + "".join(f"</li></{tag}>" for tag in reversed(open_lists))


def _note(left_out: list[str], what: str) -> None:
    if what not in left_out:
        left_out.append(what)
