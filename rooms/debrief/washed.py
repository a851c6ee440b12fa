"""The hot wash as it was held: its phases with their times, its board, the moments that were taken up.

Counted over the entries that the reader may read: what was noted off the record is not among them, and nothing here
says that there was more.
"""

from collections.abc import Iterator, Sequence

from rooms.debrief.report_wash import MomentReport, NoteReport, PhaseReport, WashReport
from rooms.domain import hot_wash
from rooms.domain.record import Entry
from rooms.domain.state import RoomState
from rooms.domain.whiteboard import PHASES

TURNS = hot_wash.WashBegan | hot_wash.PhaseTurned


def measured(entries: Sequence[Entry], state: RoomState) -> WashReport:
    """`state` is the fold of the entries."""
    held = state.hot_wash
    if not held.turns:
        return WashReport()
    return WashReport(
        phases=_phases(entries, state),
        notes=_notes(entries, state),
        moments=_moments(entries, state),
        out=held.out_count,
        of=max(held.out_count, len(hot_wash.in_roles(state))),
        taken_down=sum(1 for one in held.notes if one.reason),
    )


def _phases(entries: Sequence[Entry], state: RoomState) -> tuple[PhaseReport, ...]:
    """A phase that was turned to again without another between, to put a moment aside, goes on."""
    turns: list[tuple[int, Entry]] = []
    now = ""
    for cursor, entry in enumerate(entries, start=1):
        event = entry.event
        if isinstance(event, hot_wash.WashEnded):
            turns, now = [*turns, (cursor, entry)], ""
        elif isinstance(event, TURNS) and event.phase != now:
            turns, now = [*turns, (cursor, entry)], event.phase
    ends: list[int | None] = [*(entry.at for _, entry in turns[1:]), None]
    noted = [one.phase for one in state.hot_wash.board]
    return tuple(
        _phase(entry.event.phase, entry.at, until, cursor, noted)
        for (cursor, entry), until in zip(turns, ends, strict=True)
        if isinstance(entry.event, TURNS)
    )


def _phase(phase: str, at: int, until: int | None, cursor: int, noted: Sequence[str]) -> PhaseReport:
    title, asks = PHASES.get(phase, (phase, ""))
    return PhaseReport(phase, title, asks, at, until, cursor, noted.count(phase))


def _notes(entries: Sequence[Entry], state: RoomState) -> tuple[NoteReport, ...]:
    """What is up, phase by phase; in a phase as it stands in the record."""
    up = {one.id for one in state.hot_wash.board}
    order = {phase: place for place, phase in enumerate(PHASES)}
    found = [
        NoteReport(event.kind, event.phase, PHASES.get(event.phase, (event.phase,))[0], event.text, entry.at, cursor)
        for cursor, entry, event in _added(entries)
        if event.note in up
    ]
    return tuple(sorted(found, key=lambda one: order.get(one.phase, len(order))))


def _added(entries: Sequence[Entry]) -> Iterator[tuple[int, Entry, hot_wash.NoteAdded]]:
    for cursor, entry in enumerate(entries, start=1):
        if isinstance(entry.event, hot_wash.NoteAdded):
            yield cursor, entry, entry.event


def _moments(entries: Sequence[Entry], state: RoomState) -> tuple[MomentReport, ...]:
    """Each once, as it was first taken up."""
    found: dict[tuple[int, str], MomentReport] = {}
    for cursor, entry in enumerate(entries, start=1):
        event = entry.event
        if isinstance(event, hot_wash.MomentTakenUp):
            item = state.agenda.item(event.item)
            made = MomentReport(event.text, event.item, item.title if item else "", event.instant, entry.at, cursor)
            found.setdefault((event.instant, event.text), made)
    return tuple(found.values())
