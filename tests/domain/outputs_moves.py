"""How random sessions draw output documents: rightly labelled and wrongly, with and without a text."""

from collections.abc import Callable, Mapping
from typing import Any

from rooms.domain import outputs
from rooms.domain.labels import KINDS
from rooms.domain.state import RoomState


def _document(state: RoomState, n: int) -> str:
    made = [one.id for one in state.texts.documents]
    return made[n % len(made)] if made and n % 3 else ""


def _issue(state: RoomState, n: int) -> outputs.IssueOutput:
    kind, document = tuple(KINDS)[n % len(KINDS)], _document(state, n + 1)
    return outputs.IssueOutput(kind, document, "", "" if document else f"Some thought {n}.")


def _reading(state: RoomState) -> str:
    return state.outputs.readings[-1].id if state.outputs.readings else "read1"


BUILD: Mapping[str, Callable[[RoomState, int], Any]] = {
    "issue_output": _issue,
    "read_out": lambda state, n: outputs.ReadOut("", f"We met {n} times.", _document(state, n)),
    "object_to_reading": lambda state, n: outputs.ObjectToReading(_reading(state), "Not so." if n % 4 else ""),
    "lift_objection": lambda state, _n: outputs.LiftObjection(_reading(state)),
}
BY_HEADS = ("object_to_reading", "lift_objection")
