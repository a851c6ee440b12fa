"""What is said: statements in writing from the floor and from the chair, and their withdrawal.

Nothing said is ever removed from the record; a withdrawal is a later event.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import floor, questions, roles, sight
from rooms.domain.podium import Statement, window
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

CHAIR, CORRECTION = "chair", "correction"  # the kinds of what the chair says; all others are a delegation's

# Events


@dataclass(frozen=True, slots=True)
class StatementMade:
    statement: str
    person: str
    seat: str
    delegation: str
    kind: str
    text: str
    item: str


@dataclass(frozen=True, slots=True)
class StatementWithdrawn:
    statement: str


# Commands


@dataclass(frozen=True, slots=True)
class MakeStatement:
    """The speaker puts what they say on the record in writing; this ends their turn. `to`: the delegation to which a
    question is put."""

    text: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class ChairStatement:
    """The moderator says something to the whole room, at any time before closing."""

    text: str


@dataclass(frozen=True, slots=True)
class CorrectRecord:
    """The moderator says what is wrong in the record. Nothing there is changed; the correction stands after it."""

    text: str


@dataclass(frozen=True, slots=True)
class WithdrawStatement:
    """A delegation withdraws its own statement, or the chair one of the chair's; the record keeps that it was made."""

    statement: str


# Rules


def new_id(state: "RoomState") -> str:
    """The id of the next statement; it tells who may read it."""
    if floor.is_restricted(state):
        return f"{sight.RESTRICTED}s{state.floor.restricted_statements + 1}"
    return f"s{state.floor.statements + 1}"


def make_statement(state: "RoomState", actor: str, command: MakeStatement, at: int) -> list[Any]:
    speech = floor.own_floor(state, actor)
    if not command.text:
        raise Refused("text_needed", "Write what you want to put on the record first.", field="text")
    if speech.interrupted_at is not None:
        raise Refused("interrupted", "Your speech is interrupted. Wait until the chair lets it go on, then send this.")
    number = new_id(state)
    made = StatementMade(number, actor, speech.seat, speech.delegation, speech.kind, command.text, floor.item_of(state))
    put = questions.put(state, speech, number, command.to)
    return [made, *put, *floor.end_now(state, floor.SAID, at, number)]


def chair_statement(state: "RoomState", actor: str, command: ChairStatement, _at: int) -> list[Any]:
    return _from_the_chair(state, actor, CHAIR, command.text, "Write what you want to say to the room first.")


def correct_record(state: "RoomState", actor: str, command: CorrectRecord, _at: int) -> list[Any]:
    return _from_the_chair(state, actor, CORRECTION, command.text, "Write what is wrong, and how it should read.")


def _from_the_chair(state: "RoomState", actor: str, kind: str, text: str, ask: str) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    if not text:
        raise Refused("text_needed", ask, field="text")
    return [StatementMade(new_id(state), actor, "", "", kind, text, floor.item_of(state))]


def withdraw_statement(state: "RoomState", actor: str, command: WithdrawStatement, _at: int) -> list[Any]:
    author = roles.author(state, actor)
    roles.open_room(state)
    statement = _within_reach(state, actor, command.statement)
    if statement is None:
        raise Refused(
            "unknown_statement", "That statement is too far back to withdraw here. Correct it from the floor."
        )
    if statement.of or statement.delegation != author:  # what a caucus reported is no single side's
        raise Refused("not_yours", "Only the side that made a statement, a delegation or the chair, withdraws it.")
    return [] if statement.withdrawn else [StatementWithdrawn(statement.id)]


def _within_reach(state: "RoomState", actor: str, number: str) -> Statement | None:
    """A statement that somebody may read on their screen. What officials said among themselves only they can find."""
    person = state.seats.people.get(actor)
    apart = number.startswith(sight.RESTRICTED) and person is not None and person.role != "moderator"
    if apart and person and person.kind not in sight.OFFICIAL_KINDS:
        return None
    return next((one for one in state.floor.transcript if one.id == number), None)


# Fold


def _made(state: "RoomState", event: StatementMade, entry: Entry) -> "RoomState":
    statement = Statement(
        event.statement,
        event.person,
        event.seat,
        event.delegation,
        event.kind,
        event.text,
        entry.at,
        event.item,
    )
    return with_statement(state, statement)


def with_statement(state: "RoomState", statement: Statement) -> "RoomState":
    """The state with one more statement in what was said."""
    last = window((*state.floor.transcript, statement), statement.id)
    if statement.id.startswith(sight.RESTRICTED):
        return floor.changed(state, transcript=last, restricted_statements=state.floor.restricted_statements + 1)
    return floor.changed(state, transcript=last, statements=state.floor.statements + 1)


def _statement_withdrawn(state: "RoomState", event: StatementWithdrawn, _entry: Entry) -> "RoomState":
    window = tuple(replace(one, withdrawn=True) if one.id == event.statement else one for one in state.floor.transcript)
    return floor.changed(state, transcript=window)


EVENTS = {
    "floor.statement_made": (StatementMade, sight.on_the_floor("statement"), _made),
    "floor.statement_withdrawn": (StatementWithdrawn, sight.on_the_floor("statement"), _statement_withdrawn),
}
COMMANDS = {
    "make_statement": (MakeStatement, make_statement),
    "chair_statement": (ChairStatement, chair_statement),
    "correct_record": (CorrectRecord, correct_record),
    "withdraw_statement": (WithdrawStatement, withdraw_statement),
}
