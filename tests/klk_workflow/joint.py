"""A workflow for tests: what the Länder decide together, silence counting after fourteen days."""

from dataclasses import replace

from django import forms

from klk_workflow.laender import LAENDER
from klk_workflow.roles import EVERY_MEMBER, FREIGABE, MITGLIED, OWN_OFFICE, REDAKTION, SYSTEM
from klk_workflow.workflows import guards
from klk_workflow.workflows.definition import (
    Deadline,
    Quorum,
    Remark,
    State,
    Step,
    Transition,
    Unit,
    Workflow,
    extend,
)
from klk_workflow.workflows.standard import STANDARD


class ReasonForm(forms.Form):
    """What somebody who objects has to say."""

    paragraph = forms.IntegerField(min_value=1)


CONSENT = Transition(
    "mitzeichnen",
    "Mitzeichnen",
    "mitgezeichnet",
    by={"geprueft": (MITGLIED, SYSTEM)},
    target="freigegeben",
    guards=(guards.four_eyes, guards.not_the_reviewer, guards.has_a_voice, guards.time_is_up),
    step=Step.APPROVE,
    notifies=(REDAKTION, OWN_OFFICE),
    primary=True,
    quorum=Quorum(Unit.LAND, electorate=tuple(LAENDER)),
    after_days=14,
)
OBJECT = Transition(
    "widersprechen",
    "Widersprechen",
    "zurückgegeben",
    by={"geprueft": (MITGLIED,)},
    target="in_ueberarbeitung",
    guards=(guards.four_eyes, guards.other_land),
    remark=Remark.REQUIRED,
    notifies=(OWN_OFFICE,),
    form="tests.klk_workflow.joint.ReasonForm",
)
JOINT: Workflow = extend(
    STANDARD,
    key="gemeinsam",
    version=2,
    states=[
        State(
            "geprueft",
            "In Mitzeichnung",
            readers=frozenset({EVERY_MEMBER}),
            deadline=Deadline(14, remind=(7, 2), tell=(MITGLIED,), escalate=(FREIGABE,)),
        )
    ],
    transitions=[CONSENT, OBJECT],
    without=["freigeben"],
    silent_consent=True,
)


def with_consent(**values: object) -> Workflow:
    """The same workflow with another consent."""
    return extend(JOINT, key="anders", version=2, transitions=[replace(CONSENT, **values)])
