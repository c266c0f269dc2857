"""Access for programs: what a person's token may do, and requests that are carried out once."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import APIToken


class Scope(models.TextChoices):
    """What a program may do; none includes another."""

    READ = "read", _("lesen")
    WRITE = "write", _("Texte schreiben")
    ACT = "act", _("einreichen, entscheiden, veröffentlichen")


class TokenScopes(models.Model):
    """What one of Wagtail's tokens opens here, and until when; without this row: nothing.

    A token is never more than its person is at the moment of the request.
    """

    token = models.OneToOneField(APIToken, models.CASCADE, related_name="klk_scopes")
    scopes = models.JSONField(_("Darf"), default=list)
    expires_at = models.DateTimeField(_("Gilt bis"))

    class Meta:
        verbose_name = _("Recht eines Programms")
        verbose_name_plural = _("Rechte von Programmen")

    def __str__(self) -> str:
        return str(self.token)

    @property
    def labels(self) -> list[str]:
        """The scopes in words."""
        return [str(Scope(scope).label) for scope in self.scopes]


class IdempotentRequest(models.Model):
    """The answer to a request that came with an Idempotency-Key, given again to its repetition."""

    token = models.ForeignKey(APIToken, models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    answer = models.JSONField()
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("Wiederholbare Anfrage")
        verbose_name_plural = _("Wiederholbare Anfragen")
        constraints = [
            models.UniqueConstraint(fields=["token", "key"], name="klk_idempotency_key_once")
        ]

    def __str__(self) -> str:
        return self.key
