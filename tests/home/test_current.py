"""News and events: lists, the calendar file, what is over or cancelled."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.models import EventIndexPage, EventPage, HomePage, NewsIndexPage, NewsPage

NOW = timezone.now().replace(microsecond=0)


@pytest.fixture
def make_event(home_page: HomePage) -> Callable[..., EventPage]:
    """A function that publishes an event."""
    index = home_page.add_child(instance=EventIndexPage(title="Termine", slug="termine"))

    def make(title: str = "Fachtag", days: int = 7, **fields: Any) -> EventPage:
        starts = NOW + timedelta(days=days)
        values = {"summary": "Kurz.", "place": "Kassel", "starts": starts}
        values |= {"ends": starts + timedelta(hours=2)} | fields
        page = index.add_child(instance=EventPage(title=title, **values))
        page.save_revision().publish()
        return page

    return make


@pytest.fixture
def make_news(home_page: HomePage) -> Callable[..., NewsPage]:
    """A function that publishes a piece of news."""
    index = home_page.add_child(instance=NewsIndexPage(title="Meldungen", slug="meldungen"))

    def make(title: str = "Neues", **fields: Any) -> NewsPage:
        page = index.add_child(instance=NewsPage(title=title, summary="Kurz.", **fields))
        page.save_revision().publish()
        return page

    return make


def _titles(client: Client, section: str) -> list[str]:
    page = BeautifulSoup(client.get("/termine/").content, "html.parser")
    return [link.get_text() for link in page.select(f"[aria-labelledby={section}] h3 a")]


def test_what_is_ahead_stands_before_what_has_been(
    client: Client, make_event: Callable[..., EventPage]
) -> None:
    for title, days in (("Später", 30), ("Bald", 2), ("Lange her", -40), ("Eben", -1)):
        make_event(title, days)
    assert _titles(client, "kommend") == ["Bald", "Später"]
    assert _titles(client, "vorbei") == ["Eben", "Lange her"]


def test_nothing_ahead_is_said(client: Client, make_event: Callable[..., EventPage]) -> None:
    make_event("Eben", -1)
    assert "Zurzeit ist nichts angekündigt." in client.get("/termine/").content.decode()
    assert "Nächste Termine" not in client.get("/").content.decode()


def test_calendar_names_each_event_for_ever(
    client: Client, make_event: Callable[..., EventPage]
) -> None:
    event = make_event("Tag; mit, Zeichen", summary="Zeile eins\nZeile zwei " + "ü" * 90)
    answer = client.get("/termine/kalender/")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = text.replace("\r\n ", "").split("\r\n")
    assert r"SUMMARY:Tag\; mit\, Zeichen" in lines
    assert r"DESCRIPTION:Zeile eins\nZeile zwei " + "ü" * 90 in lines
    assert f"DTSTART:{event.starts:%Y%m%dT%H%M%SZ}" in lines
    name = next(line for line in lines if line.startswith("UID:"))
    event.title, event.slug = "Anders", "anders"
    event.save_revision().publish()
    cache.clear()
    assert name in client.get("/termine/anders/kalender/").content.decode()


def test_cancelled_event_stays_as_cancelled(
    client: Client, make_event: Callable[..., EventPage]
) -> None:
    event = make_event(is_cancelled=True, registration="https://anmeldung.test/")
    assert "STATUS:CANCELLED" in client.get("/termine/kalender/").content.decode()
    page = client.get(event.url).content.decode()
    assert "Dieser Termin ist abgesagt." in page
    assert "anmeldung.test" not in page
    assert "Nächste Termine" not in client.get("/").content.decode()


def test_end_before_beginning_is_refused(make_event: Callable[..., EventPage]) -> None:
    event = make_event()
    event.ends = event.starts - timedelta(hours=1)
    with pytest.raises(ValidationError, match="Das Ende liegt vor dem Beginn"):
        event.clean()


def test_times_are_those_of_germany(client: Client, make_event: Callable[..., EventPage]) -> None:
    berlin = timezone.get_default_timezone()
    starts = datetime(2027, 7, 1, 23, 30, tzinfo=berlin)
    one = make_event("Abend", starts=starts, ends=starts + timedelta(minutes=20))
    page = client.get(one.url).content.decode()
    assert "Donnerstag, 1. Juli 2027, 23:30 bis 23:50 Uhr" in page
    two = make_event("Nacht", starts=starts, ends=starts + timedelta(hours=2))
    assert "bis Freitag, 2. Juli 2027, 01:30 Uhr" in client.get(two.url).content.decode()


def test_news_stand_in_their_list_and_on_the_start_page(
    client: Client, make_news: Callable[..., NewsPage]
) -> None:
    make_news("Alt", on=date(2026, 1, 2))
    page = make_news("Neu", on=date(2026, 3, 4))
    shown = BeautifulSoup(client.get("/meldungen/").content, "html.parser")
    assert [link.get_text() for link in shown.select(".rows a")] == ["Neu", "Alt"]
    assert f'href="{page.url}"' in client.get("/").content.decode()
    assert "4. März 2026" in client.get(page.url).content.decode()


def test_queries_do_not_grow(
    client: Client,
    make_event: Callable[..., EventPage],
    make_news: Callable[..., NewsPage],
) -> None:
    addresses = ("/", "/termine/", "/termine/kalender/", "/meldungen/")
    make_event()
    make_event(days=-7)
    make_news()
    before = [_queries(client, address) for address in addresses]
    for number in range(8):
        make_event(f"Termin {number}", number - 4)
        make_news(f"Meldung {number}")
    assert [_queries(client, address) for address in addresses] == before
    assert max(before) <= 21


def _queries(client: Client, address: str) -> int:
    client.get(address)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
