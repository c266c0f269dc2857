"""Who is it? People with their roles and offices as they are now, and those they stand in for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser

from klk_workflow.models.deputyship import Deputyship, name_of
from klk_workflow.models.document import Document
from klk_workflow.models.office import Membership
from klk_workflow.registry import registry
from klk_workflow.roles import (
    ADMINISTRATION,
    GROUPS,
    MITGLIED,
    OWN_OFFICE,
    SEATED,
    SYSTEM,
)


@dataclass(frozen=True)
class Seat:
    """An office a person belongs to."""

    office_id: int
    name: str
    land: str


@dataclass(frozen=True)
class Person:
    """Somebody with roles and offices as they are now; `user_id` None is the System.

    `roles` are the person's own. What a deputy may do for others is in `mandates`: it opens what
    there is to read and to decide (`holds`), and nothing else.
    """

    user_id: int | None
    name: str
    roles: frozenset[str]
    seats: tuple[Seat, ...] = ()
    mandates: tuple["Mandate", ...] = ()

    @property
    def laender(self) -> frozenset[str]:
        """The Länder of this person's offices."""
        return frozenset(seat.land for seat in self.seats if seat.land)

    @property
    def office_ids(self) -> frozenset[int]:
        """The offices of this person."""
        return frozenset(seat.office_id for seat in self.seats)

    @property
    def office_name(self) -> str:
        """The offices by name."""
        return ", ".join(seat.name for seat in self.seats)

    @property
    def is_seated(self) -> bool:
        """Whether this person reads what is approved, *nur KLK* included."""
        return bool(self.roles & SEATED)

    @property
    def held(self) -> frozenset[str]:
        """The own roles, and those held as a deputy."""
        return self.roles.union(*(mandate.person.roles for mandate in self.mandates))

    def mandates_for(self, role: str) -> list["Mandate"]:
        """The deputyships that give this role."""
        return [mandate for mandate in self.mandates if role in mandate.person.roles]


@dataclass(frozen=True)
class Mandate:
    """Somebody for whom a deputy acts, in the roles that can be deputised, and on which days."""

    person: Person
    begins: date
    ends: date


THE_SYSTEM: Final = Person(None, SYSTEM, frozenset({SYSTEM}))
NOBODY: Final = Person(None, "", frozenset())


def person_for(user: Any) -> Person:
    """The person behind a user account: two queries, remembered on the object.

    `is_superuser` counts for nothing here. An inactive or anonymous user is nobody.
    """
    if isinstance(user, Person):
        return user
    if user is None or isinstance(user, AnonymousUser) or not user.is_active:
        return NOBODY
    cached = getattr(user, "klk_person", None)
    if cached is None:
        seats = Membership.objects.filter(user_id=user.pk).values_list(
            "office_id", "office__name", "office__land"
        )
        roles = frozenset(user.groups.values_list("name", flat=True)) & set(GROUPS)
        mandates = _mandates([user.pk]).get(user.pk, ())
        cached = Person(
            user.pk,
            name_of(user),
            roles,
            tuple(Seat(*seat) for seat in seats),
            _if(roles, mandates),
        )
        user.klk_person = cached
    return cached


def people(user_ids: Iterable[int]) -> list[Person]:
    """These active people with their roles and offices; as many queries for however many."""
    users = get_user_model()._default_manager.filter(pk__in=list(user_ids), is_active=True)
    found = users.prefetch_related("groups", "memberships__office").order_by("pk")
    mandates = _mandates([user.pk for user in found])
    return [
        replace(person, mandates=_if(person.roles, mandates.get(person.user_id or 0, ())))
        for person in map(_person, found)
    ]


def _person(user: Any) -> Person:
    """The person behind an account whose groups and offices are at hand."""
    return Person(
        user.pk,
        name_of(user),
        frozenset(group.name for group in user.groups.all()) & set(GROUPS),
        tuple(Seat(m.office_id, m.office.name, m.office.land) for m in user.memberships.all()),
    )


def _mandates(user_ids: list[int]) -> dict[int, tuple[Mandate, ...]]:
    """For whom each of these people is a deputy now; one query where there is nobody."""
    rows = Deputyship.objects.running().filter(deputy_id__in=user_ids).order_by("pk")
    known = ("represented__groups", "represented__memberships__office")
    roles = deputisable()
    found: dict[int, tuple[Mandate, ...]] = defaultdict(tuple)
    for row in rows.select_related("represented").prefetch_related(*known):
        person = _person(row.represented)
        mandate = Mandate(replace(person, roles=person.roles & roles), row.begins, row.ends)
        found[row.deputy_id] += (mandate,)
    return found


def _if(roles: frozenset[str], mandates: tuple[Mandate, ...]) -> tuple[Mandate, ...]:
    """Whoever has lost the seat at the table stands in for nobody."""
    return mandates if roles & SEATED else ()


def deputisable() -> frozenset[str]:
    """The roles in which one can be represented: those that decide.

    A member's voice is that of the office, where others speak; and no workflow's decision needs
    the Administration.
    """
    flows = [flow for kind in registry for flow in kind.model.workflows]
    return frozenset().union(*(flow.deciding_roles for flow in flows)) - {
        MITGLIED,
        ADMINISTRATION,
        SYSTEM,
    }


@dataclass(frozen=True)
class Eligible:
    """Somebody who could act on a document in one of the roles asked for."""

    user_id: int
    email: str


def eligible(
    roles: Iterable[str], document: Document, *, from_other_land: Iterable[str] = ()
) -> list[Eligible]:
    """Active people who hold one of the roles for this document: its office, or a role's pool.

    Those of the document's own Land do not count for the roles named in `from_other_land`.
    Deputies of those who decide are among them. Two queries; the pool of a conference is small.
    """
    wanted = {MITGLIED if role == OWN_OFFICE else role for role in roles}
    users = get_user_model()._default_manager.filter(is_active=True, groups__name__in=wanted)
    columns = ("pk", "email", "groups__name", "memberships__office", "memberships__office__land")
    held = list(users.order_by("pk").values_list(*columns))
    own_offices = {office.pk for office in document.offices.all()}
    same_land = {row[0] for row in held if document.land and row[4] == document.land}
    found: dict[int, Eligible] = {}
    deciding: set[int] = set()
    deputised = deputisable()
    for pk, email, group, office, _land in held:
        if group == MITGLIED and OWN_OFFICE in roles:
            fits = office in own_offices
        else:
            fits = group in roles and not (group in from_other_land and pk in same_land)
        if fits:
            found[pk] = Eligible(pk, email)
            deciding |= {pk} if group in deputised else set()
    deputies = list(_deputies_of(deciding))
    barred = {pk for pk, _email, land in deputies if document.land and land == document.land}
    for pk, email, _land in deputies:
        if not (from_other_land and pk in barred):
            found.setdefault(pk, Eligible(pk, email))
    return list(found.values())


def _deputies_of(user_ids: Iterable[int]) -> Iterable[tuple[int, str, str]]:
    """Number, address and Land of those who stand in for these people now."""
    wanted = list(user_ids)
    if not wanted:
        return []
    rows = Deputyship.objects.running().filter(represented_id__in=wanted)
    seated = rows.filter(deputy__groups__name__in=SEATED).order_by("pk")
    columns = ("deputy_id", "deputy__email", "deputy__memberships__office__land")
    return seated.values_list(*columns)
