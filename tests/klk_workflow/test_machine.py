"""Chance plays all parts: whatever people do, in whatever order, the invariants hold.

`KLK_LONG_TESTS=1` plays much longer.
"""

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from klk_workflow.digest import document_digest
from klk_workflow.editing import save_part
from klk_workflow.editions import frozen_digest
from klk_workflow.models import Document, Edition, Event, Section
from klk_workflow.perform import perform
from klk_workflow.reading import find
from klk_workflow.refusals import ContentChanged, Refused
from klk_workflow.standard import STANDARD
from klk_workflow.verification import verify_document
from tests.world import PEOPLE, TYPES, World, body

IS_LONG = bool(os.environ.get("KLK_LONG_TESTS"))
SOMEBODY = st.sampled_from([*PEOPLE, "nw", "nw2", "pruefung", "freigabe", "redaktion"])
LIKELY = [
    ("einreichen", "nw"),
    ("weitergeben", "pruefung"),
    ("freigeben", "freigabe"),
    ("veroeffentlichen", "redaktion"),
]


class Conference(RuleBasedStateMachine):
    """One document, and everybody at once."""

    type_key = TYPES[0]

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.world = World()
        self.document = self.world.document(self.type_key)
        self.issued = {}
        self.writers = set()
        self.numbers = iter(range(10**6))

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def now(self):
        return type(self.document).objects.get(pk=self.document.pk)

    @rule(who=SOMEBODY, index=st.integers(0, 4), stale=st.booleans())
    def write(self, who, index, stale):
        section = Section.objects.filter(document=self.document)[index]
        before = self.now()
        try:
            save_part(
                section,
                by=self.world.people[who],
                seen_version=section.version - stale,
                changes={"body": body(f"Worte {next(self.numbers)}")},
            )
        except Refused:
            assert self.now().digest == before.digest
        else:
            assert who in {"nw", "nw2"}
            assert before.state in {"entwurf", "in_ueberarbeitung"}
            self.writers.add(self.world.people[who].pk)

    def attempt(self, action, who, *, remark="", seen=None, edition=None, seq=None):
        before = self.now()
        if seen is None:
            on_edition = Edition.objects.filter(document=before, number=edition or 0).first()
            seen = on_edition.digest if on_edition else before.digest
        try:
            return perform(
                self.document,
                action,
                by=self.world.people[who],
                seen_digest=seen,
                remark=remark,
                edition=edition,
                seen_seq=seq,
            )
        except Refused as refusal:
            after = self.now()
            same = ("state", "digest", "head", "event_count", "edition_count", "round")
            assert all(getattr(after, name) == getattr(before, name) for name in same)
            return refusal

    @rule(
        way=st.sampled_from([w.key for w in STANDARD.transitions]),
        who=SOMEBODY,
        remark=st.sampled_from(["", "Bitte ändern."]),
        edition=st.sampled_from([None, 1, 2]),
    )
    def anything(self, way, who, remark, edition):
        self.attempt(way, who, remark=remark, edition=edition)

    @rule(steps=st.integers(1, 4))
    def the_usual_way(self, steps):
        for action, who in LIKELY[:steps]:
            self.attempt(action, who)

    @precondition(lambda self: self.now().state == "veroeffentlicht")
    @rule(words=st.booleans())
    def begin_anew(self, words):
        self.attempt("neue_fassung", "nw", remark="Neu")
        if words:
            self.write("nw", 0, stale=False)

    @rule(way=st.sampled_from(LIKELY))
    def decide_on_something_else(self, way):
        action, who = way
        outcome = self.attempt(action, who, seen="0" * 64)
        assert isinstance(outcome, Refused)

    @rule(way=st.sampled_from(LIKELY))
    def press_twice(self, way):
        action, who = way
        seq = self.now().event_count
        seen = self.now().digest
        first = self.attempt(action, who, seen=seen, seq=seq)
        again = self.attempt(action, who, seen=seen, seq=seq)
        if isinstance(first, Event):
            assert again == first
        else:
            assert not isinstance(again, Event)
            assert not isinstance(first, ContentChanged)

    @invariant()
    def the_record_is_whole(self):
        document = self.now()
        before, state = "", "entwurf"
        events = list(Event.objects.filter(document=document).order_by("seq"))
        for number, event in enumerate(events, 1):
            assert (event.seq, event.prev, event.from_state) == (number, before, state)
            assert event.hash == event.compute_hash()
            before, state = event.hash, event.to_state
        assert (document.event_count, document.head, document.state) == (len(events), before, state)
        assert document.digest == document_digest(document, document.parts())
        assert verify_document(Document.objects.get(pk=document.pk)) is None

    @invariant()
    def editions_were_approved_by_three(self):
        for edition in Edition.objects.filter(document=self.document):
            made = Event.objects.get(hash=edition.head)
            of_round = Event.objects.filter(
                document=self.document, round=made.round, digest=edition.digest, seq__lt=made.seq
            )
            last = {e.action: e.actor_id for e in of_round.order_by("seq")}
            who = [last[action] for action in ("einreichen", "weitergeben", "freigeben")]
            assert len(set(who)) == 3
            assert not set(who[1:]) & self.writers
            assert made.data["frozen"] == frozen_digest(edition, edition.files.all())

    @invariant()
    def what_was_issued_stays(self):
        for edition in Edition.objects.filter(document=self.document):
            frozen = (edition.json, edition.html, edition.digest)
            assert self.issued.setdefault(edition.number, frozen) == frozen
        assert set(self.issued) == set(range(1, len(self.issued) + 1))
        if self.issued:
            current = find(self.document.path)
            assert current.number == max(self.issued)

    @invariant()
    def nothing_internal_is_in_an_edition(self):
        for section in Section.objects.filter(document=self.document, visibility="internal"):
            for text, html, _digest in self.issued.values():
                assert section.title not in text + html

    @invariant()
    def one_message_to_each_person(self):
        for event in Event.objects.filter(document=self.document):
            to = list(event.mails.values_list("to", flat=True))
            assert len(set(to)) == len(to)


@pytest.mark.django_db
@pytest.mark.parametrize("type_key", TYPES)
def test_whatever_people_do(type_key):
    machine = type("Conference", (Conference,), {"type_key": type_key})
    run = machine.TestCase
    run.settings = settings(
        max_examples=300 if IS_LONG else 10,
        stateful_step_count=60 if IS_LONG else 20,
        deadline=None,
        derandomize=not IS_LONG,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink] if IS_LONG else [Phase.generate],
        database=None,
    )
    run("runTest").runTest()
