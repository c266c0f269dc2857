"""Content rules: what else shall happen when something happens; and where programs are told."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from klk_workflow.models.event import Event
from klk_workflow.roles import GROUPS


def _secret() -> str:
    return secrets.token_urlsafe(32)


class Webhook(models.Model):
    """An address of another program that is told of Events; messages are signed with `secret`."""

    name = models.CharField(_("Name"), max_length=100)
    url = models.URLField(_("Adresse"), max_length=500)
    secret = models.CharField(_("Schlüssel"), max_length=100, default=_secret)
    is_active = models.BooleanField(_("in Betrieb"), default=True)

    class Meta:
        verbose_name = _("Programm, das Nachricht bekommt")
        verbose_name_plural = _("Programme, die Nachricht bekommen")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Rule(models.Model):
    """When a type's document takes a way or comes into a state, then one thing more.

    Empty conditions hold for everything. `days` are counted from the Event.
    """

    class Deed(models.TextChoices):
        """What shall happen then."""

        MAIL = "mail", _("Nachricht an eine Rolle")
        DEADLINE = "deadline", _("Frist setzen, danach eine Rolle erinnern")
        WEBHOOK = "webhook", _("einem Programm Nachricht geben")
        AGENDA = "agenda", _("auf die Tagesordnung der nächsten Sitzung setzen")

    name = models.CharField(_("Name"), max_length=100)
    is_active = models.BooleanField(_("in Kraft"), default=True)
    type_key = models.CharField(_("Art des Dokuments"), max_length=50, blank=True)
    action = models.CharField(_("Was geschieht"), max_length=50, blank=True)
    to_state = models.CharField(_("Stand danach"), max_length=50, blank=True)
    deed = models.CharField(_("Dann"), max_length=10, choices=Deed.choices)
    role = models.CharField(
        _("Rolle"), max_length=50, blank=True, choices=[(name, _(name)) for name in GROUPS]
    )
    days = models.PositiveIntegerField(_("Tage"), null=True, blank=True)
    webhook = models.ForeignKey(
        Webhook, models.PROTECT, null=True, blank=True, verbose_name=_("Programm")
    )

    class Meta:
        verbose_name = _("Regel")
        verbose_name_plural = _("Regeln")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """A message to a webhook: written with its Event, sent after it, tried again, kept as a log."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    message_id = models.UUIDField(unique=True)
    created_at = models.DateTimeField(_("Geschehen"))
    due_at = models.DateTimeField(_("Nächster Versuch"), db_index=True)
    sent_at = models.DateTimeField(_("Angekommen"), null=True, blank=True)
    attempts = models.PositiveIntegerField(_("Versuche"), default=0)
    answer = models.CharField(_("Antwort"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Nachricht an ein Programm")
        verbose_name_plural = _("Nachrichten an Programme")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "event"], name="klk_one_delivery_an_event_and_webhook"
            )
        ]

    def __str__(self) -> str:
        return f"{self.webhook}: {self.event}"


class SetDeadline(models.Model):
    """A deadline that a rule has set: if the document is still where it was, `role` is reminded."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    rule_name = models.CharField(max_length=100)
    role = models.CharField(max_length=50)
    due_at = models.DateTimeField(db_index=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Frist aus einer Regel")
        verbose_name_plural = _("Fristen aus Regeln")

    def __str__(self) -> str:
        return f"{self.event}: {self.due_at:%Y-%m-%d}"
