"""What was published is the stored bytes: it needs neither a plugin's templates nor any picture."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.conf import settings as project
from django.core.cache import cache
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.template.loaders.app_directories import Loader
from wagtail.images import get_image_model

from klk_workflow.content.editing import save_part
from klk_workflow.content.files import store
from klk_workflow.models import Edition, Section
from klk_workflow.publication import renditions
from klk_workflow.registry import registry
from tests.crawl import LINK
from tests.world import body, png


class WithoutText(Loader):
    """Finds neither a plugin's templates nor those of the engine in which texts are set."""

    def get_template_sources(self, template_name: str) -> Iterator:
        """What Django's own loader finds, and is not gone."""
        for origin in super().get_template_sources(template_name):
            if not _is_gone(origin.name):
                yield origin


def _is_gone(file: str) -> bool:
    apps_of_plugins = {apps.get_app_config(kind.model._meta.app_label) for kind in registry}
    folders = [Path(app.path) for app in apps_of_plugins]
    engine = Path(apps.get_app_config("klk_workflow").path) / "templates" / "klk_workflow"
    folders += [engine / "parts", engine / "edition"]
    return any(Path(file).is_relative_to(folder) for folder in folders)


@pytest.fixture
def templates_gone(settings):
    """A function that lets those templates be found no more."""

    def go() -> None:
        backend = {**project.TEMPLATES[0]}
        backend["APP_DIRS"] = False
        loaders = ["django.template.loaders.filesystem.Loader", f"{__name__}.WithoutText"]
        backend["OPTIONS"] = {**backend["OPTIONS"], "loaders": loaders}
        settings.TEMPLATES = [backend]

    return go


@pytest.fixture
def published(world, type_key):
    """Two Fassungen with a picture, an attachment and, where Pango is at hand, a PDF."""
    document = world.start(type_key)
    world.write(document)
    world.attach(document)
    picture = store(document, png(), picture=True)
    section = Section.objects.filter(document=document).order_by("position")[0]
    shown = [("bild", {"datei": picture.sha256, "alt": "Plakat", "unterschrift": ""})]
    save_part(
        section,
        by=world.people["nw"],
        seen_version=section.version,
        changes={"body": [*body("Mit Bild."), *shown]},
    )
    world.bring(document, "veroeffentlicht")
    world.second_fassung(document)
    renditions.make_waiting()
    return document


def read(client, document) -> dict[str, tuple[int, bytes]]:
    """Every address of the document's Fassungen with what it answers."""
    cache.clear()
    found = [f"/{document.path}/", f"/{document.path}/fassung/2/seit/1/"]
    for edition in Edition.objects.filter(document=document):
        page = client.get(edition.permanent_url()).content.decode()
        links = {unquote(link) for link in LINK.findall(page)}
        found.append(edition.permanent_url())
        found += sorted(a for a in links if re.match(f"/{document.path}/fassung/.*[^/]$", a))
    answers = {address: client.get(address) for address in found}
    return {a: (answer.status_code, b"".join(answer)) for a, answer in answers.items()}


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Wagtail leaves temporary files open
def test_neither_templates_nor_pictures_are_missed(client, published, templates_gone):
    picture = get_image_model().objects.create(title="Plakat", file=png())
    picture.get_rendition("width-4")
    before = read(client, published)
    assert all(status == 200 for status, _said in before.values())
    kinds = {address.rpartition(".")[2] for address in before if not address.endswith("/")}
    assert {"json", "bib", "png", "pdf"} <= kinds
    templates_gone()
    get_image_model().objects.all().delete()
    with pytest.raises(TemplateDoesNotExist):
        get_template(published.type.head_template or Section.template)
    assert read(client, published) == before
