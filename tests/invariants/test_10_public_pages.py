"""Public pages set no cookie, ask no other host, work without scripts, and can be left at once."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from tests.crawl import crawl, plain_addresses

#: What a browser fetches by itself.
FETCHED = re.compile(
    r"""<(?:img|script|iframe|source|audio|video|embed|input)\b[^>]*?\bsrc(?:set)?=["']([^"']+)|"""
    r"""<link\b(?=[^>]*\brel=["'](?:[^"']*\b)?(?:stylesheet|icon|preload|preconnect|dns-prefetch|"""
    r"""modulepreload|manifest)\b)[^>]*?\bhref=["']([^"']+)|"""
    r"""\bsrcset=["']([^"']+)|<form\b[^>]*\baction=["']([^"']+)|<object\b[^>]*\bdata=["']([^"']+)"""
)
IN_STYLES = re.compile(r"url\(\s*[\"']?(?!data:)([^\"')]+)")


@pytest.fixture
def pages(world, client):
    """Every public page of a conference with a document of each type in several Fassungen."""
    from tests.world import TYPES

    for type_key in TYPES:
        document = world.second_fassung(world.document(type_key, "veroeffentlicht"))
        world.do(document, "fassung_zurueckziehen", "redaktion", "Falsch.", edition=1)
    answers = crawl(client, [*plain_addresses(), "/gibt-es-nicht/"])
    return {
        address: (response, said)
        for address, (response, said) in answers.items()
        if "html" in response.headers.get("Content-Type", "") and response.content
    }


def test_there_are_pages(pages):
    assert len(pages) > 10
    assert {r.status_code for r, _said in pages.values()} >= {200, 404, 410}


def test_no_cookie(pages, client):
    assert not client.cookies
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


def test_pages_are_german_and_name_themselves(pages):
    for address, (_response, said) in pages.items():
        assert '<html lang="de"' in said, address
        title = re.search(r"<title>\s*(.*?)\s*</title>", said, re.DOTALL)
        assert title, address
        assert title[1], address
        assert len(re.findall(r"<h1\b", said)) == 1, address
