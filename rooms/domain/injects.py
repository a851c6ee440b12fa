"""Injects: what happens outside while delegations talk, prepared beforehand and let in by the chair.

    drafted -> armed (at a time, with an item, upon an event, by hand) -> released -> closed
                  armed <-> held           drafted, armed, held -> skipped, with a reason

Nobody but the moderators knows of an inject before it is released, nor that it exists. What delegates get is *news*
(module `news`): one piece for each addressee, whose id counts nothing, and which does not say who else got it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rooms.domain import news, sight
from rooms.domain.record import Entry, frozen
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

MINUTE = 60_000
MINUTES = (0, 600)  # how far into the session or an item
DRAFTED, ARMED, HELD, RELEASED, SKIPPED, CLOSED = "drafted", "armed", "held", "released", "skipped", "closed"
TIME, ITEM, EVENT, BY_HAND = "time", "item", "event", "manual"
CAUCUS_BEGAN = "caucuses.began"
# The events that may set an inject off: name -> in words, after "when".
UPON = {
    "agenda.item_ended": "an item ends",
    CAUCUS_BEGAN: "a caucus begins",
    "decisions.consensus_called": "the chair calls for consensus",
    "decisions.consensus_blocked": "a delegation objects",
    "decisions.consensus_reached": "a text is adopted",
    "seats.seat_left": "somebody leaves the table",
    "texts.paragraph_proposed": "a paragraph is proposed",
}


@dataclass(frozen=True, slots=True)
class Trigger:
    """When an armed inject is released. `kind`: time (`minutes` into the session, pauses not counted), item (`minutes`
    into `what`, an item), event (`what` of UPON happens), or manual (the chair releases it)."""

    kind: str = BY_HAND
    minutes: int = 0
    what: str = ""


@dataclass(frozen=True, slots=True)
class Inject:
    """`to`: "all", delegations, seats. `news`: what was delivered, as (addressee, id). `outcome`: what came of it."""

    id: str
    number: int
    title: str
    text: str
    sender: str
    to: tuple[str, ...]
    objective: str = ""
    expected: str = ""
    contingency: str = ""
    planned: Trigger = Trigger()
    trigger: Trigger = Trigger()
    status: str = DRAFTED
    released_at: int | None = None
    news: tuple[tuple[str, str], ...] = ()
    contingency_at: int | None = None
    outcome: str = ""

    @property
    def waits(self) -> bool:
        return self.status in (DRAFTED, ARMED, HELD)


@dataclass(frozen=True, slots=True)
class Injects:
    """`prepared` by id, in their order. `began_at`: when the session would have begun without its pauses."""

    prepared: Mapping[str, Inject] = field(default_factory=dict)
    began_at: int | None = None

    def armed(self) -> tuple[Inject, ...]:
        return tuple(one for one in self.prepared.values() if one.status == ARMED)


# Events


@dataclass(frozen=True, slots=True)
class InjectsPrepared:
    """The injects of the scenario, as its snapshot has them, for the moderators."""

    injects: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class InjectAdded:
    """The chair wrote one of the chair's own."""

    inject: str
    title: str
    text: str
    sender: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InjectArmed:
    inject: str
    kind: str
    minutes: int
    what: str


@dataclass(frozen=True, slots=True)
class InjectHeld:
    inject: str


@dataclass(frozen=True, slots=True)
class InjectSkipped:
    inject: str
    reason: str


@dataclass(frozen=True, slots=True)
class InjectReleased:
    """`news`: (addressee, id of what was delivered to it)."""

    inject: str
    news: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ContingencyPlayed:
    """What was foreseen in case nobody takes it up has been done; `news`, if something was sent."""

    inject: str
    news: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class InjectClosed:
    inject: str
    outcome: str


# Rules


def opening(snapshot: Mapping[str, Any], in_use: Collection[str], *, armed: bool) -> list[Any]:
    """What the room is opened with: the scenario's injects for who is in it, armed as planned if wished."""
    kept = for_whom_is_there(snapshot, in_use)
    if not kept:
        return []
    prepared = InjectsPrepared(frozen(kept))
    planned = [(str(one["id"]), _trigger_from(one["when"])) for one in kept]
    return [prepared, *(armed_with(inject, trigger) for inject, trigger in planned if armed)]


def for_whom_is_there(snapshot: Mapping[str, Any], in_use: Collection[str]) -> list[dict[str, Any]]:
    """The scenario's injects that reach somebody, each for those it reaches. One that was planned for an item which
    is not on the agenda waits for the chair's hand."""
    seats = {seat["id"] for one in snapshot["delegations"] if one["code"] in in_use for seat in one["seats"]}
    there, items, kept = {news.EVERYBODY, *in_use, *seats}, {item["id"] for item in snapshot["agenda"]}, []
    for one in snapshot.get("injects", ()):
        when, to = one["when"], tuple(addressee for addressee in one["to"] if addressee in there)
        lost = isinstance(when, Mapping) and "item" in when and when["item"] not in items
        if to:
            kept.append({**one, "to": to, "when": BY_HAND if lost else when})
    return kept


def _trigger_from(when: Any) -> Trigger:
    """The plan of a scenario: "manual", {"minute": 35} or {"item": "i5", "after": 5}."""
    if not isinstance(when, Mapping):
        return Trigger()
    if "item" in when:
        return Trigger(ITEM, int(when.get("after", 0)), str(when["item"]))
    return Trigger(TIME, int(when.get("minute", 0)))


def armed_with(inject: str, trigger: Trigger) -> InjectArmed:
    return InjectArmed(inject, trigger.kind, trigger.minutes, trigger.what)


def released(inject: Inject, to: Iterable[str], at: int) -> list[Any]:
    pieces = news.pieces(inject.title, inject.text, inject.sender, to, at)
    return [*pieces, InjectReleased(inject.id, tuple((piece.to, piece.news) for piece in pieces))]


def instant_of(state: "RoomState", inject: Inject) -> int | None:
    """When an armed inject will be released by the clock, as far as can be said now."""
    trigger = inject.trigger
    if inject.status != ARMED or state.injects.began_at is None:
        return None
    if trigger.kind == TIME:
        return state.injects.began_at + trigger.minutes * MINUTE
    item = state.agenda.item(trigger.what) if trigger.kind == ITEM else None
    if item is None or item.status != "running" or item.started_at is None:
        return None
    return item.started_at + trigger.minutes * MINUTE


def has_passed(state: "RoomState", trigger: Trigger, at: int) -> bool:
    """Whether the moment that a trigger names is over: armed with it, an inject would go out at once, or never."""
    now = state.room.instant(at)
    if trigger.kind == TIME:
        return state.injects.began_at is not None and state.injects.began_at + trigger.minutes * MINUTE <= now
    item = state.agenda.item(trigger.what) if trigger.kind == ITEM else None
    if item is None or item.status == "planned":
        return False
    ran_ms = now - item.started_at if item.status == "running" and item.started_at is not None else item.ran_ms
    return item.status in ("done", "skipped") or ran_ms >= trigger.minutes * MINUTE


def is_missed(state: "RoomState", inject: Inject) -> bool:
    """Whether an armed inject waits in vain: its item was over before the minute came, or was left out."""
    item = state.agenda.item(inject.trigger.what) if inject.trigger.kind == ITEM else None
    return inject.status == ARMED and item is not None and item.status in ("done", "skipped")


def due(state: "RoomState", at: int) -> list[Any]:
    """The injects whose time has come, in the order in which it came."""
    if state.room.status != "live":
        return []
    instants = [(when, one) for one in state.injects.armed() if (when := instant_of(state, one)) is not None]
    ready = sorted((when, inject.number, inject) for when, inject in instants if when <= at)
    return [event for _, _, inject in ready for event in released(inject, inject.to, at)]


def next_deadline(state: "RoomState") -> int | None:
    if state.room.status != "live":
        return None
    instants = (instant_of(state, one) for one in state.injects.armed())
    return min((one for one in instants if one is not None), default=None)


def set_off_by(state: "RoomState", names: Collection[str], at: int) -> list[Any]:
    """The injects that wait for one of these events (by name), which are about to be written. What ends because the
    session is closed sets nothing off: nobody would be there to answer."""
    if state.room.status != "live" or "room.session_closed" in names:
        return []
    ready = [one for one in state.injects.armed() if one.trigger.kind == EVENT and one.trigger.what in names]
    return [event for inject in ready for event in released(inject, inject.to, at)]


# Fold


def _began(state: "RoomState", _event: Any, entry: Entry) -> "RoomState":
    """The session has begun: the clock of what is planned by minutes runs."""
    return replace(state, injects=replace(state.injects, began_at=entry.at))


def shifted(injects: Injects, by_ms: int) -> Injects:
    """The same, carried over a pause."""
    return injects if injects.began_at is None else replace(injects, began_at=injects.began_at + by_ms)


def _with(state: "RoomState", inject: Inject) -> "RoomState":
    prepared = {**state.injects.prepared, inject.id: inject}
    return replace(state, injects=replace(state.injects, prepared=prepared))


def _change(state: "RoomState", inject_id: str, **fields: Any) -> "RoomState":
    inject = state.injects.prepared.get(inject_id)
    return _with(state, replace(inject, **fields)) if inject else state


def _prepared(state: "RoomState", event: InjectsPrepared, _entry: Entry) -> "RoomState":
    for number, one in enumerate(event.injects, start=1):
        inject = Inject(
            str(one["id"]),
            number,
            one["title"],
            one["text"],
            one["from"],
            tuple(one["to"]),
            one.get("objective", ""),
            one.get("expected", ""),
            one.get("contingency", ""),
            _trigger_from(one["when"]),
        )
        state = _with(state, inject)
    return state


def _added(state: "RoomState", event: InjectAdded, _entry: Entry) -> "RoomState":
    number = len(state.injects.prepared) + 1
    return _with(state, Inject(event.inject, number, event.title, event.text, event.sender, event.to))


def _armed(state: "RoomState", event: InjectArmed, _entry: Entry) -> "RoomState":
    return _change(state, event.inject, status=ARMED, trigger=Trigger(event.kind, event.minutes, event.what))


def _held(state: "RoomState", event: InjectHeld, _entry: Entry) -> "RoomState":
    return _change(state, event.inject, status=HELD)


def _skipped(state: "RoomState", event: InjectSkipped, _entry: Entry) -> "RoomState":
    return _change(state, event.inject, status=SKIPPED, outcome=event.reason)


def _let_out(state: "RoomState", event: InjectReleased, entry: Entry) -> "RoomState":
    return _change(state, event.inject, status=RELEASED, released_at=entry.at, news=event.news)


def _contingency(state: "RoomState", event: ContingencyPlayed, entry: Entry) -> "RoomState":
    inject = state.injects.prepared.get(event.inject)
    if inject is None:
        return state
    return _with(state, replace(inject, contingency_at=entry.at, news=(*inject.news, *event.news)))


def _closed(state: "RoomState", event: InjectClosed, _entry: Entry) -> "RoomState":
    return _change(state, event.inject, status=CLOSED, outcome=event.outcome)


EVENTS = {
    "injects.prepared": (InjectsPrepared, sight.the_chair, _prepared),
    "injects.added": (InjectAdded, sight.the_chair, _added),
    "injects.armed": (InjectArmed, sight.the_chair, _armed),
    "injects.held": (InjectHeld, sight.the_chair, _held),
    "injects.skipped": (InjectSkipped, sight.the_chair, _skipped),
    "injects.released": (InjectReleased, sight.the_chair, _let_out),
    "injects.contingency_played": (ContingencyPlayed, sight.the_chair, _contingency),
    "injects.closed": (InjectClosed, sight.the_chair, _closed),
}
COMMANDS: dict[str, tuple[type, Any]] = {}  # see `inject_control`
HEARS = {"room.session_started": _began}
