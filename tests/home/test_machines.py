"""What programs get: feeds, sitemap, structured data, the small text files."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
import yaml
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone
from icalendar import Calendar

from home.models import EventIndexPage, EventPage, HomePage

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ROOT = Path(__file__).parent.parent.parent
Make = Callable[..., Any]


def _feed(client: Client, query: str = "") -> Any:
    answer = client.get(f"/feed/{query}")
    assert answer["Content-Type"].startswith("application/atom+xml")
    found = feedparser.parse(answer.content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_feed_holds_all_that_is_new(client: Client, make_edition: Make, make_guide: Make) -> None:
    make_edition(number=1)
    make_edition(number=2)
    make_guide("Sicher sprechen")
    found = _feed(client)
    assert {entry.title for entry in found.entries} == {
        "Sicher sprechen",
        "Länderbericht Nordrhein-Westfalen, Fassung 1",
        "Länderbericht Nordrhein-Westfalen, Fassung 2",
    }
    assert len({entry.id for entry in found.entries}) == 3
    assert all(entry.link.startswith("http") and entry.summary for entry in found.entries)
    assert found.feed.author


def test_withdrawn_fassung_keeps_its_name_and_says_why(
    client: Client, make_edition: Make, withdraw: Make
) -> None:
    edition = make_edition()
    before = _feed(client).entries[0]
    withdraw(edition)
    after = _feed(client).entries[0]
    assert after.id == before.id
    assert after.title.startswith("Zurückgezogen: ")
    assert after.summary == "Ein Ort war genannt."
    assert after.updated_parsed > before.updated_parsed


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?art=laenderberichte", {"Länderbericht Bayern, Fassung 1"}),
        ("?art=arbeitshilfen", {"Für die Justiz", "Für alle"}),
        ("?land=by", {"Länderbericht Bayern, Fassung 1", "Für die Justiz"}),
        ("?beruf=justiz", {"Für die Justiz"}),
        ("?thema=schutz&art=arbeitshilfen", {"Für alle"}),
        ("?art=meldungen", set()),
        ("?art=unbekannt", {"Länderbericht Bayern, Fassung 1", "Für die Justiz", "Für alle"}),
    ],
)
def test_feed_of_one_kind_land_profession_or_topic(
    client: Client, make_edition: Make, make_guide: Make, query: str, titles: set[str]
) -> None:
    make_edition("by")
    make_guide("Für die Justiz", professions=["justiz"], land="by")
    make_guide("Für alle", topics=["schutz"])
    assert {entry.title for entry in _feed(client, query).entries} == titles


def test_queries_of_a_feed_do_not_grow(
    client: Client, make_edition: Make, make_guide: Make
) -> None:
    make_edition()
    make_guide()
    before = _queries(client, "/feed/"), _queries(client, "/katalog.jsonld")
    for number in range(6):
        make_guide(f"Hilfe {number}")
        make_edition(period=f"20{number}-1")
    assert (_queries(client, "/feed/"), _queries(client, "/katalog.jsonld")) == before


def _queries(client: Client, address: str) -> int:
    client.get(address)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_calendar_is_read_by_calendar_programs(client: Client, home_page: HomePage) -> None:
    index = home_page.add_child(instance=EventIndexPage(title="Termine", slug="termine"))
    starts = datetime(2027, 2, 18, 9, 30, tzinfo=timezone.get_default_timezone())
    event = EventPage(
        title="Fachtag, Teil 1",
        summary="Erst;\ndann",
        starts=starts,
        ends=starts + timedelta(hours=7),
        place="Kassel",
    )
    index.add_child(instance=event).save_revision().publish()
    (found,) = Calendar.from_ical(client.get("/termine/kalender/").content).walk("VEVENT")
    assert found["SUMMARY"] == "Fachtag, Teil 1"
    assert found["DESCRIPTION"] == "Erst;\ndann"
    assert found.decoded("DTSTART") == starts
    assert found["STATUS"] == "CONFIRMED"
    assert found["UID"]


def _data(client: Client, address: str) -> dict[str, dict[str, Any]]:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    blocks = [json.loads(tag.string) for tag in page.select("[type='application/ld+json']")]
    assert all(block["@context"] == "https://schema.org" for block in blocks)
    return {block["@type"]: block for block in blocks}


def test_report_is_described_for_search_engines(client: Client, make_edition: Make) -> None:
    edition = make_edition(title="Bericht </script> & mehr")
    report = _data(client, edition.permanent_url())["Report"]
    assert report["headline"] == "Bericht </script> & mehr"
    assert datetime.fromisoformat(report["datePublished"]) == edition.published_at
    assert report["author"] == [{"@type": "Organization", "name": "Stelle NW"}]
    way = _data(client, edition.permanent_url())["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in way] == [1, 2, 3, 4]
    assert all(step["name"] and step["item"].startswith("http") for step in way)


def test_event_is_described_for_search_engines(client: Client, home_page: HomePage) -> None:
    index = home_page.add_child(instance=EventIndexPage(title="Termine", slug="termine"))
    values = {"summary": "Kurz.", "starts": timezone.now(), "ends": timezone.now()}
    for place in ("Kassel", "online"):
        event = index.add_child(instance=EventPage(title=place, place=place, **values))
        data = _data(client, event.url)["Event"]
        assert {"name", "startDate", "location", "eventStatus"} <= data.keys()
        kinds = {"Kassel": "Place", "online": "VirtualLocation"}
        assert data["location"]["@type"] == kinds[place]


def test_pages_for_those_affected_tell_programs_nothing(client: Client, db: None) -> None:
    for address in ("/hilfe/", "/spuren-vermeiden/"):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        assert page.select("[property], [name=description], [type='application/ld+json']") == []


def test_no_page_has_a_picture_for_previews(
    client: Client, make_edition: Make, make_guide: Make
) -> None:
    for address in ("/", make_edition().get_absolute_url(), make_guide().url):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        assert page.select_one("[property='og:title']")["content"]
        assert page.select("[property='og:image'], [name='twitter:image']") == []


def test_sitemap_names_every_kind_of_page_once(
    client: Client, make_edition: Make, make_guide: Make
) -> None:
    edition, guide = make_edition(), make_guide()
    answer = client.get("/sitemap.xml")
    places = [tag.text for tag in ET.fromstring(answer.content).iter(f"{SITEMAP}loc")]
    assert len(places) == len(set(places))
    ends = (edition.get_absolute_url(), guide.url, "/laender/bayern/", "/impressum/", "/")
    assert all(any(place.endswith(end) for place in places) for end in ends)
    assert not any("/fassung/" in place for place in places)
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in robots
    assert robots.strip().endswith("/sitemap.xml")


@override_settings(KLK_OPERATOR_EMAIL="stelle@betreiber.test")
def test_security_contact_expires_in_time(client: Client, db: None) -> None:
    text = client.get("/.well-known/security.txt").content.decode()
    lines = dict(line.split(": ", 1) for line in text.splitlines())
    assert lines["Contact"] == "mailto:stelle@betreiber.test"
    expires = datetime.fromisoformat(lines["Expires"])
    assert timedelta(0) < expires - datetime.now(UTC) < timedelta(days=365)


def test_publiccode_names_what_catalogues_ask_for() -> None:
    said = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
    needed = {"publiccodeYmlVersion", "name", "platforms", "developmentStatus"}
    needed |= {"softwareType", "description", "legal", "maintenance", "localisation"}
    assert needed <= said.keys()
    assert "example" not in str(said)
    assert 150 <= len(said["description"]["de"]["longDescription"]) <= 10_000
    assert len(said["description"]["de"]["shortDescription"]) <= 150
