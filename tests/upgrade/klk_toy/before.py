"""The models as they were."""

from django.db import models

from klk_workflow.models import Document, Part
from klk_workflow.workflows.standard import STANDARD


class Chronik(Document):
    """A document with one field of its own."""

    workflows = (STANDARD,)
    motto = models.CharField(max_length=100, blank=True)
    verworfen = models.CharField(max_length=100, blank=True)

    class Meta:
        app_label = "klk_toy"

    @classmethod
    def content_fields(cls):
        return ["motto", "verworfen"]


class Zettel(Part):
    """A row with a text."""

    kind = "zettel"
    template = "klk_toy/zettel.html"
    inhalt = models.TextField()

    class Meta(Part.Meta):
        app_label = "klk_toy"

    @property
    def label(self):
        return f"Zettel {self.position}"

    def own_content(self):
        return {"inhalt": self.inhalt}


class Karte(Part):
    """A kind of part that will be no more."""

    kind = "karte"
    template = "klk_toy/zettel.html"
    ort = models.CharField(max_length=100)

    class Meta(Part.Meta):
        app_label = "klk_toy"

    @property
    def label(self):
        return f"Karte {self.position}"

    def own_content(self):
        return {"ort": self.ort}
