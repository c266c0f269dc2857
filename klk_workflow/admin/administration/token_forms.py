"""The form for a program's access."""

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import APIToken

from klk_workflow import clock
from klk_workflow.models import Scope, TokenScopes

_DAYS: Final = {"30": _("30 Tage"), "90": _("90 Tage"), "365": _("ein Jahr")}


class TokenForm(forms.Form):
    """What the program is for, what it may do and for how long."""

    name = forms.CharField(
        label=_("Wofür ist der Zugang?"),
        max_length=100,
        help_text=_("Zum Beispiel: Übernahme in unser Aktensystem"),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Was darf das Programm?"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.READ],
        help_text=_("Nie mehr, als Sie selbst dürfen."),
        error_messages={"required": _("Bitte wählen Sie mindestens ein Recht aus.")},
    )
    days = forms.ChoiceField(label=_("Wie lange gilt er?"), choices=[*_DAYS.items()], initial="90")

    @transaction.atomic
    def issue(self, user: Any) -> tuple[TokenScopes, str]:
        """Make the token; its secret is told here and never again."""
        data = self.cleaned_data
        token, secret = APIToken.create_token(user=user, name=data["name"])
        rights = TokenScopes.objects.create(
            token=token,
            scopes=data["scopes"],
            expires_at=clock.now() + timedelta(days=int(data["days"])),
        )
        return rights, secret
