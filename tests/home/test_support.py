"""Pages for those affected: neutral to the eye of a stranger, with other forms of language."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from home.models import HomePage, PersonalSupportPage


@pytest.fixture
def pages(home_page: HomePage) -> list[PersonalSupportPage]:
    """A page, the same in easy language and in sign language, and one that is no more."""
    original = PersonalSupportPage(title="Wenn Gewalt zu Hause ist", slug="eins")
    home_page.add_child(instance=original)
    made = [original]
    for slug, variety in (("leicht", "de-simple"), ("dgs", "gsg"), ("weg", "gsg")):
        page = PersonalSupportPage(title=f"Hilfe {slug}", slug=slug, variety=variety)
        page.variant_of = original
        made.append(home_page.add_child(instance=page))
    made.pop().unpublish()
    return made


def _show(client: Client, page: Any) -> BeautifulSoup:
    return BeautifulSoup(client.get(page.url).content, "html.parser")


def test_title_tells_nothing(client: Client, pages: list[PersonalSupportPage]) -> None:
    for page in pages:
        assert _show(client, page).title.get_text() == "Informationen – KLK"


def test_numbers_and_way_out_stand_before_the_text(
    client: Client, pages: list[PersonalSupportPage]
) -> None:
    text = client.get(pages[0].url).content.decode()
    assert text.index("exit-button") < text.index("tel:08001239900") < text.index("<article")


def test_forms_of_language_point_to_each_other(
    client: Client, pages: list[PersonalSupportPage]
) -> None:
    original, easy, sign = pages
    for page, others in ((original, {easy, sign}), (easy, {original, sign})):
        links = _show(client, page).select(".variants a")
        assert {link["href"] for link in links} == {other.url for other in others}
    assert {link["hreflang"] for link in _show(client, original).select(".variants a")} == {
        "de-simple",
        "gsg",
    }


def test_easy_language_is_marked(client: Client, pages: list[PersonalSupportPage]) -> None:
    assert _show(client, pages[1]).article["lang"] == "de-simple"
    assert not _show(client, pages[0]).article.has_attr("lang")


def test_help_page_leads_to_them(client: Client, pages: list[PersonalSupportPage]) -> None:
    page = client.get("/hilfe/").content.decode()
    assert all(f'href="{other.url}"' in page for other in pages)
