"""What the tests of all commands and events need to know of positions: a legal use of each command, how random sessions
draw them, and what was stored."""

from collections.abc import Callable, Mapping
from typing import Any

from rooms.domain import positions
from rooms.domain.state import RoomState

from .play import JAPAN

ON_CONDITION = positions.DeclarePosition(
    "scope", "b", ("c",), public=True, condition_issue=("hotline",), condition_option=("b",)
)

USES: Mapping[str, tuple[Any, ...]] = {
    "declare_position": (JAPAN, ON_CONDITION),
    "take_back_note": (JAPAN, positions.TakeBackNote("scope"), ((JAPAN, positions.DeclarePosition("scope", "c")),)),
}


def drawn(n: int, *, public: bool) -> positions.DeclarePosition:
    """Now and then on a condition, of which one in four cannot be met or looks to its own issue."""
    issue, other = ("scope", "hotline")[n % 2], ("hotline", "scope", "hotline")[n % 3]
    linked = n % 4 == 1
    return positions.DeclarePosition(
        issue,
        "abcz"[n % 4],
        ("b", "c"),
        "",
        f"Reason {n}.",
        public,
        (other,) if linked else (),
        ("abcz"[n // 3],) if linked else (),
        ("A paper, paragraph 2",) if n % 5 == 0 else (),
    )


BUILD: Mapping[str, Callable[[RoomState, int], Any]] = {
    "declare_position": lambda _state, n: drawn(n, public=True),
    "take_back_note": lambda _state, n: positions.TakeBackNote(("scope", "hotline", "weather")[n % 3]),
}
EXTRA: Mapping[str, Callable[[RoomState, int], Any]] = {"note_position": lambda _state, n: drawn(n, public=False)}

SAMPLES = (
    positions.PositionDeclared("JPN", "scope", "b", ("b", "c"), "if all join", "calm seas"),
    positions.PositionNoted("JPN", "scope", "c", ("c",), "", ""),
    positions.NoteTakenBack("JPN", "scope"),
)
