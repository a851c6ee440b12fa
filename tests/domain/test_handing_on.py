"""Random sessions, gone on from at random moments, with the same people and with others: the new room can be played,
and nobody in it reads more than they did, or than others may."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.domain import (
    adjourning,
    agenda,
    brackets,
    caucus_sittings,
    channels,
    drafting,
    ground_rules,
    inject_control,
    notes,
    positions,
    room,
    seats,
    statements,
    texts,
)
from rooms.domain.attribution import ON_THE_RECORD, readable
from rooms.domain.codec import name_of
from rooms.domain.fold import NAMES, Tick, decide, fold, record
from rooms.domain.forking import ForkRoom, may_go_on
from rooms.domain.handing_on import HANDED_ON, PREPARED, to_other_people
from rooms.domain.record import CLOCK, Entry
from rooms.domain.refused import Refused
from rooms.domain.room import SessionClosed
from rooms.domain.sight import OBSERVERS, visible
from rooms.domain.state import RoomState

from .moves import Move, at_random, moves, played
from .play import CAST, CHINA, JAPAN, KOREA, M1, MINUTE, Session, cast_live, speaking
from .test_noninterference import AUDIENCES, altered

DAY = 24 * 60 * MINUTE
NEW = "new-chair"
moments = st.integers(min_value=0, max_value=10_000)


def up_to(entries: Sequence[Entry], moment: int) -> list[Entry]:
    """The record up to a moment, with all that was written in that instant."""
    at = entries[moment % len(entries)].at
    return [entry for entry in entries if entry.at <= at]


def gone_on(entries: list[Entry], *, same: bool) -> tuple[RoomState, list[Entry]] | None:
    """The room that goes on, a day later; None where none can."""
    handed_on = list(entries) if same else to_other_people(entries)
    state, actor = fold(handed_on), _chair_of(fold(entries)) if same else NEW
    at = entries[-1].at + DAY
    command = ForkRoom("Once more", "Monday group", "BCDFGH", entries[-1].at, same)
    try:
        events = decide(state, actor, command, at)
    except Refused as refused:
        code = refused.code
        with pytest.raises(Refused, match=refused.message):
            may_go_on(fold(entries))
    else:
        code = ""
        state, begun = record(state, actor, events, at)
    assert code in ("", "not_open_yet", "closed_then", "ballots_in_the_box")
    return None if code else (state, [*handed_on, *begun])


def _chair_of(state: RoomState) -> str:
    return state.room.chair or M1


def goes_on(state: RoomState, actor: str) -> RoomState:
    """A minute of it: the clock says nothing while it stands, the chair lets it go on, somebody comes and speaks."""
    at = state.at + MINUTE
    assert [one for one in decide(state, CLOCK, Tick(), at) if name_of(one) != "decisions.silence_kept"] == []
    doing: Any = {"lobby": room.StartSession(), "adjourned": adjourning.ReconveneSession()}.get(
        state.room.status, room.ResumeSession()
    )
    moves: list[tuple[str, Any]] = [(actor, doing), (CLOCK, Tick())]
    if actor == NEW:
        issue, seat = state.prepared.issues[0], state.prepared.delegations[0].seats[0].id
        moves += [("guest", seats.JoinRoom("delegate", seat)), (NEW, seats.AdmitPerson("guest"))]
        moves += [("guest", channels.SayInDelegation("Hello."))]
        moves += [("guest", positions.DeclarePosition(issue.id, issue.options[0].id))]
    moves.append((actor, statements.ChairStatement("We go on.")))
    for who, command in moves:
        events = [] if _is_in(state, who, command) else decide(state, who, command, at)
        state, _entries = record(state, who, events, at)
    assert state.room.status == "live"
    return state


def _is_in(state: RoomState, who: str, command: Any) -> bool:
    return isinstance(command, seats.AdmitPerson) and state.seats.people[command.person].admitted


@at_random
@given(drawn=moves(), moment=moments)
def test_the_same_people_go_on_from_any_moment_and_read_what_they_read(drawn: list[Move], moment: int) -> None:
    entries = up_to(played(drawn).entries, moment)
    made = gone_on(entries, same=True)
    if made is None:
        return
    state, record_of_it = made
    goes_on(state, _chair_of(fold(entries)))
    for audience in AUDIENCES:
        before, after = visible(entries, audience), visible(record_of_it, audience)
        assert after[: len(before)] == before
        new = {name_of(entry.event) for entry in after[len(before) :]}
        made_new = {"room.forked", "room.origin_named", "room.admission_set", "seats.person_away"}
        assert new <= {*made_new, *_of_the_chair(fold(entries))}


def _of_the_chair(state: RoomState) -> tuple[str, ...]:
    """What it takes to make M1 a moderator who is not one."""
    person = state.seats.people.get(M1)
    is_one = person and person.role == "moderator" and not person.removed
    taking = ("seats.moderator_appointed", "seats.person_reinvited", "seats.seat_left", "floor.speech_ended")
    return () if is_one else (*taking, "seats.person_joined", "floor.request_withdrawn")


@at_random
@given(drawn=moves(), moment=moments, rule=st.sampled_from(ground_rules.ATTRIBUTION_RULES))
def test_other_people_go_on_from_any_moment_and_find_nobody(drawn: list[Move], moment: int, rule: str) -> None:
    session = played(drawn)
    entries = [replace(one, attribution=rule) for one in up_to(session.entries, moment)]
    made = gone_on(entries, same=False)
    if made is None:
        return
    state, record_of_it = made
    assert [one.seq for one in record_of_it] == list(range(1, len(record_of_it) + 1))
    assert list(state.seats.people) == [NEW]
    assert (state.floor.queue, state.floor.speech, state.channels.messages) == ((), None, {})
    aside = (state.notes.threads, state.notes.bookmarks, state.positions.private, state.drafts.by_author)
    assert not any(aside)
    goes_on(state, NEW)
    for entry in record_of_it[:-1]:
        assert entry.actor in ("", CLOCK) or entry.actor == NEW
        named = [getattr(entry.event, one.name) for one in fields(entry.event) if one.name != "measure"]
        assert not [one for one in named if isinstance(one, str) and one in CAST], name_of(entry.event)
    for audience in AUDIENCES:
        fold(visible(record_of_it, audience))


@at_random
@given(drawn=moves(), moment=moments)
def test_the_exercise_stands_as_it_stood(drawn: list[Move], moment: int) -> None:
    entries = up_to(played(drawn).entries, moment)
    before, made = fold(entries), gone_on(entries, same=False)
    if made is None:
        return
    after = made[0]
    assert after.prepared == before.prepared
    assert after.texts == _without_comments(before, after).texts
    assert replace(after.decisions, voices={}) == replace(_standing(before, after).decisions, voices={})
    assert (after.dissents, after.commitments, after.outputs) == (before.dissents, before.commitments, before.outputs)
    assert after.positions.declared == before.positions.declared
    assert after.ratifications == before.ratifications
    assert [(one.id, one.status, one.ends_at) for one in after.agenda.items] == [
        (one.id, one.status, one.ends_at) for one in before.agenda.items
    ]
    assert [(one.id, one.status) for one in after.injects.prepared.values()] == [
        (one.id, one.status) for one in before.injects.prepared.values()
    ]
    assert after.news.pieces.keys() == before.news.pieces.keys()


def _without_comments(before: RoomState, after: RoomState) -> RoomState:
    """What was said of a chair's text is said: the rule decides about it."""
    documents = tuple(
        replace(one, comments=other.comments)
        for one, other in zip(before.texts.documents, after.texts.documents, strict=True)
    )
    return replace(before, texts=replace(before.texts, documents=documents))


def _standing(before: RoomState, after: RoomState) -> RoomState:
    """A silence stands until the room goes on."""
    calls = tuple(
        replace(one, stands_since=other.stands_since, at_the_table=other.at_the_table)
        for one, other in zip(before.decisions.calls, after.decisions.calls, strict=True)
    )
    return replace(before, decisions=replace(before.decisions, calls=calls))


@at_random
@given(drawn=moves(), rule=st.sampled_from(ground_rules.ATTRIBUTION_RULES))
def test_other_people_read_of_what_was_said_what_others_may(drawn: list[Move], rule: str) -> None:
    entries = [replace(one, attribution=rule) for one in played(drawn).entries]
    said = [one.event for one in readable([*entries, _closing(entries)], OBSERVERS, assesses=False)]
    words = {getattr(one, "text", "") for one in said}
    for entry in to_other_people(entries):
        if isinstance(entry.event, statements.StatementMade | caucus_sittings.CaucusReported):
            assert entry.event.text in words
            if rule != ON_THE_RECORD:
                assert not getattr(entry.event, "delegation", "")


def _closing(entries: list[Entry]) -> Entry:
    last = entries[-1]
    return replace(last, seq=last.seq + 1, actor=CLOCK, audience=("all", "lobby"), event=SessionClosed(""))


@at_random
@given(drawn=moves())
def test_no_confidence_changes_anything_for_other_people(drawn: list[Move]) -> None:
    entries = played(drawn).entries
    own = [one for one in entries if OBSERVERS.sees(one) or isinstance(one.event, PREPARED)]
    assert to_other_people(entries) == to_other_people(own)
    otherwise = [one if one in own else replace(one, event=altered(one.event)) for one in entries]
    assert to_other_people(otherwise) == to_other_people(entries)


def test_what_is_handed_on_is_named() -> None:
    """People, the floor, whatever is said aside, drafted, noted, answered or looked back at stays where it was."""
    matters = {NAMES[kind].split(".")[0] for kind in HANDED_ON}
    assert not matters & {"seats", "channels", "checks", "drafts", "notes", "perceptions", "wash", "sharing", "forks"}
    assert {NAMES[kind] for kind in HANDED_ON if NAMES[kind].startswith("floor.")} == {
        *("floor.statement_made", "floor.statement_withdrawn", "floor.gist_logged")
    }
    assert {NAMES[kind] for kind in HANDED_ON if NAMES[kind].startswith("caucuses.")} == {"caucuses.reported"}


def test_a_confidence_a_draft_and_a_name_stay_behind() -> None:
    session = cast_live().done((M1, ground_rules.SetAttribution("on_the_record")), (M1, agenda.StartItem("i1")))
    session.done((JAPAN, channels.SayInDelegation("Psst.")), (JAPAN, notes.NoteToChair("Psst to the chair.")))
    session.done((JAPAN, positions.DeclarePosition("scope", "a", public=False, reason="Psst, a.")))
    session.done((M1, texts.OpenDocument("Draft")), (JAPAN, texts.ProposeParagraph("Calm seas.")))
    session.done((CHINA, brackets.PutBrackets("p1", 1, "Calm", alternative="Rough")))
    session.done((KOREA, drafting.KeepDraft("Psst, a draft.")))
    speaking(session).done((JAPAN, statements.MakeStatement("Openly.")))
    session.done((M1, notes.SetBookmark("Japan is nervous.")), (M1, inject_control.ReleaseInject("x1")))
    session.done((M1, inject_control.CloseInject("x1", "Japan panicked.")))
    state, entries = gone_on(session.entries, same=False) or pytest.fail("it can go on")
    everything = str(entries)
    assert "Psst" not in everything
    assert "nervous" not in everything
    assert "panicked" not in everything
    assert "Openly." in everything
    [said] = state.floor.transcript
    assert (said.person, said.delegation) == ("", "JPN")
    [document] = state.texts.documents
    assert [one.holders for one in document.brackets] == [("PRC",)]
    # The bracket is lifted by whoever sits for its holder now.
    session = _seated(state, entries)
    [bracket] = session.state.texts.documents[0].brackets
    session.done(("guest", brackets.LiftHold(bracket.id)))
    assert [one.ended for one in session.state.texts.documents[0].brackets] == ["lifted"]


def _seated(state: RoomState, entries: list[Entry]) -> Session:
    session = Session()
    for entry in entries:
        session.given(entry.event, actor=entry.actor, at=entry.at)
    assert session.state.seats == state.seats
    session.done((NEW, room.ResumeSession()), ("guest", seats.JoinRoom("delegate", "PRC-MFA")))
    return session.done((NEW, seats.AdmitPerson("guest")))
