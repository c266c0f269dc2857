"""Publications, guides and trainings: lists, choice, what is said before the click."""

import gc
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from home.facets import MATERIAL, Choice
from home.models import (
    GuidePage,
    HomePage,
    MaterialIndexPage,
    MaterialPage,
    RelatedMaterial,
    TrainingPage,
)
from klk_workflow.roles import REDAKTION
from tests.world import make_user

Make = Callable[..., GuidePage]


def test_list_can_be_narrowed_down_by_profession(client: Client, make_guide: Make) -> None:
    make_guide("Für die Polizei", professions=["polizei"])
    make_guide("Für die Justiz", professions=["justiz"], topics=["schutz"])
    page = client.get("/arbeitshilfen/?beruf=justiz").content.decode()
    assert "Für die Justiz" in page
    assert "Für die Polizei</a>" not in page
    assert "1 Material für Justiz" in page


def test_counts_say_what_a_click_would_give(client: Client, make_guide: Make) -> None:
    make_guide("Eins", professions=["polizei", "justiz"], topics=["schutz"])
    make_guide("Zwei", professions=["polizei"])
    context = client.get("/arbeitshilfen/?thema=schutz").context
    profession = {str(option.label): option.count for option in context["facets"][0].options}
    assert profession == {"Polizei": 1, "Justiz": 1}


def test_what_is_for_everybody_is_found_under_each_profession(
    client: Client, make_guide: Make
) -> None:
    make_guide("Für alle", professions=["fachkraefte-allgemein"])
    make_guide("Für die Justiz", professions=["justiz"])
    answer = client.get("/arbeitshilfen/?beruf=polizei")
    assert "Für alle" in answer.content.decode()
    assert "Für die Justiz</a>" not in answer.content.decode()
    counts = {str(option.label): option.count for option in answer.context["facets"][0].options}
    assert counts["Polizei"] == 1
    assert counts["Justiz"] == 2
    feed = client.get("/feed/?beruf=polizei").content.decode()
    assert "Für alle" in feed
    assert "Für die Justiz" not in feed


def test_what_is_for_all_laender_can_be_chosen(client: Client, make_guide: Make) -> None:
    make_guide("Aus Bayern", land="by")
    make_guide("Für alle")
    answer = client.get("/arbeitshilfen/?land=alle")
    assert "Für alle</a>" in answer.content.decode()
    assert "Aus Bayern</a>" not in answer.content.decode()
    (land,) = [facet for facet in answer.context["facets"] if str(facet.label) == "Land"]
    assert [(str(option.label), option.count) for option in land.options] == [
        ("alle Länder", 1),
        ("Bayern", 1),
    ]


def test_unknown_choice_is_no_choice(client: Client, make_guide: Make) -> None:
    make_guide("Eins")
    page = client.get("/arbeitshilfen/?beruf=%3Cscript%3E&seite=abc").content.decode()
    assert "Eins" in page
    assert "<script>" not in page
    assert Choice.from_query({"beruf": "nichts"}, MATERIAL) == Choice(MATERIAL)


def test_key_is_no_part_of_another_key(make_guide: Make) -> None:
    make_guide("Eins", topics=["arbeitshilfen"])
    found = MaterialPage.objects.filter(Choice(MATERIAL, {"topics": "fortbildung"}).condition())
    assert not found.exists()


def test_draft_is_not_public(client: Client, make_guide: Make) -> None:
    page = make_guide("Erste Fassung")
    page.title = "Noch nicht"
    page.save_revision()
    assert "Noch nicht" not in client.get("/arbeitshilfen/").content.decode()
    page.unpublish()
    cache.clear()
    assert client.get(page.url).status_code == 404


def test_list_says_kind_pages_and_size_of_files(client: Client, make_guide: Make) -> None:
    document = get_document_model().objects.create(
        title="Bogen", file=ContentFile(b"x" * 18_400, name="bogen.pdf")
    )
    value = {"document": document, "title": "Bogen", "pages": 18, "accessible": True}
    page = make_guide("Dokumentieren", files=[("file", value), ("file", value)])
    line = "PDF, 18 Seiten, 18 kB, barrierefrei; dazu 1 weitere Datei"
    assert line in client.get("/arbeitshilfen/").content.decode()
    assert "PDF, 18 Seiten, 18 kB, barrierefrei" in client.get(page.url).content.decode()


def test_training_gives_all_files_in_one_package(
    client: Client, home_page: HomePage, make_document: Callable[..., Any]
) -> None:
    index = home_page.get_children().get(slug="fortbildung")

    def file(title: str) -> tuple[str, dict[str, Any]]:
        document = make_document(f"{title}.pdf", title.encode())
        return "file", {"document": document, "title": title, "pages": 1, "accessible": False}

    page = TrainingPage(title="Kurs", summary="Kurz", year=2026, files=[file("Übersicht")])
    index.add_child(instance=page)
    assert client.get(f"{page.url}paket/").status_code == 404  # one file needs no package
    page.trainer_files = [file("Ablauf")]
    page.save_revision().publish()
    cache.clear()
    text = client.get(page.url).content.decode()
    assert text.index("Übersicht") < text.index("Für Kursleitungen") < text.index("Ablauf")
    assert f"{page.url}paket/" in text
    answer = client.get(f"{page.url}paket/")
    package = zipfile.ZipFile(io.BytesIO(b"".join(answer)))
    assert {name: package.read(name).decode() for name in package.namelist()} == {
        "01-ubersicht.pdf": "Übersicht",
        "02-ablauf.pdf": "Ablauf",
    }


def test_materials_point_to_each_other_while_they_are_public(
    client: Client, make_guide: Make
) -> None:
    whole, part, other, draft = (make_guide(title) for title in ("Reihe", "Heft", "Neben", "Roh"))
    part.part_of = whole
    part.related_materials = [RelatedMaterial(target=other), RelatedMaterial(target=draft)]
    part.save_revision().publish()
    draft.unpublish()
    shown = client.get(part.url).content.decode()
    assert "Teil von" in shown
    assert f'href="{whole.url}"' in shown
    assert f'href="{other.url}"' in shown
    assert "Roh" not in shown
    assert f'href="{part.url}"' in client.get(whole.url).content.decode()


def test_training_names_goals_duration_and_group(client: Client, home_page: HomePage) -> None:
    index = home_page.get_children().get(slug="fortbildung")
    page = index.add_child(
        instance=TrainingPage(
            title="Erkennen",
            summary="Kurs",
            year=2026,
            learning_goals="Fragen\n\nZuhören",
            duration="ein Tag",
            teaching="praesenz",
            group="bis zu 20",
        )
    )
    text = client.get(page.url).content.decode()
    assert page.goals == ["Fragen", "Zuhören"]
    for word in ("Was Sie danach können", "Zuhören", "ein Tag", "in Präsenz", "bis zu 20"):
        assert word in text


def test_editor_ticks_professions_and_publishes(
    client: Client, home_page: HomePage, admin_user: Any
) -> None:
    client.force_login(admin_user)
    index = home_page.get_children().get(slug="arbeitshilfen")
    address = f"/admin/pages/add/home/guidepage/{index.pk}/"
    assert 'name="professions" value="polizei"' in client.get(address).content.decode()
    form = {
        "title": "Neu",
        "slug": "neu",
        "summary": "Kurz",
        "notice": "",
        "professions": ["polizei", "justiz"],
        "topics": ["schutz"],
        "year": "2026",
        "licence": "cc-by-4.0",
        "medium": "faltblatt",
        "language": "tr",
        "land": "nw",
        "part_of": "",
        "related_materials-TOTAL_FORMS": "0",
        "related_materials-INITIAL_FORMS": "0",
        "picture": "",
        "picture_alt": "",
        "body-count": "0",
        "files-count": "0",
        "action-publish": "1",
    }
    answer = client.post(address, form)
    assert answer.status_code == 302, answer.context["form"].errors
    page = GuidePage.objects.get(slug="neu")
    assert page.professions == ["polizei", "justiz"]
    assert page.get_latest_revision_as_object().topics == ["schutz"]
    shown = client.get(page.url).content.decode()
    for words in ("Faltblatt", "Türkisch", "Nordrhein-Westfalen", "CC BY 4.0", "KLK: Neu. 2026."):
        assert words in shown
    assert "Neu" in Client().get("/arbeitshilfen/?beruf=justiz").content.decode()


def test_number_of_queries_does_not_grow(client: Client, make_guide: Make) -> None:
    make_guide("Eins")
    addresses = ("/", "/arbeitshilfen/")
    before = {address: _queries(client, address) for address in addresses}
    for number in range(12):
        make_guide(f"Nummer {number}", professions=["justiz"])
    assert before == {address: _queries(client, address) for address in addresses}
    assert max(before.values()) <= 22


def test_start_page_mixes_editions_and_materials_by_day(
    client: Client, make_edition: Callable[..., Any], make_guide: Make
) -> None:
    make_edition("nw", published_at=datetime(2026, 11, 1, 9, tzinfo=UTC))
    make_guide("Neueste", first_published_at=datetime(2026, 11, 2, 9, tzinfo=UTC))
    make_edition("by", published_at=datetime(2026, 11, 3, 9, tzinfo=UTC))
    titles = [item.title for item in client.get("/").context["news"]]
    assert titles == ["Länderbericht Bayern", "Neueste", "Länderbericht Nordrhein-Westfalen"]


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Wagtail leaves temporary files open
def test_start_page_shows_the_newest_materials_that_have_a_picture(
    client: Client, make_guide: Make
) -> None:
    image = get_image_model().objects.create(title="Bild", file=get_test_image_file())
    make_guide("Ohne Bild")
    for day in range(1, 5):
        seen = datetime(2026, 11, day, 9, tzinfo=UTC)
        make_guide(f"Mit Bild {day}", picture=image, first_published_at=seen)
    page = BeautifulSoup(client.get("/").content, "html.parser")
    assert [link.text for link in page.select(".card a")] == [
        "Mit Bild 4",
        "Mit Bild 3",
        "Mit Bild 2",
    ]
    picture = page.select_one(".card picture")
    kinds = [(source["type"], source["srcset"].count(",")) for source in picture.select("source")]
    assert kinds == [("image/avif", 1), ("image/webp", 1)]  # two sizes each
    shown = picture.img
    assert shown["srcset"].count(".jpg") == 2
    assert shown["sizes"]
    assert (shown["width"], shown["height"], shown["loading"]) == ("360", "240", "lazy")
    first = picture.source["srcset"].split()[0]
    answer = client.get(first)
    assert b"ftypavif" in b"".join(answer)[:32]
    gc.collect()


def _queries(client: Client, address: str) -> int:
    client.get(address)  # what is looked up once for a whole process is known now
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_a_list_takes_the_kind_it_is_for(client: Client, db: None) -> None:
    client.force_login(make_user("redaktion", REDAKTION))
    kinds = {
        "arbeitshilfen": "guidepage",
        "fortbildung": "trainingpage",
        "publikationen": "publicationpage",
    }
    for slug, kind in kinds.items():
        index = MaterialIndexPage.objects.get(slug=slug)
        only = client.get(reverse("wagtailadmin_pages:add_subpage", args=[index.pk]))
        for name in kinds.values():
            address = reverse("wagtailadmin_pages:add", args=["home", name, index.pk])
            assert client.get(address).status_code == (200 if name == kind else 302), (slug, name)
            assert (only.url == address) is (name == kind)
    index.holds = ""
    index.save()
    offered = client.get(reverse("wagtailadmin_pages:add_subpage", args=[index.pk]))
    assert len(offered.context["page_types"]) == len(kinds)
