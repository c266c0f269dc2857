"""Forms of the parts of a document."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlockValidationError, StreamValue, StructBlockValidationError

from klk_workflow.admin.writing.widgets import ArticleSelect, BodyWidget, VisibilitySelect
from klk_workflow.content.files import check_file, store
from klk_workflow.convention import article_label, report_articles
from klk_workflow.forms import easy_days
from klk_workflow.models import Attachment, Document, Part, Section
from klk_workflow.registry import DocumentType

#: What every part has besides its own; the articles only where they are asked for.
COMMON = ("visibility", "articles")
#: More than any section needs; a whole book pasted by mistake is told so.
MAX_CHARACTERS = 100_000


class SectionForm(forms.Form):
    """The text of a section."""

    body = Section.body.field.formfield(widget=BodyWidget(Section.body.field.stream_block))

    def __init__(self, *args: Any, document: Document, instance: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document, self.instance = document, instance
        field = self.fields["body"]
        self.initial["body"] = instance.body
        # Without scripts there is no editor, and what is not sent is not touched.
        field.disabled = self.is_bound and field.widget.value_omitted_from_data(
            self.data, self.files, self.add_prefix("body")
        )

    def clean_body(self) -> StreamValue:
        """Not endless, and only with pictures of this document."""
        body = self.cleaned_data["body"]
        if sum(len(str(block.value)) for block in body) > MAX_CHARACTERS:
            message = _("Das ist zu lang für einen Abschnitt: höchstens %(max)d Zeichen.")
            raise StreamBlockValidationError(
                non_block_errors=[ValidationError(message, params={"max": MAX_CHARACTERS})]
            )
        errors = self._strange_pictures(body)
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return body

    def _strange_pictures(self, body: StreamValue) -> dict[int, ValidationError]:
        chosen = {n: b.value["datei"] for n, b in enumerate(body) if b.block_type == "bild"}
        if not chosen:
            return {}
        known = set(self.document.files.values_list("sha256", flat=True))
        message = ValidationError(_("Bitte wählen Sie ein Bild aus diesem Dokument."))
        return {
            n: StructBlockValidationError(block_errors={"datei": message})
            for n, digest in chosen.items()
            if digest not in known
        }

    @property
    def editor(self) -> SafeString:
        """Wagtail's editor of the body, with its errors in their places."""
        bound = self["body"]
        return self.fields["body"].widget.render_with_errors(  # type: ignore[no-any-return]
            bound.html_name, bound.value(), errors=self.errors.get("body")
        )


class AttachmentForm(forms.Form):
    """A file that goes with the document, and what it is called there."""

    title = forms.CharField(
        label=_("Bezeichnung"),
        help_text=_("So steht die Anlage im Bericht. Ohne Angabe gilt der Name der Datei."),
        max_length=200,
        required=False,
    )
    file = forms.FileField(
        label=_("Datei"),
        help_text=_("PDF, Word, Excel, PowerPoint, ODT oder Bild, höchstens 10 MB."),
    )

    def __init__(self, *args: Any, document: Document, instance: Attachment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document, self.instance = document, instance
        self.initial["title"] = instance.title
        if instance.pk:
            self.fields["file"].required = False
            self.fields["file"].label = _("Datei ersetzen")

    def clean_file(self) -> Any:
        """A kind and size that documents take."""
        upload = self.cleaned_data["file"]
        if upload:
            check_file(upload)
        return upload

    def changes(self) -> dict[str, Any]:
        """Title and stored file."""
        upload = self.cleaned_data["file"]
        file = store(self.document, upload) if upload else self.instance.file
        title = self.cleaned_data["title"] or (self.instance.title if not upload else "")
        return {
            "title": title or file.name.rpartition(".")[0] or file.name,
            "file": file,
            **{name: self.cleaned_data[name] for name in COMMON if name in self.fields},
        }


class PartFields:
    """Visibility and articles, which parts have in common; mixed into the form of the own fields.

    `with_articles` says whether the articles are asked for.
    """

    with_articles: ClassVar[bool]
    fields: dict[str, forms.Field]
    initial: dict[str, Any]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, instance: Part, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)  # type: ignore[call-arg]
        self.fields["visibility"] = forms.ChoiceField(
            label=_("Wer liest das?"), choices=Part.Visibility.choices, widget=VisibilitySelect
        )
        if self.with_articles:
            self.fields["articles"] = _articles_field(instance)
        self.initial |= {"visibility": instance.visibility, "articles": instance.articles}
        easy_days(self)

    def own_fields(self) -> list[forms.BoundField]:
        """The fields of this kind of part, without those that every part has."""
        return [self[name] for name in self.fields if name not in {*COMMON, "body"}]  # type: ignore[index]

    def changes(self) -> dict[str, Any]:
        """The values to save, by field name."""
        own = getattr(super(), "changes", None)
        return own() if own else {name: self.cleaned_data[name] for name in self.fields}


def _articles_field(part: Part) -> forms.Field:
    known = {**report_articles(), **dict.fromkeys(part.articles)}
    return forms.TypedMultipleChoiceField(
        label=_("Artikel der Istanbul-Konvention"),
        choices=[(number, article_label(number)) for number in sorted(known)],
        coerce=int,
        required=False,
        widget=ArticleSelect,
    )


def part_form(document_type: DocumentType, kind: type[Part]) -> Any:
    """The form class for parts of this kind, with what parts have in common."""
    engine = {Section.kind: SectionForm, Attachment.kind: AttachmentForm}
    base = engine.get(kind.kind) or import_string(document_type.part_forms[kind.kind])
    common = {"with_articles": document_type.asks_articles(kind)}
    return type(f"{base.__name__}WithPartFields", (PartFields, base), common)
