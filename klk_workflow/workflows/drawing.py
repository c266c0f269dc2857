"""A workflow drawn as SVG: states in layers, every way between them, without any other program.

The picture has a title and a description; `rows` says the same as a table.
"""

from dataclasses import dataclass
from html import escape
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from klk_workflow.roles import EVERY_MEMBER, OWN_OFFICE
from klk_workflow.workflows.definition import Effect, State, Text, Transition, Workflow

_BOX_WIDTH: Final = 190
_BOX_HEIGHT: Final = 58
_GAP: Final = 46
_LANE: Final = 26
_LEFT: Final = 24
_TOP: Final = 24
_LINE: Final = 20
_CHARACTER: Final = 7

_NAMES: Final[dict[str, Text]] = {
    OWN_OFFICE: gettext_lazy("eigene Stelle"),
    EVERY_MEMBER: gettext_lazy("alle Mitglieder"),
}


@dataclass(frozen=True)
class Row:
    """A way from one state, in words; `number` is its mark in the picture."""

    number: int
    label: str
    source: str
    target: str
    who: str
    notes: str


@dataclass(frozen=True)
class Edge:
    """A drawn way between two states."""

    number: int
    source: str
    target: str
    is_primary: bool


def role_name(role: str) -> str:
    """A role in words."""
    return str(_NAMES[role]) if role in _NAMES else _(role)


def rows(workflow: Workflow) -> list[Row]:
    """Every way from every state, in the order of the states."""
    found = []
    for number, (way, state) in enumerate(_ordered(workflow), 1):
        found.append(
            Row(
                number,
                str(way.label),
                _with_limit(workflow.state(state)),
                str(workflow.state(way.target or state).label),
                ", ".join(role_name(role) for role in way.by[state]),
                _notes(way, workflow),
            )
        )
    return found


def _ordered(workflow: Workflow) -> list[tuple[Transition, str]]:
    order = layers(workflow)
    states = sorted(workflow.states, key=lambda state: order.index(state.key))
    return [(way, state.key) for state in states for way in workflow.leaving(state.key)]


def _limit(state: State) -> str:
    """How long a document should stay here, in words; empty without a limit."""
    if state.deadline is None:
        return ""
    n = state.deadline.days
    return ngettext("Frist: %(n)d Tag", "Frist: %(n)d Tage", n) % {"n": n}


def _with_limit(state: State) -> str:
    limit = _limit(state)
    return f"{state.label} ({limit})" if limit else str(state.label)


def _notes(way: Transition, workflow: Workflow) -> str:
    said = []
    if way.quorum:
        n = way.quorum.size
        said.append(ngettext("%(n)d Stimme nötig", "%(n)d Stimmen nötig", n) % {"n": n})
    if way.after_days:
        n = way.after_days
        words = ngettext("von selbst nach %(n)d Tag", "von selbst nach %(n)d Tagen", n) % {"n": n}
        is_silent = way.decides and workflow.silent_consent
        said.append(f"{words} ({_('stillschweigend')})" if is_silent else words)
    if way.on_edition:
        said.append(_("an einer Fassung"))
    if way.effect == Effect.MAKE_EDITION:
        said.append(_("macht eine neue Fassung öffentlich"))
    return "; ".join(said)


def layers(workflow: Workflow) -> list[str]:
    """The states from top to bottom: the way forward first, then what lies beside it."""
    order = [workflow.initial]
    while way := next((w for w in workflow.leaving(order[-1]) if w.primary), None):
        if way.target is None or way.target in order:
            break
        order.append(way.target)
    return order + [state.key for state in workflow.states if state.key not in order]


def svg(workflow: Workflow, title: str, *, has_legend: bool = False) -> str:
    """The picture: boxes one below the other, the way forward straight, all others beside.

    `has_legend` writes what `rows` says below it, for a picture that stands alone.
    """
    order = layers(workflow)
    numbers = {(way.key, state): n for n, (way, state) in enumerate(_ordered(workflow), 1)}
    edges = [
        Edge(
            number,
            state,
            workflow.transition(key).target or state,
            workflow.transition(key).primary,
        )
        for (key, state), number in numbers.items()
    ]
    beside = [
        edge for edge in edges if edge.source != edge.target and not _is_straight(edge, order)
    ]
    lanes = _lanes(beside, order)
    width = _LEFT + _BOX_WIDTH + _LANE * (max(lanes.values(), default=0) + 2) + 24
    height = _TOP * 2 + len(order) * (_BOX_HEIGHT + _GAP) - _GAP
    parts = [_box(workflow.state(key), order.index(key), edges) for key in order]
    parts += [_straight(edge, order) for edge in edges if _is_straight(edge, order)]
    ports = _ports(beside, order, lanes)
    parts += [_around(lanes[edge], *ports[edge]) for edge in beside]
    parts += [_mark(edge.number, _lane_x(lanes[edge]), sum(ports[edge]) // 2) for edge in beside]
    if has_legend:
        lines = [_in_words(row) for row in rows(workflow)]
        parts += [_line(text, height + n * _LINE) for n, text in enumerate(lines, 1)]
        height += (len(lines) + 1) * _LINE
        width = max(width, _LEFT * 2 + _CHARACTER * max(map(len, lines)))
    description = _("Stände von oben nach unten; jede Nummer ist ein Weg der Tabelle darunter.")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="ablauf-titel ablauf-text" '
        'font-family="sans-serif" font-size="13">'
        f'<title id="ablauf-titel">{escape(title)}</title>'
        f'<desc id="ablauf-text">{escape(description)}</desc>'
        '<defs><marker id="spitze" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="11" '
        'markerHeight="11" markerUnits="userSpaceOnUse" orient="auto">'
        '<path d="M0 0L10 5L0 10z" fill="currentColor"/></marker>'
        f"</defs>{''.join(parts)}</svg>"
    )


def _in_words(row: Row) -> str:
    said = f"{row.number}  {row.label}: {row.source} → {row.target} ({row.who})"
    return f"{said}; {row.notes}" if row.notes else said


def _line(text: str, y: int) -> str:
    return f'<text x="{_LEFT}" y="{y}" fill="currentColor">{escape(text)}</text>'


def _is_straight(edge: Edge, order: list[str]) -> bool:
    return order.index(edge.target) == order.index(edge.source) + 1 and edge.is_primary


def _lanes(edges: list[Edge], order: list[str]) -> dict[Edge, int]:
    """A lane beside the boxes for each way, so that two that pass each other do not meet."""
    taken: list[list[tuple[int, int]]] = []
    found = {}
    spans = {edge: sorted((order.index(edge.source), order.index(edge.target))) for edge in edges}
    for edge in sorted(edges, key=lambda e: (spans[e][1] - spans[e][0], spans[e][0], e.number)):
        low, high = spans[edge]
        lane = next(
            (n for n, used in enumerate(taken) if all(high < a or low > b for a, b in used)),
            len(taken),
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        found[edge] = lane
    return found


def _top(place: int) -> int:
    return _TOP + place * (_BOX_HEIGHT + _GAP)


def _box(state: State, place: int, edges: list[Edge]) -> str:
    """A state; the ways that stay in it, and its limit, stand in its second line.

    One with a limit has a dotted frame.
    """
    y = _top(place)
    loops = [str(e.number) for e in edges if e.source == e.target == state.key]
    stays = _("bleibt: %(numbers)s") % {"numbers": ", ".join(loops)} if loops else ""
    limit = _limit(state)
    below = " · ".join(filter(None, [stays, limit and f"◷ {limit}"]))
    dots = ' stroke-dasharray="2 3"' if limit else ""
    double = (
        f'<rect x="{_LEFT + 4}" y="{y + 4}" width="{_BOX_WIDTH - 8}" height="{_BOX_HEIGHT - 8}" '
        'rx="4" fill="none" stroke="currentColor" stroke-width="0.8"/>'
        if state.final
        else ""
    )
    middle = _LEFT + _BOX_WIDTH // 2
    label_y = y + (26 if below else 34)
    return (
        f'<rect x="{_LEFT}" y="{y}" width="{_BOX_WIDTH}" height="{_BOX_HEIGHT}" rx="6" '
        f'fill="#fff" stroke="currentColor" stroke-width="1.6"{dots}/>{double}'
        f'<text x="{middle}" y="{label_y}" text-anchor="middle" font-weight="bold" fill="#111">'
        f"{escape(str(state.label))}</text>"
        + (
            f'<text x="{middle}" y="{y + 43}" text-anchor="middle" font-size="11" fill="#333">'
            f"{escape(below)}</text>"
            if below
            else ""
        )
    )


def _straight(edge: Edge, order: list[str]) -> str:
    x = _LEFT + _BOX_WIDTH // 2
    y = _top(order.index(edge.source)) + _BOX_HEIGHT
    return (
        f'<path d="M{x} {y}V{y + _GAP - 1}" fill="none" stroke="currentColor" stroke-width="2.4" '
        f'marker-end="url(#spitze)"/>{_mark(edge.number, x, y + _GAP // 2 - 4)}'
    )


def _ports(
    edges: list[Edge], order: list[str], lanes: dict[Edge, int]
) -> dict[Edge, tuple[int, int]]:
    """How high each way leaves its box and enters the other, spread evenly over their sides."""
    heights: dict[tuple[Edge, bool], int] = {}
    for place, key in enumerate(order):
        ends = [(e, True) for e in edges if e.source == key]
        ends += [(e, False) for e in edges if e.target == key]
        up = [end for end in ends if _other(end, order) < place]
        down = [end for end in ends if _other(end, order) > place]
        up.sort(key=lambda end: -lanes[end[0]])
        down.sort(key=lambda end: lanes[end[0]])
        for n, end in enumerate([*up[::-1], *down[::-1]], 1):
            heights[end] = _top(place) + n * _BOX_HEIGHT // (len(ends) + 1)
    return {edge: (heights[edge, True], heights[edge, False]) for edge in edges}


def _other(end: tuple[Edge, bool], order: list[str]) -> int:
    edge, is_source = end
    return order.index(edge.target if is_source else edge.source)


def _lane_x(lane: int) -> int:
    return _LEFT + _BOX_WIDTH + _LANE * (lane + 1) + 18


def _around(lane: int, start: int, end: int) -> str:
    """Out of the right side of a box, along a lane, and into the right side of another."""
    right = _LEFT + _BOX_WIDTH
    return (
        f'<path d="M{right} {start}H{_lane_x(lane)}V{end}H{right + 1}" fill="none" '
        'stroke="currentColor" stroke-width="1.3" marker-end="url(#spitze)"/>'
    )


def _mark(number: int, x: int, y: int) -> str:
    return (
        f'<circle cx="{x}" cy="{y}" r="10" fill="#fff" stroke="currentColor"/>'
        f'<text x="{x}" y="{y + 4}" text-anchor="middle" font-size="11" fill="#111">{number}</text>'
    )
