"""Chance plays all parts: a state machine of everybody, everything and the clock.

What the rules do is random; what must hold after each step are the invariants of the design, asked
of the record with code that is not the engine's own where that is possible.
"""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule
from reversion.models import Version

from klk_workflow import clock, reading
from klk_workflow.automation import scheduling
from klk_workflow.content.digest import document_digest
from klk_workflow.content.editing import save_part
from klk_workflow.deletion import removal
from klk_workflow.deletion.erasing import erase_name
from klk_workflow.deletion.pruning import prune
from klk_workflow.evidence import heads
from klk_workflow.evidence.verification import strays, verify_document
from klk_workflow.models import Document, Edition, Event, Membership, Section
from klk_workflow.people import person_for
from klk_workflow.perform import perform
from klk_workflow.permissions import Access, access, visible
from klk_workflow.publication.editions import frozen_digest
from klk_workflow.refusals import Conflict, ContentChanged, Refused
from klk_workflow.roles import MITGLIED, PRUEFUNG
from klk_workflow.workflows.definition import Step
from tests.invariants.arranging import Arranging
from tests.invariants.cast import APPROVER, LEAVING, REVIEWER, SOMEBODY, fingerprint
from tests.permissions.lists import LEVELS
from tests.world import PEOPLE, body

BEGIN = datetime(2026, 3, 1, 9, tzinfo=UTC)
HIDDEN, SHOWN = Section.Visibility.INTERNAL, Section.Visibility.PUBLIC
EDITABLE = {"entwurf", "in_ueberarbeitung"}
RANK = {None: 0, "status": 1, "snapshot": 2, "read": 3, "write": 4}


class Conference(Arranging):
    """One document, and everybody at once; a subclass names the `world` and its `document`."""

    world = document = None
    #: The states whose readers are those of the design's table.
    table = LEVELS

    def __init__(self):
        super().__init__()
        self.begin()
        self.moment, self.numbers = BEGIN, iter(range(10**6))
        self.issued, self.writers, self.removed = {}, {}, set()
        self.kept, self.checked = None, None
        self.looked_into = set()

    def begin(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    # --- what there is ---------------------------------------------------------------------------

    def now(self):
        return type(self.document).objects.get(pk=self.document.pk)

    def user(self, who):
        """The account as it is now, or None once it is gone."""
        return get_user_model().objects.filter(username=who).first()

    def attempt(self, action, who, *, remark="", seen=None, edition=None, seq=None, date=None):
        """The Event or the refusal; whatever is refused has changed nothing."""
        before, user = self.now(), self.user(who)
        if user is None:
            return None
        if seen is None:
            on_edition = Edition.objects.filter(document=before, number=edition or 0).first()
            seen = on_edition.digest if on_edition else before.digest
        said = {"remark": remark, "edition": edition, "seen_seq": seq, "date": date}
        try:
            with clock.at(self.moment):
                event = perform(self.document, action, by=user, seen_digest=seen, **said)
        except Refused as refusal:
            assert fingerprint(self.now()) == fingerprint(before)
            return refusal
        assert event.digest == seen  # 2: a decision names the digest it was made on
        if event.seq > before.event_count and self.step_of(event) == Step.SUBMIT:
            self.writers.setdefault(before.edition_count, set()).add(user.pk)
        return event

    def step_of(self, event):
        workflow = self.now().workflow
        return workflow.transition(event.action).step if workflow.has(event.action) else None

    # --- what people do --------------------------------------------------------------------------

    @rule(who=SOMEBODY, index=st.integers(0, 4), stale=st.booleans())
    def write(self, who, index, stale):
        self.save(who, index, stale=stale, changes={"body": body(f"Worte {next(self.numbers)}.")})

    @rule(who=st.sampled_from(["nw", "nw2"]), index=st.integers(0, 2), hidden=st.booleans())
    def hide_or_show(self, who, index, hidden):
        self.save(who, index, stale=False, changes={"visibility": HIDDEN if hidden else SHOWN})

    def save(self, who, index, *, stale, changes):
        section = Section.objects.filter(document=self.document).order_by("position")[index]
        before, user = self.now(), self.user(who)
        if user is None:
            return
        version = section.version - stale
        refusal = None
        try:
            save_part(section, by=user, seen_version=version, changes=changes)
        except Refused as refused:
            refusal = refused
        if refusal:
            assert fingerprint(self.now()) == fingerprint(before)
            stored = Section.objects.get(pk=section.pk)
            assert stored.raw_body() == section.raw_body()  # 5: nothing typed is lost
            assert stale or not isinstance(refusal, Conflict)
        else:
            assert not stale
            assert before.state in EDITABLE
            assert access(person_for(self.user(who)), before) == Access.WRITE
            self.writers.setdefault(before.edition_count, set()).add(user.pk)

    @rule(data=st.data(), who=SOMEBODY, remark=st.sampled_from(["", "Bitte ändern."]))
    def anything(self, data, who, remark):
        keys = [way.key for way in self.now().workflow.transitions]
        edition = data.draw(st.sampled_from([None, 1, 2]))
        self.attempt(data.draw(st.sampled_from(keys)), who, remark=remark, edition=edition)

    @rule(steps=st.integers(1, 4), reviewer=REVIEWER, approver=APPROVER)
    def the_usual_way(self, steps, reviewer, approver):
        for action, who in self.usual(reviewer, approver)[:steps]:
            self.attempt(action, who)

    def usual(self, reviewer, approver):
        return [
            ("einreichen", "nw"),
            ("weitergeben", reviewer),
            ("freigeben", approver),
            ("veroeffentlichen", "redaktion"),
        ]

    @rule()
    def one_person_for_both(self):
        for action, who in self.usual("beides", "beides"):
            self.attempt(action, who)

    @rule(approver=APPROVER, index=st.integers(0, 4))
    def write_once_more_and_publish(self, approver, index):
        """Somebody slips a sentence in between approval and publication, if that can be."""
        for action, who in self.usual("pruefung", approver)[:3]:
            self.attempt(action, who)
        self.write("nw", index, stale=False)
        self.attempt("veroeffentlichen", "redaktion")

    @precondition(lambda self: self.now().state == "veroeffentlicht")
    @rule(words=st.booleans())
    def begin_anew(self, words):
        self.attempt("neue_fassung", "nw", remark="Neue Zahlen")
        if words:
            self.write("nw", 0, stale=False)

    @rule(way=st.sampled_from(["einreichen", "weitergeben", "freigeben", "veroeffentlichen"]))
    def decide_on_something_else(self, way):
        who = dict(self.usual("pruefung", "freigabe")).get(way, "freigabe")
        assert not isinstance(self.attempt(way, who, seen="0" * 64), Event)

    @rule(place=st.integers(0, 3))
    def press_twice(self, place):
        action, who = self.usual("pruefung", "freigabe")[place]
        before = self.now()
        first = self.attempt(action, who, seen=before.digest, seq=before.event_count)
        again = self.attempt(action, who, seen=before.digest, seq=before.event_count)
        if isinstance(first, Event):
            assert again == first  # 3: one Event, however often it is asked for
        else:
            assert not isinstance(again, Event)
            assert not isinstance(first, ContentChanged)

    @rule(days=st.integers(1, 20))
    def set_a_date(self, days):
        date = self.moment + timedelta(days=days)
        self.attempt("termin_setzen", "redaktion", date=date)

    # --- time, and what comes with it ------------------------------------------------------------

    @rule(days=st.sampled_from([1, 5, 15, 40, 800]))
    def time_goes_by(self, days):
        self.moment += timedelta(days=days)

    @rule()
    def the_worker_comes(self):
        with clock.at(self.moment):
            scheduling.publish_due()
            scheduling.take_further()

    @rule(days=st.sampled_from([0, 30]))
    def prune(self, days):
        with clock.at(self.moment):
            prune(self.now(), self.moment - timedelta(days=days))

    @rule(who=LEAVING, at_all=st.booleans())
    def somebody_leaves(self, who, at_all):
        user = self.user(who)
        if user is not None:
            with clock.at(self.moment):
                erase_name(user.pk)
            if at_all:
                user.delete()

    @rule(stays=st.booleans())
    def a_writer_becomes_a_reviewer(self, stays):
        """Elsewhere, or besides the work in the own office."""
        user = self.user("nw2")
        if user is None:
            return
        user.groups.set(Group.objects.filter(name__in=[PRUEFUNG, *([MITGLIED] if stays else [])]))
        if not stays:
            Membership.objects.filter(user=user).delete()
            Membership.objects.create(user=user, office=self.world.offices["he"])

    @rule()
    def a_writer_names_the_reviewer(self):
        """Who reviews the own office's work is for others to say."""
        self.a_writer_becomes_a_reviewer(stays=True)
        self.attempt("einreichen", "nw")
        self.name_somebody("nw2", "pruefung", 0)

    @rule(who=SOMEBODY)
    def the_newcomer_decides(self, who):
        self.attempt("weitergeben", "nw2")
        self.attempt("freigeben", who)

    @rule(first=SOMEBODY, second=SOMEBODY)
    def others_decide(self, first, second):
        self.attempt("weitergeben", first)
        self.attempt("freigeben", second)

    @rule(asker=SOMEBODY, confirmer=SOMEBODY, number=st.integers(0, 3))
    def lock_content(self, asker, confirmer, number):
        users = [self.user(who) for who in (asker, confirmer)]
        if None in users or asker not in {"nw", "redaktion", "admin", "pruefung"}:
            return
        words = f"Worte {number}."
        with suppress(Refused), clock.at(self.moment):
            asked = removal.ask(
                self.now(), by=person_for(users[0]), reason="Gefährlich", words=words
            )
            self.moment += timedelta(seconds=1)
            removal.confirm(asked, by=person_for(users[1]))
            assert asker != confirmer
            self.removed.add(words)

    @rule()
    def keep_the_heads(self):
        self.kept = heads.read(heads.write())

    # --- what never bends ------------------------------------------------------------------------

    @invariant()
    def the_record_is_whole(self):
        """4, and that the working copy is what its digest says."""
        document = self.now()
        seen = fingerprint(document)
        if seen == self.checked:
            return
        assert document.digest == document_digest(document, document.parts())
        assert verify_document(Document.objects.get(pk=document.pk)) is None
        assert strays() == []
        if self.kept:
            assert list(heads.faults(self.kept)) == []
        self.editions_were_approved(document)
        self.what_was_issued_stays(document)
        self.one_message_each(document)
        self.who_reads_what(document)
        self.checked = fingerprint(document)

    def editions_were_approved(self, document):
        """1: submitted, reviewed and approved, by different people, none of whom wrote."""
        for edition in Edition.objects.filter(document=document):
            made = Event.objects.get(hash=edition.head)
            before = document.events.filter(
                round=made.round, digest=edition.digest, seq__lt=made.seq
            )
            last = {self.step_of(event): event for event in before.order_by("seq")}
            assert set(last) >= set(Step), f"Fassung {edition.number} was not approved"
            submitter, reviewers = last[Step.SUBMIT].actor_id, last[Step.REVIEW].actors
            approvers = self.approvers(before, last[Step.APPROVE])
            wrote = self.writers.get(edition.number - 1, set())
            assert not reviewers & {submitter, *wrote}
            assert not approvers & {submitter, *reviewers, *wrote}
            if edition.number not in self.gone(document):
                assert made.data["frozen"] == frozen_digest(edition, edition.files.all())

    def approvers(self, _before, last):
        return last.actors

    def gone(self, document):
        return {
            int(number)
            for event in document.events.filter(action="gesperrt")
            for number in event.data["editions"]
        }

    def what_was_issued_stays(self, document):
        """7 and 8: every address answers with its own Fassung, which holds nothing internal."""
        rows = list(Edition.objects.filter(document=document).order_by("number"))
        assert [row.number for row in rows] == list(range(1, document.edition_count + 1))
        gone = self.gone(document)
        for row in rows:
            assert reading.find(document.path, row.number).pk == row.pk
            text = f"{row.html}{row.json}{row.summary}{row.note}"
            if row.number in gone:
                assert (row.is_withdrawn, text) == (True, "")
                continue
            assert self.issued.setdefault(row.number, text) == text
            assert not any(words in text for words in self.removed)
        if rows:
            assert reading.find(document.path).number == document.edition_count

    def one_message_each(self, document):
        """3: one message to each person concerned."""
        for event in document.events.prefetch_related("mails"):
            to = [mail.to for mail in event.mails.all()]
            assert len(set(to)) == len(to)

    def who_reads_what(self, document):
        """6: the design's reading table."""
        expected = self.table.get(document.state)
        if expected is None:
            return
        for who in PEOPLE:
            user = self.user(who)
            if user is None or who in {"nw2", "pruefung2", "freigabe2"}:
                continue
            with clock.at(self.moment):
                person = person_for(user)
            if person.mandates:
                continue  # who stands in reads what the other does, too
            level = RANK[expected.get(who)]
            assert int(access(person, document)) == level, (who, document.state)
            listed = visible(person).filter(pk=document.pk).exists()
            assert listed == (level >= Access.READ)

    @invariant()
    def the_public_reads_nothing_internal(self):
        """7: no word of a section that is internal in the text that was published."""
        for edition in Edition.objects.filter(document=self.document, is_removed=False):
            if edition.number in self.looked_into:
                continue
            self.looked_into.add(edition.number)
            made = Event.objects.get(hash=edition.head)
            for row in Version.objects.filter(revision_id=made.revision_id):
                fields = row.field_dict
                if fields.get("visibility") == "internal":
                    words = str(fields["body"]).replace("<p>", "").replace("</p>", "").strip()
                    public = edition.html + edition.json + edition.summary + str(edition.toc)
                    assert fields["title"] not in public
                    assert not words or words not in public
