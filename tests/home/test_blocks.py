"""What editors can put into a text, as readers get it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.blocks import ListBlock, StructBlock, StructBlockValidationError
from wagtail.rich_text import RichText

from home.blocks import BodyBlock, VideoBlock
from home.models import GuidePage


@pytest.fixture
def show(client: Client, make_guide: Callable[..., GuidePage]) -> Callable[..., BeautifulSoup]:
    """A function that shows the article with these blocks."""

    def do(*blocks: tuple[str, Any]) -> BeautifulSoup:
        page = client.get(make_guide(body=list(blocks)).url)
        return BeautifulSoup(page.content, "html.parser").article

    return do


def test_folded_answers_open_without_scripts(show: Callable[..., BeautifulSoup]) -> None:
    items = [{"title": "Wer zahlt?", "text": RichText("<p>Das Land.</p>")}]
    fold = show(("accordion", items)).select_one("details")
    assert fold.summary.get_text(strip=True) == "Wer zahlt?"
    assert "Das Land." in fold.get_text()


def test_contact_can_be_called_and_written_to(show: Callable[..., BeautifulSoup]) -> None:
    value = {
        "name": "Fachstelle",
        "about": "Rat für Fachkräfte",
        "address": "Weg 1\n12345 Ort",
        "phone": "0123 45 67",
        "email": "rat@stelle.test",
        "website": "https://stelle.test/",
    }
    article = show(("contact", value))
    links = [link["href"] for link in article.select(".contact a")]
    assert links == ["tel:01234567", "mailto:rat@stelle.test", "https://stelle.test/"]
    assert "Weg 1" in article.get_text()


def test_film_is_played_from_here_with_subtitles(
    show: Callable[..., BeautifulSoup], make_document: Callable[..., Any]
) -> None:
    film, captions = make_document("film.webm", b"x"), make_document("film.vtt", b"WEBVTT")
    value = {"title": "Drei Schritte", "language": "de", "length": "1 Minute"}
    article = show(("video", value | {"file": film, "captions": captions}))
    assert article.video.source["src"] == film.url
    assert article.video.source["type"] == "video/webm"
    assert not article.video.has_attr("autoplay")
    track = article.video.track
    assert (track["src"], track["srclang"], track["kind"]) == (captions.url, "de", "captions")
    assert "Drei Schritte" in article.figcaption.get_text()


def test_film_elsewhere_is_a_plain_link(show: Callable[..., BeautifulSoup]) -> None:
    value = {"title": "Erklärfilm", "language": "gsg", "length": "2 Minuten"}
    article = show(("video", value | {"link": "https://film.test/1"}))
    assert article.video is None
    assert article.select_one(".video__link")["href"] == "https://film.test/1"
    assert article.select_one(".video__link")["hreflang"] == "gsg"
    assert "Deutsche Gebärdensprache" in article.get_text()


@pytest.mark.parametrize("missing", ["film", "subtitles"])
def test_film_without_film_or_subtitles_is_refused(
    make_document: Callable[..., Any], missing: str
) -> None:
    block = VideoBlock()
    file = None if missing == "film" else make_document("film.mp4")
    value = block.to_python({"title": "T", "language": "de", "length": "1 Minute"})
    value["file"] = file
    with pytest.raises(StructBlockValidationError) as refusal:
        block.clean(value)
    assert set(refusal.value.block_errors) == {"file" if missing == "film" else "captions"}


def test_quote_says_its_language(show: Callable[..., BeautifulSoup]) -> None:
    quote = show(("quote", {"text": "You are not alone.", "source": "", "language": "en"}))
    assert quote.blockquote["lang"] == "en"


def test_folded_block_is_called_by_its_own_words() -> None:
    """Not by whatever stands in it, such as the "Nein" of a box that is not ticked."""
    found = list(BodyBlock().child_blocks.values())
    found += [block.child_block for block in found if isinstance(block, ListBlock)]
    for block in (block for block in found if isinstance(block, StructBlock)):
        named = re.findall(r"{(\w+)}", block.meta.label_format or "")
        assert named, block.name
        assert set(named) <= block.child_blocks.keys(), block.name
