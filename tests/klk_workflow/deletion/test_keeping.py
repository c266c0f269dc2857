"""Nothing published can be deleted: every door is tried."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import ProtectedError

from klk_workflow.evidence.verification import verify_document
from klk_workflow.models import Document, Edition, Event
from tests.world import TYPES, World


@pytest.fixture
def world(db) -> World:
    return World()


@pytest.fixture(params=TYPES)
def published(request, world) -> Document:
    """A published document with a file."""
    document = world.document(request.param)
    world.attach(document)
    return world.bring(document, "veroeffentlicht")


def rows(document):
    return (
        Document.objects.filter(pk=document.pk).exists(),
        document.editions.count(),
        document.events.count(),
        document.offices.count(),
        [edition.files.count() for edition in document.editions.all()],
        verify_document(Document.objects.get(pk=document.pk)),
    )


DOORS = {
    "document": lambda d: d.delete(),
    "parent row": lambda d: Document.objects.get(pk=d.pk).delete(),
    "documents": lambda d: Document.objects.filter(pk=d.pk).delete(),
    "type": lambda d: d.type.model.objects.filter(pk=d.pk).delete(),
    "edition": lambda d: d.editions.get().delete(),
    "editions": lambda d: Edition.objects.all().delete(),
    "event": lambda d: d.events.first().delete(),
    "events": lambda d: Event.objects.all().delete(),
    "edition without its files": lambda d: (
        d.editions.get().files.all().delete(),
        d.editions.get().delete(),
    ),
    "period": lambda d: (d.period or next(iter(()))).delete(),
}


@pytest.mark.parametrize("door", DOORS)
def test_the_database_layer_refuses(world, published, door):
    if door == "period" and not published.period:
        pytest.skip("this type knows no periods")
    before = rows(published)
    with pytest.raises(ProtectedError), transaction.atomic():
        DOORS[door](published)
    assert rows(published) == before


def refused(world, client):
    """What the administration reads who wants to delete an office with documents."""
    client.force_login(world.people["admin"])
    page = client.get(f"/admin/stellen/delete/{world.offices['nw'].pk}/").content.decode()
    assert "<form" not in page.partition('id="main"')[2]
    unused = client.get(f"/admin/stellen/delete/{world.offices['by'].pk}/").content.decode()
    assert "<form" in unused.partition('id="main"')[2]
    return page


def test_the_administration_cannot_either(world, published, client):
    """Delete views of offices, periods and people, one by one and in bulk."""
    before = rows(published)
    assert "gehören Dokumente" in refused(world, client)
    admin = world.people["admin"]
    admin.is_superuser = admin.is_staff = True
    admin.save()
    client.force_login(admin)
    office, user = world.offices["nw"], world.people["nw"]
    addresses = [
        f"/admin/stellen/delete/{office.pk}/",
        f"/admin/zeitraeume/delete/{world.periods[0].pk}/",
        f"/admin/bulk/klk_workflow/office/delete/?id={office.pk}",
        f"/admin/bulk/klk_workflow/period/delete/?id={world.periods[0].pk}",
        f"/admin/bulk/klk_workflow/document/delete/?id={published.pk}",
        f"/admin/bulk/klk_workflow/edition/delete/?id={published.editions.get().pk}",
        f"/admin/users/delete/{user.pk}/",
        f"/admin/bulk/auth/user/delete/?id={user.pk}",
        f"/admin/dokumente/{published.pk}/loeschen/",
    ]
    for address in addresses:
        assert client.post(address, follow=True).status_code in {200, 404, 405}, address
        assert rows(published) == before, address
    for who in ("nw", "redaktion"):
        if type(user).objects.filter(pk=world.people[who].pk).exists():
            client.force_login(world.people[who])
            assert client.post(f"/admin/dokumente/{published.pk}/loeschen/").status_code == 404
    assert client.get(f"/{published.path}/").status_code == 200


def test_hiding_a_published_document_in_the_papierkorb_is_found(world, published):
    Document.objects.filter(pk=published.pk).update(deleted_at=published.updated_at)
    with pytest.raises(CommandError):
        call_command("verify", verbosity=0)
