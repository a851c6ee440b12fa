"""What is put to the delegations, and what came of it. Data; the rules stand in `decisions` (consensus), `silence` and
`voting`.

    consensus: open -> adopted | objection | withdrawn
    silence:   open -> adopted | broken | stopped (objected to there and then) | withdrawn
    vote:      open -> (counting, if secret) -> adopted | rejected | vetoed | no_quorum | withdrawn
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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

    Silence: `stops_on_adjournment`, `item` in which it was proposed, `announced` once the room has been told in a
    sitting. Vote: `threshold` (simple, two_thirds, all), `base` (voting, electorate), `quorum`, `veto` list, `method`
    (show, roll_call, secret), `order` of the roll call with `turn` the place in it, `dropped` the delegations whose
    secret ballot is in the box, `tally` once it is counted."""

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
    item: str = ""
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
    return next((call for call in state.decisions.calls if call.status in ("open", "counting")), None)


def adoption_of(state: "RoomState", document_id: str) -> Call | None:
    """The call by which a whole document was adopted."""
    found = (one for one in state.decisions.calls if one.document == document_id and one.status == "adopted")
    return next((one for one in found if not one.subject), None)
