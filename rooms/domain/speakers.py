"""The speakers' list: who asks for the floor, and in what order the chair calls them.

    list:  closed -> open -> closed to new names -> exhausted
    entry: queued -> recognised -> called | withdrawn | removed

One entry a seat. When an item ends the list is cleared, name by name, and with it what still waited on the floor; who
leaves their seat leaves the list. What only the chair does with the list stands in `turns`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import floor, points, questions, roles, sight
from rooms.domain.podium import SPEECH_KINDS, Floor, Request, without
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

# Events


@dataclass(frozen=True, slots=True)
class ListOpened:
    pass


@dataclass(frozen=True, slots=True)
class ListClosed:
    pass


@dataclass(frozen=True, slots=True)
class FloorRequested:
    request: str
    person: str
    seat: str
    delegation: str
    kind: str


@dataclass(frozen=True, slots=True)
class RequestWithdrawn:
    """`by_chair`: the chair took the name off the list; else the person, or the end of the item."""

    request: str
    by_chair: bool


@dataclass(frozen=True, slots=True)
class RequestMoved:
    request: str
    before: str


# Commands


@dataclass(frozen=True, slots=True)
class OpenList:
    """The moderator opens the speakers' list."""


@dataclass(frozen=True, slots=True)
class CloseList:
    """The moderator closes the list to new names; who is on it stays."""


@dataclass(frozen=True, slots=True)
class AskForFloor:
    """A delegate puts their seat on the list. `kind` is the kind of speech."""

    kind: str = "statement"


@dataclass(frozen=True, slots=True)
class WithdrawRequest:
    """A delegate takes their own name off the list; with `request`, that one of their names (a right of reply has a
    list of its own)."""

    request: str = ""


@dataclass(frozen=True, slots=True)
class RemoveRequest:
    """The moderator takes a name off the list."""

    request: str


@dataclass(frozen=True, slots=True)
class MoveRequest:
    """The moderator moves a name before another; `before` "" means to the end."""

    request: str
    before: str = ""


# Rules


def may_speak(state: "RoomState", seat_id: str) -> None:
    running = state.agenda.running
    seat = state.prepared.seat(seat_id)
    if running and running.may_speak and seat and seat.kind not in running.may_speak:
        allowed = ", ".join(running.may_speak)
        raise Refused("seat_kind", f"In “{running.title}” only {allowed} seats take the floor. Wait for the next item.")


def open_list(state: "RoomState", actor: str, _command: OpenList, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    return [] if state.floor.list_open else [ListOpened()]


def close_list(state: "RoomState", actor: str, _command: CloseList, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    return [ListClosed()] if state.floor.list_open else []


def ask_for_floor(state: "RoomState", actor: str, command: AskForFloor, _at: int) -> list[Any]:
    person = roles.delegate(state, actor)
    roles.live(state)
    if command.kind not in SPEECH_KINDS:
        raise Refused("unknown_kind", "Choose what kind of speech it is from the list.", field="kind")
    if not state.floor.list_open:
        raise Refused(
            "list_closed", "The speakers' list is closed to new names. Send the chair a word if it is urgent."
        )
    if state.floor.speech and state.floor.speech.seat == person.seat:
        raise Refused("has_floor", "You have the floor already.")
    if state.floor.request_from_seat(person.seat):
        raise Refused("already_listed", "Your seat is on the list already.")
    if state.floor.speak_once and (floor.item_of(state), person.seat) in state.floor.once:
        raise Refused(
            "spoken_already",
            "Each seat speaks once in this item, and yours has spoken. A colleague on another seat can ask instead.",
        )
    may_speak(state, person.seat)
    return [FloorRequested(floor.new_request_id(state), person.id, person.seat, person.delegation, command.kind)]


def withdraw_request(state: "RoomState", actor: str, command: WithdrawRequest, _at: int) -> list[Any]:
    person = roles.delegate(state, actor)
    roles.open_room(state)
    own = [one for one in state.floor.waiting if one.seat == person.seat and command.request in ("", one.id)]
    request = next(iter(own), None)
    if request is None:
        raise Refused("not_listed", "Your seat is not on the list.")
    return [RequestWithdrawn(request.id, by_chair=False)]


def remove_request(state: "RoomState", actor: str, command: RemoveRequest, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    return [RequestWithdrawn(floor.listed(state, command.request).id, by_chair=True)]


def move_request(state: "RoomState", actor: str, command: MoveRequest, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    request = floor.listed(state, command.request)
    if command.before:
        before = floor.listed(state, command.before)
        if (request in state.floor.replies) != (before in state.floor.replies):
            raise Refused("other_list", "Rights of reply follow the list. Move that name within its own list.")
    return [] if command.before == request.id else [RequestMoved(request.id, command.before)]


def end_of_item(state: "RoomState", at: int) -> list[Any]:
    """The floor when an item ends: the speech is over, the list is cleared, name by name, and what waited lapses."""
    cleared = [RequestWithdrawn(request.id, by_chair=True) for request in state.floor.waiting]
    over = floor.end_now(state, "item ended", at)
    return [*over, *cleared, *questions.lapsed(state), *points.lapsed(state)]


def leaves_floor(state: "RoomState", person: str, at: int) -> list[Any]:
    """What somebody who leaves their seat gives up."""
    events: list[Any] = []
    if state.floor.speech and state.floor.speech.person == person:
        events.extend(floor.end_now(state, "left", at))
    own = [request for request in state.floor.waiting if request.person == person]
    return [*events, *(RequestWithdrawn(request.id, by_chair=False) for request in own)]


# Fold


def _list_opened(state: "RoomState", _event: ListOpened, _entry: Entry) -> "RoomState":
    return floor.changed(state, list_open=True)


def _list_closed(state: "RoomState", _event: ListClosed, _entry: Entry) -> "RoomState":
    return floor.changed(state, list_open=False)


def _requested(state: "RoomState", event: FloorRequested, entry: Entry) -> "RoomState":
    request = Request(event.request, event.person, event.seat, event.delegation, event.kind, entry.at)
    counted = replace(state, floor=state.floor.with_one_more(event.request))
    return floor.changed(counted, queue=(*state.floor.queue, request), listed_in=floor.item_of(state))


def _withdrawn(state: "RoomState", event: RequestWithdrawn, _entry: Entry) -> "RoomState":
    queue, replies = without(state.floor.queue, event.request), without(state.floor.replies, event.request)
    return floor.changed(state, queue=queue, replies=replies)


def _moved(state: "RoomState", event: RequestMoved, _entry: Entry) -> "RoomState":
    return replace(state, floor=reordered(state.floor, event.request, event.before))


def reordered(now: Floor, request: str, before: str) -> Floor:
    """The floor with one name moved within its own list."""
    return replace(
        now,
        queue=announced_first(_with_moved(now.queue, request, before)),
        replies=announced_first(_with_moved(now.replies, request, before)),
    )


def _with_moved(waiting: tuple[Request, ...], request: str, before: str) -> tuple[Request, ...]:
    moving = tuple(one for one in waiting if one.id == request)
    rest = without(waiting, request)
    index = next((n for n, one in enumerate(rest) if one.id == before), len(rest))
    return (*rest[:index], *moving, *rest[index:])


def announced_first(waiting: tuple[Request, ...]) -> tuple[Request, ...]:
    """The list, on which only the first name is announced: whom the chair puts before it takes that from it."""
    return (*waiting[:1], *(replace(one, recognised=False) for one in waiting[1:]))


EVENTS = {
    "floor.list_opened": (ListOpened, sight.everyone, _list_opened),
    "floor.list_closed": (ListClosed, sight.everyone, _list_closed),
    "floor.requested": (FloorRequested, sight.on_the_floor("request"), _requested),
    "floor.request_withdrawn": (RequestWithdrawn, sight.on_the_floor("request"), _withdrawn),
    "floor.request_moved": (RequestMoved, sight.on_the_floor("request"), _moved),
}
COMMANDS = {
    "open_list": (OpenList, open_list),
    "close_list": (CloseList, close_list),
    "ask_for_floor": (AskForFloor, ask_for_floor),
    "withdraw_request": (WithdrawRequest, withdraw_request),
    "remove_request": (RemoveRequest, remove_request),
    "move_request": (MoveRequest, move_request),
}
