"""What is said: statements in writing from the floor and from the chair, and their withdrawal.

Nothing said is ever removed from the record; a withdrawal is a later event.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rooms.domain import floor, roles, sight
from rooms.domain.record import Entry
from rooms.domain.refused import Refused

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

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
    """The speaker puts what they say on the record in writing; this ends their turn."""

    text: str


@dataclass(frozen=True, slots=True)
class ChairStatement:
    """The moderator says something to the whole room, at any time before closing."""

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
    item = state.agenda.running
    made = StatementMade(
        new_id(state),
        actor,
        speech.seat,
        speech.delegation,
        speech.kind,
        command.text,
        item.id if item else "",
    )
    return [made, *floor.end_now(state, "said", at)]


def chair_statement(state: "RoomState", actor: str, command: ChairStatement, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    if not command.text:
        raise Refused("text_needed", "Write what you want to say to the room first.", field="text")
    item = state.agenda.running
    return [StatementMade(new_id(state), actor, "", "", "chair", command.text, item.id if item else "")]


def withdraw_statement(state: "RoomState", actor: str, command: WithdrawStatement, _at: int) -> list[Any]:
    author = roles.author(state, actor)
    roles.open_room(state)
    statement = next((one for one in state.floor.transcript if one.id == command.statement), None)
    if statement is None:
        raise Refused(
            "unknown_statement", "That statement is too far back to withdraw here. Correct it from the floor."
        )
    if statement.delegation != author:
        raise Refused("not_yours", "Only the side that made a statement, a delegation or the chair, withdraws it.")
    return [] if statement.withdrawn else [StatementWithdrawn(statement.id)]


# Fold


def _made(state: "RoomState", event: StatementMade, entry: Entry) -> "RoomState":
    statement = floor.Statement(
        event.statement,
        event.person,
        event.seat,
        event.delegation,
        event.kind,
        event.text,
        entry.at,
        event.item,
    )
    window = _window((*state.floor.transcript, statement), statement)
    if event.statement.startswith(sight.RESTRICTED):
        return floor.changed(state, transcript=window, restricted_statements=state.floor.restricted_statements + 1)
    return floor.changed(state, transcript=window, statements=state.floor.statements + 1)


def _window(statements: tuple[floor.Statement, ...], newest: floor.Statement) -> tuple[floor.Statement, ...]:
    """The last statements. What officials say among themselves pushes nothing out that others read."""
    restricted = newest.id.startswith(sight.RESTRICTED)
    alike = [one for one in statements if one.id.startswith(sight.RESTRICTED) == restricted]
    over = alike[: -floor.TRANSCRIPT_WINDOW]
    return tuple(one for one in statements if one not in over)


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
    "withdraw_statement": (WithdrawStatement, withdraw_statement),
}
