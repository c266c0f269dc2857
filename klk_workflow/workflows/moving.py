"""Definitions are versioned: what runs keeps its own, or is moved to the newest, as a logged step.

A document is moved only where nothing is under decision: while it is written, or at its end.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from klk_workflow import chain
from klk_workflow.content import history
from klk_workflow.content.digest import document_digest
from klk_workflow.effects import contribute
from klk_workflow.models import Document, Event, Outline, Section
from klk_workflow.people import Person, person_for
from klk_workflow.perform import carry_over, lock
from klk_workflow.permissions import is_own
from klk_workflow.refusals import Blocked, NotAllowed
from klk_workflow.roles import ADMINISTRATION, MITGLIED
from klk_workflow.workflows.definition import State, Workflow
from klk_workflow.workflows.moves import MOVED


@dataclass(frozen=True)
class Plan:
    """What a move would change. `outline` None: it stays; `obstacle` says why it cannot be done."""

    workflow: Workflow
    state: State | None
    outline: Outline | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    obstacle: str = ""


def plan(document: Document) -> Plan | None:
    """The move to the newest definitions, or None if the document is under them already."""
    newest = document.type.workflow
    outline = _newest_outline(document)
    if newest.version == document.workflow_version and outline is None:
        return None
    key = newest.replaces.get(document.state, document.state)
    state = next((state for state in newest.states if state.key == key), None)
    obstacle = _obstacle(document, state)
    if outline is None:
        return Plan(newest, state, obstacle=obstacle)
    sections = {s.key: s for s in Section.objects.filter(document_id=document.pk)}
    titles = {entry["key"]: entry["title"] for entry in outline.data}
    gone = [section for key, section in sections.items() if key not in titles]
    return Plan(
        newest,
        state,
        outline,
        added=tuple(title for key, title in titles.items() if key not in sections),
        removed=tuple(section.title for section in gone if section.is_empty),
        kept=tuple(section.title for section in gone if not section.is_empty),
        obstacle=obstacle,
    )


def is_behind(document: Document) -> bool:
    """Whether there are newer definitions than the document's; one query at most."""
    if document.type.workflow.version != document.workflow_version:
        return True
    return _newest_outline(document) is not None


def _newest_outline(document: Document) -> Outline | None:
    """The newest outline of the type, if it is another one and the text is open to change."""
    if not document.state_info.editors or not document.outline_version:
        return None
    outlines = Outline.objects.filter(type_key=document.type_key)
    newest = outlines.order_by("-version").first()
    return newest if newest and newest.version != document.outline_version else None


def _obstacle(document: Document, state: State | None) -> str:
    now = document.state_info
    if not (now.editors or now.final):
        return _("Über das Dokument wird gerade entschieden. Umstellen geht davor oder danach.")
    if state is None:
        return _("Den Stand „%(state)s“ gibt es im neuen Ablauf nicht.") % {"state": now.label}
    if bool(state.editors) != bool(now.editors) or state.final != now.final:
        return _("Der neue Ablauf hält den Stand „%(state)s“ für etwas anderes.") % {
            "state": now.label
        }
    return ""


def may_move(document: Document, person: Person) -> bool:
    """The office, or the Administration."""
    return is_own(person, document) or ADMINISTRATION in person.roles


def move(document: Document, *, by: Any, seen: tuple[int, int]) -> Event:
    """Move a document to the newest workflow and outline, and record it.

    `seen` are the versions of workflow and outline (0: it stays) that the person was shown.
    Empty sections that the new outline leaves out are removed, written ones stay. Raises
    NotAllowed, or Blocked where it cannot be done or another move was shown.
    """
    person = person_for(by)
    with transaction.atomic():
        locked = lock(document)
        if not may_move(locked, person):
            raise NotAllowed
        found = plan(locked)
        if found is None:
            raise Blocked(_("Das Dokument ist schon auf dem neuesten Stand."))
        if found.obstacle:
            raise Blocked(found.obstacle)
        if seen != (found.workflow.version, found.outline.version if found.outline else 0):
            raise Blocked(_("Inzwischen gibt es etwas Neueres. Bitte sehen Sie es noch einmal an."))
        return _carry_out(locked, person, found)


def _carry_out(document: Document, person: Person, found: Plan) -> Event:
    before = document.state
    data = {
        "workflow": [document.workflow_version, found.workflow.version],
        "outline": [document.outline_version, document.outline_version],
    }
    carry_over(document, found.workflow)
    if found.outline:
        data["outline"][1] = found.outline.version
        _follow(document, found.outline)
        contribute(document.pk, person.user_id, document.edition_count)
    parts = document.parts()
    document.digest = document_digest(document, parts)
    document.save(update_fields=["outline_version", "digest"])
    revision_id, text = history.record(document, parts, comment=MOVED)
    return chain.note(
        document,
        MOVED,
        by=person,
        role=MITGLIED if is_own(person, document) else ADMINISTRATION,
        from_state=before,
        revision_id=revision_id,
        text_digest=text,
        data=data,
    )


def _follow(document: Document, outline: Outline) -> None:
    """Give the document the sections of this outline, in its order; nothing written is lost."""
    sections = {s.key: s for s in Section.objects.filter(document_id=document.pk)}
    for position, entry in enumerate(outline.data, 1):
        section = sections.pop(entry["key"], None)
        if section is None:
            Section.objects.create(
                document_id=document.pk,
                key=entry["key"],
                title=entry["title"],
                position=position,
                visibility=entry["visibility"],
                articles=entry["articles"],
            )
        else:
            section.title, section.position = entry["title"], position
            section.version += 1
            section.save(update_fields=["title", "position", "version"])
    for position, section in enumerate(sections.values(), len(outline.data) + 1):
        if section.is_empty:
            section.delete()
        else:
            section.position = position
            section.save(update_fields=["position"])
    document.outline_version = outline.version
