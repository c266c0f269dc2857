"""Reporting periods and the outlines that documents follow."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outline(models.Model):
    """A versioned list of sections for a document type.

    `data` is a list of dicts: key, title, guiding_question, hint, articles (list of int),
    visibility ("public" or "internal"), max_words (int or null), required (bool).
    A document keeps the outline it began under; a change is a new version.
    """

    type_key = models.CharField(_("Dokumentart"), max_length=50)
    version = models.PositiveIntegerField(_("Version"))
    data = models.JSONField(_("Abschnitte"))

    class Meta:
        verbose_name = _("Gliederung")
        verbose_name_plural = _("Gliederungen")
        ordering = ["type_key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["type_key", "version"], name="klk_outline_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.type_key} {self.version}"

    @classmethod
    def newest(cls, type_key: str) -> "Outline | None":
        """The outline that documents of this type begin with, unless a period names another."""
        return cls._default_manager.filter(type_key=type_key).order_by("version").last()


class Period(models.Model):
    """A half-year of reporting with its dates; Administration makes it."""

    slug = models.SlugField(
        _("Kürzel"), unique=True, help_text=_("Jahr und Halbjahr, z. B. 2026-2")
    )
    label = models.CharField(_("Bezeichnung"), max_length=100)
    year = models.PositiveIntegerField(_("Jahr"))
    half = models.PositiveSmallIntegerField(
        _("Halbjahr"), choices=[(1, _("1. Halbjahr")), (2, _("2. Halbjahr"))]
    )
    opens = models.DateField(_("Beginn der Runde"))
    due = models.DateField(_("Abgabe bis"))
    outline = models.ForeignKey(
        Outline, models.PROTECT, related_name="periods", verbose_name=_("Gliederung")
    )

    class Meta:
        verbose_name = _("Berichtszeitraum")
        verbose_name_plural = _("Berichtszeiträume")
        ordering = ["-year", "-half"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due__gte=models.F("opens")),
                name="klk_period_due_after_opens",
                violation_error_message=_("Die Abgabe liegt vor dem Beginn der Runde."),
            )
        ]

    def __str__(self) -> str:
        return self.label
