"""What becomes of commitments: due, claimed, verified or disputed, overdue (rulebook 13). Suspending and waiving
stand in `withholding`.

    dormant -> due -> claimed -> verified | disputed (-> claimed again) -> overdue -> claimed late

The actor claims; the verifier, or the chair for itself and for outside bodies, verifies or disputes. The
chair sets the time; it is carried over pauses. What a commitment waits for makes it due by itself, all of its step
together.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import promises, roles, sight
from rooms.domain.calls import MINUTE
from rooms.domain.promises import OVER, Claim, Commitment, Commitments, Finding, change
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

LONGEST = 10_080  # minutes: a week
CLAIMED_FROM = ("dormant", "due", "disputed", "overdue")


# Events


@dataclass(frozen=True, slots=True)
class TermSet:
    """How many minutes it will have once what it waits for is done."""

    commitment: str
    minutes: int


@dataclass(frozen=True, slots=True)
class DueSet:
    """The chair says that it is to be done now, by an instant; `due_at` None: without a time."""

    commitment: str
    minutes: int
    due_at: int | None


@dataclass(frozen=True, slots=True)
class FellDue:
    """It is due by itself, upon what happened to another."""

    commitment: str
    upon: str
    due_at: int | None


@dataclass(frozen=True, slots=True)
class WentOverdue:
    commitment: str


@dataclass(frozen=True, slots=True)
class DoneClaimed:
    commitment: str
    delegation: str
    words: str


@dataclass(frozen=True, slots=True)
class ClaimVerified:
    commitment: str
    delegation: str
    words: str


@dataclass(frozen=True, slots=True)
class ClaimDisputed:
    commitment: str
    delegation: str
    reason: str


# Commands


@dataclass(frozen=True, slots=True)
class SetDue:
    """The moderator says that a commitment is due, and how many minutes it has (0: no set time); for one that waits for
    another, how many it will have once it is due; for one that is due or overdue, its new time."""

    commitment: str
    minutes: int


@dataclass(frozen=True, slots=True)
class ClaimDone:
    """The delegation that promised says that it is done, and how one can see that."""

    commitment: str
    words: str


@dataclass(frozen=True, slots=True)
class VerifyClaim:
    """The verifier, or the chair for itself, an outside body or a delegation that is not here, finds it done."""

    commitment: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class DisputeClaim:
    """The verifier finds it not done, and says why."""

    commitment: str
    reason: str


# Rules


def standing(state: "RoomState", commitment_id: str) -> Commitment:
    """A commitment that is on the road map."""
    one = state.commitments.commitment(commitment_id)
    if one is None or one.status == "dropped":
        raise Refused("unknown_commitment", "That commitment is not on the road map any more. Choose another one.")
    return one


def promised(state: "RoomState", commitment_id: str) -> Commitment:
    """One that binds its actor and is not over."""
    one = standing(state, commitment_id)
    if one.status == "proposed":
        raise Refused("not_accepted", f"{one.label} is only proposed. {one.actor} has to accept it first.")
    if one.status in OVER:
        raise Refused("over", f"{one.label} is {one.status} already; nothing more comes of it.")
    return one


def falling_due(after: Commitments, upon: str, at: int) -> list[Any]:
    """What becomes due by itself once the commitments stand like this."""
    return [FellDue(one.id, upon, _until(one.minutes, at)) for one in promises.can_begin(after)]


def _until(minutes: int, at: int) -> int | None:
    return at + minutes * MINUTE if minutes else None


def set_due(state: "RoomState", actor: str, command: SetDue, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    one = promised(state, command.commitment)
    if not 0 <= command.minutes <= LONGEST:
        raise Refused("minutes_range", f"Give it 1 to {LONGEST:,} minutes, or 0 for no set time.", field="minutes")
    if one.status == "claimed":
        raise Refused("claimed", f"{one.label} is claimed done; it waits for its verifier, not for its actor.")
    if one.status == "suspended":
        raise Refused("suspended", f"{one.label} is suspended. Its time runs again when it is taken up again.")
    if one.status == "dormant" and promises.unmet(state.commitments, one.id):
        return [] if one.minutes == command.minutes else [TermSet(one.id, command.minutes)]
    due = DueSet(one.id, command.minutes, _until(command.minutes, at))
    step = promises.step_of(state.commitments, one.id)
    if one.status != "dormant" or not promises.goes_together(step):
        return [due]
    beside = [other for other in step if other.id != one.id and other.status == "dormant"]
    return [due, *(FellDue(other.id, one.id, _until(other.minutes or command.minutes, at)) for other in beside)]


def claim_done(state: "RoomState", actor: str, command: ClaimDone, at: int) -> list[Any]:
    person = roles.delegate(state, actor)
    roles.live(state)
    one = promised(state, command.commitment)
    if person.delegation != one.actor:
        raise Refused("not_actor", f"Only {one.actor}, who promised {one.label}, can say that it is done.")
    if one.status not in CLAIMED_FROM:
        raise Refused(one.status, f"{one.label} is {in_words(one)}. Wait for who is to speak to that.")
    if not command.words:
        raise Refused("words_needed", "Say what was done and how the others can see it.", field="words")
    claimed = DoneClaimed(one.id, one.actor, command.words)
    return [claimed, *falling_due(state.commitments.with_one(one.id, status="claimed"), one.id, at)]


def in_words(one: Commitment) -> str:
    return "claimed done already" if one.status == "claimed" else one.status


def _verifying(state: "RoomState", actor: str, commitment_id: str) -> tuple[Commitment, str]:
    """What is to be verified, and in whose name: a delegation's, or "" for the chair."""
    by = roles.author(state, actor)
    roles.live(state)
    one = promised(state, commitment_id)
    if not one.verifier:
        raise Refused("no_verifier", f"Nobody was named to verify {one.label}. Have the chair name somebody first.")
    if by != promises.verified_by(state, one):
        who = promises.verified_by(state, one) or promises.CHAIR
        raise Refused("not_verifier", f"{one.label} is verified by {who}. Tell them what you have seen.")
    return one, by


def verify_claim(state: "RoomState", actor: str, command: VerifyClaim, at: int) -> list[Any]:
    one, by = _verifying(state, actor, command.commitment)
    if one.status not in ("claimed", "disputed") and not (one.status == "overdue" and one.claim):
        raise Refused("not_claimed", f"Nobody has said that {one.label} is done. Wait until {one.actor} claims it.")
    verified = ClaimVerified(one.id, by, command.words)
    return [verified, *falling_due(state.commitments.with_one(one.id, status="verified"), one.id, at)]


def dispute_claim(state: "RoomState", actor: str, command: DisputeClaim, _at: int) -> list[Any]:
    one, by = _verifying(state, actor, command.commitment)
    if one.status != "claimed":
        raise Refused("not_claimed", f"There is no open claim that {one.label} is done.")
    if not command.reason:
        raise Refused("reason_needed", "Say what is missing; it stands beside the claim.", field="reason")
    return [ClaimDisputed(one.id, by, command.reason)]


def due(state: "RoomState", at: int) -> list[Any]:
    """At the very instant, what is not claimed done is overdue."""
    if state.room.status != "live":
        return []
    return [WentOverdue(one.id) for one in state.commitments.drawn if one.runs and (one.due_at or 0) <= at]


def next_deadline(state: "RoomState") -> int | None:
    if state.room.status != "live":
        return None
    return min((one.due_at for one in state.commitments.drawn if one.runs and one.due_at is not None), default=None)


# Fold


def shifted(commitments: Commitments, by_ms: int) -> Commitments:
    """The commitments with every running time carried over a pause; also that of a claim which may be disputed yet."""
    drawn = tuple(
        replace(one, due_at=one.due_at + by_ms) if one.due_at is not None and _carried(one) else one
        for one in commitments.drawn
    )
    return replace(commitments, drawn=drawn)


def _carried(one: Commitment) -> bool:
    return one.runs or (one.status == "claimed" and one.claim is not None and not one.claim.late)


def _term(state: "RoomState", event: TermSet, _entry: Entry) -> "RoomState":
    return change(state, event.commitment, minutes=event.minutes)


def _due_set(state: "RoomState", event: DueSet, entry: Entry) -> "RoomState":
    one = state.commitments.commitment(event.commitment)
    status = "disputed" if one and one.status == "disputed" else "due"
    return change(state, event.commitment, status=status, minutes=event.minutes, began_at=entry.at, due_at=event.due_at)


def _fell_due(state: "RoomState", event: FellDue, entry: Entry) -> "RoomState":
    return change(state, event.commitment, status="due", began_at=entry.at, due_at=event.due_at)


def _overdue(state: "RoomState", event: WentOverdue, _entry: Entry) -> "RoomState":
    return change(state, event.commitment, status="overdue")


def _claimed(state: "RoomState", event: DoneClaimed, entry: Entry) -> "RoomState":
    one = state.commitments.commitment(event.commitment)
    if one is None:
        return state
    claim = Claim(event.words, entry.at, one.status == "overdue")
    return change(state, one.id, status="claimed", claims=(*one.claims, claim))


def _found(
    state: "RoomState", commitment_id: str, finding: Finding, status: str, ended_at: int | None = None
) -> "RoomState":
    one = state.commitments.commitment(commitment_id)
    findings = (*one.findings, finding) if one else (finding,)
    return change(state, commitment_id, status=status, findings=findings, ended_at=ended_at)


def _verified(state: "RoomState", event: ClaimVerified, entry: Entry) -> "RoomState":
    finding = Finding(event.delegation, True, event.words, entry.at)
    return _found(state, event.commitment, finding, "verified", entry.at)


def _disputed(state: "RoomState", event: ClaimDisputed, entry: Entry) -> "RoomState":
    return _found(state, event.commitment, Finding(event.delegation, False, event.reason, entry.at), "disputed")


EVENTS = {
    "commitments.term_set": (TermSet, sight.everyone, _term),
    "commitments.due_set": (DueSet, sight.everyone, _due_set),
    "commitments.fell_due": (FellDue, sight.everyone, _fell_due),
    "commitments.went_overdue": (WentOverdue, sight.everyone, _overdue),
    "commitments.claimed": (DoneClaimed, sight.everyone, _claimed),
    "commitments.verified": (ClaimVerified, sight.everyone, _verified),
    "commitments.disputed": (ClaimDisputed, sight.everyone, _disputed),
}
COMMANDS = {
    "set_due": (SetDue, set_due),
    "claim_done": (ClaimDone, claim_done),
    "verify_claim": (VerifyClaim, verify_claim),
    "dispute_claim": (DisputeClaim, dispute_claim),
}
