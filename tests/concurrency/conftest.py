"""Several threads, each with a connection of its own, on committed rows."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

from tests.world import World


@pytest.fixture
def world(transactional_db: None) -> World:
    """The conference, committed."""
    return World()


@pytest.fixture
def at_once() -> Callable[..., list[Any]]:
    """A function that runs callables at the same moment and gives results or exceptions."""

    def run(*tasks: Callable[[], Any]) -> list[Any]:
        results: list[Any] = [None] * len(tasks)
        barrier = threading.Barrier(len(tasks), timeout=20)

        def work(place: int, task: Callable[[], Any]) -> None:
            try:
                connection.ensure_connection()
                barrier.wait()
                results[place] = task()
            except Exception as error:  # noqa: BLE001 - the test looks at it
                results[place] = error
            finally:
                connections.close_all()

        threads = [threading.Thread(target=work, args=pair) for pair in enumerate(tasks)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return results

    return run
