"""Mails as rows: written with the change that causes them, sent after it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klk_workflow.models.event import Event


class OutboxMail(models.Model):
    """One message to one person about one Event; sent at least once, with a stable Message-ID.

    The row is written with the Event; its words are made from the Event when it is sent.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="mails")
    to = models.EmailField()
    message_id = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True, db_index=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("Nachricht")
        verbose_name_plural = _("Nachrichten")
        constraints = [
            models.UniqueConstraint(fields=["event", "to"], name="klk_one_mail_a_person_and_event")
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.event}"
