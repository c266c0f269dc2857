"""The member area's own pages, as axe sees them."""

import re
from collections import deque
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.axe import findings
from tests.crawl import LINK, body, plain_addresses
from tests.world import TYPES, World

pytestmark = pytest.mark.browser

#: What Wagtail's own widgets are found to do: the rule, and a part of the widget's HTML.
WAGTAILS = (
    ("aria-input-field-name", "public-DraftEditor-content"),  # the text editor has no name
    ("scrollable-region-focusable", 'id="main"'),  # the frame scrolls, on pages without a link
    ("color-contrast", "w-header-button"),  # buttons in the head of a list, in dark
)
NO_PAGES = re.compile(r"/(dateien|bilder|word)/")
PEOPLE = ("nw", "pruefung", "freigabe", "redaktion", "admin")


@pytest.fixture
def world(live_server: LiveServer) -> World:
    """Documents that wait for each kind of person, one of them in its second Fassung."""
    world = World()
    for type_key in TYPES:
        world.second_fassung(world.document(type_key, "veroeffentlicht"))
    for nth, state in enumerate(
        ("entwurf", "in_ueberarbeitung", "eingereicht", "geprueft", "freigegeben"), start=1
    ):
        world.bring(world.document("laenderbericht", "entwurf", nth=nth), state)
    return world


def _is_own(address: str) -> bool:
    try:
        view = resolve(address).func
    except Resolver404:
        return False
    owner = getattr(view, "view_class", view)
    ours = ("klk_workflow", "home.wagtail_hooks")
    return owner.__module__.startswith(ours) or address == "/admin/"


def _pages(client: Client, seen: set[str]) -> Iterator[str]:
    """The first address that shows each template of ours, links followed from the menu's pages."""
    lists = [f"/admin/dokumente/{type_key}/" for type_key in TYPES]
    queue, asked = deque([*plain_addresses(), *lists]), set[str]()
    while queue:
        address = queue.popleft()
        kind = re.sub(r"\d+", "0", address)
        if kind in asked or NO_PAGES.search(address) or not _is_own(address):
            continue
        asked.add(kind)
        response = client.get(address)
        queue.append(response.headers.get("Location", ""))
        if response.status_code != 200 or "html" not in response.headers["Content-Type"]:
            continue
        names = {template.name or "" for template in response.templates}
        ours = {name for name in names if name.startswith(("klk_workflow/", "home/admin/"))}
        if ours - seen:
            yield address
        seen |= ours
        queue += [link.split("#")[0].split("?")[0] for link in LINK.findall(body(response))]


def _sign_in(browser: Browser, base: str, client: Client) -> Page:
    context = browser.new_context()
    context.add_cookies(
        [
            {"name": name, "value": morsel.value, "url": base}
            for name, morsel in client.cookies.items()
        ]
    )
    return context.new_page()


def test_nothing_is_found_on_our_pages(
    browser: Browser, live_server: LiveServer, world: Any
) -> None:
    found, seen, looked = [], set[str](), 0
    for who in PEOPLE:
        client = Client()
        client.force_login(world.people[who])
        page = _sign_in(browser, live_server.url, client)
        for address in list(_pages(client, seen)):
            page.goto(live_server.url + address, wait_until="load")
            found += [(who, address, finding) for finding in findings(page, WAGTAILS)]
            looked += 1
        page.context.close()
    assert looked > 20
    assert found == []
