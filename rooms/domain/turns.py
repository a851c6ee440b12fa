"""What the chair alone does with the speakers' list: announces who follows, adds a name, balances the order, and lets
each seat speak once.

The order is the chair's; a balanced one is offered and never made by itself.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import floor, roles, sight, speakers
from rooms.domain.podium import SPEECH_KINDS, Request
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

# Events


@dataclass(frozen=True, slots=True)
class RequestRecognised:
    """The chair has announced who follows the present speaker."""

    request: str


@dataclass(frozen=True, slots=True)
class ListBalanced:
    """`requests`: all names on the list as they are called from now on; `request` is the first of them."""

    request: str
    requests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpeakOnceSet:
    on: bool


# Commands


@dataclass(frozen=True, slots=True)
class RecogniseRequest:
    """The moderator announces who follows ("to be followed by ..."); that name then stands first."""

    request: str


@dataclass(frozen=True, slots=True)
class AddToList:
    """The moderator puts a seat on the list that did not ask, also while the list is closed."""

    seat: str
    kind: str = "statement"


@dataclass(frozen=True, slots=True)
class BalanceList:
    """The moderator puts the list in order of who has been heard least, by delegation: by length of speech, then who
    has not been heard in this item. Equals keep their order, and whom the chair has announced stays first."""


@dataclass(frozen=True, slots=True)
class SetSpeakOnce:
    """The moderator lets each seat ask for the floor once an item; or, off, as often as it likes. Replies to questions
    and rights of reply do not count."""

    on: bool


# Rules


def recognise_request(state: "RoomState", actor: str, command: RecogniseRequest, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    request = floor.listed(state, command.request)
    return [] if request.recognised else [RequestRecognised(request.id)]


def add_to_list(state: "RoomState", actor: str, command: AddToList, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    if command.kind not in SPEECH_KINDS:
        raise Refused("unknown_kind", "Choose what kind of speech it is from the list.", field="kind")
    person = floor.sitting(state, command.seat)[0]
    speakers.may_speak(state, person.seat)
    if state.floor.speech and state.floor.speech.seat == person.seat:
        raise Refused("has_floor", f"{person.seat} has the floor already.")
    if state.floor.request_from_seat(person.seat):
        raise Refused("already_listed", f"{person.seat} is on the list already. Move that name instead.")
    request = floor.new_request_id(state)
    return [speakers.FloorRequested(request, person.id, person.seat, person.delegation, command.kind)]


def balanced(state: "RoomState") -> tuple[str, ...]:
    """The list in order of who has been heard least. What officials said among themselves counts among them alone:
    the order would tell it to everybody else."""
    now = state.floor
    apart = {} if floor.is_restricted(state) else now.restricted_ms

    heard = now.heard_in(floor.item_of(state))

    def weight(request: Request) -> tuple[bool, int, bool]:
        code = request.delegation
        return not request.recognised, now.spoken_ms.get(code, 0) - apart.get(code, 0), code in heard

    order = sorted(now.queue, key=weight)
    return tuple(request.id for request in order)


def balance_list(state: "RoomState", actor: str, _command: BalanceList, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    order = balanced(state)
    if order == tuple(request.id for request in state.floor.queue):
        return []
    return [ListBalanced(order[0], order)]


def set_speak_once(state: "RoomState", actor: str, command: SetSpeakOnce, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    return [] if command.on == state.floor.speak_once else [SpeakOnceSet(command.on)]


# Fold


def _recognised(state: "RoomState", event: RequestRecognised, _entry: Entry) -> "RoomState":
    now = state.floor
    queue, replies = (_announced(waiting, event.request) for waiting in (now.queue, now.replies))
    return floor.changed(state, queue=queue, replies=replies)


def _announced(waiting: tuple[Request, ...], request: str) -> tuple[Request, ...]:
    """The list with this name announced and first, and no other one announced."""
    marked = [replace(one, recognised=one.id == request) for one in waiting]
    return tuple(sorted(marked, key=lambda one: not one.recognised))


def _balanced(state: "RoomState", event: ListBalanced, _entry: Entry) -> "RoomState":
    places = {request: place for place, request in enumerate(event.requests)}
    queue = tuple(sorted(state.floor.queue, key=lambda one: places.get(one.id, len(places))))
    return floor.changed(state, queue=speakers.announced_first(queue))


def _speak_once_set(state: "RoomState", event: SpeakOnceSet, _entry: Entry) -> "RoomState":
    return floor.changed(state, speak_once=event.on)


EVENTS = {
    "floor.request_recognised": (RequestRecognised, sight.on_the_floor("request"), _recognised),
    "floor.list_balanced": (ListBalanced, sight.on_the_floor("request"), _balanced),
    "floor.speak_once_set": (SpeakOnceSet, sight.everyone, _speak_once_set),
}
COMMANDS = {
    "recognise_request": (RecogniseRequest, recognise_request),
    "add_to_list": (AddToList, add_to_list),
    "balance_list": (BalanceList, balance_list),
    "set_speak_once": (SetSpeakOnce, set_speak_once),
}
