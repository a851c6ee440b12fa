"""What is kept of what was said by word of mouth, and how the record is corrected."""

import pytest

from rooms.domain import agenda, floor, ground_rules, offices, room, seats
from rooms.domain.attribution import afterwards
from rooms.domain.fold import fold
from rooms.domain.gists import LONGEST, GistLogged, LogGist
from rooms.domain.podium import TRANSCRIPT_WINDOW
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, visible
from rooms.domain.speakers import AskForFloor
from rooms.domain.statements import (
    ChairStatement,
    CorrectRecord,
    MakeStatement,
    StatementMade,
    StatementWithdrawn,
    WithdrawStatement,
)

from .play import CHINA, JAPAN, M1, M2, MINUTE, NOON, OBSERVER, Session, running, speaking


def spoken(session: Session) -> Session:
    """Japan has spoken for a minute and written nothing."""
    return speaking(session).done((JAPAN, floor.YieldFloor()), at=NOON + MINUTE)


# Typed and spoken


def test_a_speech_without_a_statement_is_one_by_word_of_mouth(session: Session) -> None:
    running(session, "i1")
    spoken(session)
    (one,) = session.state.floor.spoken
    assert (one.id, one.person, one.at, one.spoken_ms) == ("r1", JAPAN, NOON + MINUTE, MINUTE)
    assert (one.item, one.rule, one.gist) == ("i1", "chatham_house", "")


def test_a_speech_with_a_statement_is_in_writing(session: Session) -> None:
    speaking(session).done((JAPAN, MakeStatement("For the record.")))
    assert session.state.floor.spoken == ()


def test_the_last_speeches_are_kept_in_the_state(session: Session) -> None:
    for _ in range(TRANSCRIPT_WINDOW + 1):
        session.done((M1, floor.CallOn("JPN-MFA")), (JAPAN, floor.YieldFloor()))
    assert len(session.state.floor.spoken) == TRANSCRIPT_WINDOW
    session.when(M1, LogGist("r1", "Long ago.")).refused("no_such_speech")


# Gists


def test_a_moderator_keeps_a_gist_of_a_speech_that_runs_or_has_ended(session: Session) -> None:
    running(session, "i1")
    speaking(session).when(M2, LogGist("r1", "Calm  seas\nfor all."))
    session.then(GistLogged("r1", JAPAN, "JPN-MFA", "JPN", "statement", "Calm seas for all.", "i1", "chatham_house"))
    session.done((JAPAN, floor.YieldFloor()))
    assert session.state.floor.spoken[0].gist == "Calm seas for all."
    session.done((M1, LogGist("r1", "Calm seas.")))
    assert [one.gist for one in session.state.floor.spoken] == ["Calm seas."]


def test_a_rapporteur_keeps_gists_and_nobody_else(session: Session) -> None:
    spoken(session).when(OBSERVER, LogGist("r1", "Calm seas.")).refused("not_keeper")
    session.when(JAPAN, LogGist("r1", "Calm seas.")).refused("not_keeper")
    session.done((M1, offices.AppointRapporteur(OBSERVER)), (OBSERVER, LogGist("r1", "Calm seas.")))


@pytest.mark.parametrize(
    ("text", "code"), [("", "text_needed"), ("x" * (LONGEST + 1), "too_long"), ("x" * LONGEST, "")]
)
def test_a_gist_is_one_line(session: Session, text: str, code: str) -> None:
    spoken(session).when(M1, LogGist("r1", text))
    if code:
        session.refused(code)


@pytest.mark.parametrize("speech", ["r1", "r9", "s1", ""])
def test_there_is_no_gist_of_what_was_written_or_never_said(session: Session, speech: str) -> None:
    speaking(session).done((JAPAN, MakeStatement("For the record.")))
    session.when(M1, LogGist(speech, "Something.")).refused("no_such_speech")


def test_a_gist_can_be_written_in_a_pause_and_bears_the_rule_of_the_speech(session: Session) -> None:
    running(session, "i3")
    spoken(session)
    session.done((M1, agenda.EndItem("i3")), (M1, ground_rules.SetAttribution("on_the_record")))
    session.done((M1, room.PauseSession())).when(M1, LogGist("r1", "Between us."))
    assert session.new[0].rule == "off_the_record"
    session.done((M1, room.CloseSession())).when(M1, LogGist("r1", "Too late.")).refused("closed")


def test_a_rapporteur_finds_no_speech_of_an_officials_session(session: Session) -> None:
    session.done((M1, offices.AppointRapporteur(OBSERVER)), (M1, agenda.AddItem("Apart", "officials", 10)))
    session.done((M1, agenda.StartItem("added-1")))
    session.when(OBSERVER, LogGist("or1", "Hm.")).refused("not_moderator")
    speaking(session).when(OBSERVER, LogGist("or1", "Hm.")).refused("not_moderator")
    session.done((M1, LogGist("or1", "They agree.")))
    assert not OBSERVERS.sees(session.entries[-1])


# Corrections


def test_the_chair_corrects_the_record_by_a_later_event(session: Session) -> None:
    running(session, "i1")
    session.when(M2, CorrectRecord("It was China that asked."))
    session.then(StatementMade("s1", M2, "", "", "correction", "It was China that asked.", "i1"))
    session.when(M1, WithdrawStatement("s1")).then(StatementWithdrawn("s1"))


def test_a_correction_says_what_is_wrong(session: Session) -> None:
    session.when(M1, CorrectRecord("")).refused("text_needed")
    session.when(JAPAN, CorrectRecord("We never said that.")).refused("not_moderator")
    session.done((M1, room.PauseSession()), (M1, CorrectRecord("Ten, not five.")), (M1, room.CloseSession()))
    session.when(M1, CorrectRecord("Five after all.")).refused("closed")


# Afterwards


def closed(session: Session) -> Session:
    return session.done((M1, room.CloseSession()), at=session.now + MINUTE)


def read(session: Session) -> list[object]:
    return [entry.event for entry in afterwards(visible(session.entries, OBSERVERS))]


def gists_in(events: list[object]) -> list[GistLogged]:
    return [event for event in events if isinstance(event, GistLogged)]


def test_a_gist_loses_its_speaker_and_comes_at_the_end_of_its_item(session: Session) -> None:
    running(session, "i1")
    spoken(session).done((M1, LogGist("r1", "Calm seas.")), at=NOON + 2 * MINUTE)
    session.done((M1, agenda.EndItem("i1")), at=NOON + 3 * MINUTE)
    entries = afterwards(visible(closed(session).entries, OBSERVERS))
    (kept,) = (entry for entry in entries if isinstance(entry.event, GistLogged))
    assert kept.event == GistLogged("", "", "", "", "statement", "Calm seas.", "i1", "chatham_house")
    assert (kept.actor, kept.at, kept.attribution) == ("", NOON + 3 * MINUTE, "chatham_house")
    assert isinstance(entries[kept.seq].event, agenda.ItemEnded)
    (shown,) = fold(entries).floor.spoken
    assert (shown.gist, shown.person, shown.delegation) == ("Calm seas.", "", "")


def test_a_gist_written_down_later_is_still_bound_by_the_rule_of_the_speech(session: Session) -> None:
    running(session, "i1")
    spoken(session).done((M1, agenda.EndItem("i1")), (M1, ground_rules.SetAttribution("on_the_record")))
    session.done((M1, agenda.StartItem("i4")), (M1, LogGist("r1", "Calm seas.")))
    (kept,) = gists_in(read(closed(session)))
    assert (kept.delegation, kept.speech, kept.item) == ("", "", "i1")
    entries = afterwards(visible(session.entries, OBSERVERS))
    assert {one.attribution for one in entries if isinstance(one.event, GistLogged)} == {"chatham_house"}


def test_only_the_last_gist_of_a_speech_is_read_afterwards(session: Session) -> None:
    spoken(session).done((M1, LogGist("r1", "Calm sees.")), (M1, LogGist("r1", "Calm seas.")))
    assert [one.text for one in gists_in(read(closed(session)))] == ["Calm seas."]


def test_a_gist_gives_way_to_the_statement_in_writing(session: Session) -> None:
    speaking(session).done((M1, LogGist("r1", "Calm seas.")), (JAPAN, MakeStatement("We want calm seas.")))
    assert gists_in(read(closed(session))) == []


def test_nothing_is_left_of_a_gist_off_the_record(session: Session) -> None:
    running(session, "i3")
    spoken(session).done((M1, LogGist("r1", "Between us.")), (M1, agenda.EndItem("i3")))
    session.done((M1, ground_rules.SetAttribution("on_the_record")), (M1, LogGist("r1", "Between us, again.")))
    assert "Between us" not in repr(read(closed(session)))


def test_on_the_record_a_gist_stays_with_its_speaker(session: Session) -> None:
    session.done((M1, ground_rules.SetAttribution("on_the_record")))
    spoken(session).done((M1, LogGist("r1", "Calm seas.")))
    (kept,) = gists_in(read(closed(session)))
    assert (kept.speech, kept.delegation) == ("r1", "JPN")


def test_a_correction_is_the_chairs_own_word_but_not_off_the_record(session: Session) -> None:
    running(session, "i1").done((M1, CorrectRecord("Ten, not five.")))
    running(session, "i3").done((M1, CorrectRecord("Between us: six.")))
    made = [event for event in read(closed(session)) if isinstance(event, StatementMade)]
    assert [(one.text, one.person) for one in made] == [("Ten, not five.", M1)]


def test_twice_as_many_gists_leave_no_other_trace_than_themselves(session: Session) -> None:
    def after(texts: tuple[str, ...]) -> list[object]:
        other = session.copy()
        for number, text in enumerate(texts, start=1):
            other.done((M1, floor.CallOn("JPN-MFA")), (JAPAN, floor.YieldFloor()), (M1, LogGist(f"r{number}", text)))
        other.done((M1, ground_rules.SetAttribution("on_the_record")), (CHINA, AskForFloor()))
        other.done((M1, ChairStatement("Well.")))
        return [event for event in read(closed(other)) if not isinstance(event, GistLogged)]

    assert after(("One.",)) == after(("One.", "Two.", "Three."))


def test_the_moderator_reads_who_spoke_where_the_assessment_is_kept(session: Session) -> None:
    spoken(session).done((M1, LogGist("r1", "Calm seas.")))
    seen = fold(visible(closed(session).entries, THE_MODERATORS))
    assert seen.floor.spoken[0].person == JAPAN
    assert seen.seats.people[JAPAN].seat == seats.head_of(seen, "JPN")
