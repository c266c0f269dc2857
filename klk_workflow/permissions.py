"""Who may, and which rows? One policy that every list, page, file and search asks."""

from collections.abc import Iterable
from enum import IntEnum
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from klk_workflow.extending import switches
from klk_workflow.models.document import Document
from klk_workflow.people import Person
from klk_workflow.registry import registry
from klk_workflow.roles import ADMINISTRATION, EVERY_MEMBER, MITGLIED, OWN_OFFICE
from klk_workflow.workflows.definition import State, Transition


class Access(IntEnum):
    """How much of a document a person meets; each level includes the ones below."""

    NONE = 0
    STATUS = 1
    SNAPSHOT = 2
    READ = 3
    WRITE = 4


def is_own(person: Person, document: Document) -> bool:
    """Whether the person is a member of one of the document's offices."""
    if MITGLIED not in person.roles or not person.office_ids:
        return False
    return any(office.pk in person.office_ids for office in document.offices.all())


def _holds(person: Person, roles: Iterable[str], *, own: bool) -> bool:
    for role in roles:
        if role == OWN_OFFICE:
            if own:
                return True
        elif role == EVERY_MEMBER:
            if person.is_seated:
                return True
        elif role in person.held:
            return True
    return False


def access(person: Person, document: Document) -> Access:
    """How much of this document the person meets now."""
    state = document.state_info
    own = is_own(person, document)
    writing = Access.WRITE if switches.is_active(document.type) else Access.READ
    for level, roles in (
        (writing, state.editors),
        (Access.READ, state.readers),
        (Access.SNAPSHOT, state.snapshot_readers),
    ):
        if _holds(person, roles, own=own):
            return level
    if own or ADMINISTRATION in person.roles:
        return Access.STATUS
    return Access.NONE


def may(person: Person, document: Document, transition: Transition) -> str | None:
    """The role in which the person may take this way from the present state, or None.

    The own roles come before those held as a deputy.
    """
    if not switches.is_active(document.type):
        return None
    roles = transition.by.get(document.state, ())
    own = OWN_OFFICE in roles and is_own(person, document)
    for held in (person.roles, person.held):
        for role in roles:
            if role == OWN_OFFICE:
                if own:
                    return MITGLIED
            elif role in held:
                return role
    return None


def rows(person: Person, at_least: Access = Access.READ) -> Q:
    """The condition for the documents that the person meets at this level or above."""
    if at_least <= Access.STATUS and ADMINISTRATION in person.roles:
        return Q(type_key__in=[kind.key for kind in registry])
    conditions = [
        condition
        for document_type in registry
        for workflow in document_type.model.workflows
        for own, keys in _states_open_to(person, workflow.states, at_least).items()
        if keys
        for condition in [
            Q(type_key=document_type.key, workflow_version=workflow.version, state__in=keys)
            & (Q(pk__in=_own_documents(person)) if own else Q())
        ]
    ]
    return reduce(or_, conditions, Q(pk__in=[]))


def _states_open_to(
    person: Person, states: Iterable[State], at_least: Access
) -> dict[bool, list[str]]:
    """State keys open to the person: to the office's own documents (True), to all (False)."""
    to_own: list[str] = []
    to_all: list[str] = []
    for state in states:
        roles = _roles_at(state, at_least)
        if _holds(person, roles, own=False):
            to_all.append(state.key)
        elif MITGLIED in person.roles and (OWN_OFFICE in roles or at_least <= Access.STATUS):
            to_own.append(state.key)
    return {True: to_own, False: to_all}


def _roles_at(state: State, at_least: Access) -> frozenset[str]:
    roles = state.editors
    if at_least <= Access.READ:
        roles |= state.readers
    if at_least <= Access.SNAPSHOT:
        roles |= state.snapshot_readers
    return roles


def _own_documents(person: Person) -> "QuerySet[Any]":
    through = Document.offices.through._default_manager
    return through.filter(office_id__in=person.office_ids).values("document_id")


def visible(person: Person, at_least: Access = Access.READ) -> "QuerySet[Document]":
    """The documents that the person meets at this level or above."""
    return Document.objects.filter(rows(person, at_least))
