"""The models as they are: two fields have other names, one field and one kind of part are gone."""

from django.db import models

from klk_workflow.models import Document, Part
from klk_workflow.workflows.standard import STANDARD


class Chronik(Document):
    """A document with one field of its own."""

    workflows = (STANDARD,)
    renamed = {"motto": "leitsatz"}
    leitsatz = models.CharField(max_length=100, blank=True)

    class Meta:
        app_label = "klk_toy"

    @classmethod
    def content_fields(cls):
        return ["leitsatz"]


class Zettel(Part):
    """A row with a text."""

    kind = "zettel"
    template = "klk_toy/zettel.html"
    renamed = {"inhalt": "text"}
    text = models.TextField()

    class Meta(Part.Meta):
        app_label = "klk_toy"

    @property
    def label(self):
        return f"Zettel {self.position}"

    def own_content(self):
        return {"text": self.text}
