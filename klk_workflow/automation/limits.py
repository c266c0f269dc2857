"""How long a document may stay where it is: by its workflow, or by what a rule has set."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from klk_workflow import clock
from klk_workflow.automation.scheduling import came
from klk_workflow.models import Document, SetDeadline
from klk_workflow.registry import registry
from klk_workflow.workflows.definition import State, Workflow


def with_limits(rows: "QuerySet[Document]") -> "QuerySet[Any]":
    """These documents with `came` and `rule_due`, of which `due_at` makes the moment."""
    found = came(rows)
    set_since = SetDeadline.objects.filter(
        event__document=OuterRef("pk"),
        event__to_state=OuterRef("state"),
        event__at__gte=OuterRef("came"),
    )
    first = Subquery(set_since.order_by("due_at").values("due_at")[:1])
    both: QuerySet[Any] = found.annotate(rule_due=first)
    return both


def due_at(document: Any) -> datetime | None:
    """When the document should be taken further, of rows from `with_limits`; the earlier limit."""
    limit = document.state_info.deadline
    by_workflow = document.came + timedelta(days=limit.days) if limit else None
    return min(filter(None, [by_workflow, document.rule_due]), default=None)


def overdue(roles: Iterable[str] | None = None) -> Q:
    """The condition, on rows from `with_limits`, for what has stayed too long.

    With `roles`, only that of which one of them is told once the time of its workflow is over.
    """
    wanted = None if roles is None else set(roles)
    conditions = [
        Q(
            type_key=kind.key,
            workflow_version=flow.version,
            state=state.key,
            came__lte=clock.now() - timedelta(days=state.deadline.days),
        )
        for kind in registry
        for flow, state in _limited(kind.model.workflows)
        if state.deadline and (wanted is None or wanted & set(state.deadline.escalate))
    ]
    by_rule = [Q(rule_due__lte=clock.now())] if wanted is None else []
    return reduce(or_, [*conditions, *by_rule], Q(pk__in=[]))


def is_escalated_to(roles: Iterable[str]) -> bool:
    """Whether any workflow tells one of these roles what is overdue."""
    told = {
        role
        for kind in registry
        for _flow, state in _limited(kind.model.workflows)
        for role in (state.deadline.escalate if state.deadline else ())
    }
    return bool(told & set(roles))


def _limited(flows: Iterable[Workflow]) -> Iterable[tuple[Workflow, State]]:
    return ((flow, state) for flow in flows for state in flow.states if state.deadline)
