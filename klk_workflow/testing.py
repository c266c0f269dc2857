"""For the tests of a plugin: a small conference, and a document's whole way to the public."""

from collections import deque
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils.module_loading import import_string
from wagtail.rich_text import RichText

from klk_workflow import clock
from klk_workflow.content.editing import PartChange, add_part, save_fields, save_parts
from klk_workflow.models import Document, Edition, Membership, Office, Section
from klk_workflow.perform import perform
from klk_workflow.permissions import THE_SYSTEM, person_for
from klk_workflow.registry import registry
from klk_workflow.roles import FREIGABE, MITGLIED, OWN_OFFICE, PRUEFUNG, REDAKTION, SYSTEM
from klk_workflow.workflows.definition import Effect, Transition, Workflow


def conference() -> dict[str, Any]:
    """One person for each role by the role's name, each of an office in another Land."""
    people = {}
    for role, land in ((MITGLIED, "nw"), (PRUEFUNG, "he"), (FREIGABE, "by"), (REDAKTION, "")):
        user = get_user_model()._default_manager.create_user(role)
        user.groups.add(Group.objects.get(name=role))
        if land:
            office = Office.objects.create(name=f"Stelle {land}", land=land, kind="freier-traeger")
            Membership.objects.create(user=user, office=office)
        people[role] = user
    return people


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


def publish(document: Document, people: dict[str, Any]) -> Edition:
    """Lead a whole draft the shortest way to its Edition, each step by somebody who may.

    Where silence counts as consent, everybody keeps silent until the time is over.
    """
    moment = clock.now()
    for way in way_to_edition(document.workflow):
        document.refresh_from_db()
        moment += timedelta(days=way.after_days, minutes=1)
        with clock.at(moment):
            _take(document, way, people)
    document.refresh_from_db()
    return document.editions.get(is_current=True)


def _take(document: Document, way: Transition, people: dict[str, Any]) -> None:
    role = SYSTEM if way.after_days else way.by[document.state][0]
    by = {**people, SYSTEM: THE_SYSTEM, OWN_OFFICE: people[MITGLIED]}[role]
    perform(document, way.key, by=by, seen_digest=document.digest, remark="Bitte.")


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
