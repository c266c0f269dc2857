"""The frame around Editions: what the public reads, under which address, for how long."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from klk_workflow.laender import LAENDER
from klk_workflow.models import Edition

Make = Callable[..., Edition]


def test_current_address_shows_the_newest_fassung(client: Client, make_edition: Make) -> None:
    make_edition(number=1)
    make_edition(number=2, note="Zahlen ergänzt.")
    page = client.get("/laenderberichte/nw/2026-1/").content.decode()
    assert "Wort2" in page
    assert "Wort1" not in page
    assert "Zahlen ergänzt." in page


def test_permanent_address_stays_and_says_that_there_is_a_newer_one(
    client: Client, make_edition: Make
) -> None:
    make_edition(number=1)
    make_edition(number=2)
    page = client.get("/laenderberichte/nw/2026-1/fassung/1/").content.decode()
    assert "Wort1" in page
    assert "Es gibt eine neuere Fassung." in page
    current = client.get("/laenderberichte/nw/2026-1/fassung/2/").content.decode()
    assert "Es gibt eine neuere Fassung." not in current


@pytest.mark.parametrize("tail", ["", "fassung/2/"])
def test_withdrawn_fassung_is_gone_and_no_older_one_takes_its_place(
    client: Client, make_edition: Make, withdraw: Callable[[Edition], None], tail: str
) -> None:
    make_edition(number=1)
    withdraw(make_edition(number=2))
    answer = client.get(f"/laenderberichte/nw/2026-1/{tail}")
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "Ein Ort war genannt." in page
    assert "Wort" not in page
    older = client.get("/laenderberichte/nw/2026-1/fassung/1/")
    assert older.status_code == 200
    assert "Die neuere Fassung 2 wurde zurückgezogen." in older.content.decode()


def test_archived_leaves_the_list_and_keeps_its_address(client: Client, make_edition: Make) -> None:
    make_edition(is_archived=True)
    assert "Nordrhein-Westfalen</a></h2>" not in client.get("/laenderberichte/").content.decode()
    page = client.get("/laenderberichte/nw/2026-1/")
    assert page.status_code == 200
    assert "Archiviert." in page.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/laenderberichte/nw/2026-1/",
        "/laenderberichte/nw/",
        "/laenderberichte/nw/2026-1/fassung/9/",
        "/laenderberichte/nw/2026-1/fassung/9/inhalt.json",
        "/laender/atlantis/",
        "/stellungnahmen/",
    ],
)
def test_unknown_is_not_found(client: Client, db: None, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht" in answer.content.decode()


def test_proof_names_steps_and_offices(client: Client, make_edition: Make) -> None:
    page = client.get(make_edition().get_absolute_url()).content.decode()
    assert "So wurde freigegeben" in page
    assert "Freigabe, Stelle HE" in page
    assert "0000 0000 0000" in page


def test_a_line_to_cite_and_bibtex_stand_on_the_page(
    client: Client, make_edition: Make, settings: Any
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://klk.example"
    edition = make_edition(offices=["Stelle A & B"])
    page = client.get(edition.get_absolute_url()).content.decode()
    address = "https://klk.example/laenderberichte/nw/2026-1/fassung/1/"
    assert "Fassung 1. Hrsg.: KLK, 12. November 2026." in page
    assert f">{address}</a>" in page
    assert "author = {{Stelle A \\&amp; B}}" in page
    assert f"url = {{{address}}}" in page


def test_the_pdf_is_offered_with_its_size_once_it_is_there(
    client: Client, make_edition: Make, make_pdf: Callable[..., Any]
) -> None:
    edition = make_edition()
    assert "fassung.pdf" not in client.get(edition.get_absolute_url()).content.decode()
    make_pdf(edition)
    page = client.get(edition.get_absolute_url()).content.decode()
    assert f'href="{edition.permanent_url()}fassung.pdf"' in page
    assert "PDF, barrierefrei (212 kB)" in page


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_versions_are_linked_for_machines(
    client: Client, make_edition: Make, withdraw: Callable[[Edition], None], is_withdrawn: bool
) -> None:
    make_edition(number=1)
    second = make_edition(number=2)
    make_edition(number=3)
    if is_withdrawn:
        second.refresh_from_db()
        withdraw(second)
    folder = "/laenderberichte/nw/2026-1/"
    assert client.get(second.permanent_url())["Link"].split(", ") == [
        f'<{folder}>; rel="latest-version"',
        f'<{folder}#fassungen>; rel="version-history"',
        f'<{folder}fassung/1/>; rel="predecessor-version"',
        f'<{folder}fassung/3/>; rel="successor-version"',
    ]


def test_another_design_changes_the_frame_and_not_the_text(
    client: Client, make_edition: Make, tmp_path: Any, settings: Any
) -> None:
    """Today's template is another one; the frozen text, JSON and their validators stay."""
    edition = make_edition()
    before = client.get(edition.permanent_url())
    content = client.get(f"{edition.permanent_url()}inhalt.json")
    folder = tmp_path / "home" / "parts"
    folder.mkdir(parents=True)
    (folder / "proof.html").write_text("<p>Neuer Rahmen</p>")
    templates = settings.TEMPLATES
    settings.TEMPLATES = [templates[0] | {"DIRS": [tmp_path, *templates[0]["DIRS"]]}]
    cache.clear()
    validators = {
        "If-None-Match": before["ETag"],
        "If-Modified-Since": before["Last-Modified"],
    }
    after = client.get(edition.permanent_url(), headers=validators)
    assert after.status_code == 200
    assert "Neuer Rahmen" in after.content.decode()
    for answer in (before, after):
        assert edition.html in answer.content.decode()
    again = client.get(f"{edition.permanent_url()}inhalt.json")
    assert (again.content, again["ETag"]) == (content.content, content["ETag"])


def test_number_of_queries_does_not_grow(client: Client, make_edition: Make) -> None:
    addresses = ("/laenderberichte/", "/laenderberichte/nw/2026-1/", "/berichte-und-plaene/")
    make_edition()
    before = {address: _queries(client, address) for address in addresses}
    for land in ("be", "bb", "hb", "hh", "he", "mv", "ni", "rp", "sl", "sn", "st", "sh", "th"):
        make_edition(land)
    make_edition(number=2)
    after = {address: _queries(client, address) for address in addresses}
    assert before == after
    assert max(after.values()) <= 10


def test_long_list_has_a_second_page(client: Client, make_edition: Make) -> None:
    for land in LAENDER:
        make_edition(land)
        make_edition(land, period="2025-2")
    first = client.get("/laenderberichte/").content
    second = client.get("/laenderberichte/?seite=2").content
    assert first.count(b'class="rows__title"') == 20
    assert second.count(b'class="rows__title"') == 12
    assert b'href="?seite=2"' in first
    assert b"32 ver" in first


def _queries(client: Client, address: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_lists_of_editions_are_narrowed_down_by_land_and_period(
    client: Client, make_edition: Make
) -> None:
    for land, period in (("nw", "1. Halbjahr 2026"), ("nw", "2. Halbjahr 2025"), ("by", "")):
        make_edition(land, period=f"{land}{period[-1:]}", period_label=period)
    page = client.get("/laenderberichte/").content.decode()
    assert _counts(page) == {
        "?land=by": "1",
        "?land=nw": "2",
        "?zeitraum=1.+Halbjahr+2026": "1",
        "?zeitraum=2.+Halbjahr+2025": "1",
    }
    assert page.index("Halbjahr+2026") < page.index("Halbjahr+2025")
    narrowed = client.get("/laenderberichte/?land=nw&zeitraum=1.+Halbjahr+2026").content.decode()
    assert "1 veröffentlicht" in narrowed
    rows = BeautifulSoup(narrowed, "html.parser").select(".rows__title a")
    assert [row["href"] for row in rows] == ["/laenderberichte/nw/nw6/"]
    overview = client.get("/berichte-und-plaene/?land=nw").content.decode()
    assert "/laenderberichte/nw/nw5/" in overview
    assert 'href="/laenderberichte/?land=nw"' in overview
    assert "Alle Länderberichte (2)" in overview
    assert "Dazu ist noch nichts veröffentlicht." in overview  # no plan of this Land


def _counts(page: str) -> dict[str, str]:
    """The number beside each link of the facets."""
    facets = BeautifulSoup(page, "html.parser").select(".facet li")
    return {option.a["href"]: option.select_one(".facet__count").text for option in facets}


def test_the_proof_is_there_in_full_with_the_way_to_check_it(
    client: Client, make_edition: Make
) -> None:
    edition = make_edition(head="c" * 64)
    page = client.get(edition.permanent_url()).content.decode()
    for whole in (edition.digest, edition.head):
        assert f'<dd class="hash">{whole}</dd>' in page
    link = re.search(r'href="([^"]+#nachrechnen)"', page)
    assert link
    assert 'id="nachrechnen"' in client.get(link[1].partition("#")[0]).content.decode()


def test_a_locked_fassung_is_called_so_in_the_list(client: Client, make_edition: Make) -> None:
    edition = make_edition(is_removed=True, withdrawn_at=timezone.now())
    page = client.get(edition.permanent_url())
    assert page.status_code == 410
    assert "· gesperrt" in page.content.decode()
