"""The reading table holds for programs, too: every address of the interface, by everybody."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import APIToken

from klk_workflow.models import Scope, TokenScopes
from tests.crawl import patterns
from tests.permissions import lists
from tests.permissions.test_matrix import PEOPLE, fingerprint, overheard, state_of

pytestmark = pytest.mark.django_db

NEVER = datetime(2999, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def programs(marking):
    """A program of everybody with all scopes."""
    made = {}
    for name in [*PEOPLE, "gone"]:
        token, secret = APIToken.create_token(user=marking.people[name], name="test")
        TokenScopes.objects.create(token=token, scopes=Scope.values, expires_at=NEVER)
        made[name] = Client(headers={"Authorization": f"Bearer {secret}"})
    return made


def addresses(document):
    """(address, level needed to be answered) of all that reads one document."""
    yield reverse("klk_api:document", args=[document.pk]), {"write", "read", "snapshot"}
    yield reverse("klk_api:transitions", args=[document.pk]), {"write", "read"}
    everyone = {"write", "read", "snapshot", "status"}
    yield reverse("klk_api:versions_of", args=[document.pk]), everyone
    yield reverse("klk_api:editions", args=[document.pk]), everyone


def test_every_address_is_asked():
    names = {name for name, _route, _pattern in patterns() if name and name.startswith("klk_api:")}
    open_to_all = {"klk_api:openapi-json", "klk_api:api-root"}
    assert names - open_to_all == lists.TOUCHES_BY_TOKEN


def test_programs_read_what_their_people_read(marking, programs):
    wrong = []
    for document in marking.documents:
        state = state_of(marking, document)
        for address, levels in addresses(document):
            for who in PEOPLE:
                expected = 200 if lists.LEVELS[state].get(who) in levels else 404
                response = programs[who].get(address)
                if response.status_code != expected:
                    wrong.append(f"{address} {state} {who}: {response.status_code}")
                wrong += overheard(marking, who, address, response)
            assert programs["gone"].get(address).status_code == 401
            assert Client().get(address).status_code == 401
    assert not wrong, "\n".join(wrong)


def test_lists_and_old_versions_say_no_more(marking, programs):
    wrong = []
    for who in PEOPLE:
        address = reverse("klk_api:documents")
        wrong += overheard(marking, who, address, programs[who].get(address))
        for document in marking.documents:
            for event in document.events.all():
                address = reverse("klk_api:version", args=[document.pk, event.seq])
                response = programs[who].get(address)
                assert response.status_code in {200, 404}
                wrong += overheard(marking, who, address, response)
    assert not wrong, "\n".join(wrong)


def test_a_session_opens_nothing_here(marking, browsers):
    document = marking.documents[0]
    assert browsers["nw"].get(reverse("klk_api:document", args=[document.pk])).status_code == 401


def test_acting_and_writing_where_one_may_not_changes_nothing(marking, programs):
    before = fingerprint()
    for document in marking.documents:
        state = state_of(marking, document)
        for who in PEOPLE:
            if lists.LEVELS[state].get(who) in {"write", "read"}:
                continue
            headers = {"If-Match": f'"{document.digest}"'}
            key = document.parts()[0].key
            writing = reverse("klk_api:write_section", args=[document.pk, key])
            response = programs[who].put(
                writing, {"html": "<p>x</p>"}, "application/json", headers=headers
            )
            assert response.status_code == 404
            for action in ("freigeben", "veroeffentlichen", "loeschen"):
                address = reverse("klk_api:act", args=[document.pk, action])
                response = programs[who].post(
                    address, {"remark": "x"}, "application/json", headers=headers
                )
                assert response.status_code in {403, 404, 409}, (address, who)
    assert fingerprint() == before
