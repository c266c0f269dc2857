"""Deleted drafts: out of sight at once, brought back by their office, gone after thirty days."""

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from klk_workflow import clock
from klk_workflow.content.digest import document_digest
from klk_workflow.models import Document
from klk_workflow.people import Person, person_for
from klk_workflow.perform import lock
from klk_workflow.permissions import Access, access, is_own
from klk_workflow.refusals import NotAllowed, Refused
from klk_workflow.registry import registry
from klk_workflow.roles import MITGLIED

#: So long a deleted draft can be brought back.
KEPT: Final = timedelta(days=30)


def delete_draft(document: Document, *, by: Any) -> None:
    """Delete a draft that was never submitted, which frees its key; else Refused."""
    person = person_for(by)
    with transaction.atomic():
        locked = lock(document)
        if access(person, locked) < Access.WRITE:
            raise NotAllowed
        if locked.event_count:
            raise Refused(_("Was einmal eingereicht war, wird nicht gelöscht."))
        locked.natural_key = f"{locked.natural_key}#{locked.pk}"
        locked.deleted_at = locked.updated_at = clock.now()
        locked.updated_by_id = person.user_id
        locked.save(update_fields=["natural_key", "deleted_at", "updated_at", "updated_by"])


def deleted(person: Person) -> "QuerySet[Document]":
    """The deleted drafts of the person's offices, the newest first."""
    if MITGLIED not in person.roles:
        return Document.everything.none()
    offices = Document.offices.through._default_manager.filter(office_id__in=person.office_ids)
    rows = Document.everything.exclude(deleted_at=None).select_related("updated_by")
    return rows.filter(pk__in=offices.values("document_id")).order_by("-deleted_at")


def bring_back(pk: int, *, by: Any) -> Document:
    """Put a deleted draft back where it was.

    NotAllowed for whoever is not of its office, Refused if another was begun under its key.
    """
    person = person_for(by)
    with transaction.atomic():
        row = Document.everything.select_for_update().exclude(deleted_at=None).filter(pk=pk).first()
        if row is None or not is_own(person, row):
            raise NotAllowed
        key = row.natural_key.rpartition("#")[0]
        if Document.everything.filter(natural_key=key).exists():
            raise Refused(
                _(
                    "„%(title)s“ wurde inzwischen neu begonnen. Von beiden kann es nur einen "
                    "geben: Löschen Sie erst den neuen Entwurf, wenn dieser hier gelten soll."
                )
                % {"title": row.title}
            )
        row.natural_key, row.deleted_at, row.updated_at = key, None, clock.now()
        row.updated_by_id = person.user_id
        row.save(update_fields=["natural_key", "deleted_at", "updated_at", "updated_by"])
        document = row.specific
        document.digest = document_digest(document, document.parts())
        document.save(update_fields=["digest"])
    return document


def empty() -> int:
    """Remove for good what was deleted long enough ago; give how many."""
    old = Document.everything.filter(deleted_at__lt=clock.now() - KEPT, event_count=0)
    rows = list(old.filter(type_key__in=[document_type.key for document_type in registry]))
    for row in rows:
        with transaction.atomic():
            for kind in row.type.parts:  # before the files, which the attachments protect
                kind._default_manager.filter(document_id=row.pk).delete()
            row.delete()
    return len(rows)
