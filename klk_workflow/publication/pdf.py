"""An Edition as accessible PDF (PDF/UA), from what is frozen and nothing else."""

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from klk_workflow.models import Edition

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

#: Scheme under which the style sheet asks for the site's fonts.
FONTS = "static:"


class Unavailable(Exception):
    """This machine cannot make PDF files now: Pango is missing."""


def pdf(edition: Edition) -> bytes:
    """The Edition as tagged PDF.

    Raises Unavailable without Pango, LookupError if it shows a picture that is not its own.
    """
    try:
        import weasyprint
    except OSError as error:
        raise Unavailable(str(error)) from error
    paper = weasyprint.HTML(
        string=markup(edition), base_url=edition.permanent_address, url_fetcher=_fetcher(edition)
    )
    try:
        return bytes(paper.write_pdf(pdf_variant="pdf/ua-1"))
    except weasyprint.urls.FatalURLFetchingError as error:  # a BaseException
        raise LookupError(str(error)) from error


def markup(edition: Edition) -> str:
    """What is set: the frozen text in a frame of its own."""
    with translation.override("de"):
        return render_to_string(
            "klk_workflow/edition/pdf.html",
            {"edition": edition, "fonts": FONTS},
        )


def _fetcher(edition: Edition) -> "URLFetcher":
    """Hands out the Edition's own pictures and the site's fonts; no other host is ever asked."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    folder = f"{edition.permanent_address}dateien/"

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            if url.startswith(FONTS):
                return URLFetcherResponse(url, _font(url.removeprefix(FONTS)))
            sha256 = urlsplit(url).path.split("/")[-2] if url.startswith(folder) else ""
            file = edition.files.filter(sha256=sha256).first()
            if file is None:
                raise FatalURLFetchingError(f"{edition} has no file {url}")
            with file.open() as stored:
                return URLFetcherResponse(url, stored.read(), {"Content-Type": file.mime})

    return OwnFiles()


def _font(name: str) -> bytes:
    found = finders.find(name)
    if not found:
        raise ValueError(name)  # the system's font takes its place
    return Path(found).read_bytes()
