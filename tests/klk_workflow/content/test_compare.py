"""The differ: readable, complete, well-formed."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klk_workflow.content.compare import compare, is_same


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "<p>Eine Region hat Plätze.</p>",
            "<p>Eine Region hat Plätze.</p>",
            "<p>Eine Region hat Plätze.</p>",
        ),
        (
            "<p>Eine Region hat Treffen eingeführt.</p>",
            "<p>Zwei Regionen haben Treffen eingeführt.</p>",
            "<p><del>Eine Region hat</del><ins>Zwei Regionen haben</ins> Treffen eingeführt.</p>",
        ),
        (
            "<p>Neu: eins.</p>",
            "<p>Neu: eins.</p><p>Zwei.</p>",
            "<p>Neu: eins.</p><p><ins>Zwei.</ins></p>",
        ),
        ("<p>Eins.</p><p>Zwei.</p>", "<p>Zwei.</p>", "<p><del>Eins.</del></p><p>Zwei.</p>"),
        (
            '<p>Siehe <a href="https://a.example">hier</a> nach.</p>',
            '<p>Siehe <a href="https://b.example">hier</a> nach.</p>',
            (
                '<p>Siehe <del><a href="https://a.example">hier</a></del>'
                '<ins><a href="https://b.example">hier</a></ins> nach.</p>'
            ),
        ),
        (
            "<p>ganz wichtig</p>",
            "<p>ganz <b>wichtig</b></p>",
            "<p>ganz <del>wichtig</del><ins><b>wichtig</b></ins></p>",
        ),
        ("", "<p>Erstes Wort</p>", "<p><ins>Erstes Wort</ins></p>"),
    ],
)
def test_words(old, new, expected):
    assert compare(old, new) == expected


def test_tables_stay_tables_and_change_row_by_row():
    old = (
        "<table><tbody><tr><td>Plätze</td><td>10</td></tr>"
        "<tr><td>Stellen</td><td>2</td></tr></tbody></table>"
    )
    new = "<table><tbody><tr><td>Plätze</td><td>12</td></tr></tbody></table>"
    assert compare(old, new) == (
        "<table><tbody><tr><td>Plätze</td><td><del>10</del><ins>12</ins></td></tr>"
        "<tr><td><del>Stellen</del></td><td><del>2</del></td></tr></tbody></table>"
    )


def test_another_picture_is_marked():
    old = '<figure><img src="/a" alt="Haus"></figure>'
    new = '<figure><img src="/b" alt="Haus"></figure>'
    marked = compare(old, new)
    assert '<del><img src="/a" alt="Haus"></del>' in marked
    assert '<ins><img src="/b" alt="Haus"></ins>' in marked


def test_text_stays_text():
    marked = compare("<p>a &lt;b&gt;</p>", "<p>a &lt;script&gt; &amp; Söhne</p>")
    assert "<script>" not in marked
    assert "&lt;" in marked


def test_what_a_reader_does_not_meet_is_no_change():
    assert is_same('<p class="x">a</p>', '<p class="y">a</p>')
    assert not is_same("<p>a</p>", "<p>b</p>")


WORDS = st.text("abc äß&<>\"'", max_size=20)
BLOCK = st.one_of(
    WORDS.map(lambda w: f"<p>{_escaped(w)}</p>"),
    st.lists(WORDS, max_size=3).map(
        lambda ws: "<ul>" + "".join(f"<li>{_escaped(w)} <b>x</b></li>" for w in ws) + "</ul>"
    ),
    st.lists(WORDS, min_size=1, max_size=3).map(
        lambda ws: (
            "<table><tbody><tr>"
            + "".join(f"<td>{_escaped(w)}</td>" for w in ws)
            + "</tr></tbody></table>"
        )
    ),
)
HTML = st.lists(BLOCK, max_size=4).map("".join)


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Without(HTMLParser):
    """Collects the text outside of one kind of mark; fails on tags that do not match."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self.mark, self.stack, self.text = mark, [], ""

    def handle_starttag(self, tag, attrs):
        self.stack.append(tag)

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag

    def handle_data(self, data):
        if self.mark not in self.stack:
            self.text += data


def text_without(mark: str, html: str) -> str:
    reader = Without(mark)
    reader.feed(html)
    reader.close()
    assert not reader.stack
    return "".join(reader.text.split())


@given(HTML, HTML)
def test_without_the_marks_it_is_the_old_and_the_new_text(old, new):
    marked = compare(old, new)
    assert text_without("del", marked) == text_without("none", new)
    assert text_without("ins", marked) == text_without("none", old)


@given(HTML)
def test_the_same_text_has_no_marks(html):
    assert "<ins>" not in compare(html, html)
    assert "<del>" not in compare(html, html)
