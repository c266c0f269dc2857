"""The way of a Stellungnahme: reviewed, then carried by all sixteen Länder."""

from klk_workflow.laender import LAENDER
from klk_workflow.roles import EVERY_MEMBER, MITGLIED, OWN_OFFICE, REDAKTION, SYSTEM
from klk_workflow.workflows import guards
from klk_workflow.workflows.definition import (
    Deadline,
    Quorum,
    Remark,
    State,
    Step,
    Transition,
    Unit,
    extend,
)
from klk_workflow.workflows.standard import STANDARD

DAYS = 14

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
    after_days=DAYS,
)
OBJECT = Transition(
    "widersprechen",
    "Widersprechen",
    "Widerspruch eingelegt",
    by={"geprueft": (MITGLIED,)},
    target="in_ueberarbeitung",
    guards=(guards.four_eyes, guards.other_land),
    remark=Remark.REQUIRED,
    notifies=(OWN_OFFICE,),
)
JOINT = extend(
    STANDARD,
    key="mitzeichnung",
    states=[
        State(
            "geprueft",
            "In Mitzeichnung",
            readers=frozenset({EVERY_MEMBER}),
            deadline=Deadline(DAYS, remind=(7, 2), tell=(MITGLIED,)),
        )
    ],
    transitions=[CONSENT, OBJECT],
    without=["freigeben"],
    silent_consent=True,
)
