"""Deputies: for a time they decide what somebody else may, as themselves, and it says so."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klk_workflow import clock
from klk_workflow.automation import outbox
from klk_workflow.deletion.erasing import erase_name
from klk_workflow.evidence.verification import verify_document
from klk_workflow.models import Deputyship, Document, Edition, Event, Membership, OutboxMail
from klk_workflow.models.event import REPRESENTED
from klk_workflow.people import person_for
from klk_workflow.perform import perform
from klk_workflow.permissions import Access, access
from klk_workflow.refusals import Blocked, NotAllowed
from klk_workflow.roles import FREIGABE, MITGLIED, PRUEFUNG
from tests.klk_workflow.admin.conftest import at, text_of
from tests.klk_workflow.conftest import fill, start_report

TODAY = clock.today()


def fresh(user):
    return type(user).objects.get(pk=user.pk)


def deputise(represented, deputy, begins=TODAY, ends=TODAY + timedelta(days=14)):
    return Deputyship.objects.create(
        represented=represented, deputy=deputy, begins=begins, ends=ends
    )


def take(document, action, user, **extra):
    document.refresh_from_db()
    return perform(document, action, by=fresh(user), seen_digest=document.digest, **extra)


@pytest.fixture
def submitted(bring):
    """A report of NW that waits for review; the reviewer sits in HE."""
    return bring("eingereicht")


def test_a_deputy_decides_and_the_record_says_for_whom(submitted, people, go, as_):
    by = people["by"]
    with pytest.raises(NotAllowed):
        take(submitted, "weitergeben", by)
    deputise(people["pruefung"], by)
    event = take(submitted, "weitergeben", by)
    assert (event.actor_id, event.actor_role) == (by.pk, PRUEFUNG)
    assert event.data[REPRESENTED]["person"] == people["pruefung"].pk
    assert event.on_behalf == "Stelle HE"
    assert "pruefung" not in str(event.data), "a name stands beside the chain, never in it"
    history = text_of(as_("nw").get(at("verlauf", submitted.pk)))
    assert "mitglied-by, Prüfung, Stelle BY · in Vertretung für pruefung, Stelle HE" in history
    assert "(Prüfung, in Vertretung)" in text_of(as_("nw").get(at("lesen", submitted.pk)))
    go(submitted, "freigeben", "freigabe")
    go(submitted, "veroeffentlichen", "redaktion")
    proof = Edition.objects.get().proof
    assert proof[1]["who"] == "Prüfung, andere Stelle als die berichtende, in Vertretung"
    assert "Vertretung" not in proof[2]["who"]
    assert verify_document(Document.objects.get(pk=submitted.pk)) is None


def test_it_begins_and_ends_by_itself(submitted, people):
    first = TODAY + timedelta(days=10)
    deputise(people["pruefung"], people["by"], first, first + timedelta(days=2))
    noon = datetime.combine(first, datetime.min.time(), UTC) + timedelta(hours=12)
    for days, may in ((-1, False), (0, True), (2, True), (3, False)):
        with clock.at(noon + timedelta(days=days)):
            level = access(person_for(fresh(people["by"])), submitted)
        assert (level == Access.READ) is may, days


def test_the_last_day_ends_at_midnight_in_germany(submitted, people):
    deputise(people["pruefung"], people["by"], date(2026, 6, 1), date(2026, 6, 30))
    for moment, may in (((21, 59), True), ((22, 1), False)):
        with clock.at(datetime(2026, 6, 30, *moment, tzinfo=UTC)):
            level = access(person_for(fresh(people["by"])), submitted)
        assert (level == Access.READ) is may


@pytest.mark.parametrize("lost", ["ended", "closed", "role", "seat"])
def test_it_gives_no_more_than_the_two_have(submitted, people, lost):
    row = deputise(people["pruefung"], people["by"])
    if lost == "ended":
        row.end()
    elif lost == "closed":
        people["pruefung"].is_active = False
        people["pruefung"].save()
    else:
        people["pruefung" if lost == "role" else "by"].groups.clear()
    with pytest.raises(NotAllowed):
        take(submitted, "weitergeben", people["by"])


def test_a_deputy_of_the_documents_land_is_barred(submitted, people, make_user):
    neighbour = make_user("nachbar", MITGLIED, office="nw")
    Membership.objects.filter(user=neighbour).update(office=people["nw"].memberships.get().office)
    deputise(people["pruefung"], neighbour)
    with pytest.raises(Blocked, match="des eigenen Landes"):
        take(submitted, "weitergeben", neighbour)


def test_what_bars_the_one_represented_bars_the_deputy(submitted, people, make_user):
    local = make_user("pruefung-nw", PRUEFUNG, office="nw")
    deputise(local, people["by"])
    with pytest.raises(Blocked, match="in Vertretung für pruefung-nw"):
        take(submitted, "weitergeben", people["by"])


def test_who_wrote_cannot_send_a_deputy(people, period, go):
    people["nw"].groups.add(Group.objects.get(name=PRUEFUNG))
    document = start_report(people["nw"], "nw", period)
    fill(document, people["nw"])
    go(document, "einreichen", "nw")
    people["nw"].memberships.all().delete()
    deputise(people["nw"], people["by"])
    with pytest.raises(Blocked, match="selbst daran geschrieben"):
        take(document, "weitergeben", people["by"])


def test_who_reviewed_cannot_send_a_deputy_to_approve(bring, people):
    people["pruefung"].groups.add(Group.objects.get(name=FREIGABE))
    document = bring("geprueft")
    deputise(people["pruefung"], people["by"])
    with pytest.raises(Blocked, match="bereits geprüft"):
        take(document, "freigeben", people["by"])


def test_who_had_it_reviewed_by_a_deputy_does_not_approve(submitted, people):
    people["pruefung"].groups.add(Group.objects.get(name=FREIGABE))
    deputise(people["pruefung"], people["by"])
    take(submitted, "weitergeben", people["by"])
    with pytest.raises(Blocked, match="bereits geprüft"):
        take(submitted, "freigeben", people["pruefung"])
    take(submitted, "freigeben", people["freigabe"])


def test_of_two_represented_the_one_whom_nothing_bars(submitted, people, make_user):
    deputise(make_user("pruefung-nw", PRUEFUNG, office="nw"), people["by"])
    deputise(people["pruefung"], people["by"])
    event = take(submitted, "weitergeben", people["by"])
    assert event.represented_id == people["pruefung"].pk


def test_who_has_the_role_acts_in_it(submitted, people):
    people["by"].groups.add(Group.objects.get(name=PRUEFUNG))
    deputise(people["pruefung"], people["by"])
    assert take(submitted, "weitergeben", people["by"]).represented_id is None


def test_a_deputy_decides_but_holds_no_other_right(submitted, people, as_):
    deputise(people["pruefung"], people["by"])
    person = person_for(fresh(people["by"]))
    assert PRUEFUNG not in person.roles
    assert as_("by").get(at("pult", "pruefen")).status_code == 200
    assert as_("by").get("/admin/vertretungen/").status_code == 302


def test_deputies_are_told_of_what_waits(submitted, draft, people, go):
    go(draft, "zuruecknehmen", "nw")
    deputise(people["pruefung"], people["by"])
    event = go(draft, "einreichen", "nw")
    assert OutboxMail.objects.filter(event=event, to="mitglied-by@example.org").count() == 1
    reviewed = take(draft, "weitergeben", people["by"])
    told = OutboxMail.objects.filter(event=reviewed)
    assert "mitglied-by@example.org" not in told.values_list("to", flat=True)


def test_the_mail_says_that_a_deputy_did_it(submitted, people, mailoutbox):
    deputise(people["pruefung"], people["by"])
    OutboxMail.objects.all().delete()
    take(submitted, "weitergeben", people["by"])
    outbox.send_waiting()
    assert "Durch: Prüfung, in Vertretung, am" in mailoutbox[0].body


def test_start_page_and_bar_say_for_whom(submitted, people, as_):
    deputise(people["pruefung"], people["by"])
    start = text_of(as_("by").get("/admin/"))
    assert "Sie vertreten pruefung" in start
    assert "In Vertretung für pruefung." in start
    assert submitted.title in text_of(as_("by").get(at("pult", "pruefen")))
    said = "Sie handeln in Vertretung für pruefung."
    assert said in text_of(as_("by").get(at("lesen", submitted.pk)))
    assert said in text_of(as_("by").get(at("handeln", submitted.pk, "weitergeben")))


def test_nothing_waits_at_the_desk_that_bars_the_one_represented(submitted, people, make_user, as_):
    deputise(make_user("pruefung-nw", PRUEFUNG, office="nw"), people["by"])
    assert submitted.title not in text_of(as_("by").get(at("pult", "pruefen")))


def test_names_can_be_erased_and_the_chain_holds(submitted, people):
    deputise(people["pruefung"], people["by"])
    event = take(submitted, "weitergeben", people["by"])
    erase_name(people["pruefung"].pk)
    assert not hasattr(Event.objects.get(pk=event.pk), "name")
    assert verify_document(Document.objects.get(pk=submitted.pk)) is None


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"person": 0}, "verändert"),
        ({"until": "2000-01-01"}, "verändert"),
    ],
)
def test_another_one_represented_is_found(submitted, people, change, what):
    deputise(people["pruefung"], people["by"])
    event = take(submitted, "weitergeben", people["by"])
    data = {**event.data, REPRESENTED: {**event.data[REPRESENTED], **change}}
    Event.objects.filter(pk=event.pk).update(data=data)
    assert what in str(verify_document(Document.objects.get(pk=submitted.pk)))


def test_another_name_of_the_one_represented_is_found(submitted, people):
    deputise(people["pruefung"], people["by"])
    event = take(submitted, "weitergeben", people["by"])
    event.name.represented = "jemand anders"
    event.name.save()
    assert "Name" in str(verify_document(Document.objects.get(pk=submitted.pk)))


def test_an_export_is_verified_elsewhere(submitted, people, tmp_path):
    deputise(people["pruefung"], people["by"])
    take(submitted, "weitergeben", people["by"])
    path = tmp_path / "akte.zip"
    call_command("export", "--all", str(path), stdout=StringIO())
    call_command("verify", "--export", str(path), stdout=StringIO(), stderr=StringIO())


def name_somebody(browser, **changes):
    data = {"begins": TODAY, "ends": TODAY + timedelta(days=7), **changes}
    return browser.post(at("vertretung"), data)


def test_one_names_a_deputy_and_ends_it(people, as_):
    browser = as_("pruefung")
    assert name_somebody(browser, deputy=people["by"].pk).status_code == 302
    assert "mitglied-by vertritt Sie" in text_of(browser.get(at("vertretung")))
    assert "Sie vertreten pruefung" in text_of(as_("by").get(at("vertretung")))
    row = Deputyship.objects.get()
    assert as_("nw").post(at("vertretung_beenden", row.pk)).status_code == 404
    assert browser.post(at("vertretung_beenden", row.pk)).status_code == 302
    row.refresh_from_db()
    assert row.ended_at
    assert "vorzeitig beendet" in text_of(browser.get(at("vertretung")))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ends": TODAY - timedelta(days=1)}, "Der letzte Tag liegt vor dem ersten."),
        ({"ends": TODAY + timedelta(days=400)}, "Eine Vertretung dauert höchstens ein Jahr."),
        (
            {"begins": TODAY - timedelta(days=9), "ends": TODAY - timedelta(days=8)},
            "Dieser Tag ist schon vorbei.",
        ),
        ({"ends": ""}, "Dieses Feld muss ausgefüllt werden."),
        ({"ends": "unsinn"}, "Bitte geben Sie den Tag so an: TT.MM.JJJJ"),
    ],
)
def test_what_cannot_be_comes_back_filled(people, as_, changes, said):
    answer = name_somebody(as_("pruefung"), deputy=people["by"].pk, **changes)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert f'<option value="{people["by"].pk}" selected' in answer.content.decode()
    assert "constraint" not in text_of(answer).lower()
    assert not Deputyship.objects.exists()


def test_one_deputy_at_a_time(people, as_):
    deputise(people["pruefung"], people["by"])
    answer = name_somebody(as_("pruefung"), deputy=people["nw"].pk)
    assert "ist schon mitglied-by als Vertretung benannt." in text_of(answer)
    Deputyship.objects.get().end()
    assert name_somebody(as_("pruefung"), deputy=people["nw"].pk).status_code == 302


def test_only_those_who_decide_name_only_members(people, as_):
    assert "Wer vertritt Sie?" not in text_of(as_("by").get(at("vertretung")))
    assert name_somebody(as_("by"), deputy=people["nw"].pk).url == "/admin/"
    assert not Deputyship.objects.exists()
    for nobody in ("admin", "pruefung"):
        answer = name_somebody(as_("pruefung"), deputy=people[nobody].pk)
        assert answer.status_code == 422
        assert "gültige Auswahl" in text_of(answer)


def test_the_administration_names_one_for_somebody(people, as_):
    data = {
        "represented": people["pruefung"].pk,
        "deputy": people["pruefung"].pk,
        "begins": TODAY,
        "ends": TODAY + timedelta(days=3),
    }
    browser = as_("admin")
    answer = browser.post("/admin/vertretungen/new/", data)
    assert "Niemand vertritt sich selbst." in text_of(answer)
    browser.post("/admin/vertretungen/new/", {**data, "deputy": people["by"].pk})
    row = Deputyship.objects.get()
    assert "mitglied-by" in text_of(browser.get("/admin/vertretungen/"))
    later = {"ends": TODAY + timedelta(days=9), "deputy": people["nw"].pk}
    browser.post(f"/admin/vertretungen/edit/{row.pk}/", later)
    row.refresh_from_db()
    assert (row.deputy, row.ends) == (people["by"], later["ends"])
    browser.post(f"/admin/vertretungen/edit/{row.pk}/", {"ends": row.ends, "end_now": "on"})
    row.refresh_from_db()
    assert row.ended_at


def test_as_many_queries_for_many_deputyships(submitted, people, make_user, as_):
    def cost(path):
        browser = as_("by")
        browser.get(path)
        with CaptureQueriesContext(connection) as asked:
            browser.get(path)
        return len(asked)

    paths = ["/admin/", at("vertretung"), at("lesen", submitted.pk), at("pult", "pruefen")]
    deputise(people["pruefung"], people["by"])
    few = [cost(path) for path in paths]
    for number in range(5):
        deputise(make_user(f"weitere-{number}", PRUEFUNG, office="he"), people["by"])
    assert [cost(path) for path in paths] == few
    assert max(few) <= 60
    assert reverse("dokumente:vertretung") in paths
