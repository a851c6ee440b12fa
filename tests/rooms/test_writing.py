"""The thread that writes for a process: everybody gets their own answer, after the commit, however many ask at once."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import pytest
from django.db import OperationalError, connection, connections, transaction

from rooms import clock, log
from rooms.actions import MOST_TOGETHER, Asked, Done, Held, StillHeld, act_together
from rooms.domain.channels import SayInDelegation
from rooms.domain.refused import Refused
from rooms.domain.speakers import AskForFloor
from rooms.models import Event, Room
from rooms.process import folds
from rooms.writing import SIDE_LINES, Writer
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


def until(reached: Callable[[], bool], within: float = 30.0) -> None:
    """Wait for what other threads bring about."""
    give_up = time.monotonic() + within
    while not reached():
        assert time.monotonic() < give_up, "it never came to that"
        time.sleep(0.01)


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


# A room that somebody else holds


@contextmanager
def held(played: Played) -> Iterator[None]:
    """Meanwhile another process writes in a room and does not come to an end. Where only one can write at a time
    (SQLite), nobody holds a room."""
    begun, gate = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Room.objects.select_for_update(no_key=True).get(pk=played.room.pk)
            begun.set()
            gate.wait()
        connections.close_all()

    with ThreadPoolExecutor(1) as another:
        if log.writes_side_by_side():
            another.submit(hold)
            assert begun.wait(30)
        try:
            yield
        finally:
            gate.set()


def test_a_room_that_is_held_is_left_out_and_all_others_are_written_in() -> None:
    stuck, free = live_played(), live_played()
    wanted = [saying(stuck, "JPN-MFA", "One"), saying(free, "JPN-MFA", "Two"), saying(stuck, "PRC-MFA", "Three")]
    with held(stuck):
        outcomes = act_together(wanted, wait=False)
        alone = act_together([saying(stuck, "JPN-MFA", "Four")], wait=False)
    there = Held if log.writes_side_by_side() else Done
    assert [type(one) for one in (*outcomes, *alone)] == [there, Done, there, there]
    assert said(free) == ["Two"]
    assert len(said(stuck)) == (0 if there is Held else 3)


def test_a_room_that_is_held_keeps_nobody_waiting_elsewhere_and_its_own_get_their_turn(writer: Writer) -> None:
    stuck, free = live_played(), live_played()
    with ThreadPoolExecutor(6) as pool:
        with held(stuck):
            waiting = []
            for number in range(6):
                waiting.append(pool.submit(writer.act_and_wait, saying(stuck, "JPN-MFA", f"{number}", f"r{number}")))
                assert writer.act_and_wait(saying(free, "JPN-MFA", f"{number}")).entries
            assert not (log.writes_side_by_side() and any(one.done() for one in waiting))
        assert all(one.result().entries for one in waiting)
    assert said(free) == [f"{number}" for number in range(6)]
    assert sorted(said(stuck)) == [f"{number}" for number in range(6)]


def test_where_nothing_waits_any_more_a_room_is_written_in_with_all_others_again() -> None:
    played = live_played()
    told = iter([Held(), None])
    lines: list[str] = []

    def first(asked: Sequence[Asked]) -> list[Done | Exception]:
        lines.append("all")
        outcome = next(told)
        return [outcome] if outcome else act_together(asked)

    def second(asked: Sequence[Asked]) -> list[Done | Exception]:
        lines.append("side")
        return act_together(asked)

    writer = Writer(first, second)
    for text in ("One", "Two"):
        assert writer.act_and_wait(saying(played, "JPN-MFA", text)).entries
    writer.finish()
    assert lines == ["all", "side", "all"]
    assert said(played) == ["One", "Two"]


def test_the_clock_waits_in_line_for_a_room_that_is_never_free_when_it_looks(writer: Writer) -> None:
    played = live_played()
    played.do("JPN-MFA", "ask_for_floor")
    played.do("moderator", "next_speaker")
    due = Room.objects.get(pk=played.room.pk).next_deadline
    assert due is not None

    def rung() -> bool:
        return Event.objects.filter(room=played.room, name="floor.speech_time_up").exists()

    with held(played):
        for _ in range(3):
            clock.beat([], due)  # and no beat waits
        assert rung() is not log.writes_side_by_side()
    until = time.monotonic() + 30
    while not rung() and time.monotonic() < until:
        time.sleep(0.01)  # without another beat
    assert rung()


def test_nobody_overtakes_in_a_room_that_was_held(writer: Writer) -> None:
    """Some are found held, some came meanwhile and wait still, some come when others are aside already."""
    stuck = live_played()

    async def all_of_them() -> None:
        asked = []
        with held(stuck):
            for number in range(40):
                asked.append(asyncio.ensure_future(writer.act(saying(stuck, "JPN-MFA", f"{number}"))))
                await asyncio.sleep(0.002)
        for number in range(40, 60):
            asked.append(asyncio.ensure_future(writer.act(saying(stuck, "JPN-MFA", f"{number}"))))
            await asyncio.sleep(0.001)
        await asyncio.gather(*asked)

    asyncio.run(all_of_them())
    assert said(stuck) == [f"{number}" for number in range(60)]


def test_of_what_came_together_nothing_overtakes_what_was_found_held() -> None:
    played = live_played()
    answers = iter([Held(), None])
    order: list[str] = []

    def first(asked: Sequence[Asked]) -> list[Done | Exception]:
        outcome = next(answers, None)
        order.extend(f"all {one.request_id}" for one in asked)
        return [outcome for _ in asked] if outcome else act_together(asked)

    begun, gate = threading.Event(), threading.Event()

    def aside(asked: Sequence[Asked]) -> list[Done | Exception]:
        begun.set()
        gate.wait()
        order.extend(f"aside {one.request_id}" for one in asked)
        return act_together(asked)

    writer = Writer(first, aside)

    async def one_after_the_other() -> None:
        asked = [asyncio.ensure_future(writer.act(saying(played, "JPN-MFA", "1", "1")))]
        await asyncio.to_thread(until, begun.is_set)
        asked += [asyncio.ensure_future(writer.act(saying(played, "JPN-MFA", n, n))) for n in ("2", "3")]
        await asyncio.to_thread(until, lambda: writer.depth == 2)
        gate.set()
        await asyncio.gather(*asked)

    asyncio.run(one_after_the_other())
    writer.finish()
    assert order == ["all 1", "aside 1", "aside 2", "aside 3"]
    assert said(played) == ["1", "2", "3"]


def test_rooms_that_are_held_do_not_wait_for_each_other_and_no_room_is_held_meanwhile() -> None:
    """Whatever their numbers are; and where more are held than there are lines, one room at a time is asked for."""
    asked_for: list[set[int]] = []
    gates = {number: threading.Event() for number in range(4, 32, 4)}
    has_a_line, behind_them = list(gates)[:SIDE_LINES], list(gates)[SIDE_LINES:]
    assert behind_them

    def aside(asked: Sequence[Asked]) -> list[Done | Exception]:
        asked_for.append({one.room_id for one in asked})
        gates[asked[0].room_id].wait()
        return [Done(1, 1) for _ in asked]

    writer = Writer(lambda asked: [Held() for _ in asked], aside)
    with ThreadPoolExecutor(2 * len(gates)) as pool, ExitStack() as opening:
        for gate in gates.values():
            opening.callback(gate.set)  # whatever happens, or nobody ever came to an end
        waiting = {
            number: [pool.submit(writer.act_and_wait, Asked(number, "", AskForFloor())) for _ in range(2)]
            for number in has_a_line
        }
        until(lambda: {room for rooms in asked_for for room in rooms} == {*has_a_line})
        behind = [pool.submit(writer.act_and_wait, Asked(number, "", AskForFloor())) for number in behind_them]
        gates[8].set()
        assert [one.result(30) for one in waiting[8]], "the room beside it is held still"
    assert all(one.result() for one in behind)
    writer.finish()
    assert {len(rooms) for rooms in asked_for} == {1}


def test_where_no_thread_can_be_had_everybody_is_told_and_the_next_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    played = live_played()
    writer = Writer(lambda asked: [Held() for _ in asked] if asked[0].request_id == "held" else act_together(asked))
    assert writer.act_and_wait(saying(played, "JPN-MFA", "One")).entries  # the writer's own thread is there

    def none_left(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(threading.Thread, "start", none_left)
        with pytest.raises(RuntimeError):
            writer.act_and_wait(saying(played, "JPN-MFA", "Two", "held"))
        with pytest.raises(RuntimeError):
            Writer().act_and_wait(saying(played, "JPN-MFA", "Three"))
    assert writer.act_and_wait(saying(played, "JPN-MFA", "Four")).entries
    assert writer.act_and_wait(saying(played, "JPN-MFA", "Five", "held")).entries
    writer.finish()
    assert said(played) == ["One", "Four", "Five"]


# What may have been kept


def told(outcomes: Sequence[Done | Exception]) -> list[str]:
    return [one.code if isinstance(one, Refused) else type(one).__name__ for one in outcomes]


def test_what_may_have_been_kept_is_asked_again_without_waiting_for_who_holds_its_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The line breaks at COMMIT, and who had it at the other end holds the room still. A file always says it."""
    stuck, free = live_played(), live_played()
    wanted = [saying(stuck, "JPN-MFA", "One", "1"), saying(free, "JPN-MFA", "Two", "2")]
    wanted += [saying(stuck, "PRC-MFA", "Three", "3"), saying(stuck, "PRC-MFA", "Four")]
    for asked in (wanted, wanted[:1]):
        with ExitStack() as holding, monkeypatch.context() as broken:

            def breaks(broken: pytest.MonkeyPatch = broken, holding: ExitStack = holding) -> None:
                broken.undo()
                assert connection.connection is not None
                connection.connection.rollback()
                holding.enter_context(held(stuck))
                raise OperationalError("gone")

            broken.setattr(connection, "_commit", breaks)
            outcomes = told(act_together(asked, wait=False))
        if log.writes_side_by_side():
            assert outcomes == ["StillHeld", "Done", "StillHeld", "unsure"][: len(asked)]
        else:
            assert outcomes == ["unavailable"] * len(asked)
    assert said(stuck) == []


def test_what_may_have_been_kept_waits_aside_for_its_first_answer() -> None:
    played = live_played()
    first_time, again = saying(played, "JPN-MFA", "One", "1"), saying(played, "JPN-MFA", "Two", "2")
    act_together([first_time])
    aside: list[Asked] = []

    def carried_out(asked: Sequence[Asked]) -> list[Done | Exception]:
        aside.extend(asked)
        return act_together(asked)

    writer = Writer(lambda asked: [StillHeld() for _ in asked], carried_out)
    assert writer.act_and_wait(first_time).repeated
    assert not writer.act_and_wait(again).repeated
    writer.finish()
    assert aside == [replace(one, in_doubt=True) for one in (first_time, again)]
    assert said(played) == ["One", "Two"]


def test_of_what_may_have_been_kept_nobody_is_told_that_nothing_was_changed() -> None:
    played = live_played()
    wanted = [replace(saying(played, "JPN-MFA", "One", "1"), in_doubt=True), saying(played, "JPN-MFA", "Two", "2")]
    with held(played):
        with connection.cursor() as cursor:
            if log.writes_side_by_side():
                cursor.execute("SET lock_timeout = '50ms'")
        outcomes = [*act_together(wanted), *act_together(wanted[:1])]
    connection.close()
    if log.writes_side_by_side():
        assert told(outcomes) == ["unsure", "unavailable", "unsure"]
    else:
        assert told(outcomes) == ["Done", "Done", "Done"]


# The end of a process


def blocked(begun: threading.Event, gate: threading.Event) -> Callable[[Sequence[Asked]], list[Done | Exception]]:
    """Carries out nothing before the gate is open."""

    def carry_out(asked: Sequence[Asked]) -> list[Done | Exception]:
        begun.set()
        gate.wait()
        return [Done(1, 1) for _ in asked]

    return carry_out


def test_who_waits_longer_than_an_end_may_take_is_told_so_and_nobody_waits_on() -> None:
    begun, gate = threading.Event(), threading.Event()
    writer = Writer(lambda asked: [Held() for _ in asked], blocked(begun, gate))

    def ask() -> str:
        try:
            writer.act_and_wait(Asked(4, "", AskForFloor()))
        except Refused as refused:
            return refused.code
        return "done"

    with ThreadPoolExecutor(2) as pool:
        try:
            waiting = [pool.submit(ask)]
            until(begun.is_set)
            waiting.append(pool.submit(ask))
            until(lambda: writer.depth > 0)
            writer.finish(within=0.2)
            assert [one.result(30) for one in waiting] == ["unsure", "renewed"], "under way, and not begun"
            assert ask() == "renewed", "nobody waits behind a thread that may never come back"
        finally:
            gate.set()


def test_at_the_end_what_may_have_been_kept_is_not_said_to_be_undone() -> None:
    begun, gate = threading.Event(), threading.Event()
    writer = Writer(lambda asked: [StillHeld() for _ in asked], blocked(begun, gate))

    async def asked_together() -> list[str]:
        asked = [Asked(room, "", AskForFloor(), f"{room}") for room in range(5)]  # a line less than rooms
        answers = [asyncio.ensure_future(writer.act(one)) for one in asked]
        await asyncio.to_thread(begun.wait)
        while not writer.depth:
            await asyncio.sleep(0.01)
        await asyncio.to_thread(writer.finish, 0.2)
        outcomes = await asyncio.gather(*answers, return_exceptions=True)
        return told([one for one in outcomes if isinstance(one, Done | Exception)])

    try:
        assert asyncio.run(asked_together()) == ["unsure"] * 5
    finally:
        gate.set()
