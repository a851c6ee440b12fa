"""The floor: the speakers' list, who has the floor and for how long, and what was said.

    list:  open <-> closed          entry: queued -> speaking -> done | yielded | withdrawn | removed

One person speaks at a time. A speech whose time is up is not cut off: the room is told, the chair decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight
from rooms.domain.record import Entry
from rooms.domain.refused import Refused

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

SECOND = 1_000
SPEECH_KINDS = ("statement", "perspective", "question", "reply", "proposal", "procedural")
SPEECH_SECONDS = (10, 1_800)
# What a screen shows at once; older statements are read from the record, so a state never grows with the talk.
TRANSCRIPT_WINDOW = 40


@dataclass(frozen=True, slots=True)
class Request:
    """A name on the speakers' list."""

    id: str
    person: str
    seat: str
    delegation: str
    kind: str
    at: int


@dataclass(frozen=True, slots=True)
class Speech:
    """Who has the floor. `started_at` moves forward over a pause, so that at - started_at is time spoken."""

    id: str
    person: str
    seat: str
    delegation: str
    kind: str
    started_at: int
    ends_at: int
    time_up: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """What was said, as the room heard it. The chair's own words have no seat and no delegation."""

    id: str
    person: str
    seat: str
    delegation: str
    kind: str
    text: str
    at: int
    item: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Floor:
    """`spoken_ms` and `speeches` count by delegation since the session began."""

    list_open: bool = True
    queue: tuple[Request, ...] = ()
    speech: Speech | None = None
    speech_seconds: int = 120
    spoken_ms: Mapping[str, int] = field(default_factory=dict)
    speeches: Mapping[str, int] = field(default_factory=dict)
    transcript: tuple[Statement, ...] = ()
    requests: int = 0
    statements: int = 0
    restricted_requests: int = 0  # those of officials' sessions are counted apart: nobody else knows how many
    restricted_statements: int = 0

    def request_of(self, person: str) -> Request | None:
        return next((request for request in self.queue if request.person == person), None)

    def request_from_seat(self, seat: str) -> Request | None:
        return next((request for request in self.queue if request.seat == seat), None)


# Events


@dataclass(frozen=True, slots=True)
class FloorGiven:
    """`request` is the list entry that is called, or a new id where the chair calls on somebody directly."""

    request: str
    person: str
    seat: str
    delegation: str
    kind: str
    ends_at: int


@dataclass(frozen=True, slots=True)
class SpeechTimeUp:
    speech: str


@dataclass(frozen=True, slots=True)
class SpeechExtended:
    speech: str
    seconds: int
    ends_at: int


@dataclass(frozen=True, slots=True)
class SpeechEnded:
    """`how`: yielded, ended by the chair, said (a typed statement), item ended, left. `spoken_ms` excludes pauses."""

    speech: str
    delegation: str
    how: str
    spoken_ms: int


@dataclass(frozen=True, slots=True)
class SpeechSecondsSet:
    seconds: int


# Commands


@dataclass(frozen=True, slots=True)
class NextSpeaker:
    """The moderator ends the running speech, if any, and gives the floor to the first on the list, or to `request`.
    `seen` is the id of the speech that ran when the chair pressed ("" for none), so that pressing twice is harmless."""

    seen: str = ""
    request: str = ""


@dataclass(frozen=True, slots=True)
class CallOn:
    """The moderator gives the floor to a seat that did not ask; the floor must be free."""

    seat: str
    kind: str = "statement"


@dataclass(frozen=True, slots=True)
class EndSpeech:
    """The moderator takes the floor back."""

    speech: str


@dataclass(frozen=True, slots=True)
class ExtendSpeech:
    """The moderator gives the running speech more seconds, from now if its time is already up."""

    speech: str
    seconds: int


@dataclass(frozen=True, slots=True)
class YieldFloor:
    """The speaker gives the floor back."""


@dataclass(frozen=True, slots=True)
class SetSpeechSeconds:
    """The moderator sets how long a speech may last, from the next one on."""

    seconds: int


# Rules


def is_restricted(state: "RoomState") -> bool:
    """Whether what happens on the floor now is for the officials and the chair alone."""
    running = state.agenda.running
    return running is not None and running.kind == "officials"


def new_request_id(state: "RoomState") -> str:
    """The id of the next name on the list; it tells who may see what becomes of it."""
    if is_restricted(state):
        return f"{sight.RESTRICTED}r{state.floor.restricted_requests + 1}"
    return f"r{state.floor.requests + 1}"


def one_more_request(floor: Floor, request: str) -> Floor:
    """The floor with one more id given."""
    if request.startswith(sight.RESTRICTED):
        return replace(floor, restricted_requests=floor.restricted_requests + 1)
    return replace(floor, requests=floor.requests + 1)


def listed(state: "RoomState", request_id: str) -> Request:
    request = next((one for one in state.floor.queue if one.id == request_id), None)
    if request is None:
        raise Refused("not_listed", "That name is no longer on the list. Look at the list again.")
    return request


def next_speaker(state: "RoomState", actor: str, command: NextSpeaker, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    speech = state.floor.speech
    if (speech.id if speech else "") != command.seen:
        now = f"{speech.seat} has the floor" if speech else "the floor is free"
        raise Refused("changed_meanwhile", f"The floor changed hands a moment ago: {now}. Look, then press again.")
    if not state.floor.queue:
        raise Refused("list_empty", "Nobody is on the speakers' list. Call on a delegation, or wait for a name.")
    request = listed(state, command.request) if command.request else state.floor.queue[0]
    given = FloorGiven(
        request.id, request.person, request.seat, request.delegation, request.kind, _speech_end(state, at)
    )
    return [*end_now(state, "ended by the chair", at), given]


def _speech_end(state: "RoomState", at: int) -> int:
    return at + state.floor.speech_seconds * SECOND


def call_on(state: "RoomState", actor: str, command: CallOn, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    if state.floor.speech:
        raise Refused("floor_taken", f"{state.floor.speech.seat} has the floor. End that speech first.")
    if command.kind not in SPEECH_KINDS:
        raise Refused("unknown_kind", "Choose what kind of speech it is from the list.", field="kind")
    seated = [one for one in state.seats.on(command.seat) if one.admitted]
    if not seated:
        raise Refused("seat_empty", "Nobody sits there. Call on a seat that is taken.")
    listed = state.floor.request_from_seat(command.seat)
    # Where two share the seat and one of them asked, that one is called.
    person = next((one for one in seated if listed and one.id == listed.person), seated[0])
    request = listed.id if listed else new_request_id(state)
    return [FloorGiven(request, person.id, person.seat, person.delegation, command.kind, _speech_end(state, at))]


def _speaking(state: "RoomState", speech_id: str) -> Speech:
    speech = state.floor.speech
    if speech is None or speech.id != speech_id:
        raise Refused("not_speaking", "That speech is already over.")
    return speech


def end_now(state: "RoomState", how: str, at: int) -> list[Any]:
    speech = state.floor.speech
    if speech is None:
        return []
    spoken_ms = max(0, state.room.instant(at) - speech.started_at)
    return [SpeechEnded(speech.id, speech.delegation, how, spoken_ms)]


def end_speech(state: "RoomState", actor: str, command: EndSpeech, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    _speaking(state, command.speech)
    return end_now(state, "ended by the chair", at)


def extend_speech(state: "RoomState", actor: str, command: ExtendSpeech, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    speech = _speaking(state, command.speech)
    if not SPEECH_SECONDS[0] <= command.seconds <= SPEECH_SECONDS[1]:
        raise Refused("seconds_range", "Extend by 10 seconds to 30 minutes.", field="seconds")
    return [SpeechExtended(speech.id, command.seconds, max(speech.ends_at, at) + command.seconds * SECOND)]


def own_floor(state: "RoomState", actor: str) -> Speech:
    person = roles.delegate(state, actor)
    roles.live(state)
    speech = state.floor.speech
    if speech is None or speech.seat != person.seat:
        raise Refused("no_floor", "You do not have the floor. Ask for it and wait to be called.")
    return speech


def yield_floor(state: "RoomState", actor: str, _command: YieldFloor, at: int) -> list[Any]:
    own_floor(state, actor)
    return end_now(state, "yielded", at)


def set_speech_seconds(state: "RoomState", actor: str, command: SetSpeechSeconds, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    if not SPEECH_SECONDS[0] <= command.seconds <= SPEECH_SECONDS[1]:
        raise Refused("seconds_range", "A speech lasts 10 seconds to 30 minutes.", field="seconds")
    return [] if command.seconds == state.floor.speech_seconds else [SpeechSecondsSet(command.seconds)]


def due(state: "RoomState", at: int) -> list[Any]:
    """What the clock has to say about the floor at this instant."""
    speech = state.floor.speech
    if state.room.status != "live" or not speech or speech.time_up or speech.ends_at > at:
        return []
    return [SpeechTimeUp(speech.id)]


def next_deadline(state: "RoomState") -> int | None:
    speech = state.floor.speech
    return speech.ends_at if speech and not speech.time_up and state.room.status == "live" else None


# Fold


def shifted(floor: Floor, by_ms: int) -> Floor:
    """The floor with the running speech's clock carried over a pause."""
    speech = floor.speech
    if speech is None:
        return floor
    return replace(floor, speech=replace(speech, started_at=speech.started_at + by_ms, ends_at=speech.ends_at + by_ms))


def changed(state: "RoomState", **fields: Any) -> "RoomState":
    return replace(state, floor=replace(state.floor, **fields))


def without(queue: tuple[Request, ...], request_id: str) -> tuple[Request, ...]:
    return tuple(request for request in queue if request.id != request_id)


def _given(state: "RoomState", event: FloorGiven, entry: Entry) -> "RoomState":
    floor = state.floor
    speech = Speech(event.request, event.person, event.seat, event.delegation, event.kind, entry.at, event.ends_at)
    if all(request.id != event.request for request in floor.queue):  # the chair called on somebody directly
        floor = one_more_request(floor, event.request)
    return changed(
        replace(state, floor=floor),
        speech=speech,
        queue=without(floor.queue, event.request),
        speeches={**floor.speeches, event.delegation: floor.speeches.get(event.delegation, 0) + 1},
    )


def _speech(state: "RoomState", **fields: Any) -> "RoomState":
    speech = state.floor.speech
    return changed(state, speech=replace(speech, **fields)) if speech else state


def _time_up(state: "RoomState", _event: SpeechTimeUp, _entry: Entry) -> "RoomState":
    return _speech(state, time_up=True)


def _extended(state: "RoomState", event: SpeechExtended, _entry: Entry) -> "RoomState":
    return _speech(state, ends_at=event.ends_at, time_up=False)


def _ended(state: "RoomState", event: SpeechEnded, _entry: Entry) -> "RoomState":
    spoken = state.floor.spoken_ms
    total = spoken.get(event.delegation, 0) + event.spoken_ms
    return changed(state, speech=None, spoken_ms={**spoken, event.delegation: total})


def _seconds_set(state: "RoomState", event: SpeechSecondsSet, _entry: Entry) -> "RoomState":
    return changed(state, speech_seconds=event.seconds)


EVENTS = {
    "floor.given": (FloorGiven, sight.on_the_floor("request"), _given),
    "floor.speech_time_up": (SpeechTimeUp, sight.on_the_floor("speech"), _time_up),
    "floor.speech_extended": (SpeechExtended, sight.on_the_floor("speech"), _extended),
    "floor.speech_ended": (SpeechEnded, sight.on_the_floor("speech"), _ended),
    "floor.speech_seconds_set": (SpeechSecondsSet, sight.everyone, _seconds_set),
}
COMMANDS = {
    "next_speaker": (NextSpeaker, next_speaker),
    "call_on": (CallOn, call_on),
    "end_speech": (EndSpeech, end_speech),
    "extend_speech": (ExtendSpeech, extend_speech),
    "yield_floor": (YieldFloor, yield_floor),
    "set_speech_seconds": (SetSpeechSeconds, set_speech_seconds),
}
