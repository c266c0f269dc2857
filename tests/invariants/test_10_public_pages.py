"""Public pages set no cookie, ask no other host, work without scripts, and can be left at once."""

import gc
import json
import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from home.demo import load_pages
from klk_workflow.demo.load import load
from klk_workflow.models import Edition, Section
from tests import structured
from tests.crawl import crawl, plain_addresses

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Wagtail leaves temporary files open
]

#: What a browser fetches by itself.
FETCHED = re.compile(
    r"""<(?:img|script|iframe|source|audio|video|embed|input)\b[^>]*?\bsrc(?:set)?=["']([^"']+)|"""
    r"""<link\b(?=[^>]*\brel=["'](?:[^"']*\b)?(?:stylesheet|icon|preload|preconnect|dns-prefetch|"""
    r"""modulepreload|manifest)\b)[^>]*?\bhref=["']([^"']+)|"""
    r"""\bsrcset=["']([^"']+)|<form\b[^>]*\baction=["']([^"']+)|<object\b[^>]*\bdata=["']([^"']+)"""
)
IN_STYLES = re.compile(r"url\(\s*[\"']?(?!data:)([^\"')]+)")


MISSING = "/gibt-es-nicht/"


@pytest.fixture(scope="module")
def visitor():
    """Somebody with an empty browser."""
    return Client()


@pytest.fixture(scope="module")
def answers(django_db_setup, django_db_blocker, visitor):
    """What each address of the whole demo site answers, and what it says."""
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()  # menus of earlier tests, before the fixture that clears it for each test
        load()
        load_pages()
        call_command("search_index", verbosity=0)
        gc.collect()
        start = [address for address in plain_addresses() if not address.startswith("/api/")]
        yield crawl(visitor, [*start, MISSING], limit=5000, choices=10)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def pages(answers):
    """Those of them that are pages."""
    return {
        address: (response, said)
        for address, (response, said) in answers.items()
        if "html" in response.headers.get("Content-Type", "") and response.content
    }


def test_there_are_pages(pages):
    assert len(pages) > 100
    assert {r.status_code for r, _said in pages.values()} >= {200, 404, 410}


def test_no_link_is_broken(answers, pages):
    withdrawn = {
        f"/{path}/fassung/{number}/"
        for path, number in Edition.objects.exclude(withdrawn_at=None).values_list("path", "number")
    }
    broken = {a: r.status_code for a, (r, _said) in answers.items() if r.status_code >= 400}
    assert broken.pop(MISSING) == 404
    assert {a for a in broken if a.removeprefix("/en") not in withdrawn} == set()
    for address, (_response, said) in pages.items():
        for anchor in re.findall(r'href="#([^"]+)"', said):
            assert f'id="{anchor}"' in said, f"{address}#{anchor}"


def test_nothing_internal_and_no_draft(pages):
    """Sentences that stand in no Fassung, but in a draft or in an internal part."""
    texts = Edition.objects.values_list("html", "json", "summary")
    published = unescape(" ".join(" ".join(text) for text in texts))
    written = " ".join(part.plain_text() for part in Section.objects.all())
    sentences = {sentence.strip() for sentence in re.split(r"[.\n]\s", written)}
    secret = {words for words in sentences if len(words) > 40 and words not in published}
    assert len(secret) > 20
    for address, (_response, said) in pages.items():
        assert not [sentence for sentence in secret if sentence in said], address


def test_no_cookie(pages, visitor):
    assert not visitor.cookies
    for address, (response, _said) in pages.items():
        assert not response.cookies, address
        assert "cookie" not in response.headers.get("Vary", "").lower(), address


def test_nothing_is_fetched_from_another_host(pages):
    for address, (_response, said) in pages.items():
        for found in FETCHED.findall(said):
            for target in ",".join(filter(None, found)).split(","):
                url = urlsplit(target.strip().split(" ")[0])
                assert not url.netloc, f"{address}: {target}"
                assert url.scheme in {"", "data"}, f"{address}: {target}"
        for target in IN_STYLES.findall(said):
            assert not urlsplit(target).netloc, f"{address}: {target}"


def test_no_inline_script_or_style(pages):
    """The policy forbids them; a page that has one is broken for everybody."""
    for address, (_response, said) in pages.items():
        scripts = re.sub(r'<script type="application/ld\+json">[^<>]*</script>', "", said)  # data
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>\s*\S", scripts), address
        assert not re.search(r"<style\b", said), address
        assert not re.search(r"<[^>]*\s(?:style|on\w+)=", said), address


def test_every_page_can_be_left_at_once(pages):
    """A plain link right after the skip link, and the help line on every page."""
    for address, (_response, said) in pages.items():
        links = re.findall(r"<a\b[^>]*\bhref=[\"']([^\"']+)", said)
        assert len(links) > 1, f"{address}: {said[:500]}"
        assert links[0].startswith("#"), address
        assert links[1] == settings.KLK_EXIT_URL, address
        assert "116 016" in re.sub(r"&nbsp;|\s", " ", said), address


def test_pages_say_their_language_and_name_themselves(pages):
    for address, (_response, said) in pages.items():
        language = "en" if address.startswith("/en/") else "de"
        assert f'<html lang="{language}"' in said, address
        title = re.search(r"<title>\s*(.*?)\s*</title>", said, re.DOTALL)
        assert title, address
        assert title[1], address
        assert len(re.findall(r"<h1\b", said)) == 1, address


def test_search_engines_find_all_they_ask_for(pages):
    kinds, languages = set(), {}
    for address, (response, _said) in pages.items():
        for block in structured.BLOCK.findall(response.content.decode()):
            assert list(structured.faults(block)) == [], address
            data = json.loads(block)
            kinds.add(data["@type"])
            if data["@type"] == "WebSite":
                languages[address] = data["inLanguage"]
            if data["@type"] == "Event":
                assert data["startDate"].endswith(("+01:00", "+02:00")), address
    assert kinds == structured.PAGES
    assert languages == {"/": "de", "/en/": "en"}
