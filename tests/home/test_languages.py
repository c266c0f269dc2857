"""German and English side by side: addresses, what the page says it speaks, the way across."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from wagtail.models import Locale

from home.models import GuidePage, HomePage, StandardPage


@pytest.fixture
def english(home_page: HomePage) -> HomePage:
    """The English start page with one page below it that the German one has, too."""
    locale = Locale.objects.create(language_code="en")
    page = StandardPage(title="Über uns", slug="ueber-uns", show_in_menus=True)
    home_page.add_child(instance=page).save_revision().publish()
    start = home_page.copy_for_translation(locale)
    start.headline = "Coordinated."
    start.save_revision().publish()
    other = page.copy_for_translation(locale)
    other.title, other.slug = "About us", "about-us"
    other.save_revision().publish()
    return start


def _show(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def test_translations_point_to_each_other(client: Client, english: HomePage) -> None:
    for address, lang, other in (
        ("/", "de", "/en/"),
        ("/en/", "en", "/"),
        ("/ueber-uns/", "de", "/en/about-us/"),
        ("/en/about-us/", "en", "/ueber-uns/"),
        ("/hilfe/", "de", "/en/hilfe/"),
        ("/en/hilfe/", "en", "/hilfe/"),
    ):
        page = _show(client, address)
        assert page.html["lang"] == lang
        (link,) = page.select(".languages a")
        assert link["href"] == other
        assert link["lang"] == link["hreflang"] == ({"de", "en"} - {lang}).pop()
        assert {link["hreflang"]: link["href"] for link in page.select("link[hreflang]")} == {
            lang: settings.WAGTAILADMIN_BASE_URL + address,
            link["hreflang"]: settings.WAGTAILADMIN_BASE_URL + other,
        }


def test_page_without_translation_leads_to_the_start_page(
    client: Client, english: HomePage, make_guide: Callable[..., GuidePage]
) -> None:
    page = _show(client, make_guide().url)
    assert page.select_one(".languages a")["href"] == "/en/"
    assert page.select("link[hreflang]") == []


def test_menu_and_news_are_those_of_the_language(
    client: Client, english: HomePage, make_guide: Callable[..., GuidePage]
) -> None:
    make_guide("Nur auf Deutsch")
    page = _show(client, "/en/")
    menu = {link["href"] for link in page.select(".menu a")}
    assert "/en/about-us/" in menu
    assert "/ueber-uns/" not in menu
    assert "Nur auf Deutsch" not in page.get_text()


def test_approved_text_stays_german_in_an_english_frame(
    client: Client, english: HomePage, make_edition: Callable[..., Any]
) -> None:
    edition = make_edition()
    page = _show(client, f"/en{edition.get_absolute_url()}")
    assert page.html["lang"] == "en"
    assert page.article["lang"] == page.h1["lang"] == "de"
    assert page.select_one("link[rel=canonical]")["href"] == (
        settings.WAGTAILADMIN_BASE_URL + edition.get_absolute_url()
    )


def test_site_of_one_language_shows_no_choice(client: Client, db: None) -> None:
    assert _show(client, "/").select(".languages") == []


def test_language_is_taken_from_the_address_only(client: Client, english: HomePage) -> None:
    answer = client.get("/", headers={"Accept-Language": "en"})
    assert b'<html lang="de"' in answer.content
    assert not answer.cookies


def test_easy_and_sign_language_are_one_click_away(client: Client, home_page: HomePage) -> None:
    for title, variety in (
        ("Einfach", "de-simple"),
        ("Film", "gsg"),
        ("Noch eine", "de-simple"),
        ("Gewöhnlich", ""),
    ):
        page = StandardPage(title=title, variety=variety)
        home_page.add_child(instance=page).save_revision().publish()
    links = _show(client, "/impressum/").select(".languages a")
    assert [(link["href"], link["hreflang"], link.text) for link in links] == [
        ("/einfach/", "de-simple", "Leichte Sprache"),
        ("/film/", "gsg", "Gebärdensprache"),
    ]
