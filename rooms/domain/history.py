"""What in fact happened after the exercise's moment: the chair's to know, until the debrief tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import sight
from rooms.domain.record import Entry, frozen
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState


@dataclass(frozen=True, slots=True)
class HistoryPrepared:
    """The scenario's note on what in fact happened, as its snapshot has it, for the moderators."""

    paragraphs: tuple[Mapping[str, Any], ...]


def opening(scenario: Mapping[str, Any]) -> list[Any]:
    """What the room is opened with."""
    paragraphs = frozen(tuple(scenario.get("history", ())))
    return [HistoryPrepared(paragraphs)] if paragraphs else []


def _prepared(state: "RoomState", event: HistoryPrepared, _entry: Entry) -> "RoomState":
    return replace(state, prepared=replace(state.prepared, history=event.paragraphs))


EVENTS: dict[str, tuple[type, Any, Any]] = {"room.history_prepared": (HistoryPrepared, sight.the_chair, _prepared)}
COMMANDS: dict[str, tuple[type, Any]] = {}
