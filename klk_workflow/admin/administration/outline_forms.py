"""The outline as a form of rows; saving it makes the next version."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from klk_workflow.convention import articles
from klk_workflow.models import Outline, Part

#: Empty rows at the end, for new sections.
EXTRA: Final = 3


class SectionRow(forms.Form):
    """One section of an outline."""

    key = forms.SlugField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Überschrift"), max_length=200)
    guiding_question = forms.CharField(
        label=_("Leitfrage"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    hint = forms.CharField(
        label=_("Hinweis"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    visibility = forms.ChoiceField(
        label=_("Sichtbarkeit, wenn niemand etwas anderes wählt"),
        choices=Part.Visibility.choices,
        initial=Part.Visibility.PUBLIC,
    )
    max_words = forms.IntegerField(
        label=_("Höchstens so viele Wörter"), required=False, min_value=10, max_value=10_000
    )
    required = forms.BooleanField(label=_("muss ausgefüllt sein"), required=False)
    articles = forms.CharField(
        label=_("Artikel der Istanbul-Konvention"),
        required=False,
        max_length=200,
        help_text=_("Die Nummern, durch Kommas getrennt, z. B. 7, 9, 10."),
    )

    def has_changed(self) -> bool:
        """An empty row counts once something is written in it, wherever it stands."""
        written = set(self.changed_data)
        return bool(written - {"visibility", "ORDER"} if self.empty_permitted else written)

    def clean_articles(self) -> list[int]:
        """Numbers of articles that there are."""
        words = self.cleaned_data["articles"].replace(",", " ").split()
        unknown = [w for w in words if not w.isdecimal() or int(w) not in articles()]
        if unknown:
            raise ValidationError(
                _("Diese Artikel gibt es nicht: %(names)s."), params={"names": ", ".join(unknown)}
            )
        return sorted({int(word) for word in words})


class _Rows(forms.BaseFormSet):  # type: ignore[type-arg]
    """All rows; at least one stays."""

    def clean(self) -> None:
        """No outline without sections."""
        if not any(self.errors) and not self.sections():
            raise ValidationError(_("Eine Gliederung braucht mindestens einen Abschnitt."))

    def __init__(self, *args: Any, with_articles: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.with_articles = with_articles

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Order and removal in German; articles only where sections are about some."""
        super().add_fields(form, index)
        if not self.with_articles:
            del form.fields["articles"]
        form.fields["ORDER"].label = _("Platz")
        form.fields["DELETE"].label = _("Diesen Abschnitt weglassen")

    def sections(self) -> list[dict[str, Any]]:
        """The rows as an outline's data, in the order chosen; keys stay, new ones are made."""
        rows: list[dict[str, Any]] = []
        for form in self.ordered_forms:
            data = {k: v for k, v in form.cleaned_data.items() if k not in {"ORDER", "DELETE"}}
            data.setdefault("articles", [])
            data["key"] = _free_key(data, {row["key"] for row in rows})
            rows.append(data)
        return rows


def _free_key(data: dict[str, Any], taken: set[str]) -> str:
    wanted = data.get("key") or slugify(data["title"])[:60] or "abschnitt"
    key, number = wanted, 2
    while key in taken:
        key, number = f"{wanted}-{number}", number + 1
    return key


OutlineRows = forms.formset_factory(
    SectionRow, formset=_Rows, extra=EXTRA, can_order=True, can_delete=True, max_num=60
)


def initial_rows(outline: Outline | None) -> list[dict[str, Any]]:
    """The rows of an existing outline, for the form."""
    return [
        {**row, "articles": ", ".join(map(str, row.get("articles", []))), "ORDER": number}
        for number, row in enumerate(outline.data if outline else [], 1)
    ]


def save_next(type_key: str, sections: list[dict[str, Any]]) -> Outline:
    """The next version of the outline of a type. Earlier ones stay as they are."""
    with transaction.atomic():
        last = Outline.objects.filter(type_key=type_key).aggregate(last=Max("version"))["last"]
        return Outline.objects.create(type_key=type_key, version=(last or 0) + 1, data=sections)
