"""Reminders: of the time that a workflow gives a state, and of deadlines that rules have set."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from klk_workflow import chain, clock
from klk_workflow.automation import outbox
from klk_workflow.automation.rules import may_hear
from klk_workflow.automation.scheduling import REMINDED, by_workflow, came, safely
from klk_workflow.models import Document, Event, SetDeadline
from klk_workflow.people import THE_SYSTEM
from klk_workflow.perform import lock
from klk_workflow.roles import SYSTEM
from klk_workflow.workflows.definition import Deadline, State


def remind() -> int:
    """Remind of deadlines, each time once and only of the latest; give the number of reminders."""
    reminded = 0
    for workflow, rows in by_workflow():
        for state in workflow.states:
            if state.deadline is None:
                continue
            for document in came(rows.filter(state=state.key)):
                reminded += safely(
                    document,
                    partial(_remind, state=state, limit=state.deadline),
                    REMINDED,
                )
    return reminded


def _remind(document: Any, state: State, limit: Deadline) -> bool:
    entered: datetime = document.came
    due = entered + timedelta(days=limit.days)
    steps = [days for days in (*limit.remind, 0) if clock.now() >= due - timedelta(days=days)]
    if not steps:
        return False
    days = min(steps)
    with transaction.atomic():
        locked = lock(document)
        if locked.state != state.key or _was_reminded(locked, entered, days):
            return False
        data = {"due": due.isoformat(), "days": days}
        event = chain.note(
            locked, REMINDED, by=THE_SYSTEM, role=SYSTEM, channel="worker", data=data
        )
        roles = (*limit.tell, *(limit.escalate if days == 0 else ()))
        outbox.tell(event, locked, roles, asked_only=True)
    return True


def _was_reminded(document: Document, entered: datetime, days: int) -> bool:
    notes = Event.objects.filter(document_id=document.pk, action=REMINDED, at__gte=entered)
    return notes.filter(data__days__lte=days).exists()


def remind_by_rules() -> int:
    """Remind of the deadlines that rules have set and that have passed; give their number.

    A document that has gone on since needs no reminder.
    """
    reminded = 0
    due = SetDeadline.objects.filter(done_at=None, due_at__lte=clock.now()).order_by("pk")
    for row in due.select_related("event__document"):
        reminded += _remind_by_rule(row)
    return reminded


def _remind_by_rule(row: SetDeadline) -> bool:
    with transaction.atomic():
        document = lock(row.event.document)
        taken = SetDeadline.objects.filter(pk=row.pk, done_at=None).update(done_at=clock.now())
        moved = document.events.filter(seq__gt=row.event.seq).exclude(to_state=row.event.to_state)
        if not taken or moved.exists():
            return False
        data = {"due": row.due_at.isoformat(), "rule": row.rule_name}
        event = chain.note(
            document, REMINDED, by=THE_SYSTEM, role=SYSTEM, channel="worker", data=data
        )
        outbox.tell(event, document, may_hear(document, row.role))
    return True
