"""The hot wash: its phase, its board, the moment that is being talked about; what of the debrief is shared with whom.

Pure; reads only its fold. Nothing here knows who wrote a note, because nothing does.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from rooms.domain import hot_wash, sharing, whiteboard
from rooms.domain.sight import THE_MODERATORS, Audience, capital
from rooms.domain.state import RoomState
from rooms.domain.whiteboard import DELTA, NOTE, PHASES, PLUS, WashNote

Row = dict[str, Any]

# Of the newest notes that hang on the wall: more cannot be read at eight metres.
ON_THE_WALL = 4
LONGEST_ON_THE_WALL = 120


def wash(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """`shows`: there is something to see; `held`: notes may be written now; `stands`: it waits for its item."""
    held, moderates = view.hot_wash, audience == THE_MODERATORS
    running = held.status == "running"
    may_begin = moderates and not running and hot_wash.has_its_time(view)
    notes = whiteboard.shown(view, assesses=moderates and view.room.assessment_record)
    return {
        "shows": bool(held.turns) or may_begin,
        "moderates": moderates,
        "may_begin": may_begin,
        "held": hot_wash.is_held(view),
        "stands": running and not hot_wash.is_held(view),
        "closed": view.room.status == "closed",
        **_phase(held.phase),
        "phases": _phases(held.phase) if moderates else [],
        "put_up": held.moments[-1] if held.up else None,
        "bookmarks": _bookmarks(view) if moderates else [],
        **_stepped_out(view),
        **_board(notes),
        "longest": hot_wash.LONGEST,
        "parts": _parts(view) if moderates else [],
        "to": [(key, words) for key, words in sharing.TO.items()] if moderates else [],
    }


def _phase(phase: str) -> Row:
    """The phase with its place among all, and what it asks; the phases before and after it."""
    order = tuple(PHASES)
    if phase not in PHASES:
        return {"phase": "", "number": 0, "phase_count": len(order), "phase_title": "", "asks": ""}
    at, (title, asks) = order.index(phase), PHASES[phase]
    return {
        "phase": phase,
        "number": at + 1,
        "phase_count": len(order),
        "phase_title": title,
        "asks": asks,
        "back": order[at - 1] if at else "",
        "on": order[at + 1] if at + 1 < len(order) else "",
        "on_title": PHASES[order[at + 1]][0] if at + 1 < len(order) else "",
    }


def _phases(now: str) -> list[Row]:
    return [{"id": one, "title": title, "now": one == now} for one, (title, _) in PHASES.items()]


def _bookmarks(view: RoomState) -> list[Row]:
    """In the order in which they were set, each with whether it has been taken up; the first that has not is next."""
    taken = {(one.instant, one.text) for one in view.hot_wash.moments}
    up = view.hot_wash.moments[-1] if view.hot_wash.up else None
    rows = [
        {
            "bookmark": one,
            "taken": (one.at, one.text) in taken,
            "up": up is not None and (up.instant, up.text) == (one.at, one.text),
        }
        for one in view.notes.bookmarks
    ]
    following = next((row for row in rows if not row["taken"]), None)
    return [{**row, "next": row is following} for row in rows]


def _stepped_out(view: RoomState) -> Row:
    """How many have stepped out of role, of how many who play somebody."""
    out = view.hot_wash.out_count
    return {"out": out, "of": max(out, len(hot_wash.in_roles(view)))}


def _board(notes: Sequence[WashNote]) -> Row:
    """Plus and delta side by side, thoughts by phase; the newest first: what was just put up is read at once."""
    newest = list(reversed(notes))
    thoughts = [
        {"title": title, "notes": [one for one in newest if one.kind == NOTE and one.phase == phase]}
        for phase, (title, _) in PHASES.items()
    ]
    return {
        "plus": [one for one in newest if one.kind == PLUS],
        "delta": [one for one in newest if one.kind == DELTA],
        "thoughts": [row for row in thoughts if row["notes"]],
        "board_count": len(newest),
    }


def _parts(view: RoomState) -> list[Row]:
    """What of the debrief can be shared, and with whom it is."""
    return [
        {"id": part, "title": title, "to": view.sharing.with_whom(part), "words": words}
        for part, (title, words) in sharing.PARTS.items()
    ]


# On one seat alone


def role(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """Whoever sits here, and speaks for somebody still. `name_of`: who that is, if it is one person."""
    here = [one for one in hot_wash.in_roles(view) if _belongs(one.seat, one.instructs, audience)]
    still = [one for one in here if one.id not in view.hot_wash.out]
    return {
        "shows": hot_wash.is_held(view) and bool(still),
        "left": len(here) - len(still),
        "here": len(here),
        "name_of": still[0].id if len(still) == 1 else "",
        "first": view.hot_wash.phase == next(iter(PHASES)),
    }


def _belongs(seat: str, instructs: str, audience: Audience) -> bool:
    return seat == audience.seat if audience.seat else bool(instructs) and audience.name == capital(instructs)


# On the wall


def wall(view: RoomState) -> Mapping[str, Any]:
    """What of the hot wash hangs on the wall: the question, the moment, the newest notes."""
    notes = whiteboard.shown(view)
    newest = reversed(notes[-ON_THE_WALL:])
    return {
        "wash": {
            **_phase(view.hot_wash.phase),
            **_stepped_out(view),
            "put_up": view.hot_wash.moments[-1] if view.hot_wash.up else None,
            "plus": sum(one.kind == PLUS for one in notes),
            "delta": sum(one.kind == DELTA for one in notes),
            "newest": [(one.kind, one.text) for one in newest if len(one.text) <= LONGEST_ON_THE_WALL],
        }
    }


def on_the_wall(view: RoomState) -> bool:
    """Whether the wall is the hot wash's: while it is held, but for who speaks."""
    return hot_wash.is_held(view)
