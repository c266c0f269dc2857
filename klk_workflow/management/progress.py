"""A bar for people who watch a command; nothing where nobody watches."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

Item = TypeVar("Item")

_WIDTH = 40


def progress(items: Iterable[Item], total: int, out: Any) -> Iterator[Item]:
    """The same items; on a terminal a bar says how far it is."""
    if not out.isatty():
        yield from items
        return
    for done, item in enumerate(items, 1):
        yield item
        filled = _WIDTH * done // max(total, done)
        out.write(f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}] {done}/{total}", ending="")
    out.write("\r" + " " * (_WIDTH + 30) + "\r", ending="")
