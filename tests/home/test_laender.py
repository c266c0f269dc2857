"""The Länder: who coordinates, what is published; unknown is said as unknown."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from klk_workflow.laender import LAENDER
from klk_workflow.models import Office


def test_map_and_table_say_the_same(client: Client, make_edition: Callable[..., Any]) -> None:
    make_edition("nw", number=3)
    page = BeautifulSoup(client.get("/laenderberichte/").content, "html.parser")
    tiles = {tile["href"]: tile.get_text(" ", strip=True) for tile in page.select(".klk-tile a")}
    rows = {row.a["href"]: row.get_text(" ", strip=True) for row in page.select("tbody tr")}
    assert len(tiles) == len(rows) == 16
    assert tiles.keys() == rows.keys()
    said = "Länderbericht 1. Halbjahr 2026, Fassung 3"
    assert said in tiles["/laenderberichte/nw/2026-1/"]
    assert said in rows["/laenderberichte/nw/2026-1/"]
    assert "noch nichts veröffentlicht" in tiles["/laender/bayern/"]
    assert "noch nichts veröffentlicht" in rows["/laender/bayern/"]


def test_each_state_has_a_mark_and_a_word_beside_its_colour(
    client: Client, make_edition: Callable[..., Any]
) -> None:
    make_edition("nw")
    page = BeautifulSoup(client.get("/laenderberichte/").content, "html.parser")
    marks = {tile["class"][1]: tile.i.text for tile in page.select(".klk-tile")}
    legend = page.select(".legend li")
    assert len(set(marks.values())) == len(marks) > 1
    assert all(len(entry.get_text(strip=True)) > 3 for entry in legend)


def test_tiles_stand_where_the_laender_lie(client: Client, db: None) -> None:
    page = BeautifulSoup(client.get("/").content, "html.parser")
    for land in LAENDER.values():
        tile = page.find("a", href=f"/laender/{land.slug}/").parent
        assert {f"klk-tile--r{land.row}", f"klk-tile--c{land.col}"} <= set(tile["class"])


def test_land_shows_offices_and_what_it_published(
    client: Client, make_edition: Callable[..., Any]
) -> None:
    Office.objects.create(
        name="Stelle A", kind="freier-traeger", land="by", website="https://a.test/"
    )
    Office.objects.create(name="Stelle B", kind="ministerium", land="by", carrier="Ministerium X")
    make_edition("by")
    page = client.get("/laender/bayern/").content.decode()
    for words in ("Stelle A", "Stelle B", "Freier Träger", "Ministerium X", "https://a.test/"):
        assert words in page
    assert "nicht bekannt" in page  # the website of the second
    assert 'href="/laenderberichte/by/2026-1/"' in page


def test_unknown_office_is_said_as_unknown(client: Client, db: None) -> None:
    Office.objects.filter(land="hh").delete()
    page = client.get("/laender/hamburg/").content.decode()
    assert "Für Hamburg ist uns keine Koordinierungsstelle bekannt." in page


@pytest.mark.parametrize("address", ["/laender/hamburg/", "/laender/"])
def test_placeholder_is_no_known_office(client: Client, db: None, address: str) -> None:
    Office.objects.create(name="Stelle X", kind="andere-stelle", land="hh", is_placeholder=True)
    page = client.get(address).content.decode()
    assert "Platzhalter" in page
    assert "keine Koordinierungsstelle bekannt" in page
