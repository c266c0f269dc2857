"""Rendition: an Edition in another form, made after it and kept as it was made."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from klk_workflow.models.edition import Edition
from klk_workflow.models.files import private_storage


class Rendition(models.Model):
    """The bytes of an Edition as PDF; once for each Edition and kind, and never made again.

    An Event of its own holds kind, digest and size.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="renditions")
    kind = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    file = models.FileField(storage=private_storage, max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Ausgabeform einer Fassung")
        verbose_name_plural = _("Ausgabeformen einer Fassung")
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind"], name="klk_rendition_once")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.kind}"

    @property
    def name(self) -> str:
        """What the file is called when somebody keeps it."""
        path = self.edition.path.replace("/", "-")
        return f"{path}-fassung-{self.edition.number}.{self.kind}"

    def open(self) -> Any:
        """The bytes, as an open binary file."""
        return self.file.open("rb")

    def said(self) -> dict[str, Any]:
        """What its Event says of it."""
        return {"kind": self.kind, "sha256": self.sha256, "size": self.size}
