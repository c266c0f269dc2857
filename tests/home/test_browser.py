"""What only a real browser shows: walks by keyboard and without scripts, large letters."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.axe import STICKS_OUT

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 640}
ENLARGED = (
    "/",
    "/laenderberichte/",
    "/laenderberichte/nw/2026-1/",
    "/suche/",
    "/laender/nordrhein-westfalen/",
    "/arbeitshilfen/sicher-sprechen/",
)


@pytest.fixture
def indexed(make_guide: Callable[..., Any], transactional_db: None) -> None:
    """A guide that the search knows, as publishing it leaves it."""
    make_guide("Fallkonferenzen moderieren", professions=["polizei"], topics=["schutz"])
    make_guide("Sicher sprechen", professions=["justiz"])


def test_search_is_walked_by_keyboard_alone(
    page: Page, live_server: LiveServer, indexed: None
) -> None:
    page.goto(f"{live_server.url}/hilfe/")
    page.get_by_role("link", name="Suche", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#suche")).to_be_focused()
    page.keyboard.type("Fallkonferenz")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Suche")
    expect(page.get_by_role("status").filter(has_text="Treffer")).to_contain_text("1 Treffer")
    choice = page.get_by_role("navigation", name="Auswahl eingrenzen").get_by_role("link").first
    for _ in range(60):
        page.keyboard.press("Tab")
        if choice.evaluate("link => link === document.activeElement"):
            break
    expect(choice).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Treffer")).to_contain_text("eingegrenzt auf")
    hit = page.get_by_role("link", name="Fallkonferenzen moderieren")
    for _ in range(60):
        page.keyboard.press("Tab")
        if hit.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/arbeitshilfen/fallkonferenzen-moderieren/")


def test_search_on_a_phone_without_scripts(
    browser: Browser, live_server: LiveServer, indexed: None
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{live_server.url}/suche/?q=Fallkonferenzn")
    expect(page.get_by_text("Gesucht wurde nach")).to_be_visible()
    choices = page.get_by_role("navigation", name="Auswahl eingrenzen")
    expect(choices).to_be_hidden()
    page.get_by_text("Auswahl eingrenzen").first.click()
    choices.get_by_role("link", name="Polizei").click()
    expect(page.locator(".rows--hits > li")).to_have_count(1)
    context.close()


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until the link of this name has the focus."""
    link = page.get_by_role("link", name=name, exact=True).first
    for _ in range(60):
        page.keyboard.press("Tab")
        if link.is_visible() and link.evaluate("link => link === document.activeElement"):
            return
    raise AssertionError(f"The keyboard does not get to {name}")


def test_menu_is_walked_by_keyboard_on_a_phone(page: Page, live_server: LiveServer) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/hilfe/")
    menu = page.get_by_role("navigation", name="Hauptmenü")
    expect(menu.get_by_role("link").first).to_be_hidden()
    menu.get_by_text("Menü", exact=True).focus()
    page.keyboard.press("Enter")
    _tab_to(page, "Berichte und Pläne")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/berichte-und-plaene/")


def test_choices_are_walked_by_keyboard_on_a_phone(
    page: Page, live_server: LiveServer, indexed: None
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/arbeitshilfen/")
    page.locator(".facets summary").focus()
    page.keyboard.press("Enter")
    _tab_to(page, "Polizei")
    page.keyboard.press("Enter")
    expect(page.locator(".rows__title")).to_have_text(["Fallkonferenzen moderieren"])
    _tab_to(page, "Auswahl aufheben")
    page.keyboard.press("Enter")
    expect(page.locator(".rows__title")).to_have_count(2)


def test_fassungen_are_compared_by_keyboard(
    page: Page, live_server: LiveServer, make_edition: Callable[..., Any]
) -> None:
    make_edition(number=1)
    edition = make_edition(number=2)
    page.goto(live_server.url + edition.get_absolute_url())
    _tab_to(page, "Alle Fassungen")
    page.keyboard.press("Enter")
    _tab_to(page, "Unterschiede zu Fassung 1")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/fassung/2/seit/1/$"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


#: Titles with room for less than half a word, and a way out whose words do not fit.
CROWDED = """() => [
  ...[...document.querySelectorAll(".rows__title")].filter(
    (title) => title.clientWidth < 4 * parseFloat(getComputedStyle(title).fontSize)),
  ...[...document.querySelectorAll("[data-exit]")].filter(
    (link) => link.clientWidth > 1 && link.scrollWidth > link.clientWidth),
].map((element) => element.textContent.trim())"""


@pytest.mark.parametrize("width", [360, 1280])
def test_letters_of_twice_the_size_fit(
    page: Page, live_server: LiveServer, make_edition: Callable[..., Any], indexed: None, width: int
) -> None:
    """The letters grow and the breakpoints stay: harder than any browser's own setting."""
    make_edition()
    page.set_viewport_size({"width": width, "height": 800})
    found = []
    for address in (*ENLARGED, "/hilfe/", "/barrierefreiheit/melden/", "/suche/?q=Fallkonferenz"):
        page.goto(live_server.url + address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if (pixels := page.evaluate(STICKS_OUT)) > 0:
            found.append((address, pixels))
        narrow = page.evaluate(CROWDED)
        found += [(address, text) for text in narrow]
    assert found == []
