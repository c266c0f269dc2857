"""List every package of the running site with version and licence, in docs/licences.md.

python scripts/licences.py update    write the list
python scripts/licences.py check     fail if it is not what the locks say
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import PackageMetadata, metadata

from common import BASE
from packaging.requirements import Requirement

LIST = BASE / "docs/licences.md"
HEAD = """# Packages and their licences

Everything that a running site consists of, as the locks name it (`requirements.txt`,
`package-lock.json`). Written by `make licences`, compared by `make check`.

| Package | Version | Licence | From |
|---|---|---|---|
"""
FONT_NOTE = """
Fira Sans comes with `@kern-ux/native`, © 2012–2015 The Mozilla Foundation and Telefonica S.A., SIL
Open Font License 1.1 (`licences/OFL-1.1-Fira-Sans.txt`). KERN's own licence is the EUPL 1.2.
"""


def table() -> str:
    """The list, as the locks and the installed packages say."""
    rows = [
        f"| {name} | {version} | {licence} | {origin} |\n"
        for name, version, licence, origin in sorted([*_python_packages(), *_npm_packages()])
    ]
    return HEAD + "".join(rows) + FONT_NOTE


def _python_packages() -> list[tuple[str, str, str, str]]:
    found = []
    for line in (BASE / "requirements.txt").read_text().splitlines():
        if re.match(r"[a-zA-Z0-9]", line):
            package = Requirement(line.rstrip(" \\"))
            if package.marker is None or package.marker.evaluate():
                version = str(package.specifier).removeprefix("==")
                found.append((package.name, version, _licence(metadata(package.name)), "PyPI"))
    return found


def _licence(about: PackageMetadata) -> str:
    """The licence as the package names it: expression, classifiers, or its free text."""
    if "License-Expression" in about:
        return about["License-Expression"]
    prefix = "License :: "
    classes = [c for c in about.get_all("Classifier") or [] if c.startswith(prefix)]
    names = [c.rsplit(" :: ", 1)[-1] for c in classes if c != "License :: OSI Approved"]
    return ", ".join(names) or about["License"].splitlines()[0]


def _npm_packages() -> list[tuple[str, str, str, str]]:
    packages = json.loads((BASE / "package-lock.json").read_text())["packages"]
    return [
        (path.removeprefix("node_modules/"), package["version"], package["license"], "npm")
        for path, package in packages.items()
        if path and not package.get("dev") and not package.get("optional")
    ]


def update() -> None:
    """Write the list."""
    LIST.write_text(table())


def check() -> int:
    """Compare the list with what it should be."""
    if LIST.read_text() == table():
        return 0
    print(f"{LIST.relative_to(BASE)} ist veraltet. Abhilfe: make licences")
    return 1


if __name__ == "__main__":
    sys.exit({"update": update, "check": check}[sys.argv[1]]())
