"""What is due by the clock: publications at their date, and what the System takes further."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.db.models import DateTimeField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from klk_workflow import clock
from klk_workflow.extending import isolation
from klk_workflow.models import Document, Event
from klk_workflow.people import THE_SYSTEM
from klk_workflow.perform import lock, perform
from klk_workflow.refusals import Refused
from klk_workflow.registry import registry
from klk_workflow.roles import SYSTEM
from klk_workflow.workflows.definition import Effect, Transition, Workflow

logger = logging.getLogger(__name__)

#: The note that a reminder leaves in the chain; its data say of what.
REMINDED = "erinnert"

_said: set[str] = set()


def publish_pages() -> int:
    """Publish, and take back, the website's pages whose moment has come; Wagtail says how."""
    call_command("publish_scheduled", verbosity=0)
    return 0


def publish_due() -> int:
    """Publish what is due, each document for itself and once; give the number published.

    Missed moments are caught up. A document that is refused, or fails, holds up no other; it keeps
    its date and is tried again.
    """
    due = Document.objects.filter(scheduled_for__lte=clock.now()).order_by("scheduled_for", "pk")
    return sum(safely(document, _publish, "publication at its date") for document in due)


def safely(document: Document, act: Callable[[Document], bool], what: str) -> bool:
    """Do something with one document; what goes wrong is logged and holds up no other."""
    try:
        return act(document)
    except Refused as refusal:
        _say_once(f"{document.natural_key}: {what} was refused: {refusal}")
    except Exception as error:
        logger.exception("%s: %s failed", document.natural_key, what)
        isolation.blamed(error)
    return False


def _publish(document: Document) -> bool:
    """Publish under one lock with the question whether the date still stands."""
    with transaction.atomic():
        locked = lock(document)
        ways = locked.workflow.leaving(locked.state)
        making = next((way for way in ways if way.effect == Effect.MAKE_EDITION), None)
        if making is None or locked.scheduled_for is None or locked.scheduled_for > clock.now():
            return False
        _take(locked, making)
    return True


def _say_once(words: str) -> None:
    if words not in _said:
        _said.add(words)
        logger.warning(words)


def take_further() -> int:
    """Take every way whose time has come, as the System; give the number of ways taken."""
    taken = 0
    for workflow, rows in by_workflow():
        for way in workflow.transitions:
            if not way.after_days:
                continue
            states = [state for state, roles in way.by.items() if SYSTEM in roles]
            since = clock.now() - timedelta(days=way.after_days)
            for document in came(rows.filter(state__in=states)).filter(came__lte=since):
                taken += safely(document, partial(_take, way=way), way.key)
    return taken


def _take(document: Document, way: Transition) -> bool:
    perform(
        document,
        way.key,
        by=THE_SYSTEM,
        seen_digest=document.digest,
        seen_seq=document.event_count,
        channel="worker",
    )
    return True


def silent_at(way: Transition, entered: Event) -> datetime:
    """When the System takes this way, of a document that came into its state at `entered`."""
    return entered.at + timedelta(days=way.after_days)


def came(rows: "QuerySet[Document]") -> "QuerySet[Any]":
    """These documents with `came`: when each came into its present state."""
    moves = Event.objects.filter(document=OuterRef("pk"), to_state=OuterRef("state"))
    last = moves.exclude(from_state=F("to_state")).order_by("-seq").values("at")[:1]
    moment = Coalesce(Subquery(last), "created_at", output_field=DateTimeField())
    return rows.annotate(came=moment)


def by_workflow() -> Iterator[tuple[Workflow, "QuerySet[Document]"]]:
    """Each workflow version of each type, and the documents under it."""
    for kind in registry:
        for workflow in kind.model.workflows:
            yield (
                workflow,
                Document.objects.filter(
                    type_key=kind.key, workflow_version=workflow.version
                ).order_by("pk"),
            )
