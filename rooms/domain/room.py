"""The room itself: opened, live, paused, closed; its attribution and admission rules.

    lobby -> live <-> paused -> adjourned <-> live -> closed

Adjourning is in `adjourning`.

What each status allows is guarded in `roles`; this module never touches the floor or the agenda
except to carry their clocks over a pause.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import (
    agenda,
    calls,
    caucuses,
    commitment_life,
    floor,
    history,
    injects,
    items,
    measures,
    ratification,
    roles,
    sight,
    speakers,
)
from rooms.domain.ground_rules import ATTRIBUTION_RULES
from rooms.domain.prepared import Prepared, delegation_from, issue_from
from rooms.domain.record import Entry, frozen
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

# What of a scenario everybody may read. Named one by one: what a scenario gains later is nobody's until it is here.
PUBLIC = ("slug", "version", "title", "moment", "summary", "brief", "format", "delegations", "issues", "agenda")


@dataclass(frozen=True, slots=True)
class Room:
    """The status and rules of the room. Instants in ms; None where it has not happened. `paused_at` is also set while
    the room is adjourned: since when its clocks stand. `resumes` says when it goes on, `chair` who presides."""

    status: str = ""
    title: str = ""
    attribution: str = "chatham_house"
    assessment_record: bool = True
    automatic_admission: bool = False
    opened_at: int | None = None
    started_at: int | None = None
    paused_at: int | None = None
    pause_reason: str = ""
    closed_at: int | None = None
    closing_words: str = ""
    adjourned_at: int | None = None
    adjourning_words: str = ""
    resumes: str = ""
    chair: str = ""

    def instant(self, at: int) -> int:
        """What the room's clocks show at an instant: while it is paused, they stand at the moment of the pause."""
        return at if self.paused_at is None else self.paused_at


# Events


@dataclass(frozen=True, slots=True)
class RoomOpened:
    """The room exists. `scenario` is the public part of the snapshot, with only the delegations in use."""

    title: str
    scenario: Mapping[str, Any]
    attribution: str
    assessment_record: bool
    automatic_admission: bool


@dataclass(frozen=True, slots=True)
class PackDelivered:
    """One delegation's briefing pack with its mandate, for that delegation and the moderator."""

    delegation: str
    pack: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SessionStarted:
    pass


@dataclass(frozen=True, slots=True)
class SessionPaused:
    reason: str


@dataclass(frozen=True, slots=True)
class SessionResumed:
    """`stopped_ms`: how long the clocks stood."""

    stopped_ms: int


@dataclass(frozen=True, slots=True)
class SessionClosed:
    words: str


@dataclass(frozen=True, slots=True)
class AdmissionSet:
    automatic: bool


# Commands


@dataclass(frozen=True, slots=True)
class OpenRoom:
    """Internal: the first command of a room, issued when a moderator opens it from a scenario."""

    title: str
    snapshot: Mapping[str, Any]
    delegations: tuple[str, ...]
    attribution: str
    assessment_record: bool
    automatic_admission: bool
    arm_injects: bool = False


@dataclass(frozen=True, slots=True)
class StartSession:
    """The moderator opens the session; clocks may run."""


@dataclass(frozen=True, slots=True)
class PauseSession:
    """The moderator stops every clock of the floor, the agenda and a consensus call."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class ResumeSession:
    """The moderator lets the clocks run on from where they stood."""


@dataclass(frozen=True, slots=True)
class CloseSession:
    """The moderator ends the session for good; the debrief opens. `words`: the chair's last word, optional."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class SetAdmission:
    """The moderator chooses whether who joins is let in at once."""

    automatic: bool


# Rules


def open_room(state: "RoomState", _actor: str, command: OpenRoom, _at: int) -> list[Any]:
    if state.room.status:
        raise Refused("already_open", "This room has already been opened.")
    if command.attribution not in ATTRIBUTION_RULES:
        raise Refused("unknown_rule", "Choose one of the four attribution rules.")
    known = [one["code"] for one in command.snapshot["delegations"]]
    in_use = [code for code in known if code in command.delegations]
    if len(in_use) < 2:
        raise Refused("too_few_delegations", "A dialogue needs at least two delegations. Choose another one.")
    scenario = frozen(command.snapshot)
    packs = scenario["packs"]
    public = {key: scenario[key] for key in PUBLIC if key in scenario}
    public["delegations"] = tuple(one for one in public["delegations"] if one["code"] in in_use)
    opened = RoomOpened(
        command.title, public, command.attribution, command.assessment_record, command.automatic_admission
    )
    delivered = [PackDelivered(code, packs[code]) for code in in_use if code in packs]
    to_draw = measures.opening(scenario, in_use)
    known_after = history.opening(scenario)
    return [opened, *delivered, *to_draw, *known_after, *injects.opening(scenario, in_use, armed=command.arm_injects)]


def start_session(state: "RoomState", actor: str, _command: StartSession, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    if state.room.status != "lobby":
        raise Refused("already_started", "The session has already begun.")
    return [SessionStarted()]


def pause_session(state: "RoomState", actor: str, command: PauseSession, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    return [SessionPaused(command.reason)]


def resume_session(state: "RoomState", actor: str, _command: ResumeSession, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    if state.room.status == "adjourned":
        raise Refused("adjourned", "The session is adjourned, not only paused. Reconvene it instead.")
    if state.room.paused_at is None:
        raise Refused("not_paused", "The session is not paused.")
    return [SessionResumed(at - state.room.paused_at)]


def close_session(state: "RoomState", actor: str, command: CloseSession, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    if calls.open_call(state):
        raise Refused(
            "call_open",
            "A decision is open. Close or withdraw it, then close the session.",
            panel="decision",
        )
    return closing(state, command.words, at)


def closing(state: "RoomState", words: str, at: int) -> list[Any]:
    """The end of the session, and of the floor and the agenda before it. An open call is for the caller to end."""
    return [*speakers.end_of_item(state, at), *agenda.end_all(state, at), SessionClosed(words)]


def set_admission(state: "RoomState", actor: str, command: SetAdmission, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    if state.room.automatic_admission == command.automatic:
        return []
    return [AdmissionSet(command.automatic)]


# Fold


def _opened(state: "RoomState", event: RoomOpened, entry: Entry) -> "RoomState":
    plan = event.scenario
    rules = plan["format"]
    room = Room(
        status="lobby",
        title=event.title,
        attribution=event.attribution,
        assessment_record=event.assessment_record,
        automatic_admission=event.automatic_admission,
        opened_at=entry.at,
    )
    prepared = Prepared(
        scenario=plan["slug"],
        version=plan["version"],
        scenario_title=plan["title"],
        moment=plan["moment"],
        summary=plan["summary"],
        brief=tuple(plan["brief"]),
        format_name=rules["name"],
        decision_rule=rules["decision"],
        output=rules["output"],
        speech_seconds=rules["speech_seconds"],
        points_of_order=rules.get("points_of_order", False),
        votes=rules.get("votes", True),
        caucus_existence=rules.get("caucus_existence", "announced"),
        caucus_readable=rules.get("caucus_readable_by_chair", False),
        caucus_any_time=rules.get("caucus_at_any_time", False),
        delegations=tuple(delegation_from(one) for one in plan["delegations"]),
        issues=tuple(issue_from(one) for one in plan["issues"]),
    )
    return replace(
        state,
        room=room,
        prepared=prepared,
        agenda=items.from_plan(plan["agenda"]),
        floor=replace(state.floor, speech_seconds=prepared.speech_seconds),
    )


def _pack_delivered(state: "RoomState", event: PackDelivered, _entry: Entry) -> "RoomState":
    packs = {**state.prepared.packs, event.delegation: event.pack}
    return replace(state, prepared=replace(state.prepared, packs=packs))


def _started(state: "RoomState", _event: SessionStarted, entry: Entry) -> "RoomState":
    return replace(state, room=replace(state.room, status="live", started_at=entry.at))


def _paused(state: "RoomState", event: SessionPaused, entry: Entry) -> "RoomState":
    return replace(state, room=replace(state.room, status="paused", paused_at=entry.at, pause_reason=event.reason))


def running_on(state: "RoomState", stopped_ms: int, room: Room) -> "RoomState":
    """The state in which every clock that stood runs on from where it was."""
    return replace(
        state,
        room=room,
        floor=floor.shifted(state.floor, stopped_ms),
        agenda=agenda.shifted(state.agenda, stopped_ms),
        decisions=calls.shifted(state.decisions, stopped_ms),
        caucuses=caucuses.shifted(state.caucuses, stopped_ms),
        injects=injects.shifted(state.injects, stopped_ms),
        ratifications=ratification.shifted(state.ratifications, stopped_ms),
        commitments=commitment_life.shifted(state.commitments, stopped_ms),
    )


def _resumed(state: "RoomState", event: SessionResumed, _entry: Entry) -> "RoomState":
    return running_on(state, event.stopped_ms, replace(state.room, status="live", paused_at=None, pause_reason=""))


def _closed(state: "RoomState", event: SessionClosed, entry: Entry) -> "RoomState":
    room = replace(state.room, status="closed", closed_at=entry.at, paused_at=None, closing_words=event.words)
    return replace(state, room=replace(room, resumes="", adjourned_at=None))


def _admission_set(state: "RoomState", event: AdmissionSet, _entry: Entry) -> "RoomState":
    return replace(state, room=replace(state.room, automatic_admission=event.automatic))


def _pack_readers(event: PackDelivered) -> tuple[str, ...]:
    return (sight.delegation(event.delegation), sight.MODERATORS)


EVENTS = {
    "room.opened": (RoomOpened, sight.everyone_and_lobby, _opened),
    "room.pack_delivered": (PackDelivered, _pack_readers, _pack_delivered),
    "room.session_started": (SessionStarted, sight.everyone_and_lobby, _started),
    "room.session_paused": (SessionPaused, sight.everyone_and_lobby, _paused),
    "room.session_resumed": (SessionResumed, sight.everyone_and_lobby, _resumed),
    "room.session_closed": (SessionClosed, sight.everyone_and_lobby, _closed),
    "room.admission_set": (AdmissionSet, sight.everyone_and_lobby, _admission_set),
}
COMMANDS = {
    "start_session": (StartSession, start_session),
    "pause_session": (PauseSession, pause_session),
    "resume_session": (ResumeSession, resume_session),
    "close_session": (CloseSession, close_session),
    "set_admission": (SetAdmission, set_admission),
}
INTERNAL = {"open_room": (OpenRoom, open_room)}
