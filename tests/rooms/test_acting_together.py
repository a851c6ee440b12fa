"""Commands carried out together: the same events and the same answers as one after the other, or nothing at all."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from rooms import log
from rooms.actions import Asked, Done, act_together
from rooms.domain.fold import COMMANDS, INTERNAL, Tick, fold
from rooms.domain.record import CLOCK
from rooms.domain.refused import Refused
from rooms.domain.speakers import AskForFloor, WithdrawRequest
from rooms.models import Agreement, Answered, BallotBox, DeclaredPosition, Event, Participant, Room
from rooms.process import folds
from tests.rooms.kit import Played, live_played


@pytest.fixture(autouse=True)
def _committed_at_once() -> None:
    """Here nothing counts as committed that is not: these tests take back themselves what was written."""


# Who, which command, with what; {person} stands for Japan's delegate. Some of them are refused, some depend on others.
MENU: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("JPN-MFA", "ask_for_floor", {}),
    ("PRC-MFA", "ask_for_floor", {}),
    ("JPN-MFA", "withdraw_request", {}),
    ("moderator", "next_speaker", {}),
    ("JPN-MFA", "next_speaker", {}),
    ("moderator", "chair_statement", {"text": "Order, please."}),
    ("JPN-MOD", "say_in_delegation", {"text": "Between us."}),
    ("JPN-MOD", "say_in_delegation", {"text": ""}),
    ("PRC-MFA", "declare_position", {"issue": "scope", "preferred": "a", "public": True}),
    ("PRC-MFA", "declare_position", {"issue": "none", "preferred": "a"}),
    ("moderator", "reinvite_person", {"person": "{person}"}),
    ("JPN-MFA", "cast_ballot", {"call": "c1", "vote": "yes"}),
    ("PRC-MFA", "cast_ballot", {"call": "c1", "vote": "no"}),
    ("ROK-MFA", "cast_ballot", {"call": "c1", "vote": "yes"}),
    ("stranger", "ask_for_floor", {}),
    (CLOCK, "", {}),
)
asked_for = st.tuples(
    st.sampled_from(MENU),
    st.sampled_from((0, 1)),  # which of two rooms
    st.sampled_from(("", "r1", "r2", "r3")),  # so that some are repeats
    st.integers(-60_000, 600_000),  # the clock may jump
)


def voting() -> Played:
    """A session that votes in secret on a text."""
    played = live_played()
    played.do("moderator", "open_document", title="Draft")
    played.do("JPN-MFA", "propose_paragraph", text="Calm seas.")
    rule = {"threshold": "simple", "base": "voting", "quorum": 2, "method": "secret"}
    played.do("moderator", "call_vote", minutes=5, **rule)
    return played


def asked(rooms: tuple[Played, ...], one: Any) -> Asked:
    (who, name, fields), number, request_id, later = one
    played = rooms[number]
    at = folds.at_head(rooms[0].room.pk).state.at + later
    if not name:
        return Asked(played.room.pk, CLOCK, Tick(), at=at)
    filled = {key: played.pid("JPN-MFA") if value == "{person}" else value for key, value in fields.items()}
    command = {**COMMANDS, **INTERNAL}[name][0](**filled)
    pid = played.pid(who) if who in played.people else who
    return Asked(played.room.pk, pid, command, request_id, at, 0)


def left_behind(played: Played) -> list[dict[str, Any]]:
    """The room as it is stored: its record to the hash, the answers, and the rows beside them."""
    room = Room.objects.get(pk=played.room.pk)
    assert log.verify(room) is None
    entries = log.read(room.pk)
    assert fold(entries) == folds.at_head(room.pk).state
    assert [one.at for one in entries] == sorted(one.at for one in entries)
    kept = [*Room.objects.filter(pk=room.pk).values()]
    for model in (Event, Answered, DeclaredPosition, Agreement, BallotBox, Participant):
        kept += model._default_manager.filter(room=room).order_by("pk").values()
    return [{name: value for name, value in row.items() if name != "id"} for row in kept]


def answer(outcome: Done | Exception) -> Any:
    """What one was told."""
    if isinstance(outcome, Done):
        return outcome.first_seq, outcome.last_seq, outcome.repeated
    assert isinstance(outcome, Refused), outcome
    return outcome.code, outcome.message


def tried(rooms: tuple[Played, ...], carried_out: Callable[[], list[Done | Exception]]) -> Any:
    """What all are told and what is left behind, if this were done. It is taken back."""
    with transaction.atomic():
        told = [answer(one) for one in carried_out()]
        stored = [left_behind(one) for one in rooms]
        transaction.set_rollback(True)
    return told, stored


@pytest.mark.django_db
def test_together_is_as_one_after_the_other() -> None:
    rooms = (voting(), live_played())

    @given(drawn=st.lists(asked_for, min_size=2, max_size=12))
    def check(drawn: list[Any]) -> None:
        wanted = [asked(rooms, one) for one in drawn]
        singly = tried(rooms, lambda: [act_together([one])[0] for one in wanted])
        assert tried(rooms, lambda: act_together(wanted)) == singly

    check()


# What it costs


# begin; heads, first answers; events, new heads, answers; commit. Over a line what stands together goes together.
STATEMENTS = 4 if connection.vendor == "postgresql" else 7


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("many", [1, 2, 4])
def test_any_number_of_commands_in_any_number_of_rooms_costs_the_same_statements(
    many: int,
    django_assert_num_queries: Any,
) -> None:
    rooms = [live_played() for _ in range(2 if many > 1 else 1)]
    seats = ("JPN-MFA", "PRC-MFA", "ROK-MFA", "JPN-MOD")[:many]
    wanted = [Asked(one.room.pk, one.pid(seat), AskForFloor(), "r", None, 0) for seat in seats for one in rooms]
    with django_assert_num_queries(STATEMENTS):
        outcomes = act_together(wanted)
    assert all(isinstance(one, Done) and one.entries for one in outcomes)


# What goes wrong


def asking(played: Played, *seats: str) -> list[Asked]:
    return [Asked(played.room.pk, played.pid(seat), AskForFloor(), f"of {seat}", None, 0) for seat in seats]


@contextmanager
def failing_at(number: int, error: Exception) -> Iterator[list[str]]:
    """Let the database fail once, at this statement; yields what was asked of it."""
    asked: list[str] = []

    def ask(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        if len(asked) == number:
            raise error
        return execute(sql, params, many, context)

    with connection.execute_wrapper(ask):
        yield asked


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(1, STATEMENTS - 1))
def test_a_database_that_fails_at_any_statement_leaves_nothing_and_all_are_told(number: int) -> None:
    played = live_played()
    before = log.read(played.room.pk)
    with failing_at(number, OperationalError("gone")) as statements:
        outcomes = act_together(asking(played, "JPN-MFA", "PRC-MFA"))
    assert len(statements) == number
    assert [answer(one)[0] for one in outcomes] == ["unavailable"] * 2
    assert log.read(played.room.pk) == before
    assert folds.at_head(played.room.pk).seq == len(before)
    assert not Answered.objects.filter(request_id__startswith="of ").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(1, STATEMENTS - 1))
def test_a_race_that_is_lost_is_run_again_for_each_alone(number: int) -> None:
    played = live_played()
    with failing_at(number, IntegrityError("somebody else wrote this seq")):
        outcomes = act_together(asking(played, "JPN-MFA", "PRC-MFA"))
    assert all(isinstance(one, Done) and not one.repeated for one in outcomes)
    assert Event.objects.filter(name="floor.requested").count() == 2
    assert log.verify(Room.objects.get(pk=played.room.pk)) is None


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_fails_leaves_nothing_and_nothing_is_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    played = live_played()
    known = folds.at_head(played.room.pk)

    def fails() -> None:
        raise OperationalError("disk full")

    with monkeypatch.context() as full:
        full.setattr(connection, "_commit", fails)
        outcomes = act_together(asking(played, "JPN-MFA", "PRC-MFA"))
    # Where a database is asked over a line, the answer to a COMMIT may be lost after it was carried out.
    assert [answer(one)[0] for one in outcomes] == ["unavailable" if connection.vendor == "sqlite" else "unsure"] * 2
    assert folds.kept(played.room.pk) == known
    assert len(log.read(played.room.pk)) == known.seq
    again = act_together(asking(played, "JPN-MFA", "PRC-MFA"))
    assert [answer(one) for one in again] == [(known.seq + n, known.seq + n, False) for n in (1, 2)]


@pytest.mark.django_db(transaction=True)
def test_one_that_cannot_be_carried_out_does_not_touch_the_others() -> None:
    played, other = live_played(), live_played()
    first, second = asking(played, "JPN-MFA", "PRC-MFA")
    nowhere = Asked(2**31 - 1, "p-1", AskForFloor())
    unheard = replace(first, command=AskForFloor(kind=["statement"]), request_id="odd")  # type: ignore[arg-type]  # as only a bug sends it
    outcomes = act_together([first, nowhere, unheard, second, *asking(other, "JPN-MFA")])
    assert isinstance(outcomes[1], Room.DoesNotExist)
    assert isinstance(outcomes[2], Exception)
    assert all(isinstance(outcomes[n], Done) for n in (0, 3, 4)), outcomes
    assert Event.objects.filter(name="floor.requested").count() == 3


@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_nothing_is_known_until_that_is_committed() -> None:
    played = live_played()
    known = folds.at_head(played.room.pk)
    with transaction.atomic():
        act_together(asking(played, "JPN-MFA", "PRC-MFA"))
        assert folds.kept(played.room.pk) == known
    kept = folds.kept(played.room.pk)
    assert kept is not None
    assert kept.seq == known.seq + 2


@pytest.mark.django_db(transaction=True)
def test_writers_side_by_side_in_the_same_rooms_wait_for_each_other_and_lose_nothing() -> None:
    """Several processes write on PostgreSQL; each thread here has a connection of its own, as they have."""
    rooms = [live_played() for _ in range(3)]
    together = threading.Barrier(3)

    def write(seat: str, order: tuple[int, ...]) -> list[Done | Exception]:
        together.wait()
        outcomes: list[Done | Exception] = []
        for turn, command in enumerate((AskForFloor(), WithdrawRequest(), AskForFloor())):
            there = [rooms[number] for number in order]
            wanted = [Asked(one.room.pk, one.pid(seat), command, f"{turn}", None, 0) for one in there]
            outcomes += act_together(wanted)
        connections.close_all()
        return outcomes

    orders = {"JPN-MFA": (0, 1, 2), "PRC-MFA": (2, 1, 0), "ROK-MFA": (1, 2, 0)}
    with ThreadPoolExecutor(3) as pool:
        written = [one for outcomes in pool.map(write, orders, orders.values()) for one in outcomes]
    assert all(isinstance(one, Done) and one.entries and not one.repeated for one in written), written
    for played in rooms:
        assert log.verify(Room.objects.get(pk=played.room.pk)) is None
        assert Event.objects.filter(room=played.room, name="floor.requested").count() == 6
