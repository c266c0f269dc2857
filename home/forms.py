"""The form to report a barrier, and what keeps programs from filling it in.

No cookie and no service of somebody else: a signed token says that the form came from here and
when, the browser says which site it was sent from, a field that people do not see must stay empty.
"""

from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

SALT = "home.barrier"
VALID_FOR = 24 * 3600  # seconds
LONGEST = 3000


def token() -> str:
    """What a fresh form carries."""
    return signing.TimestampSigner(salt=SALT).sign("form")


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the form."""
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") == own


class BarrierForm(forms.Form):
    """What does not work, where, and whom to answer."""

    message = forms.CharField(
        label=_("Was geht nicht?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Zum Beispiel: welcher Knopf, welche Datei, mit welchem Programm."),
    )
    address = forms.CharField(
        label=_("Auf welcher Seite?"),
        max_length=500,
        required=False,
        help_text=_("Die Adresse oder der Titel der Seite, wenn Sie sie wissen."),
    )
    email = forms.EmailField(
        label=_("Ihre E-Mail-Adresse"),
        required=False,
        help_text=_("Nur, wenn Sie eine Antwort möchten."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(required=False)
    token = forms.CharField(widget=forms.HiddenInput, initial=token)

    def clean(self) -> dict[str, Any]:
        """Refuse what a program filled in and what was open for too long."""
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            signing.TimestampSigner(salt=SALT).unsign(cleaned.get("token", ""), max_age=VALID_FOR)
        except signing.BadSignature as problem:
            raise forms.ValidationError(
                _("Das Formular war zu lange offen. Bitte senden Sie Ihren Text noch einmal.")
            ) from problem
        if cleaned.get("website"):
            raise forms.ValidationError(_("Bitte lassen Sie das versteckte Feld leer."))
        return cleaned
