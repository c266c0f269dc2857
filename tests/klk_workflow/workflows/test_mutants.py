"""The checker reports exactly the bad workflows: each edge and guard removed or added once."""

from dataclasses import replace

import pytest
from django.db import transaction

from klk_workflow.checks import check_workflow
from klk_workflow.effects import contribute
from klk_workflow.models import Membership
from klk_workflow.perform import perform
from klk_workflow.refusals import Refused
from klk_workflow.registry import registry
from klk_workflow.roles import FREIGABE, MITGLIED, PRUEFUNG, REDAKTION, SYSTEM
from klk_workflow.workflows import guards
from klk_workflow.workflows.definition import Step
from tests.klk_workflow.conftest import fill, start_report
from tests.klk_workflow.joint import JOINT
from tests.klk_workflow.walk import MOVED, WRITER, Place, steps_from, walk

SHIPPED = [*{flow.key: flow for kind in registry for flow in kind.model.workflows}.values(), JOINT]
FAULT = {"E003": "reach", "E004": "dead end", "E005": "approval", "E007": "approval"}
EVERY_GUARD = [
    guards.four_eyes,
    guards.other_land,
    guards.not_the_reviewer,
    guards.has_a_voice,
    guards.time_is_up,
]


def reported(workflow):
    return {FAULT[message.id.rpartition(".")[2]] for message in check_workflow(workflow)}


def with_way(workflow, way):
    ways = tuple(way if w.key == way.key else w for w in workflow.transitions)
    return replace(workflow, transitions=ways)


def without_an_edge(workflow):
    for way in workflow.transitions:
        for state in way.by:
            by = {s: roles for s, roles in way.by.items() if s != state}
            yield f"{way.key} not from {state}", with_way(workflow, replace(way, by=by))


def with_an_edge(workflow):
    for way in workflow.transitions:
        for state in {s.key for s in workflow.states} - set(way.by):
            by = {**way.by, state: next(iter(way.by.values()))}
            yield f"{way.key} from {state}", with_way(workflow, replace(way, by=by))


def with_another_target(workflow):
    for way in workflow.transitions:
        for state in {s.key for s in workflow.states} - {way.target}:
            yield f"{way.key} to {state}", with_way(workflow, replace(way, target=state))


def without_a_guard(workflow):
    for way in workflow.transitions:
        for guard in way.guards:
            rest = tuple(g for g in way.guards if g is not guard)
            yield (
                f"{way.key} without {guard.__name__}",
                with_way(workflow, replace(way, guards=rest)),
            )


def with_a_guard(workflow):
    for way in workflow.transitions:
        for guard in EVERY_GUARD:
            if guard not in way.guards and (way.quorum or guard is not guards.has_a_voice):
                more = (*way.guards, guard)
                yield (
                    f"{way.key} with {guard.__name__}",
                    with_way(workflow, replace(way, guards=more)),
                )


@pytest.mark.parametrize("workflow", SHIPPED, ids=lambda flow: flow.key)
@pytest.mark.parametrize(
    "mutants",
    [without_an_edge, with_an_edge, with_another_target, without_a_guard, with_a_guard],
)
def test_the_checker_and_the_walk_say_the_same_of_every_mutant(workflow, mutants):
    assert reported(workflow) == walk(workflow) == set()
    made = dict(mutants(workflow))
    wrong = {
        name: f"checker {reported(mutant)}, walk {walk(mutant)}"
        for name, mutant in made.items()
        if reported(mutant) != walk(mutant)
    }
    assert not wrong, "\n".join(f"{name}: {said}" for name, said in wrong.items())
    assert len(made) > 4
    if mutants is not with_a_guard:
        assert any(reported(mutant) for mutant in made.values())


EVERY_ROLE = (MITGLIED, PRUEFUNG, FREIGABE, REDAKTION)


class TestTheRunningSystem:
    """The standard workflow walked through `perform`: everybody tries every step everywhere."""

    @pytest.fixture
    def cast(self, make_user, offices):
        return {
            name: make_user(name, *EVERY_ROLE, office=office)
            for name, office in ((WRITER, "nw"), (MOVED, "nw"), ("anna", "he"), ("berta", "bund"))
        }

    def test_it_goes_exactly_where_the_walk_goes(self, cast, period, offices):
        document = start_report(cast[WRITER], "nw", period)
        fill(document, cast[MOVED], "Zuerst")
        fill(document, cast[WRITER])
        Membership.objects.filter(user=cast[MOVED]).update(office=offices["by"])
        cast[MOVED] = type(cast[MOVED]).objects.get(pk=cast[MOVED].pk)
        self.cast, self.seen, self.count = cast, set(), 0
        document.refresh_from_db()
        self.explore(document, Place(document.state))
        assert {place.state for place in self.seen} == {s.key for s in document.workflow.states}
        assert len(self.seen) > 15

    def explore(self, document, place):
        if place in self.seen:
            return
        self.seen.add(place)
        flow = document.workflow
        expected = {
            (way.key, who): then
            for way, who, then in steps_from(flow, place, self.cast)
            if who != SYSTEM and not self.is_beside(way)
        }
        for way in flow.leaving(place.state):
            for who in () if self.is_beside(way) else self.cast:
                self.attempt(document, place, way, who, expected.get((way.key, who)))

    def is_beside(self, way):
        """Acts on a Fassung and dates move nothing and have tests of their own."""
        return way.on_edition or way.target is None

    def attempt(self, document, place, way, who, then):
        """Try one step, go on from there, and take it back."""
        refusal = None
        with transaction.atomic():
            if way.step == Step.SUBMIT and place.has_edition:
                self.mend(document)
            document.refresh_from_db()
            seen = {"seen_digest": document.digest, "seen_seq": document.event_count}
            try:
                with transaction.atomic():
                    perform(document, way.key, by=self.cast[who], remark="Wort", **seen)
            except Refused as said:
                refusal = said
            assert (refusal is None) == (then is not None), f"{who} {way.key} {place}: {refusal}"
            if then:
                document.refresh_from_db()
                assert document.state == then.state
                self.explore(document, then)
            transaction.set_rollback(True)
        document.refresh_from_db()

    def mend(self, document):
        """Both who write change something, so that the new Fassung is theirs again."""
        self.count += 1
        fill(document, self.cast[WRITER], f"Stand {self.count}")
        contribute(document.pk, self.cast[MOVED].pk, document.edition_count)
