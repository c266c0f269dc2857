"""Editions as the engine leaves them, without the way there; pages; a fresh cache."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from home.models import GuidePage, HomePage, MaterialIndexPage
from klk_workflow.laender import land_name
from klk_workflow.models import Document, Edition, EditionFile, Rendition

PUBLISHED = datetime(2026, 11, 12, 9, tzinfo=UTC)
PROOF = [
    {"label": "Eingereicht", "who": "Stelle NW", "on": "2026-10-20"},
    {"label": "Freigegeben", "who": "Freigabe, Stelle HE", "on": "2026-11-09"},
]


@pytest.fixture
def make_edition(db: None) -> Callable[..., Edition]:
    """A function that puts a Fassung in place; the one before is no longer current."""

    def make(land: str = "nw", number: int = 1, **fields: Any) -> Edition:
        type_key = fields.pop("type_key", "laenderbericht")
        folder = {"laenderbericht": "laenderberichte", "aktionsplan": "aktionsplaene"}[type_key]
        period = fields.pop("period", "2026-1")
        document, _ = Document.objects.get_or_create(
            natural_key=f"{type_key}:{land}:{period}",
            defaults={
                "type_key": type_key,
                "title": f"Länderbericht {land_name(land)}",
                "land": land,
                "created_at": PUBLISHED,
                "updated_at": PUBLISHED,
            },
        )
        document.editions.update(is_current=False)
        cache.clear()
        return Edition.objects.create(
            **{
                "document": document,
                "number": number,
                "type_key": type_key,
                "type_label": "Länderbericht",
                "path": f"{folder}/{land}/{period}",
                "title": document.title,
                "land": land,
                "period_label": "1. Halbjahr 2026",
                "summary": "Kurz gesagt.",
                "offices": ["Stelle NW"],
                "toc": [
                    {"anchor": "abschnitt-a", "title": "Kurzfassung"},
                    {"anchor": "abschnitt-b", "title": "Schutz"},
                ],
                "proof": PROOF,
                "html": f'<section id="abschnitt-a"><h2>A</h2><p>Wort{number}</p></section>',
                "json": f'{{"nummer":{number}}}',
                "digest": f"{number:064x}",
                "head": "",
                "published_at": PUBLISHED,
            }
            | fields
        )

    return make


@pytest.fixture
def withdraw() -> Callable[[Edition], None]:
    """A function that withdraws a Fassung."""

    def do(edition: Edition) -> None:
        edition.withdrawn_at = timezone.now()
        edition.withdrawn_reason = "Ein Ort war genannt."
        edition.save()
        cache.clear()

    return do


@pytest.fixture
def make_guide(db: None) -> Callable[..., GuidePage]:
    """A function that publishes a practice guide."""

    def make(title: str = "Sicher sprechen", **fields: Any) -> GuidePage:
        index = MaterialIndexPage.objects.get(slug="arbeitshilfen")
        values = {"summary": "Wie man fragt.", "year": 2026, "professions": ["polizei"]} | fields
        page = index.add_child(instance=GuidePage(title=title, **values))
        page.save_revision().publish()
        return page

    return make


@pytest.fixture
def make_document(db: None) -> Callable[..., Any]:
    """A function that puts a file into the website's library."""
    from django.core.files.base import ContentFile
    from wagtail.documents import get_document_model

    def make(name: str = "bogen.pdf", content: bytes = b"%PDF") -> Any:
        file = ContentFile(content, name=name)
        return get_document_model().objects.create(title=name, file=file)

    return make


@pytest.fixture
def home_page(db: None) -> HomePage:
    """The start page that the migration made."""
    return HomePage.objects.get(locale__language_code="de")


@pytest.fixture
def make_file() -> Callable[[Edition], EditionFile]:
    """A function that adds a file to a Fassung."""
    from django.core.files.base import ContentFile

    def make(
        edition: Edition, name: str = "plan.pdf", mime: str = "application/pdf"
    ) -> EditionFile:
        return EditionFile.objects.create(
            edition=edition,
            sha256="a" * 64,
            name=name,
            mime=mime,
            size=4,
            file=ContentFile(b"%PDF", name=name),
        )

    return make


@pytest.fixture
def make_pdf() -> Callable[[Edition], Rendition]:
    """A function that adds a PDF to a Fassung."""
    from django.core.files.base import ContentFile

    def make(edition: Edition) -> Rendition:
        cache.clear()
        return Rendition.objects.create(
            edition=edition,
            kind="pdf",
            sha256="b" * 64,
            size=212_000,
            file=ContentFile(b"%PDF made once", name="b"),
            made_at=PUBLISHED,
        )

    return make
