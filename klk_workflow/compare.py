"""What changed between two texts, word by word, as HTML with <ins> and <del>.

Works on sanitised HTML of any part: text, lists, tables row by row, facts of a measure, files by
their address. The result has the new text's structure; nothing that differs goes unmarked.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from typing import Final, TypeAlias

from django.utils.safestring import SafeString, mark_safe

_VOID: Final = {"img", "br", "hr", "wbr"}
_INLINE: Final = {"a", "b", "i", "strong", "em", "sup", "sub", "span", "small", "br", "code", "img"}
_WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")
#: Elements that are the same one by their place, whatever they hold.
_PLACES: Final = {"table", "thead", "tbody", "ul", "ol", "dl", "td", "th", "dd", "section"}
#: Attributes that say something; a difference in any other is none for the reader.
_TELLING: Final = {"href", "src", "alt"}
#: Two elements are the same one, changed, if at least this much of them is alike.
_ALIKE: Final = 0.2

Attributes: TypeAlias = tuple[tuple[str, str], ...]
Inline: TypeAlias = tuple[tuple[str, Attributes], ...]


@dataclass
class Node:
    """An element with its children; text is a plain str among them."""

    tag: str
    attributes: Attributes = ()
    children: "list[Node | str]" = field(default_factory=list)

    @property
    def is_inline(self) -> bool:
        """Whether it stands within a line of text."""
        return self.tag in _INLINE

    @property
    def holds_text(self) -> bool:
        """Whether its children are a line of text, not further blocks."""
        return all(isinstance(child, str) or _is_line(child) for child in self.children)

    def signature(self) -> str:
        """All that a reader meets in it, for comparing."""
        telling = [value for name, value in self.attributes if name in _TELLING]
        inner = [child if isinstance(child, str) else child.signature() for child in self.children]
        return f"<{self.tag} {' '.join(telling)}>{''.join(inner)}</>"

    def words(self) -> str:
        """The text in it."""
        return " ".join(c if isinstance(c, str) else c.words() for c in self.children)


def _is_line(node: Node) -> bool:
    return node.is_inline and node.holds_text


@dataclass(frozen=True)
class Token:
    """A word, a space or a picture, with the inline elements around it."""

    text: str
    around: Inline = ()
    void: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, tuple((name, value or "") for name, value in attrs))
        self.open[-1].children.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Node:
    """The elements of a fragment, below one node without a name."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


def compare(old: str, new: str) -> SafeString:
    """The new fragment with what was added in <ins> and what went in <del>."""
    return compare_nodes(parse(old), parse(new))


def compare_nodes(old: Node, new: Node) -> SafeString:
    """As `compare`, of parsed fragments."""
    return mark_safe("".join(_inside(old, new)))  # noqa: S308 - every text is escaped here


def is_same(old: str, new: str) -> bool:
    """Whether a reader meets the same in both."""
    return _normal(parse(old)) == _normal(parse(new))


def _normal(node: Node) -> str:
    return " ".join(node.signature().split())


def _inside(old: Node, new: Node) -> Iterator[str]:
    if old.holds_text and new.holds_text:
        yield _line(_tokens(old), _tokens(new))
        return
    for before, after in _pairs(_blocks(old), _blocks(new)):
        if before is None and after is not None:
            yield _whole(after, "ins")
        elif after is None and before is not None:
            yield _whole(before, "del")
        elif before is not None and after is not None:
            yield _open(after) + "".join(_inside(before, after)) + f"</{after.tag}>"


def _blocks(node: Node) -> list[Node]:
    """Children as blocks; loose text between blocks becomes one of its own."""
    blocks: list[Node] = []
    for is_loose, run in groupby(node.children, lambda c: isinstance(c, str) or _is_line(c)):
        children = list(run)
        if not is_loose:
            blocks += [child for child in children if isinstance(child, Node)]
        elif any(isinstance(c, Node) or c.strip() for c in children):
            blocks.append(Node("span", (), children))
    return blocks


def _pairs(old: list[Node], new: list[Node]) -> Iterator[tuple[Node | None, Node | None]]:
    """Which block became which: the same ones first, then the likest in between."""
    before, after = [_normal(n) for n in old], [_normal(n) for n in new]
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from zip(old[i1:i2], new[j1:j2], strict=True)
        else:
            yield from _matched(old[i1:i2], new[j1:j2])


def _matched(old: list[Node], new: list[Node]) -> Iterator[tuple[Node | None, Node | None]]:
    rest = list(old)
    for node in new:
        place = next((i for i, other in enumerate(rest) if _is_alike(other, node)), None)
        if place is None:
            yield None, node
            continue
        yield from ((gone, None) for gone in rest[:place])
        yield rest[place], node
        rest = rest[place + 1 :]
    yield from ((gone, None) for gone in rest)


def _is_alike(old: Node, new: Node) -> bool:
    if old.tag != new.tag:
        return False
    if old.tag in _PLACES:
        return True
    matcher = SequenceMatcher(None, old.words().split(), new.words().split(), autojunk=False)
    return matcher.ratio() >= _ALIKE


def _whole(node: Node, mark: str) -> str:
    """A block that came or went as a whole: its own tags stay, its lines are marked."""
    if node.tag in _VOID:
        return f"<{mark}>{_open(node)}</{mark}>"
    if node.holds_text:
        inner = _marked(_tokens(node), mark)
    else:
        inner = "".join(_whole(child, mark) for child in _blocks(node))
    return f"{_open(node, without_id=mark == 'del')}{inner}</{node.tag}>"


def _tokens(node: Node, around: Inline = ()) -> list[Token]:
    tokens: list[Token] = []
    for child in node.children:
        if isinstance(child, str):
            tokens += [
                Token(" " if word.isspace() else word, around) for word in _WORDS.findall(child)
            ]
        elif child.tag in _VOID:
            tokens.append(Token("", around, _open(child)))
        else:
            tokens += _tokens(child, (*around, (child.tag, child.attributes)))
    return tokens


def _line(old: list[Token], new: list[Token]) -> str:
    """A line of text, word by word; a changed link or emphasis is a change of its words."""
    out = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i1, i2, j1, j2 in _readable(matcher.get_opcodes(), old):
        if kind == "equal":
            out.append(_plain(new[j1:j2]))
        else:
            out.append(_marked(old[i1:i2], "del") + _marked(new[j1:j2], "ins"))
    return "".join(out)


def _readable(
    codes: Sequence[tuple[str, int, int, int, int]], old: list[Token]
) -> Iterator[tuple[str, int, int, int, int]]:
    """Join changes that only a space parts: "zwei Wörter" reads as one change, not as two."""
    held: tuple[str, int, int, int, int] | None = None
    for code in codes:
        kind, i1, i2, _j1, j2 = code
        is_gap = kind == "equal" and all(token.text.isspace() for token in old[i1:i2])
        if held and (kind != "equal" or (is_gap and code != codes[-1])):
            held = ("replace", held[1], i2, held[3], j2)
        elif kind != "equal":
            held = code
        else:
            if held:
                yield held
            held = None
            yield code
    if held:
        yield held


def _marked(tokens: list[Token], mark: str) -> str:
    if not tokens:
        return ""
    lead, trail = "", ""
    if tokens[0].text.isspace():
        lead, tokens = " ", tokens[1:]
    if tokens and tokens[-1].text.isspace():
        trail, tokens = " ", tokens[:-1]
    if not tokens:
        return lead or trail
    return f"{lead}<{mark}>{_plain(tokens)}</{mark}>{trail}"


def _plain(tokens: list[Token]) -> str:
    by_around: Callable[[Token], Inline] = lambda token: token.around  # noqa: E731 - a key
    return "".join(
        "".join(_open(Node(tag, attributes)) for tag, attributes in around)
        + "".join(token.void or escape(token.text, quote=False) for token in run)
        + "".join(f"</{tag}>" for tag, _attributes in reversed(around))
        for around, run in groupby(tokens, by_around)
    )


def _open(node: Node, *, without_id: bool = False) -> str:
    attributes = "".join(
        f' {name}="{escape(value)}"'
        for name, value in node.attributes
        if not (without_id and name == "id")
    )
    return f"<{node.tag}{attributes}>"
