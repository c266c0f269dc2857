"""What all tests share: the browser, and a database that looks freshly migrated."""

import os
import shutil

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

# Django empties all tables after a test with real transactions. Filled again before the next are
# those that migrations filled: roles, the pages' root, the language.
KEEP_ROWS_OF_MIGRATIONS = pytest.mark.django_db(transaction=True, serialized_rollback=True)

# Playwright's loop runs in the test's thread; asking the database there is safe all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_configure() -> None:
    """Give each test process a Redis database of its own: it empties its cache again and again."""
    server, _, number = str(settings.CACHES["default"].get("LOCATION", "")).rpartition("/")
    if server.startswith("redis"):
        process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
        settings.CACHES["default"]["LOCATION"] = f"{server}/{int(number) - process}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test what follows from the fixtures it asks for."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "browser" in fixtures:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))
        if fixtures & {"transactional_db", "live_server"} or _has_real_transactions(item):
            item.add_marker(KEEP_ROWS_OF_MIGRATIONS, append=False)


def _has_real_transactions(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return marker is not None and bool(marker.kwargs.get("transaction"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Start the system's Chromium; as root it cannot have its own sandbox."""
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """A German reader."""
    return browser_context_args | {"locale": "de-DE", "timezone_id": "Europe/Berlin"}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Let each connection know those rows: while Playwright runs, Django opens another one."""
    connection = connections["default"]
    rows = getattr(connection, "_test_serialized_contents", None)
    if rows is not None:
        type(connection)._test_serialized_contents = rows


@pytest.fixture(autouse=True)
def _fresh_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test read what another left in the cache of public pages, nor what stood there before
    it emptied the cache itself.
    """
    monkeypatch.setattr("home.cache.LOOK_EVERY", 0)
    cache.clear()
