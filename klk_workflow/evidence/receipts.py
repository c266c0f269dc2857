"""Receipts: what a submission gives to whoever made it, to be kept, printed and checked later."""

import re
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klk_workflow.evidence.verification import Fault, verify_chain
from klk_workflow.models import Document, Event, EventName
from klk_workflow.workflows.definition import Effect, Step

_DIGESTS: Final = re.compile(r"\b[0-9a-f]{64}\b")


@dataclass(frozen=True)
class Line:
    """One line of a receipt; digests are set in another face."""

    label: str
    value: str
    is_digest: bool = False


def gives(document: Document, event: Event) -> bool:
    """Whether this Event gives a receipt: a submission does."""
    workflow = document.workflow
    return workflow.has(event.action) and workflow.transition(event.action).step == Step.SUBMIT


def lines(document: Document, event: Event) -> list[Line]:
    """What the receipt says; the same again whenever it is asked for."""
    made = document.actions_with(Effect.MAKE_EDITION)
    before = Event.objects.filter(document_id=document.pk, seq__lt=event.seq, action__in=made)
    name = EventName.objects.filter(event=event).values_list("name", flat=True).first()
    said = [
        Line(_("Dokument"), document.natural_key),
        Line(_("Vorgang"), str(event.seq)),
        Line(_("Runde"), str(event.round)),
        Line(_("Für Fassung"), str(before.count() + 1)),
        Line(_("Eingereicht am"), _moment(event)),
        Line(_("Eingereicht von"), ", ".join(filter(None, [name, event.actor_office]))),
        Line(_("Prüfsumme des Textes"), event.digest, is_digest=True),
        Line(_("Kettenende"), event.hash, is_digest=True),
    ]
    return [*said, Line(_("Siegel"), event.seal, is_digest=True)] if event.seal else said


def as_text(document: Document, event: Event) -> str:
    """The receipt as plain text, for the mail and for checking."""
    said = "\n".join(f"{line.label}: {line.value}" for line in lines(document, event))
    return f"{document.title}\n{said}"


@dataclass(frozen=True)
class Checked:
    """What became of a receipt: the Event it speaks of, and what does not agree with it."""

    document: Document
    event: Event
    differences: list[Line]
    fault: Fault | None = None

    @property
    def holds(self) -> bool:
        """Whether the record says what the receipt says, and the chain up to it is whole."""
        return not self.differences and self.fault is None


def check(text: str) -> Checked | None:
    """Hold a receipt, or its Kettenende alone, against the record; None if it knows none such.

    Lines that were left out are not missed; a line that says something else is a difference.
    """
    rows = Event.objects.filter(hash__in=_DIGESTS.findall(text.lower())).select_related("document")
    event = next((e for e in rows if gives(e.document.specific, e)), None)
    if event is None:
        return None
    document = event.document.specific
    given = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
    differences = [
        line
        for line in lines(document, event)
        if given.get(line.label, line.value).strip() != line.value
    ]
    return Checked(document, event, differences, verify_chain(document))


def _moment(event: Event) -> str:
    day = date_format(timezone.localtime(event.at), "j. F Y, H:i:s")
    return _("%(moment)s Uhr") % {"moment": day}
