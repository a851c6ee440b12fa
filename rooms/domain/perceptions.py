"""Perceptions before and after: trust, likelihood of conflict, guesses of what others prefer (rulebook 15).

    not asked -> asked -> counted              for each of the rounds, one of them at a time

Answers are sealed: no audience sees them, and they leave the state once they are counted. What all see is what
`tallying` makes of them, once, when the round closes. Counted is final: a round that was counted again after one more
answer would tell that answer by the difference. Only a round that nobody had answered can be asked again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rooms.domain import answering, roles, sight, tallying
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace
from rooms.domain.tallying import ALL, Answer

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

BEFORE, AFTER = "before", "after"
ROUNDS = (BEFORE, AFTER)


@dataclass(frozen=True, slots=True)
class Median:
    """`by` a delegation, "" over all; `about` the delegation that is trusted or not, "" for the likelihood of conflict;
    `n` answers; `halves` is twice the median, None where it is not published."""

    by: str
    about: str
    n: int
    halves: int | None

    @property
    def value(self) -> float | None:
        return None if self.halves is None else self.halves / 2


@dataclass(frozen=True, slots=True)
class Guessed:
    """How many of `n` named which option as the one that `about` prefers; `options` is None where that is not
    published."""

    by: str
    about: str
    issue: str
    n: int
    options: Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class Counted:
    """What a round came to. `answers`: how many answered, by delegation, of those that did."""

    round: str
    at: int
    answers: Mapping[str, int]
    trust: tuple[Median, ...]
    conflict: tuple[Median, ...]
    guesses: tuple[Guessed, ...]

    @property
    def n(self) -> int:
        return sum(self.answers.values())

    def trust_of(self, by: str, about: str) -> Median:
        """How much a delegation trusts another; "" for all who were asked."""
        found = (one for one in self.trust if (one.by, one.about) == (by, about))
        return next(found, Median(by, about, 0, None))

    def conflict_by(self, by: str = ALL) -> Median:
        return next((one for one in self.conflict if one.by == by), Median(by, "", 0, None))


@dataclass(frozen=True, slots=True)
class Perceptions:
    """`asked`: the round that is open, "" for none. `sealed`: its answers by person, which only the full state holds;
    `received`: how many of them by delegation, which the chair's holds, too. `counted`: by round, for all."""

    asked: str = ""
    sealed: Mapping[str, Answer] = field(default_factory=dict)
    received: Mapping[str, int] = field(default_factory=dict)
    counted: Mapping[str, Counted] = field(default_factory=dict)

    def is_final(self, name: str) -> bool:
        """Whether answers to a round have been counted."""
        return name in self.counted and self.counted[name].n > 0


# Events


@dataclass(frozen=True, slots=True)
class PerceptionsOpened:
    round: str


@dataclass(frozen=True, slots=True)
class PerceptionsGiven:
    """What one person, who acts, has answered: (delegation, 1 to 7), 1 to 7 or 0 for none, (delegation, issue, option).
    It replaces what they had answered in the round."""

    round: str
    delegation: str
    trust: tuple[tuple[str, int], ...]
    conflict: int
    guesses: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class PerceptionsReceived:
    """So many answers there are of a delegation now."""

    round: str
    delegation: str
    answers: int


@dataclass(frozen=True, slots=True)
class PerceptionsCounted:
    """The round is closed, and this is all that anybody will know of it; for the rows see `tallying`."""

    round: str
    answers: tuple[tuple[str, int], ...]
    trust: tuple[Mapping[str, Any], ...]
    conflict: tuple[Mapping[str, Any], ...]
    guesses: tuple[Mapping[str, Any], ...]


# Commands


@dataclass(frozen=True, slots=True)
class OpenPerceptions:
    """The moderator puts the questions of a round to all delegates: "before" until the session is closed, "after" once
    it has begun, also in the debrief."""

    round: str


@dataclass(frozen=True, slots=True)
class GivePerceptions:
    """A seated delegate answers the open round, in part or whole: `trust` as "JPN 4", `conflict` from 1 to 7 or 0 for
    no answer, `guesses` as "JPN scope a". It replaces all that the same person has answered in the round."""

    round: str
    trust: tuple[str, ...] = ()
    conflict: int = 0
    guesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosePerceptions:
    """The moderator closes a round: it is counted, and what was counted is told to all. That is final."""

    round: str


# Rules


def _askable(state: "RoomState", name: str) -> None:
    """Refuses a round whose time it is not."""
    if name not in ROUNDS:
        raise Refused("unknown_round", "Choose the questions before or the questions after.", field="round")
    if name == BEFORE or state.room.status == "":
        roles.open_room(state)
    elif state.room.status == "lobby":
        raise Refused("not_started", "The session has not begun. Ask the questions before instead.", field="round")


def open_perceptions(state: "RoomState", actor: str, command: OpenPerceptions, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    _askable(state, command.round)
    held = state.perceptions
    if held.asked == command.round:
        return []
    if held.asked:
        raise Refused("round_open", f"The questions {held.asked} are still open. Close and count them first.")
    if held.is_final(command.round):
        raise Refused(
            "round_counted",
            "These answers have been counted. Counted again after one more, they would tell that one; look at the"
            " counts in the debrief.",
        )
    return [PerceptionsOpened(command.round)]


def close_perceptions(state: "RoomState", actor: str, command: ClosePerceptions, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    _is_asked(state, command.round)
    codes = [one.code for one in state.prepared.delegations]
    options = {issue.id: [option.id for option in issue.options] for issue in state.prepared.issues}
    answers = list(state.perceptions.sealed.values())
    return [
        PerceptionsCounted(
            command.round,
            tallying.answers_by(answers, codes),
            tallying.trust_rows(answers, codes),
            tallying.conflict_rows(answers, codes),
            tallying.guess_rows(answers, codes, options),
        )
    ]


def _is_asked(state: "RoomState", name: str) -> None:
    if name not in ROUNDS:
        raise Refused("unknown_round", "Choose the questions before or the questions after.", field="round")
    if state.perceptions.asked != name:
        raise Refused(
            "round_not_open", f"The questions {name} are not open now. They are answered while the chair asks them."
        )


def give_perceptions(state: "RoomState", actor: str, command: GivePerceptions, _at: int) -> list[Any]:
    person = roles.seated(state, actor)
    _askable(state, command.round)
    _is_asked(state, command.round)
    code = person.delegation
    answer = answering.read(state.prepared, code, command.trust, command.conflict, command.guesses)
    held = state.perceptions.sealed.get(actor)
    if held == answer:
        return []
    guesses = tuple((about, issue, option) for (about, issue), option in answer.guesses.items())
    given = PerceptionsGiven(command.round, code, tuple(answer.trust.items()), answer.conflict, guesses)
    received = state.perceptions.received
    if held and held.delegation == code:
        return [given]
    moved = [PerceptionsReceived(command.round, held.delegation, received[held.delegation] - 1)] if held else []
    return [given, *moved, PerceptionsReceived(command.round, code, received.get(code, 0) + 1)]


# Fold


def _with(state: "RoomState", **changed: Any) -> "RoomState":
    return replace(state, perceptions=replace(state.perceptions, **changed))


def _opened(state: "RoomState", event: PerceptionsOpened, _entry: Entry) -> "RoomState":
    return _with(state, asked=event.round, sealed={}, received={})


def _given(state: "RoomState", event: PerceptionsGiven, entry: Entry) -> "RoomState":
    return _with(state, sealed={**state.perceptions.sealed, entry.actor: answer_of(event)})


def answer_of(event: PerceptionsGiven) -> Answer:
    """What somebody answered, as it is counted."""
    guesses = {(about, issue): option for about, issue, option in event.guesses}
    return Answer(event.delegation, dict(event.trust), event.conflict, guesses)


def _received(state: "RoomState", event: PerceptionsReceived, _entry: Entry) -> "RoomState":
    return _with(state, received={**state.perceptions.received, event.delegation: event.answers})


def _counted(state: "RoomState", event: PerceptionsCounted, entry: Entry) -> "RoomState":
    counted = Counted(
        event.round,
        entry.at,
        dict(event.answers),
        tuple(Median(row["by"], row["about"], row["n"], row["halves"]) for row in event.trust),
        tuple(Median(row["by"], "", row["n"], row["halves"]) for row in event.conflict),
        tuple(Guessed(row["by"], row["about"], row["issue"], row["n"], row["options"]) for row in event.guesses),
    )
    return _with(state, asked="", sealed={}, received={}, counted={**state.perceptions.counted, event.round: counted})


def _forked(state: "RoomState", _event: Any, _entry: Entry) -> "RoomState":
    """Answers are counted in the room where they were given: counted in two, with one more in one of them, they would
    tell that one. In the new room the questions that were open can be asked anew."""
    return _with(state, asked="", sealed={}, received={}) if state.perceptions.asked else state


EVENTS = {
    "perceptions.opened": (PerceptionsOpened, sight.everyone, _opened),
    "perceptions.given": (PerceptionsGiven, sight.nobody, _given),
    "perceptions.received": (PerceptionsReceived, sight.the_chair, _received),
    "perceptions.counted": (PerceptionsCounted, sight.everyone, _counted),
}
COMMANDS = {
    "open_perceptions": (OpenPerceptions, open_perceptions),
    "give_perceptions": (GivePerceptions, give_perceptions),
    "close_perceptions": (ClosePerceptions, close_perceptions),
}
HEARS = {"room.forked": _forked}
