"""Edition: what the public reads, frozen at publication."""

from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from klk_workflow.content.digest import short
from klk_workflow.laender import land_name
from klk_workflow.models.document import Document
from klk_workflow.models.files import private_storage

#: Columns of an Edition that never change.
FROZEN = (
    "number",
    "type_key",
    "type_label",
    "path",
    "title",
    "land",
    "period_label",
    "summary",
    "offices",
    "note",
    "toc",
    "proof",
    "html",
    "json",
    "digest",
)

#: What the lists show.
SHOWN = models.Q(is_current=True, is_archived=False, withdrawn_at=None)


class Edition(models.Model):
    """A numbered Fassung. Text, JSON and files never change; only whether it is shown does.

    The one exception is `is_removed`: two persons took the bytes out
    (`klk_workflow.deletion.removal`).

    `html` is the text fragment, `json` the canonical public JSON, `proof` how it was approved
    (roles and offices, never persons), `head` the digest of the Event that made it.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("Fassung"))
    type_key = models.CharField(max_length=50)
    type_label = models.CharField(max_length=100)
    path = models.CharField(max_length=250, db_index=True)
    title = models.CharField(_("Titel"), max_length=250)
    land = models.CharField(max_length=2, blank=True)
    period_label = models.CharField(max_length=100, blank=True)
    summary = models.TextField(blank=True)
    offices = models.JSONField(default=list)
    note = models.TextField(_("Was sich ändert und warum"), blank=True)
    toc = models.JSONField(default=list)
    proof = models.JSONField(default=list)
    html = models.TextField()
    json = models.TextField()
    digest = models.CharField(_("Prüfsumme"), max_length=64)
    head = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("Veröffentlicht"))

    is_current = models.BooleanField(default=True)
    is_archived = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)
    is_removed = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("Fassung")
        verbose_name_plural = _("Fassungen")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="klk_edition_number_once"),
            models.UniqueConstraint(fields=["path", "number"], name="klk_edition_address_once"),
            models.UniqueConstraint(
                fields=["document"],
                condition=models.Q(is_current=True),
                name="klk_one_current_edition",
            ),
        ]
        indexes = [
            models.Index(
                fields=["type_key", "land", "-published_at"],
                condition=models.Q(is_current=True),
                name="klk_edition_lists",
            ),
            models.Index(
                fields=["type_key", "-published_at", "-id"],
                condition=SHOWN,
                name="klk_edition_newest",
            ),
            models.Index(
                fields=["type_key", "land", "period_label"],
                condition=SHOWN,
                name="klk_edition_facets",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {_('Fassung')} {self.number}"

    @property
    def land_mark(self) -> str:
        """The letters of the Land that speaks here; empty where a type is not written by Länder."""
        from klk_workflow.registry import registry

        is_by_land = self.type_key in registry and registry.get(self.type_key).by_land
        return self.land.upper() if is_by_land else ""

    def get_absolute_url(self) -> str:
        """The address that always shows the current Fassung."""
        return f"/{self.path}/"

    def permanent_url(self) -> str:
        """The address of this Fassung, for ever."""
        return f"/{self.path}/fassung/{self.number}/"

    @property
    def permanent_address(self) -> str:
        """The same with the site's name, as it is cited."""
        return f"{settings.WAGTAILADMIN_BASE_URL}{quote(self.permanent_url())}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether a notice stands in place of the text."""
        return self.withdrawn_at is not None

    @property
    def steps(self) -> list[dict[str, Any]]:
        """How it was approved, with days as dates."""
        return [step | {"day": date.fromisoformat(step["on"])} for step in self.proof]

    @property
    def short_digest(self) -> str:
        """The first digits of the digest, in groups."""
        return short(self.digest)

    @property
    def land_name(self) -> str:
        """Name of the Land, or empty."""
        return land_name(self.land)

    @property
    def changed_at(self) -> datetime:
        """When what the address answers last changed."""
        return self.withdrawn_at or self.published_at

    def frozen(self) -> dict[str, Any]:
        """What must never change, for its digest in the Event that made it."""
        values = {name: getattr(self, name) for name in FROZEN}
        return {**values, "published_at": self.published_at.isoformat()}


class EditionFile(models.Model):
    """A file or picture of an Edition, by its SHA-256."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    mime = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    file = models.FileField(storage=private_storage, max_length=120)

    class Meta:
        verbose_name = _("Datei einer Fassung")
        verbose_name_plural = _("Dateien einer Fassung")
        constraints = [
            models.UniqueConstraint(fields=["edition", "sha256"], name="klk_edition_file_once")
        ]

    def __str__(self) -> str:
        return self.name

    def open(self) -> Any:
        """The bytes, as an open binary file."""
        return self.file.open("rb")
