"""A room that nobody has used for long is closed by the clock, so that its record comes to rest and names can go."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import calls, decisions, room
from rooms.domain.record import CLOCK

if TYPE_CHECKING:
    from rooms.domain.state import RoomState


@dataclass(frozen=True, slots=True)
class CloseUnused:
    """Internal: the clock closes a room in which nothing has happened for `days`; what waited for a decision is taken
    back. How long that is, is known outside (`rooms.retention`)."""

    days: int


def close_unused(state: "RoomState", actor: str, command: CloseUnused, at: int) -> list[Any]:
    if actor != CLOCK or state.room.status in ("", "closed"):
        return []
    call = calls.open_call(state)
    taken_back = [decisions.CallWithdrawn(call.id, call.document)] if call else []
    words = f"Nobody had used this room for {command.days} days, so it was closed."
    return [*taken_back, *room.closing(state, words, at)]


EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
INTERNAL = {"close_unused": (CloseUnused, close_unused)}
