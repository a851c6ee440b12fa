"""What the tests of all commands and events need to know of perceptions: a legal use of each command, a sample of each
event, how random sessions draw them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from rooms.domain import perceptions
from rooms.domain.seats import Person
from rooms.domain.state import RoomState

from .play import CHINA, CHINA_MOD, JAPAN, JAPAN_MOD, KOREA, M1

Moves = tuple[tuple[str, Any], ...]

ASKED: Moves = ((M1, perceptions.OpenPerceptions("before")),)
ANSWER = perceptions.GivePerceptions("before", ("PRC 4", "ROK 6"), 3, ("PRC scope b",))

# command -> who may send it, how, and what has to happen before
USES: Mapping[str, tuple[str, Any, Moves]] = {
    "open_perceptions": (M1, perceptions.OpenPerceptions("before"), ()),
    "give_perceptions": (JAPAN, ANSWER, ASKED),
    "close_perceptions": (M1, perceptions.ClosePerceptions("before"), ASKED),
}
SAMPLES: tuple[Any, ...] = (
    perceptions.PerceptionsOpened("before"),
    perceptions.PerceptionsGiven("before", "JPN", (("PRC", 4), ("ROK", 6)), 3, (("PRC", "scope", "b"),)),
    perceptions.PerceptionsReceived("before", "JPN", 2),
    perceptions.PerceptionsCounted(
        "before",
        (("JPN", 4),),
        (
            {"about": "PRC", "by": "JPN", "n": 4, "halves": 9},
            {"about": "PRC", "by": "", "n": 4, "halves": 9},
        ),
        ({"by": "JPN", "n": 2, "halves": None}, {"by": "", "n": 2, "halves": None}),
        ({"about": "PRC", "issue": "scope", "by": "", "n": 3, "options": {"a": 0, "b": 2, "c": 1}},),
    ),
)
SPELLED = "opened given received counted"

# In random sessions no question is answered by more than two people, so that nothing may be published of any; of whom
# each is asked hangs on the person, and not on the seat, which may change.
ASKED_OF = {JAPAN: "PRC", JAPAN_MOD: "ROK", CHINA: "JPN", CHINA_MOD: "ROK", KOREA: "PRC"}


def _round(state: RoomState, n: int) -> str:
    return state.perceptions.asked or ("before", "after", "never")[n % 3]


def _given(state: RoomState, person: Person | None, n: int) -> perceptions.GivePerceptions:
    about = ASKED_OF.get(person.id if person else "", "RUS")
    guesses = (f"{about} scope {'abcd'[n % 4]}",) if n % 2 else ()
    conflict = n % 8 if person and person.id in (JAPAN, CHINA) else 0
    return perceptions.GivePerceptions(
        _round(state, n // 4), (f"{about} {n % 8}",) if n != 5 else (), conflict, guesses
    )


def otherwise_answered(command: perceptions.GivePerceptions) -> perceptions.GivePerceptions:
    """Other answers to the same questions, as acceptable or not as these are."""
    return replace(
        command,
        trust=tuple(f"{line[:-1]}{_other_number(int(line[-1]))}" for line in command.trust),
        conflict=_other_number(command.conflict),
        guesses=tuple(f"{line[:-1]}{dict(zip('abcd', 'bcad', strict=True))[line[-1]]}" for line in command.guesses),
    )


def _other_number(given: int) -> int:
    return given % 7 + 1 if given else 0


BUILD: Mapping[str, Callable[[RoomState, int], Any]] = {
    "open_perceptions": lambda state, n: perceptions.OpenPerceptions(_round(state, n)),
    "close_perceptions": lambda state, n: perceptions.ClosePerceptions(_round(state, n)),
}
SEALED: Mapping[str, Callable[[RoomState, Person | None, int], Any]] = {"give_perceptions": _given}
HARD = ("give_perceptions",)
SELDOM = ("open_perceptions", "close_perceptions")
OF_THE_CHAIR = (perceptions.PerceptionsOpened, perceptions.PerceptionsCounted)
