"""The number of queries of a page does not grow with documents, versions or users."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klk_workflow import permissions
from klk_workflow.people import person_for
from klk_workflow.permissions import visible
from klk_workflow.registry import registry
from tests.world import STATES, make_user


def cost(act):
    """The number of queries of the second time: the first fills what is kept by the process."""
    act()
    cache.clear()
    with CaptureQueriesContext(connection) as spent:
        act()
    return len(spent)


def grow(world, type_key, first=1):
    """Documents in every state, more Fassungen, more people."""
    states = ["veroeffentlicht", "eingereicht", "geprueft", "in_ueberarbeitung", "freigegeben"]
    others = [state for state in STATES if state not in states]
    for nth, state in enumerate(states, first):
        document = world.document(type_key, state, nth=nth)
        if state == "veroeffentlicht":
            world.second_fassung(document)
    for nth, state in enumerate(others, first):
        world.document(type_key, state, nth=nth, land="by", who="by")
    for number in range(5):
        name = f"weitere-{first}-{number}"
        make_user(name, "Mitglied", "Prüfung", office=world.offices["by"])


def test_public_pages(world, type_key, client):
    document = world.second_fassung(world.document(type_key, "veroeffentlicht"))
    pages = [
        f"/{document.path}/",
        f"/{document.path}/fassung/1/",
        f"/{document.path}/fassung/1/inhalt.json",
        f"/{registry.get(type_key).slug}/",
        "/berichte-und-plaene/",
        "/laender/",
        "/laender/nordrhein-westfalen/",
    ]
    before = {page: cost(lambda page=page: client.get(page)) for page in pages}
    grow(world, type_key)
    world.second_fassung(document, "Dritte Fassung")
    after = {page: cost(lambda page=page: client.get(page)) for page in pages}
    assert after == before
    assert max(after.values()) <= 15, after


MEMBER_PAGES = ["/admin/", "/admin/dokumente/{type_key}/"]
DOCUMENT_PAGES = ["/admin/dokumente/{pk}/", "/admin/dokumente/{pk}/verlauf/"]
MEMBER_LIMIT = 60


@pytest.mark.parametrize("who", ["nw", "pruefung", "freigabe", "redaktion", "admin"])
def test_member_pages(world, type_key, client, who):
    """Start page, list, reading and history, for everybody who meets the document."""
    document = world.second_fassung(world.document(type_key, "veroeffentlicht"))
    client.force_login(world.people[who])
    pages = [page.format(type_key=type_key) for page in MEMBER_PAGES]
    if who != "admin":
        pages += [page.format(pk=document.pk) for page in DOCUMENT_PAGES]
    grow(world, type_key)
    before = {page: cost(lambda page=page: ok(client.get(page))) for page in pages}
    grow(world, type_key, 6)
    for words in ("Dritte Fassung", "Vierte Fassung"):
        world.second_fassung(document, words)
    after = {page: cost(lambda page=page: ok(client.get(page))) for page in pages}
    assert after == before
    assert max(after.values()) <= MEMBER_LIMIT, after


def ok(response):
    assert response.status_code == 200, response
    return response


@pytest.mark.parametrize("rest", ["schreiben/abschnitt/{part}/", ""])
def test_writing_pages(world, type_key, client, rest):
    document = world.document(type_key)
    client.force_login(world.people["nw"])
    part = document.parts()[0].pk
    address = f"/admin/dokumente/{document.pk}/{rest.format(part=part)}"
    before = cost(lambda: ok(client.get(address)))
    grow(world, type_key)
    assert cost(lambda: ok(client.get(address))) == before
    assert before <= MEMBER_LIMIT


def test_one_query_lists_what_a_person_may_read(world, type_key):
    grow(world, type_key)
    person = person_for(world.people["by"])
    with CaptureQueriesContext(connection) as spent:
        assert list(visible(person, permissions.Access.READ))
    assert len(spent) == 1


def test_every_act_costs_the_same_in_the_tenth_fassung(world, type_key):
    document = world.document(type_key, "veroeffentlicht")
    costs = []
    for number in range(4):
        with CaptureQueriesContext(connection) as spent:
            world.second_fassung(document, f"Fassung {number}")
        costs.append(len(spent))
    assert costs[1] == costs[-1], costs
