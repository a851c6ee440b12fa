"""The session on one strip: its items as they went, and below them a track for each kind of thing worth telling.

What the short view tells is a mark that opens the record; all the rest is a thin line, so that one sees where it was
dense.
"""

from dataclasses import dataclass

from rooms.debrief import wording
from rooms.debrief.pictures.scale import Mark, Tick, hours, lines
from rooms.debrief.report import AgendaLine, Report

TRACKS = {
    "decisions": "Decisions",
    "texts": "Texts",
    "positions": "Positions",
    "commitments": "Commitments",
    "caucuses": "Caucuses",
    "injects": "News",
    "bookmarks": "Bookmarks",
}
LEFT, RIGHT, ITEMS, TRACK, FOOT = 112, 996, 64, 34, 30
LETTER, ROOM = 7.4, 3  # width of a letter of an item's title; lines that fit its block


@dataclass(frozen=True, slots=True)
class Block:
    """An item of the agenda as it went; `title` in lines (y, words), none where it is too narrow."""

    x: int
    width: int
    title: tuple[tuple[int, str], ...]
    cursor: int
    says: str
    odd: bool


@dataclass(frozen=True, slots=True)
class Track:
    kind: str
    title: str
    y: int
    thin: tuple[int, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """`stops`: where the clocks stood."""

    id: str
    says: str
    height: int
    items_height: int
    left: int
    right: int
    items: tuple[Block, ...]
    tracks: tuple[Track, ...]
    stops: tuple[int, ...]
    ticks: tuple[Tick, ...]
    base: int


def of_report(report: Report) -> Strip | None:
    """The picture, None where the session never ran."""
    time = hours(report, LEFT, RIGHT)
    if report.started_at is None or not time.ran(time.until):
        return None
    items: list[Block] = []
    for line in report.agenda:
        if line.started_at is not None:
            x, until = time.place(line.started_at), time.place(line.ended_at or time.until)
            items.append(_block(line, x, until - x, odd=len(items) % 2 == 1))
    chosen = {one.cursor for one in report.one_page.moments}
    tracks: list[Track] = []
    for kind, title in TRACKS.items():
        there = [one for one in report.timeline if one.kind == kind]
        if there:
            y = ITEMS + TRACK * len(tracks) + TRACK // 2 + 4
            marks = [
                Mark(time.place(one.at), y, one.cursor, f"Minute {time.minute(one.at)}: {one.sentence}")
                for one in there
                if one.cursor in chosen
            ]
            thin = sorted({time.place(one.at) for one in there if one.cursor not in chosen})
            tracks.append(Track(kind, title, y, tuple(thin), tuple(marks)))
    base = ITEMS + TRACK * len(tracks) + 8
    stops = tuple(time.place(since) for since, _until in report.stood if time.since < since < time.until)
    return Strip(
        "session-strip",
        _says(report, tracks),
        base + FOOT,
        ITEMS - 6,
        LEFT,
        RIGHT,
        tuple(items),
        tuple(tracks),
        stops,
        time.ticks(),
        base,
    )


def _block(line: AgendaLine, x: int, width: int, *, odd: bool) -> Block:
    letters = int((width - 10) / LETTER)
    title = lines(line.title, letters, ROOM) if letters >= 3 else ()
    whole = not any(one.endswith("…") and len(one) < 4 for one in title)
    rows = tuple((17 * n + 2, one) for n, one in enumerate(title, start=1)) if whole else ()
    lasted = wording.lasting(line.actual_ms or 0)
    return Block(x, max(width, 2), rows, line.cursor or 0, f"{line.title}: {lasted}", odd)


def _says(report: Report, tracks: list[Track]) -> str:
    told = [f"{wording.number(len(one.marks) + len(one.thin))} {one.title.lower()}" for one in tracks]
    began = sum(one.started_at is not None for one in report.agenda)
    words = f"the session along its time: {wording.counted(began, 'item')}"
    return wording.sentence(f"{words}, and below them moments of {wording.listed(told)}" if told else words)
