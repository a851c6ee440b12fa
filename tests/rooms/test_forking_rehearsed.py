"""Every rehearsal, gone on from at many of its moments: with the same people and with others the room can be played,
and every screen of it can be painted."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from rooms import forking, log, panels
from rooms.actions import act
from rooms.domain.fold import fold
from rooms.domain.record import Entry
from rooms.domain.room import ResumeSession, SessionClosed
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, visible
from rooms.domain.state import RoomState
from rooms.models import Participant
from rooms.process import folds
from rooms.viewing import Viewer
from tests.domain.test_handing_on import NEW, goes_on, gone_on
from tests.rooms.rehearsed import Heard, played
from tests.rooms.test_rehearsals import NAMES, SCREENS

pytestmark = pytest.mark.django_db(transaction=True)

LOOKED_AT = 4  # moments of each rehearsal; every one of them would take minutes


@pytest.fixture(params=NAMES)
def heard(request: pytest.FixtureRequest, hear: Callable[[str], Heard]) -> Heard:
    return hear(request.param)


def moments(record: list[Entry]) -> list[list[Entry]]:
    """The record up to each of some instants, the first and the last before its closing among them."""
    instants = sorted({entry.at for entry in record})
    [closed_at] = [entry.at for entry in record if isinstance(entry.event, SessionClosed)]
    before = [at for at in instants if at < closed_at]
    chosen = {*before[:: max(1, len(before) // LOOKED_AT)], before[-1]}
    return [[entry for entry in record if entry.at <= at] for at in sorted(chosen)]


@pytest.mark.parametrize("same", [True, False], ids=["the same people", "other people"])
def test_a_room_goes_on_from_any_moment_of_it(heard: Heard, same: bool) -> None:
    went_on = 0
    for entries in moments(heard.record):
        made = gone_on(entries, same=same)
        if made is None:
            continue
        state, record = made
        went_on += 1
        goes_on(state, state.room.chair if same else NEW)
        for audience, screen in SCREENS:
            before, after = visible(entries, audience), visible(record, audience)
            assert not same or after[: len(before)] == before
            panels.paint(screen, audience, fold(after), {})
    assert went_on > LOOKED_AT / 2


def test_a_rehearsal_goes_on_in_the_database(user: User) -> None:
    one = played("late_agreement", user)
    chair = Participant.objects.select_related("room", "user").get(room=one.room, user=user)
    picture = folds.at_head(one.room.pk, [THE_MODERATORS])
    viewer = Viewer(one.room, chair, picture.state.seats.people[chair.pid], THE_MODERATORS, picture)
    seen = visible(one.record, THE_MODERATORS)
    for place in (4, 2):
        for same in (True, False):
            moment = forking.moment_of(viewer, cursor=len(seen) * place // 5)
            seat = forking.fork(viewer, moment, same_people=same, title="Another ending")
            _can_be_played(seat, fold(log.read(one.room.pk, upto=moment.seq)), same=same)
    assert log.verify(one.room) is None
    assert len(fold(visible(log.read(one.room.pk), OBSERVERS)).forks.made) == 2


def _can_be_played(seat: Participant, then: RoomState, *, same: bool) -> None:
    assert log.verify(seat.room) is None
    act(seat.room.pk, seat.pid, ResumeSession())
    state = folds.at_head(seat.room.pk).state
    assert (state.room.status, len(state.seats.people)) == ("live", len(then.seats.people) if same else 1)
    assert state.positions.declared == then.positions.declared
    assert log.verify(seat.room) is None
