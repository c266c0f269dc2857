"""The frame around Editions: what the public reads, under which address, for how long."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

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


@pytest.mark.parametrize("part", ["inhalt.json", "zitat.bib", f"dateien/{'a' * 64}/plan.pdf"])
def test_parts_of_a_withdrawn_fassung_are_gone(
    client: Client,
    make_edition: Make,
    make_file: Callable[..., Any],
    withdraw: Callable[[Edition], None],
    part: str,
) -> None:
    edition = make_edition()
    make_file(edition)
    address = f"{edition.permanent_url()}{part}"
    before = client.get(address)
    assert b"".join(before)
    assert before.status_code == 200
    withdraw(edition)
    answer = client.get(address)
    assert answer.status_code == 410
    assert b"nummer" not in b"".join(answer)


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


def test_json_is_the_frozen_text_byte_by_byte(client: Client, make_edition: Make) -> None:
    edition = make_edition(json='{"b":1,"ä":[2]}')
    answer = client.get(f"{edition.permanent_url()}inhalt.json")
    assert answer.content == '{"b":1,"ä":[2]}'.encode()
    assert answer["Content-Type"] == "application/json"


def test_citation_names_offices_fassung_and_permanent_address(
    client: Client, make_edition: Make
) -> None:
    edition = make_edition(offices=["Stelle A & B"])
    bib = client.get(f"{edition.permanent_url()}zitat.bib").content.decode()
    assert "author = {{Stelle A \\& B}}" in bib
    assert f"http://testserver{edition.permanent_url()}" in bib
    assert (
        "Fassung 1. Hrsg.: KLK, 12. November 2026."
        in client.get(edition.get_absolute_url()).content.decode()
    )


def test_file_is_served_under_its_own_name_only(
    client: Client, make_edition: Make, make_file: Callable[..., Any]
) -> None:
    edition = make_edition()
    file = make_file(edition, "seite.html", "text/html")
    address = f"{edition.permanent_url()}dateien/{file.sha256}"
    answer = client.get(f"{address}/seite.html")
    assert b"".join(answer) == b"%PDF"
    assert answer["Content-Disposition"].startswith("attachment")
    assert client.get(f"{address}/anders.html").status_code == 404
    again = client.get(f"{address}/seite.html", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_versions_are_linked_for_machines(client: Client, make_edition: Make) -> None:
    first = make_edition(number=1)
    make_edition(number=2)
    links = client.get(first.permanent_url())["Link"]
    assert '</laenderberichte/nw/2026-1/fassung/2/>; rel="successor-version"' in links
    assert '</laenderberichte/nw/2026-1/>; rel="latest-version"' in links
    assert 'rel="version-history"' in links


def test_proof_names_steps_and_offices(client: Client, make_edition: Make) -> None:
    page = client.get(make_edition().get_absolute_url()).content.decode()
    assert "So wurde freigegeben" in page
    assert "Freigabe, Stelle HE" in page
    assert "0000 0000 0000" in page


def test_number_of_queries_does_not_grow(client: Client, make_edition: Make) -> None:
    addresses = ("/laenderberichte/", "/laenderberichte/nw/2026-1/", "/berichte-und-plaene/")
    make_edition()
    before = {address: _queries(client, address) for address in addresses}
    for land in ("be", "bb", "hb", "hh", "he", "mv", "ni", "rp", "sl", "sn", "st", "sh", "th"):
        make_edition(land)
    make_edition(number=2)
    after = {address: _queries(client, address) for address in addresses}
    assert before == after
    assert max(after.values()) <= 6


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
