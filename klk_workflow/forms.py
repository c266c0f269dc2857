"""Forms that plugins build upon."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klk_workflow.laender import land_name
from klk_workflow.permissions import Person


class LandForm(forms.Form):
    """Begins a document for one of the person's own Länder; a type adds its choices and `save`."""

    land = forms.ChoiceField(label=_("Land"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        codes = sorted(person.laender)
        self.fields["land"].choices = [(code, land_name(code)) for code in codes]  # type: ignore[attr-defined]
        self.fields["land"].initial = codes[0] if codes else None
