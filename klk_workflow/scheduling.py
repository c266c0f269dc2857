"""What is due by the clock: approved documents whose date has come."""

import logging

from django.db import transaction

from klk_workflow import clock
from klk_workflow.models import Document
from klk_workflow.perform import lock, perform
from klk_workflow.permissions import THE_SYSTEM
from klk_workflow.refusals import Refused
from klk_workflow.workflow import Effect

logger = logging.getLogger(__name__)

_said: set[str] = set()


def publish_due() -> int:
    """Publish what is due, each document for itself and once; give the number published.

    Missed moments are caught up. A document that is refused, or fails, holds up no other; it keeps
    its date and is tried again.
    """
    published = 0
    due = Document.objects.filter(scheduled_for__lte=clock.now()).order_by("scheduled_for", "pk")
    for document in due:
        try:
            published += _publish(document)
        except Refused as refusal:
            _say_once(f"{document.natural_key} was not published at its date: {refusal}")
        except Exception:
            logger.exception("%s could not be published at its date", document.natural_key)
    return published


def _publish(document: Document) -> int:
    """Publish under one lock with the question whether the date still stands."""
    with transaction.atomic():
        locked = lock(document)
        ways = locked.workflow.leaving(locked.state)
        making = next((way.key for way in ways if way.effect == Effect.MAKE_EDITION), None)
        if making is None or locked.scheduled_for is None or locked.scheduled_for > clock.now():
            return 0
        perform(
            locked,
            making,
            by=THE_SYSTEM,
            seen_digest=locked.digest,
            seen_seq=locked.event_count,
            channel="worker",
        )
    return 1


def _say_once(words: str) -> None:
    if words not in _said:
        _said.add(words)
        logger.warning(words)
