"""How one is begun."""

from django import forms

from klk_workflow.content.editing import start
from klk_workflow.forms import LandForm
from klk_workflow.laender import land_name
from klk_workflow.models import Period
from klk_workflow.registry import registry


class StartForm(LandForm):
    """Asks for the round."""

    period = forms.ModelChoiceField(Period.objects.all(), label="Berichtszeitraum")

    def save(self):
        """Begin it, or find the one there is."""
        land, period = self.cleaned_data["land"], self.cleaned_data["period"]
        return start(
            registry.get("umfrage"),
            by=self.person,
            natural_key=f"umfrage:{land}:{period.slug}",
            title=f"Umfrage {land_name(land)}, {period.label}",
            land=land,
            period=period,
        )
