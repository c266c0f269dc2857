"""Public pages against others that the same server gives, one after the other."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self

from wagtail.models import Site
from wagtail.rich_text import RichText

from bench.cycle import SECTIONS, WORDS
from bench.vanilla.models import VanillaPage

CONNECTIONS = 2
ROUNDS = 9


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Server:
    """gunicorn with one worker and these settings, while the block runs.

    `requests` is how many a run sends, `first` what is asked until the server answers.
    """

    def __init__(self, settings: str, requests: int = 600, first: str = "/") -> None:
        self.port, self.requests, self.first = _free_port(), requests, first
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
                self._get(self.first)
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
        return self.requests / (time.perf_counter() - began)

    def _many(self, path: str) -> None:
        asked = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept-Encoding: gzip\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            for _ in range(self.requests // CONNECTIONS):
                connection.sendall(asked.encode())
                _read(connection, path)


def _read(connection: socket.socket, path: str) -> None:
    """Read one answer and no more of it than needed: the reader runs on the same processors."""
    head, _, body = _until(connection, b"", b"\r\n\r\n").partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200 "):
        raise RuntimeError(f"{path} answers {head[:20]!r}")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    if length is None:
        _until(connection, body, b"0\r\n\r\n")  # in pieces
        return
    missing = int(length[1]) - len(body)
    while missing > 0:
        missing -= len(connection.recv(1 << 16))


def _until(connection: socket.socket, seen: bytes, end: bytes) -> bytes:
    while end not in seen:
        seen += connection.recv(1 << 16)
    return seen


def vanilla_page(*, has_links: bool) -> str:
    """The report's text as a page of vanilla Wagtail, if wanted with a link to a page in each
    block, as editors set them: Wagtail looks each up whenever the page is shown.
    """
    root = Site.objects.get(is_default_site=True).root_page
    link = f'<a linktype="page" id="{root.get_children()[0].pk}">Mehr</a>' if has_links else ""
    body = [("text", RichText(f"<p>{WORDS} {link}</p>"))] * SECTIONS
    page = VanillaPage(title="Mit Verweisen" if has_links else "Ohne Verweise", body=body)
    return str(root.add_child(instance=page).url)


def compare(report: str) -> None:
    """Print what a kept page costs beside a view that does nothing, and a page that nobody has
    asked for yet beside the same text as a page of vanilla Wagtail.
    """
    linked, plain = vanilla_page(has_links=True), vanilla_page(has_links=False)
    with (
        Server("bench.bare") as bare,
        Server("bench.settings") as site,
        Server("bench.uncached", requests=60) as uncached,
        Server("bench.vanilla.settings", requests=60, first=linked) as wagtail,
    ):
        rates = _in_turn(
            {
                "bare": (bare, "/"),
                "report": (site, report),
                "list": (site, "/laenderberichte/"),
                "start": (site, "/"),
                "uncached": (uncached, report),
                "linked": (wagtail, linked),
                "plain": (wagtail, plain),
            }
        )
    for name, ours, theirs, bound in (
        ("Länderbericht, kept / bare Django view", "report", "bare", "bound: 0.80"),
        ("list of Länderberichte, kept / bare Django view", "list", "bare", "bound: 0.80"),
        ("start page, kept / bare Django view", "start", "bare", "bound: 0.80"),
        ("Länderbericht, not kept / vanilla Wagtail", "uncached", "linked", "bound: 2.00"),
        ("the same / vanilla Wagtail without any link", "uncached", "plain", "no bound"),
    ):
        ratio = rates[ours] / rates[theirs]
        print(f"page   {name} = {ratio:.2f} ({bound}), the best of {ROUNDS} in turn")


def _in_turn(pages: dict[str, tuple[Server, str]]) -> dict[str, float]:
    """The highest rate of each page: what else the machine does only ever takes away from it."""
    for server, path in pages.values():
        server.rate(path)
    rates: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(ROUNDS):
        for name, (server, path) in pages.items():
            rates[name].append(server.rate(path))
    return {name: max(found) for name, found in rates.items()}
