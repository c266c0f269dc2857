"""A submission gives a receipt: on its page and by mail; and it can be checked."""

import pytest
from django.core import mail
from django.urls import reverse

from klk_workflow.automation.outbox import send_waiting
from klk_workflow.evidence import receipts, seals
from klk_workflow.models import Event


@pytest.fixture
def submitted(bring):
    return bring("eingereicht")


@pytest.fixture
def event(submitted):
    return submitted.events.get(seq=1)


def address(document, seq=1):
    return reverse("dokumente:beleg", args=[document.pk, seq])


def test_the_page_says_all_of_it(submitted, event, people, client):
    client.force_login(people["nw"])
    page = client.get(address(submitted)).content.decode()
    for said in (event.digest, event.hash, "mitglied-nw, Stelle NW", submitted.natural_key):
        assert said in page


def test_after_submitting_a_button_leads_to_it(draft, people, client):
    client.force_login(people["nw"])
    data = {"seen_digest": draft.digest, "seen_seq": 0}
    to = reverse("dokumente:handeln", args=[draft.pk, "einreichen"])
    page = client.post(to, data, follow=True).content.decode()
    assert address(draft) in page


def test_it_goes_by_mail_to_whoever_submitted_and_to_nobody_else(submitted, event):
    send_waiting()
    with_receipt = [m.to for m in mail.outbox if event.hash in m.body]
    assert with_receipt == [["mitglied-nw@example.org"]]
    assert len(mail.outbox) > 1
    html = next(m for m in mail.outbox if m.to == with_receipt[0]).alternatives[0][0]
    assert event.digest in html


def test_other_events_give_none(submitted, go, people, client):
    go(submitted, "weitergeben", "pruefung")
    client.force_login(people["nw"])
    assert client.get(address(submitted, 2)).status_code == 404
    assert client.get(address(submitted, 9)).status_code == 404


def test_who_does_not_meet_the_document_gets_none(submitted, people, client):
    for who, status in (("by", 404), ("redaktion", 404), ("pruefung", 200), ("admin", 200)):
        client.force_login(people[who])
        assert client.get(address(submitted)).status_code == status, who


def test_a_receipt_holds_and_the_next_one_is_for_the_next_round(submitted, go):
    text = receipts.as_text(submitted, submitted.events.get(seq=1))
    go(submitted, "zuruecknehmen", "nw")
    go(submitted, "einreichen", "nw")
    assert receipts.check(text).holds
    assert receipts.check(submitted.events.get(seq=3).hash).event.round == 2


def test_a_forged_receipt_is_named(submitted, event):
    text = receipts.as_text(submitted, event)
    forged = text.replace("Runde: 1", "Runde: 2").replace(event.digest, "a" * 64)
    labels = [line.label for line in receipts.check(forged).differences]
    assert labels == ["Runde", "Prüfsumme des Textes"]


def test_a_receipt_finds_a_changed_record(submitted, event, go):
    text = receipts.as_text(submitted, event)
    go(submitted, "weitergeben", "pruefung")
    Event.objects.filter(seq=2).update(actor_role="Freigabe")
    assert not receipts.check(text).holds


def test_with_a_key_the_receipt_is_sealed(settings, bring):
    settings.KLK_SIGNING_KEY = seals.new_key()
    event = bring("eingereicht").events.get(seq=1)
    text = receipts.as_text(event.document.specific, event)
    assert f"Siegel: {event.seal}" in text
    assert seals.holds(event.hash, event.seal, [seals.public_key()])


@pytest.mark.parametrize(
    ("who", "meets"), [("nw", True), ("by", False), ("admin", True), ("redaktion", False)]
)
def test_the_check_page_tells_strangers_no_title(submitted, event, people, client, who, meets):
    client.force_login(people[who])
    page = client.post(reverse("dokumente:beleg_pruefen"), {"receipt": event.hash}).content.decode()
    assert "Der Beleg ist echt" in page
    assert (submitted.title in page) == meets


def test_the_check_page_refuses_what_nobody_knows(people, client):
    client.force_login(people["nw"])
    to = reverse("dokumente:beleg_pruefen")
    assert client.post(to, {"receipt": ""}).status_code == 422
    assert "kennen wir nicht" in client.post(to, {"receipt": "0" * 64}).content.decode()
