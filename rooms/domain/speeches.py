"""What becomes of a running speech but its end: the chair extends it, interrupts it, lets it go on, or takes the last
turn back; and how long a speech may last.

    speaking <-> interrupted

Taking back is a later event like any other: the record keeps that the floor went to somebody and came back.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import floor, questions, roles, sight, speakers
from rooms.domain.podium import RIGHT_OF_REPLY, Floor, Request, Speech, Turn
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

SPEECH_SECONDS = (10, 1_800)

# Events


@dataclass(frozen=True, slots=True)
class SpeechExtended:
    speech: str
    seconds: int
    ends_at: int


@dataclass(frozen=True, slots=True)
class SpeechSecondsSet:
    seconds: int


@dataclass(frozen=True, slots=True)
class SpeechInterrupted:
    """The speech's clock stands from here on."""

    speech: str
    reason: str


@dataclass(frozen=True, slots=True)
class SpeechResumed:
    """`stopped_ms`: how long its clock stood, pauses left out."""

    speech: str
    stopped_ms: int


@dataclass(frozen=True, slots=True)
class TurnUndone:
    """The floor of `speech`, of `delegation`, was taken back; the name returns to the list if it had been on it.
    `again` is the speech that goes on, "" for none, and `stopped_ms` how long its clock stood, pauses left out."""

    speech: str
    delegation: str
    again: str
    stopped_ms: int


# Commands


@dataclass(frozen=True, slots=True)
class ExtendSpeech:
    """The moderator gives the running speech more seconds, from now if its time is already up."""

    speech: str
    seconds: int


@dataclass(frozen=True, slots=True)
class SetSpeechSeconds:
    """The moderator sets how long a speech may last, from the next one on."""

    seconds: int


@dataclass(frozen=True, slots=True)
class InterruptSpeech:
    """The moderator stops the running speech for a moment; its clock stands. `reason`: in words that all read."""

    speech: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ResumeSpeech:
    """The moderator lets the interrupted speech go on, with the time it had left."""

    speech: str


@dataclass(frozen=True, slots=True)
class UndoNext:
    """The moderator takes back the last change of the floor while the speech it began still runs: that speaker returns
    to the head of the list, and the speech that was ended for it goes on with the time it had."""

    speech: str


# Rules


def extend_speech(state: "RoomState", actor: str, command: ExtendSpeech, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    speech = floor.speaking(state, command.speech)
    if not SPEECH_SECONDS[0] <= command.seconds <= SPEECH_SECONDS[1]:
        raise Refused("seconds_range", "Extend by 10 seconds to 30 minutes.", field="seconds")
    ends_at = max(speech.ends_at, floor.clock(state, speech, at)) + command.seconds * floor.SECOND
    return [SpeechExtended(speech.id, command.seconds, ends_at)]


def set_speech_seconds(state: "RoomState", actor: str, command: SetSpeechSeconds, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    if not SPEECH_SECONDS[0] <= command.seconds <= SPEECH_SECONDS[1]:
        raise Refused("seconds_range", "A speech lasts 10 seconds to 30 minutes.", field="seconds")
    return [] if command.seconds == state.floor.speech_seconds else [SpeechSecondsSet(command.seconds)]


def interrupted(state: "RoomState", reason: str) -> list[Any]:
    """The event that the running speech is interrupted; none if nobody speaks or it is interrupted already."""
    speech = state.floor.speech
    return [SpeechInterrupted(speech.id, reason)] if speech and speech.interrupted_at is None else []


def resumed(state: "RoomState", at: int) -> list[Any]:
    """The event that the interrupted speech goes on; none if there is none."""
    speech = state.floor.speech
    if speech is None or speech.interrupted_at is None:
        return []
    return [SpeechResumed(speech.id, max(0, at - speech.interrupted_at))]


def interrupt_speech(state: "RoomState", actor: str, command: InterruptSpeech, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    floor.speaking(state, command.speech)
    return interrupted(state, command.reason)


def resume_speech(state: "RoomState", actor: str, command: ResumeSpeech, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    floor.no_point_waits(state)
    floor.speaking(state, command.speech)
    return resumed(state, at)


def undo_next(state: "RoomState", actor: str, command: UndoNext, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    floor.no_point_waits(state)
    speech, turn = floor.speaking(state, command.speech), state.floor.turn
    if turn is None or turn.speech != speech.id:
        raise Refused(
            "too_late", "Something else has happened since, so that cannot be taken back. End the speech instead."
        )
    again = turn.ended
    if again is None:
        return [TurnUndone(speech.id, speech.delegation, "", 0)]
    _still_there(state, again)
    # Whose speech was cut short may have asked again; who speaks does not wait.
    asked = state.floor.request_from_seat(again.seat)
    off = [speakers.RequestWithdrawn(asked.id, by_chair=False)] if asked else []
    return [*off, TurnUndone(speech.id, speech.delegation, again.id, max(0, at - turn.at))]


def _still_there(state: "RoomState", again: Speech) -> None:
    if not any(one.id == again.person for one in state.seats.may_speak(again.seat)):
        raise Refused(
            "speaker_gone",
            f"Whoever spoke from {again.seat} no longer can, so that speech cannot go on. Call on a seat.",
        )


# Fold


def _changed(state: "RoomState", **fields: Any) -> "RoomState":
    """The running speech changed; the turn that began it is no longer taken back."""
    speech = state.floor.speech
    return floor.changed(state, speech=replace(speech, **fields), turn=None) if speech else state


def _extended(state: "RoomState", event: SpeechExtended, _entry: Entry) -> "RoomState":
    return _changed(state, ends_at=event.ends_at, time_up=False)


def _seconds_set(state: "RoomState", event: SpeechSecondsSet, _entry: Entry) -> "RoomState":
    return floor.changed(state, speech_seconds=event.seconds)


def _interrupted(state: "RoomState", event: SpeechInterrupted, entry: Entry) -> "RoomState":
    return _changed(state, interrupted_at=entry.at, interrupted_for=event.reason)


def _resumed(state: "RoomState", event: SpeechResumed, _entry: Entry) -> "RoomState":
    speech = state.floor.speech
    if speech is None:
        return state
    going_on = replace(speech.shifted(event.stopped_ms), interrupted_at=None, interrupted_for="")
    return floor.changed(state, speech=going_on)


def _undone(state: "RoomState", event: TurnUndone, _entry: Entry) -> "RoomState":
    turn = state.floor.turn
    if turn is None:
        return state
    if turn.ended:
        state = floor.counted(state, event.again, turn.ended.delegation, -turn.ended_ms)
    now = state.floor
    was_right = turn.called is not None and turn.called.kind == RIGHT_OF_REPLY
    back = floor.changed(
        state,
        speech=_going_on(now, turn, event.stopped_ms),
        spoken=tuple(one for one in now.spoken if one.id != event.again),
        speeches={**now.speeches, event.delegation: now.speeches.get(event.delegation, 1) - 1},
        queue=now.queue if was_right else _with_first(now.queue, turn.called),
        replies=_with_first(now.replies, turn.called) if was_right else now.replies,
        heard=turn.heard,
        once=turn.once,
        replied=turn.replied,
        turn=None,
    )
    return questions.reopened(back, event.again)


def _going_on(now: Floor, turn: Turn, stopped_ms: int) -> Speech | None:
    """The speech that had been ended, with the time it had and what was kept of it since."""
    if turn.ended is None:
        return None
    gist = next((one.gist for one in now.spoken if one.id == turn.ended.id), turn.ended.gist)
    return replace(turn.ended.shifted(stopped_ms), gist=gist)


def _with_first(waiting: tuple[Request, ...], called: Request | None) -> tuple[Request, ...]:
    return speakers.announced_first((called, *waiting)) if called else waiting


EVENTS = {
    "floor.speech_extended": (SpeechExtended, sight.on_the_floor("speech"), _extended),
    "floor.speech_seconds_set": (SpeechSecondsSet, sight.everyone, _seconds_set),
    "floor.speech_interrupted": (SpeechInterrupted, sight.on_the_floor("speech"), _interrupted),
    "floor.speech_resumed": (SpeechResumed, sight.on_the_floor("speech"), _resumed),
    "floor.turn_undone": (TurnUndone, sight.on_the_floor("speech"), _undone),
}
COMMANDS = {
    "extend_speech": (ExtendSpeech, extend_speech),
    "set_speech_seconds": (SetSpeechSeconds, set_speech_seconds),
    "interrupt_speech": (InterruptSpeech, interrupt_speech),
    "resume_speech": (ResumeSpeech, resume_speech),
    "undo_next": (UndoNext, undo_next),
}
