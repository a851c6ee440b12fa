"""What a road map consists of: commitments, the links between them, and what waits for what. Data and what can be read
off it; the rules stand in `commitments`, `linking` and `commitment_life`.

    proposed -> dormant -> due -> claimed -> verified | disputed -> overdue     any of them -> suspended -> as before
    proposed -> dropped                                                         not verified -> waived

Commitments in parallel are one *step*: they become due together. A step waits for whatever any of its members waits
for.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

HORIZONS = ("short", "mid", "long")
PARALLEL, AFTER, VERIFICATION = LINKS = ("parallel", "after", "verification")
CHAIR = "the chair"  # as a verifier
STALLED = ("disputed", "overdue", "suspended")  # what lets the other side hold its own part back
OVER = ("verified", "waived", "dropped")
# What a link needs of the first commitment before the second may begin.
MET = {AFTER: ("claimed", "verified", "waived"), VERIFICATION: ("verified", "waived")}


@dataclass(frozen=True, slots=True)
class Claim:
    """The actor says that it is done. `late`: after it was overdue."""

    words: str
    at: int
    late: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What the verifier found of the last claim; `delegation` "" is the chair, for itself or for an outside body."""

    delegation: str
    verified: bool
    words: str
    at: int


@dataclass(frozen=True, slots=True)
class Commitment:
    """Who does what for whom. `beneficiary` "" is everybody else; `verifier` a delegation, CHAIR, an outside body in
    words, or "" for nobody; `trigger` what sets it off, in words. `by` drew it, "" the chair. `version` counts its
    wordings and links while it is proposed. `minutes`: the time it has once it becomes due; `due_at` the instant, None
    for none. `left_ms`: what was left of it when it was suspended, out of the status `suspended_from`."""

    id: str
    act: str
    actor: str
    beneficiary: str = ""
    standard: str = ""
    track: str = ""
    horizon: str = "short"
    date: str = ""
    trigger: str = ""
    verifier: str = ""
    document: str = ""
    paragraph: str = ""
    measure: str = ""
    by: str = ""
    status: str = "proposed"
    drawn_at: int = 0
    version: int = 1
    minutes: int = 0
    began_at: int | None = None
    due_at: int | None = None
    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()
    suspended_by: str = ""
    suspended_from: str = ""
    left_ms: int | None = None
    reason: str = ""
    ended_at: int | None = None

    @property
    def label(self) -> str:
        """What it is called in the room: C3."""
        return f"C{self.id.removeprefix('cm')}"

    @property
    def claim(self) -> Claim | None:
        return self.claims[-1] if self.claims else None

    @property
    def finding(self) -> Finding | None:
        return self.findings[-1] if self.findings else None

    @property
    def binding(self) -> bool:
        return self.status not in ("proposed", "dropped")

    @property
    def runs(self) -> bool:
        """Its time is running out."""
        return self.status in ("due", "disputed") and self.due_at is not None


def last_moved(one: Commitment) -> int:
    """When it was drawn, began, was claimed, found or ended, whichever came last: an instant in ms."""
    instants = [one.drawn_at, one.began_at or 0, one.ended_at or 0]
    return max(instants + [claim.at for claim in one.claims] + [finding.at for finding in one.findings])


@dataclass(frozen=True, slots=True)
class Link:
    """`kind` parallel: the two go together; after: the second waits until the first is claimed done; verification:
    until the first is verified."""

    first: str
    second: str
    kind: str


@dataclass(frozen=True, slots=True)
class Commitments:
    """All that were ever drawn, in that order; the links between them."""

    drawn: tuple[Commitment, ...] = ()
    links: tuple[Link, ...] = ()

    def commitment(self, commitment_id: str) -> Commitment | None:
        return next((one for one in self.drawn if one.id == commitment_id), None)

    @property
    def standing(self) -> tuple[Commitment, ...]:
        """All but the dropped."""
        return tuple(one for one in self.drawn if one.status != "dropped")

    def link(self, first: str, second: str) -> Link | None:
        """The link between two; a parallel one whichever way it was drawn."""
        return next((one for one in self.links if _joins(one, first, second)), None)

    def with_one(self, commitment_id: str, **fields: Any) -> "Commitments":
        """The same with one commitment changed."""
        drawn = tuple(replace(one, **fields) if one.id == commitment_id else one for one in self.drawn)
        return replace(self, drawn=drawn)


def _joins(link: Link, first: str, second: str) -> bool:
    return (link.first, link.second) == (first, second) or (
        link.kind == PARALLEL and (link.second, link.first) == (first, second)
    )


def change(state: "RoomState", commitment_id: str, **fields: Any) -> "RoomState":
    """The state with one commitment changed."""
    return replace(state, commitments=state.commitments.with_one(commitment_id, **fields))


# What waits for what


def step_of(all_of_them: Commitments, commitment_id: str) -> tuple[Commitment, ...]:
    """A commitment with all that go in parallel with it, and with those in turn; in the order they were drawn."""
    found, open_ends = {commitment_id}, [commitment_id]
    while open_ends:
        here = open_ends.pop()
        beside = {_other(one, here) for one in all_of_them.links if one.kind == PARALLEL} - {"", *found}
        found |= beside
        open_ends += beside
    return tuple(one for one in all_of_them.standing if one.id in found)


def _other(link: Link, here: str) -> str:
    if link.first == here:
        return link.second
    return link.first if link.second == here else ""


def waited_for(all_of_them: Commitments, members: Collection[str]) -> tuple[Link, ...]:
    """The links by which these commitments wait for others, or for one another."""
    return tuple(one for one in all_of_them.links if one.kind != PARALLEL and one.second in members)


def is_met(all_of_them: Commitments, link: Link) -> bool:
    first = all_of_them.commitment(link.first)
    return first is not None and first.status in MET[link.kind]


def unmet(all_of_them: Commitments, commitment_id: str) -> tuple[Link, ...]:
    """What the whole step of a commitment still waits for."""
    step = {one.id for one in step_of(all_of_them, commitment_id)}
    return tuple(one for one in waited_for(all_of_them, step) if not is_met(all_of_them, one))


def can_begin(all_of_them: Commitments) -> Iterator[Commitment]:
    """The dormant commitments whose step has waited for something, and waits no more."""
    for one in all_of_them.drawn:
        if one.status != "dormant":
            continue
        step = step_of(all_of_them, one.id)
        links = waited_for(all_of_them, {member.id for member in step})
        if links and all(is_met(all_of_them, link) for link in links) and goes_together(step):
            yield one


def goes_together(step: tuple[Commitment, ...]) -> bool:
    """Whether all of a step are promised, and none is held back."""
    return all(one.status not in ("proposed", "suspended") for one in step)


def stalls_beside(all_of_them: Commitments, commitment: Commitment) -> bool:
    """Whether something of others that goes in parallel with a commitment, or that it waits for, does not come."""
    step = step_of(all_of_them, commitment.id)
    near = {one.id for one in step} | {link.first for link in waited_for(all_of_them, {one.id for one in step})}
    others = (one for one in all_of_them.drawn if one.id in near and one.actor != commitment.actor)
    return any(one.status in STALLED for one in others)


# Who speaks for whom


def verified_by(state: "RoomState", commitment: Commitment) -> str:
    """The delegation that verifies, "" for the chair: for itself, an outside body, or a delegation that has nobody in
    the room."""
    return _present(state, commitment.verifier)


def received_by(state: "RoomState", commitment: Commitment) -> str:
    """The delegation that suspends and waives, "" for the chair: for all, or for a delegation with nobody here."""
    return _present(state, commitment.beneficiary)


def held_by(state: "RoomState", commitment: Commitment) -> str:
    """The delegation that has suspended a commitment and may take it up again, "" for the chair."""
    return _present(state, commitment.suspended_by)


def _present(state: "RoomState", code: str) -> str:
    return code if state.prepared.delegation(code) and state.seats.members(code) else ""
