"""Commitments held back for a time, or given up: suspended, taken up again, waived (rulebook 13).

Who receives a commitment suspends and waives it: the chair for what is for all, and for a delegation that is not here.
Who is to act holds it back only while the other side stalls. The time it had left is kept.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import promises, roles, sight
from rooms.domain.commitment_life import falling_due, in_words, promised
from rooms.domain.promises import Commitment, change
from rooms.domain.record import Entry
from rooms.domain.refused import Refused

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

SUSPENDED_FROM = ("dormant", "due", "disputed", "overdue")


# Events


@dataclass(frozen=True, slots=True)
class CommitmentSuspended:
    """`left_ms`: the time it still had, None where none was running."""

    commitment: str
    delegation: str
    reason: str
    left_ms: int | None


@dataclass(frozen=True, slots=True)
class CommitmentResumed:
    commitment: str
    delegation: str
    due_at: int | None


@dataclass(frozen=True, slots=True)
class CommitmentWaived:
    commitment: str
    delegation: str
    reason: str


# Commands


@dataclass(frozen=True, slots=True)
class SuspendCommitment:
    """Who receives it releases the actor from it for the time being; or the actor holds it back, while what it goes in
    parallel with, or waits for, is overdue, disputed or suspended. With a reason."""

    commitment: str
    reason: str


@dataclass(frozen=True, slots=True)
class ResumeCommitment:
    """Who suspended a commitment takes it up again, with the time it had left."""

    commitment: str


@dataclass(frozen=True, slots=True)
class WaiveCommitment:
    """Who receives it gives it up for good; what waited for it waits no more."""

    commitment: str
    reason: str = ""


# Rules


def suspend_commitment(state: "RoomState", actor: str, command: SuspendCommitment, at: int) -> list[Any]:
    by = roles.author(state, actor)
    roles.live(state)
    one = promised(state, command.commitment)
    _may_suspend(state, by, one)
    if one.status not in SUSPENDED_FROM:
        raise Refused(one.status, f"{one.label} is {in_words(one)}. Let its verifier speak first.")
    if not command.reason:
        raise Refused("reason_needed", "Say why it is suspended; everybody reads it.", field="reason")
    left_ms = one.due_at - at if one.runs and one.due_at is not None else None
    return [CommitmentSuspended(one.id, by, command.reason, left_ms)]


def _may_suspend(state: "RoomState", by: str, one: Commitment) -> None:
    if by == promises.received_by(state, one):
        return
    if by != one.actor:
        who = promises.received_by(state, one) or promises.CHAIR
        raise Refused("not_beneficiary", f"{one.label} is owed to others; {who} suspends and waives it.")
    if not promises.stalls_beside(state.commitments, one):
        raise Refused(
            "nothing_stalled",
            "You hold back what you promised only while what goes with it, or what it waits for, is overdue,"
            " disputed or suspended.",
        )


def resume_commitment(state: "RoomState", actor: str, command: ResumeCommitment, at: int) -> list[Any]:
    by = roles.author(state, actor)
    roles.live(state)
    one = promised(state, command.commitment)
    if one.status != "suspended":
        raise Refused("not_suspended", f"{one.label} is not suspended.")
    if by != promises.held_by(state, one):
        who = promises.held_by(state, one) or promises.CHAIR
        raise Refused("not_yours", f"{who} suspended {one.label} and takes it up again. Talk to them.")
    due_at = at + one.left_ms if one.left_ms is not None else one.due_at
    again = state.commitments.with_one(one.id, status=one.suspended_from)
    return [CommitmentResumed(one.id, by, due_at), *falling_due(again, one.id, at)]


def waive_commitment(state: "RoomState", actor: str, command: WaiveCommitment, at: int) -> list[Any]:
    by = roles.author(state, actor)
    roles.live(state)
    one = promised(state, command.commitment)
    if by != promises.received_by(state, one):
        who = promises.received_by(state, one) or promises.CHAIR
        raise Refused("not_beneficiary", f"{one.label} is owed to others; {who} suspends and waives it.")
    waived = CommitmentWaived(one.id, by, command.reason)
    return [waived, *falling_due(state.commitments.with_one(one.id, status="waived"), one.id, at)]


# Fold


def _suspended(state: "RoomState", event: CommitmentSuspended, _entry: Entry) -> "RoomState":
    one = state.commitments.commitment(event.commitment)
    return change(
        state,
        event.commitment,
        status="suspended",
        suspended_by=event.delegation,
        suspended_from=one.status if one else "dormant",
        left_ms=event.left_ms,
        reason=event.reason,
    )


def _resumed(state: "RoomState", event: CommitmentResumed, entry: Entry) -> "RoomState":
    one = state.commitments.commitment(event.commitment)
    began_at = entry.at if one and one.left_ms is not None else one.began_at if one else None
    return change(
        state,
        event.commitment,
        status=one.suspended_from if one else "dormant",
        suspended_by="",
        suspended_from="",
        left_ms=None,
        reason="",
        began_at=began_at,
        due_at=event.due_at,
    )


def _waived(state: "RoomState", event: CommitmentWaived, entry: Entry) -> "RoomState":
    return change(state, event.commitment, status="waived", reason=event.reason, ended_at=entry.at)


EVENTS = {
    "commitments.suspended": (CommitmentSuspended, sight.everyone, _suspended),
    "commitments.resumed": (CommitmentResumed, sight.everyone, _resumed),
    "commitments.waived": (CommitmentWaived, sight.everyone, _waived),
}
COMMANDS = {
    "suspend_commitment": (SuspendCommitment, suspend_commitment),
    "resume_commitment": (ResumeCommitment, resume_commitment),
    "waive_commitment": (WaiveCommitment, waive_commitment),
}
