"""What was seen (If-Match), and what was asked before (Idempotency-Key)."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from klk_workflow import clock
from klk_workflow.api.problems import ConditionMissing, KeyReused
from klk_workflow.models import IdempotentRequest


def seen(request: HttpRequest) -> str:
    """The one entity tag in If-Match, without quotes; ConditionMissing if there is none."""
    tag = request.headers.get("If-Match", "").strip()
    if not tag or tag == "*":
        raise ConditionMissing
    return tag.removeprefix("W/").strip('"')


def once(request: Any, act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Carry the act out, or give its first answer again if the Idempotency-Key came before.

    Only what was done is remembered, in the act's own transaction; what was refused may be tried
    again. KeyReused if the key belongs to another request.
    """
    key = request.headers.get("Idempotency-Key", "")[:100]
    if not key:
        return act()
    mine = IdempotentRequest.objects.filter(token=request.auth, key=key)
    fingerprint = _fingerprint(request)
    try:
        with transaction.atomic():
            known = mine.first()
            if known is None:
                answer = act()
                IdempotentRequest.objects.create(
                    token=request.auth,
                    key=key,
                    fingerprint=fingerprint,
                    answer=answer,
                    created_at=clock.now(),
                )
                return answer
    except IntegrityError:
        known = mine.get()
    if known.fingerprint != fingerprint:
        raise KeyReused
    return dict(known.answer)


def _fingerprint(request: HttpRequest) -> str:
    said = [request.method, request.path, request.headers.get("If-Match", "")]
    return sha256(json.dumps(said).encode() + request.body).hexdigest()
