"""The one clock of the engine: real time, unless a test or the demo sets another."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("klk_clock", default=None)


def now() -> datetime:
    """The present moment as an aware datetime in UTC, or the moment set by `at`."""
    return _set_to.get() or timezone.now()


def today() -> date:
    """The present day where the conference is, whatever time zone a profile asks for."""
    return now().astimezone(timezone.get_default_timezone()).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the engine believe that it is `moment` (aware) inside the block."""
    if timezone.is_naive(moment):
        raise ValueError("The clock needs an aware datetime.")
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
