"""Interrupting an item and going on with it: running <-> suspended.

Its time stands meanwhile and its speakers' list is cleared, as at its end; another item may run. `agenda.start_item`
goes on with it. Whether it then has time left or had run out of it, it has exactly as much as when it was interrupted.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import ground_rules, items, roles, sight, speakers
from rooms.domain.record import Entry

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

# Events


@dataclass(frozen=True, slots=True)
class ItemSuspended:
    """`left_ms`: the time it had left; less than none if its time had run out."""

    item: str
    reason: str
    left_ms: int


@dataclass(frozen=True, slots=True)
class ItemResumed:
    """A suspended item goes on with the time it had left."""

    item: str
    left_ms: int
    ends_at: int


# Command


@dataclass(frozen=True, slots=True)
class SuspendItem:
    """The moderator interrupts the running item; it keeps the time it has left, and another may run meanwhile."""

    item: str
    reason: str = ""


# Rules


def suspend_item(state: "RoomState", actor: str, command: SuspendItem, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    running = items.running(state, command.item)
    left_ms = (running.ends_at or at) - at
    return [*speakers.end_of_item(state, at), ItemSuspended(running.id, command.reason, left_ms)]


def resumed(item: items.Item, at: int) -> ItemResumed:
    """The going on of a suspended item at an instant."""
    return ItemResumed(item.id, item.left_ms, at + item.left_ms)


# Fold


def _suspended(state: "RoomState", event: ItemSuspended, entry: Entry) -> "RoomState":
    item = state.agenda.item(event.item)
    ran_ms = entry.at - (item.started_at if item and item.started_at is not None else entry.at)
    kept = {"ran_ms": ran_ms, "left_ms": event.left_ms, "started_at": None, "ends_at": None}
    after = items.change(state, event.item, status="suspended", note=event.reason, **kept)
    return ground_rules.noted(state, after, entry.at)


def _resumed(state: "RoomState", event: ItemResumed, entry: Entry) -> "RoomState":
    item = state.agenda.item(event.item)
    times = {"started_at": entry.at - (item.ran_ms if item else 0), "ends_at": event.ends_at}
    return ground_rules.noted(state, items.change(state, event.item, status="running", note="", **times), entry.at)


EVENTS = {
    "agenda.item_suspended": (ItemSuspended, sight.everyone, _suspended),
    "agenda.item_resumed": (ItemResumed, sight.everyone, _resumed),
}
COMMANDS = {"suspend_item": (SuspendItem, suspend_item)}
