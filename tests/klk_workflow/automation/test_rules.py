"""What an administrator says happens when something happens, and nobody hears more by it."""

import base64
import hmac
import json
import threading
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from klk_workflow import clock
from klk_workflow.automation import deadlines, webhooks
from klk_workflow.evidence.verification import verify_document
from klk_workflow.models import Delivery, Event, OutboxMail, Rule, Webhook
from klk_workflow.roles import ADMINISTRATION, MITGLIED, PRUEFUNG
from tests.world import PLAN, REPORT


def rule(**values):
    return Rule.objects.create(name="Regel", **values)


def told(event):
    return set(OutboxMail.objects.filter(event=event).values_list("to", flat=True))


@pytest.fixture
def program():
    """Another program on this machine that keeps what it is told; `answers` are its next ones."""
    calls, answers = [], []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            calls.append((dict(self.headers), body))
            self.send_response(answers.pop(0) if answers else 204)
            self.end_headers()

        def log_message(self, *args):
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    hook = Webhook.objects.create(name="Akte", url=f"http://127.0.0.1:{server.server_port}/")
    hook.calls, hook.answers = calls, answers
    yield hook
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("conditions", "fires"),
    [
        ({}, True),
        ({"type_key": REPORT, "action": "einreichen", "to_state": "eingereicht"}, True),
        ({"type_key": PLAN}, False),
        ({"action": "freigeben"}, False),
        ({"to_state": "geprueft"}, False),
        ({"is_active": False}, False),
    ],
)
def test_a_rule_holds_where_its_conditions_do(draft, go, conditions, fires):
    rule(deed=Rule.Deed.MAIL, role=ADMINISTRATION, **conditions)
    event = go(draft, "einreichen", "nw")
    assert ("admin@example.org" in told(event)) == fires


def test_no_rule_tells_of_a_document_to_those_who_do_not_read_it(draft, go):
    rule(deed=Rule.Deed.MAIL, role=MITGLIED)
    assert "mitglied-by@example.org" not in told(go(draft, "einreichen", "nw"))
    go(draft, "weitergeben", "pruefung")
    assert "mitglied-by@example.org" in told(go(draft, "freigeben", "freigabe"))


def test_nobody_is_told_twice_of_one_event(draft, go):
    rule(deed=Rule.Deed.MAIL, role=PRUEFUNG)
    event = go(draft, "einreichen", "nw")
    assert OutboxMail.objects.filter(event=event, to="pruefung@example.org").count() == 1


def test_a_deadline_reminds_once_unless_the_document_has_gone_on(draft, go):
    rule(deed=Rule.Deed.DEADLINE, role=PRUEFUNG, days=3, to_state="eingereicht")
    event = go(draft, "einreichen", "nw")
    with clock.at(event.at + timedelta(days=2)):
        assert deadlines.remind_by_rules() == 0
    with clock.at(event.at + timedelta(days=3, minutes=1)):
        assert (deadlines.remind_by_rules(), deadlines.remind_by_rules()) == (1, 0)
    note = Event.objects.get(action="erinnert")
    assert told(note) == {"pruefung@example.org"}
    draft.refresh_from_db()
    assert verify_document(draft) is None


def test_a_deadline_is_forgotten_when_the_document_goes_on(draft, go):
    rule(deed=Rule.Deed.DEADLINE, role=PRUEFUNG, days=3, to_state="eingereicht")
    go(draft, "einreichen", "nw")
    event = go(draft, "weitergeben", "pruefung")
    with clock.at(event.at + timedelta(days=9)):
        assert deadlines.remind_by_rules() == 0


def test_a_program_is_told_what_happened_signed_and_without_a_word_of_text(draft, go, program):
    rule(deed=Rule.Deed.WEBHOOK, webhook=program, action="einreichen")
    event = go(draft, "einreichen", "nw", remark="Bitte bald")
    assert not program.calls
    assert (webhooks.send_due(), webhooks.send_due()) == (1, 0)
    ((headers, body),) = program.calls
    headers = {name.lower(): value for name, value in headers.items()}
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mine = base64.b64encode(hmac.new(program.secret.encode(), signed, sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{mine}"
    said = json.loads(body)
    assert (said["type"], said["data"]["hash"]) == ("document.einreichen", event.hash)
    for word in (draft.title, "Bitte bald", "mitglied-nw", "Beispieltext"):
        assert word not in body.decode()


def test_what_does_not_arrive_is_tried_again_with_the_same_id_and_then_kept(draft, go, program):
    rule(deed=Rule.Deed.WEBHOOK, webhook=program)
    event = go(draft, "einreichen", "nw")
    program.answers += [500] * (len(webhooks.WAITS) + 1)
    with clock.at(event.at + timedelta(seconds=1)):
        assert webhooks.send_due() == 0
        assert webhooks.send_due() == 0
    assert len(program.calls) == 1
    for days in range(2, 20):
        with clock.at(event.at + timedelta(days=days)):
            webhooks.send_due()
    row = Delivery.objects.get()
    assert (len(program.calls), row.sent_at) == (len(webhooks.WAITS) + 1, None)
    assert row.answer.startswith("500")
    assert len({headers["webhook-id"] for headers, _body in program.calls}) == 1


def test_a_program_that_is_not_there_holds_nothing_up(draft, go):
    hook = Webhook.objects.create(name="Weg", url="http://127.0.0.1:9/")
    rule(deed=Rule.Deed.WEBHOOK, webhook=hook)
    go(draft, "einreichen", "nw")
    assert webhooks.send_due() == 0
    assert Delivery.objects.get().attempts == 1


class TestForms:
    """What the administration fills in."""

    @pytest.fixture
    def admin(self, people, client):
        client.force_login(people["admin"])
        return client

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"deed": "mail"}, "Bitte wählen Sie, wer die Nachricht bekommt."),
            ({"deed": "deadline", "role": "Prüfung"}, "Bitte nennen Sie die Zahl der Tage"),
            ({"deed": "webhook"}, "Bitte wählen Sie ein Programm."),
        ],
    )
    def test_what_a_deed_needs_is_asked_for(self, admin, values, said):
        page = admin.post("/admin/regeln/new/", {"name": "Meine Regel", **values})
        assert said in page.content.decode()
        assert "Meine Regel" in page.content.decode()
        assert not Rule.objects.exists()

    def test_a_rule_is_made_and_works(self, admin, draft, go):
        data = {"name": "Regel", "is_active": "on", "deed": "mail", "role": ADMINISTRATION}
        assert admin.post("/admin/regeln/new/", data).status_code == 302
        assert "admin@example.org" in told(go(draft, "einreichen", "nw"))

    @pytest.mark.parametrize("url", ["http://example.org/", "ftp://127.0.0.1/"])
    def test_messages_go_encrypted_only(self, admin, url):
        data = {"name": "x", "url": url, "secret": "s" * 20, "is_active": "on"}
        page = admin.post("/admin/programme/new/", data)
        assert not Webhook.objects.exists()
        assert page.status_code == 200
