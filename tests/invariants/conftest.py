"""Each invariant is asked of every registered type."""

import pytest

from tests.world import TYPES, World


@pytest.fixture
def world(db: None) -> World:
    """The conference."""
    return World()


@pytest.fixture(params=TYPES)
def type_key(request: pytest.FixtureRequest) -> str:
    """Each registered type in turn."""
    return request.param
