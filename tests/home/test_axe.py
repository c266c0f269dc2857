"""Every template and every block of the website, as axe sees it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from home.blocks import BodyBlock
from home.demo import load_pages
from home.models.base import BodyPage
from tests.axe import findings
from tests.crawl import crawl
from tests.world import TYPES, World

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "templates", ROOT / "home/templates")

#: Pages whose templates stand on other pages too, in another state.
MORE = (
    "/en/",
    "/suche/?q=sprechn",
    "/suche/?q=sprechen&beruf=polizei",
    "/suche/?q=qqqq&beruf=polizei",
    "/arbeitshilfen/?beruf=polizei",
    "/fortbildung/erkennen-und-ansprechen/",
    "/publikationen/was-wirkt/",
    "/termine/werkstatt-digitale-gewalt/",
    "/konto/anmelden/",
    "/konto/passwort/vergessen/",
)
#: Seen by nobody who is not signed in, not even a page, or made by a fault that no link leads to.
ELSEWHERE = {
    "400.html",
    "403.html",
    "500.html",
    "account/logout.html",
    "account/no_role.html",
    "account/password_reset_done.html",
    "home/admin/links.html",
    "home/demo/paper.html",
}


@pytest.fixture
def site(transactional_db: None) -> list[str]:
    """The demo's pages, and a document of each type in three Fassungen, the first withdrawn.

    Gives the addresses that no link leads to.
    """
    load_pages()
    world, unlinked = World(), ["/gibt-es-nicht/"]
    for type_key in TYPES:
        document = world.second_fassung(world.document(type_key, "veroeffentlicht"))
        world.second_fassung(document, "Noch neuere Zahlen.")
        world.do(document, "fassung_zurueckziehen", "redaktion", "Falsch.", edition=1)
        unlinked.append(f"/{document.path}/fassung/2/seit/1/")
    return unlinked


def _templates() -> set[str]:
    return {str(path.relative_to(folder)) for folder in FOLDERS for path in folder.rglob("*.html")}


def _blocks_in_use() -> set[str]:
    pages = [page for model in BodyPage.__subclasses__() for page in model.objects.all()]
    return {block.block_type for page in pages for block in page.body}


def _addresses(more: list[str]) -> Iterator[tuple[str, set[str]]]:
    """The first address that shows each template, with what is new on it."""
    seen: set[str] = set()
    ours = _templates()
    cache.clear()
    client = Client()
    found = crawl(client, ["/", "/suche/?q=sprechen"])
    answers = {address: response for address, (response, _said) in found.items()}
    answers |= {address: client.get(address) for address in more}
    for address, response in answers.items():
        used = {template.name for template in getattr(response, "templates", [])} & ours
        if used - seen:
            yield address, used - seen
        seen |= used


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Wagtail leaves temporary files open
def test_nothing_is_found_on_any_template_or_block(
    page: Page, live_server: LiveServer, site: list[str]
) -> None:
    in_files_only = {"file"}  # the same template; it stands beside the text
    assert set(BodyBlock().child_blocks) - _blocks_in_use() <= in_files_only
    covers = dict(_addresses([*MORE, *site]))
    assert _templates() - set().union(*covers.values()) <= ELSEWHERE
    found = []
    for address in dict.fromkeys([*covers, *MORE]):
        page.goto(live_server.url + address)
        found += [(address, finding) for finding in findings(page)]
    assert found == []
