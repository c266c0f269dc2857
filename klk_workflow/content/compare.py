"""What changed between two texts, word by word, as HTML with <ins> and <del>.

Works on sanitised HTML of any part: text, lists, tables row by row, facts of a measure, files by
their digest. The result has the new text's structure; nothing that differs goes unmarked.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html import escape
from itertools import groupby
from typing import Final, TypeAlias

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from klk_workflow.content.nodes import VOID, Attributes, Node, parse, telling

_WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")
_MARKS: Final = re.compile(r"</?(?:ins|del)>")
#: Elements that are the same one by their place, whatever they hold.
_PLACES: Final = {"table", "thead", "tbody", "ul", "ol", "dl", "td", "th", "dd", "section"}
#: What a page may say of one element only; where the old text stands too, the new one has it.
_ONCE: Final = {"id", "role", "aria-label"}
#: Elements that keep their place in a row, empty or not.
_CELLS: Final = {"td", "th"}
#: Two elements are the same one, changed, if at least this much of them is alike.
_ALIKE: Final = 0.2

Inline: TypeAlias = tuple[tuple[str, Attributes], ...]
#: How a run of tokens became another, as SequenceMatcher says it.
Code: TypeAlias = tuple[str, int, int, int, int]


@dataclass(frozen=True)
class Token:
    """A word, a space or a picture. Two are the same if a reader meets the same (`key`)."""

    text: str = field(compare=False)
    key: tuple[object, ...]
    around: Inline = field(compare=False)
    void: str = field(compare=False, default="")


def _token(text: str, around: Inline, node: Node | None = None) -> Token:
    met = tuple((tag, telling(attributes)) for tag, attributes in around)
    if node is None:
        return Token(text, (text, met), around)
    return Token(text, (node.tag, telling(node.attributes), met), around, node.opened())


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
            yield after.opened() + "".join(_inside(before, after)) + f"</{after.tag}>"


def _blocks(node: Node) -> list[Node]:
    """Children as blocks; loose text between blocks becomes one of its own."""
    blocks: list[Node] = []
    for is_loose, run in groupby(node.children, lambda c: isinstance(c, str) or c.is_line):
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
    if old.tag != new.tag or old.id != new.id:
        return False
    if old.id or old.tag in _PLACES:
        return True
    matcher = SequenceMatcher(None, old.words().split(), new.words().split(), autojunk=False)
    return matcher.ratio() >= _ALIKE


def _whole(node: Node, mark: str) -> str:
    """A block that came or went as a whole: its own tags stay, its lines are marked."""
    if node.tag in VOID:
        return f"<{mark}>{node.opened()}</{mark}>"
    if node.holds_text:
        inner = _marked(_tokens(node), mark)
    else:
        inner = "".join(_whole(child, mark) for child in _blocks(node))
    return f"{node.opened(_ONCE if mark == 'del' else ())}{inner}</{node.tag}>"


def _tokens(node: Node, around: Inline = ()) -> list[Token]:
    tokens: list[Token] = []
    for child in node.children:
        if isinstance(child, str):
            words = _WORDS.findall(child)
            tokens += [_token(" " if word.isspace() else word, around) for word in words]
        elif child.tag in VOID:
            tokens.append(_token("", around, child))
        else:
            tokens += _tokens(child, (*around, (child.tag, child.attributes)))
    return tokens


def _line(old: list[Token], new: list[Token]) -> str:
    """A line of text, word by word; a changed link or emphasis is a change of its words."""
    out = []
    for kind, i1, i2, j1, j2 in _readable(_codes(old, new), old):
        if kind == "equal":
            out.append(_plain(new[j1:j2]))
        else:
            out.append(_marked(old[i1:i2], "del") + _marked(new[j1:j2], "ins"))
    return "".join(out)


def _codes(old: list[Token], new: list[Token]) -> list[Code]:
    """How one became the other. Words are matched first, then what stands between them.

    Every other token is a space, like all others: matched as words are, spaces would take most of
    the time, which grows with how often a token occurs.
    """
    codes: list[Code] = []
    i = j = 0
    for x, y in [*_same_words(old, new), (len(old), len(new))]:
        between = SequenceMatcher(None, old[i:x], new[j:y], autojunk=False).get_opcodes()
        codes += [(kind, i + i1, i + i2, j + j1, j + j2) for kind, i1, i2, j1, j2 in between]
        codes.append(("equal", x, x + 1, y, y + 1))
        i, j = x + 1, y + 1
    return list(_joined(codes[:-1]))


def _same_words(old: list[Token], new: list[Token]) -> Iterator[tuple[int, int]]:
    """The places of the words that are in both, in order."""
    before, after = (
        [place for place, token in enumerate(tokens) if not token.text.isspace()]
        for tokens in (old, new)
    )
    numbers: dict[object, int] = {}  # compare faster than what they stand for
    matcher = SequenceMatcher(
        None,
        [numbers.setdefault(old[place].key, len(numbers)) for place in before],
        [numbers.setdefault(new[place].key, len(numbers)) for place in after],
        autojunk=False,
    )
    for i, j, size in matcher.get_matching_blocks():
        yield from zip(before[i : i + size], after[j : j + size], strict=True)


def _joined(codes: Iterable[Code]) -> Iterator[Code]:
    """Neighbours of one kind as one."""
    for kind, run in groupby(codes, lambda code: code[0]):
        together = list(run)
        _kind, i1, _i2, j1, _j2 = together[0]
        yield kind, i1, together[-1][2], j1, together[-1][4]


def _readable(codes: Sequence[Code], old: list[Token]) -> Iterator[Code]:
    """Join changes that only a space parts: "zwei Wörter" reads as one change, not as two."""
    held: Code | None = None
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
        "".join(Node(tag, attributes).opened() for tag, attributes in around)
        + "".join(token.void or escape(token.text, quote=False) for token in run)
        + "".join(f"</{tag}>" for tag, _attributes in reversed(around))
        for around, run in groupby(tokens, by_around)
    )


def moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """What stands in both, but at another place among the others; as few as explain the order."""
    place = {key: at for at, key in enumerate(old)}
    common = [key for key in new if key in place]
    ends: list[int] = []  # the smallest last place of an ascending run of each length
    lengths = []
    for key in common:
        length = bisect_left(ends, place[key])
        ends[length : length + 1] = [place[key]]
        lengths.append(length)
    kept, wanted = set(), len(ends) - 1
    for key, length in reversed(list(zip(common, lengths, strict=True))):
        if length == wanted:
            kept.add(key)
            wanted -= 1
    return set(common) - kept


def merged(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The new order, in which what is gone stands after what it stood after."""
    order, here = list(new), set(new)
    place = 0
    for key in old:
        if key not in here:
            order.insert(place, key)
        place = order.index(key) + 1
    return order


def sides(marked: str) -> tuple[SafeString, SafeString]:
    """A marked text as two: the old one with what went, the new one with what was added."""
    root = parse(marked)
    before, after = _without(root, "ins"), _without(root, "del")
    return mark_safe(before.html(_ONCE)), mark_safe(after.html())  # noqa: S308 - as above


def spoken(marked: str) -> SafeString:
    """A marked text in which begin and end of each mark are said, to those who hear it."""
    said = {
        "<ins>": f"<ins>{_heard(_('[neu: '))}",
        "</ins>": f"{_heard(_(' Ende neu]'))}</ins>",
        "<del>": f"<del>{_heard(_('[gestrichen: '))}",
        "</del>": f"{_heard(_(' Ende gestrichen]'))}</del>",
    }
    return mark_safe(_MARKS.sub(lambda found: said[found[0]], marked))  # noqa: S308 - as above


def _heard(words: str) -> str:
    return f'<span class="klk-sr">{escape(words)}</span>'


def _without(node: Node, mark: str) -> Node:
    """The element without what stands in this mark, and without what held nothing else."""
    left: list[Node | str] = []
    for child in node.children:
        if isinstance(child, str):
            left.append(child)
        elif child.tag != mark:
            rest = _without(child, mark)
            if rest.children or not child.children or child.tag in _CELLS:
                left.append(rest)
    if any(isinstance(child, Node) for child in node.children) and not _says_something(left):
        left = []
    return Node(node.tag, node.attributes, left)


def _says_something(children: list[Node | str]) -> bool:
    return any(isinstance(child, Node) or child.strip() for child in children)
