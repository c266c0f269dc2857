"""What is refused at start: workflows that cannot work, or that lead around approval."""

from dataclasses import replace

import pytest

from klk_workflow.checks import check_types, check_workflow
from klk_workflow.roles import OWN_OFFICE, PRUEFUNG, REDAKTION
from klk_workflow.standard import STANDARD
from klk_workflow.workflow import Effect, State, Transition, Workflow


def ids(workflow: Workflow) -> list[str]:
    return [message.id for message in check_workflow(workflow)]


def with_way(way: Transition) -> Workflow:
    others = tuple(old for old in STANDARD.transitions if old.key != way.key)
    return replace(STANDARD, transitions=(*others, way))


def without_ways(*keys: str) -> Workflow:
    ways = tuple(way for way in STANDARD.transitions if way.key not in keys)
    return replace(STANDARD, transitions=ways)


def test_the_registered_types_are_sound():
    assert check_types() == []


def test_an_unknown_state_is_named():
    way = replace(STANDARD.transition("freigeben"), target="nirgendwo")
    assert "klk_workflow.E001" in ids(with_way(way))


def test_an_unknown_role_is_named():
    way = replace(STANDARD.transition("freigeben"), by={"geprueft": ("Chefsache",)})
    assert "klk_workflow.E002" in ids(with_way(way))


def test_a_state_that_no_way_leads_to_is_named():
    lonely = State("vergessen", "Vergessen", readers=frozenset(), final=True)
    assert ids(replace(STANDARD, states=(*STANDARD.states, lonely))) == ["klk_workflow.E003"]


def test_a_state_that_no_way_leaves_is_named():
    assert "klk_workflow.E004" in ids(without_ways("einreichen", "neue_fassung_verwerfen"))


@pytest.mark.parametrize("source", ["entwurf", "eingereicht", "geprueft", "in_ueberarbeitung"])
def test_publishing_what_was_not_approved_is_refused(source):
    way = Transition(
        "abkuerzung",
        "Abkürzung",
        "abgekürzt",
        by={source: (REDAKTION,)},
        target="veroeffentlicht",
        effect=Effect.MAKE_EDITION,
    )
    assert ids(with_way(way)) == ["klk_workflow.E005"]


@pytest.mark.parametrize("target", ["geprueft", "freigegeben"])
def test_skipping_a_step_of_approval_is_refused(target):
    way = Transition(
        "springen", "Springen", "gesprungen", by={"eingereicht": (PRUEFUNG,)}, target=target
    )
    assert "klk_workflow.E005" in ids(with_way(way))


def test_editing_what_is_approved_takes_the_approval_away():
    editable = tuple(
        replace(state, editors=frozenset({OWN_OFFICE})) if state.key == "freigegeben" else state
        for state in STANDARD.states
    )
    assert ids(replace(STANDARD, states=editable)) == ["klk_workflow.E005"]
