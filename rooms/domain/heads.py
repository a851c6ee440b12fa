"""The head of a delegation: the seat that answers for it. Named by the chair, or by the present head; see
`seats.head_of` for who it is until then."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace
from rooms.domain.seats import head_of

if TYPE_CHECKING:
    from rooms.domain.state import RoomState


@dataclass(frozen=True, slots=True)
class HeadNamed:
    delegation: str
    seat: str


@dataclass(frozen=True, slots=True)
class NameHead:
    """The moderator, or the present head of that delegation, says which seat answers for it. Somebody must sit
    there."""

    seat: str


def name_head(state: "RoomState", actor: str, command: NameHead, _at: int) -> list[Any]:
    own = roles.author(state, actor)
    roles.open_room(state)
    seat = state.prepared.seat(command.seat)
    if seat is None:
        raise Refused("unknown_seat", "There is no such seat in this room. Choose one from the list.")
    if own:
        _by_the_head(state, actor, own, seat.delegation)
    if not any(person.admitted for person in state.seats.on(seat.id)):
        raise Refused("seat_empty", "Nobody sits there. Name a seat that is taken.")
    if state.seats.heads.get(seat.delegation) == seat.id:
        return []
    return [HeadNamed(seat.delegation, seat.id)]


def _by_the_head(state: "RoomState", actor: str, own: str, named: str) -> None:
    if named != own:
        raise Refused("not_yours", "That is another delegation's seat. Name a seat of your own delegation.")
    head = head_of(state, own)
    if state.seats.people[actor].seat != head:
        raise Refused("not_head", f"{head} answers for your delegation and can pass that on. Ask them, or the chair.")


def _named(state: "RoomState", event: HeadNamed, _entry: Entry) -> "RoomState":
    return replace(state, seats=replace(state.seats, heads={**state.seats.heads, event.delegation: event.seat}))


EVENTS = {"seats.head_named": (HeadNamed, sight.everyone_and_lobby, _named)}
COMMANDS = {"name_head": (NameHead, name_head)}
