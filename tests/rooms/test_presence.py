"""Who is here: what one process remembers between two beats, and what it writes down. No clock runs in these tests."""

import pytest

from rooms import log, presence
from rooms.actions import act, now_ms
from rooms.domain.presence import NoteAway, PersonAway
from rooms.domain.record import CLOCK
from rooms.models import Event, Participant
from rooms.presence import Round, Watch
from rooms.process import folds
from tests.rooms.kit import Played, live_played

GRACE, EVERY = 40.0, 15.0
ROOM = 7
ALL, SOME, NOBODY = frozenset({"a", "b"}), frozenset({"a"}), frozenset[str]()


def watch() -> Watch:
    """A watch that has been running for a long time, over a room where two people are connected."""
    made = Watch(GRACE, EVERY)
    made.round({ROOM: ALL}, 0.0)
    for second in range(1, 101):
        made.round({ROOM: ALL}, float(second))
    return made


def test_who_comes_and_who_leaves_is_written_down_at_the_next_beat() -> None:
    made = watch()
    assert made.round({ROOM: SOME}, 101.0).seen == {ROOM: {"b"}}
    assert made.round({ROOM: SOME}, 102.0).seen == {}
    assert made.round({ROOM: ALL}, 103.0).seen == {ROOM: {"b"}}
    assert made.round({}, 104.0).seen == {ROOM: {"a", "b"}}


def test_who_stays_is_written_down_every_fifteen_seconds() -> None:
    made, noted = Watch(GRACE, EVERY), []
    for second in range(60):
        if made.round({ROOM: ALL}, float(second)).seen:
            noted.append(second)
    assert noted == [0, 15, 30, 45]


def test_a_room_is_looked_through_once_it_has_been_watched_for_the_grace() -> None:
    made = Watch(GRACE, EVERY)
    looked = [second for second in range(60) if made.round({ROOM: ALL}, float(second)).look_through]
    assert looked == [40, 45, 50, 55]


def test_after_a_standstill_everybody_has_the_grace_anew() -> None:
    made = watch()
    assert not made.round({ROOM: ALL}, 700.0).look_through
    assert not any(made.round({ROOM: ALL}, 700.0 + second).look_through for second in range(1, 40))
    assert any(made.round({ROOM: ALL}, 740.0 + second).look_through for second in range(6))


def test_a_room_that_nobody_watched_for_a_moment_is_watched_anew() -> None:
    made = watch()
    made.round({}, 101.0)
    assert not any(made.round({ROOM: ALL}, 102.0 + second).look_through for second in range(40))


# What is written down


@pytest.fixture
def played(transactional_db: None) -> Played:
    return live_played()


def names_of(played: Played) -> list[str]:
    rows = Event.objects.filter(room=played.room, name__in=("seats.person_away", "seats.person_back"))
    return [row.name.removeprefix("seats.person_") for row in rows.order_by("seq")]


def keep(played: Played, connected: set[str], at: int, *, seen: set[str] = frozenset(), look: bool = True) -> None:  # type: ignore[assignment]
    room = played.room.pk
    rounds = Round({room: frozenset(seen)} if seen else {}, (room,) if look else ())
    folds.at_head(room)
    presence.keep(rounds, {room: frozenset(connected)}, at)


def test_who_has_not_been_seen_for_the_grace_is_away_and_noted_once(played: Played) -> None:
    china, now = played.pid("PRC-MFA"), now_ms()
    keep(played, {china}, now, seen={china})
    keep(played, set(), now + 39_999)
    assert names_of(played) == []
    keep(played, set(), now + 40_000)
    keep(played, set(), now + 45_000)
    assert names_of(played) == ["away"]
    assert folds.at_head(played.room.pk).state.seats.people[china].away


def test_who_is_connected_here_is_not_away_however_long_ago_that_was_written_down(played: Played) -> None:
    china, now = played.pid("PRC-MFA"), now_ms()
    keep(played, {china}, now, seen={china})
    keep(played, {china}, now + 600_000)
    assert names_of(played) == []


def test_who_never_had_a_connection_is_never_away(played: Played) -> None:
    keep(played, set(), now_ms() + 600_000)
    assert names_of(played) == []


def test_who_is_connected_again_is_back_even_if_nobody_said_so(played: Played) -> None:
    china = played.pid("PRC-MFA")
    act(played.room.pk, CLOCK, NoteAway((china,)))
    keep(played, {china}, now_ms(), look=False)
    assert names_of(played) == ["away", "back"]


def test_two_processes_that_note_the_same_write_it_once(played: Played) -> None:
    china, now = played.pid("PRC-MFA"), now_ms()
    keep(played, {china}, now, seen={china})
    stale = folds.at_head(played.room.pk)
    keep(played, set(), now + 50_000)
    folds.forget_all()
    folds.keep(played.room.pk, stale)  # the other process has not heard of it yet
    presence.keep(Round({}, (played.room.pk,)), {}, now + 50_000)
    assert names_of(played) == ["away"]


def test_who_comes_back_is_seen_first_so_that_no_other_process_calls_them_away(played: Played) -> None:
    china, now = played.pid("PRC-MFA"), now_ms()
    keep(played, {china}, now - 60_000, seen={china})
    keep(played, set(), now)
    assert presence.was_away(played.room.pk, china)
    presence.came_back(played.room.pk, [china])
    keep(played, set(), now + 1_000)
    assert names_of(played) == ["away", "back"]
    assert Participant.objects.get(pid=china).seen_at >= now  # type: ignore[operator]


def test_a_closed_room_is_left_alone(played: Played) -> None:
    china, now = played.pid("PRC-MFA"), now_ms()
    keep(played, {china}, now, seen={china})
    played.do("moderator", "close_session")
    keep(played, set(), now + 60_000)
    assert names_of(played) == []


def test_the_questions_do_not_grow_with_the_people(played: Played, django_assert_num_queries: object) -> None:
    people, now = {one.pid for one in played.people.values()}, now_ms()
    folds.at_head(played.room.pk)
    with django_assert_num_queries(2):  # type: ignore[operator]
        presence.keep(
            Round({played.room.pk: frozenset(people)}, (played.room.pk,)), {played.room.pk: frozenset(people)}, now
        )


def test_several_who_are_away_are_noted_in_one_go(played: Played) -> None:
    people, now = {one.pid for one in played.people.values()}, now_ms()
    keep(played, people, now, seen=people)
    before = folds.at_head(played.room.pk).seq
    keep(played, set(), now + 60_000)
    noted = log.read(played.room.pk, after=before)
    assert {entry.event for entry in noted} == {PersonAway(pid) for pid in people}
    assert len({entry.at for entry in noted}) == 1
