"""The record of documents in one file, from which alone it can be verified elsewhere.

A ZIP: `export.json` names the documents, `dokumente/` holds a JSON of each, `dateien/` the bytes
under their SHA-256. It holds everything, *nur KLK* and names included.
"""

import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from reversion.models import Revision

from klk_workflow import clock
from klk_workflow.content.history import revision_columns, row_columns, row_digest
from klk_workflow.evidence import record
from klk_workflow.evidence.record import Kept, Record
from klk_workflow.models import Document, Edition, EditionFile, Event, EventName, Office, Rendition
from klk_workflow.models.edition import FROZEN
from klk_workflow.models.event import CHAINED
from klk_workflow.registry import registry

SCHEMA = 1

_OF_DOCUMENT = (
    *("id", "natural_key", "type_key", "land", "workflow_version", "state", "digest"),
    *("event_count", "edition_count", "head"),
)
_OF_EVENT = (*CHAINED, "remark", "words_salt", "hash", "seal")
_OF_NAME = ("name", "salt", "represented")
_OF_EDITION = (
    *FROZEN,
    *("published_at", "head", "is_current", "is_archived"),
    *("withdrawn_at", "withdrawn_reason", "is_removed"),
)
_OF_FILE = ("sha256", "name", "mime", "size")
_OF_RENDITION = ("kind", "sha256", "size", "made_at")


def write(path: Path, documents: Iterable[Document]) -> Iterator[Document]:
    """Write the records of these documents; give each once it is written."""
    names: dict[str, str] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for document in documents:
            found = record.load(document.specific)
            name = f"dokumente/{len(names) + 1:05}.json"
            archive.writestr(name, json.dumps(_dump(found), ensure_ascii=False))
            for row in _with_bytes(found):
                _add(archive, row)
            names[document.natural_key] = name
            yield document
        about = {
            "schema": SCHEMA,
            "site": settings.WAGTAILADMIN_BASE_URL,
            "made": clock.now().isoformat(),
            "documents": names,
        }
        archive.writestr("export.json", json.dumps(about, ensure_ascii=False, indent=1))


def read(path: Path) -> Iterator[Record]:
    """The records in this file; ValueError if it is no export."""
    try:
        with zipfile.ZipFile(path) as archive:
            about = json.loads(archive.read("export.json"))
            for name in about["documents"].values():
                yield _parse(json.loads(archive.read(name)), archive)
    except (zipfile.BadZipFile, LookupError) as error:
        raise ValueError(str(error)) from error


def _dump(found: Record) -> dict[str, Any]:
    texts: dict[int, dict[str, Any]] = {
        revision.pk: {"columns": revision_columns(revision), "rows": []}
        for revision in Revision.objects.filter(pk__in=found.texts)
    }
    for row in record.rows_of(texts):
        texts[row.revision_id]["rows"].append(row_columns(row))
    return {
        "document": _values(found.document, _OF_DOCUMENT),
        "offices": [office.pk for office in found.document.offices.all()],
        "events": [_values(event, _OF_EVENT) for event in found.events],
        "names": {seq: _values(name, _OF_NAME) for seq, name in found.names.items()},
        "texts": texts,
        "editions": [_values(edition, _OF_EDITION) for edition in found.editions],
        "files": _by_number(found.files, _OF_FILE),
        "renditions": _by_number(found.renditions, _OF_RENDITION),
    }


def _by_number(rows: dict[int, Any], names: Iterable[str]) -> dict[int, list[dict[str, Any]]]:
    return {number: [_values(row, names) for row in some] for number, some in rows.items()}


def _values(row: Any, names: Iterable[str]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in values.items()}


def _with_bytes(found: Record) -> Iterator[EditionFile | Rendition]:
    for files in found.files.values():
        yield from files
    for renditions in found.renditions.values():
        yield from renditions


def _add(archive: zipfile.ZipFile, row: EditionFile | Rendition) -> None:
    name = f"dateien/{row.sha256}"
    if name not in archive.namelist():
        try:
            with row.open() as stored:
                archive.writestr(name, stored.read())
        except OSError:
            return  # what is missing here is missing in the export, and found there


def _parse(said: dict[str, Any], archive: zipfile.ZipFile) -> Record:
    return Record(
        document=_document(said),
        events=[_row(Event, values) for values in said["events"]],
        names={int(n): EventName(**_name(values)) for n, values in said["names"].items()},
        texts={
            int(number): Kept(text["columns"], [row_digest(row) for row in text["rows"]])
            for number, text in said["texts"].items()
        },
        editions=[_row(Edition, values) for values in said["editions"]],
        files={int(n): [EditionFile(**v) for v in some] for n, some in said["files"].items()},
        renditions={
            int(n): [_row(Rendition, v) for v in some] for n, some in said["renditions"].items()
        },
        is_intact=lambda row: _is_intact(archive, row),
    )


def _document(said: dict[str, Any]) -> Document:
    """The document with its offices at hand: nothing here is asked of a database."""
    document = registry.get(said["document"]["type_key"]).model(**said["document"])
    offices = [Office(pk=pk) for pk in said["offices"]]
    document._prefetched_objects_cache = {"offices": offices}  # type: ignore[attr-defined]  # noqa: SLF001
    return document


def _name(said: dict[str, str] | list[str]) -> dict[str, str]:
    """What is said of a name; exports from before there were deputies say name and salt alone."""
    return said if isinstance(said, dict) else dict(zip(_OF_NAME, said, strict=False))


def _row(model: type[Any], values: dict[str, Any]) -> Any:
    times = {f.name for f in model._meta.fields if f.get_internal_type() == "DateTimeField"}
    return model(
        **{k: datetime.fromisoformat(v) if k in times and v else v for k, v in values.items()}
    )


def _is_intact(archive: zipfile.ZipFile, row: EditionFile | Rendition) -> bool:
    try:
        return sha256(archive.read(f"dateien/{row.sha256}")).hexdigest() == row.sha256
    except (KeyError, zipfile.BadZipFile):
        return False
