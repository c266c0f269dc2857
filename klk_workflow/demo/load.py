"""Bring in the demo conference, once."""

from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from django.db import transaction

from klk_workflow import clock
from klk_workflow.demo.offices import load_offices
from klk_workflow.demo.people import LOGINS, give_addresses, load_people
from klk_workflow.demo.periods import load_periods
from klk_workflow.demo.plans import plans
from klk_workflow.demo.reports import reports
from klk_workflow.demo.stories import play

#: When the office accounts were made.
FOUNDED = datetime(2025, 9, 15, 8, 0, tzinfo=UTC)


def is_loaded() -> bool:
    """Whether the demo is there already."""
    names = [name for name, _role, _key in LOGINS]
    return get_user_model()._default_manager.filter(username__in=names).exists()


@transaction.atomic
def load() -> None:
    """Offices, people and rounds, then everything that happened, in the order of time."""
    with clock.at(FOUNDED):
        cast = load_people(load_offices())
        load_periods()
    play([*reports(cast), *plans(cast)])
    give_addresses(cast)
