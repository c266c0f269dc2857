"""The log of messages to programs: seen by the administration alone, and sent again from there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klk_workflow import clock
from klk_workflow.automation import webhooks
from klk_workflow.models import Delivery, Rule, Webhook
from tests.klk_workflow.admin.conftest import at, text_of


@pytest.fixture
def hook(db):
    hook = Webhook.objects.create(name="Akte", url="http://127.0.0.1:9/")
    Rule.objects.create(name="Regel", deed=Rule.Deed.WEBHOOK, webhook=hook)
    return hook


@pytest.fixture
def delivery(hook, draft, go):
    go(draft, "einreichen", "nw")
    assert webhooks.send_due() == 0
    return Delivery.objects.get()


def test_what_did_not_arrive_is_said_with_the_last_answer(delivery, draft, as_):
    page = text_of(as_("admin").get(at("nachrichten")))
    assert draft.title in page
    assert "Akte" in page
    assert "1 Versuch, zuletzt:" in page
    assert "eingereicht" in page
    assert "nächster Versuch" in page


def test_what_was_given_up_is_sent_again_with_the_same_id(delivery, as_):
    Delivery.objects.update(attempts=len(webhooks.WAITS) + 1)
    assert webhooks.send_due() == 0
    admin, again = as_("admin"), at("nachricht_wiederholen", delivery.pk)
    assert "aufgegeben" in text_of(admin.get(at("nachrichten")))
    assert "Die Nachricht an „Akte“" in admin.post(again, follow=True).content.decode()
    webhooks.send_due()
    row = Delivery.objects.get()
    assert (row.attempts, row.message_id) == (1, delivery.message_id)
    Delivery.objects.update(sent_at=clock.now())
    assert admin.post(again).status_code == 404
    assert "angekommen" in text_of(admin.get(at("nachrichten")))


@pytest.mark.parametrize("who", ["nw", "pruefung", "freigabe", "redaktion"])
def test_nobody_else_sees_it_or_sends(delivery, as_, who):
    assert as_(who).get(at("nachrichten")).status_code == 404
    assert as_(who).post(at("nachricht_wiederholen", delivery.pk)).status_code == 404
    assert "Nachrichtenprotokoll" not in as_(who).get("/admin/").content.decode()


def test_as_many_queries_for_many_as_for_few(delivery, as_):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            admin.get(at("nachrichten"))
        return len(asked)

    admin = as_("admin")
    cost()
    few = cost()
    for number in range(30):
        other = Webhook.objects.create(name=f"Programm {number}", url="http://127.0.0.1:9/")
        Delivery.objects.create(
            webhook=other,
            event=delivery.event,
            message_id=f"00000000-0000-0000-0000-0000000000{number:02}",
            created_at=clock.now(),
            due_at=clock.now(),
        )
    assert cost() <= few
    assert "Seite 1 von 2" in text_of(admin.get(at("nachrichten")))
