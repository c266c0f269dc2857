"""What is stored besides title, sections and attachments."""

from django.db import models

from klk_stellungnahme.workflow import JOINT
from klk_workflow.models import Document
from klk_workflow.models.document import Missing


class Stellungnahme(Document):
    """What the conference says together, to whom, on which occasion and until when."""

    workflows = (JOINT,)

    occasion = models.CharField("Anlass", max_length=250, blank=True)
    addressee = models.CharField("Gerichtet an", max_length=250, blank=True)
    due = models.DateField("Antwort bis", null=True, blank=True)

    class Meta:
        verbose_name = "Stellungnahme"
        verbose_name_plural = "Stellungnahmen"

    @classmethod
    def content_fields(cls):
        """The own fields that are reviewed, approved and published."""
        return ["occasion", "addressee", "due"]

    def canonical_fields(self):
        """The same as JSON, of which the digest is made."""
        return {**super().canonical_fields(), "due": self.due and self.due.isoformat()}

    def missing_fields(self, parts):
        """Without an addressee it cannot be submitted."""
        return [] if self.addressee else [Missing("Gerichtet an")]
