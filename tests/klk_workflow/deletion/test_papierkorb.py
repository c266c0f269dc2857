"""A deleted draft is out of sight, comes back whole, and is gone after thirty days."""

from datetime import timedelta

import pytest

from klk_workflow import clock
from klk_workflow.deletion.papierkorb import KEPT, bring_back, delete_draft, deleted, empty
from klk_workflow.management.commands.worker import STEPS
from klk_workflow.models import Attachment, Document, Section
from klk_workflow.people import person_for
from klk_workflow.refusals import NotAllowed, Refused
from tests.world import REPORT, TYPES, World

PLACE = "/admin/dokumente/papierkorb/"


@pytest.fixture
def world(db) -> World:
    return World()


@pytest.fixture(params=TYPES)
def draft(request, world) -> Document:
    """A filled draft with a file."""
    document = world.document(request.param)
    world.attach(document)
    document.refresh_from_db()
    return document


def test_it_comes_back_as_it_was(world, draft):
    digest, key = draft.digest, draft.natural_key
    delete_draft(draft, by=world.people["nw"])
    found = bring_back(draft.pk, by=world.people["nw2"])
    assert (found.digest, found.natural_key) == (digest, key)
    with Attachment.objects.get(document=draft).file.file.open() as stored:
        assert stored.read()
    world.do(found, "einreichen", "nw")


def test_meanwhile_it_is_nowhere(world, draft, client):
    delete_draft(draft, by=world.people["nw"])
    for who in ("nw", "admin", "redaktion"):
        client.force_login(world.people[who])
        for address in ("/admin/", f"/admin/dokumente/{draft.type_key}/"):
            page = client.get(address).content.decode()
            assert f"/dokumente/{draft.pk}/" not in page
        for rest in ("", "verlauf/", "schreiben/", "angaben/"):
            assert client.get(f"/admin/dokumente/{draft.pk}/{rest}").status_code == 404
    assert not draft.period or not draft.period.documents.exists()


def test_its_key_is_free_and_if_taken_it_says_so(world, draft):
    delete_draft(draft, by=world.people["nw"])
    new = world.start(draft.type_key)
    assert new.pk != draft.pk
    assert new.natural_key == draft.natural_key
    with pytest.raises(Refused, match="inzwischen neu begonnen"):
        bring_back(draft.pk, by=world.people["nw"])
    delete_draft(new, by=world.people["nw"])
    assert bring_back(draft.pk, by=world.people["nw"]).pk == draft.pk
    with pytest.raises(Refused):
        bring_back(new.pk, by=world.people["nw"])


@pytest.mark.parametrize("who", ["by", "pruefung", "redaktion", "admin"])
def test_others_neither_see_nor_bring_it_back(world, who, client):
    draft = world.document(REPORT)
    delete_draft(draft, by=world.people["nw"])
    person = world.people[who]
    assert not deleted(person_for(person)).exists()
    with pytest.raises(NotAllowed):
        bring_back(draft.pk, by=person)
    client.force_login(person)
    page = client.get(PLACE)
    assert page.status_code == (200 if who == "by" else 404)
    assert draft.title not in page.content.decode()
    assert client.post(PLACE, {"dokument": draft.pk}).status_code == 404


@pytest.mark.parametrize("pk", ["", "x", "0", "99999"])
def test_what_is_not_there_is_not_found(world, pk, client):
    client.force_login(world.people["nw"])
    assert client.post(PLACE, {"dokument": pk}).status_code == 404


def test_from_the_page(world, client):
    draft = world.document(REPORT)
    delete_draft(draft, by=world.people["nw"])
    client.force_login(world.people["nw"])
    page = client.get(PLACE).content.decode()
    assert draft.title in page
    assert "nw" in page
    answer = client.post(PLACE, {"dokument": draft.pk}, follow=True)
    assert "ist wieder da" in answer.content.decode()
    assert Document.objects.get().pk == draft.pk


def test_after_thirty_days_the_worker_takes_it_away(world, draft):
    assert empty in STEPS
    kept = world.document(draft.type_key, nth=1)
    delete_draft(draft, by=world.people["nw"])
    with clock.at(clock.now() + KEPT - timedelta(hours=1)):
        assert empty() == 0
    assert Document.everything.count() == 2
    with clock.at(clock.now() + KEPT + timedelta(hours=1)):
        assert empty() == 1
    assert list(Document.everything.values_list("pk", flat=True)) == [kept.pk]
    assert not Section.objects.filter(document_id=draft.pk).exists()


def test_what_was_submitted_is_not_deleted(world):
    document = world.document(REPORT, "in_ueberarbeitung")
    with pytest.raises(Refused):
        delete_draft(document, by=world.people["nw"])
