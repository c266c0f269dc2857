"""Who has a document's writing pages open now: kept for a moment, nowhere but in the cache.

Wagtail's editing sessions know neither sections nor a door that asks for the state, and say of
somebody for twenty-five minutes after the last sign that they are there.
"""

from typing import Final

from django.core.cache import cache

from klk_workflow import clock
from klk_workflow.models import Document
from klk_workflow.people import Person

#: Seconds after the last sign for which somebody is said to be here. The script gives one each
#: twenty; a page that is not looked at only once a minute.
STAYS: Final = 90

#: Name and time of the last sign, by person and page.
_Entry = dict[tuple[int, str], tuple[str, float]]


def note(document: Document, person: Person, address: str) -> None:
    """The person has the writing page with this address open."""
    entry = _entry(document)
    entry[person.user_id or 0, address] = (person.name, clock.now().timestamp())
    cache.set(_key(document), entry, STAYS)


def leave(document: Document, person: Person, address: str) -> None:
    """The person has closed it."""
    entry = _entry(document)
    if entry.pop((person.user_id or 0, address), None):
        cache.set(_key(document), entry, STAYS)


def others(document: Document, person: Person) -> list[tuple[str, str]]:
    """Name and address for each writing page that somebody else has open."""
    signs = _entry(document).items()
    return sorted((name, page) for (user, page), (name, _at) in signs if user != person.user_id)


def _entry(document: Document) -> _Entry:
    """What has been noted and still counts.

    Two who give a sign at the same moment may lose one of the two; the next one mends it.
    """
    since = clock.now().timestamp() - STAYS
    noted: _Entry = cache.get(_key(document), {})
    return {page: sign for page, sign in noted.items() if sign[1] > since}


def _key(document: Document) -> str:
    return f"klk-writing:{document.pk}"
