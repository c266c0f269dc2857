"""The frame around Editions: lists, the current Fassung, each Fassung for ever."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home import cite, facets, tiles
from home.cache import EDITIONS, GONE, mark_public
from home.facets import Choice
from klk_workflow import reading

PER_PAGE = 20
_COLUMNS = tuple(facet.column for facet in facets.EDITION)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every kind of document that is published here, with its newest Editions and their number."""
    choice = Choice.from_query(request.GET, facets.EDITION)
    rows = facets.grouped(reading.editions(), "type_key", *_COLUMNS)
    context = {
        "shelves": [_shelf(known, rows, choice) for known in reading.public_types()],
        "facets": facets.counted(rows, choice),
        "choice": choice,
    }
    return mark_public(request, render(request, "home/overview.html", context), of=[EDITIONS])


def _shelf(public_type: Any, rows: list[Any], choice: Choice) -> dict[str, Any]:
    chosen = reading.editions(type_key=public_type.key).filter(choice.condition())
    fitting = (row for row in rows if row["type_key"] == public_type.key and choice.admits(row))
    number = sum(row["n"] for row in fitting)
    return {"type": public_type, "editions": chosen[:3], "number": number}


@require_safe
def type_list(request: HttpRequest, public_type: Any) -> HttpResponse:
    """The current Editions of one type, newest first, and the map of the Länder."""
    choice = Choice.from_query(request.GET, facets.EDITION)
    found = reading.editions(type_key=public_type.key)
    rows = facets.grouped(found, *_COLUMNS)
    editions = Paginator(found.filter(choice.condition()), PER_PAGE)
    editions.count = sum(row["n"] for row in rows if choice.admits(row))
    context = {
        "type": public_type,
        "editions": editions.get_page(request.GET.get("seite")),
        "facets": facets.counted(rows, choice),
        "choice": choice,
        "tile_map": tiles.latest_editions(public_type, to_edition=True)
        if public_type.by_land
        else None,
    }
    return mark_public(
        request, render(request, "home/edition_list.html", context), of=[f"type:{public_type.key}"]
    )


@require_safe
def edition(
    request: HttpRequest, public_type: Any, rest: str, number: int | None = None
) -> HttpResponse:
    """One Fassung; without a number the current one. What was withdrawn is gone, with a notice."""
    path = f"{public_type.slug}/{rest}"
    shown = find(path, number)
    fassungen = list(reading.fassungen(path))
    current = next((other for other in fassungen if other.is_current), None)
    context = {
        "type": public_type,
        "edition": shown,
        "fassungen": fassungen,
        "current": current,
        "is_superseded": bool(current and current.number > shown.number),
        "citation": cite.text(shown),
        "bibtex": cite.bibtex(shown),
        "pdf": reading.find_pdf(shown),
    }
    if shown.is_withdrawn:
        response = render(request, "home/edition_withdrawn.html", context, status=GONE)
    else:
        response = render(request, "home/edition.html", context)
    response.headers["Link"] = _links(shown, fassungen)
    changed = max(other.changed_at for other in fassungen)
    return mark_public(request, response, changed, of=[f"edition:{path}"])


@require_safe
def changes(
    request: HttpRequest, public_type: Any, rest: str, number: int, older: int
) -> HttpResponse:
    """What changed from an older Fassung to this one; gone where one of them was withdrawn."""
    path = f"{public_type.slug}/{rest}"
    if older >= number:
        raise Http404
    old, new = find(path, older), find(path, number)
    fassungen = list(reading.fassungen(path))
    context = {"type": public_type, "edition": new, "old": old, "fassungen": fassungen}
    if old.is_withdrawn or new.is_withdrawn:
        context["withdrawn"] = new if new.is_withdrawn else old
        response = render(request, "home/edition_changes_gone.html", context, status=GONE)
    else:
        context["changes"] = reading.changes(old, new)
        context["is_next"] = number == older + 1
        response = render(request, "home/edition_changes.html", context)
    return mark_public(request, response, max(other.changed_at for other in fassungen))


def find(path: str, number: int | None) -> Any:
    """The Fassung of an address; Http404 if there is none."""
    found = reading.find(path, number)
    if found is None:
        raise Http404
    return found


def _links(shown: Any, fassungen: list[Any]) -> str:
    """Where the other Fassungen are, for machines (RFC 5829)."""
    near = {other.number - shown.number: other.permanent_url() for other in fassungen}
    targets = {
        "latest-version": shown.get_absolute_url(),
        "version-history": f"{shown.get_absolute_url()}#fassungen",
        "predecessor-version": near.get(-1),
        "successor-version": near.get(1),
    }
    return ", ".join(f'<{url}>; rel="{rel}"' for rel, url in targets.items() if url)
