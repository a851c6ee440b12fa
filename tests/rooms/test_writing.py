"""The thread that writes for a process: everybody gets their own answer, after the commit, however many ask at once."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from rooms import log
from rooms.actions import MOST_TOGETHER, Asked, Done, act_together
from rooms.domain.channels import SayInDelegation
from rooms.domain.refused import Refused
from rooms.domain.speakers import AskForFloor
from rooms.models import Event, Room
from rooms.process import folds
from rooms.writing import Writer
from tests.rooms.kit import Played, live_played

pytestmark = pytest.mark.django_db(transaction=True)

SEATS = ("JPN-MFA", "JPN-MOD", "PRC-MFA", "ROK-MFA")


@pytest.fixture
def writer() -> Iterator[Writer]:
    one = Writer()
    yield one
    one.finish()


def saying(played: Played, seat: str, text: str, request_id: str = "") -> Asked:
    return Asked(played.room.pk, played.pid(seat), SayInDelegation(text), request_id, generation=0)


def said(played: Played) -> list[str]:
    return [
        one.data["text"]
        for one in Event.objects.filter(room=played.room, name="channels.said_in_delegation").order_by("seq")
    ]


def test_fifty_threads_in_several_rooms_all_get_their_own_answers(writer: Writer) -> None:
    rooms = [live_played() for _ in range(3)]
    together = threading.Barrier(50)

    def ask(number: int) -> tuple[int, list[Done | str]]:
        played, answers = rooms[number % 3], []
        together.wait()
        for turn in range(3):
            try:
                # each twice, with the same request id, and every tenth has nothing to say
                text = "" if number % 10 == 0 else f"{number}.{turn}"
                answers.append(writer.act_and_wait(saying(played, SEATS[number % 4], text, f"{number}.{turn // 2}")))
            except Refused as refused:
                answers.append(refused.code)
        connections.close_all()
        return number, answers

    with ThreadPoolExecutor(50) as pool:
        for number, answers in pool.map(ask, range(50)):
            entries = log.read(rooms[number % 3].room.pk)
            for turn, done in enumerate(answers):
                if number % 10 == 0:
                    assert done == "text_needed"
                    continue
                assert isinstance(done, Done)
                assert done.repeated is (turn == 1)
                assert entries[done.first_seq - 1].event.text == f"{number}.{0 if turn == 1 else turn}"
    for played in rooms:
        assert log.verify(Room.objects.get(pk=played.room.pk)) is None
        assert folds.at_head(played.room.pk).seq == Event.objects.filter(room=played.room).count()
    assert sum(len(said(played)) for played in rooms) == 45 * 2


def test_whoever_is_answered_finds_it_committed_and_in_the_order_asked(writer: Writer) -> None:
    played = live_played()

    async def all_at_once() -> list[Done]:
        return await asyncio.gather(*(writer.act(saying(played, "JPN-MFA", f"{n}")) for n in range(30)))

    answers = asyncio.run(all_at_once())
    assert [one.first_seq for one in answers] == sorted(one.first_seq for one in answers)
    assert said(played) == [f"{n}" for n in range(30)]
    kept = folds.kept(played.room.pk)
    assert kept is not None
    assert kept.seq == answers[-1].last_seq, "announced, too"


def test_what_comes_while_one_transaction_is_under_way_goes_into_the_next_together() -> None:
    played = live_played()
    sizes: list[int] = []
    begun, gate = threading.Event(), threading.Event()

    def slowly(asked: Sequence[Asked]) -> list[Done | Exception]:
        sizes.append(len(asked))
        begun.set()
        gate.wait()
        return act_together(asked)

    slow = Writer(slowly)

    async def meanwhile() -> None:
        asked = [asyncio.ensure_future(slow.act(saying(played, "JPN-MFA", "0")))]
        await asyncio.to_thread(begun.wait)
        asked += [asyncio.ensure_future(slow.act(saying(played, "JPN-MFA", f"{n}"))) for n in range(1, 100)]
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(*asked)

    asyncio.run(meanwhile())
    slow.finish()
    assert sizes == [1, MOST_TOGETHER, 99 - MOST_TOGETHER]
    assert said(played) == [f"{n}" for n in range(100)]


def test_a_refusal_reaches_only_whom_it_is_for(writer: Writer) -> None:
    played = live_played()

    async def mixed() -> list[Done | BaseException]:
        wanted = [saying(played, "JPN-MFA", text) for text in ("One", "", "Two")]
        return await asyncio.gather(*map(writer.act, wanted), return_exceptions=True)

    one, none, two = asyncio.run(mixed())
    assert isinstance(none, Refused)
    assert isinstance(one, Done)
    assert isinstance(two, Done)
    assert said(played) == ["One", "Two"]


def test_who_goes_away_before_the_answer_leaves_the_others_theirs(writer: Writer) -> None:
    played = live_played()

    async def one_leaves() -> Done:
        leaving = asyncio.ensure_future(writer.act(saying(played, "JPN-MFA", "Leaving")))
        staying = asyncio.ensure_future(writer.act(saying(played, "JPN-MFA", "Staying")))
        await asyncio.sleep(0)
        leaving.cancel()
        return await staying

    assert asyncio.run(one_leaves()).entries
    assert said(played) == ["Leaving", "Staying"], "what was asked is carried out all the same"


def test_within_a_transaction_of_the_callers_it_is_part_of_it(writer: Writer) -> None:
    played = live_played()
    with transaction.atomic():
        writer.act_and_wait(saying(played, "JPN-MFA", "Taken back"))
        transaction.set_rollback(True)
    assert said(played) == []


def test_what_waits_is_written_before_the_end_and_a_new_beginning_is_made_by_itself(writer: Writer) -> None:
    played = live_played()

    async def ends_meanwhile() -> Done:
        asked = asyncio.ensure_future(writer.act(saying(played, "JPN-MFA", "Before")))
        await asyncio.sleep(0)
        await asyncio.to_thread(writer.finish)
        return await asked

    assert asyncio.run(ends_meanwhile()).entries
    assert not [one for one in threading.enumerate() if one.name == "writer"]
    writer.act_and_wait(Asked(played.room.pk, played.pid("JPN-MFA"), AskForFloor(), generation=0))
    assert said(played) == ["Before"]
