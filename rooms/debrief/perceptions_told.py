"""The timeline's sentences about the questions before and after: that they were asked, and that they were counted. Who
answered, and what, is never told."""

from collections.abc import Callable, Mapping
from typing import Any

from rooms.debrief import wording
from rooms.domain import perceptions
from rooms.domain.record import Entry
from rooms.domain.state import RoomState

Teller = Callable[[Any, RoomState, RoomState, Entry], str]


def _opened(event: perceptions.PerceptionsOpened, *_: Any) -> str:
    return f"the delegates were asked the questions {event.round}"


def _counted(event: perceptions.PerceptionsCounted, *_: Any) -> str:
    n = sum(number for _code, number in event.answers)
    answers = wording.counted(n, "person answered", "people answered") if n else "nobody had answered"
    return f"the questions {event.round} were closed and counted: {answers}"


TELLERS: Mapping[type, tuple[str, Teller]] = {
    perceptions.PerceptionsOpened: ("room", _opened),
    perceptions.PerceptionsCounted: ("room", _counted),
}
