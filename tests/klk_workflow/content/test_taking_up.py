"""An old text becomes the working copy again: a new edit, and nothing is lost by it."""

import pytest

from klk_workflow.content.editing import remove_part
from klk_workflow.content.taking_up import take_up
from klk_workflow.evidence.verification import verify_document
from klk_workflow.models import Attachment, Contribution, Document, Event, Section
from klk_workflow.refusals import ContentChanged, NotAllowed, WrongState
from tests.world import REPORT, TYPES, World


@pytest.fixture
def world(db) -> World:
    return World()


def take(world, document, seq, who="nw", **changed):
    document.refresh_from_db()
    values = {"seen_digest": document.digest, **changed}
    lost = take_up(document, document.events.get(seq=seq), by=world.people[who], **values)
    document.refresh_from_db()
    return lost


@pytest.mark.parametrize("type_key", TYPES)
def test_the_old_text_stands_there_again_and_the_newer_one_is_kept(world, type_key):
    document = world.document(type_key, "in_ueberarbeitung")
    before, first = document.digest, document.events.get(seq=1)
    world.change(document, "Ganz anders")
    row = document.parts()[-1]
    if row.addable:
        remove_part(row, by=world.people["nw"], seen_version=row.version)
    world.attach(document)
    document.refresh_from_db()
    newer = document.digest
    assert take(world, document, first.seq) == []
    assert document.digest == before
    assert not Attachment.objects.filter(document=document).exists()
    note = document.events.last()
    assert (note.action, note.digest, note.actor_id) == (
        "text_uebernommen",
        newer,
        world.people["nw"].pk,
    )
    assert take(world, document, note.seq) == []
    assert document.digest == newer
    assert verify_document(Document.objects.get(pk=document.pk)) is None


def test_what_is_the_same_is_no_new_edit(world):
    document = world.document(REPORT, "in_ueberarbeitung")
    world.change(document, "Ganz anders")
    before = dict(Section.objects.filter(document=document).values_list("key", "version"))
    take(world, document, 1)
    after = dict(Section.objects.filter(document=document).values_list("key", "version"))
    changed = [key for key in before if before[key] != after[key]]
    assert len(changed) == 1
    assert after[changed[0]] == before[changed[0]] + 1


@pytest.mark.parametrize("who", ["by", "pruefung", "admin"])
def test_only_who_may_write(world, who):
    document = world.document(REPORT, "in_ueberarbeitung")
    with pytest.raises(NotAllowed):
        take(world, document, 1, who)


def test_not_while_it_is_judged(world):
    document = world.document(REPORT, "eingereicht")
    with pytest.raises(WrongState):
        take(world, document, 1)
    assert document.events.count() == 1


def test_not_over_a_text_that_the_person_did_not_see(world):
    document = world.document(REPORT, "in_ueberarbeitung")
    seen = document.digest
    world.change(document, "Von der Kollegin", "nw2")
    with pytest.raises(ContentChanged):
        take(world, document, 1, seen_digest=seen)
    document.refresh_from_db()
    assert document.digest != seen
    assert not Event.objects.filter(action="text_uebernommen").exists()


def test_who_took_a_text_up_does_not_judge_it(world):
    document = world.document(REPORT, "in_ueberarbeitung")
    world.change(document, "Anders")
    Contribution.objects.filter(user_id=world.people["nw2"].pk).delete()
    take(world, document, 1, "nw2")
    assert Contribution.objects.filter(user_id=world.people["nw2"].pk).exists()


def test_a_file_that_was_taken_out_everywhere_is_told(world):
    document = world.document(REPORT)
    attachment = world.attach(document)
    world.do(document, "einreichen", "nw")
    world.do(document, "ueberarbeitung_anfordern", "pruefung", "Bitte.")
    row = Attachment.objects.get(document=document)
    remove_part(row, by=world.people["nw"], seen_version=row.version)
    document.files.filter(sha256=attachment.file.sha256).update(file="")
    lost = take(world, document, 1)
    assert [(item.where, item.name) for item in lost] == [("Anlage", "datei")]
    assert not Attachment.objects.filter(document=document).exists()


def test_in_the_member_area(world, client):
    document = world.document(REPORT, "in_ueberarbeitung")
    world.change(document, "Zweiter Wortlaut")
    address = f"/admin/dokumente/{document.pk}/verlauf/1/uebernehmen/"
    for who in ("by", "pruefung", "admin"):
        client.force_login(world.people[who])
        assert client.post(address, {"seen_digest": document.digest}).status_code == 404
    client.force_login(world.people["nw"])
    page = client.get(address)
    assert "Zweiter Wortlaut" in page.content.decode()
    stale = client.post(address, {"seen_digest": "0" * 64}, follow=True)
    assert "Zweiter Wortlaut" in stale.content.decode()
    client.post(address, {"seen_digest": page.context["digest"]})
    document.refresh_from_db()
    assert document.digest == document.events.get(seq=1).digest
