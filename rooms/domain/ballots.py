"""Secret ballots: the record says who has voted, and how many voted how; never who how.

What a ballot says is no event. It goes into a box outside the record that holds three numbers and is emptied when they
are counted; see `rooms.ballot_box`. Whatever is refused or told about a ballot must read the same whatever it says.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import putting, roles, sight, voting
from rooms.domain.calls import with_call
from rooms.domain.record import CLOCK, Entry
from rooms.domain.refused import Refused

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

FEWEST = voting.SECRET_AMONG  # ballots; two would tell each of the two how the other voted, so they are not counted


@dataclass(frozen=True, slots=True)
class BallotDropped:
    """A delegation has voted."""

    call: str
    delegation: str


@dataclass(frozen=True, slots=True)
class BallotsCounted:
    call: str
    yes: int
    no: int
    abstain: int


@dataclass(frozen=True, slots=True)
class CastBallot:
    """The voice of a delegation votes yes or no or abstains, in secret and once."""

    call: str
    vote: str


@dataclass(frozen=True, slots=True)
class CountBallots:
    """Internal: what the box holds, once it is closed."""

    call: str
    yes: int
    no: int
    abstain: int


def cast_ballot(state: "RoomState", actor: str, command: CastBallot, at: int) -> list[Any]:
    roles.delegate(state, actor)
    roles.live(state)
    call = putting.running(state, command.call, "vote")
    if call.method != "secret":
        raise Refused("open_vote", "This vote is not secret. Cast your vote instead.")
    code = putting.answering(state, actor, call, at)
    if code in call.dropped:
        raise Refused("voted", "Your delegation’s ballot is in the box. It cannot be taken out again.")
    if command.vote not in voting.VOTES:
        raise Refused("unknown_vote", "Vote yes or no, or abstain.", field="vote")
    last = set(call.electorate) <= {*call.dropped, code}
    return [BallotDropped(call.id, code), *(voting.closing(state, call) if last else [])]


def count_ballots(state: "RoomState", actor: str, command: CountBallots, _at: int) -> list[Any]:
    call = state.decisions.call(command.call)
    if actor != CLOCK or call is None or call.status != "counting":
        raise Refused("not_counting", "There is no closed box to be counted.")
    counted = (command.yes, command.no, command.abstain)
    if sum(counted) != len(call.dropped) or sum(counted) < FEWEST:
        return voting.decided(state, call, "void", 0, 0, 0)
    there = voting.present(state, call, set(call.dropped))
    outcome = voting.outcome_of(call, *counted, there)
    return [BallotsCounted(call.id, *counted), *voting.decided(state, call, outcome, *counted)]


def _dropped(state: "RoomState", event: BallotDropped, _entry: Entry) -> "RoomState":
    call = state.decisions.call(event.call)
    return with_call(state, call.id, dropped=(*call.dropped, event.delegation)) if call else state


def _counted(state: "RoomState", event: BallotsCounted, _entry: Entry) -> "RoomState":
    return with_call(state, event.call, tally={"yes": event.yes, "no": event.no, "abstain": event.abstain})


EVENTS = {
    "decisions.ballot_dropped": (BallotDropped, sight.everyone, _dropped),
    "decisions.ballots_counted": (BallotsCounted, sight.everyone, _counted),
}
COMMANDS = {"cast_ballot": (CastBallot, cast_ballot)}
INTERNAL = {"count_ballots": (CountBallots, count_ballots)}
