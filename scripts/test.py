"""Run the test suite: on SQLite, in a browser, and on PostgreSQL with Redis if they answer.

What builds packages and environments is left to `make test-slow`. Each pass
prints pytest's own summary. Arguments are handed on to pytest.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from urllib.parse import urlsplit

import assets
import machine
import translations
from common import BASE, say

DATABASE = os.environ.get("KLK_TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/klk")
REDIS = os.environ.get("KLK_TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
NO_TESTS_FOUND = 5
#: Two processes, each with a database and a server of its own. Neighbours stay together, for what a
#: file prepares once; who is done first takes over from the other's end.
AT_ONCE = ["-n", "2", "--dist", "worksteal"]


def main(arguments: list[str]) -> int:
    """Run all passes, even after one has failed; return 1 if any did."""
    assets.build()
    translations.build()
    failed = [_run("SQLite", ["-m", "not browser and not slow", *arguments], {})]
    if machine.chromium():
        failed.append(_run("Browser", ["-m", "browser and not slow", *arguments], {}))
    else:
        _warn(
            "OHNE CHROMIUM: Die Browsertests wurden NICHT ausgeführt.", "apt-get install chromium"
        )
    if _answers(DATABASE) and _answers(REDIS):
        surroundings = {"DATABASE_URL": DATABASE, "CACHE_URL": REDIS}
        failed.append(
            _run(
                "PostgreSQL, Redis",
                ["-m", "not browser and not slow", *arguments],
                surroundings,
            )
        )
    else:
        _warn(
            "OHNE POSTGRESQL UND REDIS: nur auf SQLite geprüft.",
            "KLK_TEST_DATABASE_URL, KLK_TEST_REDIS_URL",
        )
    return 1 if any(failed) else 0


def _run(name: str, arguments: list[str], surroundings: dict[str, str]) -> bool:
    say(f"Tests: {name}")
    command = [sys.executable, "-m", "pytest", "-q", *AT_ONCE, *arguments]
    status = subprocess.run(command, cwd=BASE, env=os.environ | surroundings).returncode
    return status not in {0, NO_TESTS_FOUND}


def _answers(url: str) -> bool:
    address = urlsplit(url)
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((address.hostname or "127.0.0.1", address.port or 5432)) == 0


def _warn(text: str, remedy: str) -> None:
    print(f"\n!!! {text} Abhilfe: {remedy}\n", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
