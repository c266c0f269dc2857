"""What a document says, for the search of its members."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klk_workflow.models.document import Document


class DocumentWords(models.Model):
    """The words of a working copy as they were at this digest; nobody asks a row of another one.

    `folded` holds the same without capitals, with umlauts in both spellings.
    """

    document = models.OneToOneField(
        Document, models.CASCADE, primary_key=True, related_name="words"
    )
    digest = models.CharField(max_length=64)
    text = models.TextField()
    folded = models.TextField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("Wörter eines Dokuments")
        verbose_name_plural = _("Wörter der Dokumente")

    def __str__(self) -> str:
        return f"{self.document_id}"
