"""Who answers for a delegation when something is decided: its head, or the seat that the head has named.

The head names a seat of its own delegation, and takes that back; a new head begins anew. While nobody on that seat
can speak, the head answers.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace
from rooms.domain.seats import Person, head_of

if TYPE_CHECKING:
    from rooms.domain.state import RoomState


@dataclass(frozen=True, slots=True)
class VoiceNamed:
    """`seat` "": the head answers again."""

    delegation: str
    seat: str


@dataclass(frozen=True, slots=True)
class NameVoice:
    """The head of a delegation says which seat answers for it when something is decided; "" takes that back."""

    seat: str


def voice_of(state: "RoomState", code: str) -> str:
    """The seat that answers for a delegation; "" if nobody is there."""
    named = state.decisions.voices.get(code, "")
    return named if named and state.seats.may_speak(named) else head_of(state, code)


def with_voice(state: "RoomState", actor: str) -> Person:
    """Who acts, if they may answer for their delegation."""
    person = roles.delegate(state, actor)
    voice = voice_of(state, person.delegation)
    if person.seat != voice:
        raise Refused("not_head", f"Your delegation answers through {voice}. Tell them what you think.")
    return person


def name_voice(state: "RoomState", actor: str, command: NameVoice, _at: int) -> list[Any]:
    person = roles.delegate(state, actor)
    roles.open_room(state)
    code, head = person.delegation, head_of(state, person.delegation)
    if person.seat != head:
        raise Refused("not_head", f"{head} answers for your delegation and can pass that on. Ask them.")
    named = "" if command.seat == head else command.seat
    seat = state.prepared.seat(named)
    if named and (seat is None or seat.delegation != code):
        raise Refused("not_yours", "Name a seat of your own delegation.", field="seat")
    if named and not state.seats.may_speak(named):
        raise Refused("seat_empty", "Nobody on that seat can answer now. Name a seat that is taken.", field="seat")
    if state.decisions.voices.get(code, "") == named:
        return []
    return [VoiceNamed(code, named)]


def _with(state: "RoomState", code: str, seat: str) -> "RoomState":
    voices = {other: named for other, named in state.decisions.voices.items() if other != code}
    if seat:
        voices[code] = seat
    return replace(state, decisions=replace(state.decisions, voices=voices))


def _named(state: "RoomState", event: VoiceNamed, _entry: Entry) -> "RoomState":
    return _with(state, event.delegation, event.seat)


def _new_head(state: "RoomState", event: Any, _entry: Entry) -> "RoomState":
    """Another head answers, until it names somebody."""
    return _with(state, event.delegation, "")


EVENTS = {"decisions.voice_named": (VoiceNamed, sight.everyone, _named)}
COMMANDS = {"name_voice": (NameVoice, name_voice)}
HEARS = {"seats.head_named": _new_head}
