"""Writing without losing a word: the part is the unit of saving, each with its own version."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Subquery
from django.utils.translation import gettext as _

from klk_workflow import clock
from klk_workflow.content.digest import document_digest
from klk_workflow.content.files import copy_between
from klk_workflow.effects import contribute
from klk_workflow.models import Document, Office, Outline, Part, Period, Section
from klk_workflow.people import Person, person_for
from klk_workflow.perform import lock
from klk_workflow.permissions import Access, access, is_own
from klk_workflow.refusals import Conflict, NotAllowed, Refused, WrongState
from klk_workflow.registry import DocumentType
from klk_workflow.roles import MITGLIED

P = TypeVar("P", bound=Part)


def start(
    document_type: DocumentType,
    *,
    by: Any,
    natural_key: str,
    title: str,
    land: str = "",
    period: Period | None = None,
    fields: Mapping[str, Any] | None = None,
) -> tuple[Document, bool]:
    """Begin a document, or find the one that exists under this key; True if it is new.

    Its offices are all offices of the Land (of a body without Land: the person's own). Sections
    come from the outline with the choices (visibility, articles) of the last such document.
    Raises NotAllowed if the person is no member of an office of that Land.
    """
    person = person_for(by)
    found = document_type.model._default_manager.filter(natural_key=natural_key).first()
    if found:
        return _seen_by(found, person), False
    offices = _offices(person, land)
    outline = period.outline if period else Outline.newest(document_type.key)
    try:
        with transaction.atomic():
            document = _create(
                document_type,
                natural_key=natural_key,
                title=title,
                land=land,
                period=period,
                outline_version=outline.version if outline else 0,
                updated_by_id=person.user_id,
                **(fields or {}),
            )
            document.offices.add(*offices)
            sections = _open_sections(document, outline)
            contribute(document.pk, person.user_id, 0)
            document.digest = document_digest(document, sections)
            document.save(update_fields=["digest"])
    except IntegrityError:
        found = document_type.model._default_manager.get(natural_key=natural_key)
        return _seen_by(found, person), False
    return document, True


def _seen_by(document: Document, person: Person) -> Document:
    if access(person, document) == Access.NONE:
        raise NotAllowed
    return document


def _offices(person: Person, land: str) -> list[Office]:
    if MITGLIED not in person.roles or (land and land not in person.laender):
        raise NotAllowed(_("Beginnen können dies nur Mitglieder der Stellen dieses Landes."))
    if land:
        return list(Office.objects.filter(land=land))
    return list(Office.objects.filter(pk__in=person.office_ids))


def _create(document_type: DocumentType, **values: Any) -> Document:
    now = clock.now()
    return document_type.model._default_manager.create(
        type_key=document_type.key,
        state=document_type.workflow.initial,
        workflow_version=document_type.workflow.version,
        created_at=now,
        updated_at=now,
        **values,
    )


def previous(document: Document) -> Document | None:
    """The last document of this type and Land before this one, or None."""
    return _earlier(document).first()


def _earlier(document: Document) -> QuerySet[Any]:
    """The documents of this type and Land before this one, newest first."""
    return (
        document.type.model._default_manager.filter(
            type_key=document.type_key, land=document.land, created_at__lt=document.created_at
        )
        .exclude(pk=document.pk)
        .exclude(land="")
        .order_by("-created_at")
    )


def _open_sections(document: Document, outline: Outline | None) -> list[Section]:
    last = _earlier(document).values("pk")[:1]
    chosen = {section.key: section for section in Section.objects.filter(document=Subquery(last))}
    sections = []
    for position, entry in enumerate(outline.data if outline else [], 1):
        before = chosen.get(entry["key"])
        section = Section(
            document_id=document.pk,
            key=entry["key"],
            position=position,
            title=entry["title"],
            visibility=before.visibility if before else entry["visibility"],
            articles=before.articles if before else entry["articles"],
        )
        sections.append(section)
    return Section.objects.bulk_create(sections)


@dataclass
class Desk:
    """The locked document on the desk of somebody who may write, with its parts."""

    document: Document
    person: Person
    parts: list[Part]

    def find(self, part: Part) -> Part | None:
        """The stored row of this part, or None if it was removed."""
        return next((p for p in self.parts if p.kind == part.kind and p.pk == part.pk), None)


@contextmanager
def writing(document: Document, by: Any) -> Iterator[Desk]:
    """The locked document while a permitted change is made; digest and memory follow at the end."""
    person = person_for(by)
    with transaction.atomic():
        locked = lock(document)
        if access(person, locked) < Access.WRITE:
            raise refusal(locked, person)
        desk = Desk(locked, person, locked.parts())
        yield desk
        digest = document_digest(locked, desk.parts)
        if digest != locked.digest:
            contribute(locked.pk, person.user_id, locked.edition_count)
            locked.digest = digest
            locked.updated_at = clock.now()
            locked.updated_by_id = person.user_id
            locked.save(update_fields=["digest", "updated_at", "updated_by"])


def refusal(document: Document, person: Person) -> Refused:
    """Why this person cannot write here now."""
    if is_own(person, document):
        return WrongState(
            _("Der Text kann gerade nicht geändert werden: Der Stand ist „%(state)s“.")
            % {"state": document.state_info.label}
        )
    return NotAllowed()


@dataclass(frozen=True)
class PartChange:
    """New field values of a part, and the version on which they were made."""

    part: Part
    seen_version: int
    values: Mapping[str, Any]


def save_part(part: P, *, by: Any, seen_version: int, changes: Mapping[str, Any]) -> P:
    """Save changed field values of one part; `seen_version` is the version the person opened.

    A save that changes nothing leaves version and digest as they were. Raises Conflict (with the
    stored part, or None if it was removed) when somebody saved it meanwhile, NotAllowed or
    WrongState when the document is not open to the person.
    """
    change = PartChange(part, seen_version, changes)
    return cast("P", save_parts(part.document, by=by, changes=[change])[0])


def save_parts(document: Document, *, by: Any, changes: Iterable[PartChange]) -> list[Part]:
    """Save several parts of one document together: all or none. Raises as `save_part` does."""
    with writing(document, by) as desk:
        saved = [_change(desk, change) for change in changes]
        for kind in document.type.parts:
            new = [row for row in saved if row.fields and isinstance(row.part, kind)]
            if new:
                fields = {"version", "updated_at", "updated_by_name"}.union(
                    *(r.fields for r in new)
                )
                # One upsert; bulk_update's CASE for each field and row takes three times as long.
                kind._default_manager.bulk_create(
                    [row.part for row in new],
                    update_conflicts=True,
                    unique_fields=[kind._meta.pk.name],
                    update_fields=sorted(fields),
                )
        return [row.part for row in saved]


@dataclass(frozen=True)
class _Saved:
    """A stored part as it is now; `fields` names what the change made new, empty for nothing."""

    part: Part
    fields: frozenset[str]


def _change(desk: Desk, change: PartChange) -> _Saved:
    current = desk.find(change.part)
    if current is None:
        raise Conflict(None)
    stored = copy(current)
    for name, value in change.values.items():
        setattr(current, name, value)
    current.settle(change.values)
    if current.leaf() == stored.leaf():
        return _Saved(current, frozenset())
    if stored.version != change.seen_version:
        raise Conflict(stored)
    current.version += 1
    sign(current, desk.person)
    return _Saved(current, frozenset(change.values))


def sign(part: Part, person: Person) -> None:
    """Say on a part who saves it, and when."""
    part.updated_at = clock.now()
    part.updated_by_name = person.name[:150]


def add_part(
    document: Document, kind: type[P], *, by: Any, values: Mapping[str, Any], key: str = ""
) -> P:
    """Add a row of this kind at the end; NotAllowed if the kind comes from the outline."""
    if not kind.addable:
        raise NotAllowed
    with writing(document, by) as desk:
        positions = [part.position for part in desk.parts if part.kind == kind.kind]
        part = kind(
            document=desk.document,
            key=key or secrets.token_hex(6),
            position=max(positions, default=0) + 1,
            **values,
        )
        sign(part, desk.person)
        part.save()
        desk.parts = desk.document.parts()
        return part


def remove_part(part: Part, *, by: Any, seen_version: int) -> None:
    """Take a row out of the working copy; it stays in the history of what was submitted."""
    if not part.addable:
        raise NotAllowed
    with writing(part.document, by) as desk:
        current = desk.find(part)
        if current is None:
            return
        if current.version != seen_version:
            raise Conflict(current)
        desk.parts.remove(current)
        current.delete()


def move_part(part: Part, *, by: Any, up: bool) -> None:
    """Change places with the neighbour above or below; at the edge nothing happens."""
    if not part.addable:
        raise NotAllowed
    with writing(part.document, by) as desk:
        rows = [row for row in desk.parts if row.kind == part.kind]
        place = next((i for i, row in enumerate(rows) if row.pk == part.pk), None)
        other = None if place is None else place + (-1 if up else 1)
        if place is None or other is None or not 0 <= other < len(rows):
            return
        rows[place], rows[other] = rows[other], rows[place]
        for position, row in enumerate(rows, 1):
            row.position = position
        type(part)._default_manager.bulk_update(rows, ["position"])
        desk.parts = desk.document.parts()


def save_fields(
    document: Document, *, by: Any, seen_version: int, changes: Mapping[str, Any]
) -> Document:
    """Save the document's own fields; raises like `save_part`, Conflict without a part."""
    with writing(document, by) as desk:
        locked = desk.document
        allowed = {name: changes[name] for name in locked.content_fields() if name in changes}
        if all(getattr(locked, name) == value for name, value in allowed.items()):
            return locked
        if locked.version != seen_version:
            raise Conflict(None)
        for name, value in allowed.items():
            setattr(locked, name, value)
        locked.version += 1
        locked.save(update_fields=[*allowed, "version"])
        return locked


def take_over(section: Section, *, by: Any, seen_version: int) -> Section:
    """Put the text of the last report's section below what this one holds (*Übernehmen*)."""
    last = previous(section.document)
    source = last and Section.objects.filter(document_id=last.pk, key=section.key).first()
    if not source or not last:
        raise Refused(_("Im letzten Bericht gibt es diesen Abschnitt nicht."))
    for file in last.files.filter(sha256__in=source.file_digests()):
        copy_between(section.document, file)
    blocks = [*section.body, *source.body]
    body = [(block.block_type, block.value) for block in blocks]
    return save_part(section, by=by, seen_version=seen_version, changes={"body": body})
