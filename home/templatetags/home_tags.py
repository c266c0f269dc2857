"""Template tags of the public website."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from home import conf, files
from home.tiles import TileMap
from klk_workflow import reading

register = template.Library()

register.simple_tag(conf.exit_url, name="exit_url")
register.simple_tag(conf.operator, name="operator")
register.simple_tag(reading.public_types, name="public_types")
register.filter("file_facts", files.facts)


@register.inclusion_tag("home/parts/tile_map.html")
def tile_map(figure: TileMap) -> dict[str, Any]:
    """Draw the sixteen tiles, their legend and the same as a table."""
    return {"map": figure}


@register.inclusion_tag("home/parts/menu.html", takes_context=True)
def main_menu(context: dict[str, Any]) -> dict[str, Any]:
    """The main menu: what the site always has, then the pages that editors put there."""
    request = context.get("request")
    fixed = [
        {"title": _("Länder"), "url": reverse("home:laender")},
        {"title": _("Berichte und Pläne"), "url": reverse("home:overview")},
    ]
    path = request.path if request else ""
    own = [public_type.slug for public_type in reading.public_types()]
    entries = fixed + _menu_pages(request)
    for entry in entries:
        entry["is_here"] = path.startswith(entry["url"])
    fixed[1]["is_here"] = fixed[1]["is_here"] or path.strip("/").split("/")[0] in own
    return {"entries": entries, "path": path}


def _menu_pages(request: HttpRequest | None) -> list[dict[str, Any]]:
    site = Site.find_for_request(request) if request else None
    if site is None:
        return []
    pages = site.root_page.get_children().live().in_menu()
    return [{"title": page.title, "url": page.get_url(request)} for page in pages]
