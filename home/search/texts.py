"""The text of what is published: pages, Editions, and the files they carry."""

import logging
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePath
from typing import IO, Any

import mammoth
from bs4 import BeautifulSoup
from pypdf import PdfReader
from wagtail.search.index import SearchField

logger = logging.getLogger(__name__)

#: What of one file is read, in characters; bounds the index, not what can be published.
LONGEST_FILE = 200_000
LONGEST_TEXT = 400_000


def of_html(html: str) -> str:
    """The readable text of HTML."""
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def of_page(page: Any) -> str:
    """The text of a page: whatever its type declares as searchable, then its files."""
    told = {"title", "summary", "lead"}
    fields = [field for field in page.get_search_fields() if isinstance(field, SearchField)]
    values = [field.get_value(page) for field in fields if field.field_name not in told]
    texts = [text for value in values for text in _flat(value)]
    return _bounded([*texts, *_files_of_page(page)])


def of_edition(edition: Any) -> str:
    """The frozen text of an Edition and of its attachments."""
    files = (of_file(file.name, file.open) for file in edition.files.order_by("pk"))
    return _bounded([of_html(edition.html), *files])


def of_file(name: str, open_file: Callable[[], IO[bytes]]) -> str:
    """The text inside a PDF or Word file; empty if it is another kind or cannot be read."""
    reader = _READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        return ""
    try:
        with open_file() as file:
            return reader(file)[:LONGEST_FILE]
    except Exception:
        # A damaged file is no reason why its page should not be found.
        logger.exception("No text could be read from %s", name)
        return ""


def _pdf(file: IO[bytes]) -> str:
    pages, length = [], 0
    for page in PdfReader(file).pages:
        pages.append(" ".join(page.extract_text().split()))
        length += len(pages[-1])
        if length > LONGEST_FILE:
            break
    return " ".join(pages)


def _word(file: IO[bytes]) -> str:
    return " ".join(mammoth.extract_raw_text(file).value.split())


_READERS: dict[str, Callable[[IO[bytes]], str]] = {".pdf": _pdf, ".docx": _word}


def _files_of_page(page: Any) -> Iterator[str]:
    blocks = [*getattr(page, "all_files", []), *_file_blocks(getattr(page, "body", []))]
    documents = {value["document"]: value["title"] for value in blocks if value["document"]}
    for document, title in documents.items():
        yield title
        yield of_file(document.filename, partial(document.file.open, "rb"))


def _file_blocks(body: Any) -> list[Any]:
    return [block.value for block in body if block.block_type == "file"]


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _flat(item)
    elif value:
        yield of_html(str(value))


def _bounded(texts: list[str]) -> str:
    return " ".join(" ".join(texts).split())[:LONGEST_TEXT]
