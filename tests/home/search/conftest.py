"""Asking the search, and publishing in tests that never commit."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from home import facets
from home.facets import Choice
from home.search.find import Found, find
from klk_workflow import reading
from klk_workflow.models import Edition


@pytest.fixture
def search(db: None) -> Callable[..., Found]:
    """A function that asks: words, then choices by column."""

    def ask(text: str = "", **keys: str) -> Found:
        return find(Choice(facets.SEARCH, keys, text))

    return ask


@pytest.fixture
def titles(search: Callable[..., Found]) -> Callable[..., list[str]]:
    """A function that asks and gives the titles found."""

    def ask(text: str = "", **keys: str) -> list[str]:
        return [hit.entry.title for hit in search(text, **keys).hits]

    return ask


@pytest.fixture
def committed(
    django_capture_on_commit_callbacks: Any,
) -> Callable[[], AbstractContextManager[None]]:
    """What happens in the block is kept: what waits for that is done at its end."""

    @contextmanager
    def keep() -> Iterator[None]:
        with django_capture_on_commit_callbacks(execute=True):
            yield

    return keep


@pytest.fixture
def publish(make_guide: Callable[..., Any], committed: Callable[..., Any]) -> Callable[..., Any]:
    """A function that publishes a guide, with everything that follows."""

    def do(*args: Any, **fields: Any) -> Any:
        with committed():
            return make_guide(*args, **fields)

    return do


@pytest.fixture
def show_edition(
    make_edition: Callable[..., Edition], committed: Callable[..., Any]
) -> Callable[..., Edition]:
    """A function that puts a Fassung in place and announces it."""

    def do(**fields: Any) -> Edition:
        edition = make_edition(**fields)
        with committed():
            reading.announce(edition.path)
        return edition

    return do
