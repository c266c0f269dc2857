"""Forms of the Aktionsplan and its measures."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from klk_workflow import clock
from klk_workflow.content.editing import start
from klk_workflow.forms import LandForm
from klk_workflow.laender import land_name
from klk_workflow.models import Document
from klk_workflow.plugins.aktionsplan.declaration import DOCUMENT_TYPE
from klk_workflow.plugins.aktionsplan.models import Aktionsplan, Massnahme
from klk_workflow.plugins.aktionsplan.vocabularies import action_fields, statuses


class StartForm(LandForm):
    """Which plan shall be presented? One for each Land and first year."""

    first_year = forms.IntegerField(
        label=_("Erstes Jahr des Plans"), min_value=1990, max_value=2100
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_year"].initial = clock.now().year

    def save(self) -> tuple[Document, bool]:
        """Start the plan, or find the one there is; True if it is new."""
        land, year = self.cleaned_data["land"], self.cleaned_data["first_year"]
        return start(
            DOCUMENT_TYPE,
            by=self.person,
            natural_key=Aktionsplan.key_for(land, year),
            title=f"Aktionsplan {land_name(land)} ab {year}",
            land=land,
            fields={"first_year": year},
        )


def _in_order(cleaned: dict[str, Any]) -> None:
    first, last = cleaned.get("first_year"), cleaned.get("last_year")
    if first and last and last < first:
        raise ValidationError({"last_year": _("Das Ende liegt vor dem Beginn.")})


class HeadForm(forms.ModelForm):  # type: ignore[type-arg]
    """The plan's own fields; the first year is fixed, for it is part of the address."""

    action_fields = forms.MultipleChoiceField(
        label=_("Handlungsfelder"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    own_fields = forms.CharField(
        label=_("Eigene Handlungsfelder des Landes"),
        help_text=_("Eines je Zeile, so wie der Plan sie nennt."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )

    class Meta:
        model = Aktionsplan
        fields = ["official_title", "last_year", "legal_basis", "source_url", "action_fields"]
        widgets = {"legal_basis": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        common = action_fields()
        self.fields["action_fields"].choices = list(common.items())  # type: ignore[attr-defined]
        stored = self.instance.action_fields
        self.initial["action_fields"] = [key for key in stored if key in common]
        self.initial["own_fields"] = "\n".join(key for key in stored if key not in common)

    def clean(self) -> dict[str, Any]:
        """The years in order; own fields of action join the common ones."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        _in_order({**cleaned, "first_year": self.instance.first_year})
        own = [line.strip()[:120] for line in cleaned.get("own_fields", "").splitlines()]
        cleaned["action_fields"] = [*cleaned.get("action_fields", []), *filter(None, own)]
        return cleaned

    def changes(self) -> dict[str, Any]:
        """The values to save, by field name."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


def next_number(taken: Iterable[str]) -> str:
    """The whole number after the highest: of 1, 2, 2a and B it is 3."""
    numbers = [int(found[0]) for number in taken if (found := re.match(r"\d+", number))]
    return str(max(numbers, default=0) + 1)


class MassnahmeForm(forms.ModelForm):  # type: ignore[type-arg]
    """One measure."""

    class Meta:
        model = Massnahme
        fields = [
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
        ]
        widgets = {"description": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, document: Aktionsplan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._numbers = Massnahme.numbers_of(document, without=self.instance.key)
        self.initial["number"] = self.instance.number or next_number(self._numbers)
        common = action_fields()
        chosen = document.action_fields or list(common)
        choices = [("", _("ohne Handlungsfeld")), *((key, common.get(key, key)) for key in chosen)]
        current = self.instance.action_field
        if current and current not in chosen:
            choices.append((current, common.get(current, current)))
        self.fields["status"] = forms.ChoiceField(
            label=_("Umsetzungsstand"), choices=list(statuses().items())
        )
        self.fields["action_field"] = forms.ChoiceField(
            label=_("Handlungsfeld"), choices=choices, required=False
        )

    def clean_number(self) -> str:
        """One that no other measure of the plan has."""
        number: str = self.cleaned_data["number"]
        if number.casefold() in {taken.casefold() for taken in self._numbers}:
            said = _(
                "Die Nummer %(number)s hat schon eine andere Maßnahme. "
                "Frei ist zum Beispiel die %(free)s."
            )
            free = next_number(self._numbers)
            raise ValidationError(said, params={"number": number, "free": free})
        return number

    def clean(self) -> dict[str, Any]:
        """The years in order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        _in_order(cleaned)
        return cleaned
