"""Where nobody eligible is left: an exception, asked for, granted by somebody else, and shown."""

import pytest
from django.urls import reverse

from klk_workflow.evidence.verification import verify_document
from klk_workflow.models import Document, Edition, Event, OutboxMail
from klk_workflow.perform import perform
from klk_workflow.refusals import Blocked, NotAllowed, RemarkMissing
from klk_workflow.roles import FREIGABE, MITGLIED, PRUEFUNG
from klk_workflow.workflows import exceptions, granting
from tests.klk_workflow.admin.conftest import text_of
from tests.klk_workflow.conftest import fill, start_report


def fresh(user):
    return type(user).objects.get(pk=user.pk)


@pytest.fixture
def alone(people, period, go, make_user):
    """A submitted report of NW; the only reviewer sits in NW too."""
    people["pruefung"].delete()
    people["pruefung"] = make_user("pruefung-nw", PRUEFUNG, office="nw")
    people["pruefung"].memberships.update(office=people["nw"].memberships.get().office)
    document = start_report(people["nw"], "nw", period)
    fill(document, people["nw"])
    go(document, "einreichen", "nw")
    document.refresh_from_db()
    return document


def ask(document, people, who="nw", whom="pruefung", reason="Sonst ist niemand da."):
    return granting.ask(
        document, "weitergeben", [people[whom].pk], by=fresh(people[who]), reason=reason
    )


def decide(document, asked, user, *, grants=True, reason=""):
    return granting.decide(document, asked, by=fresh(user), grants=grants, reason=reason)


def review(document, user):
    document.refresh_from_db()
    return perform(document, "weitergeben", by=fresh(user), seen_digest=document.digest)


def test_it_opens_one_step_for_one_person_and_is_shown_to_everybody(alone, people, go, client):
    with pytest.raises(Blocked, match="eigenen Landes"):
        review(alone, people["pruefung"])
    asked = ask(alone, people)
    assert OutboxMail.objects.get(event=asked).to == "admin@example.org"
    with pytest.raises(Blocked):
        review(alone, people["pruefung"])
    granted = decide(alone, asked, people["admin"])
    told = set(OutboxMail.objects.filter(event=granted).values_list("to", flat=True))
    assert {"pruefung-nw@example.org", "mitglied-nw@example.org"} <= told
    event = review(alone, people["pruefung"])
    assert event.data["exceptions"] == {"other_land": granted.seq}
    go(alone, "freigeben", "freigabe")
    go(alone, "veroeffentlichen", "redaktion")
    shown = Edition.objects.get().proof[1]
    assert shown["who"] == "Prüfung, mit Ausnahme: aus demselben Land"
    assert "Musterstelle" not in str(shown)
    assert verify_document(Document.objects.get(pk=alone.pk)) is None


def test_only_for_its_round(alone, people, go):
    decide(alone, ask(alone, people), people["admin"])
    go(alone, "zuruecknehmen", "nw")
    go(alone, "einreichen", "nw")
    with pytest.raises(Blocked, match="eigenen Landes"):
        review(alone, people["pruefung"])


@pytest.mark.parametrize("who", ["nw", "pruefung", "redaktion", "by"])
def test_never_by_those_who_ask_gain_or_have_no_say(alone, people, who):
    asked = ask(alone, people)
    with pytest.raises(NotAllowed):
        decide(alone, asked, people[who])


def test_an_administrator_of_the_same_office_is_no_way_around(alone, people, make_user):
    asked = ask(alone, people)
    admin = make_user("admin-nw", "Administration", MITGLIED, office="nw")
    with pytest.raises(NotAllowed):
        decide(alone, asked, admin)
    decide(alone, asked, people["freigabe"])


def test_an_administrator_cannot_help_herself(alone, people, make_user):
    """Whoever grants is never among those for whom it is granted."""
    both = make_user("admin-pruefung", "Administration", PRUEFUNG, office="nw")
    asked = granting.ask(alone, "weitergeben", [both.pk], by=people["nw"], reason="Weil.")
    with pytest.raises(NotAllowed):
        decide(alone, asked, both)


def test_the_one_who_submitted_never_decides(alone, people, go):
    people["nw"].groups.add(*people["pruefung"].groups.all())
    with pytest.raises(Blocked, match="wählen"):
        ask(alone, people, whom="nw")


def test_only_where_nobody_else_can(alone, people, make_user):
    make_user("andere", PRUEFUNG, office="he")
    with pytest.raises(Blocked, match="Jemand anders"):
        ask(alone, people)


def test_somebody_who_came_meanwhile_makes_it_needless(alone, people, make_user):
    asked = ask(alone, people)
    make_user("andere", PRUEFUNG, office="he")
    with pytest.raises(Blocked, match="Jemand anders"):
        decide(alone, asked, people["admin"])


def test_asking_is_for_the_office_with_a_reason_and_once(alone, people):
    with pytest.raises(NotAllowed):
        ask(alone, people, who="by")
    with pytest.raises(RemarkMissing):
        ask(alone, people, reason=" ")
    ask(alone, people)
    with pytest.raises(Blocked, match="schon gebeten"):
        ask(alone, people)


def test_declining_takes_a_reason_and_changes_nothing(alone, people):
    asked = ask(alone, people)
    with pytest.raises(RemarkMissing):
        decide(alone, asked, people["admin"], grants=False)
    decide(alone, asked, people["admin"], grants=False, reason="Fragen Sie Hessen.")
    with pytest.raises(Blocked, match="schon entschieden"):
        decide(alone, asked, people["admin"])
    with pytest.raises(Blocked):
        review(alone, people["pruefung"])


def test_one_person_for_both_steps_before_submission(people, period, make_user):
    for name in ("pruefung", "freigabe"):
        people[name].delete()
    both = make_user("beides", PRUEFUNG, FREIGABE, office="he")
    document = start_report(people["nw"], "nw", period)
    fill(document, people["nw"])
    vacant = granting.vacancies(document)
    assert [(v.way.key, v.candidates[0].words) for v in vacant] == [
        ("freigeben", "hat auch geprüft")
    ]
    asked = granting.ask(document, "freigeben", [both.pk], by=people["nw"], reason="Nur eine.")
    decide(document, asked, people["admin"])
    for action, user in (("einreichen", people["nw"]), ("weitergeben", both), ("freigeben", both)):
        document.refresh_from_db()
        perform(document, action, by=fresh(user), seen_digest=document.digest)
    assert verify_document(Document.objects.get(pk=document.pk)) is None


@pytest.mark.parametrize(
    ("action", "key", "value"),
    [
        (exceptions.GRANTED, "actor_id", None),
        (exceptions.GRANTED, "data", {"asked": 99, "way": "weitergeben", "round": 1, "lifts": {}}),
        ("weitergeben", "data", {"exceptions": {"other_land": 1}}),
        ("weitergeben", "data", {"exceptions": {"four_eyes": 3}}),
    ],
)
def test_an_exception_that_nobody_granted_is_found(alone, people, action, key, value):
    """Even with every digest recomputed."""
    decide(alone, ask(alone, people), people["admin"])
    review(alone, people["pruefung"])
    event = alone.events.get(action=action)
    setattr(event, key, value)
    event.save()
    before = ""
    for one in alone.events.order_by("seq"):
        one.prev, one.hash = before, ""
        one.hash = before = one.compute_hash()
        one.save()
    type(alone).objects.filter(pk=alone.pk).update(head=before)
    fault = verify_document(Document.objects.get(pk=alone.pk))
    assert fault is not None
    assert "Ausnahme" in fault.what


def test_the_pages_lead_through_it(alone, people, client):
    read = reverse("dokumente:lesen", args=[alone.pk])
    page = reverse("dokumente:ausnahme", args=[alone.pk])
    client.force_login(people["nw"])
    assert page in client.get(read).content.decode()
    assert "aus demselben Land" in text_of(client.get(page))
    said = {"way": "weitergeben", "person": people["pruefung"].pk, "reason": ""}
    refused = client.post(page, said)
    assert (refused.status_code, "checked" in refused.content.decode()) == (409, True)
    client.post(page, {**said, "reason": "Sonst niemand."})
    assert "Sonst niemand." in text_of(client.get(read))
    client.force_login(people["by"])
    assert client.get(page).status_code == 404
    client.force_login(people["admin"])
    assert page in client.get("/admin/").content.decode()
    assert "Ausnahme gewähren" in text_of(client.get(page))
    client.post(page, {"entscheidung": "gewaehren"})
    assert Event.objects.filter(action=exceptions.GRANTED).count() == 1
    client.force_login(people["pruefung"])
    assert "gewährt am" in text_of(client.get(read))
    assert "Als geprüft weitergeben" in text_of(client.get(read))


def test_queries_do_not_grow_with_people(
    alone, people, make_user, client, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page = reverse("dokumente:ausnahme", args=[alone.pk])
    client.force_login(people["nw"])
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for n in range(5):
        make_user(f"noch-{n}", PRUEFUNG, office="nw")
    with django_assert_num_queries(len(few)):
        client.get(page)
