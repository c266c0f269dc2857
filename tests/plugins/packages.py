"""Tiny real plugins: written by `startplugin`, changed as a test needs, found as if installed."""

import os
import subprocess
import sys
from pathlib import Path

from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]


def offer(folder: Path, name: str, changes: dict[str, tuple[str, str]] | None = None) -> None:
    """Put a plugin into a folder of packages, with the metadata that an installer would write.

    `changes` are made in its files: file name (below the package), then old and new text; with an
    empty old text the new one is appended.
    """
    work = folder / f".{name}"
    call_command("startplugin", name, str(work), plural=f"{name.capitalize()}en", verbosity=0)
    package = folder / f"klk_{name}"
    (work / f"klk_{name}").rename(package)
    for file, (old, new) in (changes or {}).items():
        path = package / file
        text = path.read_text()
        assert old in text, (file, old)
        path.write_text(text.replace(old, new) if old else text + new)
    info = folder / f"klk_{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: klk-{name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[klk_workflow.plugins]\n{name} = klk_{name}\n")


def with_packages(folder: Path, *command: str, **surroundings: str) -> tuple[str, str]:
    """What a command of Python says on its two streams, run in the site with these packages."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
            "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "klk_site.settings.testing",
            **surroundings,
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, done.stderr
