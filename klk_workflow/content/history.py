"""Earlier content of a document, read from django-reversion; never reverted by it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC
from functools import cache
from hashlib import sha256
from typing import Any

import reversion
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet, prefetch_related_objects
from reversion.models import Revision, Version

from klk_workflow import clock
from klk_workflow.content.old_rows import Lost, raw, read, whole
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
    "deleted_at",
    "updated_at",
    "updated_by",
    "offices",
)
#: Names are kept where they can be erased.
_NOT_CONTENT_OF_PARTS = ("updated_by_name",)


@dataclass(frozen=True)
class Snapshot:
    """The content as it was: field values of the document and unsaved parts, in order.

    `lost` is what of it has no place in the models of today.
    """

    fields: dict[str, Any]
    parts: list[Part]
    lost: list[Lost] = field(default_factory=list)


def register_type(model: type[Document], parts: Iterable[type[Part]]) -> None:
    """Tell reversion of a document type; children are added by hand, so nothing is followed."""
    for registered in (Document, model, *parts):
        if not reversion.is_registered(registered):
            reversion.register(registered, fields=_fields(registered))


@cache
def _fields(model: type[Model]) -> tuple[str, ...]:
    own = (*model._meta.local_fields, *model._meta.local_many_to_many)
    left_out = _NOT_CONTENT if model is Document else _NOT_CONTENT_OF_PARTS
    return tuple(column.name for column in own if column.name not in left_out)


def record(document: Document, parts: Iterable[Part], *, comment: str) -> tuple[int, str]:
    """Write one reversion revision of the document and all its parts; give number and digest.

    Call inside the transaction that holds the document's lock. The rows are written here and not
    by `reversion.create_revision`, which does not tell the revision's number and asks for each
    kind whether the rows that we have just locked exist.
    """
    revision = Revision.objects.create(date_created=clock.now(), comment=comment)
    rows = [_version(revision, item) for item in _items(document, parts)]
    Version.objects.bulk_create(rows)
    return int(revision.pk), revision_digest(
        revision_columns(revision), (row_digest(row_columns(row)) for row in rows)
    )


def _items(document: Document, parts: Iterable[Part]) -> list[Model]:
    """The rows of which a text consists."""
    parent: Model = document.document_ptr  # type: ignore[attr-defined]
    return [parent, *([document] if document.content_fields() else []), *parts]


def row_columns(row: Version) -> list[str]:
    """All columns of one Version but the numbers that the database gives."""
    kind = ContentType.objects.get_for_id(row.content_type_id)
    label = f"{kind.app_label}.{kind.model}"
    return [label, row.object_id, row.db, row.format, row.object_repr, row.serialized_data]


def row_digest(columns: list[str]) -> str:
    """The digest of one Version from its columns: the raw bytes, whatever they mean."""
    return sha256(json.dumps(columns, ensure_ascii=False).encode()).hexdigest()


def revision_columns(revision: Revision) -> list[Any]:
    """All columns of a Revision but its number."""
    return [revision.date_created.astimezone(UTC).isoformat(), revision.user_id, revision.comment]


def revision_digest(columns: list[Any], rows: Iterable[str]) -> str:
    """The digest of a Revision from its columns and the digests of its rows.

    The Event holds it. It can be checked after a migration took away what the rows speak of.
    """
    said = [*columns, *sorted(rows)]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


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
    return snapshots(document, [revision_id])[revision_id]


def snapshots(document: Document, revision_ids: Iterable[int]) -> dict[int, Snapshot]:
    """The content of each of these revisions; as many queries for many as for one."""
    found = {number: Snapshot({}, []) for number in revision_ids}
    rows = Version.objects.filter(revision_id__in=found).select_related("content_type")
    for row in rows:
        _take_in(found[row.revision_id], document, row)
    _complete([then.parts for then in found.values()], document.type.parts)
    return found


def _take_in(then: Snapshot, document: Document, row: Version) -> None:
    """Put a row where it belongs in the text, or among what has no place any more."""
    model = row.content_type.model_class()
    if model in document.type.parts:
        values, lost = read(row, model)
        then.parts.append(model(**values))
    elif model in {Document, document.type.model}:
        values, lost = read(row, model)
        then.fields.update(values)
    else:
        lost = [whole(row)]
    then.lost.extend(lost)


def _complete(texts: Iterable[list[Part]], kinds: Iterable[type[Part]]) -> None:
    """Load what the parts point to, and put each text in order, kind after kind."""
    texts, order = list(texts), {kind: place for place, kind in enumerate(kinds)}
    for kind in order:
        of_kind = [part for parts in texts for part in parts if type(part) is kind]
        prefetch_related_objects(of_kind, *kind.related)
    for parts in texts:
        parts.sort(key=lambda part: (order[type(part)], part.position, part.pk))


def fields_of(row: Version) -> dict[str, Any]:
    """The field values of a row as they were serialised."""
    return raw(row)


def fields_now(document: Document, parts: Iterable[Part]) -> dict[tuple[int, str], dict[str, Any]]:
    """The field values of a document and these parts as a text of now would have them."""
    rows = [_version(Revision(), item) for item in _items(document, parts)]
    return {(row.content_type_id, row.object_id): fields_of(row) for row in rows}


def kind_of(model: type[Model]) -> int:
    """The number of a model among the content types."""
    return ContentType.objects.get_for_model(model).pk


def is_of_today(row: Version) -> bool:
    """Whether the row has the fields that its model has now: no migration lies between."""
    model = row.content_type.model_class()
    return model is not None and set(fields_of(row)) == set(_fields(model)) - {model._meta.pk.name}


def parts_at(revision_ids: Iterable[int], kinds: Iterable[type[Part]]) -> dict[int, list[Part]]:
    """The parts in each of these revisions, in order; as many queries for many as for one."""
    found: dict[int, list[Part]] = {number: [] for number in revision_ids}
    kinds = list(kinds)
    for row in _versions(list(found), kinds):
        kind = row.content_type.model_class()
        found[row.revision_id].append(kind(**read(row, kind)[0]))
    _complete(found.values(), kinds)
    return found


def _versions(revision_ids: list[int], models: Iterable[type[Model]]) -> "QuerySet[Version]":
    types = ContentType.objects.get_for_models(*models).values()
    found = Version.objects.filter(revision_id__in=revision_ids, content_type__in=types)
    return found.select_related("content_type")  # type: ignore[no-any-return]
