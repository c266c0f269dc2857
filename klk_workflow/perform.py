"""The one door through which a state changes."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from klk_workflow import chain, clock, effects, reading
from klk_workflow.automation import outbox, rules
from klk_workflow.content import history
from klk_workflow.content.digest import document_digest
from klk_workflow.models import Document, Edition, Event
from klk_workflow.people import Person, person_for
from klk_workflow.permissions import may
from klk_workflow.publication.editions import draft, freeze, frozen_digest
from klk_workflow.refusals import (
    Blocked,
    ContentChanged,
    NotAllowed,
    RemarkMissing,
    WrongState,
)
from klk_workflow.workflows import exceptions, standing_in
from klk_workflow.workflows.definition import Effect, Remark, Text, Transition, Workflow
from klk_workflow.workflows.guards import Situation, objections

#: What a transition may change in the document's row.
_COLUMNS = (
    "state",
    "digest",
    "round",
    "edition_count",
    "event_count",
    "head",
    "scheduled_for",
    "updated_at",
)


def perform(  # noqa: PLR0913 - all that may be said of an act, by name
    document: Document,
    action: str,
    *,
    by: Any,
    seen_digest: str,
    seen_seq: int | None = None,
    remark: str = "",
    edition: int | None = None,
    date: datetime | None = None,
    details: Mapping[str, Any] | None = None,
    channel: str = "web",
    on_behalf: str = "",
) -> Event:
    """Take a document one transition further and record it; the only way a state changes.

    `by` is a user or a `Person`, `seen_digest` the content the person saw, `seen_seq` the number
    of Events known to the person (a retried request then finds its own Event). `edition` names
    the Fassung for an act on one, and `seen_digest` is then its digest, whatever the working copy
    says. `date` (aware) is the moment for *Termin setzen*. `details` is what the
    transition's own form asks for.

    In one transaction: lock, repeated request, permission, guards, digest, the django-fsm
    transition, one reversion revision, one Event, the Edition, the mails as outbox rows.

    Raises `Refused` in one of its kinds; then nothing has changed.
    """
    person = person_for(by)
    with transaction.atomic():
        locked = lock(document)
        earlier = _repeated(locked, action, person, seen_digest, seen_seq, edition, date)
        if earlier:
            return earlier
        situation = _situation(locked, action, person, remark.strip(), edition, date)
        _refuse(situation, seen_digest)
        said = _details(way=situation.transition, details=details)
        with clock.at(clock.now()):  # one act, one moment, wherever it is written down
            event = _carry_out(situation, said, channel, on_behalf)
        if situation.is_decisive:
            outbox.write(event, situation)
        rules.apply(event, situation.document)
    return event


def carry_over(document: Document, workflow: Workflow) -> None:
    """Put a locked document under another version of its workflow, in the state it has there."""
    if document.state in workflow.replaces:
        getattr(document, workflow.method_name(f"von_{document.state}"))()
    document.workflow_version = workflow.version
    document.save(update_fields=["state", "workflow_version"])


def lock(document: Document) -> Document:
    """The row locked and read anew, as an instance of its type; call inside a transaction.

    The parent's row must be among the locked ones: PostgreSQL reads only those anew after waiting.
    """
    model = document.type.model
    both = ("self", "document_ptr")
    rows = model._default_manager.select_for_update(of=both).select_related("period")
    return rows.prefetch_related("offices").get(pk=document.pk)


def _repeated(
    document: Document,
    action: str,
    person: Person,
    digest: str,
    seen_seq: int | None,
    edition: int | None,
    date: datetime | None,
) -> Event | None:
    """The Event of the same request sent before: same person, transition, digest and details."""
    if not document.workflow.has(action) or document.event_count == (seen_seq or 0):
        return None
    way = document.workflow.transition(action)
    if seen_seq is None and document.state in way.by and not way.quorum:
        return None
    details: dict[str, Any] = {}
    if way.on_edition:
        details["edition_number"] = edition
    if way.effect == Effect.SET_DATE:
        details["data__date"] = _data(date).get("date")
    return (
        Event.objects.filter(
            document_id=document.pk,
            round=document.round,
            action=action,
            actor_id=person.user_id,
            digest=digest,
            seq__gt=seen_seq or 0,
            **details,
        )
        .order_by("seq" if seen_seq is not None else "-seq")
        .first()
    )


def _situation(
    document: Document,
    action: str,
    person: Person,
    remark: str,
    edition: int | None,
    date: datetime | None,
) -> Situation:
    if not document.workflow.has(action):
        raise _unknown(document, action)
    way = document.workflow.transition(action)
    role = _role(document, person, way)
    parts = document.parts()
    chosen = _edition(document, edition) if way.on_edition else None
    digest = chosen.digest if chosen else document_digest(document, parts)
    return Situation(document, person, way, role, parts, digest, remark, chosen, date)


def _unknown(document: Document, action: str) -> NotAllowed:
    """The person reads that it is not possible; whoever wrote the call, what it could have been."""
    refusal = NotAllowed()
    known = ", ".join(way.key for way in document.workflow.transitions)
    refusal.add_note(f"{document.workflow.key} has no way {action!r}; it has {known}.")
    return refusal


def _edition(document: Document, number: int | None) -> Edition:
    found = Edition.objects.filter(document_id=document.pk, number=number or 0).first()
    if found is None:
        raise Blocked(_("Diese Fassung gibt es nicht."))
    return found


def _role(document: Document, person: Person, way: Transition) -> str:
    role = may(person, document, way)
    if role:
        return role
    if document.state not in way.by:
        raise WrongState(wrong_state(document, way))
    raise NotAllowed


def wrong_state(document: Document, way: Transition) -> Text:
    """Why this way does not start here, in words that say where the document is now."""
    return _("„%(action)s“ ist nicht mehr möglich: Der Stand ist jetzt „%(state)s“.") % {
        "action": way.label,
        "state": document.state_info.label,
    }


def obstacles(situation: Situation) -> list[Text]:
    """What the guards of the transition say against it, but for those an exception lifts."""
    return [
        reason
        for guard in situation.transition.guards
        if (reasons := objections(situation, guard)) and not exceptions.lift(situation, guard)
        for reason in reasons
    ]


def _refuse(situation: Situation, seen_digest: str) -> None:
    if situation.digest != seen_digest:
        raise ContentChanged
    reasons = obstacles(situation)
    if reasons:
        raise Blocked(*reasons)
    if situation.transition.remark == Remark.REQUIRED and not situation.remark:
        raise RemarkMissing
    dated = situation.transition.effect == Effect.SET_DATE
    if dated and (situation.date is None or situation.date <= clock.now()):
        raise Blocked(_("Bitte wählen Sie einen Zeitpunkt, der noch kommt."))


def _details(way: Transition, details: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the transition's own form makes of what was said; Blocked with its errors."""
    if not way.form:
        return {}
    form = import_string(way.form)(dict(details or {}))
    if not form.is_valid():
        raise Blocked(*(message for errors in form.errors.values() for message in errors))
    return {"details": json.loads(json.dumps(form.cleaned_data, cls=DjangoJSONEncoder))}


def _carry_out(situation: Situation, said: dict[str, Any], channel: str, on_behalf: str) -> Event:
    document, way = situation.document, situation.transition
    before, moves, vote = document.state, situation.is_decisive, situation.vote
    represented = situation.mandate.person if situation.mandate else None
    revision_id, text = history.record(document, situation.parts, comment=way.key)
    if not way.on_edition:
        document.digest = situation.digest
    if moves:
        getattr(document, document.workflow.method_name(way.key))()
        effects.apply(situation)
    event = chain.build(
        document,
        situation.person,
        action=way.key,
        role=situation.role,
        from_state=before,
        digest=situation.digest,
        revision_id=revision_id,
        text_digest=text,
        remark=situation.remark,
        edition_number=situation.edition.number if situation.edition else None,
        data={
            **_data(situation.date),
            **vote,
            **said,
            **_lifted(situation),
            **standing_in.said(situation.mandate),
        },
        channel=channel,
        on_behalf=on_behalf or (represented.office_name[:200] if represented else ""),
    )
    made = draft(situation, event) if way.effect == Effect.MAKE_EDITION else None
    if made:
        document.edition_count += 1
        event.edition_number = made[0].number
        event.data = {**event.data, "frozen": frozen_digest(*made)}
    chain.append(document, event, situation.person, represented)
    if made:
        freeze(*made, made_by=event)
    if made or way.on_edition or way.effect in {Effect.ARCHIVE, Effect.UNARCHIVE}:
        reading.announce(document.path)
    document.save(update_fields=_COLUMNS)
    return event


def _data(date: datetime | None) -> dict[str, Any]:
    return {"date": date.astimezone(UTC).isoformat()} if date else {}


def _lifted(situation: Situation) -> dict[str, Any]:
    return {exceptions.USED: situation.lifted} if situation.lifted else {}
