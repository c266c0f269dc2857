"""What changed from one Fassung to another, section by section, from their frozen text alone."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from klk_workflow.content.compare import compare_nodes, merged, moved, spoken
from klk_workflow.content.nodes import Node, parse
from klk_workflow.models import Edition

_HEADINGS = {"h2", "h3", "h4"}
#: Within a block each of these with an id is compared by itself: a measure of a plan.
_ROWS = {"article", "section"}


@dataclass(frozen=True)
class Change:
    """A section of the public text that is not as it was; None stands for not there."""

    before: Node | None
    after: Node | None
    is_moved: bool = False

    @property
    def is_added(self) -> bool:
        """Whether it is new."""
        return self.before is None

    @property
    def is_removed(self) -> bool:
        """Whether it is no longer there."""
        return self.after is None

    @property
    def is_renamed(self) -> bool:
        """Whether only now it has this heading."""
        return bool(self.before and self.after) and _title(self.before) != _title(self.after)

    @property
    def title(self) -> str:
        """The heading, empty for what stands before the first section."""
        return _title(self.after or self.before)

    @cached_property
    def html(self) -> SafeString:
        """The text word by word, with its marks said as well as shown."""
        return spoken(compare_nodes(_below(self.before), _below(self.after)))


@dataclass(frozen=True)
class Changes:
    """All changes in the order of the newer Fassung, and how many sections stayed as they were."""

    changed: list[Change]
    unchanged: int


def changes(old: Edition, new: Edition) -> Changes:
    """From the older to the newer Fassung of one address; neither may be withdrawn (ValueError)."""
    if old.is_withdrawn or new.is_withdrawn:
        raise ValueError("A withdrawn Fassung is compared with nothing.")
    before, after = _sections(old), _sections(new)
    elsewhere = moved(list(before), list(after))
    order = merged(list(before), list(after))
    every = [Change(before.get(key), after.get(key), key in elsewhere) for key in order]
    changed = [change for change in every if _differs(change)]
    return Changes(changed, len(every) - len(changed))


def _sections(edition: Edition) -> dict[str, Node]:
    """The blocks of the text by their id, or by their place where they have none."""
    found = {}
    for place, block in enumerate(_elements(parse(edition.html))):
        rows = [child for child in _elements(block) if child.tag in _ROWS and child.id]
        frame = [child for child in block.children if child not in rows]
        found[block.id or f"{block.tag}-{place}"] = Node(
            block.tag, block.attributes, [_unnumbered(child) for child in frame]
        )
        found |= {row.id: row for row in rows}
    return found


def _elements(node: Node) -> list[Node]:
    return [child for child in node.children if isinstance(child, Node)]


def _unnumbered(child: Node | str) -> Node | str:
    """A section's heading without its number, which counts what stands before."""
    if isinstance(child, str) or child.tag != "h2":
        return child
    kept = [
        c for c in child.children if isinstance(c, str) or ("class", "klk-no") not in c.attributes
    ]
    return Node(child.tag, child.attributes, kept)


def _differs(change: Change) -> bool:
    if change.before is None or change.after is None or change.is_moved:
        return True
    return _said(change.before) != _said(change.after)


def _said(node: Node) -> str:
    return " ".join(node.signature().split())


def _title(node: Node | None) -> str:
    heading = _heading(node)
    return " ".join(heading.words().split()) if heading else ""


def _heading(node: Node | None) -> Node | None:
    elements = _elements(node) if node else []
    return next((child for child in elements if child.tag in _HEADINGS), None)


def _below(node: Node | None) -> Node:
    """What stands below the heading."""
    if node is None:
        return Node("")
    heading = _heading(node)
    return Node("", (), [child for child in node.children if child is not heading])
