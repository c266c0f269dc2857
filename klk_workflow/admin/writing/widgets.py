"""Widgets of the writing page."""

from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter
from wagtail.blocks.base import BlockWidget
from wagtail.blocks.stream_block import StreamValue


class PictureInput(forms.TextInput):
    """A picture of the document: chosen among those there are, or uploaded.

    The page says in its element `klk-pictures` which there are and where to upload.
    """

    class Media:
        js = ["klk_workflow/pictures.js"]


class PictureInputAdapter(WidgetAdapter):
    """Hands the widget's words to its script."""

    js_constructor = "klk.PictureInput"

    def js_args(self, widget: PictureInput) -> list[Any]:  # noqa: ARG002
        """All texts, in the person's language."""
        return [
            {
                "choose": _("Bild aus diesem Dokument wählen"),
                "none": _("kein Bild gewählt"),
                "upload": _("Neues Bild hochladen (PNG, JPG oder WEBP, höchstens 10 MB)"),
                "uploading": _("Das Bild wird hochgeladen …"),
                "failed": _(
                    "Das Hochladen ist nicht gelungen. Bitte versuchen Sie es noch einmal."
                ),
            }
        ]


register(PictureInputAdapter(), PictureInput)


class VisibilitySelect(forms.RadioSelect):
    """Public or *nur KLK*, both in sight."""

    template_name = "klk_workflow/admin/writing/visibility.html"


class ArticleSelect(forms.CheckboxSelectMultiple):
    """The articles of the convention: chosen ones as tags, the others one click away."""

    template_name = "klk_workflow/admin/writing/articles.html"


class BodyWidget(BlockWidget):
    """Wagtail's editor of a section. An empty one offers a line to write on, which is not kept."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> StreamValue:
        """The blocks sent, without empty text; BadRequest if it is not what the editor sends."""
        if self.value_omitted_from_data(data, files, name):
            return StreamValue(self.block_def, [])
        try:
            sent = super().value_from_datadict(data, files, name)
        except (KeyError, ValueError) as error:
            raise BadRequest from error
        kept = [(b.block_type, b.value, b.id) for b in sent if not _is_blank(b)]
        return StreamValue(self.block_def, kept)

    def render_with_errors(
        self, name: str, value: StreamValue, *args: Any, **kwargs: Any
    ) -> SafeString:
        """The editor."""
        shown = value or self.block_def.to_python([{"type": "text", "value": ""}])
        rendered: SafeString = super().render_with_errors(name, shown, *args, **kwargs)
        return rendered


def _is_blank(block: Any) -> bool:
    return block.block_type == "text" and not strip_tags(block.value.source).strip()
