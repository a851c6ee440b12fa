"""What a crowd of lines is told and what it tells: where they go, how they came in, what has come."""

import json
from dataclasses import dataclass

from tests.load.figures import Spread

OURS = '{"cursor":'  # how a frame of ours begins


@dataclass(frozen=True, slots=True)
class Place:
    """One line to be opened: where, with which header, and what it says first."""

    path: str
    header: str = ""
    hello: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """How many lines are live and how many never will be, and how long that took."""

    live: int
    failed: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Tally:
    """What came since the last one, over all lines. `deliveries`: events that lines were brought up to date with;
    `events`: those of the line with most; `lost` lines and the `close_code` of one of them; `waited`: from the instant
    in a frame to the end of it here; `answered`: from a command to its answer, in seconds, `refused` of them."""

    frames: int
    bytes: int
    deliveries: int
    events: int
    lost: int
    close_code: int
    cpu: float
    refused: int
    waited: Spread
    answered: Spread


def seat(code: str, person: dict[str, str], cursor: int = 0) -> Place:
    """The line of a person whom `casting` made."""
    hello = json.dumps({"hello": {"cursor": cursor}})
    return Place(f"/ws/rooms/{code}/{person['pid']}/", f"Authorization: Bearer {person['ticket']}", hello)
