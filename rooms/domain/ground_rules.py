"""The attribution rule in force, and how the chair changes it: between items only, so that nobody hears afterwards
under which rule they have spoken.

What the rule then means for the record is in `attribution`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import items, roles, sight, speakers
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

ATTRIBUTION_RULES = ("on_the_record", "not_for_attribution", "chatham_house", "off_the_record")


def rule_in_force(state: "RoomState") -> str:
    """The attribution rule that governs what is said now: the running item's own, else the room's."""
    running = state.agenda.running
    return (running.attribution if running else "") or state.room.attribution


def known(rule: str, field: str = "rule") -> str:
    """The rule, if it is one of the four."""
    if rule not in ATTRIBUTION_RULES:
        raise Refused("unknown_rule", "Choose one of the four attribution rules.", field=field)
    return rule


# Events


@dataclass(frozen=True, slots=True)
class RoomAttributionSet:
    """The room's own rule, for every item that has none of its own."""

    rule: str


@dataclass(frozen=True, slots=True)
class ItemAttributionSet:
    """`rule` "": the item is under the room's rule again."""

    item: str
    rule: str


# Commands


@dataclass(frozen=True, slots=True)
class SetAttribution:
    """The moderator sets the room's rule, between items, whereby the list is cleared as at the end of one; or with
    `item` the rule of an item that is still planned, where "" returns it to the room's."""

    rule: str
    item: str = ""


# Rules


def set_attribution(state: "RoomState", actor: str, command: SetAttribution, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    if command.item:
        return _of_item(state, command)
    rule = known(command.rule)
    _between_items(state)
    if rule == state.room.attribution:
        return []
    # Who asked for the floor under one rule would be known, and what they then say under another could be told theirs.
    return [*speakers.end_of_item(state, at), RoomAttributionSet(rule)]


def _of_item(state: "RoomState", command: SetAttribution) -> list[Any]:
    item = state.agenda.item(command.item)
    if item is None:
        raise Refused("unknown_item", "There is no such item on the agenda.")
    if item.status != "planned":
        raise Refused(
            "item_not_planned",
            f"“{item.title}” has begun under the rule that was announced for it. Add a new item with the other rule.",
        )
    rule = known(command.rule) if command.rule else ""
    return [] if rule == item.attribution else [ItemAttributionSet(item.id, rule)]


def _between_items(state: "RoomState") -> None:
    running = state.agenda.running
    if running:
        raise Refused(
            "item_running",
            f"“{running.title}” runs, and the rule changes only between items. End it, then change the rule.",
        )
    bound = next((one for one in state.agenda.suspended if one.said and not one.attribution), None)
    if bound:
        raise Refused(
            "item_suspended",
            f"“{bound.title}” is suspended, and what was said in it was said under the present rule. "
            "End that item first, then change the rule.",
        )
    if state.floor.speech:
        raise Refused("floor_taken", "Somebody speaks under the present rule. End that speech, then change the rule.")


# Fold


def noted(before: "RoomState", after: "RoomState", at: int) -> "RoomState":
    """The state after a change of item or rule, with which rule was in force before, if that is another one. Where one
    press ends an item and starts the next, what counts is the rule before the press."""
    was, now, agenda = rule_in_force(before), rule_in_force(after), after.agenda
    if was == now:
        return after
    if agenda.rule_since == at and agenda.rule_was:
        was = agenda.rule_was
    changed = replace(agenda, rule_was=was if was != now else "", rule_since=at)
    return replace(after, agenda=changed)


def _room_set(state: "RoomState", event: RoomAttributionSet, entry: Entry) -> "RoomState":
    return noted(state, replace(state, room=replace(state.room, attribution=event.rule)), entry.at)


def _item_set(state: "RoomState", event: ItemAttributionSet, _entry: Entry) -> "RoomState":
    return items.change(state, event.item, attribution=event.rule)


EVENTS = {
    "room.attribution_set": (RoomAttributionSet, sight.everyone_and_lobby, _room_set),
    "agenda.item_attribution_set": (ItemAttributionSet, sight.everyone, _item_set),
}
COMMANDS = {"set_attribution": (SetAttribution, set_attribution)}
