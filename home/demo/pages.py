"""Put the demo's pages into the tree. What is there already stays as it is."""

import json
from datetime import UTC, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page

from home.demo import files
from home.demo.english import load_english
from home.demo.values import DATA, picture, value
from home.models import (
    EventIndexPage,
    EventPage,
    GuidePage,
    HomePage,
    MaterialIndexPage,
    MaterialPage,
    NewsIndexPage,
    NewsPage,
    PersonalSupportPage,
    PublicationPage,
    RelatedMaterial,
    StandardPage,
    TrainingPage,
)

SHELVES: dict[str, tuple[str, type[Page]]] = {
    "guides": ("arbeitshilfen", GuidePage),
    "trainings": ("fortbildung", TrainingPage),
    "publications": ("publikationen", PublicationPage),
}
LISTS: dict[str, tuple[type[Page], type[Page]]] = {
    "news": (NewsIndexPage, NewsPage),
    "events": (EventIndexPage, EventPage),
}
ASIDE_TITLE = "Die Konferenz"
ASIDE_TEXT = (
    "<p>Zweimal im Jahr treffen sich die Koordinierungsstellen zu einer zweitägigen Sitzung, dazu "
    "einmal online.</p><p>Die Länderberichte und der Austausch darüber sind feste Punkte der "
    "Tagesordnung.</p>"
)


def load_pages() -> None:
    """Make the demo's pages, pictures and files; running it again changes nothing."""
    home = HomePage.objects.get(locale__language_code="de")
    if not home.aside_text:
        home.aside_title, home.aside_text = ASIDE_TITLE, ASIDE_TEXT
        home.save_revision().publish()
    for data in _read("standard"):
        _put(home, StandardPage, data)
    for name, (slug, model) in SHELVES.items():
        index = MaterialIndexPage.objects.child_of(home).get(slug=slug)
        for data in _read(name):
            _put(index, model, data)
    for name in SHELVES:
        for data in _read(name):
            _relate(data)
    for name, (index_model, model) in LISTS.items():
        index = _index(home, index_model, name)
        for data in _read(name):
            _put(index, model, data)
    for data in _read("support"):
        _put(home, PersonalSupportPage, data)
    load_english(home)


def _read(name: str) -> list[dict[str, Any]]:
    pages: list[dict[str, Any]] = json.loads((DATA / f"{name}.json").read_text("utf-8"))["pages"]
    return pages


def _index(home: Page, model: type[Page], name: str) -> Page:
    index = model.objects.child_of(home).first()
    if index is None:
        data = json.loads((DATA / f"{name}.json").read_text("utf-8"))["index"]
        index = home.add_child(instance=model(**data))
        index.save_revision().publish()
    return index


def _put(parent: Page, model: type[Page], data: dict[str, Any]) -> None:
    if parent.get_children().filter(slug=data["slug"]).exists():
        return
    special = {"body", "files", "trainer_files", "drawing", "published", "part_of", "see_also"}
    special |= {"variant_of", "starts", "ends"}
    page = model(**{name: value for name, value in data.items() if name not in special})
    page.body = [(block["type"], value(block)) for block in data["body"]]
    if "published" in data:
        page.first_published_at = datetime.fromisoformat(data["published"]).replace(
            hour=9, tzinfo=UTC
        )
    if "drawing" in data:
        page.picture = picture(data["drawing"])
    for name in {"starts", "ends"} & data.keys():
        setattr(page, name, timezone.make_aware(datetime.fromisoformat(data[name])))
    if "variant_of" in data:
        page.variant_of = model.objects.get(slug=data["variant_of"])
    parent.add_child(instance=page)
    for name in ("files", "trainer_files"):
        if name in data:
            setattr(page, name, [("file", _file(page, wanted)) for wanted in data[name]])
    page.save_revision().publish()


def _relate(data: dict[str, Any]) -> None:
    """Say what belongs together, once all pages are there."""
    page = MaterialPage.objects.get(slug=data["slug"]).specific
    others = data.get("see_also", [])
    if not (others or "part_of" in data) or page.part_of or page.related_materials.exists():
        return
    if "part_of" in data:
        page.part_of = MaterialPage.objects.get(slug=data["part_of"])
    page.related_materials = [
        RelatedMaterial(target=MaterialPage.objects.get(slug=slug)) for slug in others
    ]
    page.save_revision().publish()


def _file(page: Page, wanted: dict[str, Any]) -> dict[str, Any]:
    is_pdf = wanted["format"] == "pdf"
    made = files.pdf(page) if is_pdf else files.word(wanted["title"], wanted["lines"])
    content = ContentFile(made.content, name=f"{page.slug}.{made.ending}")
    document = get_document_model().objects.create(
        title=f"{page.title}: {wanted['title']}", file=content
    )
    return {
        "document": document,
        "title": wanted["title"],
        "pages": made.pages,
        "accessible": wanted["accessible"] and made.ending == "pdf",
    }
