"""An environment of its own, with the site's packages in sight and nothing else installed."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

from tests.plugins.packages import ROOT


class Environment:
    """A fresh virtual environment; packages installed into it are seen by nobody else.

    With `sources` it sees our own code where it lies; without, only other people's packages.
    """

    settings = "klk_site.settings.testing"

    def __init__(self, folder: Path, *, sources: bool = True) -> None:
        self.folder = folder
        self.python = folder / "env" / "bin" / "python"
        self.database = folder / "db.sqlite3"
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "env"], check=True)
        packages = next((folder / "env" / "lib").glob("python3*")) / "site-packages"
        ours = [str(ROOT), str(ROOT / "site")] if sources else []
        seen = [sysconfig.get_path("purelib"), *ours]
        (packages / "of_the_site.pth").write_text("\n".join(seen))

    @property
    def surroundings(self) -> dict[str, str]:
        """The variables under which its commands run."""
        own = {
            "DATABASE_URL": f"sqlite:///{self.database}",
            "DJANGO_SETTINGS_MODULE": self.settings,
            "PIP_CONSTRAINT": "",
            "PIP_NO_INDEX": "1",
        }
        return {**{k: v for k, v in os.environ.items() if k != "PYTHONPATH"}, **own}

    def run(self, *arguments: object, cwd: Path = ROOT) -> str:
        """What a command of its Python says; AssertionError with everything if it fails."""
        done = subprocess.run(
            [self.python, *map(str, arguments)],
            cwd=cwd,
            env=self.surroundings,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout
