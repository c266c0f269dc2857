"""Earlier content of a document, read from django-reversion; never reverted by it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import reversion
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet, prefetch_related_objects
from reversion.models import Revision, Version

from klk_workflow import clock
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
    for registered in (Document, model, *parts):
        if not reversion.is_registered(registered):
            reversion.register(registered, fields=_fields(registered))


@cache
def _fields(model: type[Model]) -> tuple[str, ...]:
    own = (*model._meta.local_fields, *model._meta.local_many_to_many)
    left_out = _NOT_CONTENT if model is Document else ()
    return tuple(field.name for field in own if field.name not in left_out)


def record(document: Document, parts: Iterable[Part], *, comment: str) -> int:
    """Write one reversion revision of the document and all its parts; give its number.

    Call inside the transaction that holds the document's lock. The rows are written here and not
    by `reversion.create_revision`, which does not tell the revision's number and asks for each
    kind whether the rows that we have just locked exist.
    """
    parent = document.document_ptr  # type: ignore[attr-defined]
    own = (document,) if document.content_fields() else ()
    revision = Revision.objects.create(date_created=clock.now(), comment=comment)
    Version.objects.bulk_create(_version(revision, item) for item in (parent, *own, *parts))
    return int(revision.pk)


def _version(revision: Revision, item: Model) -> Version:
    kind = type(item)
    # Django's own JSON serializer writes to a stream, which Python encodes three times slower.
    plain = serializers.serialize("python", (item,), fields=_fields(kind))
    return Version(
        revision=revision,
        content_type=ContentType.objects.get_for_model(kind),
        object_id=str(item.pk),
        db=DEFAULT_DB_ALIAS,
        format="json",
        serialized_data=json.dumps(plain, cls=DjangoJSONEncoder, ensure_ascii=False),
        object_repr=str(item),
    )


def snapshot(document: Document, revision_id: int) -> Snapshot:
    """The content of this revision of the document; its parts carry their old field values."""
    fields: dict[str, Any] = {}
    models = (Document, document.type.model)
    for version in _versions([revision_id], models):
        fields |= version.field_dict
    return Snapshot(fields, parts_at([revision_id], document.type.parts)[revision_id])


def parts_at(revision_ids: Iterable[int], kinds: Iterable[type[Part]]) -> dict[int, list[Part]]:
    """The parts in each of these revisions, in order; as many queries for many as for one."""
    wanted, kinds = list(revision_ids), list(kinds)
    found: dict[int, dict[type[Part], list[Part]]] = {
        revision_id: {kind: [] for kind in kinds} for revision_id in wanted
    }
    for version in _versions(wanted, kinds):
        kind = version.content_type.model_class()
        names = {field.attname for field in kind._meta.concrete_fields}
        values = {name: v for name, v in version.field_dict.items() if name in names}
        found[version.revision_id][kind].append(kind(**values))
    for kind in kinds:
        of_kind = [part for by_kind in found.values() for part in by_kind[kind]]
        prefetch_related_objects(of_kind, *kind.related)
    return {
        revision_id: [p for parts in by_kind.values() for p in sorted(parts, key=_place)]
        for revision_id, by_kind in found.items()
    }


def _place(part: Part) -> tuple[int, int]:
    return part.position, part.pk


def _versions(revision_ids: list[int], models: Iterable[type[Model]]) -> "QuerySet[Version]":
    types = ContentType.objects.get_for_models(*models).values()
    found = Version.objects.filter(revision_id__in=revision_ids, content_type__in=types)
    return found.select_related("content_type")  # type: ignore[no-any-return]
