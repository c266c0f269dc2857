"""What goes wrong, as problem details (RFC 9457)."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from klk_workflow.extending.isolation import OutOfOrder
from klk_workflow.refusals import (
    Conflict,
    ContentChanged,
    NotAllowed,
    Refused,
    WrongState,
)

#: Which kind of refusal is which problem: its name in `type`, and the status.
_REFUSALS: list[tuple[type[Refused], str, HTTPStatus]] = [
    (NotAllowed, "not-allowed", HTTPStatus.FORBIDDEN),
    (WrongState, "wrong-state", HTTPStatus.CONFLICT),
    (ContentChanged, "content-changed", HTTPStatus.PRECONDITION_FAILED),
    (Conflict, "part-changed", HTTPStatus.PRECONDITION_FAILED),
    (Refused, "blocked", HTTPStatus.UNPROCESSABLE_ENTITY),
]


class Forbidden(Exception):
    """The token lacks the scope."""

    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


class ConditionMissing(Exception):
    """A change names no content that was seen (RFC 6585)."""


class KeyReused(Exception):
    """An Idempotency-Key came before with another request."""


def problem(name: str, status: HTTPStatus, detail: str, **more: Any) -> HttpResponse:
    """A problem as JSON; `name` completes the `type`, a URN of ours."""
    body = {
        "type": f"urn:klk:problem:{name}",
        "title": status.phrase,
        "status": int(status),
        "detail": detail,
        **more,
    }
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/problem+json"
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


def handle(api: NinjaAPI) -> None:
    """Tell the API how each exception is answered."""
    handlers: list[tuple[type[Exception], Callable[..., HttpResponse]]] = [
        (Refused, _refused),
        (Http404, _not_found),
        (AuthenticationError, _unknown),
        (Forbidden, _forbidden),
        (ConditionMissing, _condition_missing),
        (KeyReused, _key_reused),
        (OutOfOrder, _out_of_order),
        (ValidationError, _invalid),
        (HttpError, _http_error),
    ]
    for kind, answer in handlers:
        api.add_exception_handler(kind, answer)


def _refused(_request: HttpRequest, refusal: Refused) -> HttpResponse:
    name, status = next((n, s) for kind, n, s in _REFUSALS if isinstance(refusal, kind))
    return problem(name, status, str(refusal), reasons=[str(r) for r in refusal.reasons])


def _not_found(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem("not-found", HTTPStatus.NOT_FOUND, _("Das gibt es nicht."))


def _unknown(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    said = _("Der Zugang fehlt, ist unbekannt oder abgelaufen.")
    return problem("unauthorized", HTTPStatus.UNAUTHORIZED, said)


def _forbidden(_request: HttpRequest, error: Forbidden) -> HttpResponse:
    said = _("Diesem Zugang fehlt das Recht „%(scope)s“.") % {"scope": error.scope}
    return problem("scope-missing", HTTPStatus.FORBIDDEN, said)


def _condition_missing(_request: HttpRequest, _error: ConditionMissing) -> HttpResponse:
    said = _("Bitte nennen Sie in If-Match die Prüfsumme des Inhalts, den Sie gesehen haben.")
    return problem("condition-missing", HTTPStatus.PRECONDITION_REQUIRED, said)


def _key_reused(_request: HttpRequest, _error: KeyReused) -> HttpResponse:
    said = _("Dieser Idempotency-Key gehört zu einer anderen Anfrage.")
    return problem("key-reused", HTTPStatus.UNPROCESSABLE_ENTITY, said)


def _out_of_order(_request: HttpRequest, _error: OutOfOrder) -> HttpResponse:
    said = _("Diese Dokumentart ist gerade außer Betrieb. Bitte versuchen Sie es später wieder.")
    return problem("out-of-order", HTTPStatus.SERVICE_UNAVAILABLE, said)


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    said = _("Die Anfrage hat nicht die erwartete Form.")
    fields = [{"at": [str(p) for p in e["loc"]], "what": e["msg"]} for e in error.errors]
    return problem("invalid", HTTPStatus.BAD_REQUEST, said, fields=fields)


def _http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem("invalid", HTTPStatus(error.status_code), str(error))
