"""The cache of whole public pages.

The middleware stands before all others, and what they add to a page is kept with it. Each process
keeps the pages it made in its own memory, with the generation they were made in; the number of the
generation in force lies in the cache that all processes share, where each looks at most a hundred
times a second. A view offers its answer with `mark_public` and says what it was made `of`; each
publish names what it changed and begins a new generation. A page of an older generation is looked
at once more: if nothing it was made of has changed, it goes over into the new one, else it is never
served again. A page that does not say what it was made of goes with every change.
"""

import gzip
import hashlib
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, ResponseHeaders
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe

from home import facets

GENERATION = "home:generation"
LIFETIME = 3600  # seconds; a bound for what no signal tells, the turn of the year for instance
LOOK_EVERY = 0.01  # seconds; no longer than an answer is on its way
CACHE_CONTROL = "public, no-cache"  # keep, but ask each time whether it still holds
MOST_PAGES = 1000
PARAMETERS = facets.PARAMETERS | {"seite"}  # others make no page of their own and are not kept
GONE = 410
CONDITIONS = (
    "HTTP_IF_MATCH",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_UNMODIFIED_SINCE",
)

#: What pages are made of, besides single ones ("page:7", "edition:laenderberichte/nw/2026-1",
#: "type:laenderbericht", "land:nw"): the frame around all, any Edition, any page of the website.
FRAME, EDITIONS, PAGES = "frame", "editions", "pages"

Handler = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True)
class Kept:
    """An answer as it is kept, plain and packed; `until` on the monotonic clock.

    `parts` are the marks of what it was made of as they were then; None: of anything.
    """

    generation: str
    parts: dict[str, str] | None
    until: float
    status: int
    plain: "Form"
    packed: "Form"


@dataclass(frozen=True)
class Form:
    """One form of an answer, ready to be sent as often as wanted: nobody changes its headers."""

    body: bytes
    headers: ResponseHeaders


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
    _Seen.last = None


def kept_until_changed(name: str, parts: Iterable[str], make: Callable[[], Any]) -> Any:
    """What many pages share, made once for all processes, until one of these parts changes."""
    marks = _marks(parts).values()  # looked at first: what changes meanwhile is made anew
    return cache.get_or_set(":".join(("home", name, *marks)), make, LIFETIME)


def page_cache(get_response: Handler) -> Handler:
    """Serve what is kept; keep what views offer."""
    pages: dict[tuple[str, ...], Kept] = {}

    def respond(request: HttpRequest) -> HttpResponseBase:
        if not _may_be_asked(request):
            return get_response(request)
        generation = _generation_of_late()
        address = _address(request)
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


def _address(request: HttpRequest) -> tuple[str, ...]:
    """What tells kept pages apart. An answer for a host that is refused is never kept."""
    asked = request.META
    host = asked.get("HTTP_HOST") or request.get_host()
    return str(request.scheme), host, request.path, asked.get("QUERY_STRING", "")


class _Seen:
    """The generation as this process last saw it, and when on the monotonic clock."""

    last: tuple[str, float] | None = None


def _generation_of_late() -> str:
    """The generation in force, or a moment ago: a look costs a third of what a kept page does."""
    now, last = time.monotonic(), _Seen.last
    if last is not None and now < last[1] + LOOK_EVERY:
        return last[0]
    generation = _generation()
    _Seen.last = (generation, now)
    return generation


def _generation() -> str:
    return str(cache.get(GENERATION) or _new_mark(GENERATION))


def _marks(parts: Iterable[str]) -> dict[str, str]:
    """The marks in force; one that the cache has lost is made anew, which counts as a change."""
    names = {part: f"{GENERATION}:{part}" for part in parts}
    found = cache.get_many(names.values())
    return {part: found.get(name) or _new_mark(name) for part, name in names.items()}


def _new_mark(name: str) -> str:
    return str(cache.get_or_set(name, uuid.uuid4().hex, None))


def _still_good(kept: Kept | None, generation: str) -> Kept | None:
    """The page, taken over into this generation if nothing it was made of has changed."""
    if kept is None or time.monotonic() >= kept.until:
        return None
    if kept.generation == generation:
        return kept
    if kept.parts is None or _marks(kept.parts) != kept.parts:
        return None
    return replace(kept, generation=generation)


def _parts_of(response: HttpResponseBase, generation: str) -> dict[str, str] | None:
    """What the answer was made of; None as well if something changed while it was made."""
    made_of = getattr(response, "made_of", None)
    if made_of is None:
        return None
    marks = _marks(made_of)
    return marks if _generation() == generation else None


def _may_be_asked(request: HttpRequest) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and not request.path.startswith(settings.STATIC_URL)
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
    # Weak, because the plain and the packed answer share it.
    etag = headers.setdefault("ETag", f'W/"{hashlib.sha256(body).hexdigest()[:32]}"')
    packed = gzip.compress(body, mtime=0)
    packed_headers = {
        **headers,
        "Content-Length": str(len(packed)),
        "Content-Encoding": "gzip",
        "ETag": etag if etag.startswith("W/") else f'{etag[:-1]}-gzip"',
    }
    return Kept(
        generation=generation,
        parts=_parts_of(response, generation),
        until=time.monotonic() + LIFETIME,
        status=response.status_code,
        plain=Form(body, ResponseHeaders({**headers, "Content-Length": str(len(body))})),
        packed=Form(packed, ResponseHeaders(packed_headers)),
    )


def _answer(request: HttpRequest, kept: Kept) -> HttpResponseBase:
    asked = request.META
    form = kept.packed if "gzip" in asked.get("HTTP_ACCEPT_ENCODING", "") else kept.plain
    response = HttpResponse(
        form.body, status=kept.status, content_type=form.headers["Content-Type"]
    )
    response.headers = form.headers
    if kept.status == GONE or not any(name in asked for name in CONDITIONS):
        return response
    etag, last_modified = form.headers["ETag"], None
    if not etag.startswith("W/"):  # frozen bytes; of a page, the day says nothing about its frame
        last_modified = parse_http_date_safe(form.headers.get("Last-Modified", ""))
    return get_conditional_response(request, etag, last_modified, response) or response
