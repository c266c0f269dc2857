"""Public pages leave nothing behind, ask nobody else, and can be left at once."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

import home

NAMED = "[rel=canonical], [rel=alternate]"  # read by programs, loaded by no browser
PAGES = [
    "/",
    "/laender/",
    "/laender/bayern/",
    "/berichte-und-plaene/",
    "/laenderberichte/",
    "/laenderberichte/nw/2026-1/",
    "/laenderberichte/nw/2026-1/fassung/1/",
    "/laenderberichte/he/2026-1/",
    "/aktionsplaene/",
    "/arbeitshilfen/",
    "/arbeitshilfen/sicher-sprechen/",
    "/fortbildung/",
    "/publikationen/",
    "/hilfe/",
    "/spuren-vermeiden/",
    "/pruefung-und-freigabe/",
    "/impressum/",
    "/datenschutz/",
    "/barrierefreiheit/",
    "/gibt-es-nicht/",
]
TELLING = re.compile(r"\b(gewalt|hilfe|schutz|notruf|opfer)", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _content(
    make_edition: Callable[..., Any], make_guide: Callable[..., Any], withdraw: Callable[..., None]
) -> None:
    make_edition()
    make_edition(number=2)
    withdraw(make_edition("he"))
    make_guide()


@pytest.fixture(params=PAGES)
def shown(client: Client, request: pytest.FixtureRequest) -> Any:
    """Each kind of public page, with its answer as `answer`."""
    answer = client.get(request.param)
    soup = BeautifulSoup(answer.content, "html.parser")
    soup.answer = answer
    return soup


def test_leaves_no_cookie_and_tells_no_referrer(shown: Any) -> None:
    assert not shown.answer.cookies
    assert "cookie" not in shown.answer.headers.get("Vary", "").lower()
    assert shown.answer["Referrer-Policy"] == "no-referrer"
    assert shown.find("meta", attrs={"name": "referrer"})["content"] == "no-referrer"


def test_loads_everything_from_here(shown: Any) -> None:
    loaded = [tag["src"] for tag in shown.select("[src]")]
    loaded += [tag["href"] for tag in shown.select(f"link[href]:not({NAMED})")]
    loaded += [
        part.split()[0] for tag in shown.select("[srcset]") for part in tag["srcset"].split(",")
    ]
    assert loaded
    assert [url for url in loaded if urlsplit(url).netloc] == []
    ours = ("/", settings.WAGTAILADMIN_BASE_URL)
    assert all(tag["href"].startswith(ours) for tag in shown.select(f"link:is({NAMED})"))


def test_has_no_inline_code(shown: Any) -> None:
    assert shown.select("style, [style], iframe, object, embed") == []
    scripts = shown.select("script:not([type='application/ld+json'])")  # data is not run
    assert all(script.get("src") for script in scripts)
    assert [
        tag for tag in shown.select("*") if any(name.startswith("on") for name in tag.attrs)
    ] == []


def test_posts_nothing(shown: Any) -> None:
    assert shown.select("form[method=post], [name=csrfmiddlewaretoken]") == []


def test_jump_first_then_the_way_out_then_help(shown: Any) -> None:
    first, second, *others = shown.select("body a")
    assert first["href"] == "#inhalt"
    assert shown.find(id="inhalt").name == "main"
    assert second["href"] == settings.KLK_EXIT_URL
    assert second.has_attr("data-exit")
    assert [link["href"] for link in others[:2]] == ["tel:116016", "tel:110"]


def test_way_out_is_a_plain_link_everybody_can_use(shown: Any) -> None:
    link = shown.select_one(".way-out__exit")
    assert link.get_text(strip=True) == "Seite verlassen"
    assert link["href"] == settings.KLK_EXIT_URL
    assert "target" not in link.attrs
    assert shown.select_one("[data-exit-status]")["role"] == "status"


def test_says_its_language_and_has_one_heading(shown: Any) -> None:
    assert shown.html["lang"] == "de"
    assert len(shown.select("h1")) == 1
    levels = [int(tag.name[1]) for tag in shown.select("h1, h2, h3, h4")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_names_are_unique(shown: Any) -> None:
    names = [tag["id"] for tag in shown.select("[id]")]
    assert len(names) == len(set(names))


def test_title_ends_with_the_site_and_gives_nothing_away(shown: Any) -> None:
    title = shown.title.get_text()
    assert title.endswith(" – KLK")
    assert not TELLING.search(title)


def test_every_link_leads_somewhere(client: Client) -> None:
    seen, todo = set(), ["/"]
    broken = []
    while todo:
        address = todo.pop()
        seen.add(address)
        answer = client.get(address)
        if answer.status_code not in {200, 410}:
            broken.append((address, answer.status_code))
        if not answer.get("Content-Type", "").startswith("text/html"):
            b"".join(answer)
            continue
        for link in BeautifulSoup(answer.content, "html.parser").select("a[href^='/']"):
            target = link["href"].split("#")[0]
            if target not in seen and target not in todo:
                todo.append(target)
    assert broken == []
    assert len(seen) > 25


def test_own_files_name_no_other_host() -> None:
    folder = Path(home.__file__).parent / "static" / "home"
    texts = [path.read_text("utf-8") for path in folder.iterdir() if path.suffix in {".css", ".js"}]
    assert len(texts) > 1
    assert not [text for text in texts if re.search(r"url\(['\"]?https?:|fetch\(|@import", text)]
