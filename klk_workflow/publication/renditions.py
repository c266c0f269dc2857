"""Editions as PDF: made by the worker after publication, kept, and answered for by an Event."""

import hashlib
import logging
import time

from django.db import transaction
from django.db.models import QuerySet

from klk_workflow import chain, clock, reading
from klk_workflow.content.files import keep
from klk_workflow.models import Document, Edition, Rendition
from klk_workflow.people import THE_SYSTEM
from klk_workflow.perform import lock
from klk_workflow.publication.pdf import Unavailable, pdf
from klk_workflow.roles import SYSTEM

logger = logging.getLogger(__name__)

PDF = "pdf"

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
        with clock.at(clock.now()):
            _keep(edition, document, content, digest)
    return 1


def _keep(edition: Edition, document: Document, content: bytes, digest: str) -> None:
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
        chain.PDF_MADE,
        by=THE_SYSTEM,
        role=SYSTEM,
        digest=edition.digest,
        edition_number=edition.number,
        data=rendition.said(),
        channel="worker",
    )
    reading.announce(edition.path)


def _warn_once(reason: str) -> None:
    if reason not in _warned:
        _warned.add(reason)
        logger.warning("PDF files wait for Pango: %s", reason)
