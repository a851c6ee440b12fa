"""The delegation channel: always open while the room is, members only. Not even the moderator reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

# What a screen shows at once; older messages are read from the record.
WINDOW = 60


@dataclass(frozen=True, slots=True)
class Message:
    """One line that somebody wrote; `seat` is "" where the chair did."""

    id: str
    person: str
    seat: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Channels:
    """By delegation: the last messages, and how many there have been."""

    messages: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SaidInDelegation:
    message: str
    delegation: str
    person: str
    seat: str
    text: str


@dataclass(frozen=True, slots=True)
class SayInDelegation:
    """A seated delegate writes to their own delegation."""

    text: str


def say_in_delegation(state: "RoomState", actor: str, command: SayInDelegation, _at: int) -> list[Any]:
    person = roles.delegate(state, actor)
    roles.open_room(state)
    if not command.text:
        raise Refused("text_needed", "Write your message first.", field="text")
    number = state.channels.counts.get(person.delegation, 0) + 1
    message = f"m-{person.delegation}-{number}"
    return [SaidInDelegation(message, person.delegation, person.id, person.seat, command.text)]


def _said(state: "RoomState", event: SaidInDelegation, entry: Entry) -> "RoomState":
    channels, code = state.channels, event.delegation
    message = Message(event.message, event.person, event.seat, event.text, entry.at)
    window = (*channels.messages.get(code, ()), message)[-WINDOW:]
    changed = Channels({**channels.messages, code: window}, {**channels.counts, code: channels.counts.get(code, 0) + 1})
    return replace(state, channels=changed)


def _members_only(event: SaidInDelegation) -> tuple[str, ...]:
    return (sight.delegation(event.delegation),)


EVENTS = {"channels.said_in_delegation": (SaidInDelegation, _members_only, _said)}
COMMANDS = {"say_in_delegation": (SayInDelegation, say_in_delegation)}
