"""A request to lock content: asked by one person, carried out by the word of a second."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klk_workflow.models.document import Document


class Removal(models.Model):
    """What is to go, until it is gone. What was decided by whom stands in the chain.

    `words` are the dangerous ones themselves: they are emptied as soon as the request is settled.
    `leftover` are stored files whose bytes must still be deleted.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="removals")
    words = models.TextField(_("Gefährliche Stellen"), blank=True)
    editions = models.JSONField(_("Ganze Fassungen"), default=list)
    files = models.JSONField(_("Dateien"), default=list)
    in_copy = models.BooleanField(_("Auch im Arbeitstext"), default=True)
    reason = models.TextField(_("Grund"))
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, db_index=True)
    leftover = models.JSONField(default=list)

    class Meta:
        verbose_name = _("Sperrung")
        verbose_name_plural = _("Sperrungen")
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"{self.document}, {self.asked_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a second person."""
        return self.settled_at is None
