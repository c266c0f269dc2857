"""What everybody will read of a document's own fields, in words, before somebody decides."""

from typing import Any

from django.template.defaultfilters import yesno
from django.utils.formats import localize
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from klk_workflow.models import Document
from klk_workflow.workflows.definition import Text


def own_fields(document: Document) -> list[tuple[Text, str]]:
    """Title and own fields of the type that hold something: what each is called, and its value."""
    names = ["title", *document.content_fields()]
    fields: list[Any] = [document._meta.get_field(name) for name in names]
    said = [(field.verbose_name, _in_words(document, field)) for field in fields]
    return [(label, words) for label, words in said if words]


def _in_words(document: Document, field: Any) -> str:
    value = getattr(document, field.name)
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return str(yesno(value, _("ja,nein")))
    if field.name in document.type.vocabularies or isinstance(value, list):
        path = document.type.vocabularies.get(field.name)
        word = import_string(path) if path else str
        return ", ".join(str(word(key)) for key in (value if isinstance(value, list) else [value]))
    return str(dict(field.flatchoices).get(value) or localize(value))
