"""What the scripts share: paths, a line that says what happens, and a digest of files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
BUILD = BASE / "build"
VAR = BASE / "var"


def say(text: str) -> None:
    """Tell the person at the terminal what is being done now."""
    print(f"· {text}", flush=True)


def fingerprint(paths: Iterable[Path]) -> str:
    """A digest of these files, whole folders included, by name and content."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(str(file).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def is_current(stamp: Path, mark: str) -> bool:
    """Whether the step that leaves this stamp was last done for exactly this mark."""
    return stamp.exists() and stamp.read_text() == mark


def remember(stamp: Path, mark: str) -> None:
    """Note that a step is done, for `is_current`."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark)
