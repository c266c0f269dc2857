"""Forms that a plugin needs in most cases, to be used or taken further."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from klk_workflow.content.editing import start
from klk_workflow.laender import LAENDER
from klk_workflow.models import Document
from klk_workflow.people import Person
from klk_workflow.registry import registry


class TitledStartForm(forms.Form):
    """Begins a document of one's own Land under a title, of which its address is made.

    A subclass says `type_key`.
    """

    type_key: ClassVar[str]

    title = forms.CharField(label=_("Titel"), max_length=200)
    land = forms.ChoiceField(label=_("Land"), required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        codes = sorted(person.laender)
        self.fields["land"].choices = [(code, LAENDER[code].name) for code in codes]  # type: ignore[attr-defined]
        if len(codes) < 2:  # noqa: PLR2004 - nothing to choose
            del self.fields["land"]

    def clean_title(self) -> str:
        """A title of which an address can be made."""
        title: str = self.cleaned_data["title"]
        if not slugify(title):
            raise ValidationError(_("Der Titel braucht Buchstaben oder Ziffern."))
        return title

    def save(self) -> tuple[Document, bool]:
        """Begin the document, or find the one with this title; True if it is new.

        Raises NotAllowed for whoever belongs to no office.
        """
        title = self.cleaned_data["title"]
        return start(
            registry.get(self.type_key),
            by=self.person,
            natural_key=f"{self.type_key}:{slugify(title)}",
            title=title,
            land=self.cleaned_data.get("land") or min(self.person.laender, default=""),
        )


class OwnFieldsForm(forms.ModelForm):  # type: ignore[type-arg]
    """The document's own fields; a subclass names model and fields in its Meta."""

    def changes(self) -> dict[str, Any]:
        """The values to save, by field name."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class OwnPartForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row of one's own; a subclass names model and fields in its Meta, `document` it finds."""

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = document
