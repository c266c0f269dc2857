"""Real processes on the test database: forks, each with connections of its own."""

import os
import traceback
from collections.abc import Callable
from typing import Any

from django.db import connection, connections


def start(task: Callable[[], Any]) -> int:
    """Run the task in another process, outside any transaction of ours; give its id."""
    connections.close_all()  # a connection carried over a fork would be used by both
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        task()
        status = 0
    except BaseException:  # noqa: BLE001 - the process ends here whatever happened
        traceback.print_exc()
    finally:
        os._exit(status)


def wait(pid: int) -> int:
    """How the process ended: 0, 1 after an exception, negative after a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


class Gate:
    """Lets processes wait for each other: each `arrive`s, whoever made it waits for all."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()

    def arrive(self) -> None:
        """Say that this process is there."""
        os.write(self._write, b".")

    def wait_for(self, number: int) -> None:
        """Return when so many have arrived."""
        for _one in range(number):
            os.read(self._read, 1)

    def close(self) -> None:
        """Give the pipe back."""
        os.close(self._read)
        os.close(self._write)


def announce_lock(gate: Gate) -> Any:
    """A context in which this process arrives at the gate right before it first locks anything."""
    has_arrived = False

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal has_arrived
        if not has_arrived and (sql.startswith("BEGIN") or "FOR UPDATE" in sql):
            has_arrived = True
            gate.arrive()
        return execute(sql, params, many, context)

    return connection.execute_wrapper(watch)
