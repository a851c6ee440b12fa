"""What the tests of all events need to know of forks: a sample of each, and the words they are spelled with; what a
moderator's new rooms look like when they are drawn at random."""

from dataclasses import replace
from typing import Any

from rooms.domain import forking
from rooms.domain.sight import THE_MODERATORS, Audience
from rooms.domain.state import RoomState

SAMPLES: tuple[Any, ...] = (
    forking.RoomForked("Monday, once more", "Monday group", 881_150_400_000, True),
    forking.OriginNamed("BCDFGH"),
    forking.ForkMade("JKLMNP", "Monday, once more", 881_150_400_000, True),
)
SPELLED = "forked origin named"
SELDOM = ("note_fork",)


def noted(state: RoomState, n: int) -> forking.NoteFork:
    """A room that goes on from some moment of this one, with its people or with others."""
    return forking.NoteFork(f"FORK{n}", f"Ending {n}", state.at - n, n % 2 == 0)


def is_nobodys_else(command: Any, audience: Audience) -> bool:
    """A room for other people is none of this room's business: the moderators alone know of it."""
    return isinstance(command, forking.NoteFork) and not command.same_people and audience != THE_MODERATORS


def otherwise_noted(command: forking.NoteFork) -> forking.NoteFork:
    return replace(command, code="OTHER", title="Something else.", moment=command.moment - 1)
