"""The agenda: one item runs at a time; the chair starts, extends, skips, adds and moves items.

Deadlines are instants in ms; nothing stops by itself when an item's time is up: the room is told, the chair decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight, speakers, texts
from rooms.domain.record import Entry
from rooms.domain.refused import Refused

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

MINUTE = 60_000
KINDS = (
    "opening",
    "national_perspective",
    "military_perspective",
    "expert_presentation",
    "discussion",
    "informal",
    "officials",
    "drafting",
    "decision",
    "summary",
    "closing",
    "hot_wash",
)


@dataclass(frozen=True, slots=True)
class Item:
    """One item. `attribution` "" means the room's rule; `may_speak` empty means every seat kind."""

    id: str
    title: str
    kind: str
    minutes: int
    attribution: str = ""
    may_speak: tuple[str, ...] = ()
    presenters: tuple[str, ...] = ()
    issue: str = ""
    status: str = "planned"
    started_at: int | None = None
    ends_at: int | None = None
    ended_at: int | None = None
    time_up: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """Items in the order they are to be taken; `added` counts the chair's own items."""

    items: tuple[Item, ...] = ()
    added: int = 0

    @property
    def running(self) -> Item | None:
        return next((item for item in self.items if item.status == "running"), None)

    @property
    def next(self) -> Item | None:
        return next((item for item in self.items if item.status == "planned"), None)

    def item(self, item_id: str) -> Item | None:
        return next((item for item in self.items if item.id == item_id), None)


def from_plan(plan: Iterable[Mapping[str, Any]]) -> Agenda:
    return Agenda(tuple(_item_from(data) for data in plan))


def _item_from(data: Mapping[str, Any]) -> Item:
    return Item(
        data["id"],
        data["title"],
        data["kind"],
        int(data["minutes"]),
        data.get("attribution", ""),
        tuple(data.get("may_speak", ())),
        tuple(data.get("presenters", ())),
        data.get("issue", ""),
    )


def rule_in_force(state: "RoomState") -> str:
    """The attribution rule that governs what is said now: the running item's own, else the room's."""
    running = state.agenda.running
    return (running.attribution if running else "") or state.room.attribution


# Events


@dataclass(frozen=True, slots=True)
class ItemStarted:
    item: str
    ends_at: int


@dataclass(frozen=True, slots=True)
class ItemEnded:
    item: str


@dataclass(frozen=True, slots=True)
class ItemTimeUp:
    item: str


@dataclass(frozen=True, slots=True)
class ItemExtended:
    item: str
    minutes: int
    ends_at: int


@dataclass(frozen=True, slots=True)
class ItemSkipped:
    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class ItemAdded:
    item: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ItemMoved:
    item: str
    before: str


# Commands


@dataclass(frozen=True, slots=True)
class StartItem:
    """The moderator starts a planned item; the running one ends. `seen`: the item running when the chair pressed."""

    item: str
    seen: str = ""


@dataclass(frozen=True, slots=True)
class EndItem:
    """The moderator ends the running item without starting another."""

    item: str


@dataclass(frozen=True, slots=True)
class ExtendItem:
    """The moderator gives the running item more minutes, from now if its time is already up."""

    item: str
    minutes: int


@dataclass(frozen=True, slots=True)
class SkipItem:
    """The moderator leaves a planned item out, with a reason."""

    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class AddItem:
    """The moderator adds an item at the end of what is planned."""

    title: str
    kind: str
    minutes: int


@dataclass(frozen=True, slots=True)
class MoveItem:
    """The moderator moves a planned item before another planned one; `before` "" means to the end."""

    item: str
    before: str = ""


# Rules


def _planned(state: "RoomState", item_id: str) -> Item:
    item = state.agenda.item(item_id)
    if item is None:
        raise Refused("unknown_item", "There is no such item on the agenda.")
    if item.status != "planned":
        raise Refused("item_not_planned", f"“{item.title}” is no longer waiting; choose a planned item.")
    return item


def _running(state: "RoomState", item_id: str) -> Item:
    running = state.agenda.running
    if running is None or running.id != item_id:
        raise Refused("not_running", "That item is not running any more. Look at the agenda again.")
    return running


def start_item(state: "RoomState", actor: str, command: StartItem, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    running = state.agenda.running
    if (running.id if running else "") != command.seen:
        now = f"“{running.title}” runs now" if running else "no item runs now"
        raise Refused("changed_meanwhile", f"The agenda moved on a moment ago: {now}. Look, then press again.")
    item = _planned(state, command.item)
    events = [
        *speakers.end_of_item(state, at),
        *end_running(state, at),
        ItemStarted(item.id, at + item.minutes * MINUTE),
    ]
    if item.kind == "drafting" and not texts.open_document(state):
        events.append(texts.document_for(state))
    return events


def end_running(state: "RoomState", _at: int) -> list[Any]:
    running = state.agenda.running
    return [ItemEnded(running.id)] if running else []


def end_item(state: "RoomState", actor: str, command: EndItem, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    running = _running(state, command.item)
    return [*speakers.end_of_item(state, at), ItemEnded(running.id)]


def extend_item(state: "RoomState", actor: str, command: ExtendItem, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    running = _running(state, command.item)
    if not 1 <= command.minutes <= 120:
        raise Refused("minutes_range", "Extend by 1 to 120 minutes.")
    ends_at = max(running.ends_at or at, at) + command.minutes * MINUTE
    return [ItemExtended(running.id, command.minutes, ends_at)]


def skip_item(state: "RoomState", actor: str, command: SkipItem, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    if not command.reason:
        raise Refused("reason_needed", "Say why the item is skipped; everybody will see it.", field="reason")
    return [ItemSkipped(_planned(state, command.item).id, command.reason)]


def add_item(state: "RoomState", actor: str, command: AddItem, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    if command.kind not in KINDS:
        raise Refused("unknown_kind", "Choose one of the kinds of item in the list.", field="kind")
    if not command.title:
        raise Refused("title_needed", "Give the item a title.", field="title")
    if not 1 <= command.minutes <= 240:
        raise Refused("minutes_range", "Plan 1 to 240 minutes.", field="minutes")
    data = {
        "id": f"added-{state.agenda.added + 1}",
        "title": command.title,
        "kind": command.kind,
        "minutes": command.minutes,
    }
    return [ItemAdded(data)]


def move_item(state: "RoomState", actor: str, command: MoveItem, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    item = _planned(state, command.item)
    if command.before:
        _planned(state, command.before)
    if command.before == item.id:
        return []
    return [ItemMoved(item.id, command.before)]


def due(state: "RoomState", at: int) -> list[Any]:
    """What the clock has to say about the agenda at this instant."""
    running = state.agenda.running
    if state.room.status != "live" or not running or running.time_up or running.ends_at is None:
        return []
    return [ItemTimeUp(running.id)] if running.ends_at <= at else []


def next_deadline(state: "RoomState") -> int | None:
    running = state.agenda.running
    if state.room.status != "live" or not running or running.time_up:
        return None
    return running.ends_at


# Fold


def shifted(agenda: Agenda, by_ms: int) -> Agenda:
    """The agenda with the running item's clock carried over a pause."""
    running = agenda.running
    if not running or running.started_at is None or running.ends_at is None:
        return agenda
    moved = replace(running, started_at=running.started_at + by_ms, ends_at=running.ends_at + by_ms)
    return _with(agenda, moved)


def _with(agenda: Agenda, changed: Item) -> Agenda:
    items = tuple(changed if item.id == changed.id else item for item in agenda.items)
    return replace(agenda, items=items)


def _change(state: "RoomState", item_id: str, **fields: Any) -> "RoomState":
    item = state.agenda.item(item_id)
    return replace(state, agenda=_with(state.agenda, replace(item, **fields))) if item else state


def _started(state: "RoomState", event: ItemStarted, entry: Entry) -> "RoomState":
    return _change(state, event.item, status="running", started_at=entry.at, ends_at=event.ends_at)


def _ended(state: "RoomState", event: ItemEnded, entry: Entry) -> "RoomState":
    return _change(state, event.item, status="done", ended_at=state.room.instant(entry.at))


def _time_up(state: "RoomState", event: ItemTimeUp, _entry: Entry) -> "RoomState":
    return _change(state, event.item, time_up=True)


def _extended(state: "RoomState", event: ItemExtended, _entry: Entry) -> "RoomState":
    return _change(state, event.item, ends_at=event.ends_at, time_up=False)


def _skipped(state: "RoomState", event: ItemSkipped, _entry: Entry) -> "RoomState":
    return _change(state, event.item, status="skipped", note=event.reason)


def _added(state: "RoomState", event: ItemAdded, _entry: Entry) -> "RoomState":
    agenda = state.agenda
    return replace(state, agenda=Agenda((*agenda.items, _item_from(event.item)), agenda.added + 1))


def _moved(state: "RoomState", event: ItemMoved, _entry: Entry) -> "RoomState":
    item = state.agenda.item(event.item)
    rest = [one for one in state.agenda.items if one.id != event.item]
    index = next((n for n, one in enumerate(rest) if one.id == event.before), len(rest))
    items = (*rest[:index], item, *rest[index:]) if item else tuple(rest)
    return replace(state, agenda=replace(state.agenda, items=items))


EVENTS = {
    "agenda.item_started": (ItemStarted, sight.everyone, _started),
    "agenda.item_ended": (ItemEnded, sight.everyone, _ended),
    "agenda.item_time_up": (ItemTimeUp, sight.everyone, _time_up),
    "agenda.item_extended": (ItemExtended, sight.everyone, _extended),
    "agenda.item_skipped": (ItemSkipped, sight.everyone, _skipped),
    "agenda.item_added": (ItemAdded, sight.everyone, _added),
    "agenda.item_moved": (ItemMoved, sight.everyone, _moved),
}
COMMANDS = {
    "start_item": (StartItem, start_item),
    "end_item": (EndItem, end_item),
    "extend_item": (ExtendItem, extend_item),
    "skip_item": (SkipItem, skip_item),
    "add_item": (AddItem, add_item),
    "move_item": (MoveItem, move_item),
}
