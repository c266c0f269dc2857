"""What only a real browser shows: the way out, search by keyboard and without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser
WAY_OUT = "https://wetter.invalid/"


@pytest.fixture(autouse=True)
def _way_out(settings: Any) -> None:
    settings.KLK_EXIT_URL = WAY_OUT


@pytest.fixture
def reader(page: Page, live_server: LiveServer) -> Page:
    """A reader on the help page, who came from the start page; the weather is played here."""
    _play_weather(page)
    page.goto(f"{live_server.url}/laender/")
    page.goto(f"{live_server.url}/hilfe/")
    return page


def _play_weather(page: Page) -> None:
    def answer(route: Route) -> None:
        route.fulfill(body="<title>Wetter</title>Sonne", content_type="text/html")

    page.route(f"{WAY_OUT}**", answer)


def test_way_out_replaces_the_page_in_the_history(reader: Page) -> None:
    reader.locator(".way-out__exit").click()
    expect(reader).to_have_title("Wetter")
    reader.go_back()
    expect(reader).not_to_have_url("**/hilfe/")
    assert "/laender/" in reader.url


def test_page_is_blank_before_the_other_one_is_there(reader: Page) -> None:
    seen = reader.evaluate(
        """() => {
            document.querySelector(".way-out__exit").click();
            const main = getComputedStyle(document.querySelector("main"));
            return [main.visibility, document.title];
        }"""
    )
    assert seen == ["hidden", "…"]


def test_shift_three_times_leaves_left_and_right_mixed(reader: Page) -> None:
    for key in ("ShiftLeft", "ShiftRight"):
        reader.keyboard.press(key)
    expect(reader.locator("[data-exit-status]")).to_contain_text("Noch einmal")
    reader.keyboard.press("ShiftLeft")
    expect(reader).to_have_title("Wetter")


def test_shift_to_go_backwards_or_to_write_capitals_does_not_leave(reader: Page) -> None:
    for _ in range(4):
        reader.keyboard.press("Shift+Tab")
    assert "/hilfe/" in reader.url
    expect(reader.locator("[data-exit-status]")).to_be_empty()


def test_shift_in_a_field_does_not_leave(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/konto/anmelden/")
    page.locator("[name=login]").focus()
    for _ in range(4):
        page.keyboard.press("Shift")
    assert "/konto/anmelden/" in page.url


def test_shift_too_slowly_starts_over(reader: Page) -> None:
    reader.clock.install()
    reader.reload()
    reader.keyboard.press("Shift")
    reader.keyboard.press("Shift")
    reader.clock.run_for(5_100)
    expect(reader.locator("[data-exit-status]")).to_contain_text("abgebrochen")
    reader.keyboard.press("Shift")
    assert "/hilfe/" in reader.url


def test_keyboard_reaches_the_way_out_second(reader: Page) -> None:
    reader.keyboard.press("Tab")
    expect(reader.locator(":focus")).to_have_text("Zum Inhalt")
    reader.keyboard.press("Tab")
    expect(reader.locator(":focus")).to_have_text("Seite verlassen")
    expect(reader.locator(":focus")).to_be_in_viewport()
    reader.keyboard.press("Enter")
    expect(reader).to_have_title("Wetter")


def test_without_scripts_the_way_out_is_a_link(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    _play_weather(page)
    page.goto(f"{live_server.url}/hilfe/")
    page.locator(".way-out__exit").click()
    expect(page).to_have_title("Wetter")
    context.close()


def test_on_a_phone_the_way_out_stays_and_covers_nothing(
    browser: Browser, live_server: LiveServer
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{live_server.url}/spuren-vermeiden/")
    page.keyboard.press("End")
    page.wait_for_timeout(600)
    bar = page.locator(".way-out").bounding_box()
    last = page.locator(".foot a").last.bounding_box()
    assert bar["y"] + bar["height"] == pytest.approx(640, abs=1)
    assert bar["height"] < 90
    assert last["y"] + last["height"] <= bar["y"]
    context.close()


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
