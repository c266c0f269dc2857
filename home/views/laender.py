"""The sixteen Länder: who coordinates there, what was published."""

from collections import defaultdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home import tiles
from home.cache import EDITIONS, PAGES, mark_public
from home.models import MaterialPage
from home.models.base import spoken
from klk_workflow import reading


@require_safe
def all_laender(request: HttpRequest) -> HttpResponse:
    """Map and list of all Länder with their offices."""
    offices = defaultdict(list)
    for office in reading.offices():
        offices[office.land].append(office)
    types = reading.public_types()
    context = {
        "laender": [{"land": land, "offices": offices[land.code]} for land in reading.laender()],
        "tile_map": tiles.latest_editions(types[0]) if types else None,
    }
    response = render(request, "home/laender.html", context)
    return mark_public(request, response, of=[EDITIONS])


@require_safe
def one_land(request: HttpRequest, slug: str) -> HttpResponse:
    """One Land: its offices and everything it has published here."""
    land = next((land for land in reading.laender() if land.slug == slug), None)
    if land is None:
        raise Http404
    materials = MaterialPage.objects.live().filter(land=land.code, **spoken())
    context = {
        "land": land,
        "offices": reading.offices(land.code),
        "shelves": [_shelf(public_type, land) for public_type in reading.public_types()],
        "laender": reading.laender(),
        "materials": materials.order_by("title"),
    }
    return mark_public(
        request, render(request, "home/land.html", context), of=[f"land:{land.code}", PAGES]
    )


def _shelf(public_type: Any, land: Any) -> dict[str, Any]:
    editions = reading.editions(type_key=public_type.key, land=land.code)
    return {"type": public_type, "editions": editions}
