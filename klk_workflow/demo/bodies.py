"""From the plain blocks of the example texts to the body of a section, and to its files."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from klk_workflow.content import files
from klk_workflow.demo.texts import Block, read
from klk_workflow.models import Document, DocumentFile

_LINK = re.compile(r"\[([^]]+)\]\((https://[^)]+)\)")


def body(document: Document, blocks: Sequence[Block], folder: Path) -> str:
    """The blocks as the JSON of a section's body; their pictures, which lie in the folder of this
    demo, are put into the document.
    """
    stream: list[dict[str, Any]] = []
    notes: list[str] = []
    for block in blocks:
        match block:
            case {"table": dict(table)}:
                stream.append({"type": "tabelle", "value": _table(table)})
            case {"figure": str(key)}:
                stream.append({"type": "bild", "value": _picture(document, key, folder)})
            case {"footnote": str(text)}:
                notes.append(text)
                _refer_to_note(stream, len(notes))
            case _:
                _add_text(stream, _html(block))
    if notes:
        stream.append({"type": "fussnoten", "value": notes})
    return json.dumps(stream)


def store(document: Document, path: Path) -> DocumentFile:
    """A file of a demo, put into the document."""
    return files.store(document, SimpleUploadedFile(path.name, path.read_bytes()))


def _html(block: Block) -> str:
    match block:
        case str():
            return f"<p>{_inline(block)}</p>"
        case {"heading": heading}:
            return f"<h3>{_inline(heading)}</h3>"
        case {"list": items}:
            return f"<ul>{_items(items)}</ul>"
        case {"steps": items}:
            return f"<ol>{_items(items)}</ol>"
    raise ValueError(block)


def _items(items: Sequence[str]) -> str:
    return "".join(f"<li>{_inline(item)}</li>" for item in items)


def _inline(text: str) -> str:
    return _LINK.sub(r'<a href="\2">\1</a>', escape(text))


def _add_text(stream: list[dict[str, Any]], html: str) -> None:
    if stream and stream[-1]["type"] == "text":
        stream[-1]["value"] += html
    else:
        stream.append({"type": "text", "value": html})


def _refer_to_note(stream: list[dict[str, Any]], number: int) -> None:
    """Put the reference at the end of the last paragraph."""
    text = next(block for block in reversed(stream) if block["type"] == "text")
    start, end = text["value"].rsplit("</p>", 1)
    text["value"] = f"{start} [{number}]</p>{end}"


def _table(table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "data": [table["head"], *table["rows"]],
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "table_header_choice": "row",
        "table_caption": table["caption"],
    }


def _picture(document: Document, key: str, folder: Path) -> dict[str, str]:
    words = read(folder, "bilder")["figures"][key]
    file = store(document, folder / "pictures" / f"{key}.png")
    return {"datei": file.sha256, "alt": words["alt"], "unterschrift": words["caption"]}
