"""Adjourning: the session goes on another day. Everything is kept, every clock stands as in a pause, nobody speaks.

What does not stop: what a delegation writes to itself, notes to the chair, packs and positions; and the door.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace
from rooms.domain.room import running_on

if TYPE_CHECKING:
    from rooms.domain.state import RoomState


@dataclass(frozen=True, slots=True)
class SessionAdjourned:
    """`resumes`: when and where it goes on, in the chair's words."""

    words: str
    resumes: str


@dataclass(frozen=True, slots=True)
class SessionReconvened:
    """`stopped_ms`: how long the clocks stood, since the pause if it was adjourned from a pause."""

    stopped_ms: int


@dataclass(frozen=True, slots=True)
class AdjournSession:
    """The moderator ends the sitting, not the session. `resumes`: when and where it goes on, as all shall read it;
    `words`: what else the chair says, optional. Of an adjourned session: other words about when it goes on."""

    resumes: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReconveneSession:
    """The moderator opens the next sitting; the clocks run on from where they stood."""


def adjourn_session(state: "RoomState", actor: str, command: AdjournSession, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    if state.room.status not in ("paused", "adjourned"):
        roles.live(state)
    if not command.resumes:
        raise Refused("resumes_needed", "Say when and where the session goes on; everybody sees it.", field="resumes")
    if (command.resumes, command.words) == (state.room.resumes, state.room.adjourning_words):
        return []
    return [SessionAdjourned(command.words, command.resumes)]


def reconvene_session(state: "RoomState", actor: str, _command: ReconveneSession, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    if state.room.status != "adjourned" or state.room.paused_at is None:
        raise Refused("not_adjourned", "The session is not adjourned. Start it, or resume it after a pause.")
    return [SessionReconvened(at - state.room.paused_at)]


def _adjourned(state: "RoomState", event: SessionAdjourned, entry: Entry) -> "RoomState":
    room = state.room
    stood = replace(
        room,
        status="adjourned",
        paused_at=entry.at if room.paused_at is None else room.paused_at,
        pause_reason="",
        adjourned_at=entry.at if room.adjourned_at is None else room.adjourned_at,
        adjourning_words=event.words,
        resumes=event.resumes,
    )
    return replace(state, room=stood)


def _reconvened(state: "RoomState", event: SessionReconvened, _entry: Entry) -> "RoomState":
    room = replace(
        state.room, status="live", paused_at=None, adjourned_at=None, adjourning_words="", resumes="", pause_reason=""
    )
    return running_on(state, event.stopped_ms, room)


EVENTS = {
    "room.session_adjourned": (SessionAdjourned, sight.everyone_and_lobby, _adjourned),
    "room.session_reconvened": (SessionReconvened, sight.everyone_and_lobby, _reconvened),
}
COMMANDS = {
    "adjourn_session": (AdjournSession, adjourn_session),
    "reconvene_session": (ReconveneSession, reconvene_session),
}
