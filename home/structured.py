"""What search engines and programs read out of a page (schema.org as JSON-LD).

A block of data, no script: nothing of it is ever run. Pages for those affected have none, and
there are no pictures: a preview could give away what somebody reads.
"""

import json
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe

from home import conf

# Inside a <script> these would end it or begin another; JSON knows them in this form too.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def block(data: dict[str, Any]) -> SafeString:
    """Wrap data for the head of a page."""
    text = json.dumps({"@context": "https://schema.org"} | data, ensure_ascii=False, default=str)
    safe = text.translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{safe}</script>')  # noqa: S308


def organisation() -> dict[str, Any]:
    """Who speaks here."""
    return {
        "@type": "Organization",
        "@id": f"{settings.WAGTAILADMIN_BASE_URL}/#klk",
        "name": "Konferenz der Landeskoordinierungsstellen zu häuslicher Gewalt (KLK)",
        "alternateName": "KLK",
        "url": f"{settings.WAGTAILADMIN_BASE_URL}/",
    }


def website() -> dict[str, Any]:
    """The site as a whole."""
    return {
        "@type": "WebSite",
        "name": "KLK",
        "url": f"{settings.WAGTAILADMIN_BASE_URL}/",
        "inLanguage": translation.get_language(),
        "publisher": organisation() | {"legalName": conf.operator().name},
    }


def edition(shown: Any) -> dict[str, Any]:
    """A Fassung."""
    data = {
        "@type": "Report",
        "@id": shown.permanent_address,
        "headline": shown.title,
        "url": shown.permanent_address,
        "reportNumber": str(shown.number),
        "version": str(shown.number),
        "datePublished": _moment(shown.published_at),
        "dateModified": _moment(shown.changed_at),
        "inLanguage": "de",
        "description": shown.summary,
        "author": [{"@type": "Organization", "name": name} for name in shown.offices],
        "publisher": organisation(),
        "isAccessibleForFree": True,
    }
    if shown.land:
        data["spatialCoverage"] = {"@type": "AdministrativeArea", "name": shown.land_name}
    return data


def material(page: Any) -> dict[str, Any]:
    """A publication, a guide, a training."""
    data = {
        "@type": "LearningResource",
        "@id": page.full_url,
        "name": page.title,
        "url": page.full_url,
        "description": page.summary,
        "learningResourceType": page.get_medium_display(),
        "inLanguage": page.language,
        **_published(page),
        "audience": [
            {"@type": "Audience", "audienceType": label} for label in page.profession_labels
        ],
        "publisher": organisation(),
        "isAccessibleForFree": True,
    }
    if page.licence_url:
        data["license"] = page.licence_url
    if goals := getattr(page, "goals", []):
        data["teaches"] = goals
    return data


def news(page: Any) -> dict[str, Any]:
    """A piece of news."""
    return {
        "@type": "NewsArticle",
        "@id": page.full_url,
        "headline": page.title,
        "description": page.summary,
        "url": page.full_url,
        **_published(page),
        "datePublished": _moment(page.on),
        "author": organisation(),
        "publisher": organisation(),
    }


def event(page: Any) -> dict[str, Any]:
    """An event, in a place or online."""
    where: dict[str, Any] = {
        "@type": "Place",
        "name": page.place,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": page.place,
            "addressCountry": "DE",
        },
    }
    mode = "OfflineEventAttendanceMode"
    if page.is_online:
        where = {"@type": "VirtualLocation", "url": page.registration or page.full_url}
        mode = "OnlineEventAttendanceMode"
    status = "EventCancelled" if page.is_cancelled else "EventScheduled"
    return {
        "@type": "Event",
        "@id": page.full_url,
        "name": page.title,
        "description": page.summary,
        "url": page.full_url,
        "startDate": _moment(page.starts),
        "endDate": _moment(page.ends),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": f"https://schema.org/{mode}",
        "location": where,
        "organizer": _organiser(page.organiser),
    }


def crumbs(*steps: tuple[str, str]) -> dict[str, Any]:
    """The way to a page: title and path of each step."""
    base = settings.WAGTAILADMIN_BASE_URL
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": title, "item": f"{base}{path}"}
            for number, (title, path) in enumerate(steps, 1)
        ],
    }


def _published(page: Any) -> dict[str, str]:
    """When a page came out and last changed; nothing for a preview of one that never did."""
    days = {"datePublished": page.first_published_at, "dateModified": page.last_published_at}
    return {name: _moment(day) for name, day in days.items() if day}


def _organiser(name: str) -> dict[str, Any]:
    return {"@type": "Organization", "name": name} if name else organisation()


def _moment(when: date) -> str:
    """With its zone, as people here read it: a search engine shows the hour that stands there."""
    if not isinstance(when, datetime):
        when = timezone.make_aware(datetime.combine(when, time()))
    return timezone.localtime(when).isoformat()
