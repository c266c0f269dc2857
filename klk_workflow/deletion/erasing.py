"""A person's name is erased from the record; what he or she did stays, and the chain holds."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from klk_workflow import chain
from klk_workflow.evidence.lawful import NAMES_ERASED
from klk_workflow.models import Document, EventName, Remark
from klk_workflow.models.event import REPRESENTED
from klk_workflow.people import THE_SYSTEM, Person
from klk_workflow.perform import lock
from klk_workflow.roles import ADMINISTRATION, SYSTEM


def erase_name(user_id: int, *, by: Person = THE_SYSTEM) -> int:
    """Erase the name of the person with this number wherever it is kept; give the documents.

    The account itself is deleted or renamed apart from this, before or after.
    """
    names = _names(user_id)
    remarks = Remark.objects.filter(author_id=user_id).exclude(author_name="")
    touched = Q(pk__in=names.values("event__document")) | Q(pk__in=remarks.values("document"))
    documents = list(Document.everything.filter(touched).order_by("natural_key"))
    for document in documents:
        _erase_in(document, user_id, by)
    return len(documents)


def _names(user_id: int) -> "QuerySet[EventName]":
    """The names beside the Events of this person: of what he or she did, and a deputy for them."""
    represented = Q(**{f"event__data__{REPRESENTED}__person": user_id})
    return EventName.objects.filter(Q(event__actor_id=user_id) | represented)


@transaction.atomic
def _erase_in(document: Document, user_id: int, by: Person) -> None:
    locked = lock(document)
    found = _names(user_id).filter(event__document_id=document.pk)
    remarks = Remark.objects.filter(document_id=document.pk, author_id=user_id)
    own = found.filter(event__actor_id=user_id)
    known = {*own.values_list("name", flat=True), *remarks.values_list("author_name", flat=True)}
    seqs = sorted(found.values_list("event__seq", flat=True))
    found.delete()
    remarks.update(author_name="")
    for kind in locked.type.parts:
        rows: Any = kind._default_manager.filter(document_id=document.pk)
        rows.filter(updated_by_name__in=known).update(updated_by_name="")
    role = SYSTEM if by.user_id is None else ADMINISTRATION
    chain.note(locked, NAMES_ERASED, by=by, role=role, data={"names": seqs}, channel="worker")
