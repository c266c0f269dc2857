"""Rows of old texts, read with the models of today: renamed fields found again, the rest told.

A migration changes models and tables, never the rows of django-reversion. So an old row may speak
of a field, a block or a kind of part that is no more. What has a place today is read; what has
none is told as `Lost`, with its words, so that the old text stays readable as a whole.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Field, ForeignKey, Model
from wagtail.fields import StreamField

from klk_workflow.content.nodes import parse

if TYPE_CHECKING:
    from reversion.models import Version


@dataclass(frozen=True)
class Lost:
    """Something in an old text that has no place any more: where it stood, what it was, its words.

    `name` is the name that field, block or kind of part had in the code.
    """

    where: str
    name: str
    words: str


def read(row: "Version", model: type[Model]) -> tuple[dict[str, Any], list[Lost]]:
    """The values of a row for the model of today, by attribute name, and what has no place in it.

    `model.renamed` maps names of then to names of now.
    """
    fields = {field.name: field for field in model._meta.concrete_fields}
    renamed = getattr(model, "renamed", {})
    values: dict[str, Any] = {model._meta.pk.attname: model._meta.pk.to_python(row.object_id)}
    lost = []
    for name, value in raw(row).items():
        field = fields.get(renamed.get(name, name))
        if field is None:
            lost.append(Lost(row.object_repr, name, words(value)))
            continue
        values[field.attname] = _value(field, value)
        lost += _lost_blocks(row, field, value)
    return values, [item for item in lost if item.words]


def whole(row: "Version") -> Lost:
    """A row of a kind that is no more."""
    said = (words(value) for name, value in raw(row).items() if name not in _FRAME)
    return Lost(row.object_repr, row.content_type.model, "\n".join(filter(None, said)))


#: What every part has beside its content.
_FRAME = {"document", "key", "position", "visibility", "articles", "version", "updated_at"}


def raw(row: "Version") -> dict[str, Any]:
    """The values of a row as they were written."""
    found: dict[str, Any] = json.loads(row.serialized_data)[0]["fields"]
    return found


def words(value: Any) -> str:
    """All words in a value, whatever its shape, without markup; ids are no words."""
    if isinstance(value, str) and value[:1] in {"[", "{"}:
        with suppress(ValueError):
            value = json.loads(value)
    return " ".join(" ".join(_words(value)).split())


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield parse(value).words() if "<" in value else value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in {"id", "type"}:
                yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def _value(field: "Field[Any, Any]", value: Any) -> Any:
    target = field.target_field if isinstance(field, ForeignKey) else field
    return None if value is None else target.to_python(value)


def _lost_blocks(row: "Version", field: "Field[Any, Any]", value: Any) -> list[Lost]:
    """Blocks of a text whose kind is no more: Wagtail leaves them out without a word."""
    if not isinstance(field, StreamField) or not value:
        return []
    known = field.stream_block.child_blocks
    return [
        Lost(row.object_repr, block["type"], words(block["value"]))
        for block in json.loads(value)
        if block["type"] not in known
    ]
