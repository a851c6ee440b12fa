"""The graph of a road map as one inline SVG: steps from top to bottom, arrows from what is waited for to what waits.

Classes and attributes only; every state is a mark and a word, every kind of link a line of its own, so that it reads in
black and white. Three columns, so that it stands in a phone's width; lines that pass a row run between the columns.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from rooms.domain.promises import Commitment
from rooms.roadmap import Edge, Map, Step

MARKS = {
    "overdue": "!",
    "disputed": "✕",
    "suspended": "‖",
    "due": "●",
    "claimed": "◑",
    "proposed": "?",
    "dormant": "○",
    "verified": "✓",
    "waived": "–",
    "dropped": "–",
}
GRAVEST = tuple(MARKS)
COLUMNS = 3
NODE_WIDTH, NODE_HEIGHT = 108, 56
GUTTER, MARGIN, ROW_GAP, HEAD = 24, 20, 36, 22
WIDTH = 2 * MARGIN + COLUMNS * NODE_WIDTH + (COLUMNS - 1) * GUTTER
TRACKS = (0, -5, 5, -9, 9)  # how far from the middle of a gutter lines run side by side
PORTS = 14  # between two lines at one edge of a node
LONGEST = 17  # characters that fit a node's line

Place = tuple[int, int, int]  # left, top, row


def drawing(layout: Map, by_id: Mapping[str, Commitment], label: str = "") -> SafeString:
    """The picture, or nothing where nothing is linked. Named by `label`, or by the element with id roadmap-order."""
    if not layout.generations:
        return SafeString("")
    places, heads, height = _places(layout)
    in_circle = {step for circle in layout.circles for step in circle}
    return format_html(
        '<svg class="rm-graph" role="img" {} viewBox="0 0 {} {}" width="{}" height="{}">'
        '<defs><marker id="roadmap-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"'
        ' markerUnits="userSpaceOnUse" orient="auto"><path class="rm-arrow" d="M0 0L8 4L0 8Z"/></marker></defs>'
        "{}{}{}</svg>",
        format_html('aria-label="{}"', label) if label else SafeString('aria-labelledby="roadmap-order"'),
        *(WIDTH, height, WIDTH, height),
        format_html_join("", "{}", ((one,) for one in _lines(layout.edges, places))),
        format_html_join("", '<text class="rm-head" x="2" y="{}">Step {}</text>', heads),
        format_html_join(
            "", "{}", ((_node([by_id[one] for one in step], places[step], step in in_circle),) for step in places)
        ),
    )


def _places(layout: Map) -> tuple[dict[Step, Place], list[tuple[int, int]], int]:
    """Where each step stands, where each generation's head does, and how high it all is."""
    before: dict[Step, list[Step]] = {}
    for edge in layout.edges:
        before.setdefault(edge.second, []).append(edge.first)
    columns: dict[Step, int] = {}
    places: dict[Step, Place] = {}
    heads, top, row = [], 0, 0
    for number, layer in enumerate(layout.generations, start=1):
        heads.append((top + 14, number))
        top += HEAD
        for start in range(0, len(layer), COLUMNS):
            for step, column in _in_columns(layer[start : start + COLUMNS], before, columns):
                columns[step] = column
                places[step] = (MARGIN + column * (NODE_WIDTH + GUTTER), top, row)
            top += NODE_HEIGHT + ROW_GAP
            row += 1
    return places, heads, top - ROW_GAP + 20


def _in_columns(
    row: Sequence[Step], before: Mapping[Step, list[Step]], columns: Mapping[Step, int]
) -> Iterator[tuple[Step, int]]:
    """Each step of a row in the column nearest to what it waits for."""
    spread = {1: (1.0,), 2: (0.0, 2.0)}.get(len(row), (0.0, 1.0, 2.0))
    wished = []
    for step, otherwise in zip(row, spread, strict=True):
        there = [columns[one] for one in before.get(step, ()) if one in columns]
        wished.append(sum(there) / len(there) if there else otherwise)
    ways = permutations(range(COLUMNS), len(row))
    best = min(ways, key=lambda way: sum(abs(one - wish) for one, wish in zip(way, wished, strict=True)))
    return zip(row, best, strict=True)


def _lines(edges: Iterable[Edge], places: Mapping[Step, Place]) -> Iterator[SafeString]:
    out, into = _ports(edges, places)
    lanes = _Lanes()
    for number, edge in enumerate(edges):
        kind = f"rm-edge is-{edge.kind}{' is-circle' if edge.circle else ''}"
        path = _path(places[edge.first], places[edge.second], out[number], into[number], lanes)
        yield format_html('<path class="{}" d="{}" marker-end="url(#roadmap-arrow)"/>', kind, path)


def _ports(edges: Iterable[Edge], places: Mapping[Step, Place]) -> tuple[dict[int, int], dict[int, int]]:
    """How far from the middle of its node each line leaves and arrives, so that no two lie on each other."""
    leaving: dict[Step, list[tuple[int, int]]] = {}
    arriving: dict[Step, list[tuple[int, int]]] = {}
    for number, edge in enumerate(edges):
        leaving.setdefault(edge.first, []).append((places[edge.second][0], number))
        arriving.setdefault(edge.second, []).append((places[edge.first][0], number))
    return _spread(leaving), _spread(arriving)


def _spread(sides: Mapping[Step, list[tuple[int, int]]]) -> dict[int, int]:
    found = {}
    for side in sides.values():
        gap = min(PORTS, (NODE_WIDTH - 24) // max(1, len(side) - 1))
        for place, (_, number) in enumerate(sorted(side)):
            found[number] = round((place - (len(side) - 1) / 2) * gap)
    return found


def _path(first: Place, second: Place, out: int, into: int, lanes: "_Lanes") -> str:
    left, top, row = first
    other_left, other_top, other_row = second
    x, y = left + NODE_WIDTH // 2 + out, top + NODE_HEIGHT
    to_x, to_y = other_left + NODE_WIDTH // 2 + into, other_top - 2
    if first == second:  # a step that waits for itself
        edge, middle = left + NODE_WIDTH, top + NODE_HEIGHT // 2
        return f"M{edge} {middle - 12}C{edge + 18} {middle - 16} {edge + 18} {middle + 16} {edge + 2} {middle + 10}"
    if other_row == row:  # within a circle: below on the way right, above on the way left
        if other_left > left:
            return f"M{x} {y}C{x} {y + 26} {to_x} {y + 26} {to_x} {y + 2}"
        return f"M{x} {top}C{x} {top - 22} {to_x} {top - 22} {to_x} {to_y}"
    if other_row < row:  # back up, within a circle
        y, to_y = top, other_top + NODE_HEIGHT + 2
        bend = (y - to_y) // 2
        return f"M{x} {y}C{x} {y - bend} {to_x} {to_y + bend} {to_x} {to_y}"
    if other_row == row + 1:
        bend = (to_y - y) // 2
        return f"M{x} {y}C{x} {y + bend} {to_x} {to_y - bend} {to_x} {to_y}"
    lane = lanes.through(x, to_x, y, to_y)
    return (
        f"M{x} {y}C{x} {y + 16} {lane} {y + 6} {lane} {y + 26}L{lane} {to_y - 26}"
        f"C{lane} {to_y - 6} {to_x} {to_y - 16} {to_x} {to_y}"
    )


class _Lanes:
    """The gutters between the columns, and which parts of them lines run through already."""

    def __init__(self) -> None:
        inner = [MARGIN + n * (NODE_WIDTH + GUTTER) - GUTTER // 2 for n in range(1, COLUMNS)]
        self.middles = (MARGIN // 2, *inner, WIDTH - MARGIN // 2)
        self.taken: dict[int, list[tuple[int, int]]] = {}

    def through(self, x: int, to_x: int, top: int, bottom: int) -> int:
        """Where a line that passes rows runs: the gutter with the least way, on a track of it that is free there."""
        tracks = [
            (abs(middle - x) + abs(middle - to_x) + 2 * abs(aside), middle + aside)
            for middle in self.middles
            for aside in TRACKS
        ]
        free = [
            one for one in tracks if all(end <= top or bottom <= start for start, end in self.taken.get(one[1], ()))
        ]
        lane = min(free or tracks)[1]
        self.taken.setdefault(lane, []).append((top, bottom))
        return lane


def _node(step: Sequence[Commitment], place: Place, in_circle: bool) -> SafeString:
    left, top, _ = place
    statuses = sorted({one.status for one in step}, key=GRAVEST.index)
    middle = left + NODE_WIDTH // 2
    marks = "".join(MARKS[one] for one in statuses)
    lines = (_shortened(" + ".join(one.label for one in step)), _shortened(_who(step)), f"{marks} {statuses[0]}")
    return format_html(
        '<g class="rm-node is-{}{}"><rect x="{}" y="{}" width="{}" height="{}" rx="3"/>{}</g>',
        *(statuses[0], " is-circle" if in_circle else "", left, top, NODE_WIDTH, NODE_HEIGHT),
        format_html_join(
            "",
            '<text class="rm-line-{}" x="{}" y="{}">{}</text>',
            ((n, middle, top + 17 + n * 16, words) for n, words in enumerate(lines)),
        ),
    )


def _who(step: Sequence[Commitment]) -> str:
    if len(step) == 1:
        return f"{step[0].actor} → {step[0].beneficiary or 'all'}"
    return " + ".join(dict.fromkeys(one.actor for one in step))


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip(" +") + "…"
