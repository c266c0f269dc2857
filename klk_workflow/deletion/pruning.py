"""Old texts that were never handed in, approved or published can go; an Event says which."""

from datetime import datetime

from django.db import transaction
from reversion.models import Revision

from klk_workflow import chain
from klk_workflow.evidence.lawful import PRUNED, REMOVED
from klk_workflow.models import Document, Event
from klk_workflow.people import THE_SYSTEM
from klk_workflow.perform import lock
from klk_workflow.roles import SYSTEM
from klk_workflow.workflows.definition import Effect


def prune(document: Document, before: datetime) -> list[int]:
    """Remove the document's old texts; give their numbers.

    Kept for ever is every text that was submitted, reviewed, approved or published, and the last
    one: what nobody may edit now is held against it.
    """
    with transaction.atomic():
        locked = lock(document)
        gone = _prunable(locked, before)
        if gone:
            Revision.objects.filter(pk__in=gone).delete()
            data = {"revisions": gone}
            chain.note(locked, PRUNED, by=THE_SYSTEM, role=SYSTEM, data=data, channel="worker")
    return gone


def _prunable(document: Document, before: datetime) -> list[int]:
    events = list(Event.objects.filter(document_id=document.pk).exclude(revision_id=0))
    last = max((event.revision_id for event in events), default=0)
    kept = {event.revision_id for event in events if _is_kept(document, event)} | {last}
    old = {event.revision_id for event in events if event.at < before}
    there = Revision.objects.filter(pk__in=old - kept)
    return sorted(there.values_list("pk", flat=True))


def _is_kept(document: Document, event: Event) -> bool:
    workflow = document.workflow
    if not workflow.has(event.action):
        return event.action == REMOVED
    way = workflow.transition(event.action)
    return way.step is not None or way.effect == Effect.MAKE_EDITION
