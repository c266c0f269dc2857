"""Sanitised HTML as elements, and back: what the comparison of texts works on."""

import re
from collections.abc import Container
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Final, TypeAlias

VOID: Final = {"img", "br", "hr", "wbr"}
_INLINE: Final = {"a", "b", "i", "strong", "em", "sup", "sub", "span", "small", "br", "code", "img"}
#: Attributes that say something; a difference in any other is none for the reader.
_TELLING: Final = {"href", "src", "alt"}
#: The address of a file holds its digest: it is the same file, wherever it is linked.
_SHA256: Final = re.compile(r"\b[0-9a-f]{64}\b")

Attributes: TypeAlias = tuple[tuple[str, str], ...]


def telling(attributes: Attributes) -> tuple[str, ...]:
    """What a reader meets of these attributes; the address of a file by the file's digest."""
    values = (value for name, value in attributes if name in _TELLING)
    return tuple(found[0] if (found := _SHA256.search(value)) else value for value in values)


@dataclass
class Node:
    """An element with its children; text is a plain str among them."""

    tag: str
    attributes: Attributes = ()
    children: "list[Node | str]" = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its id, or empty."""
        return dict(self.attributes).get("id", "")

    @property
    def is_inline(self) -> bool:
        """Whether it stands within a line of text."""
        return self.tag in _INLINE

    @property
    def is_line(self) -> bool:
        """Whether it stands within a line of text with all that it holds."""
        return self.is_inline and self.holds_text

    @property
    def holds_text(self) -> bool:
        """Whether its children are a line of text, not further blocks."""
        return all(isinstance(child, str) or child.is_line for child in self.children)

    def signature(self) -> str:
        """All that a reader meets in it, for comparing."""
        inner = [child if isinstance(child, str) else child.signature() for child in self.children]
        return f"<{self.tag} {' '.join(telling(self.attributes))}>{''.join(inner)}</>"

    def words(self) -> str:
        """The text in it."""
        return " ".join(c if isinstance(c, str) else c.words() for c in self.children)

    def html(self, without: Container[str] = ()) -> str:
        """The element as HTML, without the attributes of these names."""
        inner = "".join(
            escape(child, quote=False) if isinstance(child, str) else child.html(without)
            for child in self.children
        )
        if not self.tag:
            return inner
        opened = self.opened(without)
        return opened if self.tag in VOID else f"{opened}{inner}</{self.tag}>"

    def opened(self, without: Container[str] = ()) -> str:
        """Its tag."""
        attributes = "".join(
            f' {name}="{escape(value)}"' for name, value in self.attributes if name not in without
        )
        return f"<{self.tag}{attributes}>"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, tuple((name, value or "") for name, value in attrs))
        self.open[-1].children.append(node)
        if tag not in VOID:
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
