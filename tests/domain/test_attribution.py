"""What others may read afterwards tells what was said, and nothing of who said it."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.domain import (
    agenda,
    decisions,
    floor,
    fold,
    heads,
    muting,
    offices,
    positions,
    presence,
    room,
    rotation,
    seats,
    sight,
    speakers,
    statements,
    suspensions,
)
from rooms.domain.attribution import RULES, afterwards, in_full_words, name_of
from rooms.domain.ground_rules import ATTRIBUTION_RULES
from rooms.domain.record import CLOCK, Entry
from tests.debrief.session import Session, plenary

SEATS = ("PRC-MFA", "JPN-MFA", "ROK-MFA")
UNNAMED = ("chatham_house", "not_for_attribution")

words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
speech = st.tuples(st.sampled_from(SEATS), words, st.integers(1, 50), st.sampled_from(floor.SPEECH_KINDS))
speeches = st.lists(speech, max_size=6)


def discussion(said: list[tuple[str, str, int, str]], attribution: str = "chatham_house", first: str = "i2") -> Session:
    """A session with one item in which these speeches are made, and an item on the record after it."""
    played = Session(attribution)
    played.sit(*SEATS)
    played.chair(room.StartSession())
    played.start(first)
    for seat, text, seconds, kind in said:
        played.act("rok-mfa", speakers.AskForFloor())
        played.chair(floor.CallOn(seat, kind))
        played.act(seat.lower(), statements.MakeStatement(text), seconds * 1000)
        for listed in played.state.floor.queue:
            played.chair(speakers.RemoveRequest(listed.id))
    played.until(600)
    played.files("JPN-MFA", "scope", "b")
    played.start("i5", 1000)
    played.act("prc-mfa", speakers.AskForFloor(), 1000)
    played.chair(floor.NextSpeaker(), 1000)
    played.act("prc-mfa", statements.MakeStatement("For the record."), 1000)
    played.close("Goodbye.", 1000)
    return played


def read(played: Session) -> list[Entry]:
    result = afterwards(played.seen_by(sight.OBSERVERS))
    fold.fold(result)
    assert [entry.seq for entry in result] == list(range(1, len(result) + 1))
    assert all(before.at <= after.at for before, after in pairwise(result))
    return result


def events(entries: list[Entry], kind: type) -> list[Any]:
    return [entry.event for entry in entries if isinstance(entry.event, kind)]


def test_every_rule_has_a_name_and_its_meaning_in_words() -> None:
    assert set(RULES) == set(ATTRIBUTION_RULES)
    assert in_full_words("chatham_house") == (
        "Chatham House: what is said may be used; who said it, and who else was here, may not."
    )
    assert name_of("off_the_record") == "Off the record"


@given(speeches, st.sampled_from(UNNAMED), st.data())
@settings(max_examples=60, deadline=None)
def test_swapping_two_speakers_changes_nothing(
    said: list[tuple[str, str, int, str]], rule: str, data: st.DataObject
) -> None:
    said = [("PRC-MFA", "One.", 5, "statement"), ("JPN-MFA", "Two, longer.", 40, "question"), *said]
    one, other = data.draw(st.lists(st.integers(0, len(said) - 1), min_size=2, max_size=2, unique=True))
    swapped = list(said)
    swapped[one] = (said[other][0], *said[one][1:])
    swapped[other] = (said[one][0], *said[other][1:])

    assert read(discussion(said, rule)) == read(discussion(swapped, rule))


@given(speeches, st.sampled_from(UNNAMED), st.data())
@settings(max_examples=60, deadline=None)
def test_neither_order_nor_length_nor_speaker_is_left_of_what_was_said(
    said: list[tuple[str, str, int, str]], rule: str, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(said))
    told_otherwise = [
        (data.draw(st.sampled_from(SEATS)), text, data.draw(st.integers(1, 50)), kind)
        for _seat, text, _seconds, kind in shuffled
    ]

    assert read(discussion(said, rule)) == read(discussion(told_otherwise, rule))


@given(speeches, speeches)
@settings(max_examples=40, deadline=None)
def test_what_was_said_off_the_record_leaves_no_trace(
    said: list[tuple[str, str, int, str]], instead: list[tuple[str, str, int, str]]
) -> None:
    assert read(discussion(said, first="i3")) == read(discussion(instead, first="i3"))


@given(speeches)
@settings(max_examples=40, deadline=None)
def test_on_the_record_stays_as_it_was(said: list[tuple[str, str, int, str]]) -> None:
    played = discussion(said, "on_the_record")
    seen = played.seen_by(sight.OBSERVERS)

    assert read(played) == [replace(entry, seq=n, request_id="") for n, entry in enumerate(seen, start=1)]


@given(speeches, st.sampled_from(ATTRIBUTION_RULES))
@settings(max_examples=40, deadline=None)
def test_reading_it_twice_changes_nothing_more(said: list[tuple[str, str, int, str]], rule: str) -> None:
    once = read(discussion(said, rule))

    assert afterwards(once) == once


def test_words_lose_their_speaker_and_come_at_the_end_of_their_item() -> None:
    result = read(plenary())
    said = [entry for entry in result if isinstance(entry.event, statements.StatementMade)]
    ended = next(entry for entry in result if entry.event == agenda.ItemEnded("i2"))

    unnamed = [entry for entry in said if entry.event.text in ("We want more.", "We want less.")]
    assert len(unnamed) == 2
    for entry in unnamed:
        made = entry.event
        assert (entry.actor, made.person, made.seat, made.delegation) == ("", "", "", "")
        assert entry.at == ended.at
    assert [entry.seq for entry in unnamed] == [ended.seq - 2, ended.seq - 1]
    assert [entry.event.statement for entry in said] == ["s1", "s2", "s3", "s4"]


def test_nothing_of_the_floor_is_left_where_a_rule_protects_speakers() -> None:
    result = read(plenary())

    protected = [entry for entry in result if entry.attribution != "on_the_record"]
    assert {type(e.event) for e in protected if isinstance(e.event, floor.FloorGiven | floor.SpeechEnded)} == set()
    assert len(events(result, floor.SpeechEnded)) == 1  # the one in the opening, on the record


def test_the_chair_keeps_name_and_moment_but_not_off_the_record() -> None:
    played = Session()
    played.sit("PRC-MFA")
    played.chair(room.StartSession())
    played.start("i2")
    played.chair(statements.ChairStatement("Welcome."), 1000)
    played.start("i3", 1000)
    played.chair(statements.ChairStatement("Between us."), 1000)
    played.close("", 1000)

    made = [entry for entry in read(played) if isinstance(entry.event, statements.StatementMade)]
    assert [(entry.actor, entry.event.text) for entry in made] == [("chair-1", "Welcome.")]
    assert made[0].at == played.entries[0].at + 1000


def test_the_words_of_a_withdrawn_statement_are_gone_whenever_it_was_withdrawn() -> None:
    played = discussion([("PRC-MFA", "Never mind.", 5, "statement")])
    unwise = Session()
    unwise.sit(*SEATS)
    unwise.chair(room.StartSession())
    unwise.start("i2")
    unwise.says("PRC-MFA", "Never mind.")
    unwise.start("i5", 1000)
    unwise.act("prc-mfa", statements.WithdrawStatement("s1"), 1000)
    unwise.close("", 1000)

    assert "Never mind." in repr(read(played))
    assert "Never mind." not in repr(read(unwise))
    assert events(read(unwise), statements.StatementWithdrawn) == []


def test_a_statement_on_the_record_withdrawn_under_another_rule_is_still_marked() -> None:
    played = Session()
    played.sit(*SEATS)
    played.chair(room.StartSession())
    played.start("i1")
    played.says("PRC-MFA", "We regret nothing.")
    played.start("i3", 1000)
    played.act("prc-mfa", statements.WithdrawStatement("s1"), 1000)
    played.close("", 1000)

    assert fold.fold(read(played)).floor.transcript[0].withdrawn


def test_what_was_said_outside_any_item_comes_at_the_end_of_the_session() -> None:
    played = Session()
    played.sit(*SEATS)
    played.chair(room.StartSession())
    played.says("PRC-MFA", "Before we begin.")
    played.start("i1", 1000)
    played.close("", 1000)

    assert [type(entry.event) for entry in read(played)][-2:] == [statements.StatementMade, room.SessionClosed]


def test_a_record_that_stops_half_way_can_be_read_too() -> None:
    played = plenary()
    for length in range(len(played.entries)):
        fold.fold(afterwards(played.entries[:length]))


def test_formal_acts_stay_and_are_signed_by_delegations_only() -> None:
    played = plenary()
    result = read(played)

    for kind in (decisions.AnswerGiven, decisions.ConsensusBlocked, decisions.ConsensusReached):
        assert events(result, kind) == events(played.entries, kind)
    people = {
        e.actor for e in result if e.attribution == "chatham_house" and not type(e.event).__module__.endswith("seats")
    }
    assert people <= {"", "chair-1", "clock"}
    assert fold.fold(result).positions.declared.keys() == played.state.positions.declared.keys()


def test_the_reason_for_leaving_the_table_is_something_said() -> None:
    for rule, told in (("chatham_house", ""), ("on_the_record", "Japan insulted us.")):
        played = Session(rule)
        played.sit(*SEATS)
        played.act("prc-mfa", seats.LeaveSeat("Japan insulted us."))

        assert [one.reason for one in events(read(played), seats.SeatLeft)] == [told]


def rounds(rule: str, *passed: str) -> Session:
    """A round of presenters in which two delegations speak and some are passed."""
    played = Session(rule)
    played.sit(*SEATS)
    played.chair(room.StartSession())
    played.chair(agenda.AddItem("Views", "national_perspective", 10, rule))
    played.start("added-1")
    for code in passed:
        played.chair(rotation.PassPresenter(code, "Absent"))
    played.chair(rotation.MovePresenter("USA"))
    for _ in range(2):
        played.chair(rotation.NextPresenter())
        assert played.state.floor.speech is not None
        played.act(played.state.floor.speech.person, statements.MakeStatement("Our view."), 1000)
    played.close()
    return played


@pytest.mark.parametrize("rule", UNNAMED)
def test_who_was_passed_in_a_round_tells_nothing_of_who_spoke(rule: str) -> None:
    one, other = rounds(rule, "PRC"), rounds(rule, "JPN")
    assert events(one.entries, rotation.PresenterPassed) != events(other.entries, rotation.PresenterPassed)
    assert read(one) == read(other)
    assert not {type(entry.event) for entry in read(one)} & {row[0] for row in rotation.EVENTS.values()}


def test_a_round_on_the_record_stays_as_it_was() -> None:
    played = rounds("on_the_record", "ROK")
    kept = [entry.event for entry in read(played) if type(entry.event) in {row[0] for row in rotation.EVENTS.values()}]
    assert [type(event) for event in kept] == [
        rotation.RotationAnnounced,
        rotation.PresenterPassed,
        rotation.PresenterMoved,
    ]
    assert kept[1:] == [
        rotation.PresenterPassed("added-1", "ROK", "Absent"),
        rotation.PresenterMoved("added-1", "USA", ""),
    ]


@pytest.mark.parametrize("how", [agenda.EndItem("i2"), agenda.SkipItem("i2", "We heard enough")])
def test_what_was_said_before_and_after_a_suspension_comes_at_the_end_of_the_item(how: Any) -> None:
    played = Session()
    played.sit(*SEATS)
    played.chair(room.StartSession())
    played.start("i2")
    played.says("PRC-MFA", "Before.")
    played.chair(suspensions.SuspendItem("i2", "Lunch"), 1000)
    played.start("i1", 1000)
    played.chair(suspensions.SuspendItem("i1"), 1000)
    played.start("i2", 1000)
    played.says("JPN-MFA", "After.")
    played.chair(suspensions.SuspendItem("i2"), 1000)
    played.chair(how, 1000)
    played.close("", 1000)

    result = read(played)
    last = next(n for n, one in enumerate(result) if getattr(one.event, "item", "") == "i2" and n and is_end(one))
    assert {one.event.text for one in result[last - 2 : last]} == {"Before.", "After."}
    assert {one.at for one in result[last - 2 : last + 1]} == {result[last].at}


def is_end(entry: Entry) -> bool:
    return isinstance(entry.event, agenda.ItemEnded | agenda.ItemSkipped)


def test_request_ids_go() -> None:
    assert {entry.request_id for entry in read(plenary())} == {""}


@pytest.mark.parametrize("rule", UNNAMED)
def test_names_on_the_list_are_counted_anew_so_that_no_gap_tells_how_many_spoke(rule: str) -> None:
    few = events(read(discussion([("PRC-MFA", "One.", 1, "statement")], rule)), speakers.FloorRequested)
    many = events(
        read(discussion([("JPN-MFA", f"{n}.", 1, "statement") for n in range(5)], rule)), speakers.FloorRequested
    )

    assert [one.request for one in few] == [one.request for one in many] == ["r1"]


@pytest.mark.parametrize("rule", UNNAMED)
def test_who_was_muted_or_away_is_nobodys_afterwards(rule: str) -> None:
    def session(*, told: bool) -> Session:
        played = Session(rule)
        played.sit(*SEATS)
        played.chair(room.StartSession())
        if told:
            played.act(CLOCK, presence.NoteAway(("jpn-mfa",)))
            played.chair(muting.MutePerson("jpn-mfa"))
            played.chair(muting.UnmutePerson("jpn-mfa"))
            played.act(CLOCK, presence.NoteBack(("jpn-mfa",)))
        played.close()
        return played

    assert read(session(told=True)) == read(session(told=False))


def test_what_somebody_did_as_a_delegate_is_not_signed_by_the_moderator_they_became() -> None:
    played = Session()
    played.sit(*SEATS)
    played.chair(room.StartSession())
    played.files("JPN-MFA", "scope", "b")
    played.chair(offices.AppointModerator("jpn-mfa"))
    played.act("jpn-mfa", agenda.StartItem("i2"))
    played.chair(offices.StepDown("jpn-mfa"))
    played.close()
    actors = {type(entry.event): entry.actor for entry in read(played)}

    assert actors[positions.PositionDeclared] == ""
    assert actors[agenda.ItemStarted] == "jpn-mfa"


def test_who_named_the_head_of_a_delegation_is_left_out() -> None:
    played = Session()
    played.sit("PRC-MFA", "PRC-MOD")
    played.act("prc-mfa", heads.NameHead("PRC-MOD"))
    played.close()
    named = next(entry for entry in read(played) if isinstance(entry.event, heads.HeadNamed))

    assert (named.actor, named.event.seat) == ("", "PRC-MOD")
