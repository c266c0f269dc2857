"""How Editions and materials are cited."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def text(edition: Any) -> str:
    """One line that names authors, title, Fassung, publisher and day."""
    return _("%(offices)s: %(title)s. Fassung %(number)d. Hrsg.: KLK, %(day)s.") % {
        "offices": ", ".join(edition.offices),
        "title": _full_title(edition),
        "number": edition.number,
        "day": date_format(timezone.localtime(edition.published_at), "j. F Y"),
    }


def material(page: Any) -> str:
    """One line that names publisher, title, year and address of a website's material."""
    publisher = getattr(page, "publisher", "") or "KLK"
    return _("%(publisher)s: %(title)s. %(year)d. %(url)s") % {
        "publisher": publisher,
        "title": page.title,
        "year": page.year,
        "url": page.full_url,
    }


def bibtex(edition: Any) -> str:
    """The same for a bibliography program."""
    day = timezone.localtime(edition.published_at).date()
    fields = {
        "author": " and ".join(f"{{{_escape(office)}}}" for office in edition.offices),
        "title": f"{{{_escape(_full_title(edition))}}}",
        "edition": _("Fassung %(n)d") % {"n": edition.number},
        "organization": "KLK",
        "year": str(day.year),
        "date": day.isoformat(),
        "url": edition.permanent_address,
        "note": f"SHA-256 {edition.digest}",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@techreport{{{key(edition)},\n{lines}\n}}\n"


def key(edition: Any) -> str:
    """The name of the entry in a bibliography: "laenderberichte-nw-2026-1-1"."""
    return f"{edition.path}/{edition.number}".replace("/", "-")


def _full_title(edition: Any) -> str:
    period = edition.period_label
    return edition.title if not period or period in edition.title else f"{edition.title}, {period}"


def _escape(value: str) -> str:
    return "".join(f"\\{char}" if char in "{}%&#_$" else char for char in value)
