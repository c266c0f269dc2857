"""The cache of whole public pages.

The middleware stands before everything that costs. Each process keeps the pages it made in its own
memory, with the generation they were made in; the number of the generation in force lies in the
cache that all processes share. So a kept page costs one small look-up there. A view offers its
answer with `mark_public`; each publish begins a new generation, and what was kept in an older one
is never served again.
"""

import gzip
import hashlib
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe

from home import facets

GENERATION = "home:generation"
LIFETIME = 3600  # seconds; a bound for what no signal tells, the turn of the year for instance
CACHE_CONTROL = "public, no-cache"  # keep, but ask each time whether it still holds
MOST_PAGES = 1000
PARAMETERS = facets.PARAMETERS | {"seite"}  # others make no page of their own and are not kept
GONE = 410

Handler = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True)
class Kept:
    """An answer as it is kept, plain and compressed; `until` on the monotonic clock."""

    generation: str
    until: float
    status: int
    headers: dict[str, str]
    body: bytes
    packed: bytes


def mark_public(
    request: HttpRequest, response: HttpResponse, changed: datetime | None = None
) -> HttpResponse:
    """Let this answer be kept, unless it was made for somebody who is logged in."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        response.headers["Cache-Control"] = CACHE_CONTROL
        if changed:
            response.headers["Last-Modified"] = http_date(changed.timestamp())
    return response


def forget(**_kwargs: Any) -> None:
    """Begin a new generation once the change is really there."""
    transaction.on_commit(lambda: cache.set(GENERATION, uuid.uuid4().hex, None))


def page_cache(get_response: Handler) -> Handler:
    """Serve what is kept; keep what views offer."""
    pages: dict[tuple[str, ...], Kept] = {}

    def respond(request: HttpRequest) -> HttpResponseBase:
        if not _may_be_asked(request):
            return get_response(request)
        generation = _generation()
        address = (str(request.scheme), request.get_host(), request.get_full_path())
        kept = pages.get(address)
        if kept and kept.generation == generation and time.monotonic() < kept.until:
            return _answer(request, kept)
        response = get_response(request)
        if request.method != "GET" or not _may_be_kept(response):
            return response
        if len(pages) >= MOST_PAGES:
            pages.clear()
        kept = pages[address] = _keep(response, generation)
        return _answer(request, kept)

    return respond


def _generation() -> str:
    found = cache.get(GENERATION)
    return str(found or cache.get_or_set(GENERATION, uuid.uuid4().hex, None))


def connect() -> None:
    """Forget on everything that changes a public page."""
    from django.db.models.signals import post_delete, post_save
    from wagtail.models import Page, Site
    from wagtail.signals import page_published, page_unpublished, post_page_move

    from klk_workflow import reading

    for signal in (page_published, page_unpublished, post_page_move, reading.editions_changed):
        signal.connect(forget, dispatch_uid="home.cache")
    post_save.connect(forget, sender=Site, dispatch_uid="home.cache")
    for model in (Site, Page):
        post_delete.connect(forget, sender=model, dispatch_uid=f"home.cache.{model.__name__}")


def _may_be_asked(request: HttpRequest) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and (not request.META.get("QUERY_STRING") or set(request.GET) <= PARAMETERS)
    )


def _may_be_kept(response: HttpResponseBase) -> bool:
    return (
        isinstance(response, HttpResponse)
        and response.headers.get("Cache-Control") == CACHE_CONTROL
        and response.status_code in {200, GONE}
        and not response.cookies
        and "cookie" not in response.headers.get("Vary", "").lower()
    )


def _keep(response: HttpResponseBase, generation: str) -> Kept:
    body = response.content  # type: ignore[attr-defined]
    patch_vary_headers(response, ["Accept-Encoding"])
    headers = dict(response.headers)
    headers.pop("Content-Length", None)
    # Weak, because the plain and the compressed answer share it.
    headers.setdefault("ETag", f'W/"{hashlib.sha256(body).hexdigest()[:32]}"')
    return Kept(
        generation=generation,
        until=time.monotonic() + LIFETIME,
        status=response.status_code,
        headers=headers,
        body=body,
        packed=gzip.compress(body, mtime=0),
    )


def _answer(request: HttpRequest, kept: Kept) -> HttpResponseBase:
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    body = kept.packed if packed else kept.body
    response = HttpResponse(body, status=kept.status, headers=kept.headers)
    response.headers["Content-Length"] = str(len(body))
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    if kept.status == GONE:
        return response
    etag, last_modified = kept.headers["ETag"], None
    if not etag.startswith("W/"):  # frozen bytes; of a page, the day says nothing about its frame
        last_modified = parse_http_date_safe(kept.headers.get("Last-Modified", ""))
        etag = f'{etag[:-1]}-gzip"' if packed else etag
        response.headers["ETag"] = etag
    return get_conditional_response(request, etag, last_modified, response) or response
