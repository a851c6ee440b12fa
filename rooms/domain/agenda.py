"""The agenda: one item runs at a time; the chair starts, ends, extends, skips, adds and moves items.

What items are is in `items`, how one is interrupted in `suspensions`. Deadlines are instants in ms; nothing stops by
itself when an item's time is up: the room is told, the chair decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import documents, ground_rules, items, roles, rotation, sight, speakers, suspensions, texts
from rooms.domain.items import KINDS, MINUTE, Agenda, change
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

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
    """The moderator starts a planned item, or goes on with a suspended one; the running one ends. `seen`: the item
    running when the chair pressed."""

    item: str
    seen: str = ""


@dataclass(frozen=True, slots=True)
class EndItem:
    """The moderator ends the running item without starting another, or a suspended one for good."""

    item: str


@dataclass(frozen=True, slots=True)
class ExtendItem:
    """The moderator gives the running item more minutes, from now if its time is already up."""

    item: str
    minutes: int


@dataclass(frozen=True, slots=True)
class SkipItem:
    """The moderator leaves a planned item out, or breaks a suspended one off, with a reason."""

    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class AddItem:
    """The moderator adds an item at the end of what is planned. `attribution` "": under the room's rule; `may_speak`
    empty: every kind of seat takes the floor."""

    title: str
    kind: str
    minutes: int
    attribution: str = ""
    may_speak: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MoveItem:
    """The moderator moves a planned item before another planned one; `before` "" means to the end."""

    item: str
    before: str = ""


# Rules


def start_item(state: "RoomState", actor: str, command: StartItem, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    running = state.agenda.running
    if (running.id if running else "") != command.seen:
        now = f"“{running.title}” runs now" if running else "no item runs now"
        raise Refused("changed_meanwhile", f"The agenda moved on a moment ago: {now}. Look, then press again.")
    item = items.waiting(state, command.item)
    before = [*speakers.end_of_item(state, at), *end_running(state, at)]
    if item.status == "suspended":
        return [*before, suspensions.resumed(item, at)]
    started = ItemStarted(item.id, at + item.minutes * MINUTE)
    drafting = item.kind == "drafting" and not documents.open_document(state)
    return [*before, started, *rotation.announced(state, item), *([texts.document_for(state)] if drafting else [])]


def end_running(state: "RoomState", _at: int) -> list[Any]:
    running = state.agenda.running
    return [ItemEnded(running.id)] if running else []


def end_all(state: "RoomState", at: int) -> list[Any]:
    """The end of everything that has begun, when the session closes."""
    return [*end_running(state, at), *(ItemEnded(item.id) for item in state.agenda.suspended)]


def end_item(state: "RoomState", actor: str, command: EndItem, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    item = state.agenda.item(command.item)
    if item and item.status == "suspended":
        return [ItemEnded(item.id)]
    running = items.running(state, command.item)
    return [*speakers.end_of_item(state, at), ItemEnded(running.id)]


def extend_item(state: "RoomState", actor: str, command: ExtendItem, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    running = items.running(state, command.item)
    if not 1 <= command.minutes <= 120:
        raise Refused("minutes_range", "Extend by 1 to 120 minutes.")
    ends_at = max(running.ends_at or at, at) + command.minutes * MINUTE
    return [ItemExtended(running.id, command.minutes, ends_at)]


def skip_item(state: "RoomState", actor: str, command: SkipItem, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    if not command.reason:
        raise Refused("reason_needed", "Say why the item is skipped; everybody will see it.", field="reason")
    return [ItemSkipped(items.waiting(state, command.item).id, command.reason)]


def add_item(state: "RoomState", actor: str, command: AddItem, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    if command.kind not in KINDS:
        raise Refused("unknown_kind", "Choose one of the kinds of item in the list.", field="kind")
    if not command.title:
        raise Refused("title_needed", "Give the item a title.", field="title")
    if not 1 <= command.minutes <= 240:
        raise Refused("minutes_range", "Plan 1 to 240 minutes.", field="minutes")
    data: dict[str, Any] = {
        "id": f"added-{state.agenda.added + 1}",
        "title": command.title,
        "kind": command.kind,
        "minutes": command.minutes,
    }
    if command.attribution:
        data["attribution"] = ground_rules.known(command.attribution, "attribution")
    if command.may_speak:
        data["may_speak"] = _admitted(state, command)
    return [ItemAdded(data)]


def _admitted(state: "RoomState", command: AddItem) -> tuple[str, ...]:
    """The kinds of seat that take the floor in an added item."""
    if command.kind == "officials" and set(command.may_speak) != set(sight.OFFICIAL_KINDS):
        raise Refused(
            "officials_only",
            "An officials' session is for all MFA, MOD and MIL seats and no others. Tick none of them, or all three.",
            field="may_speak",
        )
    there = {seat.kind for one in state.prepared.delegations for seat in one.seats}
    if not set(command.may_speak) <= there:
        raise Refused("unknown_seat_kind", "Choose kinds of seat that this room has.", field="may_speak")
    return command.may_speak


def move_item(state: "RoomState", actor: str, command: MoveItem, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    item = items.planned(state, command.item)
    if command.before:
        items.planned(state, command.before)
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
    return items.replaced(agenda, moved)


def _started(state: "RoomState", event: ItemStarted, entry: Entry) -> "RoomState":
    item = state.agenda.item(event.item)
    # Whether officials have spoken among themselves is for them alone, so for everybody they have.
    said = bool(item and item.kind == "officials")
    times = {"began_at": entry.at, "started_at": entry.at, "ends_at": event.ends_at}
    return ground_rules.noted(state, change(state, event.item, status="running", said=said, **times), entry.at)


def _ended(state: "RoomState", event: ItemEnded, entry: Entry) -> "RoomState":
    ended_at, item = state.room.instant(entry.at), state.agenda.item(event.item)
    times: dict[str, Any] = {"ended_at": ended_at}
    if item and item.status == "suspended":
        times |= {"started_at": ended_at - item.ran_ms, "ends_at": ended_at + item.left_ms}
    return ground_rules.noted(state, change(state, event.item, status="done", **times), entry.at)


def _time_up(state: "RoomState", event: ItemTimeUp, _entry: Entry) -> "RoomState":
    return change(state, event.item, time_up=True)


def _extended(state: "RoomState", event: ItemExtended, _entry: Entry) -> "RoomState":
    item = state.agenda.item(event.item)
    extended = (item.extended if item else 0) + event.minutes
    return change(state, event.item, ends_at=event.ends_at, time_up=False, extended=extended)


def _skipped(state: "RoomState", event: ItemSkipped, _entry: Entry) -> "RoomState":
    return change(state, event.item, status="skipped", note=event.reason)


def _added(state: "RoomState", event: ItemAdded, _entry: Entry) -> "RoomState":
    agenda, item = state.agenda, items.item_from(event.item)
    return replace(state, agenda=replace(agenda, items=(*agenda.items, item), added=agenda.added + 1))


def _moved(state: "RoomState", event: ItemMoved, _entry: Entry) -> "RoomState":
    item = state.agenda.item(event.item)
    rest = [one for one in state.agenda.items if one.id != event.item]
    index = next((n for n, one in enumerate(rest) if one.id == event.before), len(rest))
    order = (*rest[:index], item, *rest[index:]) if item else tuple(rest)
    return replace(state, agenda=replace(state.agenda, items=order))


def _session_started(state: "RoomState", _event: object, entry: Entry) -> "RoomState":
    """The plan with which the session begins: when each item is to begin, and when all are to be over."""
    at, planned = entry.at, []
    for item in state.agenda.items:
        ahead = item.status == "planned"
        planned.append(replace(item, planned_at=at) if ahead else item)
        at += item.minutes * MINUTE if ahead else 0
    return replace(state, agenda=replace(state.agenda, items=tuple(planned), plan_ends_at=at))


def _reconvened(state: "RoomState", event: Any, _entry: Entry) -> "RoomState":
    """What is still to come is planned for the next sitting: that the session was adjourned makes nobody late."""
    agenda = state.agenda
    ahead = tuple(
        replace(item, planned_at=item.planned_at + event.stopped_ms)
        if item.began_at is None and item.planned_at is not None
        else item
        for item in agenda.items
    )
    ends_at = None if agenda.plan_ends_at is None else agenda.plan_ends_at + event.stopped_ms
    return replace(state, agenda=replace(agenda, items=ahead, plan_ends_at=ends_at))


def _said(state: "RoomState", _event: object, _entry: Entry) -> "RoomState":
    running = state.agenda.running
    return state if running is None or running.said else change(state, running.id, said=True)


EVENTS = {
    "agenda.item_started": (ItemStarted, sight.everyone, _started),
    "agenda.item_ended": (ItemEnded, sight.everyone, _ended),
    "agenda.item_time_up": (ItemTimeUp, sight.everyone, _time_up),
    "agenda.item_extended": (ItemExtended, sight.everyone, _extended),
    "agenda.item_skipped": (ItemSkipped, sight.everyone, _skipped),
    "agenda.item_added": (ItemAdded, sight.everyone, _added),
    "agenda.item_moved": (ItemMoved, sight.everyone, _moved),
}
# What this matter hears of another's events, by their stored names, after they have changed their own slice.
HEARS = {
    "room.session_started": _session_started,
    "room.session_reconvened": _reconvened,
    "floor.given": _said,
    "floor.statement_made": _said,
}
COMMANDS = {
    "start_item": (StartItem, start_item),
    "end_item": (EndItem, end_item),
    "extend_item": (ExtendItem, extend_item),
    "skip_item": (SkipItem, skip_item),
    "add_item": (AddItem, add_item),
    "move_item": (MoveItem, move_item),
}
