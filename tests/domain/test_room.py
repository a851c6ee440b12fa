"""The room: opened, live, paused, adjourned, closed."""

import pytest

from rooms.domain import agenda, calls, channels, decisions, floor, positions, seats, sight, speakers, statements, texts
from rooms.domain.adjourning import AdjournSession, ReconveneSession, SessionAdjourned, SessionReconvened
from rooms.domain.fold import Tick, next_deadline
from rooms.domain.ground_rules import ATTRIBUTION_RULES, rule_in_force
from rooms.domain.record import CLOCK
from rooms.domain.room import (
    AdmissionSet,
    CloseSession,
    PackDelivered,
    PauseSession,
    ResumeSession,
    RoomOpened,
    SessionClosed,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    SetAdmission,
    StartSession,
)

from .play import JAPAN, KOREA, M1, M2, MINUTE, NOON, SECOND, Session, opening, running, snapshot, speaking


def test_a_room_opens_with_the_delegations_in_use_and_a_pack_for_each(nothing: Session) -> None:
    nothing.when(M1, opening(delegations=("PRC", "JPN")))
    opened, *packs, measures, prepared = nothing.new
    assert isinstance(opened, RoomOpened)
    assert [one["code"] for one in opened.scenario["delegations"]] == ["JPN", "PRC"]
    assert [(type(one), one.delegation) for one in packs] == [(PackDelivered, "JPN"), (PackDelivered, "PRC")]
    assert [one["to"] for one in prepared.injects] == [("all",), ("JPN",), ("PRC-MFA",)], "those for who is here"
    assert [one["id"] for one in measures.measures] == ["m1", "m2"], "in which somebody who is here acts"
    assert nothing.state.room.status == "lobby"
    assert nothing.state.room.opened_at == NOON
    assert nothing.state.prepared.speech_seconds == nothing.state.floor.speech_seconds == 120
    assert [item.id for item in nothing.state.agenda.items] == ["i1", "i2", "i3", "i4", "i5"]


def test_no_pack_is_in_what_everybody_is_told(nothing: Session) -> None:
    nothing.when(M1, opening())
    assert "packs" not in nothing.new[0].scenario
    assert "wants calm seas" not in str(nothing.new[0])


def test_a_delegation_without_a_pack_can_play(nothing: Session) -> None:
    scenario = snapshot()
    del scenario["packs"]["PRC"]
    nothing.when(M1, opening(snapshot=scenario, delegations=("JPN", "PRC")))
    assert list(nothing.state.prepared.packs) == ["JPN"]


def test_later_edits_of_a_scenario_do_not_reach_an_open_room(nothing: Session) -> None:
    scenario = snapshot()
    nothing.when(M1, opening(snapshot=scenario))
    before = str(nothing.new)
    scenario["brief"].append("Edited later.")
    scenario["packs"]["JPN"]["interests"][0]["text"] = "Edited later."
    scenario["delegations"][0]["seats"].clear()
    assert str(nothing.new) == before
    nothing.when(M1, opening()).refused("already_open")


def test_a_room_opens_once(lobby: Session) -> None:
    lobby.when(M1, opening()).refused("already_open")


@pytest.mark.parametrize("rule", ATTRIBUTION_RULES)
def test_a_room_takes_each_of_the_four_attribution_rules(nothing: Session, rule: str) -> None:
    nothing.when(M1, opening(attribution=rule))
    assert rule_in_force(nothing.state) == rule


def test_a_room_takes_no_other_attribution_rule(nothing: Session) -> None:
    nothing.when(M1, opening(attribution="gossip")).refused("unknown_rule")


@pytest.mark.parametrize("codes", [(), ("JPN",), ("JPN", "JPN"), ("JPN", "XXX")])
def test_a_dialogue_needs_two_delegations(nothing: Session, codes: tuple[str, ...]) -> None:
    nothing.when(M1, opening(delegations=codes)).refused("too_few_delegations")


def test_nobody_joins_a_room_that_was_not_opened(nothing: Session) -> None:
    nothing.when(M1, seats.JoinRoom("moderator")).refused("no_room")


def test_nobody_commands_a_room_that_was_not_opened(nothing: Session) -> None:
    nothing.when(M1, StartSession()).refused("not_moderator")


def test_the_session_starts_from_the_lobby_and_once(lobby: Session) -> None:
    lobby.when(M1, StartSession(), NOON + 5).then(SessionStarted())
    assert (lobby.state.room.status, lobby.state.room.started_at) == ("live", NOON + 5)
    lobby.when(M2, StartSession()).refused("already_started")
    lobby.done((M1, PauseSession())).when(M2, StartSession()).refused("already_started")


def test_a_session_that_has_not_begun_cannot_be_paused(lobby: Session) -> None:
    lobby.when(M1, PauseSession()).refused("not_started")


def test_a_pause_stands_until_it_is_resumed(session: Session) -> None:
    session.when(M1, PauseSession("Coffee"), NOON + SECOND).then(SessionPaused("Coffee"))
    assert (session.state.room.status, session.state.room.paused_at) == ("paused", NOON + SECOND)
    session.when(M2, PauseSession()).refused("paused")
    session.when(M2, ResumeSession(), NOON + 4 * SECOND).then(SessionResumed(3 * SECOND))
    assert (session.state.room.status, session.state.room.paused_at) == ("live", None)
    session.when(M1, ResumeSession()).refused("not_paused")


def test_a_room_in_the_lobby_is_not_resumed(lobby: Session) -> None:
    lobby.when(M1, ResumeSession()).refused("not_paused")


def all_clocks(session: Session) -> Session:
    """A speech, an item and a call, all running since noon."""
    running(session, "i4").done((M1, texts.ProposeParagraph("Peace.")), (M1, decisions.CallConsensus(2)))
    return speaking(session)


def test_a_pause_carries_the_clocks_of_speech_item_and_call_over(session: Session) -> None:
    all_clocks(session)
    session.done((M1, PauseSession()), at=NOON + 10 * SECOND)
    session.done((M1, ResumeSession()), at=NOON + 40 * SECOND)
    speech, item, call = session.state.floor.speech, session.state.agenda.running, calls.open_call(session.state)
    assert speech is not None
    assert (speech.started_at, speech.ends_at) == (NOON + 30 * SECOND, NOON + 150 * SECOND)
    assert item is not None
    assert (item.started_at, item.ends_at) == (NOON + 30 * SECOND, NOON + 20 * MINUTE + 30 * SECOND)
    assert call is not None
    assert (call.opened_at, call.closes_at) == (NOON, NOON + 150 * SECOND)


def test_no_clock_runs_in_a_pause(session: Session) -> None:
    all_clocks(session).done((M1, PauseSession()))
    assert next_deadline(session.state) is None
    session.when(CLOCK, Tick(), NOON + 600 * MINUTE).then()


def test_after_a_pause_the_clocks_ring_as_much_later(session: Session) -> None:
    all_clocks(session).done((M1, PauseSession()))
    session.done((M1, ResumeSession()), at=NOON + MINUTE)
    assert next_deadline(session.state) == NOON + 3 * MINUTE
    session.when(CLOCK, Tick(), NOON + 3 * MINUTE - 1).then()
    session.when(CLOCK, Tick(), NOON + 3 * MINUTE).then(
        floor.SpeechTimeUp("r1"), decisions.ConsensusReached("c1", "d1")
    )


def test_a_pause_without_any_clock_moves_nothing(session: Session) -> None:
    before = session.state
    session.done((M1, PauseSession())).done((M1, ResumeSession()), at=NOON + MINUTE)
    assert (session.state.floor, session.state.agenda) == (before.floor, before.agenda)


def test_time_spoken_leaves_every_pause_out(session: Session) -> None:
    speaking(session)
    for minute in (1, 3):
        session.done((M1, PauseSession()), at=NOON + minute * MINUTE)
        session.done((M1, ResumeSession()), at=NOON + (minute + 1) * MINUTE)
    session.when(JAPAN, floor.YieldFloor(), NOON + 5 * MINUTE)
    session.then(floor.SpeechEnded("r1", "JPN", "yielded", 3 * MINUTE))


def test_a_speech_ended_in_a_pause_counts_to_the_moment_of_the_pause(session: Session) -> None:
    speaking(session).done((M1, PauseSession()), at=NOON + 7 * SECOND)
    session.when(M1, floor.EndSpeech("r1"), NOON + 20 * MINUTE)
    session.then(floor.SpeechEnded("r1", "JPN", "ended by the chair", 7 * SECOND))


def test_nothing_that_needs_a_running_session_is_done_in_a_pause(session: Session) -> None:
    speaking(session).done((M1, PauseSession()))
    session.when(JAPAN, floor.YieldFloor()).refused("paused")
    session.when(M1, agenda.StartItem("i1")).refused("paused")


def test_closing_ends_the_speech_the_list_and_the_item(session: Session) -> None:
    running(session, "i1")
    speaking(session).done((KOREA, speakers.AskForFloor()))
    session.when(M1, CloseSession("Thank you."), NOON + 3 * SECOND).then(
        floor.SpeechEnded("r1", "JPN", "item ended", 3 * SECOND),
        speakers.RequestWithdrawn("r2", by_chair=True),
        agenda.ItemEnded("i1"),
        SessionClosed("Thank you."),
    )
    assert (session.state.room.status, session.state.room.closing_words) == ("closed", "Thank you.")
    assert session.state.room.closed_at == NOON + 3 * SECOND


def test_a_session_is_closed_from_the_lobby_too_and_once(lobby: Session) -> None:
    lobby.when(M1, CloseSession()).then(SessionClosed(""))
    lobby.when(M2, CloseSession()).refused("closed")


def test_closing_in_a_pause_leaves_the_pause_out(session: Session) -> None:
    running(session, "i1")
    speaking(session).done((M1, PauseSession()), at=NOON + 5 * SECOND)
    session.when(M1, CloseSession(), NOON + MINUTE)
    assert session.new[0] == floor.SpeechEnded("r1", "JPN", "item ended", 5 * SECOND)
    item = session.state.agenda.item("i1")
    assert item is not None
    assert item.ended_at == NOON + 5 * SECOND
    assert session.state.room.paused_at is None


def test_a_session_is_not_closed_over_an_open_call(session: Session) -> None:
    all_clocks(session)
    refusal = session.when(M1, CloseSession()).refused("call_open")
    assert refusal.data == {"panel": "decision"}
    session.done((M1, decisions.WithdrawCall("c1")), (M1, CloseSession()))


def test_the_chair_sets_admission_and_setting_it_again_changes_nothing(session: Session) -> None:
    session.when(M1, SetAdmission(True)).then(AdmissionSet(True))
    session.when(M2, SetAdmission(True)).then()
    session.when(M2, SetAdmission(False)).then(AdmissionSet(False))
    assert not session.state.room.automatic_admission


def test_only_what_is_named_public_reaches_the_table_when_a_room_opens() -> None:
    later = {**snapshot(), "history": [{"text": "It failed."}]}
    session = Session()
    session.when("", opening(snapshot=later))
    told = str([entry.event for entry in session.entries if sight.ALL in entry.audience])
    assert "It failed." not in told
    assert "Something x1." not in told
    assert "The bell m1 rings." not in told
    knowing = [entry.audience for entry in session.entries if "It failed." in str(entry.event)]
    assert knowing == [(sight.MODERATORS,)]


# Adjourning

THURSDAY = "Thursday 26 November, 10:15, room 204"
DAY = 24 * 60 * MINUTE


def adjourned(session: Session) -> Session:
    return session.done((M1, AdjournSession(THURSDAY)))


def test_a_session_is_adjourned_until_a_time_that_all_are_told(session: Session) -> None:
    session.when(M1, AdjournSession(THURSDAY, "Well begun."), NOON + SECOND)
    session.then(SessionAdjourned("Well begun.", THURSDAY))
    room = session.state.room
    assert (room.status, room.resumes, room.adjourning_words) == ("adjourned", THURSDAY, "Well begun.")
    assert (room.paused_at, room.adjourned_at) == (NOON + SECOND, NOON + SECOND)


def test_a_session_goes_on_from_where_it_stood(session: Session) -> None:
    all_clocks(session)
    session.done((M1, AdjournSession(THURSDAY)), at=NOON + MINUTE)
    session.when(M2, ReconveneSession(), NOON + MINUTE + 2 * DAY).then(SessionReconvened(2 * DAY))
    room, speech = session.state.room, session.state.floor.speech
    assert (room.status, room.paused_at, room.adjourned_at, room.resumes) == ("live", None, None, "")
    assert speech is not None
    assert (speech.started_at, speech.ends_at) == (NOON + 2 * DAY, NOON + 2 * DAY + 2 * MINUTE)
    call, item = calls.open_call(session.state), session.state.agenda.running
    assert call is not None
    assert call.closes_at == NOON + 2 * DAY + 2 * MINUTE
    assert item is not None
    assert item.started_at == NOON + 2 * DAY


def test_adjourned_from_a_pause_the_clocks_stand_since_the_pause(session: Session) -> None:
    speaking(session).done((M1, PauseSession("Coffee")), at=NOON + 10 * SECOND)
    session.done((M1, AdjournSession(THURSDAY)), at=NOON + MINUTE)
    room = session.state.room
    assert (room.paused_at, room.adjourned_at, room.pause_reason) == (NOON + 10 * SECOND, NOON + MINUTE, "")
    session.when(M1, ReconveneSession(), NOON + 10 * SECOND + DAY).then(SessionReconvened(DAY))
    session.when(JAPAN, floor.YieldFloor())
    session.then(floor.SpeechEnded("r1", "JPN", "yielded", 10 * SECOND))


def test_no_clock_runs_while_a_session_is_adjourned(session: Session) -> None:
    adjourned(all_clocks(session))
    assert next_deadline(session.state) is None
    session.when(CLOCK, Tick(), NOON + 7 * DAY).then()


def test_the_chair_says_anew_when_it_goes_on(session: Session) -> None:
    adjourned(session)
    session.when(M2, AdjournSession("Friday, 9:00"), NOON + MINUTE).then(SessionAdjourned("", "Friday, 9:00"))
    assert session.state.room.adjourned_at == NOON
    session.when(M1, AdjournSession("Friday, 9:00")).then()


def test_a_session_is_not_adjourned_without_saying_when_it_goes_on(session: Session) -> None:
    refusal = session.when(M1, AdjournSession("")).refused("resumes_needed")
    assert refusal.data == {"field": "resumes"}


def test_a_session_that_has_not_begun_or_is_over_is_not_adjourned(lobby: Session) -> None:
    lobby.when(M1, AdjournSession(THURSDAY)).refused("not_started")
    lobby.done((M1, CloseSession())).when(M1, AdjournSession(THURSDAY)).refused("closed")


def test_only_what_was_adjourned_is_reconvened(session: Session) -> None:
    session.when(M1, ReconveneSession()).refused("not_adjourned")
    session.done((M1, PauseSession())).when(M1, ReconveneSession()).refused("not_adjourned")


def test_an_adjourned_session_is_neither_resumed_nor_paused_nor_started(session: Session) -> None:
    adjourned(session)
    session.when(M1, ResumeSession()).refused("adjourned")
    session.when(M1, StartSession()).refused("already_started")
    refusal = session.when(M1, PauseSession()).refused("adjourned")
    assert refusal.message == f"The session is adjourned. It goes on: {THURSDAY}."


def test_nobody_speaks_while_a_session_is_adjourned(session: Session) -> None:
    adjourned(speaking(session))
    session.when(KOREA, speakers.AskForFloor()).refused("adjourned")
    session.when(JAPAN, floor.YieldFloor()).refused("adjourned")
    session.when(JAPAN, statements.MakeStatement("Still here.")).refused("adjourned")
    session.when(M1, floor.NextSpeaker()).refused("adjourned")
    session.when(M1, agenda.StartItem("i1")).refused("adjourned")


def test_what_is_written_among_a_delegation_and_filed_does_not_stop(session: Session) -> None:
    adjourned(session).done(
        (JAPAN, channels.SayInDelegation("Over dinner, then.")),
        (JAPAN, positions.DeclarePosition("scope", "b", ("b",))),
        ("late", seats.JoinRoom("delegate", "USA-MFA")),
        (M1, seats.AdmitPerson("late")),
    )


def test_a_session_is_closed_from_an_adjournment_too(session: Session) -> None:
    speaking(session).done((M1, AdjournSession(THURSDAY)), at=NOON + 5 * SECOND)
    session.when(M1, CloseSession(), NOON + DAY)
    assert session.new[0] == floor.SpeechEnded("r1", "JPN", "item ended", 5 * SECOND)
    assert (session.state.room.status, session.state.room.resumes) == ("closed", "")


# Who presides


def test_who_opens_the_room_presides(lobby: Session) -> None:
    assert lobby.state.room.chair == M1
