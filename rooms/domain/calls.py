"""What is put to the delegations, and what came of it. Data; the rules stand in `decisions` (consensus), `silence` and
`voting`.

    consensus: open -> adopted | objection | withdrawn
    silence:   open -> adopted | broken | stopped (objected to there and then) | withdrawn
    vote:      open -> (counting, if secret) -> adopted | rejected | vetoed | no_quorum | void | withdrawn
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Answer:
    """Of one delegation. `kind`: join, stand_aside or object; in a vote yes, no, abstain or pass."""

    kind: str
    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    """One call for a decision. `subject` is the amendment that is put, "" for the whole document; `paragraphs` is the
    text as it was put, (paragraph id, text); `electorate` and `rule` are frozen when it opens. `ad_referendum`: what is
    adopted waits for the capitals.

    Silence: `stops_on_adjournment`, and then `stands_since` while it does; `at_the_table` as long as the item lasts in
    which it was proposed, `announced` once a sitting has been told that it was kept. Vote: `threshold` (simple,
    two_thirds, all), `base` (voting, electorate), `quorum`, `veto` list, `method` (show, roll_call, secret), `order` of
    the roll call with `turn` the place in it, `dropped` the delegations whose secret ballot is in the box, `tally` once
    it is counted: how many yes, no, abstain, absent."""

    id: str
    document: str
    title: str
    paragraphs: tuple[tuple[str, str], ...]
    electorate: tuple[str, ...]
    rule: str
    opened_at: int
    closes_at: int
    status: str = "open"
    answers: Mapping[str, Answer] = field(default_factory=dict)
    ended_at: int | None = None
    kind: str = "consensus"
    subject: str = ""
    ad_referendum: bool = False
    stops_on_adjournment: bool = False
    at_the_table: bool = False
    stands_since: int | None = None
    announced: bool = True
    threshold: str = ""
    base: str = ""
    quorum: int = 0
    veto: tuple[str, ...] = ()
    method: str = ""
    order: tuple[str, ...] = ()
    turn: int = 0
    dropped: tuple[str, ...] = ()
    tally: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_running(self) -> bool:
        """It waits for answers, or for its ballots to be counted."""
        return self.status in ("open", "counting")

    @property
    def called(self) -> str:
        """The delegation whose turn it is in a roll call; "" if none."""
        return self.order[self.turn] if self.status == "open" and self.turn < len(self.order) else ""

    @property
    def silent(self) -> tuple[str, ...]:
        return tuple(code for code in self.electorate if code not in self.answers)

    @property
    def asides(self) -> tuple[tuple[str, Answer], ...]:
        return tuple((code, one) for code, one in self.answers.items() if one.kind == "stand_aside")

    @property
    def objections(self) -> tuple[tuple[str, Answer], ...]:
        return tuple((code, one) for code, one in self.answers.items() if one.kind == "object")


@dataclass(frozen=True, slots=True)
class Decisions:
    """The calls in the order they were made. `voices`: the seat that a head has named to answer for a delegation."""

    calls: tuple[Call, ...] = ()
    voices: Mapping[str, str] = field(default_factory=dict)

    def call(self, call_id: str) -> Call | None:
        return next((call for call in self.calls if call.id == call_id), None)


def open_call(state: "RoomState") -> Call | None:
    """The call that waits for answers, or for its ballots to be counted."""
    return next((call for call in state.decisions.calls if call.is_running), None)


def instant_of(state: "RoomState", call: Call, at: int) -> int:
    """What a call's clock shows at an instant (ms): a silence runs on in a pause, the others stand with the room's."""
    if call.kind != "silence":
        return state.room.instant(at)
    return at if call.stands_since is None else call.stands_since


def with_call(state: "RoomState", call_id: str, **fields: Any) -> "RoomState":
    """The state with one call changed."""
    calls = tuple(replace(call, **fields) if call.id == call_id else call for call in state.decisions.calls)
    return replace(state, decisions=replace(state.decisions, calls=calls))


def shifted(decisions: Decisions, by_ms: int) -> Decisions:
    """The decisions with an open call's window carried over a pause; a silence knows its own clock."""
    calls = tuple(
        replace(call, closes_at=call.closes_at + by_ms) if call.status == "open" and call.kind != "silence" else call
        for call in decisions.calls
    )
    return replace(decisions, calls=calls)


def adoption_of(state: "RoomState", document_id: str) -> Call | None:
    """The call by which a whole document was adopted."""
    found = (one for one in state.decisions.calls if one.document == document_id and one.status == "adopted")
    return next((one for one in found if not one.subject), None)


# The rule in force, in full words

CONSENSUS = (
    "Consensus is the absence of any objection. Silence, absence and standing aside do not block; "
    "an objection needs a reason."
)
SILENCE = (
    "Under silence the text is adopted at the hour named, unless one delegation objects in writing before it. "
    "A pause does not stop its clock, {adjournment}."
)
METHODS = {"show": "by show of hands", "roll_call": "by roll call in drawn order", "secret": "by secret ballot"}
THRESHOLDS = {
    ("simple", "voting"): "It passes with more yes than no; a tie fails",
    ("simple", "electorate"): "It passes if more than half of all delegations say yes; a tie fails",
    ("two_thirds", "voting"): "It passes with two thirds of the votes for yes or no",
    ("two_thirds", "electorate"): "It passes if two thirds of all delegations say yes",
    ("all", "voting"): "It passes if somebody says yes and nobody no",
    ("all", "electorate"): "It passes if all delegations say yes",
}


def rule_in_words(call: Call) -> str:
    """The rule by which a call is decided, as it was fixed when the call opened."""
    if call.kind == "consensus":
        return CONSENSUS
    if call.kind == "silence":
        stops = "an adjournment does" if call.stops_on_adjournment else "nor does an adjournment"
        return SILENCE.format(adjournment=stops)
    whole = "; who is absent counts among them, who abstains does not" if call.base == "electorate" else ""
    veto = f" A no of {' or '.join(call.veto)} is a veto." if call.veto else ""
    return (
        f"A vote {METHODS[call.method]}. {THRESHOLDS[call.threshold, call.base]}{whole}. Abstentions never count as no."
        f" Quorum: {call.quorum} of {len(call.electorate)}.{veto}"
    )
