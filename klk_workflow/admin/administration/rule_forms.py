"""Forms for content rules and for the programs that they tell."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from klk_workflow.models import Rule, Webhook
from klk_workflow.registry import registry

_ANY = ("", _("alle"))
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class RuleForm(WagtailAdminModelForm):
    """When … then …; what a deed needs is asked for at its field."""

    type_key = forms.ChoiceField(label=_("Art des Dokuments"), required=False)
    action = forms.ChoiceField(
        label=_("Was geschieht"), required=False, help_text=_("Ein Schritt, oder jeder.")
    )
    to_state = forms.ChoiceField(
        label=_("Stand danach"), required=False, help_text=_("Wenn das Dokument dorthin kommt.")
    )

    class Meta:
        model = Rule
        fields = (
            "name",
            "is_active",
            "type_key",
            "action",
            "to_state",
            "deed",
            "role",
            "days",
            "webhook",
        )
        help_texts = {
            "role": _("Nachricht bekommt, wer diese Rolle hat und das Dokument lesen darf."),
            "days": _("Nur für eine Frist: So viele Tage danach wird erinnert."),
            "webhook": _("Nur für die Nachricht an ein Programm."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        flows = [kind.workflow for kind in registry]
        ways = {way.key: way.label for flow in flows for way in flow.transitions}
        states = {state.key: state.label for flow in flows for state in flow.states}
        kinds = [(kind.key, kind.label_plural) for kind in registry]
        self._choose("type_key", kinds)
        self._choose("action", [*ways.items()])
        self._choose("to_state", [*states.items()])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        stored = getattr(self.instance, name, "")
        gone = [(stored, stored)] if stored and stored not in dict(choices) else []
        self.fields[name].choices = [_ANY, *choices, *gone]

    def clean(self) -> dict[str, Any]:
        """A role for a mail, role and days for a deadline, a program for a message to one."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        deed = data.get("deed")
        if deed in {Rule.Deed.MAIL, Rule.Deed.DEADLINE} and not data.get("role"):
            self.add_error("role", _("Bitte wählen Sie, wer die Nachricht bekommt."))
        if deed == Rule.Deed.DEADLINE and not data.get("days"):
            self.add_error("days", _("Bitte nennen Sie die Zahl der Tage, mindestens 1."))
        if deed == Rule.Deed.WEBHOOK and not data.get("webhook"):
            self.add_error("webhook", _("Bitte wählen Sie ein Programm."))
        return data


class WebhookForm(WagtailAdminModelForm):
    """A program with its address; the key is made here and shown, to be entered there."""

    class Meta:
        model = Webhook
        fields = ("name", "url", "secret", "is_active")
        help_texts = {
            "url": _("Beginnt mit https://. Dorthin gehen Kennungen und Prüfsummen, nie Texte."),
            "secret": _("Damit prüft das Programm, dass die Nachricht von hier kommt."),
        }

    def clean_url(self) -> str:
        """Encrypted addresses only, unless it is this very machine in a trial."""
        url = str(self.cleaned_data["url"])
        parts = urlsplit(url)
        is_trial = settings.KLK_ENVIRONMENT != "production" and parts.hostname in _LOOPBACK
        if parts.scheme != "https" and not (is_trial and parts.scheme == "http"):
            raise forms.ValidationError(_("Die Adresse muss mit https:// beginnen."))
        return url
