"""Positions: per issue what a delegation prefers, what it can live with, and on what conditions.

    none -> declared (on the table, for all) -> declared anew ...          none <-> noted (for the delegation alone)

A public position is on the table for all. A private one is for the delegation alone; it never replaces the public
one, so that what others see does not change by what they may not see. What was replaced or taken back is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight
from rooms.domain.prepared import Issue
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

Key = tuple[str, str]  # delegation, issue
Link = tuple[str, str]  # issue, option: "if this issue ends at this option or beyond"
MOST_LINKS = 3  # more is a package, and belongs into a text


@dataclass(frozen=True, slots=True)
class Position:
    """`preferred` is an option id; `acceptable` always contains it, in the issue's order. What is acceptable beside the
    preferred option holds on the conditions: those in words, and `links`, each met if that issue ends at that option
    or further along its axis. `sources` are citations. `changes` counts revisions, `before` is what was preferred
    before the last one."""

    delegation: str
    issue: str
    preferred: str
    acceptable: tuple[str, ...]
    conditions: str
    reason: str
    at: int
    changes: int = 0
    before: str = ""
    links: tuple[Link, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Positions:
    """What is held now, and under the same keys what it replaced, oldest first; also what was noted and taken back."""

    declared: Mapping[Key, Position] = field(default_factory=dict)
    private: Mapping[Key, Position] = field(default_factory=dict)
    replaced: Mapping[Key, tuple[Position, ...]] = field(default_factory=dict)
    privately_replaced: Mapping[Key, tuple[Position, ...]] = field(default_factory=dict)

    def public_of(self, delegation: str, issue: str) -> Position | None:
        return self.declared.get((delegation, issue))

    def private_of(self, delegation: str, issue: str) -> Position | None:
        return self.private.get((delegation, issue))

    def history_of(self, delegation: str, issue: str) -> tuple[Position, ...]:
        """All that the delegation has declared on the issue, oldest first, with what it declares now."""
        held = self.public_of(delegation, issue)
        return (*self.replaced.get((delegation, issue), ()), *([held] if held else []))


@dataclass(frozen=True, slots=True)
class PositionDeclared:
    """A delegation's public position, replacing the one it had declared before."""

    delegation: str
    issue: str
    preferred: str
    acceptable: tuple[str, ...]
    conditions: str
    reason: str
    links: tuple[Link, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PositionNoted:
    """The same, for the delegation alone."""

    delegation: str
    issue: str
    preferred: str
    acceptable: tuple[str, ...]
    conditions: str
    reason: str
    links: tuple[Link, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteTakenBack:
    """The delegation no longer holds what it had noted for itself on an issue."""

    delegation: str
    issue: str


@dataclass(frozen=True, slots=True)
class DeclarePosition:
    """Any seated delegate files the delegation's position on an issue: public, or for the delegation alone.
    `condition_issue` and `condition_option` go in pairs, each a condition that another issue ends at that option or
    beyond; pairs of two empty strings count for nothing."""

    issue: str
    preferred: str
    acceptable: tuple[str, ...] = ()
    conditions: str = ""
    reason: str = ""
    public: bool = False
    condition_issue: tuple[str, ...] = ()
    condition_option: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakeBackNote:
    """Any seated delegate takes back what the delegation noted for itself on an issue; what it declared stays."""

    issue: str


def declare_position(state: "RoomState", actor: str, command: DeclarePosition, _at: int) -> list[Any]:
    person = roles.delegate(state, actor)
    roles.open_room(state)
    issue = _issue(state, command.issue)
    if issue.option(command.preferred) is None:
        raise Refused("option_needed", "Choose the option your delegation prefers.", field="preferred")
    unknown = [one for one in command.acceptable if issue.option(one) is None]
    if unknown:
        raise Refused("unknown_option", "One of the acceptable options is not on this issue.", field="acceptable")
    chosen = {command.preferred, *command.acceptable}
    acceptable = tuple(option.id for option in issue.options if option.id in chosen)
    links = _links(state, issue, command)
    if links and len(acceptable) == 1:
        raise Refused(
            "nothing_conditional",
            "A condition governs what you accept beside your preferred option. Tick another option, or leave it out.",
            field="acceptable",
        )
    kind = PositionDeclared if command.public else PositionNoted
    event = kind(
        person.delegation,
        issue.id,
        command.preferred,
        acceptable,
        command.conditions,
        command.reason,
        links,
        tuple(dict.fromkeys(one for one in command.sources if one)),
    )
    held = state.positions.declared if command.public else state.positions.private
    return [] if _says_the_same(held.get((person.delegation, issue.id)), event) else [event]


def _issue(state: "RoomState", issue_id: str, name: str = "issue") -> Issue:
    issue = state.prepared.issue(issue_id)
    if issue is None:
        raise Refused("unknown_issue", "There is no such issue in this exercise.", field=name)
    return issue


def _links(state: "RoomState", issue: Issue, command: DeclarePosition) -> tuple[Link, ...]:
    """The conditions on other issues, in the order of the issues; of two on one issue the further one counts."""
    if len(command.condition_issue) != len(command.condition_option):
        raise _incomplete()
    places: dict[str, int] = {}
    for other_id, option in zip(command.condition_issue, command.condition_option, strict=True):
        if other_id or option:
            places[other_id] = max(_link(state, issue, other_id, option), places.get(other_id, 0))
    if len(places) > MOST_LINKS:
        raise Refused(
            "too_many_conditions",
            f"A position hangs on {MOST_LINKS} other issues at most. Put the rest in words.",
            field="condition_issue",
        )
    return tuple((one.id, one.options[places[one.id]].id) for one in state.prepared.issues if one.id in places)


def _link(state: "RoomState", issue: Issue, other_id: str, option: str) -> int:
    """The place of a condition's option on its issue's axis, from 0."""
    if not other_id or not option:
        raise _incomplete()
    if other_id == issue.id:
        raise Refused(
            "own_issue",
            "A condition looks to another issue. Choose another, or put it in words.",
            field="condition_issue",
        )
    options = [one.id for one in _issue(state, other_id, "condition_issue").options]
    if option not in options:
        raise Refused(
            "unknown_option",
            f"That issue has the options {', '.join(options)}. Choose one of them for your condition.",
            field="condition_option",
        )
    return options.index(option)


def _incomplete() -> Refused:
    return Refused(
        "condition_incomplete",
        "Choose both the issue and the option your condition names, or neither.",
        field="condition_option",
    )


def take_back_note(state: "RoomState", actor: str, command: TakeBackNote, _at: int) -> list[Any]:
    person = roles.delegate(state, actor)
    roles.open_room(state)
    issue = _issue(state, command.issue)
    if state.positions.private_of(person.delegation, issue.id) is None:
        raise Refused("nothing_noted", "Your delegation holds nothing for itself alone on this issue.", field="issue")
    return [NoteTakenBack(person.delegation, issue.id)]


def _says_the_same(held: Position | None, event: PositionDeclared | PositionNoted) -> bool:
    return held is not None and replace(held, changes=0, before="") == _held(event, held.at)


def _held(event: PositionDeclared | PositionNoted, at: int) -> Position:
    return Position(
        event.delegation,
        event.issue,
        event.preferred,
        event.acceptable,
        event.conditions,
        event.reason,
        at,
        links=event.links,
        sources=event.sources,
    )


Filed = tuple[dict[Key, Position], dict[Key, tuple[Position, ...]]]


def _replaced(
    held: Mapping[Key, Position],
    earlier: Mapping[Key, tuple[Position, ...]],
    event: PositionDeclared | PositionNoted,
    at: int,
) -> Filed:
    key = (event.delegation, event.issue)
    old, new = held.get(key), _held(event, at)
    if old is None:
        return {**held, key: new}, dict(earlier)
    new = replace(new, changes=old.changes + 1, before=old.preferred)
    return {**held, key: new}, {**earlier, key: (*earlier.get(key, ()), old)}


def _declared(state: "RoomState", event: PositionDeclared, entry: Entry) -> "RoomState":
    declared, replaced = _replaced(state.positions.declared, state.positions.replaced, event, entry.at)
    return replace(state, positions=replace(state.positions, declared=declared, replaced=replaced))


def _noted(state: "RoomState", event: PositionNoted, entry: Entry) -> "RoomState":
    private, replaced = _replaced(state.positions.private, state.positions.privately_replaced, event, entry.at)
    return replace(state, positions=replace(state.positions, private=private, privately_replaced=replaced))


def _taken_back(state: "RoomState", event: NoteTakenBack, _entry: Entry) -> "RoomState":
    key, held = (event.delegation, event.issue), state.positions
    if key not in held.private:
        return state
    private = {other: one for other, one in held.private.items() if other != key}
    earlier = (*held.privately_replaced.get(key, ()), held.private[key])
    changed = replace(held, private=private, privately_replaced={**held.privately_replaced, key: earlier})
    return replace(state, positions=changed)


def _members_only(event: PositionNoted | NoteTakenBack) -> tuple[str, ...]:
    return (sight.delegation(event.delegation),)


# For whoever reads positions


def links_in_words(state: "RoomState", position: Position | PositionDeclared) -> tuple[tuple[str, str], ...]:
    """The conditions on other issues as (title of the issue, label of the option), for sentences."""
    found = []
    for issue_id, option_id in position.links:
        issue = state.prepared.issue(issue_id)
        option = issue.option(option_id) if issue else None
        if issue and option:
            found.append((issue.title, option.label))
    return tuple(found)


def conditions_in_words(state: "RoomState", position: Position | PositionDeclared) -> str:
    """All conditions in one line: those on other issues, then those in the delegation's own words."""
    linked = [f"if “{title}” ends at “{label}” or beyond" for title, label in links_in_words(state, position)]
    return "; ".join((*linked, *([position.conditions] if position.conditions else [])))


EVENTS = {
    "positions.declared": (PositionDeclared, sight.everyone, _declared),
    "positions.noted": (PositionNoted, _members_only, _noted),
    "positions.note_taken_back": (NoteTakenBack, _members_only, _taken_back),
}
COMMANDS = {
    "declare_position": (DeclarePosition, declare_position),
    "take_back_note": (TakeBackNote, take_back_note),
}
