"""Template tags of the public website."""

from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Site

from home import conf, files, languages, news, structured
from home.cache import FRAME, kept_until_changed
from home.tiles import TileMap
from home.vocabularies import LANGUAGES
from klk_workflow import reading

register = template.Library()

register.simple_tag(conf.exit_url, name="exit_url")
register.simple_tag(conf.operator, name="operator")
register.simple_tag(reading.public_types, name="public_types")
register.simple_tag(news.latest, name="latest_news")
register.simple_tag(languages.others, takes_context=True, name="other_languages")
register.simple_tag(languages.forms, takes_context=True, name="forms_of_language")
register.filter("file_facts", files.facts)
register.filter("file_size", files.size)


@register.simple_tag
def structured_data(kind: str, shown: Any = None) -> str:
    """What programs read of this page: `kind` is a function of `home.structured`."""
    describe = getattr(structured, kind)
    return structured.block(describe(shown) if shown is not None else describe())


@register.simple_tag(takes_context=True)
def structured_crumbs(context: dict[str, Any], *steps: str) -> str:
    """The way to this page for programs: titles and paths by turns, then the title of the page."""
    *pairs, here = steps
    way = [(_("Start"), "/"), *zip(pairs[::2], pairs[1::2], strict=True)]
    request = context.get("request")
    way.append((here, request.path if request else "/"))
    known = [(title, path) for title, path in way if title and path]
    return structured.block(structured.crumbs(*known))


@register.simple_tag
def support_pages() -> list[Any]:
    """The published pages for those affected, each form of language a page of its own."""
    from home.models import PersonalSupportPage

    pages = PersonalSupportPage.objects.live().filter(locale__language_code=get_language())
    return list(pages.order_by("path"))


@register.simple_tag
def home_url() -> str:
    """The start page in the language that is spoken: "/" or "/en/"."""
    return reverse("wagtail_serve", args=[""])


@register.filter
def absolute(address: str) -> str:
    """The full address of a page of this site, as those want it who read it elsewhere."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{address}" if address.startswith("/") else address


@register.filter
def language_label(key: str) -> str:
    """Name a language of the vocabulary."""
    return str(LANGUAGES.get(key, key))


@register.inclusion_tag("home/parts/tile_map.html")
def tile_map(figure: TileMap) -> dict[str, Any]:
    """Draw the sixteen tiles, their legend and the same as a table."""
    return {"map": figure}


@register.simple_tag(takes_context=True)
def frame_part(context: dict[str, Any], template_name: str) -> str:
    """A part of the frame that is the same on all pages of a language."""
    request = context.get("request")
    if request is None:  # an error page, which must not depend on anything
        return render_to_string(template_name)
    found: str = kept_until_changed(
        f"{template_name}:{get_language()}",
        [FRAME],
        lambda: render_to_string(template_name, {"request": request}),
    )
    return found


@register.inclusion_tag("home/parts/menu.html", takes_context=True)
def main_menu(context: dict[str, Any]) -> dict[str, Any]:
    """The main menu: what the site always has, then the pages that editors put there."""
    request = context.get("request")
    path = request.path if request else ""
    match = request.resolver_match if request else None
    is_type = match is not None and "public_type" in match.kwargs
    entries = [
        _entry(_("Länder"), reverse("home:laender"), path),
        _entry(_("Berichte und Pläne"), reverse("home:overview"), path, is_here=is_type),
    ]
    if request:
        pages = kept_until_changed(
            f"menu:{request.get_host()}:{get_language()}", [FRAME], lambda: _menu_pages(request)
        )
        entries += [_entry(title, url, path) for title, url in pages]
    return {"entries": entries, "path": path}


def _menu_pages(request: Any) -> list[tuple[str, str]]:
    """Titles and addresses of the pages in the menu."""
    site = Site.find_for_request(request)
    if site is None:
        return []
    root = site.root_page
    if get_language() != settings.LANGUAGE_CODE:
        root = root.localized
    pages = root.get_children().live().in_menu().select_related("locale")
    return [(page.title, page.get_url(request)) for page in pages]


def _entry(title: str, url: str, path: str, *, is_here: bool = False) -> dict[str, Any]:
    return {"title": title, "url": url, "is_here": is_here or path.startswith(url)}
