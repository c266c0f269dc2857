"""Refused: deciding on one's own, publishing around the approval, opening what is another's."""

import pytest
from django.urls import reverse

from klk_workflow.models import Document, Edition, Event
from klk_workflow.people import NOBODY, THE_SYSTEM, person_for
from klk_workflow.perform import perform
from klk_workflow.permissions import Access, access
from klk_workflow.refusals import Blocked, NotAllowed, Refused, WrongState
from tests.world import STATES, TYPES, World, make_user


@pytest.fixture
def world(db):
    return World()


@pytest.fixture(params=TYPES)
def type_key(request):
    return request.param


def test_nobody_approves_what_he_or_she_wrote(world, type_key):
    """A member of both offices, who is a reviewer too, and has moved to another Land meanwhile."""
    writer = make_user("doppelt", "Mitglied", "Prüfung", "Freigabe", office=world.offices["nw"])
    world.people["doppelt"] = writer
    document = world.document(type_key)
    world.change(document, "Von mir geschrieben", "doppelt")
    writer.memberships.update(office=world.offices["he"])
    world.people["doppelt"] = type(writer).objects.get(pk=writer.pk)
    world.do(document, "einreichen", "nw")
    with pytest.raises(Blocked, match="selbst daran geschrieben"):
        world.do(document, "weitergeben", "doppelt")
    world.do(document, "weitergeben", "pruefung")
    with pytest.raises(Blocked, match="selbst daran geschrieben"):
        world.do(document, "freigeben", "doppelt")


def test_nobody_of_the_same_land_decides(world, type_key):
    for role in ("Prüfung", "Freigabe"):
        world.people[role] = make_user(f"nw-{role}", role, office=world.offices["nw2"])
    document = world.document(type_key, "eingereicht")
    with pytest.raises(Blocked, match="andere Länder"):
        world.do(document, "weitergeben", "Prüfung")
    world.do(document, "weitergeben", "pruefung")
    with pytest.raises(Blocked, match="andere Länder"):
        world.do(document, "freigeben", "Freigabe")
    with pytest.raises(Blocked, match="andere Länder"):
        world.do(document, "ueberarbeitung_anfordern", "Freigabe", "Nein.")


def test_the_reviewer_does_not_approve(world, type_key):
    world.people["beides"] = make_user("beides", "Prüfung", "Freigabe")
    document = world.document(type_key, "eingereicht")
    world.do(document, "weitergeben", "beides")
    with pytest.raises(Blocked, match="zweite Person"):
        world.do(document, "freigeben", "beides")


def test_a_deleted_account_keeps_the_memory(world, type_key):
    """Whoever comes back under the old number has still written the text."""
    document = world.document(type_key)
    number = world.people["nw"].pk
    world.people["nw"].delete()
    world.do(document, "einreichen", "nw2")
    world.people["wieder-da"] = make_user("wieder-da", "Prüfung", id=number)
    with pytest.raises(Blocked, match="selbst daran geschrieben"):
        world.do(document, "weitergeben", "wieder-da")


@pytest.mark.parametrize("state", STATES)
def test_is_superuser_opens_nothing(world, type_key, state):
    might = make_user("super", is_superuser=True, is_staff=True)
    world.people["super"] = might
    document = world.document(type_key, state)
    assert access(person_for(might), document) == Access.NONE
    for way in document.workflow.transitions:
        extra = {"edition": 1} if way.on_edition and document.has_edition else {}
        with pytest.raises((NotAllowed, WrongState)):
            world.do(document, way.key, "super", "Ich darf alles.", **extra)
    assert document.state == state


def test_an_inactive_account_is_nobody(world, type_key):
    document = world.document(type_key, "eingereicht")
    user = world.people["pruefung"]
    user.is_active = False
    user.save()
    world.people["pruefung"] = type(user).objects.get(pk=user.pk)
    assert person_for(world.people["pruefung"]) == NOBODY
    with pytest.raises(NotAllowed):
        world.do(document, "weitergeben", "pruefung")


def test_who_lost_the_role_meanwhile_decides_no_more(world, type_key):
    document = world.document(type_key, "eingereicht")
    world.people["pruefung"].groups.clear()
    user = type(world.people["pruefung"]).objects.get(pk=world.people["pruefung"].pk)
    world.people["pruefung"] = user
    with pytest.raises(NotAllowed):
        world.do(document, "weitergeben", "pruefung")


@pytest.mark.parametrize("state", STATES)
def test_the_system_does_nothing_but_publish_what_is_approved(world, type_key, state):
    document = world.document(type_key, state)
    for way in document.workflow.transitions:
        if (state, way.key) == ("freigegeben", "veroeffentlichen"):
            continue
        with pytest.raises(Refused):
            perform(
                document, way.key, by=THE_SYSTEM, seen_digest=document.digest, remark="x", edition=1
            )
    document.refresh_from_db()
    assert document.state == state


@pytest.mark.parametrize("state", ["entwurf", "eingereicht", "geprueft", "in_ueberarbeitung"])
@pytest.mark.parametrize("who", ["nw", "pruefung", "freigabe", "redaktion", "admin"])
def test_nobody_publishes_around_the_approval(world, type_key, client, state, who):
    """By the act itself, by its address, by Wagtail's bulk actions, pages and API."""
    document = world.document(type_key, state)
    with pytest.raises(Refused):
        world.do(document, "veroeffentlichen", who)
    client.force_login(world.people[who])
    name = type(document)._meta.model_name
    app = type(document)._meta.app_label
    attempts = [
        reverse("dokumente:handeln", args=[document.pk, "veroeffentlichen"]),
        *(
            f"/admin/bulk/{a}/{m}/{action}/?id={document.pk}"
            for a, m in ((app, name), ("klk_workflow", "document"), ("wagtailcore", "page"))
            for action in ("publish", "delete", "move")
        ),
        f"/admin/pages/{document.pk}/edit/",
        f"/admin/pages/{document.pk}/copy/",
        f"/admin/api/main/pages/{document.pk}/action/publish/",
        f"/admin/api/main/pages/{document.pk}/action/copy/",
        f"/admin/snippets/{app}/{name}/edit/{document.pk}/",
        f"/admin/snippets/{app}/{name}/copy/{document.pk}/",
    ]
    for address in attempts:
        data = {"seen_digest": document.digest, "seen_seq": document.event_count}
        data |= {"action-publish": "1", "id": document.pk, "state": "veroeffentlicht"}
        before = Event.objects.count()
        assert client.post(address, data).status_code < 500, address
        assert Event.objects.count() == before, address
    assert not Edition.objects.exists()
    assert Document.objects.get(pk=document.pk).state == state


def test_there_is_no_other_admin_of_documents(world, type_key, client):
    """Neither Django's admin nor reversion's recovery, nor Wagtail's snippets."""
    document = world.document(type_key, "eingereicht")
    client.force_login(make_user("super", is_superuser=True, is_staff=True))
    app, name = type(document)._meta.app_label, type(document)._meta.model_name
    for address in (
        f"/django-admin/{app}/{name}/",
        f"/admin/{app}/{name}/",
        f"/admin/{app}/{name}/recover/",
        f"/admin/snippets/{app}/{name}/",
        f"/admin/reports/{app}/{name}/",
    ):
        assert client.get(address).status_code in {302, 404}, address


def test_starting_for_another_land_is_refused(world, type_key, client):
    client.force_login(world.people["by"])
    address = reverse("dokumente:neu", args=[type_key])
    data = {"land": "nw", "period": world.periods[0].pk, "first_year": 2026}
    response = client.post(address, data)
    assert response.status_code in {200, 403, 422}
    assert not Document.objects.exists()


def test_starting_what_another_land_has_begun_leads_nowhere(world, type_key):
    document = world.start(type_key)
    from klk_workflow.content.editing import start

    with pytest.raises(NotAllowed):
        start(
            document.type,
            by=world.people["by"],
            natural_key=document.natural_key,
            title="Fremd",
            land="by",
        )


def test_another_documents_part_is_not_reached_through_ones_own(world, type_key, client):
    """The part's number in the address must belong to the document in it."""
    own = world.document(type_key)
    foreign = world.document(type_key, nth=1, land="by", who="by")
    part = foreign.parts()[0]
    client.force_login(world.people["nw"])
    for name in ("teil", "teil_entfernen", "teil_verschieben"):
        address = reverse(f"dokumente:{name}", args=[own.pk, part.kind, part.pk])
        assert client.get(address).status_code in {404, 405}
        assert client.post(address, {"seen_version": 1, "hoch": "1"}).status_code in {404, 405}


def test_another_documents_picture_cannot_be_shown_in_ones_own(world, type_key, client):
    """The digest of a picture is no key to it."""
    from klk_workflow.content.files import store
    from tests.world import png

    own = world.document(type_key)
    foreign = world.document(type_key, nth=1, land="by", who="by")
    picture = store(foreign, png(), picture=True)
    client.force_login(world.people["nw"])
    for pk in (own.pk, foreign.pk):
        address = reverse("dokumente:datei", args=[pk, picture.sha256])
        assert client.get(address).status_code == 404


def test_withdrawing_from_the_web_while_the_office_writes_on(world, type_key, client):
    """The page posts the digest of the Fassung, so that the draft does not hold it up."""
    document = world.document(type_key, "veroeffentlicht")
    world.do(document, "neue_fassung", "nw", "Neue Zahlen")
    world.change(document, "Halb fertig")
    client.force_login(world.people["redaktion"])
    address = reverse("dokumente:handeln", args=[document.pk, "fassung_zurueckziehen"])
    form = client.get(f"{address}?fassung=1").context["form"]
    data = {name: form[name].value() for name in ("seen_digest", "seen_seq", "fassung")}
    assert client.post(address, data | {"remark": "Eine Anschrift."}).status_code == 302
    assert Edition.objects.get(document=document).is_withdrawn
