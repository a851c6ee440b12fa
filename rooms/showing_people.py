"""What the lists of people need: who sits where, who is here, who is missing, who holds an office, what the chair may
do with somebody. Pure, like `showing`: it reads only the fold it is given.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from rooms.domain.prepared import Delegation, Seat
from rooms.domain.seats import PEOPLE_ON_A_SEAT, Person, head_of
from rooms.domain.sight import Audience
from rooms.domain.state import RoomState


def people(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """Delegations as rows with their seats, who sits there, and how much they have spoken and filed; who is in the
    room besides; and how many are here."""
    rows = [_delegation_row(view, one) for one in view.prepared.delegations]
    return {
        "rows": rows,
        "here": sum(row["present"] for row in rows),
        "missing": sum(row["away"] for row in rows),
        "vacant": sum(1 for row in rows for held in row["seats"] if not held["people"]),
        "free_seats": [held["seat"] for row in rows for held in row["seats"] if held["free"]],
        "issues": len(view.prepared.issues),
        "waiting": view.seats.waiting(),
        "closed": view.room.status == "closed",
        **_beside_the_table(view),
    }


def _beside_the_table(view: RoomState) -> dict[str, Any]:
    """Who is in the room without a seat, the one who presides first; and who was removed."""
    moderators = sorted(view.seats.inside("moderator"), key=lambda one: one.id != view.room.chair)
    seatless = tuple(one for one in view.seats.inside("delegate") if not one.seat)
    return {
        "moderators": moderators,
        "rapporteurs": view.seats.inside("rapporteur"),
        "capitals": view.seats.inside("capital"),
        "observers": (*view.seats.observers(), *seatless),
        "screens": view.seats.inside("projector"),
        "removed": [one for one in view.seats.people.values() if one.removed],
    }


def _delegation_row(view: RoomState, one: Delegation) -> dict[str, Any]:
    """`present` and `away` count people who were let in; `taken` counts seats."""
    seats = [_seat_row(view, seat) for seat in one.seats]
    members, checked = view.seats.members(one.code), view.checks.of_delegation(one.code)
    away = _away(members)
    return {
        "delegation": one,
        "seats": seats,
        "taken": sum(1 for held in seats if held["people"]),
        "present": len(members) - away,
        "away": away,
        "spoken_ms": view.floor.spoken_ms.get(one.code, 0),
        "speeches": view.floor.speeches.get(one.code, 0),
        "positions": sum(1 for code, _issue in view.positions.declared if code == one.code),
        "head": head_of(view, one.code),
        "checked": checked,
        "right": sum(1 for answer in checked if answer.right),
    }


def _away(people: Iterable[Person]) -> int:
    return sum(1 for one in people if one.away)


def _seat_row(view: RoomState, seat: Seat) -> dict[str, Any]:
    """`state` of the seat: here, away, waits or empty; `free`: one more may sit down."""
    sitting = view.seats.on(seat.id)
    inside = [person for person in sitting if person.admitted]
    if not sitting:
        state = "empty"
    elif not inside:
        state = "waits"
    else:
        state = "away" if _away(inside) == len(inside) else "here"
    return {"seat": seat, "people": sitting, "state": state, "free": len(sitting) < PEOPLE_ON_A_SEAT}


def other_heads(view: RoomState, person: Person) -> tuple[str, ...]:
    """The seats to which the head of a delegation may pass that on; none for who is not the head."""
    if not person.seat or person.muted or head_of(view, person.delegation) != person.seat:
        return ()
    taken = {one.seat for one in view.seats.members(person.delegation) if not one.muted}
    delegation = view.prepared.delegation(person.delegation)
    seats = delegation.seats if delegation else ()
    return tuple(seat.id for seat in seats if seat.id in taken and seat.id != person.seat)
