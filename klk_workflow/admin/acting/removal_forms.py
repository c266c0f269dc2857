"""The form that asks for content to be locked."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klk_workflow.models import Document, DocumentFile, Edition


class RemovalForm(forms.Form):
    """What is dangerous, where it is beyond words, and why it must go."""

    words = forms.CharField(
        label=gettext_lazy("Welche Stellen sind gefährlich?"),
        help_text=gettext_lazy(
            "Eine Stelle je Zeile, genau wie sie im Text steht, zum Beispiel eine Anschrift. "
            "Wir suchen sie überall und setzen „[gesperrt]“ an ihre Stelle. "
            "Fassungen, in denen sie steht, werden ganz gesperrt."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        max_length=2000,
        required=False,
    )
    editions = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Diese Fassungen ganz sperren"),
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
        required=False,
    )
    digests = forms.MultipleChoiceField(
        label=gettext_lazy("Diese Dateien und Bilder sperren"),
        help_text=gettext_lazy("In Dateien können wir nicht suchen: Bitte wählen Sie sie selbst."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    in_copy = forms.BooleanField(
        label=gettext_lazy("Auch im jetzigen Text und in den Anmerkungen ersetzen"),
        initial=True,
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Grund"),
        help_text=gettext_lazy(
            "Steht für immer im Verlauf, ist aber nicht öffentlich. "
            "Nennen Sie die gefährliche Stelle darin nicht."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": gettext_lazy("Bitte schreiben Sie einen Grund.")},
    )

    def __init__(self, *args: Any, document: Document, reads: bool, **kwargs: Any) -> None:
        """Files are named to those who read the document; its Fassungen are public."""
        super().__init__(*args, **kwargs)
        rows = Edition.objects.filter(document_id=document.pk, is_removed=False)
        numbers = rows.order_by("number").values_list("number", flat=True)
        editions: Any = self.fields["editions"]
        editions.choices = [(n, _("Fassung %(n)d") % {"n": n}) for n in numbers]
        files: Any = self.fields["digests"]
        kept = DocumentFile.objects.filter(document_id=document.pk).exclude(file="")
        files.choices = [(file.sha256, file.name) for file in kept] if reads else []
        for name in ("editions", "digests"):
            if not getattr(self.fields[name], "choices"):  # noqa: B009 - mypy knows no choices here
                del self.fields[name]


class DecisionForm(forms.Form):
    """The second person's answer; a reason where it is no."""

    reason = forms.CharField(
        label=gettext_lazy("Bemerkung"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
    )
