"""Opened and saved unchanged, a section stays what it was, wherever its text came from."""

import json
from typing import Any

import pytest
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.blocks import StreamValue

from klk_workflow.admin.writing.forms import part_form
from klk_workflow.admin.writing.word import from_html
from klk_workflow.content.editing import save_part
from klk_workflow.models import Section
from tests.klk_workflow.admin.test_word import WORD
from tests.world import REPORT, World

TAGS = [
    *("p", "b", "strong", "i", "em", "span style='font-weight:bold'", "ul", "ol", "li", "h1", "h2"),
    *("div", "span", "sup", "blockquote", "pre", "u", "del", "o:p", "table", "tr", "td", "th"),
    *("a", "a href='https://e.org/?a=1&amp;b=2'", "a href='mailto:x@e.org'", "a href='/x'"),
    *("p style='mso-list:l0 level1'", "p style='mso-list:l0 level2'", "a href='#_msocom_1'"),
]
NOTED = '<a href="#_ftn1"></a><p id="ftn1"><a href="#_ftnref1"></a>Erlass</p>'
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["a", " b ", "  ", "\xa0", "\u200b", "\n", "\x1f", "e\u0301", "😀", "1. x", "&", "<br>"]
)


def _element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inside, max_size=4).map("".join)
    return st.builds(
        lambda tag, inner: f"<{tag}>{inner}</{tag.split()[0]}>", st.sampled_from(TAGS), several
    )


LEAVES = WORDS.map(escape).map(str) | st.sampled_from(["<br>", "<br/>", "<img>"])
HTML = st.lists(
    st.recursive(LEAVES, _element, max_leaves=10) | st.just(NOTED), max_size=4, unique=True
).map("".join)

STYLES = st.builds(
    lambda style, offset, length: {"style": style, "offset": offset, "length": length},
    st.sampled_from(["BOLD", "ITALIC"]),
    st.integers(0, 4),
    st.integers(1, 4),
)
KINDS = ["unstyled", "header-three", "unordered-list-item", "ordered-list-item"]
LINES = st.builds(
    lambda text, kind, depth, styles: {
        "key": "a",
        "text": text.ljust(9, "x"),
        "type": kind,
        "depth": depth if "list" in kind else 0,
        "inlineStyleRanges": styles,
        "entityRanges": [],
    },
    st.text(st.sampled_from("ab \n\xa0&😀"), max_size=9),
    st.sampled_from(KINDS),
    st.integers(0, 2),
    st.lists(STYLES, max_size=3),
)

each = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Desk:
    """A section of a draft, written and opened by a member."""

    def __init__(self) -> None:
        self.world = World()
        self.document = self.world.document(REPORT)
        self.first = Section.objects.filter(document=self.document).order_by("position")[0]

    def stored(self) -> Section:
        """The section as it is stored now."""
        return Section.objects.get(pk=self.first.pk)

    def save(self, body: Any) -> Section:
        """Save this body."""
        section = self.stored()
        by = self.world.people["nw"]
        return save_part(section, by=by, seen_version=section.version, changes={"body": body})

    def send(self, data: dict[str, str]) -> Section:
        """Save what a browser sends."""
        section = self.stored()
        form = self.form(data | {"visibility": section.visibility}, instance=section)
        assert form.is_valid(), form.errors
        return self.save(form.changes()["body"])

    def form(self, *args: Any, instance: Section) -> Any:
        """The section's form."""
        form = part_form(self.document.type, Section)
        return form(*args, document=self.document, instance=instance)

    def open_and_save(self) -> None:
        """Open the section in the editor, and send what it shows."""
        section = self.stored()
        assert self.form(instance=section).editor
        self.send(shown(section.body))

    def digest(self) -> str:
        """The document's digest."""
        self.document.refresh_from_db()
        return self.document.digest


def shown(body: StreamValue) -> dict[str, str]:
    """What the editor sends of a body that nobody touched."""
    state = body.stream_block.get_form_state(body)
    return _fields("body", [(block["type"], block["value"]) for block in state])


def _fields(name: str, blocks: list[tuple[str, Any]]) -> dict[str, str]:
    data = {f"{name}-count": str(len(blocks))}
    for n, (kind, value) in enumerate(blocks):
        data |= {f"{name}-{n}-{key}": "" for key in ("id", "deleted")}
        data |= {f"{name}-{n}-order": str(n), f"{name}-{n}-type": kind}
        if kind == "fussnoten":
            data |= _fields(f"{name}-{n}-value", [("", note["value"]) for note in value])
        else:
            data[f"{name}-{n}-value"] = value if isinstance(value, str) else json.dumps(value)
    return data


@pytest.fixture
def desk(db) -> Desk:
    return Desk()


@each
@given(HTML)
def test_text_that_was_imported_stays_what_it_was(desk, html):
    desk.save(json.dumps([{"type": t, "value": v} for t, v in from_html(html).blocks]))
    before = desk.digest(), desk.stored().version
    desk.open_and_save()
    assert (desk.digest(), desk.stored().version) == before


@each
@given(st.lists(LINES, min_size=1, max_size=4))
def test_text_that_was_typed_stays_what_it_was(desk, lines):
    value = json.dumps({"blocks": lines, "entityMap": {}})
    desk.send(_fields("body", [("text", value)]))
    before = desk.digest(), desk.stored().version
    desk.open_and_save()
    assert (desk.digest(), desk.stored().version) == before


def test_a_whole_page_of_word_stays_what_it_was(desk):
    desk.save(json.dumps([{"type": t, "value": v} for t, v in from_html(WORD).blocks]))
    before = desk.digest()
    desk.open_and_save()
    assert desk.digest() == before


def test_lines_that_word_breaks_stay_broken(desk):
    blocks = from_html("<p>Weg 1<br>12345 Ort</p>").blocks
    desk.save(json.dumps([{"type": t, "value": v} for t, v in blocks]))
    assert desk.form(instance=desk.stored()).editor
    assert "Weg 1<br/>12345 Ort" in str(desk.stored().raw_body())
