"""Leaving at once: what GOV.UK found to be wrong with its button is asked of ours."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser
WAY_OUT = "https://wetter.invalid/"
PHONE = {"width": 360, "height": 640}


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
    expect(page.locator("[data-exit-status]")).to_be_empty()
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


def test_shift_on_the_left_and_on_the_right_count_together(reader: Page) -> None:
    for key in ("ShiftRight", "ShiftLeft", "ShiftRight"):
        reader.keyboard.press(key)
    expect(reader).to_have_title("Wetter")


def test_each_press_is_told_and_seen(reader: Page) -> None:
    status, dots = reader.locator("[data-exit-status]"), reader.locator("[data-exit-dots]")
    expect(dots).to_be_hidden()
    reader.keyboard.press("Shift")
    expect(status).to_contain_text("noch zweimal")
    expect(dots).to_be_visible()
    reader.keyboard.press("Shift")
    expect(status).to_contain_text("Noch einmal")
    reader.keyboard.press("a")
    expect(status).to_contain_text("abgebrochen")
    expect(dots).to_be_hidden()


def test_a_held_shift_is_one_press(reader: Page) -> None:
    for _ in range(5):
        reader.keyboard.down("Shift")
    reader.keyboard.up("Shift")
    expect(reader.locator("[data-exit-status]")).to_contain_text("noch zweimal")


def test_shift_while_typing_a_search_does_not_leave(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/suche/#suche")
    for _ in range(4):
        page.keyboard.press("Shift")
    page.keyboard.type("GEWALT")
    expect(page.locator("#suche")).to_have_value("GEWALT")
    assert "/suche/" in page.url
    expect(page.locator("[data-exit-status]")).to_be_empty()


def test_way_out_stays_in_sight_when_scrolled(reader: Page) -> None:
    reader.goto(reader.url.replace("hilfe", "spuren-vermeiden"))
    reader.evaluate("scrollTo({top: 500, behavior: 'instant'})")
    assert reader.evaluate("scrollY") == 500
    expect(reader.locator(".way-out__exit")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(
    "size",
    [
        PHONE,
        {"width": 320, "height": 256},
        {"width": 640, "height": 400},
        {"width": 1000, "height": 400},
    ],
)
def test_way_out_stays_in_sight_on_a_phone_and_zoomed(
    browser: Browser, live_server: LiveServer, size: Any
) -> None:
    """1280 by 1024 pixels at 400 % are 320 by 256; at 200 % of 800 they are 640 by 400."""
    context = browser.new_context(viewport=size)
    page = context.new_page()
    _play_weather(page)
    page.goto(f"{live_server.url}/spuren-vermeiden/")
    page.evaluate("scrollTo({top: 500, behavior: 'instant'})")
    expect(page.locator(".way-out__exit")).to_be_in_viewport(ratio=1)
    page.locator(".way-out__exit").click()
    expect(page).to_have_title("Wetter")
    context.close()


def test_leaving_adds_no_entry_and_does_not_say_where_from(reader: Page) -> None:
    for _ in range(3):
        reader.keyboard.press("Shift")
    expect(reader).to_have_title("Wetter")
    assert reader.evaluate("history.length") == 3  # blank, Länder, weather
    assert reader.evaluate("document.referrer") == ""
