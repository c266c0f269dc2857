"""The Aktionsplan and its measures."""

from collections.abc import Sequence
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from klk_workflow.models import Document, Part
from klk_workflow.models.document import Missing
from klk_workflow.plugins.aktionsplan.vocabularies import field_label, status_label
from klk_workflow.workflows.definition import Text
from klk_workflow.workflows.standard import STANDARD

#: What is said of a measure: the columns that belong to its content.
CONTENT = (
    "number",
    "title",
    "description",
    "action_field",
    "responsible",
    "first_year",
    "last_year",
    "funding",
    "status",
    "indicator",
)
YEARS = [MinValueValidator(1990), MaxValueValidator(2100)]


class Aktionsplan(Document):
    """An office's presentation of its Land's action plan; one for each Land and first year."""

    workflows = (STANDARD,)

    first_year = models.PositiveIntegerField(_("Erstes Jahr"), validators=YEARS)
    last_year = models.PositiveIntegerField(
        _("Letztes Jahr"), validators=YEARS, null=True, blank=True
    )
    official_title = models.CharField(_("Titel des Plans"), max_length=250, blank=True)
    legal_basis = models.TextField(_("Rechtsgrundlage oder Beschluss"), max_length=2000, blank=True)
    action_fields = models.JSONField(_("Handlungsfelder"), default=list, blank=True)
    source_url = models.URLField(_("Adresse des Plans"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("Aktionsplan")
        verbose_name_plural = _("Aktionspläne")

    @staticmethod
    def key_for(land: str, first_year: int) -> str:
        """The natural key, e.g. "aktionsplan:nw:2026"."""
        return f"aktionsplan:{land}:{first_year}"

    @classmethod
    def content_fields(cls) -> list[str]:
        """The head of the plan."""
        return [
            "first_year",
            "last_year",
            "official_title",
            "legal_basis",
            "action_fields",
            "source_url",
        ]

    @property
    def years(self) -> str:
        """The period of the plan: 2026–2030, or "ab 2026"."""
        if self.last_year:
            return f"{self.first_year}–{self.last_year}"
        return str(_("ab %(year)d") % {"year": self.first_year})

    @property
    def field_labels(self) -> list[str]:
        """The fields of action in words."""
        return [field_label(key) for key in self.action_fields]

    def missing_fields(self, parts: Sequence[Part]) -> list[Missing]:
        """Title, basis and fields of action are needed; so is a measure."""
        found = []
        if not self.official_title:
            found.append(Missing(_("Titel des Plans")))
        if not self.legal_basis:
            found.append(Missing(_("Rechtsgrundlage oder Beschluss")))
        if not self.action_fields:
            found.append(Missing(_("Handlungsfelder")))
        if not any(isinstance(part, Massnahme) for part in parts):
            found.append(Missing(_("mindestens eine Maßnahme"), kind=Massnahme.kind))
        return found


class Massnahme(Part):
    """A measure of the plan."""

    kind = "massnahme"
    template = "klk_aktionsplan/massnahme.html"
    group_template = "klk_aktionsplan/massnahmen.html"

    number = models.CharField(_("Nummer"), max_length=20)
    title = models.CharField(_("Titel"), max_length=250)
    description = models.TextField(_("Beschreibung"), max_length=4000, blank=True)
    action_field = models.CharField(_("Handlungsfeld"), max_length=120, blank=True)
    responsible = models.CharField(_("Zuständige Stelle"), max_length=250, blank=True)
    first_year = models.PositiveIntegerField(_("Beginn"), validators=YEARS, null=True, blank=True)
    last_year = models.PositiveIntegerField(_("Ende"), validators=YEARS, null=True, blank=True)
    funding = models.CharField(_("Finanzierung"), max_length=500, blank=True)
    status = models.CharField(_("Umsetzungsstand"), max_length=30, default="geplant")
    indicator = models.CharField(_("Woran man die Umsetzung erkennt"), max_length=500, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("Maßnahme")
        verbose_name_plural = _("Maßnahmen")
        constraints = [
            models.UniqueConstraint(fields=["document", "key"], name="klk_massnahme_key_once")
        ]

    @property
    def label(self) -> Text:
        """Number and title."""
        return f"{self.number} {self.title}"

    @property
    def anchor(self) -> str:
        """By number: quoted as "Maßnahme 7"."""
        return f"massnahme-{self.key}"

    @property
    def action_field_label(self) -> str:
        """The field of action in words."""
        return field_label(self.action_field)

    @property
    def status_label(self) -> str:
        """The state of implementation in words."""
        return status_label(self.status)

    @property
    def years(self) -> str:
        """The period: 2026–2028, 2026, or empty."""
        return "–".join(str(year) for year in (self.first_year, self.last_year) if year)

    @classmethod
    def numbers_of(cls, document: Document, *, without: str = "") -> list[str]:
        """The numbers of a plan's measures, but for the one with this key."""
        rows = cls._default_manager.filter(document=document).exclude(key=without)
        return list(rows.values_list("number", flat=True))

    def own_content(self) -> dict[str, Any]:
        """All that is said of the measure."""
        return {name: getattr(self, name) for name in CONTENT}

    def missing(self, outline: dict[str, Any]) -> list[Missing]:  # noqa: ARG002 - the outline knows sections only
        """A measure needs somebody responsible."""
        if self.responsible:
            return []
        text = _("zuständige Stelle bei Maßnahme %(number)s") % {"number": self.number}
        return [Missing(text, self)]

    @classmethod
    def arranged(cls, parts: list[Part]) -> list[Part]:
        """Field of action by field of action, each where its first measure stands."""
        fields = [part.action_field for part in parts if isinstance(part, Massnahme)]
        return sorted(parts, key=lambda part: fields.index(getattr(part, "action_field", "")))

    @classmethod
    def group_anchor(cls) -> str:
        """Measures keep the plural, which is quoted."""
        return "massnahmen"
