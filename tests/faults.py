"""Processes killed at a chosen point: between statements, around a commit, while a file is written.

On PostgreSQL and SQLite alike; what such a process leaves behind must be the old state or the new.
"""

import os
import signal
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.apps import apps
from django.core.files.storage import FileSystemStorage
from django.db import connection

from tests.processes import start, wait

TABLES = ("klk_workflow", "klk_laenderbericht", "klk_aktionsplan", "reversion")


class Killer:
    """Lets this process go past a number of points and kills it (`kill -9`) at the next.

    Points are: before each SQL statement, before and after each commit; before a file is written,
    in the middle of it, and after it.
    """

    def __init__(self, points: int) -> None:
        self.left = points
        self._save = FileSystemStorage._save
        self._commit = connection._commit

    def point(self) -> None:
        """Die here, or go on."""
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1

    def statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Around a statement, as Django's `execute_wrapper` wants it."""
        self.point()
        return execute(sql, params, many, context)

    def commit(self) -> None:
        """Around the database's commit; after it come what waits for the commit."""
        self.point()
        self._commit()
        self.point()

    def save(self, storage: FileSystemStorage, name: str, content: Any) -> str:
        """Around the writing of a file."""
        self.point()
        if self.left == 0:
            path = Path(storage.path(name))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.read(content.size // 2))
        self.point()
        kept = self._save(storage, name, content)
        self.point()
        return str(kept)

    def at_work(self) -> ExitStack:
        """The context in which this process may be killed."""

        def save(storage: FileSystemStorage, name: str, content: Any) -> str:
            return self.save(storage, name, content)

        stack = ExitStack()
        stack.enter_context(patch.object(connection, "_commit", self.commit))
        stack.enter_context(patch.object(FileSystemStorage, "_save", save))
        stack.enter_context(connection.execute_wrapper(self.statement))
        return stack


def killed_everywhere(act: Callable[[], Any], look: Callable[[], Any]) -> list[Any]:
    """Let processes `act`, each killed one point later than the one before, until one gets through.

    Each begins where the one before left off. Gives what `look` saw after each, in order.
    """
    seen = []
    for points in range(1000):

        def attempt(points: int = points) -> None:
            connection.ensure_connection()
            with Killer(points).at_work():
                act()

        ended = wait(start(attempt))
        seen.append(look())
        if ended == 0:
            return seen
        assert ended == -signal.SIGKILL, f"it failed after {points} points"
    raise AssertionError("it never got through")


def record() -> dict[str, list[Any]]:
    """Every row of the engine, of its types and of reversion."""
    models = [model for name in TABLES for model in apps.get_app_config(name).get_models()]
    return {m._meta.label: list(m._base_manager.order_by("pk").values_list()) for m in models}
