"""What is due by the clock: approved documents whose date has come, and mails that wait."""

import logging

from klk_workflow import clock
from klk_workflow.models import Document
from klk_workflow.perform import perform
from klk_workflow.permissions import THE_SYSTEM
from klk_workflow.refusals import Refused
from klk_workflow.workflow import Effect

logger = logging.getLogger(__name__)


def publish_due() -> int:
    """Publish what is due, each document for itself and once; give the number published.

    Missed moments are caught up. A document that is refused keeps its date and is tried again.
    """
    published = 0
    due = Document.objects.filter(scheduled_for__lte=clock.now()).order_by("scheduled_for", "pk")
    for document in due:
        published += _publish(document)
    return published


def _publish(document: Document) -> int:
    ways = document.workflow.leaving(document.state)
    making = next((way.key for way in ways if way.effect == Effect.MAKE_EDITION), None)
    if making is None:
        return 0
    try:
        perform(
            document,
            making,
            by=THE_SYSTEM,
            seen_digest=document.digest,
            seen_seq=document.event_count,
            channel="worker",
        )
    except Refused as refusal:
        logger.warning("%s was not published at its date: %s", document.natural_key, refusal)
        return 0
    return 1
