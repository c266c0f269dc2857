"""The frame around Editions: lists, the current Fassung, each Fassung for ever."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseGone
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home import cite, tiles
from home.cache import CACHE_CONTROL, GONE, mark_public
from klk_workflow import reading

PER_PAGE = 20
SHOWN_IN_PLACE = {"application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp"}


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every kind of document that is published here, with its newest Editions."""
    shelves = [
        {"type": public_type, "editions": reading.editions(type_key=public_type.key)[:3]}
        for public_type in reading.public_types()
    ]
    return mark_public(request, render(request, "home/overview.html", {"shelves": shelves}))


@require_safe
def type_list(request: HttpRequest, public_type: Any) -> HttpResponse:
    """All current Editions of one type, newest first, and the map of the Länder."""
    editions = Paginator(reading.editions(type_key=public_type.key), PER_PAGE)
    context = {
        "type": public_type,
        "editions": editions.get_page(request.GET.get("seite")),
        "tile_map": tiles.latest_editions(public_type, to_edition=True),
    }
    return mark_public(request, render(request, "home/edition_list.html", context))


@require_safe
def edition(
    request: HttpRequest, public_type: Any, rest: str, number: int | None = None
) -> HttpResponse:
    """One Fassung; without a number the current one. What was withdrawn is gone, with a notice."""
    path = f"{public_type.slug}/{rest}"
    shown = _find(path, number)
    fassungen = list(reading.fassungen(path))
    current = next((other for other in fassungen if other.is_current), None)
    context = {
        "type": public_type,
        "edition": shown,
        "fassungen": fassungen,
        "current": current,
        "is_superseded": bool(current and current.number > shown.number),
        "citation": cite.text(shown),
        "proof": [step | {"day": date.fromisoformat(step["on"])} for step in shown.proof],
    }
    if shown.is_withdrawn:
        response = render(request, "home/edition_withdrawn.html", context, status=GONE)
        return mark_public(request, response)
    response = render(request, "home/edition.html", context)
    response.headers["Link"] = _links(shown, fassungen)
    changed = max(other.changed_at for other in fassungen)
    return mark_public(request, response, changed)


def of_fassung(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Find the Fassung for a view of one of its parts; 410 in its place if it was withdrawn."""

    @require_safe
    @wraps(view)
    def answer(
        request: HttpRequest, public_type: Any, rest: str, number: int, **kwargs: Any
    ) -> HttpResponseBase:
        shown = _find(f"{public_type.slug}/{rest}", number)
        if shown.is_withdrawn:
            return HttpResponseGone(_("Diese Fassung wurde zurückgezogen."), "text/plain")
        return view(request, shown, **kwargs)

    return answer


@of_fassung
def frozen_json(request: HttpRequest, shown: Any) -> HttpResponse:
    """The frozen content, from which anybody can recompute the digest."""
    response = HttpResponse(shown.json, content_type="application/json")
    return mark_public(request, response, shown.published_at)


@of_fassung
def bibtex(request: HttpRequest, shown: Any) -> HttpResponse:
    """The citation of a Fassung for bibliography programs."""
    address = request.build_absolute_uri(shown.permanent_url())
    response = HttpResponse(cite.bibtex(shown, address), content_type="application/x-bibtex")
    return mark_public(request, response, shown.published_at)


@of_fassung
def frozen_file(request: HttpRequest, shown: Any, sha256: str, name: str) -> HttpResponseBase:
    """A file of a Fassung. The digest finds it; its name in the address is for people."""
    found = reading.find_file(shown, sha256)
    if found is None or found.name != name:
        raise Http404
    etag = f'"{found.sha256}"'
    response = get_conditional_response(request, etag=etag) or FileResponse(
        found.open(),
        as_attachment=found.mime not in SHOWN_IN_PLACE,
        filename=found.name,
        content_type=found.mime,
    )
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.headers["ETag"] = etag
    return response


def _find(path: str, number: int | None) -> Any:
    found = reading.find(path, number)
    if found is None:
        raise Http404
    return found


def _links(shown: Any, fassungen: list[Any]) -> str:
    near = {other.number - shown.number: other.permanent_url() for other in fassungen}
    targets = {
        "latest-version": shown.get_absolute_url(),
        "version-history": f"{shown.get_absolute_url()}#fassungen",
        "predecessor-version": near.get(-1),
        "successor-version": near.get(1),
    }
    return ", ".join(f'<{url}>; rel="{rel}"' for rel, url in targets.items() if url)
