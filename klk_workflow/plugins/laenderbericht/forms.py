"""Forms of the Länderbericht."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klk_workflow import clock
from klk_workflow.content.editing import start
from klk_workflow.forms import LandForm
from klk_workflow.laender import land_name
from klk_workflow.models import Document, Period
from klk_workflow.plugins.laenderbericht.declaration import DOCUMENT_TYPE
from klk_workflow.plugins.laenderbericht.models import Laenderbericht


class StartForm(LandForm):
    """Which report shall be started? Own Länder and open rounds only."""

    period = forms.ModelChoiceField(Period.objects.none(), label=_("Berichtszeitraum"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        periods = Period.objects.filter(opens__lte=clock.now().date()).select_related("outline")
        self.fields["period"].queryset = periods  # type: ignore[attr-defined]
        self.fields["period"].initial = periods.first()

    def save(self) -> tuple[Document, bool]:
        """Start the report, or find the one there is; True if it is new."""
        land, period = self.cleaned_data["land"], self.cleaned_data["period"]
        return start(
            DOCUMENT_TYPE,
            by=self.person,
            natural_key=Laenderbericht.key_for(land, period.slug),
            title=f"Länderbericht {land_name(land)}, {period.label}",
            land=land,
            period=period,
        )
