"""Editors see which links lead nowhere before readers do."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from home import links
from home.models import EventIndexPage, EventPage, GuidePage

Make = Callable[..., GuidePage]
AWAY = "https://example.org/anmeldung"


def _text(*anchors: str) -> list[tuple[str, str]]:
    return [("text", f"<p>{' '.join(anchors)}</p>")]


def test_what_leads_nowhere_is_named_with_the_reason(
    make_guide: Make, make_document: Callable[..., Any], make_edition: Callable[..., Any]
) -> None:
    make_edition("nw", html='<p id="da"><a href="/aktionsplaene/xx/">Plan</a></p>')
    target, draft, document = make_guide("Ziel"), make_guide("Entwurf"), make_document()
    draft.unpublish()
    good = [
        f'<a linktype="page" id="{target.pk}">a</a>',
        f'<a linktype="document" id="{document.pk}">b</a>',
        '<a href="/laenderberichte/nw/2026-1/">c</a>',
        f'<a href="{target.url}">d</a>',
        '<a href="/impressum/">e</a>',
        '<a href="#wohin">f</a>',
        '<a href="mailto:stelle@example.org">g</a>',
    ]
    bad = [
        f'<a linktype="page" id="{draft.pk}">entwurf</a>',
        '<a linktype="page" id="99999">weg</a>',
        '<a linktype="document" id="99999">datei</a>',
        '<a href="/laenderberichte/by/2026-1/">fassung</a>',
        '<a href="/gibt-es-nicht/">nirgends</a>',
        '<a href="#nirgendwo">stelle</a>',
    ]
    away = '<a href="https://example.org/x">h</a>'
    make_guide("Quelle", body=[("heading", "Wohin"), *_text(*good, *bad, away)])
    report = links.report()
    assert {link.text: link.fault for link in report.broken} == {
        "entwurf": links.GONE,
        "weg": links.GONE,
        "datei": links.NO_FILE,
        "fassung": links.NO_FASSUNG,
        "nirgends": links.GONE,
        "stelle": links.NO_ANCHOR,
        "Plan": links.NO_FASSUNG,
    }
    assert [link.target for link in report.external] == ["https://example.org/x"]


def test_those_who_publish_see_it_and_nobody_else(client: Client, make_guide: Make) -> None:
    make_guide("Quelle", body=_text('<a href="/gibt-es-nicht/">hier</a>'))
    for role, status in (("Redaktion", 200), ("Mitglied", 302)):
        user = get_user_model().objects.create_user(role)
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        answer = client.get(reverse("home_links"))
        assert answer.status_code == status
        assert ("/gibt-es-nicht/" in answer.content.decode()) == (status == 200)


def test_number_of_queries_does_not_grow(
    make_guide: Make, make_edition: Callable[..., Any]
) -> None:
    def spent() -> int:
        links.report()  # what is looked up once for all processes is known now
        with CaptureQueriesContext(connection) as queries:
            links.report()
        return len(queries)

    make_edition("nw")
    make_guide("Eins", body=_text('<a href="/weg/">x</a>'))
    before = spent()
    for number in range(5):
        make_guide(f"Mehr {number}", body=_text('<a href="/weg/">x</a>', '<a href="#y">y</a>'))
    make_edition("by")
    assert spent() == before


def test_fields_of_their_own_are_looked_at_too(
    make_guide: Make, make_document: Callable[..., Any], home_page: Any
) -> None:
    gone = make_document()
    contact = {"name": "Stelle", "website": f"{settings.WAGTAILADMIN_BASE_URL}/gibt-es-nicht/"}
    film = {"title": "Film", "length": "2 Minuten", "link": "https://example.org/film"}
    page = make_guide(
        "Quelle",
        body=[("contact", contact), ("video", film)],
        files=[("file", {"document": gone, "title": "Bogen", "pages": 1, "accessible": True})],
    )
    index = home_page.add_child(instance=EventIndexPage(title="Termine", slug="termine"))
    now = timezone.now()
    index.add_child(
        instance=EventPage(
            title="Fachtag",
            summary="Kurz.",
            starts=now,
            ends=now,
            place="Kassel",
            registration=AWAY,
        )
    )
    gone.delete()
    report = links.report()
    assert {(link.source.title, link.fault) for link in report.broken} == {
        (page.title, links.GONE),
        (page.title, links.NO_FILE),
    }
    assert {link.target for link in report.external} == {"https://example.org/film", AWAY}
