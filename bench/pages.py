"""Public pages against a view that does nothing, on the same server, one after the other."""

import http.client
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Self

#: Requests of one run, and the connections they come over.
REQUESTS = 600
CONNECTIONS = 2
ROUNDS = 5


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Server:
    """gunicorn with one worker and these settings, while the block runs."""

    def __init__(self, settings: str) -> None:
        self.port = _free_port()
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings}
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [
                *(sys.executable, "-m", "gunicorn", "--log-level", "error", "--workers", "1"),
                *("--threads", "2", "--keep-alive", "30"),
                *("--bind", f"127.0.0.1:{self.port}", "klk_site.wsgi:application"),
            ],
            env=environment,
            cwd=Path(__file__).parent.parent,
        )

    def __enter__(self) -> Self:
        for _ in range(150):
            try:
                self._get("/")
            except OSError:
                time.sleep(0.2)
            else:
                return self
        raise RuntimeError("gunicorn did not start")

    def __exit__(self, *_exc: object) -> None:
        self.process.terminate()
        self.process.wait(20)

    def _get(self, path: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path)
        connection.getresponse().read()
        connection.close()

    def rate(self, path: str) -> float:
        """Requests for each second of this page, over kept connections."""
        began = time.perf_counter()
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            list(pool.map(self._many, [path] * CONNECTIONS))
        return REQUESTS / (time.perf_counter() - began)

    def _many(self, path: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        for _ in range(REQUESTS // CONNECTIONS):
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            if answer.status != http.HTTPStatus.OK:
                raise RuntimeError(f"{path} answers {answer.status}")
        connection.close()


def compare(ours: dict[str, str]) -> None:
    """Print the ratio of each of our pages (name: path) to the view that does nothing."""
    with Server("bench.bare") as bare, Server("bench.settings") as site:
        for path in ours.values():
            site.rate(path)
        rates: dict[str, list[float]] = {name: [] for name in ("bare", *ours)}
        for _ in range(ROUNDS):
            rates["bare"].append(bare.rate("/"))
            for name, path in ours.items():
                rates[name].append(site.rate(path))
    for name in ours:
        ratio = median(rates[name]) / median(rates["bare"])
        print(f"page   {name} / bare Django view = {ratio:.2f}, median of {ROUNDS} in turn")
