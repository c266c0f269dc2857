"""The English translation: build it, bring it up to date, or check that nothing is missing.

`locale/de` holds a few of Wagtail's German texts in plainer words; it is built too.

python scripts/translations.py build     django.po -> django.mo
python scripts/translations.py update    collect new texts into django.po (needs gettext)
python scripts/translations.py check     is every text of our code translated?
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib
from common import BASE, say

CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
SOURCES = ["site", "home", "klk_workflow", "templates"]
COLLECT = [
    *("-m", "django", "makemessages", "--locale", "en", "--no-location", "--no-wrap"),
    *("--no-obsolete", "--extension", "html,txt,py"),
]


def build() -> None:
    """Compile each catalogue that is newer than its compiled form."""
    for source in sorted(BASE.glob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            say(f"Übersetzung bauen: {source.relative_to(BASE)} …")
            polib.pofile(str(source)).save_as_mofile(str(target))


def update() -> None:
    """Collect the texts of our code into the catalogue."""
    collected = _collect()
    (BASE / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
    (BASE / CATALOGUE).write_text(collected)
    missing = _untranslated(polib.pofile(collected))
    say(f"{CATALOGUE}: {len(missing)} Texte sind noch zu übersetzen.")


def check() -> int:
    """Say which texts of our code have no translation, or which are no longer used."""
    wanted = polib.pofile(_collect())
    present = polib.pofile(str(BASE / CATALOGUE)) if (BASE / CATALOGUE).exists() else polib.POFile()
    outdated = {_key(entry) for entry in present} - {_key(entry) for entry in wanted}
    problems = [f"nicht übersetzt: {entry.msgid!r}" for entry in _untranslated(wanted)]
    problems += [f"wird nicht mehr gebraucht: {msgid!r}" for _, msgid, _ in sorted(outdated)]
    for problem in problems:
        print(problem)
    print(f"Übersetzung: {len(wanted)} Texte, {len(problems)} Befunde.")
    return 1 if problems else 0


def _collect() -> str:
    """The catalogue as it should be: made in a copy, so that a check changes nothing."""
    if shutil.which("xgettext") is None:
        sys.exit("gettext fehlt. Abhilfe: apt-get install gettext")
    with tempfile.TemporaryDirectory() as scratch:
        for name in SOURCES:
            shutil.copytree(
                BASE / name, Path(scratch, name), ignore=shutil.ignore_patterns("*.pyc")
            )
        copy = Path(scratch, CATALOGUE)
        copy.parent.mkdir(parents=True)
        if (BASE / CATALOGUE).exists():
            shutil.copy(BASE / CATALOGUE, copy)
        subprocess.run([sys.executable, *COLLECT], cwd=scratch, check=True, capture_output=True)
        return copy.read_text()


def _untranslated(catalogue: polib.POFile) -> list[polib.POEntry]:
    return [entry for entry in catalogue if not entry.obsolete and not entry.translated()]


def _key(entry: polib.POEntry) -> tuple[str, str, str]:
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


if __name__ == "__main__":
    sys.exit({"build": build, "update": update, "check": check}[sys.argv[1]]())
