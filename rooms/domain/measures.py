"""The scenario's own road map: its measures are the chair's until the chair puts them on the table as commitments.

What a measure asks of several becomes one commitment for each, in parallel. None binds before its actor accepts it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight
from rooms.domain.commitments import CommitmentDrawn, next_id, room_for
from rooms.domain.linking import CommitmentsLinked
from rooms.domain.prepared import Measure, measure_from
from rooms.domain.promises import PARALLEL
from rooms.domain.record import Entry, frozen
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState


@dataclass(frozen=True, slots=True)
class MeasuresPrepared:
    """The scenario's own road map, as its snapshot has it, for the moderators."""

    measures: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class DrawMeasures:
    """The moderator puts the scenario's own measures on the table, if they have not been: all, or one track's."""

    track: str = ""


# Rules


def opening(scenario: Mapping[str, Any], in_use: list[str]) -> list[Any]:
    """What the room is opened with: the measures in which somebody who is in the room acts."""
    measures = (one for one in scenario.get("roadmap", ()) if set(one.get("actors", ())) & set(in_use))
    kept = frozen(tuple(measures))
    return [MeasuresPrepared(kept)] if kept else []


def draw_measures(state: "RoomState", actor: str, command: DrawMeasures, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    left = [one for one in undrawn(state) if command.track in ("", one.track)]
    if not left:
        raise Refused("no_measures", "All measures of the scenario that concern this room are on the table already.")
    events: list[Any] = []
    number = 0
    for measure in left:
        drawn = [_from_measure(state, measure, acting) for acting in _present(state, measure.actors)]
        numbered = [replace(one, commitment=next_id(state, number + place)) for place, one in enumerate(drawn)]
        number += len(numbered)
        ids = [one.commitment for one in numbered]
        events += numbered
        events += [CommitmentsLinked(one, other, PARALLEL, "") for one, other in pairwise(ids)]
    room_for(state, number)
    return events


def undrawn(state: "RoomState") -> tuple[Measure, ...]:
    """The measures that have not been put on the table, in the scenario's order."""
    there = {one.measure for one in state.commitments.drawn}
    return tuple(one for one in state.prepared.measures if one.id not in there and _present(state, one.actors))


def _present(state: "RoomState", codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in codes if state.prepared.delegation(code))


def _from_measure(state: "RoomState", measure: Measure, acting: str) -> CommitmentDrawn:
    others = [code for code in _present(state, measure.counterpart) if code != acting]
    others = others or [code for code in _present(state, measure.actors) if code != acting]
    beneficiary = others[0] if len(others) == 1 else ""
    words = (measure.text, acting, beneficiary, "", measure.track, measure.horizon, "", "", "", "", "", measure.id)
    return CommitmentDrawn("", *words, "", False)


# Fold


def _prepared(state: "RoomState", event: MeasuresPrepared, _entry: Entry) -> "RoomState":
    measures = tuple(measure_from(one) for one in event.measures)
    return replace(state, prepared=replace(state.prepared, measures=measures))


EVENTS = {"commitments.measures_prepared": (MeasuresPrepared, sight.the_chair, _prepared)}
COMMANDS = {"draw_measures": (DrawMeasures, draw_measures)}
