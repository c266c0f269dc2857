"""The same page in another language: a translation that is published, or the start page there."""

from collections.abc import Iterator
from typing import Any

from django.urls import translate_url
from django.utils.translation import get_language, get_language_info

from home.models import HomePage


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
