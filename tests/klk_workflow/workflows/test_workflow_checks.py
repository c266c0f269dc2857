"""What is refused at start: workflows that cannot work, or lead around approval."""

from dataclasses import replace

import pytest

from klk_workflow.checks import _parts, check_workflow
from klk_workflow.models import Part
from klk_workflow.registry import registry
from klk_workflow.roles import OWN_OFFICE, REDAKTION
from klk_workflow.workflows import guards
from klk_workflow.workflows.definition import Effect, State, Transition, Workflow
from klk_workflow.workflows.standard import STANDARD
from tests.world import PLAN

OWN_PART_FORM = "klk_workflow.extending.forms.OwnPartForm"


def changed(*, states=(), without=(), more=(), **by_key):
    """The standard workflow with other states, fewer or more ways, or ways with other values."""
    ways = [
        replace(way, **by_key.get(way.key, {}))
        for way in STANDARD.transitions
        if way.key not in without
    ]
    return Workflow("mutant", 1, (*STANDARD.states, *states), (*ways, *more))


def found(workflow):
    return {message.id.rpartition(".")[2] for message in check_workflow(workflow)}


def test_the_standard_workflow_passes():
    assert check_workflow(STANDARD) == []
    assert found(changed()) == set()


def test_a_state_to_which_no_way_leads():
    lonely = State("vergessen", "Vergessen", readers=frozenset({OWN_OFFICE}), final=True)
    assert found(changed(states=[lonely])) == {"E003"}


def test_a_state_from_which_no_way_leads():
    assert found(changed(without=["freigeben", "ueberarbeitung_anfordern"])) >= {"E003", "E004"}


@pytest.mark.parametrize("key", ["einreichen", "weitergeben", "freigeben"])
def test_no_step_can_be_left_out(key):
    assert "E003" in found(changed(without=[key]))


def test_an_unknown_state():
    assert "E001" in found(changed(weitergeben={"target": "gepruft"}))
    assert "E001" in found(changed(weitergeben={"by": {"eingegangen": ("Prüfung",)}}))


def test_an_unknown_role():
    assert "E002" in found(changed(weitergeben={"by": {"eingereicht": ("Prüferin",)}}))


@pytest.mark.parametrize("state", ["entwurf", "in_ueberarbeitung", "eingereicht", "geprueft"])
def test_no_edition_straight_from_what_is_not_approved(state):
    shortcut = Transition(
        "abkuerzung",
        "Abkürzung",
        "abgekürzt",
        by={state: (REDAKTION,)},
        target="veroeffentlicht",
        guards=(guards.approved_as_it_is,),
        effect=Effect.MAKE_EDITION,
    )
    assert "E005" in found(changed(more=[shortcut]))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("entwurf", "freigegeben"),
        ("eingereicht", "freigegeben"),
        ("eingereicht", "geprueft"),
        ("in_ueberarbeitung", "geprueft"),
        ("archiviert", "freigegeben"),
        ("veroeffentlicht", "freigegeben"),
    ],
)
def test_no_way_around_a_step(source, target):
    """From a published state too: the round that led there may be an old one."""
    around = Transition("umweg", "Umweg", "umgangen", by={source: (REDAKTION,)}, target=target)
    assert "E005" in found(changed(more=[around]))


def test_no_editing_after_the_approval():
    states = tuple(
        replace(state, editors=frozenset({OWN_OFFICE})) if state.key == "freigegeben" else state
        for state in STANDARD.states
    )
    assert "E005" in found(Workflow("mutant", 1, states, STANDARD.transitions))


def test_no_edition_when_the_steps_are_in_another_order():
    by_key = {way.key: way.step for way in STANDARD.transitions}
    swapped = changed(
        weitergeben={"step": by_key["freigeben"]}, freigeben={"step": by_key["weitergeben"]}
    )
    assert "E005" in found(swapped)


@pytest.mark.parametrize(
    ("key", "guard"),
    [
        ("weitergeben", guards.four_eyes),
        ("freigeben", guards.four_eyes),
        ("freigeben", guards.not_the_reviewer),
        ("veroeffentlichen", guards.approved_as_it_is),
    ],
)
def test_the_guards_of_the_four_eyes_cannot_be_left_out(key, guard):
    """Without them one person could do all three steps, or other content be published."""
    kept = tuple(g for g in STANDARD.transition(key).guards if g is not guard)
    assert found(changed(**{key: {"guards": kept}})) == {"E007"}


def test_a_part_says_what_is_asked_of_it_and_its_form_takes_the_document():
    class Bare(Part):
        class Meta:
            abstract = True

    kind = replace(
        registry.get(PLAN),
        parts=(Bare,),
        part_forms={"bare": "django.forms.ModelForm", "other": "klk_workflow.nowhere.Form"},
    )
    messages = list(_parts(kind))
    assert [m.id.rpartition(".")[2] for m in messages] == ["E016"] * 4 + ["E018", "E017"]
    for name in ("kind", "template", "label", "own_content"):
        assert any(f"does not say its {name}" in m.msg for m in messages)
    assert list(_parts(replace(kind, parts=(), part_forms={"bare": OWN_PART_FORM}))) == []
