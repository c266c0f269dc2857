"""How far the writing of documents is: what is filled, what is missing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klk_workflow.extending import isolation
from klk_workflow.models import Document, Outline, Part
from klk_workflow.registry import registry

#: So many of what is missing are named.
_NAMED = 4


@dataclass
class Written:
    """How far the writing of a document is."""

    filled: int = 0
    total: int = 0
    missing: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """How one says it: 9 von 14 Abschnitten ausgefüllt, and what is missing."""
        numbers = {"filled": self.filled, "total": self.total}
        said = _("%(filled)d von %(total)d Abschnitten ausgefüllt.") % numbers
        if not self.missing:
            return said
        names = " · ".join(self.missing[:_NAMED])
        if (more := len(self.missing) - _NAMED) > 0:
            names = _("%(names)s und %(more)d weitere") % {"names": names, "more": more}
        verb = ngettext("Es fehlt: %(names)s.", "Es fehlen: %(names)s.", len(self.missing))
        return f"{said} {verb % {'names': names}}"


def progress(documents: list[Document]) -> dict[int, Written]:
    """How far each of these is; as many queries for many as for one."""
    found = {document.pk: Written() for document in documents}
    if not documents:
        return found
    outlines = {
        (outline.type_key, outline.version): {entry["key"]: entry for entry in outline.data}
        for outline in Outline.objects.filter(type_key__in={d.type_key for d in documents})
    }
    parts = _parts_of(documents)
    for document in _specific(documents):
        written = found[document.pk]
        entries = outlines.get((document.type_key, document.outline_version), {})
        label = document.type.app_label
        isolation.shielded(
            label, _count, written, document, parts[document.pk], entries, otherwise=None
        )
    return found


def _count(
    written: Written, document: Document, parts: list[Part], entries: dict[str, dict[str, Any]]
) -> None:
    lacking = document.missing_fields(parts)
    for part in parts:
        if not part.addable:
            written.total += 1
            written.filled += not part.is_empty
        lacking += part.missing(entries.get(part.key, {}))
    written.missing = [str(item.text) for item in lacking]


def _specific(documents: list[Document]) -> Iterable[Document]:
    """These documents as instances of their types; one query for each type."""
    by_type: dict[str, list[int]] = defaultdict(list)
    for document in documents:
        by_type[document.type_key].append(document.pk)
    for key, ids in by_type.items():
        yield from registry.get(key).model._default_manager.filter(pk__in=ids)


def _parts_of(documents: list[Document]) -> dict[int, list[Part]]:
    """Their parts, in order; one query for each kind."""
    by_kind: dict[type[Part], list[int]] = defaultdict(list)
    for document in documents:
        for kind in document.type.parts:
            by_kind[kind].append(document.pk)
    found: dict[int, list[Part]] = defaultdict(list)
    for kind, ids in by_kind.items():
        for part in kind._default_manager.filter(document_id__in=ids).order_by("position", "pk"):
            found[part.document_id].append(part)
    return found
