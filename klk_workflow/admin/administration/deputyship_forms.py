"""Forms for deputyships: of the administration for anybody, and of a person for oneself."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from klk_workflow.admin.administration.office_forms import PersonField
from klk_workflow.forms import easy_days
from klk_workflow.models import Deputyship
from klk_workflow.people import deputisable
from klk_workflow.roles import SEATED


def _with_role(roles: Any) -> Any:
    users = get_user_model()._default_manager.filter(is_active=True, groups__name__in=roles)
    return users.distinct().order_by("last_name", "username")


class DeputyshipForm(WagtailAdminModelForm):
    """Who stands in for whom and when; once it is made, only its end can be changed."""

    represented = PersonField(
        queryset=get_user_model()._default_manager.none(),
        label=_("Vertreten wird"),
        help_text=_("Wer prüft oder freigibt, kann vertreten werden."),
    )
    deputy = PersonField(
        queryset=get_user_model()._default_manager.none(),
        label=_("Vertretung durch"),
        help_text=_("Jedes Mitglied der Konferenz; eigene Rechte und Grenzen bleiben."),
    )
    end_now = forms.BooleanField(label=_("Sofort beenden"), required=False)

    class Meta:
        model = Deputyship
        fields = ("represented", "deputy", "begins", "ends")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["represented"].queryset = _with_role(deputisable())
        self.fields["deputy"].queryset = _with_role(SEATED)
        if self.instance.pk is None:
            del self.fields["end_now"]
            return
        users = get_user_model()._default_manager
        for name in ("represented", "deputy"):
            self.fields[name].queryset = users.filter(pk=getattr(self.instance, f"{name}_id"))
            self.fields[name].disabled = True
        self.fields["begins"].disabled = True
        for name in ("ends", "end_now"):
            self.fields[name].disabled = not self.instance.is_open

    def save(self, commit: bool = True) -> Deputyship:
        """The deputyship, ended at once if that is asked for."""
        made: Deputyship = super().save(commit=commit)
        if self.cleaned_data.get("end_now"):
            made.end()
        return made


class OwnDeputyForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who stands in for oneself, and when."""

    deputy = PersonField(
        queryset=get_user_model()._default_manager.none(), label=_("Wer vertritt Sie?")
    )

    class Meta:
        model = Deputyship
        fields = ("deputy", "begins", "ends")
        help_texts = {"ends": _("Die Vertretung endet mit diesem Tag von selbst.")}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "instance": Deputyship(represented=user)})
        easy_days(self)
        others = _with_role(SEATED).exclude(pk=user.pk)
        self.fields["deputy"].queryset = others  # type: ignore[attr-defined]
