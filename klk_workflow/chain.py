"""The chain of a document: every Event, of a transition or beside them, is appended here."""

from datetime import UTC
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from klk_workflow import clock
from klk_workflow.evidence import lawful, seals
from klk_workflow.extending import isolation
from klk_workflow.models import Document, Event, EventName
from klk_workflow.models.event import new_salt
from klk_workflow.people import Person
from klk_workflow.workflows import named
from klk_workflow.workflows.definition import Text

#: The note that a PDF leaves.
PDF_MADE = "pdf_erstellt"

#: The note that a text taken up again leaves; it keeps the text that stood there before.
TAKEN_UP = "text_uebernommen"

#: What is recorded without being a transition: the Event's action, and what has happened in words.
NOTES: dict[str, Text] = {
    PDF_MADE: _("als PDF bereitgestellt"),
    TAKEN_UP: _("älteren Text in den Entwurf übernommen"),
    lawful.PRUNED: _("um alte, nie freigegebene Textstände gekürzt"),
    lawful.ASKED: _("zur Sperrung vorgeschlagen"),
    lawful.DECLINED: _("doch nicht gesperrt"),
    lawful.REMOVED: _("in Teilen gesperrt"),
    lawful.NAMES_ERASED: _("um den Namen einer Person gekürzt"),
    named.NAMED: _("festgelegt, wer den nächsten Schritt übernimmt"),
    "erinnert": _("an die Frist erinnert"),
    "umgestellt": _("auf eine neue Fassung von Ablauf oder Gliederung umgestellt"),
    "ausnahme_erbeten": _("eine Ausnahme erbeten"),
    "ausnahme_gewaehrt": _("eine Ausnahme gewährt"),
    "ausnahme_abgelehnt": _("die erbetene Ausnahme nicht gewährt"),
}


def build(  # noqa: PLR0913 - the columns of a row, by name
    document: Document,
    person: Person,
    *,
    action: str,
    role: str,
    from_state: str,
    digest: str,
    revision_id: int = 0,
    text_digest: str = "",
    remark: str = "",
    edition_number: int | None = None,
    data: dict[str, Any] | None = None,
    channel: str = "web",
    on_behalf: str = "",
) -> Event:
    """The next Event of a locked document, not written yet; `from_state` is where it came from."""
    return Event(
        document=document,
        seq=document.event_count + 1,
        at=clock.now().astimezone(UTC),
        action=action,
        from_state=from_state,
        to_state=document.state,
        workflow_version=document.workflow_version,
        actor_id=person.user_id,
        actor_role=role,
        actor_office=person.office_name[:200],
        on_behalf=on_behalf,
        channel=channel,
        remark=remark,
        digest=digest,
        round=document.round,
        revision_id=revision_id,
        text_digest=text_digest,
        edition_number=edition_number,
        data=data or {},
        prev=document.head,
    )


def append(
    document: Document, event: Event, person: Person, represented: Person | None = None
) -> None:
    """Close the Event with its digest and write it; the caller saves the document's columns.

    Once all is stored, the type's subscribers hear of it. Name and words stand beside the chain,
    so that they can be erased without breaking it.
    """
    name = EventName(name=person.name[:150], salt=new_salt())
    name.represented = represented.name[:150] if represented else ""
    event.actor_commitment = name.commitment
    if event.has_words:
        event.words_salt = new_salt()
        event.words_commitment = event.commit_words()
    event.hash = event.compute_hash()
    event.seal = seals.seal(event.hash)
    event.save(force_insert=True)
    name.event = event
    name.save(force_insert=True)
    document.event_count = event.seq
    document.head = event.hash
    document.updated_at = event.at
    for subscriber in document.type.subscribers:
        transaction.on_commit(partial(_tell, document.type.app_label, subscriber, event))


def _tell(app_label: str, subscriber: str, event: Event) -> None:
    """What a subscriber does is whole or not at all, and nothing to the act that it hears of."""

    def hear() -> None:
        with transaction.atomic():
            import_string(subscriber)(event)

    isolation.shielded(app_label, hear, otherwise=None)


def note(document: Document, action: str, *, by: Person, role: str, **values: Any) -> Event:
    """Record something that moves no state, one of NOTES; the document must be locked.

    `values` are those of `build`; `digest` is the document's own unless another is named.
    """
    values = {"digest": document.digest, "from_state": document.state, **values}
    event = build(document, by, action=action, role=role, **values)
    append(document, event, by)
    document.save(update_fields=["event_count", "head", "updated_at"])
    return event


def words(document: Document, event: Event) -> Text:
    """What has happened at this Event, as its workflow or the list of notes words it."""
    way = document.way_of(event)
    return way.done if way else NOTES.get(event.action, event.action)
