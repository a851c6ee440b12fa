"""What happens in a caucus: members talk, leave, and bring a line back; the chair extends, speaks to all, calls back.

A line for the plenary is the caucus's only when every delegation in it has agreed to the words.
"""

from collections.abc import Container
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import floor, roles, sight, statements
from rooms.domain.caucus_terms import allowed_now
from rooms.domain.caucuses import (
    CLOSED,
    IN_SESSION,
    MINUTE,
    PROPOSED,
    Caucus,
    CaucusClosed,
    CaucusExtended,
    CaucusLapsed,
    CaucusLeft,
    CaucusTimeUp,
    Report,
    change,
    changed,
    checked_minutes,
    members,
    of_member,
    readers,
    sits,
)
from rooms.domain.channels import Message
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace
from rooms.domain.seals import seal

if TYPE_CHECKING:
    from rooms.domain.seats import Person
    from rooms.domain.state import RoomState

WINDOW = 60  # messages a screen shows at once; older ones are read from the record
REPORT = "report"  # the kind of statement that a caucus brings back

# Events


@dataclass(frozen=True, slots=True)
class SaidInCaucus:
    caucus: str
    seats: tuple[str, ...]
    chair_reads: bool
    message: str
    person: str
    seat: str
    text: str


@dataclass(frozen=True, slots=True)
class BroadcastMade:
    """The chair's words to one of the caucuses that are told. Each is told by itself: none learns of the others."""

    broadcast: str
    caucus: str
    seats: tuple[str, ...]
    person: str
    text: str


@dataclass(frozen=True, slots=True)
class ReportDrafted:
    """`delegation` proposes these words for the plenary, and agrees to them."""

    caucus: str
    seats: tuple[str, ...]
    chair_reads: bool
    delegation: str
    text: str


@dataclass(frozen=True, slots=True)
class ReportAgreed:
    caucus: str
    seats: tuple[str, ...]
    chair_reads: bool
    delegation: str


@dataclass(frozen=True, slots=True)
class CaucusReported:
    """The agreed line, before the plenary: the words of the caucus, no single delegation's."""

    statement: str
    caucus: str
    delegations: tuple[str, ...]
    text: str
    item: str


# Commands


@dataclass(frozen=True, slots=True)
class SayInCaucus:
    """A member says something in a caucus in session."""

    caucus: str
    text: str


@dataclass(frozen=True, slots=True)
class Broadcast:
    """The moderator says something into all caucuses in session."""

    text: str


@dataclass(frozen=True, slots=True)
class DraftReport:
    """A member proposes the line that the caucus takes back to the plenary; a new one replaces an earlier draft."""

    caucus: str
    text: str


@dataclass(frozen=True, slots=True)
class AgreeReport:
    """Another delegation of the caucus agrees to the line; with the last one it is put before the plenary. `seen`: the
    number of the draft that they agree to; without it, to the one that stands."""

    caucus: str
    seen: int = 0


@dataclass(frozen=True, slots=True)
class LeaveCaucus:
    """A delegation leaves a caucus; with fewer than two left it is closed."""

    caucus: str


@dataclass(frozen=True, slots=True)
class ExtendCaucus:
    """The moderator gives one caucus, or with "" all of them, more minutes, from now if the time is already up."""

    minutes: int
    caucus: str = ""


@dataclass(frozen=True, slots=True)
class CallBack:
    """The moderator calls one caucus, or with "" all of them, back to the plenary."""

    caucus: str = ""


# Rules


def _member_of_session(state: "RoomState", actor: str, caucus_id: str) -> tuple["Person", Caucus]:
    roles.delegate(state, actor)
    person, caucus = of_member(state, actor, caucus_id)
    roles.live(state)
    return person, caucus


def say_in_caucus(state: "RoomState", actor: str, command: SayInCaucus, _at: int) -> list[Any]:
    person, caucus = _member_of_session(state, actor, command.caucus)
    sits(caucus)
    if not command.text:
        raise Refused("text_needed", "Write what you want to say first.", field="text")
    message = f"{caucus.id}-{caucus.said + 1}"
    return [SaidInCaucus(caucus.id, caucus.seats, caucus.chair_reads, message, actor, person.seat, command.text)]


def broadcast(state: "RoomState", actor: str, command: Broadcast, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    if not command.text:
        raise Refused("text_needed", "Write what you want to say to the caucuses first.", field="text")
    sitting = state.caucuses.sitting()
    if not sitting:
        raise Refused("no_caucus", "No caucus is in session. Say it to the room instead.")
    name = seal("b", at, command.text)
    return [BroadcastMade(name, one.id, one.seats, actor, command.text) for one in sitting]


def draft_report(state: "RoomState", actor: str, command: DraftReport, _at: int) -> list[Any]:
    person, caucus = _member_of_session(state, actor, command.caucus)
    _may_report(caucus)
    if not command.text:
        raise Refused("text_needed", "Write the line that you bring back first.", field="text")
    if caucus.report and caucus.report.text == command.text:
        return _agrees(state, person, caucus, caucus.report)
    return [ReportDrafted(caucus.id, caucus.seats, caucus.chair_reads, person.delegation, command.text)]


def _may_report(caucus: Caucus) -> None:
    if caucus.status not in (IN_SESSION, CLOSED):
        raise Refused("caucus_over", "That caucus has not met, so it has nothing to report.")
    if caucus.reported:
        raise Refused("already_reported", "That caucus has reported. Say what is new from the floor.")


def agree_report(state: "RoomState", actor: str, command: AgreeReport, _at: int) -> list[Any]:
    person, caucus = _member_of_session(state, actor, command.caucus)
    _may_report(caucus)
    if caucus.report is None:
        raise Refused("no_report", "Nobody has proposed a line yet. Write one.")
    if command.seen not in (0, caucus.report.number):
        raise Refused("changed_meanwhile", "The line was reworded a moment ago. Read it again, then agree.")
    return _agrees(state, person, caucus, caucus.report)


def _agrees(state: "RoomState", person: "Person", caucus: Caucus, report: Report) -> list[Any]:
    """One more delegation agrees. With the last one of those that are still in it, the line goes to the plenary."""
    agreed = [ReportAgreed(caucus.id, caucus.seats, caucus.chair_reads, person.delegation)]
    if person.delegation in report.agreed:
        agreed = []
    if set(caucus.delegations) - {*report.agreed, person.delegation}:
        return agreed
    if floor.is_restricted(state):
        raise Refused(
            "officials_apart", "The officials meet apart. Bring the line back when all are at the table again."
        )
    line = CaucusReported(statements.new_id(state), caucus.id, caucus.delegations, report.text, floor.item_of(state))
    return [*agreed, line]


def leave_caucus(state: "RoomState", actor: str, command: LeaveCaucus, _at: int) -> list[Any]:
    person, caucus = of_member(state, actor, command.caucus)
    sits(caucus)
    if len(caucus.delegations) <= 2:
        return [_closes(caucus, "left")]
    return [CaucusLeft(caucus.id, caucus.seats, caucus.announced, person.delegation)]


def _meant(state: "RoomState", caucus_id: str) -> tuple[Caucus, ...]:
    """One caucus in session, or with "" all of them."""
    if not caucus_id:
        if not state.caucuses.sitting():
            raise Refused("no_caucus", "No caucus is in session.")
        return state.caucuses.sitting()
    caucus = state.caucuses.known.get(caucus_id)
    if caucus is None:
        raise Refused("unknown_caucus", "There is no such caucus. Look at the list again.")
    sits(caucus)
    return (caucus,)


def extend_caucus(state: "RoomState", actor: str, command: ExtendCaucus, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    minutes = checked_minutes(command.minutes)
    return [
        CaucusExtended(one.id, one.seats, one.announced, minutes, max(one.ends_at or at, at) + minutes * MINUTE)
        for one in _meant(state, command.caucus)
    ]


def call_back(state: "RoomState", actor: str, command: CallBack, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    return [_closes(one, "called back") for one in _meant(state, command.caucus)]


def _closes(caucus: Caucus, how: str) -> CaucusClosed:
    return CaucusClosed(caucus.id, caucus.seats, caucus.announced, how)


def ended_with(state: "RoomState", items: Container[str], *, session: bool) -> list[Any]:
    """What ends for the caucuses with these items, if the one that runs is among them, or with the session."""
    if session:
        return _all_over(state, "session closed")
    running = state.agenda.running
    if running is None or running.id not in items or state.prepared.caucus_any_time or not allowed_now(state):
        return []
    return _all_over(state, "time")


def _all_over(state: "RoomState", how: str) -> list[Any]:
    lapsed = [
        CaucusLapsed(one.id, one.seats, "time") for one in state.caucuses.known.values() if one.status == PROPOSED
    ]
    return [*lapsed, *(_closes(one, how) for one in state.caucuses.sitting())]


def due(state: "RoomState", at: int) -> list[Any]:
    """What the clock has to say to the caucuses at this instant."""
    if state.room.status != "live":
        return []
    return [
        CaucusTimeUp(one.id, one.seats, one.announced)
        for one in state.caucuses.sitting()
        if not one.time_up and one.ends_at is not None and one.ends_at <= at
    ]


def next_deadline(state: "RoomState") -> int | None:
    if state.room.status != "live":
        return None
    waiting = [one.ends_at for one in state.caucuses.sitting() if not one.time_up and one.ends_at is not None]
    return min(waiting, default=None)


# Fold


def _with_message(state: "RoomState", caucus_id: str, message: Message) -> "RoomState":
    caucus = state.caucuses.known.get(caucus_id)
    if caucus is None:
        return state
    window = (*caucus.messages, message)[-WINDOW:]
    return changed(state, replace(caucus, messages=window, said=caucus.said + 1))


def _said(state: "RoomState", event: SaidInCaucus, entry: Entry) -> "RoomState":
    return _with_message(state, event.caucus, Message(event.message, event.person, event.seat, event.text, entry.at))


def _broadcast(state: "RoomState", event: BroadcastMade, entry: Entry) -> "RoomState":
    return _with_message(state, event.caucus, Message(event.broadcast, event.person, "", event.text, entry.at))


def _drafted(state: "RoomState", event: ReportDrafted, _entry: Entry) -> "RoomState":
    caucus = state.caucuses.known.get(event.caucus)
    number = caucus.report.number + 1 if caucus and caucus.report else 1
    return change(state, event.caucus, report=Report(event.text, event.delegation, (event.delegation,), number))


def _agreed(state: "RoomState", event: ReportAgreed, _entry: Entry) -> "RoomState":
    caucus = state.caucuses.known.get(event.caucus)
    if caucus is None or caucus.report is None:
        return state
    report = replace(caucus.report, agreed=(*caucus.report.agreed, event.delegation))
    return changed(state, replace(caucus, report=report))


def _reported(state: "RoomState", event: CaucusReported, entry: Entry) -> "RoomState":
    said = floor.Statement(event.statement, "", "", "", REPORT, event.text, entry.at, event.item, of=event.delegations)
    return change(statements.with_statement(state, said), event.caucus, reported=True)


EVENTS = {
    "caucuses.said": (SaidInCaucus, readers, _said),
    "caucuses.broadcast_made": (BroadcastMade, members, _broadcast),
    "caucuses.report_drafted": (ReportDrafted, readers, _drafted),
    "caucuses.report_agreed": (ReportAgreed, readers, _agreed),
    "caucuses.reported": (CaucusReported, sight.on_the_floor("statement"), _reported),
}
COMMANDS = {
    "say_in_caucus": (SayInCaucus, say_in_caucus),
    "leave_caucus": (LeaveCaucus, leave_caucus),
    "draft_report": (DraftReport, draft_report),
    "agree_report": (AgreeReport, agree_report),
    "extend_caucus": (ExtendCaucus, extend_caucus),
    "call_back": (CallBack, call_back),
    "broadcast": (Broadcast, broadcast),
}
