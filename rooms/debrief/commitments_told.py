"""The timeline's sentences about commitments: drawn, promised, linked, due, done, verified, held back, given up."""

from collections.abc import Callable, Mapping
from typing import Any

from rooms.debrief import wording
from rooms.domain import commitment_life as life
from rooms.domain import commitments, linking, promises, withholding
from rooms.domain.record import Entry
from rooms.domain.state import RoomState

Teller = Callable[[Any, RoomState, RoomState, Entry], str]
HORIZONS = {"short": "in the short term", "mid": "in the middle term", "long": "in the long term"}


def _label(state: RoomState, commitment_id: str) -> str:
    one = state.commitments.commitment(commitment_id)
    return one.label if one else commitment_id


def _about(state: RoomState, commitment_id: str) -> str:
    """“C3 of Japan”."""
    one = state.commitments.commitment(commitment_id)
    return f"{one.label} of {wording.who(state, one.actor)}" if one else commitment_id


def _drawn(event: commitments.CommitmentDrawn, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    whom = f" for {wording.who(after, event.beneficiary)}" if event.beneficiary else ""
    what = f"“{wording.excerpt(event.act)}”"
    who, by = wording.who(after, event.actor), wording.who(after, event.by)
    bound = "(it binds at once)" if event.bound else "(it waits to be accepted)"
    term = HORIZONS.get(event.horizon, "")
    return f"{by} drew {_label(after, event.commitment)}: {who} acts{whom} {term}: {what} {bound}"


def _accepted(event: commitments.CommitmentAccepted, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{wording.who(after, event.delegation)} promised {_label(after, event.commitment)}"


def _changed(event: commitments.CommitmentChanged, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{wording.who(after, event.delegation)} changed {_label(after, event.commitment)}"


def _dropped(event: commitments.CommitmentDropped, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    who = wording.who(after, event.delegation)
    return f"{who} dropped {_about(after, event.commitment)}{wording.because(event.reason)}"


def _linked(event: linking.CommitmentsLinked, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    first, second = _label(after, event.first), _label(after, event.second)
    if event.kind == promises.PARALLEL:
        return f"{first} and {second} go in parallel"
    return f"{second} waits until {first} is {'done' if event.kind == promises.AFTER else 'verified'}"


def _unlinked(event: linking.CommitmentsUnlinked, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{_label(after, event.first)} and {_label(after, event.second)} are linked no more"


def _due_set(event: life.DueSet, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    time = f", within {wording.counted(event.minutes, 'minute')}" if event.minutes else ""
    return f"the chair called {_about(after, event.commitment)} due{time}"


def _fell_due(event: life.FellDue, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    upon = "" if event.upon == event.commitment else f" upon {_label(after, event.upon)}"
    return f"{_about(after, event.commitment)} became due{upon}"


def _overdue(event: life.WentOverdue, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{_about(after, event.commitment)} was overdue"


def _claimed(event: life.DoneClaimed, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    done = f"{wording.who(after, event.delegation)} said that {_label(after, event.commitment)} was done"
    return f"{done}{wording.because(event.words)}"


def _verified(event: life.ClaimVerified, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    who = wording.who(after, event.delegation)
    return f"{who} verified {_about(after, event.commitment)}{wording.because(event.words)}"


def _disputed(event: life.ClaimDisputed, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    found = f"{wording.who(after, event.delegation)} disputed that {_label(after, event.commitment)} was done"
    return f"{found}{wording.because(event.reason)}"


def _suspended(event: withholding.CommitmentSuspended, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    who, what = wording.who(after, event.delegation), _about(after, event.commitment)
    one = after.commitments.commitment(event.commitment)
    verb = "held back" if one and one.actor == event.delegation else "suspended"
    return f"{who} {verb} {one.label if one and verb == 'held back' else what}{wording.because(event.reason)}"


def _resumed(event: withholding.CommitmentResumed, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{wording.who(after, event.delegation)} took {_about(after, event.commitment)} up again"


def _waived(event: withholding.CommitmentWaived, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    who = wording.who(after, event.delegation)
    return f"{who} waived {_about(after, event.commitment)}{wording.because(event.reason)}"


TELLERS: Mapping[type, tuple[str, Teller]] = {
    commitments.CommitmentDrawn: ("commitments", _drawn),
    commitments.CommitmentAccepted: ("commitments", _accepted),
    commitments.CommitmentChanged: ("commitments", _changed),
    commitments.CommitmentDropped: ("commitments", _dropped),
    linking.CommitmentsLinked: ("commitments", _linked),
    linking.CommitmentsUnlinked: ("commitments", _unlinked),
    life.DueSet: ("commitments", _due_set),
    life.FellDue: ("commitments", _fell_due),
    life.WentOverdue: ("commitments", _overdue),
    life.DoneClaimed: ("commitments", _claimed),
    life.ClaimVerified: ("commitments", _verified),
    life.ClaimDisputed: ("commitments", _disputed),
    withholding.CommitmentSuspended: ("commitments", _suspended),
    withholding.CommitmentResumed: ("commitments", _resumed),
    withholding.CommitmentWaived: ("commitments", _waived),
}
