"""Widgets of the writing page."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter


class PictureInput(forms.TextInput):
    """A picture of the document: chosen among those there are, or uploaded.

    The page says in its element `klk-pictures` which there are and where to upload.
    """

    class Media:
        js = ["klk_workflow/pictures.js"]


class PictureInputAdapter(WidgetAdapter):  # type: ignore[misc]
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
