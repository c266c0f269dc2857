"""Other languages and forms of language: the same page in another one, or where it begins."""

from collections.abc import Iterator
from typing import Any

from django.db.models.functions import Coalesce
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page

from home.cache import FRAME, kept_until_changed
from home.models import HomePage
from home.models.base import STANDARD, spoken

BELOW_START = 3  # depth of the pages whose change renews the frame of all


def others(context: dict[str, Any]) -> list[dict[str, Any]]:
    """One entry for each other language this site speaks: `code`, `name`, `url`, `is_same`.

    `is_same` says whether the address shows this very page.
    """
    request = context.get("request")
    if request is None or "edition" in context:  # a Fassung is in the language it was approved in
        return []
    homes = HomePage.objects.live().select_related("locale")
    homes = homes.exclude(locale__language_code=get_language())
    same = dict(_same(context.get("page"), request, [h.locale.language_code for h in homes]))
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "url": same.get(code, home.url),
            "is_same": code in same,
        }
        for home in homes
        for code in (home.locale.language_code,)
    ]


def _same(page: Any, request: Any, codes: list[str]) -> Iterator[tuple[str, str]]:
    if page is not None and codes:
        for other in page.get_translations().live().select_related("locale"):
            yield other.locale.language_code, other.url
    elif request.resolver_match and request.resolver_match.namespace == "home":
        for code in codes:
            yield code, translate_url(request.path, code)


def forms(context: dict[str, Any]) -> list[tuple[str, str]]:
    """Address and form of the pages with which easy and sign language begin, of each the first."""
    request = context.get("request")
    if request is None:
        return []
    name = f"forms:{request.get_host()}:{get_language()}"
    found: list[tuple[str, str]] = kept_until_changed(name, [FRAME], lambda: _forms(request))
    return found


def _forms(request: Any) -> list[tuple[str, str]]:
    form = Coalesce("standardpage__variety", "personalsupportpage__variety")
    pages = Page.objects.live().filter(depth=BELOW_START, **spoken()).annotate(form=form)
    pages = pages.filter(form__gt=STANDARD).select_related("locale").order_by("form", "-path")
    first = {page.form: page for page in pages}
    return [(page.get_url(request), form) for form, page in first.items()]
