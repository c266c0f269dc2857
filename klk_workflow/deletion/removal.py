"""*Inhalt sperren*: two persons together take bytes out of everything; digest and reason stay.

One asks and says why; another confirms. Until then nothing is gone, so whoever edits the website
withdraws a Fassung first, which one person may. Backups, mails already read and copies elsewhere
are beyond reach: docs/evidence.md says what is to be done by hand.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from klk_workflow import chain, clock
from klk_workflow.automation import outbox
from klk_workflow.deletion import takeout
from klk_workflow.deletion.blots import Blot
from klk_workflow.evidence.lawful import ASKED, DECLINED
from klk_workflow.models import Document, Event, Removal
from klk_workflow.people import Person
from klk_workflow.perform import lock
from klk_workflow.permissions import Access, access, is_own
from klk_workflow.refusals import Blocked, NotAllowed, WrongState
from klk_workflow.roles import (
    ADMINISTRATION,
    EVERY_MEMBER,
    FREIGABE,
    MITGLIED,
    PRUEFUNG,
    REDAKTION,
)

#: Whoever answers for what the conference publishes confirms, in this order of roles.
CONFIRMING = (REDAKTION, ADMINISTRATION, FREIGABE, PRUEFUNG)

#: Fewer letters would blot out half of the text.
SHORTEST = 4


def may_ask(person: Person, document: Document) -> str | None:
    """The role in which the person may ask: whoever meets the document or its Editions there."""
    if access(person, document) > Access.NONE or _keeps_editions(person, document):
        if is_own(person, document):
            return MITGLIED
        return next((role for role in (*CONFIRMING, MITGLIED) if role in person.roles), None)
    return None


def may_confirm(person: Person, removal: Removal) -> str | None:
    """The role in which the person may confirm: never who asked, never a member of no such role."""
    document = removal.document
    meets = access(person, document) > Access.NONE or _keeps_editions(person, document)
    if not meets or person.user_id in {None, removal.asked_by}:
        return None
    return next((role for role in CONFIRMING if role in person.roles), None)


def _keeps_editions(person: Person, document: Document) -> bool:
    return document.has_edition and REDAKTION in person.roles


def ask(
    document: Document,
    *,
    by: Person,
    reason: str,
    words: str = "",
    editions: Iterable[int] = (),
    files: Iterable[str] = (),
    in_copy: bool = True,
) -> Removal:
    """Ask for a removal; those who may confirm get mail. `Refused` if it may not be asked for."""
    role = may_ask(by, document)
    if role is None or by.user_id is None:
        raise NotAllowed
    removal = Removal(
        document=document.document_ptr,  # type: ignore[attr-defined]
        words=words.strip(),
        editions=sorted(set(editions)),
        files=sorted(set(files)),
        in_copy=in_copy,
        reason=reason.strip(),
        asked_by=by.user_id,
    )
    _refuse(removal)
    with transaction.atomic():
        locked = lock(document)
        data = {"editions": removal.editions, "files": removal.files}
        event = chain.note(locked, ASKED, by=by, role=role, remark=removal.reason, data=data)
        removal.asked_at = event.at
        removal.save()
        outbox.tell(event, locked, _meeting(locked), but=by.user_id)
    return removal


def _meeting(document: Document) -> list[str]:
    """The confirming roles that meet the document now: nobody else gets mail with its title."""
    state = document.state_info
    roles = state.readers | state.editors | state.snapshot_readers | {ADMINISTRATION}
    if document.has_edition:
        roles |= {REDAKTION}
    return [role for role in CONFIRMING if role in roles or EVERY_MEMBER in roles]


def _refuse(removal: Removal) -> None:
    blot = Blot(removal.words)
    if not (blot or removal.editions or removal.files):
        raise Blocked(_("Bitte nennen Sie, was gesperrt werden soll."))
    if any(len(line) < SHORTEST for line in blot.lines):
        text = _("Jede Zeile braucht mindestens %(n)d Zeichen, sonst träfe sie zu viel.")
        raise Blocked(text % {"n": SHORTEST})
    if not removal.reason:
        raise Blocked(_("Bitte schreiben Sie einen Grund."))
    if blot.stains(removal.reason):
        raise Blocked(
            _("Der Grund bleibt stehen: Bitte nennen Sie die gefährliche Stelle darin nicht.")
        )


def confirm(removal: Removal, *, by: Person) -> Event:
    """Take it all out, now; the second person's word. `Refused` if it is not his or hers to give.

    In one transaction; the bytes of files go right after it, and by the worker if that fails.
    """
    with transaction.atomic(), clock.at(clock.now()):
        document, own = _locked(removal)
        role = may_confirm(by, own)
        if role is None:
            raise NotAllowed
        event = takeout.carry_out(document, own, by, role)
        _settle(own, event)
        transaction.on_commit(sweep)
    return event


def decline(removal: Removal, *, by: Person, reason: str = "") -> Event:
    """Leave it as it is: by whoever may confirm, or by the person who asked."""
    with transaction.atomic():
        document, own = _locked(removal)
        role = may_confirm(by, own)
        if role is None and by.user_id == own.asked_by:
            role = may_ask(by, document)
        if role is None:
            raise NotAllowed
        if Blot(own.words).stains(reason):
            raise Blocked(_("Bitte nennen Sie die gefährliche Stelle hier nicht."))
        event = chain.note(document, DECLINED, by=by, role=role, remark=reason.strip())
        _settle(own, event)
    return event


def _locked(removal: Removal) -> tuple[Document, Removal]:
    document = lock(removal.document)
    own = Removal.objects.select_for_update().get(pk=removal.pk)
    if not own.is_open:
        raise WrongState(_("Darüber wurde schon entschieden."))
    own.document = document.document_ptr  # type: ignore[attr-defined]
    return document, own


def _settle(removal: Removal, event: Event) -> None:
    removal.words, removal.settled_at = "", event.at
    removal.save(update_fields=["words", "settled_at", "leftover"])


def sweep() -> int:
    """Delete the stored bytes that removals left over; give the number of files."""
    swept = 0
    for removal in Removal.objects.exclude(leftover=[]):
        swept += sum(takeout.delete_bytes(name) for name in removal.leftover)
        removal.leftover = []
        removal.save(update_fields=["leftover"])
    return swept


def waiting_for(person: Person) -> list[Removal]:
    """The open requests that this person could confirm, oldest first."""
    if person.user_id is None or not person.roles & set(CONFIRMING):
        return []
    rows = Removal.objects.filter(settled_at=None).select_related("document")
    rows = rows.exclude(asked_by=person.user_id).prefetch_related("document__offices")
    return [removal for removal in rows if may_confirm(person, removal)]
