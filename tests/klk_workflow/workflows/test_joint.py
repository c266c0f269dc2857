"""Several decide together: one voice each, silence after a time, reminders before it ends."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from klk_workflow import clock
from klk_workflow.automation import deadlines, scheduling
from klk_workflow.checks import check_workflow
from klk_workflow.evidence.verification import verify_document
from klk_workflow.models import Document, Edition, Event, OutboxMail, Section
from klk_workflow.models.document import _generate_transitions
from klk_workflow.perform import perform
from klk_workflow.refusals import Blocked, ContentChanged
from klk_workflow.registry import registry
from klk_workflow.roles import FREIGABE, MITGLIED, PRUEFUNG, SYSTEM
from klk_workflow.workflows import guards
from klk_workflow.workflows.definition import Quorum, Unit, extend
from klk_workflow.workflows.standard import STANDARD
from tests.klk_workflow.joint import CONSENT, JOINT, with_consent
from tests.world import REPORT

Report = registry.get(REPORT).model


@pytest.fixture
def use(monkeypatch):
    """A function that puts new reports under this workflow."""

    def use(workflow):
        _generate_transitions(Report, workflow)
        monkeypatch.setattr(Report, "workflows", (*Report.workflows, workflow))

    return use


@pytest.fixture
def asked(use, people, make_user, period, go):
    """A report of NW that the Länder are asked to consent to."""
    from tests.klk_workflow.conftest import fill, start_report

    use(JOINT)
    people["he"] = make_user("mitglied-he", MITGLIED, office="he")
    document = start_report(people["nw"], "nw", period)
    fill(document, people["nw"])
    go(document, "einreichen", "nw")
    go(document, "weitergeben", "pruefung")
    document.refresh_from_db()
    return document


def consent(document, user):
    document.refresh_from_db()
    return perform(document, "mitzeichnen", by=user, seen_digest=document.digest)


def later(document, **by):
    entered = Event.objects.filter(document=document, to_state="geprueft").earliest("seq").at
    return clock.at(entered + timedelta(**by))


def test_the_workflow_passes_the_checks():
    assert check_workflow(JOINT) == []


def test_one_voice_each_and_none_for_two(asked, people):
    event = consent(asked, people["by"])
    assert (event.to_state, event.data) == ("geprueft", {"voice": "by"})
    with pytest.raises(Blocked, match="schon zugestimmt"):
        consent(asked, people["by2"])
    with pytest.raises(Blocked, match="nicht zu denen"):
        consent(asked, also_member(people["freigabe"]))
    assert verify_document(Document.objects.get(pk=asked.pk)) is None


def also_member(user):
    """The same person with one more role."""
    user.groups.add(Group.objects.get(name=MITGLIED))
    return get_user_model().objects.get(pk=user.pk)


def test_the_same_request_again_is_the_same_voice(asked, people):
    assert consent(asked, people["by"]).pk == consent(asked, people["by"]).pk
    assert Event.objects.filter(action="mitzeichnen").count() == 1


def test_who_wrote_has_consented_by_submitting_and_who_reviewed_does_not(asked, people):
    with pytest.raises(Blocked, match="selbst daran geschrieben"):
        consent(asked, people["nw"])
    with pytest.raises(Blocked, match="bereits geprüft"):
        consent(asked, also_member(people["pruefung"]))


def test_enough_voices_move_the_state_and_tell_once(use, people, make_user, period, go):
    from tests.klk_workflow.conftest import fill, start_report

    use(with_consent(quorum=Quorum(Unit.LAND, needed=3, electorate=CONSENT.quorum.electorate)))
    he = make_user("mitglied-he", MITGLIED, office="he")
    document = start_report(people["nw"], "nw", period)
    fill(document, people["nw"])
    go(document, "einreichen", "nw")
    go(document, "weitergeben", "pruefung")
    OutboxMail.objects.all().delete()
    consent(document, people["by"])
    assert not OutboxMail.objects.exists()
    last = consent(document, he)
    assert last.to_state == "freigegeben"
    assert OutboxMail.objects.filter(event=last, to="redaktion@example.org").count() == 1
    go(document, "veroeffentlichen", "redaktion")
    proof = Edition.objects.get().proof
    who = "3 von 16 Ländern: Bayern, Hessen, Nordrhein-Westfalen"
    assert {"label": "Mitgezeichnet", "who": who}.items() <= proof[2].items()
    document.refresh_from_db()
    assert verify_document(document) is None


def test_silence_counts_after_the_time_and_is_called_so(asked, people, go):
    consent(asked, people["by"])
    with later(asked, days=13, hours=23):
        assert scheduling.take_further() == 0
    with later(asked, days=14, minutes=1):
        assert scheduling.take_further() == 1
        assert scheduling.take_further() == 0
        asked.refresh_from_db()
        event = asked.events.latest("seq")
        assert (event.actor_role, asked.state, len(event.data["silent"])) == (
            SYSTEM,
            "freigegeben",
            14,
        )
        go(asked, "veroeffentlichen", "redaktion")
    assert "16 Länder, davon 14 stillschweigend" in str(Edition.objects.get().proof)
    asked.refresh_from_db()
    assert verify_document(asked) is None


def test_the_system_does_not_decide_before_its_time_through_any_door(asked):
    from klk_workflow.people import THE_SYSTEM

    with pytest.raises(Blocked, match="noch nicht abgelaufen"):
        consent(asked, THE_SYSTEM)


def test_an_objection_ends_the_round_and_voices_do_not_outlive_it(asked, people, go):
    consent(asked, people["by"])
    asked.refresh_from_db()
    go(asked, "widersprechen", "by", remark="So nicht.", details={"paragraph": 2})
    assert asked.events.latest("seq").data == {"details": {"paragraph": 2}}
    with later(asked, days=30):
        assert scheduling.take_further() == 0
    go(asked, "einreichen", "nw")
    go(asked, "weitergeben", "pruefung")
    assert consent(asked, people["by"]).data == {"voice": "by"}


def test_what_the_form_of_a_way_asks_for_must_be_said(asked, go):
    with pytest.raises(Blocked, match="muss ausgefüllt werden"):
        go(asked, "widersprechen", "by", remark="So nicht.")


def test_a_voice_names_the_text_it_is_for(asked, people):
    Section.objects.filter(document=asked).update(title="Anders")
    with pytest.raises(ContentChanged):
        consent(asked, people["by"])


def test_an_invented_voice_is_found(asked, people):
    event = consent(asked, people["by"])
    Event.objects.filter(pk=event.pk).update(to_state="freigegeben")
    event.refresh_from_db()
    Event.objects.filter(pk=event.pk).update(hash=event.compute_hash())
    event.refresh_from_db()
    Document.objects.filter(pk=asked.pk).update(head=event.hash)
    assert "Stand zu Stand" in verify_document(Document.objects.get(pk=asked.pk)).what


def test_reminders_come_once_and_the_missed_ones_not_at_all(asked):
    OutboxMail.objects.all().delete()
    with later(asked, days=6):
        assert deadlines.remind() == 0
    with later(asked, days=7, hours=1):
        assert (deadlines.remind(), deadlines.remind()) == (1, 0)
    with later(asked, days=14, hours=1):
        assert (deadlines.remind(), deadlines.remind()) == (1, 0)
    notes = asked.events.filter(action="erinnert")
    assert [note.data["days"] for note in notes] == [7, 0]
    told = {mail.to for mail in OutboxMail.objects.filter(event=notes[1])}
    assert "freigabe@example.org" in told
    assert "freigabe@example.org" not in {m.to for m in OutboxMail.objects.filter(event=notes[0])}
    asked.refresh_from_db()
    assert verify_document(asked) is None


def mailed(event):
    return {mail.to.partition("@")[0] for mail in OutboxMail.objects.filter(event=event)}


@pytest.fixture
def asked_of_three(use, people, make_user, period, go):
    """A report of NW of which only BY, HE and NW have a voice, with a member of no Land beside."""
    from tests.klk_workflow.conftest import fill, start_report

    use(with_consent(quorum=Quorum(Unit.LAND, electorate=("nw", "by", "he"))))
    people["he"] = make_user("mitglied-he", MITGLIED, office="he")
    make_user("mitglied-bund", MITGLIED, office="bund")
    document = start_report(people["nw"], "nw", period)
    fill(document, people["nw"])
    go(document, "einreichen", "nw")
    return document


def test_those_who_are_asked_are_told_and_nobody_without_a_voice(asked_of_three, go):
    event = go(asked_of_three, "weitergeben", "pruefung")
    assert {"mitglied-by", "mitglied-by-2", "mitglied-he"} <= mailed(event)
    assert "mitglied-bund" not in mailed(event)


def test_those_who_have_spoken_are_not_reminded(asked_of_three, people, go):
    go(asked_of_three, "weitergeben", "pruefung")
    consent(asked_of_three, people["by"])
    with later(asked_of_three, days=7, hours=1):
        deadlines.remind()
    assert mailed(asked_of_three.events.get(action="erinnert")) == {"mitglied-he"}


def test_whoever_passes_it_on_reads_that_several_decide(asked_of_three, people, client):
    client.force_login(people["pruefung"])
    address = reverse("dokumente:handeln", args=[asked_of_three.pk, "weitergeben"])
    assert "Danach entscheiden mehrere gemeinsam." in client.get(address).content.decode()
    asked_of_three.refresh_from_db()
    said = {"seen_digest": asked_of_three.digest}
    shown = client.post(address, said, follow=True).content.decode()
    assert "Wer gemeinsam entscheidet, wurde benachrichtigt." in shown
    assert "Die Freigabe wurde benachrichtigt" not in shown


def test_members_meet_it_on_their_desk_until_their_land_has_spoken(asked, people, client):
    client.force_login(people["by"])
    desk, page = reverse("dokumente:pult", args=["mitzeichnen"]), f"/admin/dokumente/{asked.pk}/"
    assert asked.title in client.get(desk).content.decode()
    shown = client.get(page).content.decode()
    assert "1 von 16" in shown
    assert "stimmt stillschweigend zu" in shown
    consent(asked, people["by"])
    assert asked.title not in client.get(desk).content.decode()
    shown = client.get(page).content.decode()
    assert "2 von 16" in shown
    assert "hat dem schon zugestimmt" in shown


def test_only_who_has_a_voice_sits_at_the_desk(asked_of_three, people, make_user, go, client):
    go(asked_of_three, "weitergeben", "pruefung")
    sits_there = {people["by"]: True, make_user("ohne-stimme", MITGLIED, office="bund"): False}
    for user, sits in sits_there.items():
        client.force_login(user)
        desk = client.get(reverse("dokumente:pult", args=["mitzeichnen"]))
        assert desk.status_code == (200 if sits else 404)
        assert ("Gemeinsam zu entscheiden" in client.get("/admin/").content.decode()) == sits


def test_without_such_a_type_there_is_no_such_desk(people, client):
    client.force_login(people["by"])
    assert client.get(reverse("dokumente:pult", args=["mitzeichnen"])).status_code == 404
    assert "Gemeinsam zu entscheiden" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("workflow", "faults"),
    [
        (with_consent(quorum=Quorum(Unit.LAND)), {"E008"}),
        (with_consent(quorum=Quorum(Unit.LAND, needed=3, electorate=("nw", "by"))), {"E008"}),
        (with_consent(by={"geprueft": ("own_office",)}, after_days=0), {"E009"}),
        (with_consent(after_days=0), {"E010"}),
        (replace(JOINT, silent_consent=False), {"E010"}),
        (with_consent(by={"geprueft": (MITGLIED,)}), {"E011"}),
        (with_consent(guards=tuple(g for g in CONSENT.guards if g != CONSENT.guards[2])), {"E007"}),
        (with_consent(guards=CONSENT.guards[:3]), {"E007"}),
        (with_consent(notifies=("Vorstand",)), {"E002"}),
    ],
)
def test_what_cannot_work_or_is_not_declared_is_refused(workflow, faults):
    assert {m.id.rpartition(".")[2] for m in check_workflow(workflow)} == faults


def test_extending_leaves_the_base_alone_and_takes_dangling_ways_along():
    short = extend(JOINT, key="kurz", without=["archiviert"])
    assert "archivieren" not in {way.key for way in short.transitions}
    assert "archiviert" in {state.key for state in JOINT.states}
    assert check_workflow(short) == []


def test_extending_for_a_next_version_says_which_state_took_the_place_of_which():
    moved = extend(JOINT, key="neu", version=3, replaces={"geprueft": "eingereicht"})
    assert moved.replaces == {"geprueft": "eingereicht"}
    assert extend(moved, key="danach", version=4).replaces == {}


def test_the_page_of_the_way_asks_for_what_its_form_wants(asked, people, client):
    client.force_login(people["by"])
    address = reverse("dokumente:handeln", args=[asked.pk, "widersprechen"])
    assert 'name="paragraph"' in client.get(address).content.decode()
    said = {"seen_digest": asked.digest, "remark": "So nicht.", "paragraph": "drei"}
    refused = client.post(address, said)
    assert refused.status_code == 422
    assert "So nicht." in refused.content.decode()
    client.post(address, {**said, "paragraph": "3"})
    assert asked.events.get(action="widersprechen").data["details"] == {"paragraph": 3}


def test_whoever_gave_a_voice_in_the_review_does_not_approve(use, people, period, go, make_user):
    from tests.klk_workflow.conftest import fill, start_report

    review = STANDARD.transition("weitergeben")
    guarded = (*review.guards, guards.has_a_voice)
    pair = replace(review, quorum=Quorum(Unit.PERSON, needed=2), guards=guarded)
    use(extend(STANDARD, key="zu-zweit", version=3, transitions=[pair]))
    people["zweite"] = make_user("zweite", PRUEFUNG, office="by")
    people["beides"] = make_user("beides", PRUEFUNG, FREIGABE, office="he")
    document = start_report(people["nw"], "nw", period)
    fill(document, people["nw"])
    go(document, "einreichen", "nw")
    go(document, "weitergeben", "beides")
    go(document, "weitergeben", "zweite")
    with pytest.raises(Blocked, match="bereits geprüft"):
        go(document, "freigeben", "beides")
