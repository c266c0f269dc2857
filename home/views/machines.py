"""What programs ask a site for: what there is, what they may read, whom to write to."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as answer_sitemap
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap as PageSitemap

from home import catalogue, conf
from home.cache import EDITIONS, PAGES, mark_public
from klk_workflow import reading

FIXED = ("laender", "overview", "help", "traces", "approval", "imprint", "privacy", "accessibility")
VALID_FOR = timedelta(days=180)


class FixedPages(Sitemap):  # type: ignore[type-arg]
    """Pages that are always there, and the sixteen Länder."""

    def items(self) -> list[str]:
        """Their addresses."""
        laender = [reverse("home:land", args=[land.slug]) for land in reading.laender()]
        types = [reverse("home:type", args=[kind]) for kind in reading.public_types()]
        return [*(reverse(f"home:{name}") for name in FIXED), *types, *laender]

    def location(self, item: str) -> str:
        """An address is its own location."""
        return item


class Editions(Sitemap):  # type: ignore[type-arg]
    """The current Fassungen."""

    limit = 10_000

    def items(self) -> Any:
        """All that are shown in lists."""
        return reading.editions()

    def lastmod(self, item: Any) -> datetime:
        """When it was published."""
        return item.published_at  # type: ignore[no-any-return]


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """All public pages, with the day each changed."""
    parts = {"pages": PageSitemap(request), "fixed": FixedPages(), "editions": Editions()}
    response = answer_sitemap(request, parts).render()
    del response.headers["X-Robots-Tag"]
    return mark_public(request, response, of=[EDITIONS, PAGES])


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everybody may read everything; in the member area there is nothing to find."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /konto/", ""]
    lines.append(f"Sitemap: {settings.WAGTAILADMIN_BASE_URL}{reverse('home:sitemap')}")
    return _text(request, lines)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole (RFC 9116)."""
    contact = conf.operator().email
    base = settings.WAGTAILADMIN_BASE_URL
    expires = (timezone.now() + VALID_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [f"Contact: mailto:{contact}"] if contact else [f"Contact: {base}/impressum/"]
    lines += [
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: de, en",
        f"Canonical: {base}{reverse('home:security')}",
    ]
    return _text(request, lines)


@require_safe
def data_catalogue(request: HttpRequest) -> HttpResponse:
    """The Editions as data sets for open data portals (DCAT-AP.de, JSON-LD)."""
    response = JsonResponse(catalogue.build(), json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Type"] = "application/ld+json"
    return mark_public(request, response, of=[EDITIONS])


def _text(request: HttpRequest, lines: list[str]) -> HttpResponse:
    body = "\n".join([*lines, ""])
    return mark_public(request, HttpResponse(body, content_type="text/plain; charset=utf-8"), of=())
