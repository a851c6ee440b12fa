"""News: each piece for its addressee alone; read, answered to the chair, and nobody else knows by whom."""

from typing import Any

import pytest

from rooms.domain import agenda, decisions, floor, room, texts
from rooms.domain.fold import fold
from rooms.domain.inject_control import AddInject, ReleaseInject
from rooms.domain.muting import MutePerson
from rooms.domain.news import AnswerNews, NewsAnswered, NewsSeen, Piece, Reaction, SeeNews
from rooms.domain.seats import LeaveSeat, MovePerson
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, WAITING, Audience, audience_of, members_of, on_seat, visible
from rooms.domain.state import RoomState

from .play import (
    CHINA,
    CHINA_MOD,
    DELEGATES,
    JAPAN,
    JAPAN_MOD,
    KOREA,
    M1,
    MINUTE,
    NOON,
    OUTSIDERS,
    Session,
    cast_live,
    running,
    speaking,
)


def released(*to: str, session: Session | None = None) -> tuple[Session, dict[str, str]]:
    """A session in which news went out: the id of its piece by addressee."""
    session = (session or cast_live()).done((M1, AddInject("Frost", "It freezes.", "Radio", to)))
    inject = list(session.state.injects.prepared)[-1]
    session.done((M1, ReleaseInject(inject)))
    return session, dict(session.state.injects.prepared[inject].news)


def view_of(session: Session, person: str) -> RoomState:
    audience = audience_of(session.state.seats.people[person])
    assert audience is not None
    return fold(visible(session.entries, audience))


def pieces_of(session: Session, person: str) -> list[str]:
    return [piece.to for piece in view_of(session, person).news.pieces.values()]


# Who gets it


def test_news_to_all_reaches_everybody_inside_as_one_piece() -> None:
    session, ids = released("all")
    for person in (*DELEGATES, M1, "observer", "screen"):
        [piece] = view_of(session, person).news.pieces.values()
        assert piece == Piece(ids["all"], "Frost", "It freezes.", "Radio", "all", NOON)
    assert fold(visible(session.entries, WAITING)).news.pieces == {}


def test_news_to_a_delegation_reaches_its_members_and_the_chair() -> None:
    session, _ = released("JPN")
    reached = [person for person in (*DELEGATES, M1, "observer", "screen") if pieces_of(session, person)]
    assert reached == [JAPAN, JAPAN_MOD, M1]


def test_news_to_a_seat_is_unknown_to_the_rest_of_its_delegation() -> None:
    session, _ = released("JPN-MOD")
    reached = [person for person in (*DELEGATES, M1, "observer", "screen") if pieces_of(session, person)]
    assert reached == [JAPAN_MOD, M1]
    assert fold(visible(session.entries, members_of("JPN", officials=True))).news.pieces == {}


def test_several_addressees_get_a_piece_each_and_none_learns_of_the_others() -> None:
    session, ids = released("JPN", "PRC", "ROK-MFA")
    assert len(set(ids.values())) == 3
    for person, to in ((JAPAN, "JPN"), (CHINA_MOD, "PRC"), (KOREA, "ROK-MFA")):
        view = view_of(session, person)
        assert list(view.news.pieces) == [ids[to]]
        assert not any(other in repr(view.news) for other in ids.values() if other != ids[to])


def test_who_sits_down_later_reads_what_came_before() -> None:
    session, _ = released("PRC")
    session.done((M1, MovePerson(JAPAN_MOD, "PRC-EXP-1")))
    assert pieces_of(session, JAPAN_MOD) == ["PRC"]
    session.done((CHINA_MOD, LeaveSeat()))
    assert pieces_of(session, CHINA_MOD) == []


# Read


def test_who_has_read_it_says_so_once() -> None:
    session, ids = released("JPN")
    session.when(JAPAN, SeeNews(ids["JPN"]), NOON + MINUTE)
    session.then(NewsSeen(ids["JPN"], "JPN", "JPN", "JPN-MFA"))
    piece = session.state.news.pieces[ids["JPN"]]
    assert piece.seen == (("JPN-MFA", NOON + MINUTE),)
    session.when(JAPAN, SeeNews(ids["JPN"])).then()
    session.when(JAPAN_MOD, SeeNews(ids["JPN"])).then(NewsSeen(ids["JPN"], "JPN", "JPN", "JPN-MOD"))
    assert [seat for seat, _ in session.state.news.pieces[ids["JPN"]].seen] == ["JPN-MFA", "JPN-MOD"]


def test_a_delegation_and_the_chair_know_who_has_read_what_all_got() -> None:
    session, ids = released("all")
    session.done((JAPAN, SeeNews(ids["all"])))
    knowing = [
        person for person in (*DELEGATES, M1, "observer") if view_of(session, person).news.pieces[ids["all"]].seen
    ]
    assert knowing == [JAPAN, JAPAN_MOD, M1]


# Answered


def test_a_delegate_tells_the_chair_what_the_delegation_does_about_it() -> None:
    session, ids = released("all")
    session.when(CHINA, AnswerNews(ids["all"], "We wait."), NOON + MINUTE)
    session.then(
        NewsSeen(ids["all"], "all", "PRC", "PRC-MFA"),
        NewsAnswered(ids["all"], "all", "PRC", "PRC-MFA", CHINA, "We wait."),
    )
    reaction = Reaction("PRC", "PRC-MFA", CHINA, "We wait.", NOON + MINUTE)
    assert session.state.news.pieces[ids["all"]].reactions == (reaction,)
    session.when(CHINA, AnswerNews(ids["all"], "We wait longer."))
    assert [type(event) for event in session.new] == [NewsAnswered], "who has answered has read it"
    assert len(session.state.news.pieces[ids["all"]].reactions) == 2


def test_an_answer_is_for_the_own_delegation_and_the_chair() -> None:
    session, ids = released("all")
    session.done((CHINA, AnswerNews(ids["all"], "We wait.")))
    for person in (*DELEGATES, M1, "observer", "screen"):
        knows = bool(view_of(session, person).news.pieces[ids["all"]].reactions)
        assert knows == (person in (CHINA, CHINA_MOD, M1)), person


def test_what_one_seat_answers_on_news_of_its_own_stays_between_it_and_the_chair() -> None:
    session, ids = released("PRC-MFA")
    session.done((CHINA, SeeNews(ids["PRC-MFA"])), (CHINA, AnswerNews(ids["PRC-MFA"], "I keep it to myself.")))
    before = len(session.entries) - 2
    others: tuple[Audience, ...] = (OBSERVERS, WAITING, members_of("PRC"), members_of("PRC", officials=True))
    for audience in (*others, on_seat("PRC-MOD", "PRC", officials=True), on_seat("JPN-MFA", "JPN", officials=True)):
        assert visible(session.entries[before:], audience) == []
    assert len(visible(session.entries[before:], THE_MODERATORS)) == 2


def test_nothing_is_answered_without_words() -> None:
    session, ids = released("all")
    session.when(JAPAN, AnswerNews(ids["all"], "")).refused("text_needed")


# Who may not


@pytest.mark.parametrize("command", [SeeNews, lambda news: AnswerNews(news, "So what.")])
def test_news_of_others_cannot_be_read_or_answered_nor_found_out_by_trying(command: Any) -> None:
    session, ids = released("JPN", "PRC-MFA")
    for person, news in ((CHINA, ids["JPN"]), (KOREA, ids["PRC-MFA"]), (CHINA_MOD, ids["PRC-MFA"])):
        there = session.when(person, command(news)).refused("unknown_news")
        nowhere = session.when(person, command("w0000000000")).refused("unknown_news")
        assert (there.message, there.data) == (nowhere.message, nowhere.data)


@pytest.mark.parametrize("person", [*OUTSIDERS, M1])
def test_only_seated_delegates_read_and_answer(person: str) -> None:
    session, ids = released("all")
    for command in (SeeNews(ids["all"]), AnswerNews(ids["all"], "So what.")):
        session.when(person, command)
        session.refused("not_admitted" if person == "waiting" else "not_delegate")


def test_who_is_muted_reads_but_does_not_answer() -> None:
    session, ids = released("all")
    session.done((M1, MutePerson(KOREA)), (KOREA, SeeNews(ids["all"])))
    session.when(KOREA, AnswerNews(ids["all"], "We protest.")).refused("muted")


def test_news_is_read_and_answered_in_a_pause_but_not_after_closing() -> None:
    session, ids = released("all")
    session.done((M1, room.PauseSession()), (JAPAN, SeeNews(ids["all"])), (CHINA, AnswerNews(ids["all"], "We wait.")))
    session.done((M1, room.ResumeSession()), (M1, room.CloseSession()))
    session.when(KOREA, SeeNews(ids["all"])).refused("closed")
    session.when(KOREA, AnswerNews(ids["all"], "Late.")).refused("closed")


# On the wall


def test_the_last_news_to_all_hangs_on_the_wall_until_something_else_wants_it() -> None:
    session, _ = released("JPN", session=running(cast_live(), "i4"))
    assert session.state.news.wall == ""
    wants: tuple[tuple[str, Any], ...] = (
        (JAPAN, texts.ProposeParagraph("Calm seas.")),
        (M1, decisions.CallConsensus()),
        (M1, agenda.StartItem("i5", "i4")),
        (M1, floor.CallOn("PRC-MFA")),
        (M1, agenda.EndItem("i5")),
    )
    for actor, command in wants:
        session, ids = released("all", session=session)
        assert session.state.news.wall == ids["all"]
        if isinstance(command, agenda.StartItem):
            session.done((M1, decisions.WithdrawCall("c1")))
            assert session.state.news.wall == ids["all"]
        session.done((actor, command))
        assert session.state.news.wall == "", command


def test_a_speech_that_ends_leaves_the_wall_to_the_news_that_came_during_it() -> None:
    session, ids = released("all", session=speaking(cast_live()))
    session.done((JAPAN, floor.YieldFloor()))
    assert session.state.news.wall == ids["all"]
