"""Bring in the demo conference, once."""

from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.module_loading import import_string

from klk_workflow import clock
from klk_workflow.demo.conference import load_deputy, load_meetings
from klk_workflow.demo.offices import load_offices
from klk_workflow.demo.people import LOGINS, Cast, give_addresses, load_people
from klk_workflow.demo.stories import Story, play
from klk_workflow.extending import switches

#: When the office accounts were made.
FOUNDED = datetime(2025, 9, 15, 8, 0, tzinfo=UTC)


def is_loaded() -> bool:
    """Whether the demo is there already."""
    names = [name for name, _role, _key in LOGINS]
    return get_user_model()._default_manager.filter(username__in=names).exists()


@transaction.atomic
def load() -> None:
    """Offices and people, everything that happened in the order of time, and what is planned."""
    with clock.at(FOUNDED):
        cast = load_people(load_offices())
        stories = all_stories(cast)
    play(stories)
    load_meetings()
    load_deputy(cast)
    give_addresses(cast)


def all_stories(cast: Cast) -> list[Story]:
    """What the document types in use tell of their documents."""
    tellers = [import_string(kind.demo) for kind in switches.active() if kind.demo]
    return [story for tell in tellers for story in tell(cast)]
