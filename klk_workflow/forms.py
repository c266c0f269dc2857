"""Forms that plugins build upon, and what every form of the member area does alike."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klk_workflow.laender import land_name
from klk_workflow.people import Person


class DayInput(forms.DateInput):
    """A day, chosen in the browser's calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def easy_days(form: Any) -> None:
    """Let the form's days be chosen in a calendar, and say how they are written.

    A field with a widget of its own keeps it. Whatever the person's language, days are understood
    as German spells them.
    """
    for field in form.fields.values():
        if not isinstance(field, forms.DateField):
            continue
        if type(field.widget) is forms.DateInput:
            field.widget = DayInput(field.widget.attrs)
        field.input_formats = ["%Y-%m-%d", "%d.%m.%Y"]
        field.help_text = field.help_text or _("TT.MM.JJJJ")
        field.error_messages["invalid"] = _(
            "Bitte geben Sie den Tag so an: TT.MM.JJJJ, zum Beispiel 31.12.2026."
        )


class LandForm(forms.Form):
    """Begins a document for one of the person's own Länder; a type adds its choices and `save`."""

    land = forms.ChoiceField(label=_("Land"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        codes = sorted(person.laender)
        self.fields["land"].choices = [(code, land_name(code)) for code in codes]  # type: ignore[attr-defined]
        self.fields["land"].initial = codes[0] if codes else None
