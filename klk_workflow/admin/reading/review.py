"""A document as one reads and judges it: section by section, with what changed since before."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from klk_workflow.admin.reading.versions import Content
from klk_workflow.content.compare import compare_nodes, merged, moved, sides, spoken
from klk_workflow.content.nodes import Node, parse
from klk_workflow.content.remarks import Thread
from klk_workflow.content.rendering import render_part
from klk_workflow.models import Part
from klk_workflow.workflows.definition import Text

_FRAMES = {"section", "article"}
_HEADINGS = {"h2", "h3", "h4"}


@dataclass
class Shown:
    """A part on the page: heading and text with marks, and the remarks beside it.

    `was` is the visibility it had, `moved_from` the place among its kind, if that is another now.
    """

    kind: str
    key: str
    anchor: str
    number: int
    heading: SafeString
    body: SafeString
    visibility: Text
    is_public: bool
    was: Text = ""
    moved_from: int = 0
    is_changed: bool = False
    is_renamed: bool = False
    is_added: bool = False
    is_removed: bool = False
    is_empty: bool = False
    threads: list[Thread] = field(default_factory=list)

    @property
    def marked(self) -> SafeString:
        """The text with its marks, which are also said to those who hear it."""
        return spoken(self.body)

    @property
    def title(self) -> SafeString:
        """The heading with its marks."""
        return spoken(self.heading)

    @cached_property
    def sides(self) -> tuple[SafeString, SafeString]:
        """The text as it was and as it is, each with its own marks only."""
        before, after = sides(self.body)
        return spoken(before), spoken(after)


@dataclass
class Group:
    """The parts of one kind, under a heading of their own unless they are the sections."""

    label: Text
    items: list[Shown]

    @property
    def changed(self) -> list[Shown]:
        """The items to be looked at when only changes are shown."""
        return [item for item in self.items if item.is_changed or item.threads]

    @property
    def unchanged(self) -> list[Shown]:
        """The others."""
        return [item for item in self.items if not (item.is_changed or item.threads)]


@dataclass
class Comparison:
    """All groups, and how much changed."""

    groups: list[Group]

    @property
    def items(self) -> list[Shown]:
        """All parts in order."""
        return [item for group in self.groups for item in group.items]

    @property
    def changed_count(self) -> int:
        """How many parts are not as before."""
        return sum(item.is_changed for item in self.items)

    @property
    def unchanged_count(self) -> int:
        """How many parts need not be looked at."""
        return sum(len(group.unchanged) for group in self.groups)

    @property
    def unsettled(self) -> list[Thread]:
        """The remarks that nobody has declared done, in the order of the text."""
        return [t for item in self.items for t in item.threads if not t.is_settled]

    @property
    def internal(self) -> list[Shown]:
        """What stays within the KLK."""
        return [item for item in self.items if not item.is_public and not item.is_removed]

    @property
    def public(self) -> list[Shown]:
        """What everybody will read."""
        return [item for item in self.items if item.is_public and not item.is_removed]


def compared(
    new: Content, old: Content | None = None, threads: Iterable[Thread] = ()
) -> Comparison:
    """The content, with marks where it differs from `old` if there is one."""
    groups = [*_head(new, old)]
    for kind in new.document.type.parts:
        after = [part for part in new.parts if part.kind == kind.kind]
        before = [part for part in old.parts if part.kind == kind.kind] if old else None
        items = _items(after, before, new, old)
        if items:
            groups.append(Group(kind.group_heading(), items))
    found = Comparison(groups)
    _attach(found, threads)
    return found


def _head(new: Content, old: Content | None) -> Iterable[Group]:
    template = new.document.type.head_template
    if not template:
        return
    after = parse(render_to_string(template, {"document": new.document}))
    before = parse(render_to_string(template, {"document": old.document})) if old else after
    heading, body = _taken_apart(after)
    _heading, body_before = _taken_apart(before)
    shown = Shown(
        kind="",
        key="angaben",
        anchor="angaben",
        number=0,
        heading=compare_nodes(heading, heading),
        body=compare_nodes(body_before, body),
        visibility=_("öffentlich"),
        is_public=True,
        is_changed=old is not None
        and old.document.canonical_fields() != new.document.canonical_fields(),
    )
    yield Group("", [shown])


def _items(
    after: list[Part], before: list[Part] | None, new: Content, old: Content | None
) -> list[Shown]:
    if before is None or old is None:
        return [_shown(part, n, new, part, new) for n, part in enumerate(after, 1)]
    earlier = {part.key: part for part in before}
    places = {part.key: place for place, part in enumerate(before, 1)}
    elsewhere = moved(list(earlier), [part.key for part in after])
    shown = {}
    for number, part in enumerate(after, 1):
        item = shown[part.key] = _shown(part, number, new, earlier.get(part.key), old)
        if part.key in elsewhere:
            item.moved_from = places[part.key]
            item.is_changed = True
    order = merged(list(earlier), list(shown))
    return [shown[key] if key in shown else _gone(earlier[key], old) for key in order]


def _shown(part: Part, number: int, new: Content, old_part: Part | None, old: Content) -> Shown:
    heading, body = _parts_of(part, new)
    if old_part is part:
        before_heading, before_body = heading, body
    elif old_part is None:
        before_heading, before_body = Node(""), Node("")
    else:
        before_heading, before_body = _parts_of(old_part, old)
    is_reread = old_part is not None and old_part.visibility != part.visibility
    return Shown(
        kind=part.kind,
        key=part.key,
        anchor=part.anchor,
        number=number,
        heading=compare_nodes(before_heading, heading),
        body=compare_nodes(before_body, body),
        visibility=part.get_visibility_display(),
        is_public=part.is_public,
        was=old_part.get_visibility_display() if old_part and is_reread else "",
        is_changed=old_part is None or (old_part is not part and old_part.leaf() != part.leaf()),
        is_renamed=old_part is not None and str(old_part.label) != str(part.label),
        is_added=old_part is None,
        is_empty=part.is_empty,
    )


def _gone(part: Part, old: Content) -> Shown:
    heading, body = _parts_of(part, old)
    return Shown(
        kind=part.kind,
        key=part.key,
        anchor=f"{part.anchor}-entfernt",
        number=0,
        heading=compare_nodes(heading, Node("")),
        body=compare_nodes(body, Node("")),
        visibility=part.get_visibility_display(),
        is_public=part.is_public,
        is_changed=True,
        is_removed=True,
    )


def _parts_of(part: Part, content: Content) -> tuple[Node, Node]:
    heading, body = _taken_apart(parse(render_part(part, 0, content.files)))
    return (heading if heading.children else Node("", (), [str(part.label)])), body


def _taken_apart(root: Node) -> tuple[Node, Node]:
    """Heading and rest of a rendered part, without the frame that an Edition needs."""
    inner: list[Any] = [c for c in root.children if isinstance(c, Node) or c.strip()]
    if len(inner) == 1 and isinstance(inner[0], Node) and inner[0].tag in _FRAMES:
        inner = inner[0].children
    heading = next((c for c in inner if isinstance(c, Node) and c.tag in _HEADINGS), Node(""))
    rest = [child for child in inner if child is not heading]
    if any(isinstance(child, Node) and child.tag == "li" for child in rest):
        rest = [Node("ul", (("class", "klk-files"),), rest)]
    return Node("", (), heading.children), Node("", (), rest)


def _attach(found: Comparison, threads: Iterable[Thread]) -> None:
    by_place = {(item.kind, item.key): item for item in found.items}
    for thread in threads:
        item = by_place.get((thread.remark.part_kind, thread.remark.part_key))
        if item:
            item.threads.append(thread)
