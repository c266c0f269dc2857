"""Messages to other programs: signed after the Standard Webhooks specification, tried again."""

import base64
import hmac
import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

import requests
from django.conf import settings
from django.db import transaction

from klk_workflow import clock
from klk_workflow.models import Delivery

#: Minutes until the next attempt; after the last the message stays for a person to look at.
WAITS = (1, 5, 30, 120, 600, 1440)
TIMEOUT = 10  # seconds


def send_due(limit: int = 50) -> int:
    """Send what is due, oldest first; give the number that arrived."""
    due = Delivery.objects.filter(sent_at=None, due_at__lte=clock.now(), webhook__is_active=True)
    due = due.filter(attempts__lte=len(WAITS)).order_by("pk")
    return sum(_send(pk) for pk in list(due.values_list("pk", flat=True)[:limit]))


def send_again(row: Delivery) -> None:
    """Let the worker try a message that did not arrive once more, from the first attempt on."""
    unsent = Delivery.objects.filter(pk=row.pk, sent_at=None)
    unsent.update(attempts=0, due_at=clock.now())


def _send(pk: int) -> bool:
    """Send one under its lock, so that no second worker sends it meanwhile."""
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(skip_locked=True, of=("self",))
        row = rows.select_related("webhook", "event__document").filter(pk=pk, sent_at=None).first()
        if row is None:
            return False
        row.attempts += 1
        arrived, row.answer = _post(row)
        if arrived:
            row.sent_at = clock.now()
        elif row.attempts <= len(WAITS):
            row.due_at = clock.now() + timedelta(minutes=WAITS[row.attempts - 1])
        row.save(update_fields=["attempts", "answer", "sent_at", "due_at"])
        return arrived


def _post(row: Delivery) -> tuple[bool, str]:
    body = json.dumps(payload(row), ensure_ascii=False).encode()
    moment = str(int(clock.now().timestamp()))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "klk-webhook/1",
        "webhook-id": str(row.message_id),
        "webhook-timestamp": moment,
        "webhook-signature": signature(row.webhook.secret, str(row.message_id), moment, body),
    }
    try:
        answer = requests.post(
            row.webhook.url, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False
        )
    except requests.RequestException as error:
        return False, str(error)[:300]
    return answer.ok and not answer.is_redirect, f"{answer.status_code} {answer.reason}"[:300]


def signature(secret: str, message_id: str, moment: str, body: bytes) -> str:
    """The value of `webhook-signature`: version 1, HMAC-SHA-256 over id, time and body."""
    signed = b".".join([message_id.encode(), moment.encode(), body])
    digest = hmac.new(secret.encode(), signed, sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def payload(row: Delivery) -> dict[str, Any]:
    """What is told: that something happened, to what and on which content; no text, no names."""
    event, document = row.event, row.event.document
    return {
        "type": f"document.{event.action}",
        "timestamp": event.at.isoformat(),
        "data": {
            "document": document.pk,
            "key": document.natural_key,
            "document_type": document.type_key,
            "action": event.action,
            "from_state": event.from_state,
            "to_state": event.to_state,
            "digest": event.digest,
            "edition": event.edition_number,
            "seq": event.seq,
            "hash": event.hash,
            "url": f"{settings.WAGTAILADMIN_BASE_URL}/api/v1/documents/{document.pk}",
        },
    }
