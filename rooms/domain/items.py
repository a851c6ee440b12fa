"""What the agenda is made of: items, in the order in which they are to be taken, and how a rule finds one. No events.

    planned -> running <-> suspended -> done          planned | suspended -> skipped

Instants and lengths of time are in ms.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain.refused import Refused
from rooms.domain.replacing import replace
from rooms.domain.sight import OFFICIAL_KINDS

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
class Presenter:
    """A delegation in a round of presenters. `speech` is the one in which it presented, "" while it is still to
    come; `reason` says why it was passed."""

    delegation: str
    speech: str = ""
    passed: bool = False
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Still to come: neither called nor passed."""
        return not self.speech and not self.passed


@dataclass(frozen=True, slots=True)
class Item:
    """One item. `attribution` "" means the room's rule; `may_speak` empty means every seat kind.

    `started_at` moves forward over a pause and a suspension, so that an instant less `started_at` is how long the item
    has run; `began_at` is the instant at which it first began, and `planned_at` when that was planned. `ran_ms` and
    `left_ms` keep its time while it is suspended; time that had run out is less than none. `extended` counts the
    minutes it was given on top. `said`: something was said in it, under the rule it ran under.
    """

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
    began_at: int | None = None
    planned_at: int | None = None
    ran_ms: int = 0
    left_ms: int = 0
    extended: int = 0
    said: bool = False
    rotation: tuple[Presenter, ...] = ()

    @property
    def spent_ms(self) -> int:
        """How long an item that does not run now has run in all."""
        if self.started_at is None or self.ended_at is None:
            return self.ran_ms
        return self.ended_at - self.started_at


@dataclass(frozen=True, slots=True)
class Agenda:
    """Items in the order they are to be taken; `added` counts the chair's own items, `rotations` the rounds of
    presenters that were announced. `plan_ends_at` is when the session was to end by the plan it began with. `rule_was`
    is the attribution rule that was in force until `rule_since`, "" if none was before."""

    items: tuple[Item, ...] = ()
    added: int = 0
    rotations: int = 0
    plan_ends_at: int | None = None
    rule_was: str = ""
    rule_since: int | None = None

    @property
    def running(self) -> Item | None:
        return next((item for item in self.items if item.status == "running"), None)

    @property
    def suspended(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.status == "suspended")

    @property
    def next(self) -> Item | None:
        """What comes next: the first planned item, or one to go on with when nothing else is left."""
        return next((item for item in self.items if item.status == "planned"), next(iter(self.suspended), None))

    def item(self, item_id: str) -> Item | None:
        return next((item for item in self.items if item.id == item_id), None)


def from_plan(plan: Iterable[Mapping[str, Any]]) -> Agenda:
    return Agenda(tuple(item_from(data) for data in plan))


def item_from(data: Mapping[str, Any]) -> Item:
    kind = data["kind"]
    return Item(
        data["id"],
        data["title"],
        kind,
        int(data["minutes"]),
        data.get("attribution", ""),
        _may_speak(kind, tuple(data.get("may_speak", ()))),
        tuple(data.get("presenters", ())),
        data.get("issue", ""),
    )


def _may_speak(kind: str, planned: tuple[str, ...]) -> tuple[str, ...]:
    """Who takes the floor in an item. An officials' session is the officials', whatever a scenario says or forgets."""
    if kind != "officials":
        return planned
    return tuple(one for one in OFFICIAL_KINDS if one in planned) or OFFICIAL_KINDS


def known(state: "RoomState", item_id: str) -> Item:
    item = state.agenda.item(item_id)
    if item is None:
        raise Refused("unknown_item", "There is no such item on the agenda.")
    return item


def planned(state: "RoomState", item_id: str) -> Item:
    item = known(state, item_id)
    if item.status != "planned":
        raise Refused("item_not_planned", f"“{item.title}” is no longer waiting; choose a planned item.")
    return item


def waiting(state: "RoomState", item_id: str) -> Item:
    """An item that can be taken up: planned or suspended."""
    item = known(state, item_id)
    return item if item.status == "suspended" else planned(state, item_id)


def running(state: "RoomState", item_id: str) -> Item:
    running = state.agenda.running
    if running is None or running.id != item_id:
        raise Refused("not_running", "That item is not running any more. Look at the agenda again.")
    return running


def replaced(agenda: Agenda, changed: Item) -> Agenda:
    """The agenda with one item as it is now."""
    items = tuple(changed if item.id == changed.id else item for item in agenda.items)
    return replace(agenda, items=items)


def change(state: "RoomState", item_id: str, **fields: Any) -> "RoomState":
    """The state with some fields of one item changed; as it is, where there is no such item."""
    item = state.agenda.item(item_id)
    return replace(state, agenda=replaced(state.agenda, replace(item, **fields))) if item else state
