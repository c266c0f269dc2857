"""Mails are sent after the change, and one that cannot be sent holds up nobody."""

from django.core.mail.backends.locmem import EmailBackend

from klk_workflow.automation.outbox import send_waiting
from klk_workflow.models import OutboxMail


class Refusing(EmailBackend):
    """Takes mail for everybody but the reviewer."""

    def send_messages(self, messages):
        if any("pruefung" in address for m in messages for address in m.to):
            raise ValueError("no such address")
        return super().send_messages(messages)


def test_mail_is_sent_once_in_german_with_text_and_html(draft, go, mailoutbox):
    go(draft, "einreichen", "nw", remark="Bitte bald ansehen.")
    assert mailoutbox == []
    assert send_waiting() == OutboxMail.objects.count() > 0
    assert send_waiting() == 0
    mail = next(m for m in mailoutbox if m.to == ["pruefung@example.org"])
    assert "eingereicht" in mail.subject
    assert "Bitte bald ansehen." in mail.body
    assert "/admin/dokumente/" in mail.body
    assert mail.alternatives[0].mimetype == "text/html"


def test_a_mail_that_fails_waits_and_the_others_go(draft, go, people, settings, make_user):
    make_user("aaa-pruefung", "Prüfung")
    settings.EMAIL_BACKEND = "tests.klk_workflow.automation.test_outbox.Refusing"
    go(draft, "einreichen", "nw")
    go(draft, "weitergeben", "pruefung")
    send_waiting()
    waiting = OutboxMail.objects.filter(sent_at=None)
    assert {mail.to for mail in waiting} == {"aaa-pruefung@example.org", "pruefung@example.org"}
    assert all(mail.error == "no such address" for mail in waiting)
    assert OutboxMail.objects.exclude(sent_at=None).exists()
