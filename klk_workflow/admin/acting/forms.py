"""Forms for the acts on a document: the remark, the Fassung, the date."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from klk_workflow.admin.status import BERLIN
from klk_workflow.content.remarks import MAX_LENGTH
from klk_workflow.forms import easy_days
from klk_workflow.workflows.definition import Effect, Remark, Transition


class ActForm(forms.Form):
    """What is posted with every act: the content and the number of Events the person saw."""

    seen_digest = forms.CharField(widget=forms.HiddenInput, required=False)
    seen_seq = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    fassung = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    remark = forms.CharField(
        label=_("Bemerkung"),
        required=False,
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, way: Transition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.way = way
        easy_days(self)
        if way.remark == Remark.NONE:
            del self.fields["remark"]
            return
        field = self.fields["remark"]
        field.required = way.remark == Remark.REQUIRED
        field.error_messages["required"] = _("Bitte schreiben Sie etwas dazu.")
        if way.effect == Effect.BEGIN_FASSUNG:
            field.label = _("Was sich ändert und warum")
            field.help_text = _("Das steht später öffentlich bei der neuen Fassung.")
        elif way.effect == Effect.WITHDRAW:
            field.label = _("Grund")
            field.help_text = _("Er steht öffentlich anstelle des Textes.")
        elif way.remark == Remark.REQUIRED:
            field.label = _("Was ist zu tun?") if not way.on_edition else _("Grund")
        else:
            field.label = _("Bemerkung (wenn Sie möchten)")

    @property
    def extra(self) -> dict[str, Any]:
        """What `perform` gets besides the digest."""
        data = self.cleaned_data
        return {
            "remark": data.get("remark", ""),
            "seen_seq": data.get("seen_seq"),
            "edition": data.get("fassung"),
            "details": {name: self[name].data for name in self.asked},
        }

    @property
    def asked(self) -> list[str]:
        """Names of the fields that the transition's own form brings."""
        return list(import_string(self.way.form).base_fields) if self.way.form else []


class DateForm(ActForm):
    """The moment of publication, as the clock on the wall in Germany shows it."""

    FIRST, SECOND = "1", "2"

    day = forms.DateField(label=_("Datum"))
    hour = forms.TimeField(
        label=_("Uhrzeit"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Es gilt die Uhrzeit in Deutschland."),
    )
    which = forms.ChoiceField(
        label=_("Welche der beiden?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (FIRST, _("die erste, noch in der Sommerzeit")),
            (SECOND, _("die zweite, schon in der Winterzeit")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_twofold = False
        self.date: datetime | None = None
        self.order_fields(["day", "hour", "which"])

    def clean(self) -> dict[str, Any]:
        """A time that does not exist, or exists twice, is asked back."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        day, hour = cleaned.get("day"), cleaned.get("hour")
        if day is None or hour is None:
            return cleaned
        moment = datetime.combine(day, hour, tzinfo=BERLIN)
        later = moment.replace(fold=1)
        if moment.astimezone(UTC).astimezone(BERLIN).replace(fold=0) != moment:
            self._refuse(
                _(
                    "Diese Uhrzeit gibt es an dem Tag nicht: Die Uhren werden vorgestellt. "
                    "Bitte wählen Sie eine Stunde später."
                )
            )
        elif moment.utcoffset() != later.utcoffset():
            self.is_twofold = True
            if not cleaned.get("which"):
                self._refuse(
                    _(
                        "Diese Uhrzeit gibt es an dem Tag zweimal: Die Uhren werden zurückgestellt."
                        " Welche meinen Sie?"
                    )
                )
            elif cleaned["which"] == self.SECOND:
                moment = later
        self.date = moment
        return cleaned

    def _refuse(self, message: Any) -> None:
        self.add_error("hour", ValidationError(message))

    @property
    def extra(self) -> dict[str, Any]:
        """With the moment."""
        return {**super().extra, "date": self.date}


def form_class(way: Transition) -> type[ActForm]:
    """The form of this act, with the fields of the transition's own form if it has one."""
    base = DateForm if way.effect == Effect.SET_DATE else ActForm
    if not way.form:
        return base
    return type("FormOfTheAct", (base, import_string(way.form)), {})
