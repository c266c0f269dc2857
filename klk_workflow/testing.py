"""For the tests of a plugin: a small conference, and a document's whole way to the public."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils.module_loading import import_string
from django.utils.text import slugify
from wagtail.rich_text import RichText

from klk_workflow import clock
from klk_workflow.automation.deadlines import remind
from klk_workflow.automation.outbox import send_waiting
from klk_workflow.automation.scheduling import publish_due, take_further
from klk_workflow.content.editing import PartChange, add_part, save_fields, save_parts
from klk_workflow.laender import LAENDER
from klk_workflow.models import Document, Edition, Event, Membership, Office, Section
from klk_workflow.people import THE_SYSTEM, person_for
from klk_workflow.perform import perform
from klk_workflow.registry import registry
from klk_workflow.roles import FREIGABE, MITGLIED, OWN_OFFICE, PRUEFUNG, REDAKTION, SYSTEM
from klk_workflow.workflows.definition import Effect, Transition, Unit, Workflow
from klk_workflow.workflows.votes import Tally, tally


def conference() -> dict[str, Any]:
    """One person for each role by the role's name, each of an office in another Land."""
    laender = {MITGLIED: "nw", PRUEFUNG: "he", FREIGABE: "by", REDAKTION: ""}
    return {role: member(land, role, name=role) for role, land in laender.items()}


def member(land: str, role: str = MITGLIED, *, name: str = "") -> Any:
    """Another person in this role, with an address, of an office in this Land; "": of none."""
    users = get_user_model()._default_manager
    name = name or f"{role} {land} {users.count()}"
    user = users.create_user(name, f"{slugify(name)}@example.org")
    user.groups.add(Group.objects.get(name=role))
    if land:
        office, _is_new = Office.objects.get_or_create(
            name=f"Stelle {land}", land=land, defaults={"kind": Office.Kind.FREIER_TRAEGER}
        )
        Membership.objects.create(user=user, office=office)
    return user


def begin(type_key: str, people: dict[str, Any], **choices: Any) -> Document:
    """Begin a document through its type's form, and fill it as the type's example says."""
    kind, member = registry.get(type_key), people[MITGLIED]
    data = {"land": "nw", **kind.example.start(1), **choices}
    form = import_string(kind.start_form)(data, person=person_for(member))
    if not form.is_valid():
        raise ValueError(form.errors.as_text())
    document: Document = form.save()[0]
    save_fields(document, by=member, seen_version=document.version, changes=kind.example.head)
    save_parts(
        document,
        by=member,
        changes=[
            PartChange(part, part.version, {"body": [("text", RichText(f"<p>{part.title}.</p>"))]})
            for part in Section.objects.filter(document=document)
        ],
    )
    for key, values in kind.example.parts:
        add_part(document, kind.part_kind(key), by=member, values=values)
    document.refresh_from_db()
    return document


def act(document: Document, way: str, by: Any, *, remark: str = "Bitte.") -> Event:
    """Take a way as somebody who has just read the document; Refused if that is not possible."""
    document.refresh_from_db()
    event = perform(document, way, by=by, seen_digest=document.digest, remark=remark)
    document.refresh_from_db()
    return event


def publish(document: Document, people: dict[str, Any]) -> Edition:
    """Lead a whole draft the shortest way to its Edition, each step by somebody who may.

    Where silence counts as consent, everybody keeps silent until the time is over.
    """
    document.refresh_from_db()
    moment = clock.now()
    for way in way_to_edition(document.workflow):
        moment += timedelta(days=way.after_days, minutes=1)
        with clock.at(moment):
            _take(document, way, people)
    return document.editions.get(is_current=True)


def _take(document: Document, way: Transition, people: dict[str, Any]) -> None:
    role = SYSTEM if way.after_days else way.by[document.state][0]
    by = {**people, SYSTEM: THE_SYSTEM, OWN_OFFICE: people[MITGLIED]}[role]
    if way.quorum is None or way.after_days:
        act(document, way.key, by)
        return
    source = document.state
    while document.state == source:
        act(document, way.key, _with_a_voice(tally(document, way, _round(document)), role))


def _round(document: Document) -> Any:
    return document.events.filter(round=document.round)


def _with_a_voice(standing: Tally, role: str) -> Any:
    """Somebody in this role whose voice is still to be heard."""
    open_units, unit = standing.waiting, standing.quorum.unit
    if unit == Unit.LAND:
        silent = (land for land in LAENDER if land not in standing.consenting)
        return member(next(iter(open_units), None) or next(silent), role)
    if unit == Unit.PERSON and open_units:
        return get_user_model()._default_manager.get(pk=open_units[0])
    person = member("", role)
    if unit == Unit.OFFICE:
        office = Office.objects.filter(pk__in=open_units).first() or Office.objects.create(
            name=f"Stelle von {person}", kind=Office.Kind.FREIER_TRAEGER
        )
        Membership.objects.create(user=person, office=office)
    return person


@contextmanager
def pass_days(days: int) -> Iterator[None]:
    """So many days later, after what the worker does each day: silence, reminders, mail."""
    begun = clock.now() + timedelta(minutes=1)
    for day in range(1, days + 1):
        with clock.at(begun + timedelta(days=day)):
            for step in (publish_due, take_further, remind, send_waiting):
                step()
    with clock.at(begun + timedelta(days=days)):
        yield


def way_to_edition(workflow: Workflow) -> list[Transition]:
    """The fewest transitions from the beginning to an Edition; ValueError if none leads there."""
    queue = deque([(workflow.initial, list[Transition]())])
    seen = {workflow.initial}
    while queue:
        state, taken = queue.popleft()
        for way in workflow.leaving(state):
            if way.effect == Effect.MAKE_EDITION:
                return [*taken, way]
            if way.target and way.target not in seen:
                seen.add(way.target)
                queue.append((way.target, [*taken, way]))
    raise ValueError(workflow.key)
