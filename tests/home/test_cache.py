"""The page cache: quick, and never out of date."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from home import cache as page_cache
from home.models import GuidePage, HomePage, RelatedMaterial, StandardPage
from klk_workflow import reading
from klk_workflow.extending import switches
from klk_workflow.registry import registry

ADDRESS = "/laenderberichte/nw/2026-1/"


def test_second_answer_asks_no_database(client: Client, make_edition: Callable[..., Any]) -> None:
    make_edition()
    first = client.get(ADDRESS)
    with CaptureQueriesContext(connection) as queries:
        second = client.get(ADDRESS)
    assert len(queries) == 0
    assert second.content == first.content
    assert second.headers == first.headers


def test_unchanged_page_is_not_sent_again(client: Client, make_edition: Callable[..., Any]) -> None:
    make_edition()
    first = client.get(ADDRESS)
    again = client.get(ADDRESS, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_day_of_a_text_says_nothing_about_its_frame(
    client: Client, make_edition: Callable[..., Any]
) -> None:
    """A browser that asks by the day only gets today's frame, with its notices."""
    make_edition()
    day = client.get(ADDRESS)["Last-Modified"]
    assert client.get(ADDRESS, headers={"If-Modified-Since": day}).status_code == 200


def test_compressed_for_those_who_can(client: Client, make_edition: Callable[..., Any]) -> None:
    make_edition()
    plain = client.get(ADDRESS)
    packed = client.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2
    assert "Accept-Encoding" in plain["Vary"]


@pytest.mark.parametrize("change", ["edition", "publish", "unpublish", "move", "delete"])
def test_every_publish_empties_the_cache(
    client: Client,
    home_page: HomePage,
    make_guide: Callable[..., GuidePage],
    django_capture_on_commit_callbacks: Any,
    change: str,
) -> None:
    guide = make_guide("Alt")
    client.get("/")
    assert _is_kept(client)
    with django_capture_on_commit_callbacks(execute=True):
        if change == "edition":
            reading.editions_changed.send(sender=None, paths={"laenderberichte/nw/2026-1"})
        elif change == "publish":
            guide.save_revision().publish()
        elif change == "unpublish":
            guide.unpublish()
        elif change == "move":
            guide.move(home_page.get_children().get(slug="publikationen"))
        else:
            guide.delete()
    assert not _is_kept(client)


def _kept(client: Client, addresses: list[str]) -> set[str]:
    return {address for address in addresses if _is_kept(client, address)}


def test_publishing_a_report_changes_its_pages_and_throws_nothing_else_away(
    client: Client,
    make_edition: Callable[..., Any],
    make_guide: Callable[..., GuidePage],
    django_capture_on_commit_callbacks: Any,
) -> None:
    make_edition("nw")
    make_edition("by")
    guide = make_guide()
    concerned = [
        "/",
        "/laender/",
        "/laender/nordrhein-westfalen/",
        "/berichte-und-plaene/",
        "/laenderberichte/",
        ADDRESS,
        f"{ADDRESS}fassung/1/",
        "/feed/",
        "/feed/?land=nw",
        "/katalog.jsonld",
        "/sitemap.xml",
    ]
    others = [
        "/laender/bayern/",
        "/aktionsplaene/",
        "/laenderberichte/by/2026-1/",
        guide.url,
        "/arbeitshilfen/",
        "/hilfe/",
        "/impressum/",
        "/robots.txt",
    ]
    for address in [*concerned, *others]:
        client.get(address)
    assert _kept(client, [*concerned, *others]) == {*concerned, *others}
    with django_capture_on_commit_callbacks(execute=True):
        reading.editions_changed.send(sender=None, paths={"laenderberichte/nw/2026-1"})
    assert _kept(client, others) == set(others)
    assert _kept(client, concerned) == set()


def test_publishing_a_page_changes_what_shows_or_names_it(
    client: Client,
    make_edition: Callable[..., Any],
    make_guide: Callable[..., GuidePage],
    django_capture_on_commit_callbacks: Any,
) -> None:
    make_edition("nw")
    changed, naming, other = (make_guide(title) for title in ("Eins", "Zwei", "Drei"))
    naming.related_materials = [RelatedMaterial(target=changed)]
    naming.save_revision().publish()
    concerned = ["/", changed.url, naming.url, "/arbeitshilfen/", "/feed/", "/sitemap.xml"]
    others = [other.url, ADDRESS, "/laenderberichte/", "/katalog.jsonld", "/impressum/"]
    for address in [*concerned, *others]:
        client.get(address)
    with django_capture_on_commit_callbacks(execute=True):
        changed.title = "Neuer Titel"
        changed.save_revision().publish()
    assert _kept(client, others) == set(others)
    assert _kept(client, concerned) == set()
    assert "Neuer Titel" in client.get(naming.url).content.decode()


def test_a_page_of_the_menu_changes_all_pages(
    client: Client, home_page: HomePage, django_capture_on_commit_callbacks: Any
) -> None:
    client.get("/impressum/")
    with django_capture_on_commit_callbacks(execute=True):
        page = StandardPage(title="Über uns", slug="wir", show_in_menus=True)
        home_page.add_child(instance=page).save_revision().publish()
    assert "Über uns" in client.get("/impressum/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        page.show_in_menus = False
        page.save_revision().publish()
    assert "Über uns" not in client.get("/impressum/").content.decode()


def test_a_type_that_is_switched_off_vanishes_from_all_pages_at_once(
    client: Client, db: None, django_capture_on_commit_callbacks: Any
) -> None:
    addresses = ["/", "/impressum/", "/berichte-und-plaene/"]
    app_label = registry.get("laenderbericht").app_label
    for is_on in (True, False, True):
        with django_capture_on_commit_callbacks(execute=True):
            switches.switch(app_label, is_on=is_on, by="Administration")
        pages = [client.get(address).content.decode() for address in addresses]
        assert ['href="/laenderberichte/"' in page for page in pages] == [is_on] * len(pages)


def test_what_changed_while_a_page_was_made_is_not_overlooked_later(db: None) -> None:
    texts = iter(("old", "new"))

    def publishes_meanwhile(request: Any) -> HttpResponse:
        text = next(texts)
        if text == "old":
            page_cache._mark({"page:1"})
        return page_cache.mark_public(request, HttpResponse(text), of=["page:1"])

    respond = page_cache.page_cache(publishes_meanwhile)
    answers = [respond(RequestFactory().get("/")).content for _ in range(3)]
    assert answers == [b"old", b"new", b"new"]


def test_what_was_rendered_before_a_publish_is_not_served_after_it(db: None) -> None:
    texts = iter(("old", "new"))

    def publishes_meanwhile(request: Any) -> HttpResponse:
        page_cache.cache.set(page_cache.GENERATION, "next", None)
        return page_cache.mark_public(request, HttpResponse(next(texts)))

    respond = page_cache.page_cache(publishes_meanwhile)
    answers = [respond(RequestFactory().get("/")).content for _ in range(3)]
    assert answers == [b"old", b"new", b"new"]


def test_change_is_seen_at_once_here_and_a_moment_later_in_other_processes(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = iter(("first", "second", "third"))
    respond = page_cache.page_cache(
        lambda request: page_cache.mark_public(request, HttpResponse(next(texts)), of=["page:1"])
    )

    def answer() -> bytes:
        return respond(RequestFactory().get("/")).content

    monkeypatch.setattr(page_cache, "LOOK_EVERY", 60)
    assert answer() == answer() == b"first"
    page_cache._mark({"page:1"})
    assert answer() == b"second"
    page_cache.cache.clear()  # as if another process had published
    assert answer() == b"second"
    monkeypatch.setattr(page_cache, "LOOK_EVERY", 0)
    assert answer() == b"third"


@pytest.mark.parametrize("host", ["fremd.example", "127.0.0.1:8000, fremd.example"])
def test_foreign_hosts_get_nothing_that_is_kept(
    client: Client, make_edition: Callable[..., Any], host: str
) -> None:
    make_edition()
    client.get(ADDRESS)
    assert client.get(ADDRESS, headers={"Host": host}).status_code == 400


def test_members_get_their_own_answer(client: Client, make_edition: Callable[..., Any]) -> None:
    make_edition()
    client.force_login(get_user_model().objects.create_user("mitglied"))
    answer = client.get(ADDRESS)
    assert "public" not in answer.headers.get("Cache-Control", "")
    assert not _is_kept(Client(), ADDRESS)


@pytest.mark.parametrize("address", ["/gibt-es-nicht/", "/konto/anmelden/", "/?x=1"])
def test_not_kept(client: Client, db: None, address: str) -> None:
    client.get(address)
    assert not _is_kept(client, address)


def test_post_is_not_answered_from_the_cache(client: Client, db: None) -> None:
    client.get("/hilfe/")
    assert client.post("/hilfe/").status_code == 405


def _is_kept(client: Client, address: str = "/") -> bool:
    """Whether the answer asks the database nothing."""
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries) == 0


@pytest.mark.parametrize(
    "address",
    ["/", "/laenderberichte/", "/laender/bayern/", "/feed/", "/feed/?land=by", "/katalog.jsonld"],
)
def test_pages_lists_and_feeds_are_not_sent_again_while_they_stay(
    client: Client,
    make_edition: Callable[..., Any],
    django_capture_on_commit_callbacks: Any,
    address: str,
) -> None:
    make_edition()
    etag = client.get(address)["ETag"]
    asked = {"If-None-Match": etag, "Accept-Encoding": "gzip"}
    assert client.get(address, headers=asked).status_code == 304
    with django_capture_on_commit_callbacks(execute=True):
        make_edition("by")
        reading.editions_changed.send(sender=None, paths={"laenderberichte/by/2026-1"})
    assert client.get(address, headers=asked).status_code == 200
