"""The outbox: mails written with the change, sent after it, at least once, with a stable id."""

from collections.abc import Iterable
from datetime import datetime
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from klk_workflow import chain, clock
from klk_workflow.evidence import receipts
from klk_workflow.evidence.lawful import ASKED
from klk_workflow.extending import switches
from klk_workflow.models import Document, Event, OutboxMail, Removal
from klk_workflow.models.deputyship import name_of
from klk_workflow.people import eligible, people
from klk_workflow.roles import SYSTEM
from klk_workflow.workflows import votes
from klk_workflow.workflows.definition import Step
from klk_workflow.workflows.guards import Situation
from klk_workflow.workflows.named import NAMED

#: After so many failures a mail stays for a person to look at.
MAX_ATTEMPTS = 8


def write(event: Event, situation: Situation) -> None:
    """Put one mail for each person concerned by an act into the outbox; the worker sends it.

    Whoever submits gets the receipt. Where several decide together next, they are told, too.
    """
    actor, way = situation.person.user_id, situation.transition
    receives = [actor] if actor and way.step == Step.SUBMIT else []
    roles = list(way.notifies)
    if event.to_state != event.from_state:
        roles += sorted(joint_roles(situation.document))
    tell(event, situation.document, roles, but=actor, people=receives, asked_only=True)


def tell(
    event: Event,
    document: Document,
    roles: Iterable[str],
    *,
    but: int | None = None,
    people: Iterable[int] = (),
    asked_only: bool = False,
) -> None:
    """Put a mail about this Event for everybody in these roles into the outbox, `but` for one.

    `people` are numbers of users who get it whatever their roles are. With `asked_only`, of a role
    that decides jointly here only those whose voice was not heard yet.
    """
    wanted = set(roles)
    joint = wanted & joint_roles(document) if asked_only else set()
    addresses = [
        *_recipients(document, wanted - joint, but),
        *_recipients(document, joint, but, asked_only=True),
        *_of(people),
    ]
    _put(event, dict.fromkeys(addresses))


def _put(event: Event, addresses: Iterable[str]) -> None:
    rows = [
        OutboxMail(
            event=event,
            to=address,
            message_id=make_msgid(domain="klk.invalid"),
            created_at=clock.now(),
        )
        for address in addresses
    ]
    OutboxMail.objects.bulk_create(rows, ignore_conflicts=True)


def _address(user_id: int | None) -> str:
    if user_id is None:
        return ""
    users = get_user_model()._default_manager.filter(pk=user_id, is_active=True)
    return users.values_list("email", flat=True).first() or ""


def joint_roles(document: Document) -> set[str]:
    """The roles of people that take a joint decision in the document's present state."""
    ways = votes.joint_ways(document)
    return {role for way in ways for role in way.by[document.state]} - {SYSTEM}


def _recipients(
    document: Document, roles: set[str], but: int | None, *, asked_only: bool = False
) -> list[str]:
    if not roles:
        return []
    pool = eligible(roles, document, from_other_land=document.workflow.deciding_roles)
    if asked_only:
        asked = votes.still_asked(document, people(one.user_id for one in pool))
        pool = [one for one in pool if one.user_id in asked]
    others = (one for one in pool if one.user_id != but)
    return list(dict.fromkeys(one.email for one in others if one.email))


def _of(user_ids: Iterable[int]) -> list[str]:
    wanted = list(user_ids)
    if not wanted:
        return []
    users = get_user_model()._default_manager.filter(pk__in=wanted, is_active=True)
    return list(users.exclude(email="").values_list("email", flat=True))


def send_waiting(limit: int = 100) -> int:
    """Send what waits, oldest first; give the number sent. Failures stay and are tried again.

    What is about documents of a plugin that waits for a migration waits with it.
    """
    sent = 0
    waiting = OutboxMail.objects.filter(
        sent_at=None,
        attempts__lt=MAX_ATTEMPTS,
        event__document__type_key__in=switches.ready_keys(),
    )
    connection = get_connection()
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)[:limit]):
        sent += _send_one(pk, connection)
    return sent


def _send_one(pk: int, connection: Any) -> int:
    with transaction.atomic():
        mail = _waiting(pk)
        if mail is None:
            return 0
        mail.attempts += 1
        try:
            _message(mail, connection).send()
        except (OSError, ValueError, LookupError) as error:
            mail.error = str(error)[:1000]
        else:
            mail.sent_at, mail.error = clock.now(), ""
        mail.save(update_fields=["attempts", "error", "sent_at"])
        return int(mail.sent_at is not None)


def _waiting(pk: int) -> OutboxMail | None:
    """The mail locked for this worker, or None if another has it or has sent it."""
    rows = OutboxMail.objects.select_for_update(skip_locked=True, of=("self",))
    return rows.select_related("event__document").filter(pk=pk, sent_at=None).first()


def _message(mail: OutboxMail, connection: Any) -> EmailMultiAlternatives:
    """The mail in German, plain and as HTML; everything in it is on record in the Event."""
    with translation.override("de"):
        context = _context(mail)
        subject = render_to_string("klk_workflow/mail/subject.txt", context)
        message = EmailMultiAlternatives(
            " ".join(subject.split())[:300],
            render_to_string("klk_workflow/mail/event.txt", context),
            to=[mail.to],
            headers={"Message-ID": mail.message_id},
            connection=connection,
        )
        html = render_to_string("klk_workflow/mail/event.html", context)
    message.attach_alternative(html, "text/html")
    return message


def _context(mail: OutboxMail) -> dict[str, Any]:
    event, document = mail.event, mail.event.document.specific
    return {
        "event": event,
        "document": document,
        "done": chain.words(document, event),
        "role": _role(event),
        "office": event.actor_office,
        "due": _due(event),
        "named": _named(event),
        "receipt": _receipt(mail, document),
        "is_beside": event.action in chain.NOTES,
        "link": f"{settings.WAGTAILADMIN_BASE_URL}{_page(event)}",
    }


def _role(event: Event) -> str:
    """In which role it was done."""
    role = _(event.actor_role)
    return _("%(who)s, in Vertretung") % {"who": role} if event.represented_id else role


def _page(event: Event) -> str:
    """Where to go on: the document, or what a second person is asked to confirm there."""
    if event.action == ASKED:
        asked = Removal.objects.filter(document_id=event.document_id, asked_at=event.at)
        return reverse("dokumente:sperrung", args=[asked.get().pk])
    return reverse("dokumente:lesen", args=[event.document_id])


def _named(event: Event) -> str:
    """Who is named, in the mail that tells them."""
    if event.action != NAMED:
        return ""
    users = get_user_model()._default_manager.filter(pk=event.data["person"] or 0)
    return next(map(name_of, users), _("niemand mehr"))


def _receipt(mail: OutboxMail, document: Document) -> str:
    """The receipt, in the mail to whoever submitted."""
    event = mail.event
    if receipts.gives(document, event) and mail.to == _address(event.actor_id):
        return receipts.as_text(document, event)
    return ""


def _due(event: Event) -> datetime | None:
    """The end of the time that a reminder speaks of."""
    return datetime.fromisoformat(event.data["due"]) if "due" in event.data else None
