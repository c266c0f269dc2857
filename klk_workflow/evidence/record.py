"""The record of one document: all that `verification` looks at, whether from here or an export."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from reversion.models import Revision, Version

from klk_workflow.content.files import is_intact
from klk_workflow.content.history import revision_columns, row_columns, row_digest
from klk_workflow.models import Document, Edition, EditionFile, Event, EventName, Rendition


@dataclass
class Kept:
    """A text that was kept: the Revision's columns and the digests of its rows."""

    columns: list[Any]
    rows: list[str] = field(default_factory=list)


@dataclass
class Record:
    """What answers for one document. Names by number of Event, files by number of Fassung."""

    document: Document
    events: list[Event]
    names: dict[int, EventName]
    texts: dict[int, Kept]
    editions: list[Edition]
    files: dict[int, list[EditionFile]]
    renditions: dict[int, list[Rendition]]
    is_intact: Callable[[EditionFile | Rendition], bool] = is_intact

    def __post_init__(self) -> None:
        """Let each Event know its document: its digest names it."""
        for event in self.events:
            event.document = self.document


def load(document: Document) -> Record:
    """The record as it stands in the database; as many queries for many Events as for one."""
    events = list(Event.objects.filter(document_id=document.pk).order_by("seq"))
    names = EventName.objects.filter(event__document_id=document.pk).select_related("event")
    editions = list(Edition.objects.filter(document_id=document.pk).order_by("number"))
    return Record(
        document=document,
        events=events,
        names={name.event.seq: name for name in names},
        texts=_texts(revision_ids(document, events)),
        editions=editions,
        files=_by_number(editions, EditionFile.objects.filter(edition__in=editions)),
        renditions=_by_number(editions, Rendition.objects.filter(edition__in=editions)),
    )


def revision_ids(document: Document, events: Iterable[Event]) -> set[int]:
    """The Revisions that Events name, and any other that says something of this document."""
    kind = ContentType.objects.get_for_model(Document)
    rows = Version.objects.filter(content_type=kind, object_id=str(document.pk))
    return {*rows.values_list("revision_id", flat=True), *(e.revision_id for e in events)} - {0}


def rows_of(ids: Iterable[int]) -> Iterable[Version]:
    """The Versions of these Revisions, a few at a time."""
    rows: Iterable[Version] = Version.objects.filter(revision_id__in=ids).order_by("pk")
    return rows.iterator(chunk_size=500)  # type: ignore[attr-defined,no-any-return]


def _texts(ids: set[int]) -> dict[int, Kept]:
    found = {r.pk: Kept(revision_columns(r)) for r in Revision.objects.filter(pk__in=ids)}
    for row in rows_of(found):
        found[row.revision_id].rows.append(row_digest(row_columns(row)))
    return found


def _by_number(editions: list[Edition], rows: Iterable[Any]) -> dict[int, list[Any]]:
    owners = {edition.pk: edition for edition in editions}
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        row.edition = owners[row.edition_id]
        found[row.edition.number].append(row)
    return dict(found)
