"""The silence procedure: adopted at a named instant unless a delegation objects in writing before (OSCE rules of
procedure, Annex 1(A); UN decision 74/544; rulebook 9).

    proposed in a sitting -> kept (adopted) | broken (in writing) | stopped (there and then) | withdrawn by the chair

Its clock is the server's, not the room's: a pause does not stop it, and an adjournment only if the chair said so. What
was adopted outside a sitting is announced when the next one begins. In a room that goes on from a moment of another it
stands until that room goes on.
"""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import amendments, putting, roles, sight
from rooms.domain.calls import MINUTE, Answer, Call, instant_of, open_call, with_call
from rooms.domain.record import Entry
from rooms.domain.refused import Refused

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

LONGEST = 7 * 24 * 60  # minutes: until the class meets again


# Events


@dataclass(frozen=True, slots=True)
class SilenceProposed:
    call: str
    document: str
    title: str
    paragraphs: tuple[tuple[str, str], ...]
    electorate: tuple[str, ...]
    closes_at: int
    stops_on_adjournment: bool
    subject: str
    ad_referendum: bool


@dataclass(frozen=True, slots=True)
class SilenceStopped:
    """Objected to there and then, at the table: it is as if it had not been proposed."""

    call: str
    document: str
    delegation: str
    reason: str


@dataclass(frozen=True, slots=True)
class SilenceBroken:
    """Objected to in writing before it expired: nothing is adopted."""

    call: str
    document: str
    delegation: str
    reason: str


@dataclass(frozen=True, slots=True)
class SilenceExtended:
    call: str
    closes_at: int


@dataclass(frozen=True, slots=True)
class SilenceKept:
    call: str
    document: str


@dataclass(frozen=True, slots=True)
class AdoptionAnnounced:
    """A sitting is told what was adopted while there was none."""

    call: str
    document: str


# Commands


@dataclass(frozen=True, slots=True)
class ProposeSilence:
    """The moderator puts the text, or an amendment, under silence for some minutes, in a sitting.
    `stops_on_adjournment`: its clock stands while the session is adjourned. `ad_referendum`: what is adopted waits for
    the capitals."""

    minutes: int
    stops_on_adjournment: bool = False
    subject: str = ""
    ad_referendum: bool = False


@dataclass(frozen=True, slots=True)
class StopSilence:
    """The voice of a delegation objects there and then, while the item lasts in which the silence was proposed."""

    call: str
    reason: str


@dataclass(frozen=True, slots=True)
class BreakSilence:
    """The voice of a delegation objects in writing, at any time before the expiry, also while the session is paused or
    adjourned. With `text` it also tables an amendment: other words for `paragraph`, which is reopened if it was agreed,
    or a new paragraph at the end."""

    call: str
    reason: str
    paragraph: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ExtendSilence:
    """The moderator gives a silence more minutes, before it expires."""

    call: str
    minutes: int


# Rules


def propose_silence(state: "RoomState", actor: str, command: ProposeSilence, at: int) -> list[Any]:
    put = putting.put(state, actor, command.subject)
    putting.window(command.minutes, LONGEST)
    return [
        SilenceProposed(
            **asdict(put),
            closes_at=at + command.minutes * MINUTE,
            stops_on_adjournment=command.stops_on_adjournment,
            subject=command.subject,
            ad_referendum=command.ad_referendum,
        )
    ]


def _objecting(state: "RoomState", actor: str, call_id: str, reason: str, at: int) -> tuple[Call, str]:
    """The silence and the delegation that objects to it, with its reason."""
    call = putting.running(state, call_id, "silence")
    code = putting.answering(state, actor, call, at)
    if not reason:
        raise Refused("reason_needed", "Give your reason; it is published with your objection.", field="reason")
    return call, code


def stop_silence(state: "RoomState", actor: str, command: StopSilence, at: int) -> list[Any]:
    roles.delegate(state, actor)
    roles.live(state)
    call, code = _objecting(state, actor, command.call, command.reason, at)
    if not call.at_the_table:
        raise Refused("silence_begun", "The table has moved on since. Break the silence in writing instead.")
    return [SilenceStopped(call.id, call.document, code, command.reason)]


def break_silence(state: "RoomState", actor: str, command: BreakSilence, at: int) -> list[Any]:
    roles.delegate(state, actor)
    roles.open_room(state)
    call, code = _objecting(state, actor, command.call, command.reason, at)
    broken = SilenceBroken(call.id, call.document, code, command.reason)
    return [broken, *putting.following(state, call, "broken"), *_amending(state, code, call, command)]


def _amending(state: "RoomState", code: str, call: Call, command: BreakSilence) -> list[Any]:
    """The amendment with which a delegation breaks the silence, if it gives one."""
    document = state.texts.document(call.document)
    if not command.text or document is None:
        return []
    return amendments.written(document, code, command.paragraph, command.text, command.reason)


def extend_silence(state: "RoomState", actor: str, command: ExtendSilence, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    call = putting.running(state, command.call, "silence")
    putting.in_time(state, call, at)
    putting.window(command.minutes, LONGEST)
    return [SilenceExtended(call.id, call.closes_at + command.minutes * MINUTE)]


def due(state: "RoomState", at: int) -> list[Any]:
    """At the very instant of expiry the text is adopted, whatever the room does; a sitting is told what it missed."""
    call = _running(state)
    told = [AdoptionAnnounced(one.id, one.document) for one in _unannounced(state)]
    if call is None or instant_of(state, call, at) < call.closes_at:
        return told
    return [*told, SilenceKept(call.id, call.document), *putting.following(state, call, "adopted")]


def next_deadline(state: "RoomState") -> int | None:
    call = _running(state)
    if call and (call.stands_since is None or call.stands_since >= call.closes_at):
        return call.closes_at
    return next((one.ended_at for one in _unannounced(state)), None)


def _running(state: "RoomState") -> Call | None:
    call = open_call(state)
    return call if call and call.kind == "silence" else None


def _unannounced(state: "RoomState") -> list[Call]:
    """What was adopted outside a sitting, once there is one."""
    if state.room.status != "live":
        return []
    return [one for one in state.decisions.calls if one.status == "adopted" and not one.announced]


# Fold


def _proposed(state: "RoomState", event: SilenceProposed, entry: Entry) -> "RoomState":
    return putting.opened(
        state,
        event,
        entry.at,
        kind="silence",
        rule="silence",
        frozen="under_silence",
        stops_on_adjournment=event.stops_on_adjournment,
        at_the_table=True,
    )


def _objected(state: "RoomState", event: SilenceBroken | SilenceStopped, entry: Entry) -> "RoomState":
    answers = {event.delegation: Answer("object", event.reason, entry.at)}
    how = "broken" if isinstance(event, SilenceBroken) else "stopped"
    return putting.ended(state, event.call, how, entry.at, answers=answers, at_the_table=False)


def _extended(state: "RoomState", event: SilenceExtended, _entry: Entry) -> "RoomState":
    return with_call(state, event.call, closes_at=event.closes_at)


def _kept(state: "RoomState", event: SilenceKept, entry: Entry) -> "RoomState":
    told = state.room.status == "live"
    return putting.ended(state, event.call, "adopted", entry.at, announced=told, at_the_table=False)


def _announced(state: "RoomState", event: AdoptionAnnounced, _entry: Entry) -> "RoomState":
    return with_call(state, event.call, announced=True)


def _table_moved_on(state: "RoomState", _event: Any, _entry: Entry) -> "RoomState":
    call = _running(state)
    return with_call(state, call.id, at_the_table=False) if call and call.at_the_table else state


def _room_adjourned(state: "RoomState", event: Any, entry: Entry) -> "RoomState":
    call = _running(state)
    if call and call.stops_on_adjournment and call.stands_since is None:
        state = with_call(state, call.id, stands_since=entry.at)
    return _table_moved_on(state, event, entry)


def _room_forked(state: "RoomState", event: Any, entry: Entry) -> "RoomState":
    """The room goes on from a moment that may lie days back: until it does, no silence runs out."""
    call = _running(state)
    if call and call.stands_since is None:
        state = with_call(state, call.id, stands_since=event.moment)
    return _table_moved_on(state, event, entry)


def _room_reconvened(state: "RoomState", _event: Any, entry: Entry) -> "RoomState":
    call = _running(state)
    if call is None or call.stands_since is None:
        return state
    # What had expired before the session was adjourned stays expired.
    stood = entry.at - call.stands_since if call.stands_since < call.closes_at else 0
    return with_call(state, call.id, stands_since=None, closes_at=call.closes_at + stood)


EVENTS = {
    "decisions.silence_proposed": (SilenceProposed, sight.everyone, _proposed),
    "decisions.silence_stopped": (SilenceStopped, sight.everyone, _objected),
    "decisions.silence_broken": (SilenceBroken, sight.everyone, _objected),
    "decisions.silence_extended": (SilenceExtended, sight.everyone, _extended),
    "decisions.silence_kept": (SilenceKept, sight.everyone, _kept),
    "decisions.adoption_announced": (AdoptionAnnounced, sight.everyone, _announced),
}
COMMANDS = {
    "propose_silence": (ProposeSilence, propose_silence),
    "stop_silence": (StopSilence, stop_silence),
    "break_silence": (BreakSilence, break_silence),
    "extend_silence": (ExtendSilence, extend_silence),
}
HEARS = {
    "room.session_paused": _table_moved_on,
    "room.session_adjourned": _room_adjourned,
    "room.session_reconvened": _room_reconvened,
    "room.session_resumed": _room_reconvened,
    "room.forked": _room_forked,
    "agenda.item_started": _table_moved_on,
    "agenda.item_ended": _table_moved_on,
    "agenda.item_suspended": _table_moved_on,
    "agenda.item_resumed": _table_moved_on,
}
