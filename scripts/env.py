"""Make the environment: .venv with the hash-pinned packages, or nothing at all if it is there.

    python3 scripts/env.py run     what the software needs
    python3 scripts/env.py dev     what tests and checks need on top

Only the standard library is used, because nothing else is there yet.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
VENV = BASE / ".venv"
BIN = VENV / "bin"
LOCKS = {"run": "requirements.txt", "dev": "requirements-dev.txt"}
NODE_LOCK = "requirements-node.txt"


def main(kind: str) -> None:
    """Install the given lock, unless the stamp says that exactly this was installed."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this very line is for older interpreters
        sys.exit(f"Python 3.11 oder neuer wird gebraucht, das hier ist {sys.version.split()[0]}.")
    stamp = VENV / f"stamp-{kind}"
    fingerprint = _fingerprint(LOCKS[kind])
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    if not (BIN / "python").exists():
        _say("Umgebung anlegen (.venv)")
        venv.create(VENV, with_pip=True)
    _say(f"Pakete installieren ({LOCKS[kind]})")
    _pip("--require-hashes", "-r", LOCKS[kind])
    _pip("--no-deps", "--no-build-isolation", "-e", ".")
    if shutil.which("npm") is None:
        _say("Node.js installieren (auf diesem Rechner ist keines)")
        _pip("--require-hashes", "-r", NODE_LOCK)
    stamp.write_text(fingerprint)


def _fingerprint(lock: str) -> str:
    """A digest of everything that decides what is installed."""
    digest = hashlib.sha256(f"{BASE} {sys.version_info[:2]}".encode())
    for name in (lock, NODE_LOCK, "pyproject.toml"):
        digest.update((BASE / name).read_bytes())
    return digest.hexdigest()


def _pip(*arguments: str) -> None:
    # A machine's own constraints must not change what the lock says.
    surroundings = os.environ | {"PIP_CONSTRAINT": "", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    command = [str(BIN / "python"), "-m", "pip", "install", "-qq", *arguments]
    if subprocess.run(command, cwd=BASE, env=surroundings).returncode:
        sys.exit("Die Pakete ließen sich nicht installieren; die Meldung darüber nennt den Grund.")


def _say(text: str) -> None:
    print(f"· {text} …", flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
