"""Earlier content of a document, read from django-reversion; never reverted by it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import reversion
from reversion.models import Version

from klk_workflow.models.document import Document
from klk_workflow.models.part import Part

#: What belongs to the way of a document, not to its content: in no Version.
_NOT_CONTENT = (
    "state",
    "digest",
    "round",
    "edition_count",
    "event_count",
    "head",
    "scheduled_for",
    "updated_at",
    "updated_by",
    "offices",
)


@dataclass(frozen=True)
class Snapshot:
    """The content as it was: field values of the document and unsaved parts, in order."""

    fields: dict[str, Any]
    parts: list[Part]


def register_type(model: type[Document], parts: Iterable[type[Part]]) -> None:
    """Tell reversion of a document type; children are added by hand, so nothing is followed."""
    for registered, exclude in ((Document, _NOT_CONTENT), (model, ()), *((p, ()) for p in parts)):
        if not reversion.is_registered(registered):
            reversion.register(registered, exclude=exclude)


def record(document: Document, parts: Iterable[Part], *, comment: str) -> int:
    """Write one reversion revision of the document and all its parts; give its number.

    Call inside the transaction that holds the document's lock: the number read back is this one.
    """
    with reversion.create_revision(manage_manually=True, atomic=False):
        reversion.set_comment(comment)
        parent = document.document_ptr  # type: ignore[attr-defined]
        for item in (parent, document, *parts):
            reversion.add_to_revision(item)
    newest = Version.objects.get_for_object_reference(Document, document.pk)
    return int(newest.values_list("revision_id", flat=True)[0])


def snapshot(document: Document, revision_id: int) -> Snapshot:
    """The content of this revision of the document; its parts carry their old field values."""
    fields: dict[str, Any] = {}
    by_kind: dict[type[Part], list[Part]] = {kind: [] for kind in document.type.parts}
    for version in Version.objects.filter(revision_id=revision_id).select_related("content_type"):
        model = version.content_type.model_class()
        if model in by_kind:
            names = {field.attname for field in model._meta.concrete_fields}
            values = {k: v for k, v in version.field_dict.items() if k in names}
            by_kind[model].append(model(**values))
        else:
            fields |= version.field_dict
    parts = [p for kind in by_kind.values() for p in sorted(kind, key=lambda p: p.position)]
    return Snapshot(fields, parts)
