"""Parts that no Python package brings: Pango for PDF files, Chromium for the browser tests."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess

from common import say

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
PANGO = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
PANGO_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def name_missing_pango() -> None:
    """Say how to get what PDF files need, if it is not there."""
    if not all(ctypes.util.find_library(library) for library in PANGO):
        say(f"Für PDF-Dateien fehlt Pango. Abhilfe: apt-get install {PANGO_PACKAGES}")


def chromium() -> str | None:
    """The path of a Chromium: one that is there, or one installed now if we may."""
    found = _find_chromium()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        say("Chromium für die Browsertests installieren …")
        subprocess.run(["apt-get", "update", "-qq"])
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            stdout=subprocess.DEVNULL,
        )
        found = _find_chromium()
    return found


def _find_chromium() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
