"""Rooms are put in order: whom nobody looks through rests, parts are shared, snapshots kept; nothing else changes."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from rooms import keeping, log
from rooms.domain.fold import fold
from rooms.domain.podium import Request
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, Audience, on_seat, visible
from rooms.folds import LEAST, Folds, Picture
from rooms.hub import Hub
from rooms.kept_pictures import EVERY
from rooms.models import KeptPicture
from rooms.painting import STANCES, Painter
from tests.rooms.kit import Played, live_played

pytestmark = pytest.mark.django_db

SHORT = 40
JAPAN = on_seat("JPN-MFA", "JPN", officials=True)
CHINA = on_seat("PRC-MFA", "PRC", officials=True)
ALL = (THE_MODERATORS, JAPAN, CHINA)


@pytest.fixture
def played() -> Played:
    played = live_played()
    talk(played, SHORT)
    return played


def talk(played: Played, times: int) -> None:
    for n in range(times):
        played.do("JPN-MFA", "say_in_delegation", text=f"Between us, {n}.")


def looked_at(folds: Folds, played: Played, *audiences: Audience) -> Picture:
    """The picture at the head, kept as a server keeps it outside a transaction."""
    return folds.keep(played.room.pk, folds.at_head(played.room.pk, audiences))


def look(folds: Folds, played: Played, *connected: str) -> list[int]:
    return keeping.look(folds, {played.room.pk: [played.pid(who) for who in connected]}, every=SHORT)


def as_its_record_tells(picture: Picture, played: Played) -> None:
    entries = log.read(played.room.pk)
    assert picture.state == fold(entries)
    for one, view in picture.views.items():
        assert view == fold(visible(entries, one)), one.name


def test_whom_nobody_looks_through_rests_until_asked_for_again(played: Played) -> None:
    folds = Folds(every=SHORT)
    looked_at(folds, played, *ALL)
    look(folds, played, "JPN-MFA")
    picture = folds.kept(played.room.pk)
    assert picture is not None
    assert set(picture.views) == {JAPAN, JAPAN.circle, OBSERVERS}
    assert {THE_MODERATORS, CHINA} < set(picture.resting)
    stood = picture.resting[CHINA]
    talk(played, 3)
    played.do("moderator", "chair_statement", text="For all.")
    assert looked_at(folds, played, JAPAN).resting[CHINA] is stood
    awake = looked_at(folds, played, *ALL)
    assert CHINA not in awake.resting
    as_its_record_tells(awake, played)


def test_what_has_not_grown_is_left_alone(played: Played) -> None:
    folds = Folds(every=SHORT)
    looked_at(folds, played, *ALL)
    assert look(folds, played) == [played.room.pk]
    before = folds.kept(played.room.pk)
    talk(played, 3)
    looked_at(folds, played, *ALL)
    assert look(folds, played) == []
    after = folds.kept(played.room.pk)
    assert before is not None
    assert after is not None
    assert after.settled == before.settled


def test_views_are_made_of_the_parts_of_the_state(played: Played) -> None:
    folds = Folds(every=SHORT)
    looked_at(folds, played, THE_MODERATORS)
    apart = looked_at(folds, played, JAPAN)
    assert apart.view(JAPAN).prepared.issues is not apart.state.prepared.issues
    look(folds, played, "moderator", "JPN-MFA")
    picture = looked_at(folds, played, THE_MODERATORS, JAPAN)
    assert picture.view(JAPAN).prepared.issues is picture.state.prepared.issues
    assert picture.view(JAPAN).agenda is picture.view(THE_MODERATORS).agenda
    as_its_record_tells(picture, played)


def test_what_happens_while_a_room_is_put_in_order_is_not_lost(played: Played) -> None:
    class Busy(Folds):
        """In which somebody speaks, and a new audience looks on, before the order is taken up."""

        def settle(self, room_id: int, whole: Picture, awake: object) -> None:
            talk(played, 2)
            looked_at(self, played, OBSERVERS)
            super().settle(room_id, whole, awake)  # type: ignore[arg-type]  # as it was given

    folds = Busy(every=SHORT)
    looked_at(folds, played, *ALL)
    look(folds, played, "JPN-MFA", "PRC-MFA")
    picture = folds.kept(played.room.pk)
    assert picture is not None
    assert set(picture.views) == {JAPAN, JAPAN.circle, CHINA, CHINA.circle, OBSERVERS}
    assert set(picture.resting) == {THE_MODERATORS}
    as_its_record_tells(picture, played)
    as_its_record_tells(looked_at(folds, played, *ALL), played)


def test_what_an_older_look_hands_on_while_a_room_is_put_in_order_is_not_lost(played: Played) -> None:
    korea = on_seat("ROK-MFA", "ROK", officials=True)
    older = Folds(every=SHORT).at_head(played.room.pk, [korea])

    class Busy(Folds):
        """In which somebody speaks, and an older look comes to its end, before the order is taken up."""

        def settle(self, room_id: int, whole: Picture, awake: object) -> None:
            talk(played, 2)
            looked_at(self, played, *ALL)
            self.keep(room_id, older)
            super().settle(room_id, whole, awake)  # type: ignore[arg-type]  # as it was given

    folds = Busy(every=SHORT)
    looked_at(folds, played, *ALL)
    look(folds, played, "JPN-MFA")
    picture = folds.kept(played.room.pk)
    assert picture is not None
    assert picture.resting[korea] == (older.seq, older.view(korea))
    assert picture.resting[CHINA][0] == older.seq
    as_its_record_tells(looked_at(folds, played, *ALL, korea), played)


def test_of_two_processes_one_keeps_it_and_both_put_their_rooms_in_order(played: Played) -> None:
    here, there = Folds(every=SHORT), Folds(every=SHORT)
    looked_at(here, played, *ALL)
    looked_at(there, played, OBSERVERS)
    assert (look(here, played), look(there, played)) == ([played.room.pk], [])
    assert set(there.all_kept()[played.room.pk].resting) == {OBSERVERS}
    assert KeptPicture.objects.count() == 1


def test_a_room_that_cannot_be_kept_keeps_no_other_from_it(played: Played) -> None:
    folds, other = Folds(every=SHORT), live_played()
    talk(other, SHORT)
    unreadable: Any = (0, None)
    broken = replace(looked_at(folds, other, JAPAN), resting={CHINA: unreadable})
    folds.forget_all()
    folds.keep(other.room.pk, broken)
    looked_at(folds, played, *ALL)
    assert look(folds, played) == [played.room.pk]
    assert folds.kept(other.room.pk) == broken


def test_a_painted_panel_holds_on_to_the_parts_that_are_there_now(played: Played) -> None:
    folds, painter = Folds(every=SHORT), Painter()
    before = looked_at(folds, played, JAPAN)

    def painted(picture: Picture) -> dict[str, str]:
        return painter.paint(played.room.pk, "delegate", JAPAN, picture.view(JAPAN), picture.names)

    first = painted(before)
    look(folds, played, "JPN-MFA")
    after = looked_at(folds, played, JAPAN)
    assert after.view(JAPAN).prepared is not before.view(JAPAN).prepared
    assert all(painted(after)[name] is html for name, html in first.items())


def test_rooms_are_let_go_by_their_weight() -> None:
    folds = Folds(most=3 * LEAST)
    for room_id in (1, 2, 3):
        folds.keep(room_id, Picture(str(room_id), seq=10))
    folds.keep(1, Picture("1", seq=11))
    assert list(folds.all_kept()) == [2, 3, 1]
    folds.keep(4, Picture("4", seq=2 * LEAST))
    assert list(folds.all_kept()) == [1, 4]
    folds.keep(5, Picture("5", seq=10 * LEAST))
    assert list(folds.all_kept()) == [5]
    folds.forget_all()
    folds.keep(6, Picture("6", seq=10))
    folds.keep(7, Picture("7", seq=10))
    assert list(folds.all_kept()) == [6, 7]


@pytest.mark.django_db(transaction=True)
def test_the_loop_keeps_snapshots_by_itself() -> None:
    played, folds = live_played(), Folds()
    hub = Hub(folds, Painter())
    talk(played, EVERY)
    looked_at(folds, played, *ALL)

    async def until_kept() -> None:
        loop = asyncio.create_task(keeping.run(folds, hub, pause=0.01))
        while not folds.all_kept()[played.room.pk].settled:
            await asyncio.sleep(0.01)
        loop.cancel()

    asyncio.run(asyncio.wait_for(until_kept(), timeout=60))
    assert KeptPicture.objects.get().seq == folds.all_kept()[played.room.pk].settled


def test_what_a_stance_once_saw_is_not_remembered_for_ever(played: Played) -> None:
    picture, painter = looked_at(Folds(), played, JAPAN), Painter()
    person, view = picture.state.seats.people[played.pid("JPN-MFA")], picture.view(JAPAN)

    def weighs_after(asked: int) -> int:
        for n in range(asked):  # the same name on the list, again and again
            name = Request(f"r{n:03}", person.id, person.seat, person.delegation, "statement", 0)
            listed = replace(view, floor=replace(view.floor, queue=(name,)))
            panel = painter.personal(played.room.pk, "delegate", JAPAN, listed, picture.names, person)
            assert f'value="r{n:03}"' in panel["action"]
        return painter.weight(played.room.pk)

    assert 0 < weighs_after(STANCES) == weighs_after(3 * STANCES)


def test_rooms_whose_panels_weigh_too_much_are_let_go_the_oldest_first(played: Played) -> None:
    picture = looked_at(Folds(), played, JAPAN)

    def painted(painter: Painter, room_id: int) -> dict[str, str]:
        return painter.paint(room_id, "delegate", JAPAN, picture.view(JAPAN), picture.names)

    measuring = Painter()
    characters = sum(map(len, painted(measuring, 1).values()))
    one = measuring.weight(1)
    assert characters < one < 2.5 * characters, "what stands in parts is kept whole and in its parts"
    painter = Painter(most=3 * one)
    for room_id in range(1, 8):
        assert painted(painter, room_id) == painted(measuring, 1)
    held = [room_id for room_id in range(1, 8) if painter.weight(room_id)]
    assert held[-1] == 7
    assert 1 not in held
    assert sum(map(painter.weight, held)) <= 4 * one
