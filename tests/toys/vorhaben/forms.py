"""How one is begun, its own field, and its rows."""

from django import forms

from klk_workflow.extending.forms import OwnFieldsForm, TitledStartForm
from tests.toys.vorhaben.models import Schritt, Vorhaben


class StartForm(TitledStartForm):
    """Asks for the title."""

    type_key = "vorhaben"


class HeadForm(OwnFieldsForm):
    """Asks for the goal."""

    class Meta:
        model = Vorhaben
        fields = ["goal"]


class SchrittForm(forms.ModelForm):
    """One step."""

    class Meta:
        model = Schritt
        fields = ["title"]

    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, **kwargs)
