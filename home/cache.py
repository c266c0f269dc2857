"""The cache of whole public pages.

The middleware stands before everything that costs. Each process keeps the pages it made in its own
memory, with the generation they were made in; the number of the generation in force lies in the
cache that all processes share. So a kept page costs one small look-up there. A view offers its
answer with `mark_public` and says what it was made `of`; each publish names what it changed and
begins a new generation. A page of an older generation is looked at once more: if nothing it was
made of has changed, it goes over into the new one, else it is never served again. A page that does
not say what it was made of goes with every change.
"""

import gzip
import hashlib
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

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

#: What pages are made of, besides single ones ("page:7", "edition:laenderberichte/nw/2026-1",
#: "type:laenderbericht", "land:nw"): the frame around all, any Edition, any page of the website.
FRAME, EDITIONS, PAGES = "frame", "editions", "pages"

Handler = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True)
class Kept:
    """An answer as it is kept, plain and compressed; `until` on the monotonic clock.

    `parts` are the marks of what it was made of as they were then; None: of anything.
    """

    generation: str
    parts: dict[str, str | None] | None
    until: float
    status: int
    headers: dict[str, str]
    body: bytes
    packed: bytes


def mark_public(
    request: HttpRequest,
    response: HttpResponse,
    changed: datetime | None = None,
    *,
    of: Iterable[str] | None = None,
) -> HttpResponse:
    """Let this answer be kept, unless it was made for somebody who is logged in.

    `of` says what it was made of, the frame always included; None: of anything.
    """
    if of is not None:
        response.made_of = {FRAME, *of}  # type: ignore[attr-defined]
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        response.headers["Cache-Control"] = CACHE_CONTROL
        if changed:
            response.headers["Last-Modified"] = http_date(changed.timestamp())
    return response


def forget(*parts: str) -> None:
    """Say, once the change is really there, that these parts changed; none: everything did."""
    transaction.on_commit(lambda: _mark(parts or (FRAME,)))


def _mark(parts: Iterable[str]) -> None:
    # The parts first: whoever sees the new generation sees their new marks, too.
    cache.set_many({f"{GENERATION}:{part}": uuid.uuid4().hex for part in parts}, None)
    cache.set(GENERATION, uuid.uuid4().hex, None)


def page_cache(get_response: Handler) -> Handler:
    """Serve what is kept; keep what views offer."""
    pages: dict[tuple[str, ...], Kept] = {}

    def respond(request: HttpRequest) -> HttpResponseBase:
        if not _may_be_asked(request):
            return get_response(request)
        generation = _generation()
        address = (str(request.scheme), request.get_host(), request.get_full_path())
        kept = _still_good(pages.get(address), generation)
        if kept:
            pages[address] = kept
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


def _marks(parts: Iterable[str]) -> dict[str, str | None]:
    """The marks in force; None for one that the cache has lost, which counts as a change."""
    names = {part: f"{GENERATION}:{part}" for part in parts}
    found = cache.get_many(names.values())
    return {part: found.get(name) for part, name in names.items()}


def _still_good(kept: Kept | None, generation: str) -> Kept | None:
    """The page, taken over into this generation if nothing it was made of has changed."""
    if kept is None or time.monotonic() >= kept.until:
        return None
    if kept.generation == generation:
        return kept
    if kept.parts is None or _marks(kept.parts) != kept.parts:
        return None
    return replace(kept, generation=generation)


def _parts_of(response: HttpResponseBase, generation: str) -> dict[str, str | None] | None:
    """What the answer was made of; None as well if something changed while it was made."""
    made_of = getattr(response, "made_of", None)
    if made_of is None:
        return None
    marks = _marks(made_of)
    for part in [part for part, mark in marks.items() if mark is None]:
        marks[part] = cache.get_or_set(f"{GENERATION}:{part}", uuid.uuid4().hex, None)
    return marks if _generation() == generation else None


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
        parts=_parts_of(response, generation),
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
