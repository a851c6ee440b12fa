"""The questions before and after: what is asked of whom, how many have answered, and what was counted. Pure; reads only
its fold, in which nobody's answers are."""

from collections.abc import Mapping
from typing import Any

from rooms.domain.perceptions import BEFORE, ROUNDS, Counted
from rooms.domain.sight import THE_MODERATORS, Audience
from rooms.domain.state import RoomState
from rooms.domain.tallying import ALL, FEWEST

# What the ends of the two scales mean; in between they are numbers alone.
TRUST = ((1, "1, none"), *((n, str(n)) for n in range(2, 7)), (7, "7, full"))
CONFLICT = ((1, "1, very unlikely"), *((n, str(n)) for n in range(2, 7)), (7, "7, very likely"))


def seated(view: RoomState, audience: Audience) -> tuple[tuple[str, int], ...]:
    """How many people each delegation has, of those that have any; for the chair, who waits for their answers."""
    if audience != THE_MODERATORS:
        return ()
    people = ((one.code, len(view.seats.members(one.code))) for one in view.prepared.delegations)
    return tuple((code, n) for code, n in people if n)


def perceptions(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """The round that is asked, those that can be, those that were counted; what is asked of the audience."""
    held, members = view.perceptions, dict(seated(view, audience))
    return {
        "asked": held.asked,
        "may_answer": held.asked != "" and not (held.asked == BEFORE and view.room.status == "closed"),
        "others": [one for one in view.prepared.delegations if one.code != audience.delegation],
        "trust_scale": TRUST,
        "conflict_scale": CONFLICT,
        "issues": view.prepared.issues,
        "may_ask": [name for name in ROUNDS if _may_ask(view, name)],
        "received": [
            (one.code, held.received.get(one.code, 0), members.get(one.code, 0))
            for one in view.prepared.delegations
            if members.get(one.code) or held.received.get(one.code)
        ],
        "answered": sum(held.received.values()),
        "people": sum(members.values()),
        "counts": [_count(view, held.counted[name]) for name in ROUNDS if name in held.counted],
        "fewest": FEWEST,
        "at_once": view.room.status not in ("live", "paused"),
    }


def _may_ask(view: RoomState, name: str) -> bool:
    if view.perceptions.asked or view.perceptions.is_final(name):
        return False
    return view.room.status not in (("closed", "") if name == BEFORE else ("lobby", ""))


def _count(view: RoomState, counted: Counted) -> dict[str, Any]:
    """One round as a table: a row for each delegation that answered and one for all, a column for each that was asked
    about, and the likelihood of conflict."""
    columns = [one.code for one in view.prepared.delegations]
    rows = [
        (by, [counted.conflict_by(by), *(counted.trust_of(by, about) for about in columns)])
        for by in (*counted.answers, ALL)
    ]
    cells = [cell for _by, row in rows for cell in row]
    return {
        "name": counted.round,
        "n": counted.n,
        "columns": columns,
        "rows": rows,
        "few": any(0 < cell.n < FEWEST for cell in cells),
        "kept": any(cell.n >= FEWEST and cell.halves is None for cell in cells),
    }
