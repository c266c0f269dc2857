"""Finds the plugins that installed distributions bring, and tells which can be used.

Settings ask here, so nothing of Django is needed. A plugin is tried in a process of its own
(`preflight`) before it enters INSTALLED_APPS; what fails there is left out, and the checks say so.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Final

GROUP: Final = "klk_workflow.plugins"
#: Names, in the process that tries plugins, those to be tried together.
TRIED: Final = "KLK_PLUGINS_TRIED"
#: Seconds after which a trial counts as failed.
PATIENCE: Final = 120
_ENGINE: Final = Path(__file__).parent.parent


@dataclass(frozen=True)
class Found:
    """A plugin's Django app, and whose it is; `error` says why it cannot be used."""

    app: str
    distribution: str
    version: str
    error: str = ""

    def __str__(self) -> str:
        return f"{self.distribution} {self.version} ({self.app})"


def plugins(cache_file: Path, settings: str) -> list[Found]:
    """What installed distributions bring, by name, each with what speaks against using it.

    Trying takes seconds, so the outcome is kept in `cache_file` until any of the packages, or the
    engine, is another. `settings` names the settings module of the site, unless the environment
    names another.
    """
    found = _installed()
    if TRIED in os.environ:
        chosen = os.environ[TRIED].split()
        return [plugin for plugin in found if plugin.app in chosen]
    if not found:
        return []
    fingerprint = _fingerprint(found)
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(cache_file.read_text(encoding="utf-8"))
        if kept["fingerprint"] == fingerprint:
            return [Found(**row) for row in kept["plugins"]]
    tried = _tried(found, os.environ.get("DJANGO_SETTINGS_MODULE", settings))
    _keep(cache_file, {"fingerprint": fingerprint, "plugins": [asdict(row) for row in tried]})
    return tried


def _installed() -> list[Found]:
    points = sorted(entry_points(group=GROUP), key=lambda point: (_owner(point)[0], point.value))
    return [Found(point.value, *_owner(point)) for point in points]


def _owner(point: EntryPoint) -> tuple[str, str]:
    return (point.dist.name, point.dist.version) if point.dist else ("?", "?")


def _tried(found: list[Found], settings: str) -> list[Found]:
    """All together if that works; else one after the other, each beside those that worked."""
    if not _fault([plugin.app for plugin in found], settings):
        return found
    usable: list[str] = []
    tried = []
    for plugin in found:
        error = _fault([*usable, plugin.app], settings)
        tried.append(replace(plugin, error=error))
        if not error:
            usable.append(plugin.app)
    return tried


def _fault(apps: Iterable[str], settings: str) -> str:
    """What goes wrong when the site starts with these plugins; empty if nothing does."""
    surroundings = os.environ | {
        TRIED: " ".join(apps),
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    command = [sys.executable, "-m", "klk_workflow.extending.preflight"]
    try:
        trial = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, env=surroundings, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return "TimeoutExpired"
    if not trial.returncode:
        return ""
    said = [line for line in trial.stderr.splitlines() if line.strip()]
    return said[-1][:500] if said else f"exit {trial.returncode}"


def _fingerprint(found: list[Found]) -> str:
    folders = [_ENGINE, *filter(None, (_folder(plugin.app) for plugin in found))]
    newest = [
        max((path.stat().st_mtime_ns for path in folder.rglob("*.py")), default=0)
        for folder in folders
    ]
    return json.dumps([sys.version, [asdict(plugin) for plugin in found], newest])


def _folder(app: str) -> Path | None:
    """Where the package lies, without importing it."""
    with suppress(ImportError, ValueError):
        spec = find_spec(app.partition(".")[0])
        if spec and spec.origin:
            return Path(spec.origin).parent
    return None


def _keep(cache_file: Path, outcome: dict[str, object]) -> None:
    """Write it for the next start; where nothing can be written, that one tries again."""
    with suppress(OSError):
        cache_file.parent.mkdir(parents=True, exist_ok=True)
        fresh = cache_file.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(outcome), encoding="utf-8")
        fresh.replace(cache_file)
