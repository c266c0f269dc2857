"""What people arrange around a decision: deputies, who is named for a step, the agenda."""

from contextlib import suppress
from datetime import timedelta

from django.core.exceptions import ValidationError
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from klk_workflow import clock
from klk_workflow.models import Deputyship, Meeting
from klk_workflow.models.meeting import AgendaItem, put_on_agenda
from klk_workflow.people import person_for
from klk_workflow.permissions import is_own, may
from klk_workflow.refusals import Refused
from klk_workflow.workflows import named, naming
from tests.invariants.cast import REPRESENTED, SOMEBODY, fingerprint


class Arranging(RuleBasedStateMachine):
    """Rules for a machine that knows `document`, `moment`, `now()` and `user(who)`."""

    @rule(represented=REPRESENTED, deputy=SOMEBODY, days=st.integers(0, 30))
    def somebody_is_represented(self, represented, deputy, days):
        users, first = [self.user(who) for who in (represented, deputy)], self.moment.date()
        if None in users:
            return
        row = Deputyship(represented=users[0], deputy=users[1], begins=first)
        row.ends = first + timedelta(days=days)
        with suppress(ValidationError), clock.at(self.moment):
            row.full_clean()
            row.save()

    @rule(represented=REPRESENTED, deputy=SOMEBODY)
    def a_deputyship_ends(self, represented, deputy):
        """Whoever was represented has no deputy any more from that moment on."""
        self.somebody_is_represented(represented, deputy, 5)
        with clock.at(self.moment):
            rows = Deputyship.objects.open().filter(represented__username=represented)
            ended = list(rows.select_related("deputy"))
            for row in ended:
                row.end()
            for row in ended:
                mandates = person_for(self.user(row.deputy.username)).mandates
                assert row.represented_id not in {mandate.person.user_id for mandate in mandates}

    @rule(who=SOMEBODY, chosen=st.one_of(st.none(), SOMEBODY), place=st.integers(0, 1))
    def name_somebody(self, who, chosen, place):
        """A name moves nothing, and nobody names others for the work of the own office."""
        before, user = self.now(), self.user(who)
        ways = [way for way in before.workflow.transitions if way.named_by]
        way = ways[min(place, len(ways) - 1)]
        wanted = self.user(chosen) if chosen else None
        if user is None or (chosen and wanted is None):
            return
        with clock.at(self.moment):
            try:
                event = naming.name(before, way.key, wanted and wanted.pk, by=user)
            except Refused:
                assert fingerprint(self.now()) == fingerprint(before)
                return
            after = self.now()
            assert (
                (after.state, after.digest)
                == (before.state, before.digest)
                == (
                    event.to_state,
                    event.digest,
                )
            )
            assert after.event_count == before.event_count + 1
            in_round = list(after.events.filter(round=after.round).order_by("seq"))
            assert named.person_for(way.key, in_round) == (wanted and wanted.pk)
            if wanted:
                assert may(person_for(wanted), after, way)
            assert wanted == user or not is_own(person_for(user), after)

    @rule(days=st.one_of(st.none(), st.integers(0, 60)))
    def put_on_agenda(self, days):
        """The document stands there once, and its record does not know."""
        before = fingerprint(self.now())
        with clock.at(self.moment):
            if days is not None:
                day = self.moment.date() + timedelta(days=days)
                meeting = Meeting.objects.create(
                    title="Treffen", kind="online", begins=day, ends=day
                )
                meeting.complete()
            put_on_agenda(self.document)
            assert put_on_agenda(self.document) is None
            items = AgendaItem.objects.filter(meeting=Meeting.next(), document=self.document.pk)
            assert items.count() == 1
        assert fingerprint(self.now()) == before
