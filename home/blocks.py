"""What the text of a page is made of."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from home.vocabularies import LANGUAGES

TEXT = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_TEXT = ["bold", "italic", "ul", "link"]


class HeadingBlock(blocks.CharBlock):
    """A heading of the second level; the table of contents links to it."""

    class Meta:
        icon = "title"
        label = _("Zwischenüberschrift")
        template = "home/blocks/heading.html"

    def get_context(
        self, value: str, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Add the anchor that `anchor_of` gives this heading."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {"anchor": anchor_of(value)}


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, and whose."""

    text = blocks.TextBlock(label=_("Zitat"))
    source = blocks.CharBlock(label=_("Wer oder woher"), required=False)
    language = blocks.ChoiceBlock(
        label=_("Sprache des Zitats"), choices=list(LANGUAGES.items()), default="de"
    )

    class Meta:
        icon = "openquote"
        label = _("Zitat")
        label_format = "{text}"
        template = "home/blocks/quote.html"


class FigureBlock(blocks.StructBlock):
    """A picture with its alternative text, caption and source."""

    image = ImageBlock(label=_("Bild"))
    caption = blocks.CharBlock(label=_("Bildunterschrift"), required=False)
    source = blocks.CharBlock(label=_("Bildquelle"))

    class Meta:
        icon = "image"
        label = _("Bild")
        label_format = "{caption}"
        template = "home/blocks/figure.html"


class FileBlock(blocks.StructBlock):
    """A file to take away, with what one wants to know before the click."""

    document = DocumentChooserBlock(label=_("Datei"))
    title = blocks.CharBlock(label=_("Bezeichnung"))
    pages = blocks.IntegerBlock(label=_("Seiten"), required=False, min_value=1)
    accessible = blocks.BooleanBlock(
        label=_("barrierefrei"), required=False, help_text=_("Nur ankreuzen, wenn es geprüft ist.")
    )

    class Meta:
        icon = "download"
        label = _("Datei")
        label_format = "{title}"
        template = "home/blocks/file.html"


class CalloutBlock(blocks.StructBlock):
    """A remark that stands out."""

    kind = blocks.ChoiceBlock(
        label=_("Art"),
        choices=[("info", _("Hinweis")), ("warning", _("Wichtig")), ("success", _("Bewährt"))],
        default="info",
    )
    title = blocks.CharBlock(label=_("Überschrift"))
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_TEXT)

    class Meta:
        icon = "info-circle"
        label = _("Hervorgehobener Hinweis")
        label_format = "{title}"
        template = "home/blocks/callout.html"


class StepBlock(blocks.StructBlock):
    """One step of a procedure."""

    title = blocks.CharBlock(label=_("Schritt"))
    text = blocks.RichTextBlock(label=_("Was zu tun ist"), features=SHORT_TEXT, required=False)

    class Meta:
        label_format = "{title}"


class AccordionItemBlock(blocks.StructBlock):
    """A question or a catchword that opens to its answer."""

    title = blocks.CharBlock(label=_("Frage oder Stichwort"))
    text = blocks.RichTextBlock(label=_("Antwort"), features=TEXT)

    class Meta:
        label_format = "{title}"


class ContactBlock(blocks.StructBlock):
    """Where one can turn to: a body, never a private person."""

    name = blocks.CharBlock(label=_("Stelle"))
    about = blocks.CharBlock(label=_("Wofür"), required=False)
    address = blocks.TextBlock(
        label=_("Anschrift"),
        required=False,
        help_text=_("Nie die Anschrift eines Frauenhauses oder einer anderen Schutzwohnung."),
    )
    phone = blocks.CharBlock(label=_("Telefon"), required=False)
    email = blocks.EmailBlock(label=_("E-Mail"), required=False)
    website = blocks.URLBlock(label=_("Website"), required=False)

    class Meta:
        icon = "group"
        label = _("Kontakt")
        label_format = "{name}"
        template = "home/blocks/contact.html"


class VideoBlock(blocks.StructBlock):
    """A film, played from here with subtitles, or a plain link to where it can be seen.

    Nothing of another site is ever embedded: it would learn who reads here.
    """

    title = blocks.CharBlock(label=_("Titel"))
    language = blocks.ChoiceBlock(label=_("Sprache"), choices=list(LANGUAGES.items()), default="de")
    length = blocks.CharBlock(label=_("Länge"), help_text=_("Zum Beispiel: „2 Minuten“."))
    file = DocumentChooserBlock(label=_("Film (MP4 oder WebM)"), required=False)
    captions = DocumentChooserBlock(label=_("Untertitel (WebVTT)"), required=False)
    link = blocks.URLBlock(label=_("oder Adresse der Seite mit dem Film"), required=False)
    transcript = blocks.RichTextBlock(
        label=_("Was zu hören und zu sehen ist"), features=TEXT, required=False
    )

    class Meta:
        icon = "media"
        label = _("Film")
        label_format = "{title}"
        template = "home/blocks/video.html"

    def clean(self, value: Any) -> Any:
        """Ask for a film or an address, and for subtitles or a text with each film."""
        cleaned = super().clean(value)
        errors = {}
        if bool(cleaned["file"]) == bool(cleaned["link"]):
            errors["file"] = ValidationError(
                _("Bitte wählen Sie entweder einen Film aus oder nennen Sie eine Adresse.")
            )
        if cleaned["file"] and not (cleaned["captions"] or cleaned["transcript"]):
            errors["captions"] = ValidationError(
                _("Ein Film braucht Untertitel oder einen Text, der ihn ersetzt.")
            )
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned


class BodyBlock(blocks.StreamBlock):
    """All blocks an editor may use in a page's text."""

    heading = HeadingBlock()
    text = blocks.RichTextBlock(
        label=_("Text"), features=TEXT, icon="pilcrow", template="home/blocks/text.html"
    )
    steps = blocks.ListBlock(
        StepBlock(), label=_("Schritte"), icon="list-ol", template="home/blocks/steps.html"
    )
    accordion = blocks.ListBlock(
        AccordionItemBlock(),
        label=_("Aufklappen"),
        icon="collapse-down",
        template="home/blocks/accordion.html",
    )
    callout = CalloutBlock()
    quote = QuoteBlock()
    figure = FigureBlock()
    table = TableBlock(label=_("Tabelle"), icon="table", template="home/blocks/table.html")
    file = FileBlock()
    video = VideoBlock()
    contact = ContactBlock()

    class Meta:
        required = False


class FilesBlock(blocks.StreamBlock):
    """The files that belong to a material."""

    file = FileBlock()

    class Meta:
        required = False


def anchor_of(heading: str) -> str:
    """The place of a heading in the page's address."""
    return slugify(heading)
