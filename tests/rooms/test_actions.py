"""The one door: commits, refuses, repeats, races."""

import threading

import pytest
from django.db import OperationalError, connection, connections

from rooms import log
from rooms.actions import act
from rooms.domain.floor import NextSpeaker
from rooms.domain.fold import Tick, fold
from rooms.domain.record import CLOCK
from rooms.domain.refused import Refused
from rooms.domain.sight import OBSERVERS, THE_MODERATORS
from rooms.domain.speakers import AskForFloor
from rooms.folds import Folds, Picture
from rooms.models import Agreement, Answered, DeclaredPosition, Event, Room
from rooms.process import folds
from tests.rooms.kit import live_played, open_played

pytestmark = pytest.mark.django_db


def test_a_command_writes_its_events_and_moves_the_head() -> None:
    played = live_played()
    done = played.do("JPN-MFA", "ask_for_floor")
    room = Room.objects.get(pk=played.room.pk)
    assert done.first_seq == done.last_seq == room.head
    assert [entry.seq for entry in log.read(room.pk)] == list(range(1, room.head + 1))
    assert log.verify(room) is None


def test_a_refused_command_changes_nothing_and_the_chair_learns_of_it() -> None:
    played = live_played()
    before = folds.at_head(played.room.pk, [OBSERVERS]).view(OBSERVERS)
    for _ in range(3):  # whoever presses again and again fills nobody's record
        with pytest.raises(Refused, match="Only the moderator"):
            played.do("JPN-MFA", "next_speaker")
    picture = folds.at_head(played.room.pk, [OBSERVERS, THE_MODERATORS])
    assert picture.view(OBSERVERS) == before
    (noted,) = picture.view(THE_MODERATORS).notes.refusals
    assert (noted.person, noted.command, noted.code) == (played.pid("JPN-MFA"), "next_speaker", "not_moderator")
    assert noted.message.startswith("Only the moderator can do this.")
    assert log.read(played.room.pk)[-1].actor == CLOCK


def test_what_is_refused_in_confidence_or_to_the_chair_is_told_to_nobody() -> None:
    played = live_played()
    before = Event.objects.count()
    for who, command, fields in (
        ("JPN-MFA", "say_in_delegation", {"text": ""}),
        ("JPN-MFA", "note_to_chair", {"text": ""}),
        ("JPN-MFA", "say_in_caucus", {"caucus": "k1", "text": "Psst."}),
        ("JPN-MFA", "declare_position", {"issue": "none", "preferred": "a"}),
        ("moderator", "end_speech", {"speech": "r1"}),
    ):
        with pytest.raises(Refused):
            played.do(who, command, **fields)
    assert Event.objects.count() == before


def test_a_repeated_request_gets_the_first_answer() -> None:
    played = live_played()
    first = played.do("JPN-MFA", "ask_for_floor", request_id="one")
    again = played.do("JPN-MFA", "ask_for_floor", request_id="one")
    assert (again.first_seq, again.last_seq, again.repeated) == (first.first_seq, first.last_seq, True)
    assert Event.objects.filter(name="floor.requested").count() == 1


def test_a_repeated_request_gets_the_first_refusal_even_if_it_would_now_be_carried_out() -> None:
    played = open_played()
    with pytest.raises(Refused) as first:
        played.do("JPN-MFA", "ask_for_floor", request_id="early")
    played.do("moderator", "start_session")
    with pytest.raises(Refused) as again:
        played.do("JPN-MFA", "ask_for_floor", request_id="early")
    assert (again.value.code, again.value.message) == (first.value.code, first.value.message)
    assert Answered.objects.filter(request_id="early").count() == 1


def test_two_people_may_use_the_same_request_id() -> None:
    played = live_played()
    played.do("JPN-MFA", "ask_for_floor", request_id="one")
    assert played.do("PRC-MFA", "ask_for_floor", request_id="one").repeated is False


def test_time_never_goes_backwards_in_a_room() -> None:
    played = live_played()
    late = log.read(played.room.pk)[-1].at + 60_000
    played.do("JPN-MFA", "ask_for_floor", at=late)
    played.do("PRC-MFA", "ask_for_floor", at=late - 30_000)
    assert [entry.at for entry in log.read(played.room.pk)][-2:] == [late, late]


def test_the_nearest_deadline_is_a_column_and_the_clock_acts_by_the_same_door() -> None:
    played = live_played()
    played.do("JPN-MFA", "ask_for_floor")
    played.do("moderator", "next_speaker")
    deadline = Room.objects.get(pk=played.room.pk).next_deadline
    assert deadline is not None
    act(played.room.pk, CLOCK, Tick(), at=deadline - 1)
    assert not Event.objects.filter(name="floor.speech_time_up").exists()
    act(played.room.pk, CLOCK, Tick(), at=deadline)
    act(played.room.pk, CLOCK, Tick(), at=deadline)
    assert Event.objects.filter(name="floor.speech_time_up").count() == 1
    assert Room.objects.get(pk=played.room.pk).next_deadline is None


def test_rows_beside_the_record_are_written_with_it_and_can_be_made_anew() -> None:
    played = live_played()
    played.do("JPN-MFA", "declare_position", issue="scope", preferred="b", public=True)
    played.do("PRC-MFA", "declare_position", issue="scope", preferred="a", public=False)
    played.do("moderator", "open_document", title="Joint text")
    played.do("JPN-MFA", "propose_paragraph", text="We agree to meet again.")
    played.do("moderator", "call_consensus")
    played.do("moderator", "close_call", call="c1")
    positions = list(DeclaredPosition.objects.values("seq", "delegation", "preferred"))
    agreements = list(Agreement.objects.values("seq", "title", "paragraphs", "electorate"))
    assert [row["delegation"] for row in positions] == ["JPN"], "a private position is in no shared row"
    assert agreements[0]["paragraphs"] == [{"id": "p1", "text": "We agree to meet again."}]
    log.rebuild_read_models(played.room)
    assert list(DeclaredPosition.objects.values("seq", "delegation", "preferred")) == positions
    assert list(Agreement.objects.values("seq", "title", "paragraphs", "electorate")) == agreements


@pytest.mark.django_db(transaction=True)
def test_a_command_costs_a_known_number_of_queries(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    played = live_played()
    # begin; head, first answer; event, new head, answer; commit. Over a line what stands together goes together.
    with django_assert_num_queries(4 if connection.vendor == "postgresql" else 7):
        played.do("JPN-MFA", "ask_for_floor", request_id="counted")


def test_a_fold_of_the_record_equals_what_the_process_remembers() -> None:
    played = live_played()
    played.do("JPN-MFA", "ask_for_floor")
    played.do("moderator", "next_speaker")
    remembered = Folds().at_head(played.room.pk).state
    assert fold(log.read(played.room.pk)) == remembered


def test_a_database_that_is_away_is_said_so_and_nothing_is_half_done() -> None:
    played = live_played()
    head = Room.objects.get(pk=played.room.pk).head

    def away(*_: object) -> None:
        raise OperationalError("away")

    with connection.execute_wrapper(away), pytest.raises(Refused) as refused:
        played.do("JPN-MFA", "ask_for_floor")
    assert refused.value.code == "unavailable"
    assert Room.objects.get(pk=played.room.pk).head == head


@pytest.mark.django_db(transaction=True)
def test_two_moderators_press_next_at_once_and_one_is_told_what_changed() -> None:
    played = live_played()
    played.join("second", "moderator")
    played.do("JPN-MFA", "ask_for_floor")
    played.do("PRC-MFA", "ask_for_floor")
    answers: list[str] = []
    together = threading.Barrier(2)

    def press(who: str) -> None:
        together.wait()
        try:
            act(played.room.pk, played.pid(who), NextSpeaker(seen=""))
            answers.append("done")
        except Refused as refused:
            answers.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=(who,)) for who in ("moderator", "second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["changed_meanwhile", "done"]
    assert Event.objects.filter(name="floor.given").count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_all_written_and_the_chain_holds() -> None:
    played = live_played()
    seats = ["JPN-MFA", "JPN-MOD", "PRC-MFA", "ROK-MFA"]
    together = threading.Barrier(len(seats))

    def ask(who: str) -> None:
        together.wait()
        act(played.room.pk, played.pid(who), AskForFloor())
        connections.close_all()

    threads = [threading.Thread(target=ask, args=(who,)) for who in seats]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    room = Room.objects.get(pk=played.room.pk)
    assert Event.objects.filter(name="floor.requested").count() == len(seats)
    assert log.verify(room) is None


@pytest.mark.django_db(transaction=True)
def test_the_same_request_twice_at_once_is_carried_out_once() -> None:
    played = live_played()
    together = threading.Barrier(2)

    def ask() -> None:
        together.wait()
        act(played.room.pk, played.pid("JPN-MFA"), AskForFloor(), request_id="same")
        connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Event.objects.filter(name="floor.requested").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_picture_shows_whom_it_was_asked_for_though_another_thread_kept_a_newer_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    played = live_played()
    mine = Folds()
    keep = mine.keep

    def overtaken(room_id: int, picture: Picture) -> Picture:
        monkeypatch.setattr(mine, "keep", keep)
        played.do("JPN-MFA", "ask_for_floor")
        mine.at_head(room_id)  # as a thread does that only decides
        return keep(room_id, picture)

    monkeypatch.setattr(mine, "keep", overtaken)
    picture = mine.at_head(played.room.pk, [OBSERVERS])
    assert picture.shows([OBSERVERS])
    assert picture.view(OBSERVERS).floor.queue
