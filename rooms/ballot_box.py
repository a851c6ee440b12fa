"""The ballot box: what secret ballots say, kept outside the record as three numbers, and deleted once they are counted.

A ballot goes in within the transaction that records that its delegation has voted, and nothing here names a delegation.
A box that is closed is counted by the next tick, so that no crash in between loses anything.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import F

from rooms.domain import calls
from rooms.domain.ballots import BallotDropped, CastBallot, CountBallots
from rooms.domain.decisions import CallWithdrawn
from rooms.domain.fold import Tick
from rooms.domain.record import Entry
from rooms.domain.state import RoomState
from rooms.domain.voting import BallotsClosed, VoteDecided
from rooms.models import BallotBox


def waits(entries: Iterable[Entry]) -> bool:
    """Whether a box has been closed by these entries."""
    return any(isinstance(entry.event, BallotsClosed) for entry in entries)


def counted(room_id: int, state: RoomState, command: Any) -> Any:
    """What a tick means in a room where a closed box waits: to count it. Any other command is what it was."""
    call = calls.open_call(state)
    if not isinstance(command, Tick) or call is None or call.status != "counting":
        return command
    box = BallotBox.objects.filter(room_id=room_id, call=call.id).first() or BallotBox()
    return CountBallots(call.id, box.yes, box.no, box.abstain)


def follow(room_id: int, command: Any, entries: Iterable[Entry]) -> None:
    """Keep the box in step with what was just recorded. Runs inside the same transaction."""
    for entry in entries:
        if isinstance(entry.event, BallotDropped) and isinstance(command, CastBallot):
            _drop(room_id, entry.event.call, command.vote)
        elif isinstance(entry.event, VoteDecided | CallWithdrawn):
            BallotBox.objects.filter(room_id=room_id, call=entry.event.call).delete()


def _drop(room_id: int, call: str, vote: str) -> None:
    """One more ballot. `vote`, which the rules have checked, is the name of its column."""
    box = BallotBox.objects.filter(room_id=room_id, call=call)
    if not box.update(**{vote: F(vote) + 1}):
        BallotBox.objects.create(room_id=room_id, call=call, **{vote: 1})
