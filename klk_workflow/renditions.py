"""Editions as PDF: made by the worker after publication, kept, and answered for by an Event."""

import hashlib
import logging
import time
from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from klk_workflow import chain, clock, reading
from klk_workflow.files import is_intact, keep
from klk_workflow.models import Document, Edition, Event, Rendition
from klk_workflow.pdf import Unavailable, pdf
from klk_workflow.perform import lock
from klk_workflow.permissions import THE_SYSTEM
from klk_workflow.roles import SYSTEM

logger = logging.getLogger(__name__)

PDF = "pdf"
MADE = "pdf_erstellt"  # one of chain.NOTES

#: Seconds after which an Edition that could not be set is tried again.
PATIENCE = 3600

_not_before: dict[int, float] = {}
_warned: set[str] = set()


def waiting() -> "QuerySet[Edition]":
    """The Editions without PDF, newest first; what was withdrawn does not get one."""
    return Edition.objects.filter(withdrawn_at=None).exclude(renditions__kind=PDF)


def make_waiting(limit: int = 3) -> int:
    """Make the PDF files of some Editions that wait; give the number made.

    Without Pango, and where one fails, the Edition waits on and is tried again; publication never
    depends on it.
    """
    made = 0
    for pk in waiting().values_list("pk", flat=True):
        if made >= limit:
            break
        if time.monotonic() < _not_before.get(pk, 0):
            continue
        try:
            made += _make(Edition.objects.get(pk=pk))
        except Unavailable as error:
            _warn_once(str(error))
            break
        except Exception:
            logger.exception("Edition %d could not be set as PDF and is tried again later", pk)
            _not_before[pk] = time.monotonic() + PATIENCE
    return made


def _make(edition: Edition) -> int:
    """Set one Edition outside the transaction, then keep the result unless another was quicker."""
    content = pdf(edition)
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        document = lock(edition.document)
        if not waiting().filter(pk=edition.pk).exists():
            return 0
        rendition = Rendition.objects.create(
            edition=edition,
            kind=PDF,
            sha256=digest,
            size=len(content),
            file=keep(digest, content),
            made_at=clock.now(),
        )
        chain.note(
            document,
            MADE,
            by=THE_SYSTEM,
            role=SYSTEM,
            digest=edition.digest,
            edition_number=edition.number,
            data=rendition.said(),
            channel="worker",
        )
        reading.announce(edition.path)
    return 1


def faults(document: Document, events: list[Event]) -> Iterator[tuple[int, str]]:
    """What is wrong with the renditions of a document: the Event's number, and what."""
    said = {(e.edition_number or 0, e.data.get("kind")): e for e in events if e.action == MADE}
    kept = Rendition.objects.filter(edition__document_id=document.pk).select_related("edition")
    rows = {(row.edition.number, row.kind): row for row in kept}
    for place in sorted(said.keys() | rows.keys(), key=str):
        event, row = said.get(place), rows.get(place)
        seq = event.seq if event else 0
        if event is None or row is None or event.data != row.said():
            yield (
                seq,
                _("PDF der Fassung %(n)d und Vorgang passen nicht zusammen") % {"n": place[0]},
            )
        elif not is_intact(row):
            yield seq, _("PDF der Fassung %(n)d verändert") % {"n": place[0]}


def _warn_once(reason: str) -> None:
    if reason not in _warned:
        _warned.add(reason)
        logger.warning("PDF files wait for Pango: %s", reason)
