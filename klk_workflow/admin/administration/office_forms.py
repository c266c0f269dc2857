"""Forms of the administration: an office with its people, a period."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from klk_workflow.models import Membership, Office, Outline, Period
from klk_workflow.registry import registry


def _name_and_login(user: Any) -> str:
    name = user.get_full_name()
    return f"{name} ({user.get_username()})" if name else str(user.get_username())


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A person by name, with the user name beside it."""

    def label_from_instance(self, obj: Any) -> str:
        """Name and user name."""
        return _name_and_login(obj)


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """People by name, with their user name beside it."""

    def label_from_instance(self, obj: Any) -> str:
        """Name and user name."""
        return _name_and_login(obj)


class OfficeForm(WagtailAdminModelForm):
    """An office, and who belongs to it."""

    people = PeopleField(
        queryset=get_user_model()._default_manager.order_by("last_name", "username"),
        label=_("Personen"),
        help_text=_("Wer zu dieser Stelle gehört. Die Rollen stehen bei der Person."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Office
        fields = ("name", "kind", "land", "carrier", "website", "note", "source", "is_placeholder")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            members = self.instance.memberships.values_list("user_id", flat=True)
            self.initial["people"] = list(members)

    def save(self, commit: bool = True) -> Office:
        """The office and its people together."""
        with transaction.atomic():
            office: Office = super().save(commit=commit)
            if commit:
                self._save_people(office)
        return office

    def _save_people(self, office: Office) -> None:
        chosen = set(self.cleaned_data["people"])
        office.memberships.exclude(user__in=chosen).delete()
        for person in chosen:
            Membership.objects.get_or_create(office=office, user=person)


class OutlineField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Outlines by type and version."""

    def label_from_instance(self, obj: Any) -> str:
        """Type and version in words."""
        label = registry.get(obj.type_key).label if obj.type_key in registry else obj.type_key
        return str(_("%(type)s, Gliederung %(n)d") % {"type": label, "n": obj.version})


class PeriodForm(WagtailAdminModelForm):
    """A round: its dates, and the outline that its reports follow."""

    outline = OutlineField(
        queryset=Outline.objects.all(),
        label=_("Gliederung"),
        help_text=_("Berichte, die schon begonnen sind, behalten ihre Gliederung."),
    )

    class Meta:
        model = Period
        fields = ("label", "slug", "year", "half", "opens", "due", "outline")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [document_type.key for document_type in registry if document_type.by_period]
        self.fields["outline"].queryset = Outline.objects.filter(type_key__in=keys)
        if self.instance.pk and self.instance.documents.exists():
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = _("Es steht in den Adressen begonnener Berichte.")
