"""Each invariant is asked of every registered type."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.concurrency.conftest import at_once  # noqa: F401 - a fixture
from tests.marking import Marking
from tests.world import TYPES, World


@pytest.fixture
def world(db: None) -> World:
    """The conference."""
    return World()


@pytest.fixture(params=TYPES)
def type_key(request: pytest.FixtureRequest) -> str:
    """Each registered type in turn."""
    return request.param


@pytest.fixture(scope="module")
def marking(django_db_setup: None, django_db_blocker: Any) -> Iterator[Marking]:
    """The marked conference, made once for the tests of a file."""
    with django_db_blocker.unblock(), transaction.atomic():
        marking = Marking()
        marking.fill_every_state()
        yield marking
        transaction.set_rollback(True)
