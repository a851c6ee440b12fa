"""What a point of order is: a delegation's call to keep to the rules, which stops everything else on the floor.

    raised -> ruled -> appealed -> decided -> settled | lapsed

Only the state, and how a point ends with its item. Who may do what, and the events on the way, stand in `orders`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rooms.domain import sight
from rooms.domain.record import Entry
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

RAISED, RULED, APPEALED, DECIDED = "raised", "ruled", "appealed", "decided"


@dataclass(frozen=True, slots=True)
class Point:
    """`speech` is the one that it interrupted, "" for none. `votes` are by delegation, true for overturning; the
    `electorate` is fixed when the appeal is made. `stands`: the ruling as it now stands, for (upheld) or against the
    point; None before there is one."""

    id: str
    person: str
    seat: str
    delegation: str
    text: str
    at: int
    speech: str
    status: str = RAISED
    stands: bool | None = None
    words: str = ""
    appeal_by: str = ""
    electorate: tuple[str, ...] = ()
    votes: Mapping[str, bool] = field(default_factory=dict)
    overturned: bool = False

    @property
    def overturning(self) -> tuple[str, ...]:
        return tuple(code for code in self.electorate if self.votes.get(code) is True)

    @property
    def unheard(self) -> tuple[str, ...]:
        """Who has a vote and has not given it."""
        return tuple(code for code in self.electorate if code not in self.votes)

    @property
    def first_ruling(self) -> bool:
        """What the chair ruled, whatever became of it."""
        return bool(self.stands) != self.overturned

    @property
    def upholding(self) -> tuple[str, ...]:
        return tuple(code for code in self.electorate if self.votes.get(code) is False)


@dataclass(frozen=True, slots=True)
class Orders:
    """The point before the chair, if there is one: nothing else on the floor moves until it is settled."""

    open: Point | None = None


@dataclass(frozen=True, slots=True)
class PointLapsed:
    """The item ended, or the session, before the point was settled."""

    point: str


def lapsed(state: "RoomState") -> list[Any]:
    """What becomes of an open point when its item ends."""
    return [PointLapsed(state.orders.open.id)] if state.orders.open else []


def changed(state: "RoomState", **fields: Any) -> "RoomState":
    """The state with the open point changed."""
    point = state.orders.open
    return replace(state, orders=Orders(replace(point, **fields))) if point else state


def closed(state: "RoomState", _event: object, _entry: Entry) -> "RoomState":
    return replace(state, orders=Orders())


EVENTS = {"floor.point_lapsed": (PointLapsed, sight.on_the_floor("point"), closed)}
COMMANDS: dict[str, tuple[type, Any]] = {}
