"""What a first view of a page weighs as production sends it: gunicorn, packed files, kept pages."""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as real
from django.core.cache import cache
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication
from playwright.sync_api import BrowserContext

from home.demo import load_pages
from tests import processes

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
MOST_BYTES, MOST_REQUESTS = 100_000, 12
PAGES = (
    "/",
    "/laenderberichte/",
    "/laenderberichte/nw/2026-1/",
    "/suche/",
    "/suche/?q=gewalt",
    "/arbeitshilfen/",
    "/fortbildung/erkennen-und-ansprechen/",
    "/laender/nordrhein-westfalen/",
    "/hilfe/",
    "/spuren-vermeiden/",
)


class _Gunicorn(BaseApplication):
    """The site in one process, at this port."""

    def __init__(self, port: int) -> None:
        self.port = port
        super().__init__()

    def load_config(self) -> None:
        self.cfg.set("bind", f"127.0.0.1:{self.port}")
        self.cfg.set("loglevel", "error")

    def load(self) -> Any:
        return get_wsgi_application()

    def run(self) -> None:
        """Serve until asked to end, which gunicorn does by an exception."""
        with suppress(SystemExit):
            super().run()


@pytest.fixture
def production(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[str]:
    """The address of the site with its pages, served as production does."""
    from klk_site.settings.data import _STATIC_STORAGE

    load_pages()
    call_command("search_index", verbosity=0)
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [
        ROOT / folder for folder in ("build/static", "home/static", "klk_workflow/static")
    ]
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STORAGES = {**real.STORAGES, "staticfiles": {"BACKEND": _STATIC_STORAGE}}
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    call_command("collectstatic", interactive=False, verbosity=0)
    cache.clear()
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    process = processes.start(_Gunicorn(port).run)
    _wait_for(port)
    yield f"http://127.0.0.1:{port}"
    os.kill(process, signal.SIGTERM)
    processes.wait(process)


def _wait_for(port: int) -> None:
    for _ in range(150):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("gunicorn did not start")


def test_first_view_of_a_page_is_light(
    new_context: Callable[..., BrowserContext],
    make_edition: Callable[..., Any],
    production: str,
) -> None:
    """At most 100 kB in at most 12 requests, pictures apart: those wait until they are in sight."""
    make_edition()
    for address in PAGES:
        context = new_context()
        answers = _answers(context, production + address)
        context.close()
        assert [answer.url for answer in answers if answer.is_text and not answer.is_packed] == []
        rest = [answer.size for answer in answers if not answer.is_picture]
        pictures = [answer.size for answer in answers if answer.is_picture]
        print(f"{sum(rest) / 1000:6.1f} kB in {len(rest):2} requests", end="")
        print(f" + {sum(pictures) / 1000:5.1f} kB in {len(pictures)} pictures: {address}")
        assert sum(rest) <= MOST_BYTES, address
        assert len(rest) <= MOST_REQUESTS, address


@dataclass
class Answer:
    """One answer as it came over the wire; `size` with its headers."""

    url: str
    is_text: bool
    is_picture: bool
    is_packed: bool
    size: int = 0


def _answers(context: BrowserContext, address: str) -> list[Answer]:
    """All that a first view is made of."""
    page = context.new_page()
    wire = context.new_cdp_session(page)
    answers: dict[str, Answer] = {}

    def begin(event: dict[str, Any]) -> None:
        said, kind = event["response"], event["type"]
        if not said["url"].startswith("data:"):
            answers[event["requestId"]] = Answer(
                said["url"],
                is_text=kind in {"Document", "Stylesheet", "Script"},
                is_picture=kind == "Image",
                is_packed="content-encoding" in map(str.lower, said["headers"]),
            )

    def end(event: dict[str, Any]) -> None:
        if event["requestId"] in answers:
            answers[event["requestId"]].size = event["encodedDataLength"]

    wire.on("Network.responseReceived", begin)
    wire.on("Network.loadingFinished", end)
    wire.send("Network.enable")
    answer = page.goto(address, wait_until="networkidle")
    assert answer is not None
    assert answer.ok, address
    return list(answers.values())
