"""A document with a field and rows of its own."""

from django.db import models

from klk_workflow.models import Document, Part
from klk_workflow.models.document import Missing
from klk_workflow.workflows.standard import STANDARD


class Vorhaben(Document):
    """What somebody wants to do."""

    workflows = (STANDARD,)
    goal = models.CharField("Ziel", max_length=250, blank=True)

    class Meta:
        verbose_name = "Vorhaben"
        verbose_name_plural = "Vorhaben"

    @classmethod
    def content_fields(cls):
        """The own field."""
        return ["goal"]

    def missing_fields(self, parts):
        """It needs a goal."""
        return [] if self.goal else [Missing("Ziel")]


class Schritt(Part):
    """A step on the way to it."""

    kind = "schritt"
    template = "klk_vorhaben/schritt.html"
    title = models.CharField("Titel", max_length=250)

    class Meta(Part.Meta):
        verbose_name = "Schritt"
        verbose_name_plural = "Schritte"

    @property
    def label(self):
        """Its title."""
        return self.title

    def own_content(self):
        """All that is said of it."""
        return {"title": self.title}
