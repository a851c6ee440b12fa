"""The floor: who has it and for how long, who gets it next, and who gives it back.

    speech:  speaking <-> interrupted -> done | yielded

One person speaks at a time. A speech whose time is up is not cut off: the room is told, the chair decides. The list
is kept in `speakers` and `turns`, what becomes of a running speech in `speeches`, points of order in `orders`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import questions, roles, sight
from rooms.domain.podium import RIGHT_OF_REPLY, Floor, Request, Speech, Spoken, Turn, window, without
from rooms.domain.podium import SPEECH_KINDS as SPEECH_KINDS
from rooms.domain.podium import TRANSCRIPT_WINDOW as TRANSCRIPT_WINDOW
from rooms.domain.podium import Statement as Statement
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.seats import Person
    from rooms.domain.state import RoomState

SECOND = 1_000
BY_CHAIR, YIELDED, SAID = "ended by the chair", "yielded", "said"  # how a speech ends that has been heard


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
class SpeechEnded:
    """`how`: yielded, ended by the chair, said (a typed statement), item ended, left. `spoken_ms` excludes pauses."""

    speech: str
    delegation: str
    how: str
    spoken_ms: int


# Commands


@dataclass(frozen=True, slots=True)
class NextSpeaker:
    """The moderator ends the running speech, if any, and gives the floor to whom the chair announced, else to the first
    on the list, else to the first right of reply; or to `request`. `seen` is the id of the speech that ran when the
    chair pressed ("" for none), so that pressing twice is harmless."""

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
class YieldFloor:
    """The speaker gives the floor back. `to`: the delegation to which a question was put by word of mouth."""

    to: str = ""


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


def item_of(state: "RoomState") -> str:
    """The item that runs, "" for none: what is said belongs to it."""
    running = state.agenda.running
    return running.id if running else ""


def admits(state: "RoomState", person: "Person") -> None:
    """An officials' session is held by officials alone, and nobody else can find out what happens in it."""
    if is_restricted(state) and person.kind not in sight.OFFICIAL_KINDS:
        raise Refused("officials_only", "The officials meet among themselves. The next item is for every seat again.")


def no_point_waits(state: "RoomState") -> None:
    """While a point of order waits, nothing else on the floor moves."""
    if state.orders.open:
        raise Refused("point_waits", "A point of order waits. The chair rules on it first, then the floor goes on.")


def moves(state: "RoomState", seen: str) -> None:
    """The floor can change hands, and is as the chair saw it on pressing the button."""
    roles.live(state)
    no_point_waits(state)
    speech = state.floor.speech
    if (speech.id if speech else "") != seen:
        now = f"{speech.seat} has the floor" if speech else "the floor is free"
        raise Refused("changed_meanwhile", f"The floor changed hands a moment ago: {now}. Look, then press again.")


def listed(state: "RoomState", request_id: str) -> Request:
    """A name on the list or among the rights of reply."""
    request = next((one for one in state.floor.waiting if one.id == request_id), None)
    if request is None:
        raise Refused("not_listed", "That name is no longer on the list. Look at the list again.")
    return request


def next_speaker(state: "RoomState", actor: str, command: NextSpeaker, at: int) -> list[Any]:
    roles.moderator(state, actor)
    moves(state, command.seen)
    request = listed(state, command.request) if command.request else state.floor.following
    if request is None:
        raise Refused("list_empty", "Nobody is on the speakers' list. Call on a delegation, or wait for a name.")
    given = FloorGiven(
        request.id, request.person, request.seat, request.delegation, request.kind, _speech_end(state, at)
    )
    return [*end_now(state, BY_CHAIR, at), given]


def _speech_end(state: "RoomState", at: int) -> int:
    return at + state.floor.speech_seconds * SECOND


def call_on(state: "RoomState", actor: str, command: CallOn, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    no_point_waits(state)
    if state.floor.speech:
        raise Refused("floor_taken", f"{state.floor.speech.seat} has the floor. End that speech first.")
    if command.kind not in SPEECH_KINDS:
        raise Refused("unknown_kind", "Choose what kind of speech it is from the list.", field="kind")
    return [given_directly(state, command.seat, command.kind, at)]


def sitting(state: "RoomState", seat_id: str) -> tuple["Person", ...]:
    """Who sits on a seat and may be given the floor. An officials' session is held by officials alone."""
    seated = state.seats.may_speak(seat_id)
    if not seated:
        raise Refused("seat_empty", "Nobody sits there who may speak. Call on a seat that is taken, or unmute it.")
    admits(state, seated[0])
    return seated


def given_directly(state: "RoomState", seat_id: str, kind: str, at: int) -> FloorGiven:
    """The floor for a seat on which the chair calls; a name it has on the list is used up."""
    seated = sitting(state, seat_id)
    listed = state.floor.request_from_seat(seat_id)
    # Where two share the seat and one of them asked, that one is called.
    person = next((one for one in seated if listed and one.id == listed.person), seated[0])
    request = listed.id if listed else new_request_id(state)
    return FloorGiven(request, person.id, person.seat, person.delegation, kind, _speech_end(state, at))


def speaking(state: "RoomState", speech_id: str) -> Speech:
    speech = state.floor.speech
    if speech is None or speech.id != speech_id:
        raise Refused("not_speaking", "That speech is already over.")
    return speech


def clock(state: "RoomState", speech: Speech, at: int) -> int:
    """What a speech's clock shows at an instant: it stands in a pause and while the speech is interrupted."""
    return state.room.instant(at) if speech.interrupted_at is None else speech.interrupted_at


def end_now(state: "RoomState", how: str, at: int, statement: str = "") -> list[Any]:
    """The end of the running speech, if one runs; and that it was a reply, if it was. `statement`: what it put on the
    record in writing."""
    speech = state.floor.speech
    if speech is None:
        return []
    spoken_ms = max(0, clock(state, speech, at) - speech.started_at)
    was_heard = how in (BY_CHAIR, YIELDED, SAID)
    answered = questions.replied(state, speech, statement) if was_heard else []
    return [SpeechEnded(speech.id, speech.delegation, how, spoken_ms), *answered]


def end_speech(state: "RoomState", actor: str, command: EndSpeech, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    no_point_waits(state)
    speaking(state, command.speech)
    return end_now(state, BY_CHAIR, at)


def own_floor(state: "RoomState", actor: str) -> Speech:
    person = roles.delegate(state, actor)
    roles.live(state)
    speech = state.floor.speech
    if speech is None or speech.seat != person.seat:
        raise Refused("no_floor", "You do not have the floor. Ask for it and wait to be called.")
    no_point_waits(state)
    return speech


def yield_floor(state: "RoomState", actor: str, command: YieldFloor, at: int) -> list[Any]:
    speech = own_floor(state, actor)
    return [*end_now(state, YIELDED, at), *questions.put(state, speech, "", command.to)]


def next_deadline(state: "RoomState") -> int | None:
    """When the running speech's time is up, if its clock runs and has not told so yet."""
    speech = state.floor.speech
    if state.room.status != "live" or speech is None or speech.time_up or speech.interrupted_at is not None:
        return None
    return speech.ends_at


def due(state: "RoomState", at: int) -> list[Any]:
    """What the clock has to say about the floor at this instant."""
    deadline, speech = next_deadline(state), state.floor.speech
    return [SpeechTimeUp(speech.id)] if speech and deadline is not None and deadline <= at else []


# Fold


def shifted(floor: Floor, by_ms: int) -> Floor:
    """The floor with its clocks carried over a pause: the running speech's, and that of a turn to be taken back."""
    turn = floor.turn
    if turn:
        ended = turn.ended.shifted(by_ms) if turn.ended else None
        turn = replace(turn, at=turn.at + by_ms, ended=ended)
    return replace(floor, speech=floor.speech.shifted(by_ms) if floor.speech else None, turn=turn)


def changed(state: "RoomState", **fields: Any) -> "RoomState":
    return replace(state, floor=replace(state.floor, **fields))


def _given(state: "RoomState", event: FloorGiven, entry: Entry) -> "RoomState":
    floor = state.floor
    called = next((request for request in floor.waiting if request.id == event.request), None)
    if called is None:  # the chair called on somebody directly
        floor = floor.with_one_more(event.request)
    speech = Speech(event.request, event.person, event.seat, event.delegation, event.kind, entry.at, event.ends_at)
    place, is_right = (item_of(state), event.seat), event.kind == RIGHT_OF_REPLY
    is_asked = any(question.request == event.request for question in state.questions.pending)
    return changed(
        replace(state, floor=floor),
        speech=speech,
        queue=without(floor.queue, event.request),
        replies=without(floor.replies, event.request),
        speeches={**floor.speeches, event.delegation: floor.speeches.get(event.delegation, 0) + 1},
        heard=floor.heard | {(item_of(state), entry.attribution, event.delegation)},
        once=floor.once if is_asked or is_right else floor.once | {place},
        replied=floor.replied | {place} if is_right else floor.replied,
        turn=_turn(floor, event.request, called, entry.at),
    )


def _turn(floor: Floor, speech: str, called: Request | None, at: int) -> Turn:
    """What this change of the floor replaced: also the speech that was ended in the same breath."""
    last = floor.turn
    turn = last if last and not last.speech and last.at == at else Turn(at)
    return replace(turn, speech=speech, called=called, heard=floor.heard, once=floor.once, replied=floor.replied)


def _time_up(state: "RoomState", _event: SpeechTimeUp, _entry: Entry) -> "RoomState":
    speech = state.floor.speech
    return changed(state, speech=replace(speech, time_up=True)) if speech else state


def counted(state: "RoomState", speech: str, delegation: str, ms: int) -> "RoomState":
    """The time that a delegation has spoken, in all and apart for officials' sessions, with so much more or less."""
    floor = state.floor
    spoken = {**floor.spoken_ms, delegation: floor.spoken_ms.get(delegation, 0) + ms}
    if not speech.startswith(sight.RESTRICTED):
        return changed(state, spoken_ms=spoken)
    apart = {**floor.restricted_ms, delegation: floor.restricted_ms.get(delegation, 0) + ms}
    return changed(state, spoken_ms=spoken, restricted_ms=apart)


def _ended(state: "RoomState", event: SpeechEnded, entry: Entry) -> "RoomState":
    state, speech = counted(state, event.speech, event.delegation, event.spoken_ms), state.floor.speech
    turn = Turn(entry.at, ended=speech, ended_ms=event.spoken_ms) if event.how == BY_CHAIR else None
    return changed(state, speech=None, turn=turn, spoken=_spoken(state, speech, event, entry))


def _other_item(state: "RoomState", _event: Any, _entry: Entry) -> "RoomState":
    """What was ended in one item goes on in no other, nor under another rule: there other people may hear it."""
    return changed(state, turn=None) if state.floor.turn else state


def _spoken(state: "RoomState", speech: Speech | None, event: SpeechEnded, entry: Entry) -> tuple[Spoken, ...]:
    """The speeches by word of mouth, with the one that has ended if it left nothing in writing."""
    if speech is None or event.how == SAID:
        return state.floor.spoken
    who = (speech.id, speech.person, speech.seat, speech.delegation, speech.kind)
    one = Spoken(*who, entry.at, event.spoken_ms, item_of(state), entry.attribution, speech.gist)
    return window((*state.floor.spoken, one), one.id)


EVENTS = {
    "floor.given": (FloorGiven, sight.on_the_floor("request"), _given),
    "floor.speech_time_up": (SpeechTimeUp, sight.on_the_floor("speech"), _time_up),
    "floor.speech_ended": (SpeechEnded, sight.on_the_floor("speech"), _ended),
}
# What this matter hears of another's events, by their stored names, after they have changed their own slice.
HEARS = {f"agenda.item_{what}": _other_item for what in ("started", "ended", "suspended", "resumed")}
HEARS["room.attribution_set"] = _other_item
COMMANDS = {
    "next_speaker": (NextSpeaker, next_speaker),
    "call_on": (CallOn, call_on),
    "end_speech": (EndSpeech, end_speech),
    "yield_floor": (YieldFloor, yield_floor),
}
