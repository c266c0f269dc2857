"""Remarks beside a part of a document: append-only rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klk_workflow.models.document import Document


class Remark(models.Model):
    """What somebody noted about a part (or the whole, with an empty `part_key`).

    A remark is never changed; an answer or "erledigt" is a row of its own with a `parent`.
    """

    class Kind(models.TextChoices):
        """What the row says."""

        REMARK = "remark", _("Anmerkung")
        REPLY = "reply", _("Antwort")
        RESOLVED = "resolved", _("Erledigt")

    document = models.ForeignKey(Document, models.CASCADE, related_name="remarks")
    parent = models.ForeignKey(
        "self", models.CASCADE, related_name="answers", null=True, blank=True
    )
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.REMARK)
    part_kind = models.CharField(max_length=30, blank=True)
    part_key = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64, help_text=_("Prüfsumme des Teils, den man sah"))
    text = models.TextField(_("Anmerkung"), max_length=4000, blank=True)
    author_id = models.BigIntegerField()
    author_name = models.CharField(max_length=150)
    author_role = models.CharField(max_length=50)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("Anmerkung")
        verbose_name_plural = _("Anmerkungen")

    def __str__(self) -> str:
        return self.text[:60]
