"""Small real files for the demo: a page's text as PDF, a template as Word file."""

import io
from dataclasses import dataclass
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from docx import Document as WordFile


@dataclass(frozen=True)
class Made:
    """A file that was made, and its number of pages where it has fixed ones."""

    ending: str
    content: bytes
    pages: int | None = None


def pdf(page: Any) -> Made:
    """The page's text as tagged PDF; as Word file on a machine without Pango."""
    try:
        import weasyprint
    except OSError:
        return word(page.title, _plain(page))
    html = render_to_string("home/demo/paper.html", {"page": page, "font": _font()})
    document = weasyprint.HTML(string=html).render(pdf_variant="pdf/ua-1")
    return Made("pdf", document.write_pdf(), len(document.pages))


def word(title: str, lines: list[str]) -> Made:
    """A title and paragraphs to fill in or change."""
    paper = WordFile()
    paper.core_properties.title = title
    paper.core_properties.language = "de"
    paper.add_heading(title, level=1)
    for line in lines:
        paper.add_paragraph(line)
    buffer = io.BytesIO()
    paper.save(buffer)
    return Made("docx", buffer.getvalue())


def _plain(page: Any) -> list[str]:
    return [strip_tags(str(block.value)) for block in page.body]


def _font() -> str:
    found = finders.find("fonts/FiraSans-Regular.woff2")
    return f"file://{found}" if found else ""
