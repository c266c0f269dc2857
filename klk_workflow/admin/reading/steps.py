"""The bar of steps: what is done, who has it now, what comes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from klk_workflow.admin import status
from klk_workflow.models import Document, Edition, Event
from klk_workflow.people import Person
from klk_workflow.permissions import is_own, may
from klk_workflow.workflows.definition import Step, Text, Transition, Workflow


@dataclass(frozen=True)
class StepShown:
    """A step in words; `note` says when it was done, or whose turn it is."""

    label: Text
    note: str = ""
    is_done: bool = False
    is_current: bool = False
    is_withdrawn: bool = False


def steps(
    document: Document,
    person: Person,
    events: Sequence[Event],
    withdrawn: Edition | None = None,
) -> list[StepShown]:
    """The way forward of the workflow from its beginning, with the present place on it.

    `withdrawn` is the current Fassung if the public does not read it any more.
    """
    workflow = document.workflow
    path = _path(workflow)
    place = _place(document, path)
    first = StepShown(
        document.state_info.label if place == 0 else workflow.state(workflow.initial).label,
        _whose(document, person) if place == 0 else "",
        is_done=place > 0,
        is_current=place == 0,
    )
    shown = [first]
    for number, way in enumerate(path, 1):
        if number <= place:
            shown.append(_done(document, way, events))
        elif number == place + 1 and place > 0:
            note = _turn(document, person, way)
            label = _ahead(way) if way.step else _("Veröffentlichung")
            shown.append(StepShown(label, note, is_current=True))
        else:
            shown.append(StepShown(_ahead(way)))
    if place == len(path) and withdrawn:
        shown[-1] = _withdrawn(withdrawn)
    if place == len(path) and document.state != path[-1].target:
        shown.append(StepShown(document.state_info.label, is_current=True))
    return shown


def _path(workflow: Workflow) -> list[Transition]:
    state, path = workflow.initial, list[Transition]()
    while way := next((w for w in workflow.leaving(state) if w.primary), None):
        if way in path or way.target is None:
            break
        path.append(way)
        state = way.target
    return path


def _place(document: Document, path: list[Transition]) -> int:
    targets = [way.target for way in path]
    if document.state in targets:
        return targets.index(document.state) + 1
    return 0 if document.state_info.editors else len(path)


def _done(document: Document, way: Transition, events: Sequence[Event]) -> StepShown:
    event = next((e for e in reversed(events) if e.action == way.key), None)
    label = document.workflow.state(way.target or "").label
    return StepShown(label, status.day(event.at) if event else "", is_done=True)


def _withdrawn(edition: Edition) -> StepShown:
    label = _("Fassung %(n)d zurückgezogen") % {"n": edition.number}
    return StepShown(label, is_withdrawn=True)


def _ahead(way: Transition) -> Text:
    if way.quorum:
        return way.label
    names = {Step.SUBMIT: _("Eingereicht"), Step.REVIEW: _("Prüfung"), Step.APPROVE: _("Freigabe")}
    return names.get(way.step, _("Veröffentlicht")) if way.step else _("Veröffentlicht")


def _turn(document: Document, person: Person, way: Transition) -> str:
    if document.scheduled_for:
        return _("am %(day)s") % {"day": status.day(document.scheduled_for)}
    if may(person, document, way):
        return _("Sie")
    return _("Redaktion") if way.step is None else _("andere Stelle")


def _whose(document: Document, person: Person) -> str:
    return _("Sie") if is_own(person, document) else _("bei der Stelle")
