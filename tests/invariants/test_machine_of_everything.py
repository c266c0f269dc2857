"""Whatever people do, in whatever order: the invariants hold, and a broken engine is caught.

`KLK_LONG_TESTS=1` (`make test-long`) plays more than two thousand sequences, and on PostgreSQL with
real threads.
"""

import os
from contextlib import contextmanager

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from klk_workflow import perform, permissions
from klk_workflow.models import Event, Meeting, Period
from klk_workflow.models.document import _generate_transitions
from klk_workflow.models.meeting import AgendaItem, put_on_agenda
from klk_workflow.plugins.laenderbericht.models import Laenderbericht
from klk_workflow.refusals import Refused
from klk_workflow.roles import FREIGABE, PRUEFUNG
from klk_workflow.workflows import guards, naming
from klk_workflow.workflows.definition import Step
from tests.invariants.machine import Conference
from tests.klk_workflow.joint import JOINT
from tests.permissions.lists import LEVELS
from tests.world import TYPES, World, make_user

IS_LONG = bool(os.environ.get("KLK_LONG_TESTS"))
#: Sequences of each of the three workflows, and steps of a sequence.
SEQUENCES = int(os.environ.get("KLK_SEQUENCES", "700" if IS_LONG else "12"))
STEPS = 15


class Together(Conference):
    """A toy: the Länder approve together, and silence counts after fourteen days."""

    table = {state: who for state, who in LEVELS.items() if state != "geprueft"}

    def usual(self, reviewer, approver):
        return [
            ("einreichen", "nw"),
            ("weitergeben", reviewer),
            ("mitzeichnen", "by"),
            ("veroeffentlichen", "redaktion"),
        ]

    def approvers(self, before, last):
        """All who consented; silence only counts once its time is up."""
        voices = [event for event in before if self.step_of(event) == Step.APPROVE]
        if last.actor_id is None:
            entered = next(e for e in before if self.step_of(e) == Step.REVIEW)
            assert (last.at - entered.at).days >= 14
        return {event.actor_id for event in voices} - {None}


def conference():
    """The people, and one who both reviews and approves."""
    world = World()
    world.people["beides"] = make_user("beides", PRUEFUNG, FREIGABE, office=world.offices["he"])
    return world


@contextmanager
def workflow_of(kind, monkeypatch):
    """The type to play, and the class that knows its rules."""
    if kind != "gemeinsam":
        yield kind, Conference
        return
    _generate_transitions(Laenderbericht, JOINT)
    with monkeypatch.context() as patch:
        patch.setattr(Laenderbericht, "workflows", (*Laenderbericht.workflows, JOINT))
        yield "laenderbericht", Together


def play(base, world, document, sequences=SEQUENCES, **more):
    """Play so many sequences; what Hypothesis finds is raised."""
    machine = type("Machine", (base,), {"world": world, "document": document, **more})
    run = machine.TestCase
    run.settings = settings(
        max_examples=sequences,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=not IS_LONG,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        database=None,
    )
    run("runTest").runTest()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [*TYPES, "gemeinsam"])
def test_whatever_people_do(kind, monkeypatch):
    with workflow_of(kind, monkeypatch) as (type_key, base):
        world = conference()
        play(base, world, world.document(type_key))


def no_digest(patch):
    """An engine that does not ask which text somebody saw."""
    refuse = perform._refuse

    def without(situation, _seen_digest):
        refuse(situation, situation.digest)

    patch.setattr(perform, "_refuse", without)


def one_pair_of_eyes(patch):
    """An engine in which whoever wrote or reviewed may decide (again)."""
    for guard in (guards.four_eyes, guards.not_the_reviewer):
        patch.setattr(guard, "__code__", (lambda situation: []).__code__)


def working_copy(patch):
    """An engine that publishes whatever the office has written since the approval."""
    whole = permissions.access

    def access(person, document):
        late = document.state == "freigegeben" and permissions.is_own(person, document)
        return permissions.Access.WRITE if late else whole(person, document)

    patch.setattr("klk_workflow.content.editing.access", access)
    patch.setattr(guards.approved_as_it_is, "__code__", (lambda situation: []).__code__)


@pytest.mark.django_db
@pytest.mark.parametrize("broken", [no_digest, one_pair_of_eyes, working_copy])
def test_a_broken_engine_is_caught(broken, monkeypatch):
    world = conference()
    document = world.document("laenderbericht")
    with monkeypatch.context() as patch:
        broken(patch)
        with pytest.raises(AssertionError):
            play(Conference, world, document, sequences=60)


class Crowd(Conference):
    """People who press at the same moment, on committed rows."""

    def begin(self):
        """Another document each time; nothing is rolled back."""
        type(self).nth += 1
        year, number = 1600 + self.nth // 2, self.nth % 2 + 1
        self.world.periods.append(
            Period.objects.create(
                slug=f"{year}-{number}",
                label=f"{number}. Halbjahr {year}",
                year=year,
                half=number,
                opens=f"{year}-01-01",
                due=f"{year}-06-30",
                outline=self.world.periods[0].outline,
            )
        )
        self.document = self.world.document("laenderbericht", nth=len(self.world.periods) - 1)

    def teardown(self):
        """What happened, happened."""

    def somebody_leaves(self, *_args, **_kwargs):
        """Nobody does here: the same people come again."""

    def a_writer_becomes_a_reviewer(self, **_kwargs):
        """Nor that."""

    @rule(one=st.integers(0, 3), two=st.integers(0, 3), other=st.booleans())
    def at_the_same_moment(self, one, two, other):
        """3: of two acts on the same text one wins, or both are lawful one after the other."""
        before = self.now()
        ways = self.usual("pruefung", "freigabe"), self.usual("pruefung2", "freigabe2")
        acts = [ways[0][one], ways[1][two] if other else ways[0][one]]
        people = [self.world.people[who] for _action, who in acts]
        results = self.at_once(
            *(
                lambda action=action, user=user: perform.perform(
                    self.document,
                    action,
                    by=user,
                    seen_digest=before.digest,
                    seen_seq=before.event_count,
                )
                for (action, _who), user in zip(acts, people, strict=True)
            )
        )
        done = {result.pk for result in results if isinstance(result, Event)}
        assert self.now().event_count == before.event_count + len(done)
        if acts[0][0] == acts[1][0]:
            assert len(done) <= 1

    @rule(one=st.sampled_from(["admin", "pruefung"]), two=st.sampled_from(["admin", "pruefung2"]))
    def arranged_at_the_same_moment(self, one, two):
        """Two name a reviewer, two put the document on the agenda: nothing is lost or doubled."""
        before, people = self.now(), self.world.people
        results = self.at_once(
            *(
                lambda who=who: naming.name(
                    self.document, "weitergeben", people["pruefung"].pk, by=people[who]
                )
                for who in (one, two)
            ),
            lambda: put_on_agenda(self.document),
            lambda: put_on_agenda(self.document),
        )
        done = {result.pk for result in results if isinstance(result, Event)}
        assert self.now().event_count == before.event_count + len(done)
        assert all(isinstance(result, Event | Refused) for result in results[:2])
        assert (
            AgendaItem.objects.filter(document=self.document.pk, meeting=Meeting.next()).count()
            == 1
        )


@pytest.mark.skipif(not IS_LONG, reason="only in the long profile")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
def test_whatever_a_crowd_does(at_once):
    world = conference()
    play(Crowd, world, None, at_once=staticmethod(at_once), nth=0)
