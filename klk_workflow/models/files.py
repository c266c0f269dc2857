"""Files and pictures of a document: private, stored under their SHA-256."""

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from klk_workflow.models.document import Document


def private_storage() -> Storage:
    """Where private files lie; never below a public address."""
    return storages["private"]


class DocumentFile(models.Model):
    """A file of one document. Two rows may share the bytes; the bytes never change."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="files")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(_("Dateiname"), max_length=200)
    mime = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("Größe in Byte"))
    file = models.FileField(storage=private_storage, max_length=120, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Datei")
        verbose_name_plural = _("Dateien")
        constraints = [
            models.UniqueConstraint(fields=["document", "sha256"], name="klk_file_once_a_document")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_removed(self) -> bool:
        """Whether two persons took the bytes out (`klk_workflow.deletion.removal`)."""
        return not self.file

    @property
    def is_picture(self) -> bool:
        """Whether the file can be shown as a picture."""
        return self.mime in PICTURE_TYPES


PICTURE_TYPES = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp"}
