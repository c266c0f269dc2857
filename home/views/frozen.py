"""What is frozen of a Fassung: JSON, PDF, files; the stored bytes, and 410 once it is withdrawn.

All of it may be kept but is asked for each time (`no-cache`): what never changes may still be
withdrawn, and then no copy on the way may answer in its place.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseGone
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home import cite
from home.cache import CACHE_CONTROL, mark_public
from home.views.editions import find
from klk_workflow import reading

SHOWN_IN_PLACE = {"application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp"}


def of_fassung(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Find the Fassung for a view of one of its parts; 410 in its place if it was withdrawn."""

    @require_safe
    @wraps(view)
    def answer(
        request: HttpRequest, public_type: Any, rest: str, number: int, **kwargs: Any
    ) -> HttpResponseBase:
        shown = find(f"{public_type.slug}/{rest}", number)
        if shown.is_withdrawn:
            return HttpResponseGone(_("Diese Fassung wurde zurückgezogen."), "text/plain")
        response = view(request, shown, **kwargs)
        response.headers["Link"] = f'<{quote(shown.permanent_url())}>; rel="canonical"'
        return response

    return answer


@of_fassung
def content(request: HttpRequest, shown: Any) -> HttpResponse:
    """The frozen content, from which anybody can recompute the digest."""
    response = HttpResponse(shown.json, content_type="application/json")
    response.headers["ETag"] = f'"{shown.digest}"'
    return mark_public(request, response, shown.published_at, of=[f"edition:{shown.path}"])


@of_fassung
def bibtex(request: HttpRequest, shown: Any) -> HttpResponse:
    """The citation of a Fassung for bibliography programs."""
    response = HttpResponse(cite.bibtex(shown), content_type="application/x-bibtex")
    response.headers["Content-Disposition"] = f'attachment; filename="{cite.key(shown)}.bib"'
    return mark_public(request, response, of=[f"edition:{shown.path}"])


@of_fassung
def pdf(request: HttpRequest, shown: Any) -> HttpResponseBase:
    """The Fassung as PDF, byte by byte as it was made once."""
    found = reading.find_pdf(shown)
    if found is None:
        raise Http404
    return _stored(request, found, "application/pdf", found.made_at)


@of_fassung
def file(request: HttpRequest, shown: Any, sha256: str, name: str) -> HttpResponseBase:
    """A file of a Fassung. The digest finds it; its name in the address is for people."""
    found = reading.find_file(shown, sha256)
    if found is None or found.name != name:
        raise Http404
    return _stored(request, found, found.mime, shown.published_at)


def _stored(request: HttpRequest, found: Any, mime: str, since: datetime) -> HttpResponseBase:
    etag = f'"{found.sha256}"'
    response = get_conditional_response(
        request, etag=etag, last_modified=int(since.timestamp())
    ) or FileResponse(
        found.open(),
        as_attachment=mime not in SHOWN_IN_PLACE,
        filename=found.name,
        content_type=mime,
    )
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(since.timestamp())
    return response
