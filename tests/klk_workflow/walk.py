"""A walk through every situation that a workflow can lead to, knowing nothing of the checker.

Five people hold every role: who wrote, a colleague of the same office, somebody who wrote and has
moved to another Land since, and two others. Whatever a guard does not forbid, they do. What is
remembered of a document is its state and who took which step since its content could last change.
"""

from collections import deque
from dataclasses import dataclass, replace

from klk_workflow.roles import OWN_OFFICE, SYSTEM
from klk_workflow.workflows import guards
from klk_workflow.workflows.definition import Effect, Step

WRITER, COLLEAGUE, MOVED = "writer", "colleague", "moved"
OWN, WROTE = {WRITER, COLLEAGUE}, {WRITER, MOVED}
EVERYBODY = {WRITER, COLLEAGUE, MOVED, "anna", "berta"}
NOBODY = ""


@dataclass(frozen=True)
class Place:
    """Where a document is, and what was done on its content."""

    state: str
    submitted: str = NOBODY
    reviewed: str = NOBODY
    approved: str = NOBODY
    was_changed_behind: bool = False
    has_edition: bool = False


def people(roles):
    """Who may come in one of these roles."""
    found = set()
    for role in roles:
        found |= {SYSTEM: {SYSTEM}, OWN_OFFICE: OWN}.get(role, EVERYBODY)
    return found


def forbids(way, who, place):
    """Whether a guard stops this person here."""
    rules = {
        guards.four_eyes: who in WROTE | {place.submitted},
        guards.other_land: who in OWN,
        guards.not_the_reviewer: who == place.reviewed,
        guards.has_edition: not place.has_edition,
        guards.edition_is_shown: not place.has_edition,
        guards.edition_is_withdrawn: not place.has_edition,
    }
    return any(rules.get(guard, False) for guard in way.guards)


def after(workflow, way, who, place):
    """Where the document is then."""
    steps = {
        Step.SUBMIT: {"submitted": who, "reviewed": NOBODY, "approved": NOBODY},
        Step.REVIEW: {"reviewed": who},
        Step.APPROVE: {"approved": who},
    }
    then = replace(place, state=way.target or place.state, **steps.get(way.step, {}))
    if way.effect == Effect.MAKE_EDITION:
        then = replace(then, has_edition=True)
    if workflow.state(then.state).editors:
        then = Place(then.state, has_edition=then.has_edition)
    return then


def is_unlawful(way, place):
    """Whether an Edition made here would be of something that was not approved by two others."""
    if way.effect != Effect.MAKE_EDITION:
        return False
    deciders = (place.reviewed, place.approved)
    wrong = NOBODY in (place.submitted, *deciders)
    wrong |= bool(set(deciders) & (WROTE | {place.submitted}))
    unseen = place.was_changed_behind and guards.approved_as_it_is not in way.guards
    return wrong or len(set(deciders)) < len(deciders) or unseen


def is_too_early_or_voiceless(way, who):
    """Whether a joint decision counts somebody without a voice, or silence before its time."""
    if who == SYSTEM:
        return bool(way.after_days) and guards.time_is_up not in way.guards
    return way.quorum is not None and guards.has_a_voice not in way.guards


def is_on_ones_own(way, who):
    """Whether somebody decides alone on what the own office wrote; together, all may."""
    return way.step in {Step.REVIEW, Step.APPROVE} and way.quorum is None and who in OWN


def steps_from(workflow, place, everybody=frozenset(EVERYBODY)):
    """(way, who, then) of all that may happen at a place, as the guards have it."""
    for way in workflow.leaving(place.state):
        for who in people(way.by[place.state]) & {*everybody, SYSTEM}:
            if not forbids(way, who, place):
                yield way, who, after(workflow, way, who, place)


def walk(workflow):
    """The faults that turn up: "reach", "dead end", "approval"."""
    seen = {Place(workflow.initial)}
    queue, moving, faults = deque(seen), set(), set()
    while queue:
        place = queue.popleft()
        news = {replace(place, was_changed_behind=True)}
        for way, who, then in steps_from(workflow, place):
            if (
                is_unlawful(way, place)
                or is_too_early_or_voiceless(way, who)
                or is_on_ones_own(way, who)
            ):
                faults.add("approval")
            if then.state != place.state:
                moving.add(place.state)
            news.add(then)
        queue.extend(news - seen)
        seen |= news
    reached = {place.state for place in seen}
    if reached != {state.key for state in workflow.states}:
        faults.add("reach")
    ends = {key for key in reached - moving if not workflow.state(key).final}
    return faults | ({"dead end"} if ends else set())
