"""The few blocks of a section: text, table, picture, footnotes."""

from typing import Any

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock

from klk_workflow.content import rich_text
from klk_workflow.content.digest import clean_rich_text

#: Keys of a table that belong to its content.
_TABLE_KEYS = (
    "data",
    "first_row_is_table_header",
    "first_col_is_header",
    "table_caption",
    "table_header_choice",
)

is_sha256 = RegexValidator(r"^[0-9a-f]{64}$", _("Bitte wählen Sie ein Bild aus."))


class PictureFileBlock(blocks.CharBlock):
    """The SHA-256 of a picture, chosen among the document's pictures or uploaded."""

    def __init__(self, **kwargs: Any) -> None:
        from klk_workflow.admin.writing.widgets import PictureInput

        super().__init__(**kwargs)
        self.field.widget = PictureInput()

    def deconstruct(self) -> tuple[str, Any, Any]:
        """A plain text block to migrations, which need no widget."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.CharBlock", args, kwargs


class PictureBlock(blocks.StructBlock):
    """A picture from the document's own private files, named by its SHA-256."""

    datei = PictureFileBlock(label=_("Bild"), validators=[is_sha256])
    alt = blocks.CharBlock(
        label=_("Bildbeschreibung"),
        max_length=300,
        help_text=_("Was auf dem Bild zu sehen ist, für alle, die es nicht sehen."),
    )
    unterschrift = blocks.CharBlock(label=_("Bildunterschrift"), max_length=300, required=False)

    class Meta:
        icon = "image"
        label = _("Bild")


class SectionBlock(blocks.StreamBlock):
    """The body of a section."""

    text = blocks.RichTextBlock(label=_("Text"), icon="pilcrow", features=rich_text.FEATURES)
    tabelle = TableBlock(label=_("Tabelle"))
    bild = PictureBlock()
    fussnoten = blocks.ListBlock(
        blocks.CharBlock(max_length=1000, label=_("Fußnote")),
        label=_("Fußnoten"),
        icon="openquote",
        help_text=_("Im Text verweisen Sie mit [1], [2] … auf die Fußnote."),
    )

    class Meta:
        required = False


def canonical_body(raw: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks of a body as they are hashed: order counts, ids and block keys do not."""
    return [{"type": block["type"], "value": _value(block)} for block in raw]


def settled_body(raw: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks with every text in the form that the editor leaves as it is."""
    return [
        {**block, "value": rich_text.settled(block["value"])} if block["type"] == "text" else block
        for block in raw
    ]


def _value(block: dict[str, Any]) -> Any:
    value = block["value"]
    if block["type"] == "text":
        return clean_rich_text(value)
    if block["type"] == "tabelle":
        return {key: (value or {}).get(key) for key in _TABLE_KEYS}
    if block["type"] == "fussnoten":
        return [note["value"] if isinstance(note, dict) else note for note in value]
    return {key: value.get(key) or "" for key in ("datei", "alt", "unterschrift")}
