"""Events as iCalendar (RFC 5545): stable names, and a cancelled event stays, as cancelled."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.utils.text import slugify

LINE = 73  # octets; longer lines go on after a line break and a space


def answer(events: Iterable[Any], name: str) -> HttpResponse:
    """A file that calendar programs open or subscribe to."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//KLK//Termine//DE",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    response = HttpResponse(content_type="text/calendar; charset=utf-8")
    response.content = "".join(f"{_fold(line)}\r\n" for line in lines)
    response.headers["Content-Disposition"] = f'inline; filename="{slugify(name)}.ics"'
    return response


def _event(event: Any) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    # The key of the page, so that a new title or address makes no second event.
    yield f"UID:{event.translation_key}-{event.locale_id}@klk"
    yield f"DTSTAMP:{_stamp(event.last_published_at or event.starts)}"
    yield f"LAST-MODIFIED:{_stamp(event.last_published_at or event.starts)}"
    yield f"DTSTART:{_stamp(event.starts)}"
    yield f"DTEND:{_stamp(event.ends)}"
    yield f"SUMMARY:{_text(event.title)}"
    yield f"DESCRIPTION:{_text(event.summary)}"
    yield f"LOCATION:{_text(event.place)}"
    yield f"URL:{event.full_url}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    for char in "\\;,":
        value = value.replace(char, f"\\{char}")
    return value.replace("\r\n", "\n").replace("\n", "\\n")


def _fold(line: str) -> str:
    parts, rest = [], line
    while len(rest.encode()) > LINE:
        cut = LINE
        while len(rest[:cut].encode()) > LINE:
            cut -= 1
        parts.append(rest[:cut])
        rest = rest[cut:]
    return "\r\n ".join([*parts, rest])
