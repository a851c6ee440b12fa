"""Positions: per issue what a delegation prefers, what it can live with, and on what conditions.

A public position is on the table for all. A private one is for the delegation alone; it never replaces the public
one, so that what others see does not change by what they may not see.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight
from rooms.domain.record import Entry
from rooms.domain.refused import Refused

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

Key = tuple[str, str]  # delegation, issue


@dataclass(frozen=True, slots=True)
class Position:
    """`preferred` is an option id; `acceptable` always contains it, in the issue's order. `changes` counts revisions,
    `before` is what was preferred before the last one."""

    delegation: str
    issue: str
    preferred: str
    acceptable: tuple[str, ...]
    conditions: str
    reason: str
    at: int
    changes: int = 0
    before: str = ""


@dataclass(frozen=True, slots=True)
class Positions:
    declared: Mapping[Key, Position] = field(default_factory=dict)
    private: Mapping[Key, Position] = field(default_factory=dict)

    def public_of(self, delegation: str, issue: str) -> Position | None:
        return self.declared.get((delegation, issue))

    def private_of(self, delegation: str, issue: str) -> Position | None:
        return self.private.get((delegation, issue))


@dataclass(frozen=True, slots=True)
class PositionDeclared:
    """A delegation's public position, replacing the one it had declared before."""

    delegation: str
    issue: str
    preferred: str
    acceptable: tuple[str, ...]
    conditions: str
    reason: str


@dataclass(frozen=True, slots=True)
class PositionNoted:
    """The same, for the delegation alone."""

    delegation: str
    issue: str
    preferred: str
    acceptable: tuple[str, ...]
    conditions: str
    reason: str


@dataclass(frozen=True, slots=True)
class DeclarePosition:
    """Any seated delegate files the delegation's position on an issue: public, or for the delegation alone."""

    issue: str
    preferred: str
    acceptable: tuple[str, ...] = ()
    conditions: str = ""
    reason: str = ""
    public: bool = False


def declare_position(state: "RoomState", actor: str, command: DeclarePosition, _at: int) -> list[Any]:
    person = roles.delegate(state, actor)
    roles.open_room(state)
    issue = state.prepared.issue(command.issue)
    if issue is None:
        raise Refused("unknown_issue", "There is no such issue in this exercise.", field="issue")
    if issue.option(command.preferred) is None:
        raise Refused("option_needed", "Choose the option your delegation prefers.", field="preferred")
    unknown = [one for one in command.acceptable if issue.option(one) is None]
    if unknown:
        raise Refused("unknown_option", "One of the acceptable options is not on this issue.", field="acceptable")
    chosen = {command.preferred, *command.acceptable}
    acceptable = tuple(option.id for option in issue.options if option.id in chosen)
    kind = PositionDeclared if command.public else PositionNoted
    event = kind(person.delegation, issue.id, command.preferred, acceptable, command.conditions, command.reason)
    held = state.positions.declared if command.public else state.positions.private
    return [] if _says_the_same(held.get((person.delegation, issue.id)), event) else [event]


def _says_the_same(held: Position | None, event: PositionDeclared | PositionNoted) -> bool:
    if held is None:
        return False
    return (held.preferred, held.acceptable, held.conditions, held.reason) == (
        event.preferred,
        event.acceptable,
        event.conditions,
        event.reason,
    )


def _replaced(held: Mapping[Key, Position], event: PositionDeclared | PositionNoted, at: int) -> dict[Key, Position]:
    key = (event.delegation, event.issue)
    old = held.get(key)
    new = Position(
        event.delegation,
        event.issue,
        event.preferred,
        event.acceptable,
        event.conditions,
        event.reason,
        at,
        old.changes + 1 if old else 0,
        old.preferred if old else "",
    )
    return {**held, key: new}


def _declared(state: "RoomState", event: PositionDeclared, entry: Entry) -> "RoomState":
    declared = _replaced(state.positions.declared, event, entry.at)
    return replace(state, positions=replace(state.positions, declared=declared))


def _noted(state: "RoomState", event: PositionNoted, entry: Entry) -> "RoomState":
    private = _replaced(state.positions.private, event, entry.at)
    return replace(state, positions=replace(state.positions, private=private))


def _members_only(event: PositionNoted) -> tuple[str, ...]:
    return (sight.delegation(event.delegation),)


EVENTS = {
    "positions.declared": (PositionDeclared, sight.everyone, _declared),
    "positions.noted": (PositionNoted, _members_only, _noted),
}
COMMANDS = {"declare_position": (DeclarePosition, declare_position)}
