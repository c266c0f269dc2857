"""The filter above a list: state, Land, period, and whether it is overdue."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from klk_workflow.automation.limits import overdue
from klk_workflow.laender import LAND_CHOICES
from klk_workflow.models import Document, Period
from klk_workflow.registry import DocumentType


class FilterForm(forms.Form):
    """Narrows a list; what is not valid narrows nothing."""

    stand = forms.ChoiceField(label=_("Stand"), required=False)
    land = forms.ChoiceField(
        label=_("Land"), required=False, choices=[("", _("alle")), *LAND_CHOICES]
    )
    zeitraum = forms.ModelChoiceField(
        Period.objects.all(),
        label=_("Zeitraum"),
        required=False,
        to_field_name="slug",
        empty_label=_("alle"),
    )

    ueberfaellig = forms.BooleanField(label=_("nur überfällige"), required=False)

    def __init__(self, *args: Any, document_type: DocumentType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = {s.key: s.label for flow in document_type.model.workflows for s in flow.states}
        self.fields["stand"].choices = [("", _("alle")), *states.items()]  # type: ignore[attr-defined]
        if not document_type.by_period:
            del self.fields["zeitraum"]

    def apply(self, rows: "QuerySet[Document]") -> "QuerySet[Document]":
        """The rows that fit, of rows from `with_limits`."""
        self.is_valid()
        wanted = {"stand": "state", "land": "land", "zeitraum": "period"}
        chosen = {
            column: value
            for name, column in wanted.items()
            if (value := self.cleaned_data.get(name))
        }
        late = overdue() if self.cleaned_data.get("ueberfaellig") else Q()
        return rows.filter(late, **chosen)

    @property
    def query(self) -> str:
        """What was chosen, for the links to other pages of the list."""
        return urlencode([(k, v) for k, v in self.data.items() if k in self.fields and v])
