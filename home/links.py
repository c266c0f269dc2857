"""Which links of pages and Fassungen lead nowhere.

Internal ones are looked up in what is public now, in as many queries however many links there are.
External ones are only listed: nothing here calls another host.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup
from django.conf import settings
from django.db.models import URLField
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.models import Page

from home.blocks import anchor_of
from home.models.base import BodyPage
from klk_workflow import reading

GONE = _("Die Seite gibt es nicht mehr, oder sie ist nicht veröffentlicht.")
NO_FILE = _("Die Datei gibt es nicht mehr.")
NO_FASSUNG = _("Unter dieser Adresse steht keine Fassung.")
NO_ADDRESS = _("Diese Adresse gibt es auf der Website nicht.")
NO_ANCHOR = _("Die Stelle auf der Seite gibt es nicht.")
#: Fields of blocks that hold a file of the library.
FILES = {"document", "file", "captions"}


@dataclass(frozen=True)
class Source:
    """A page or a Fassung with links: where it can be mended, and the places one can link to."""

    title: str
    url: str
    html: list[str]
    anchors: set[str]


@dataclass(frozen=True)
class Link:
    """A link, where it stands, and why it leads nowhere."""

    source: Source
    text: str
    target: str
    fault: str | Promise = ""


@dataclass
class Report:
    """What is broken, and what leads to other sites."""

    broken: list[Link] = field(default_factory=list)
    external: list[Link] = field(default_factory=list)


def report() -> Report:
    """Look at every link of the public pages and of the Fassungen that are shown."""
    known, found = _Known(), Report()
    for source in _sources():
        for tag in BeautifulSoup(" ".join(source.html), "html.parser").find_all("a"):
            said = {name: str(value) for name, value in tag.attrs.items()}
            fault = known.fault(said, source)
            target = said.get("href") or f"{said.get('linktype', '')} {said.get('id', '')}".strip()
            link = Link(source, tag.get_text(" ", strip=True), target, fault or "")
            if fault:
                found.broken.append(link)
            elif _is_external(target):
                found.external.append(link)
    return found


def _sources() -> Iterator[Source]:
    for page in Page.objects.type(BodyPage).live().specific():
        headings = {
            anchor_of(block["value"])
            for block in page.body.get_prep_value()
            if isinstance(block["value"], str)
        }
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        yield Source(page.title, edit, list(_html(_written(page))), headings)
    for edition in reading.editions().defer(None).defer("json"):
        soup = BeautifulSoup(edition.html, "html.parser")
        anchors = {str(tag["id"]) for tag in soup.find_all(id=True)}
        yield Source(edition.title, edition.get_absolute_url(), [edition.html], anchors)


def _written(page: Page) -> Iterator[Any]:
    """What editors put into a page's blocks and fields for addresses, as it is stored."""
    for written in page._meta.get_fields():
        if isinstance(written, StreamField):
            yield getattr(page, written.name).get_prep_value()
        elif isinstance(written, URLField):
            yield getattr(page, written.name)


def _html(value: Any, name: str = "") -> Iterator[str]:
    """Every rich text, and every address and file that a field of its own holds, as a link."""
    if isinstance(value, str) and "<a" in value:
        yield value
    elif isinstance(value, str) and value.startswith(("http://", "https://")):
        yield format_html('<a href="{0}">{0}</a>', value)
    elif isinstance(value, int) and name in FILES:
        yield format_html('<a linktype="document" id="{}">{}</a>', value, _("Datei"))
    elif isinstance(value, dict):
        for inner_name, inner in value.items():
            yield from _html(inner, inner_name)
    elif isinstance(value, Iterable):
        for inner in () if isinstance(value, str) else value:
            yield from _html(inner)


def _is_external(href: str) -> bool:
    parts = urlsplit(href)
    own = urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc
    return parts.scheme in {"http", "https"} and parts.netloc != own


class _Known:
    """What is public now: pages, files, Fassungen."""

    def __init__(self) -> None:
        pages = list(Page.objects.live().public().select_related("locale"))
        self.pages = {str(page.pk) for page in pages}
        self.paths = {str(page.get_url()) for page in pages}
        files = get_document_model().objects.values_list("pk", flat=True)
        self.files = {str(pk) for pk in files}
        self.fassungen = set(reading.editions().values_list("path", flat=True))

    def fault(self, tag: dict[str, str], source: Source) -> str | Promise | None:
        """Why this link leads nowhere; None if it leads somewhere, or away from here."""
        kind, href = tag.get("linktype"), tag.get("href", "")
        if kind == "page":
            return None if tag.get("id") in self.pages else GONE
        if kind == "document":
            return None if tag.get("id") in self.files else NO_FILE
        if href.startswith("#"):
            return None if unquote(href[1:]) in source.anchors else NO_ANCHOR
        parts = urlsplit(href)
        if _is_external(href) or parts.scheme not in {"", "http", "https"} or not parts.path:
            return None
        return self._fault_of_path(unquote(parts.path))

    def _fault_of_path(self, path: str) -> str | Promise | None:
        try:
            match = resolve(path)
        except Resolver404:
            return NO_ADDRESS
        if match.url_name == "wagtail_serve":
            return None if path in self.paths else GONE
        if match.view_name == "home:edition":
            return None if path.strip("/") in self.fassungen else NO_FASSUNG
        return None
