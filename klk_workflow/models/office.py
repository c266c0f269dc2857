"""Offices with a seat at the conference, and the people who belong to them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from klk_workflow.laender import LAND_CHOICES, land_name


class Office(models.Model):
    """A Landeskoordinierungsstelle or another body with a seat. Several Länder have two."""

    class Kind(models.TextChoices):
        """Kinds of carrier, as the KLK's flyer of April 2024 names them."""

        FREIER_TRAEGER = "freier-traeger", _("Freier Träger")
        WOHLFAHRT = "wohlfahrtsverbaende", _("Zusammenschluss der Wohlfahrtsverbände")
        MINISTERIUM = "ministerium", _("Ministerium")
        ANDERE = "andere-stelle", _("Andere Stelle mit koordinierender Funktion")

    name = models.CharField(_("Name"), max_length=200)
    kind = models.CharField(_("Art"), max_length=30, choices=Kind.choices)
    carrier = models.CharField(_("Träger"), max_length=200, blank=True)
    land = models.CharField(
        _("Land"), max_length=2, blank=True, choices=LAND_CHOICES, db_index=True
    )
    website = models.URLField(_("Website"), blank=True, max_length=500)
    note = models.TextField(_("Hinweis"), blank=True)
    source = models.TextField(_("Quelle"), blank=True)
    is_placeholder = models.BooleanField(_("Platzhalter"), default=False)

    class Meta:
        verbose_name = _("Stelle")
        verbose_name_plural = _("Stellen")
        ordering = ["land", "name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "land"], name="klk_office_name_once_a_land")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def land_name(self) -> str:
        """Name of the Land, empty for a body of no Land."""
        return land_name(self.land)


class Membership(models.Model):
    """A person belongs to an office."""

    office = models.ForeignKey(
        Office, models.CASCADE, related_name="memberships", verbose_name=_("Stelle")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="memberships",
        verbose_name=_("Person"),
    )

    class Meta:
        verbose_name = _("Mitgliedschaft")
        verbose_name_plural = _("Mitgliedschaften")
        constraints = [
            models.UniqueConstraint(fields=["office", "user"], name="klk_membership_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.office}"
