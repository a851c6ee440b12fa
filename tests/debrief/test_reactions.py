"""Injects as planned and as released, who read them when, who answered, what followed; only what the reader knows."""

from collections.abc import Sequence

from rooms.debrief.measures import report
from rooms.debrief.report_parts import InjectReport
from rooms.domain import attribution, inject_control, news, notes, positions, room, sight
from rooms.domain.brackets import LiftHold, PutBrackets
from rooms.domain.decisions import CallConsensus
from rooms.domain.record import Entry
from rooms.domain.texts import OpenDocument, ProposeParagraph
from tests.domain.aside_play import JPN_MFA
from tests.domain.play import CHINA, JAPAN, KOREA, M1, MINUTE, NOON, Session, cast_live

RELEASE = (M1, inject_control.ReleaseInject("x1"))


def at(minute: float) -> int:
    return NOON + int(minute * MINUTE)


def reactions(entries: Sequence[Entry], audience: sight.Audience = sight.THE_MODERATORS) -> dict[str, InjectReport]:
    return {one.inject: one for one in report(sight.visible(entries, audience)).reactions}


def released(*to: str) -> Session:
    return cast_live().done((M1, inject_control.ReleaseInject("x1", to)), at=at(2))


def only_news(session: Session) -> str:
    [piece] = session.state.news.pieces
    return piece


def followed(one: InjectReport) -> dict[str, int]:
    return {each.kind: each.times for each in one.after}


def test_who_read_it_how_soon_and_who_answered() -> None:
    session = released("all")
    piece = only_news(session)
    session.done((JAPAN, news.SeeNews(piece)), at=at(3)).done((CHINA, news.SeeNews(piece)), at=at(5))
    session.done((KOREA, news.AnswerNews(piece, "We wait.")), at=at(8))

    one = reactions(session.entries)["x1"]

    assert (one.status, one.released_at, one.into_ms, one.to_words) == ("released", at(2), 2 * MINUTE, "everybody")
    assert (one.seen, one.median_ms) == (3, 3 * MINUTE)
    assert one.seats is not None
    assert one.seats >= 3
    assert [(each.delegation, each.text, each.ms) for each in one.responses or ()] == [("ROK", "We wait.", 6 * MINUTE)]


def test_one_that_was_never_released_is_told_with_its_plan_and_no_reactions() -> None:
    one = reactions(cast_live().entries)["x1"]

    assert (one.released_at, one.seats, one.seen, one.median_ms, one.responses, one.after) == (None,) * 5 + ((),)
    assert (one.status, one.objective) == ("drafted", "See who stirs.")
    assert one.planned


def test_read_by_nobody_is_none_and_not_unknown() -> None:
    session = released("JPN").done((JAPAN, notes.NoteToChair("May we wait?")), at=at(3))
    one = reactions(session.entries)["x1"]
    assert (one.seen, one.median_ms, one.responses, one.to) == (0, None, (), ("JPN",))


def test_contingency_and_closing() -> None:
    session = released("JPN").done((M1, inject_control.PlayContingency("x1", "It storms on.")), at=at(4))
    session.done((M1, inject_control.CloseInject("x1", "Nobody stirred.")), at=at(5))
    one = reactions(session.entries)["x1"]
    assert (one.contingency_at, one.closed_at, one.outcome) == (at(4), at(5), "Nobody stirred.")
    assert one.status == "closed"


def test_what_followed_within_ten_minutes_and_nothing_later() -> None:
    session = cast_live().done((M1, OpenDocument("Draft")), (JAPAN, ProposeParagraph("Calm seas.")))
    issue = session.state.prepared.issues[0].id
    session.done((JAPAN, positions.DeclarePosition(issue, "a", public=True)), at=at(1)).done(RELEASE, at=at(2))
    session.done((JAPAN, positions.DeclarePosition(issue, "b", public=True)), at=at(3))
    session.done((CHINA, positions.DeclarePosition(issue, "b", public=True)), at=at(3))
    session.done((CHINA, PutBrackets("p1", 1, "Calm")), at=at(12))
    session.done((CHINA, LiftHold("b1")), (M1, CallConsensus()), at=at(12.5))
    assert followed(reactions(session.entries)["x1"]) == {"moves": 1, "brackets": 1, "caucuses": 0, "calls": 0}


def test_others_read_of_the_news_that_reached_them_and_of_nobodys_reading() -> None:
    session = released("JPN")
    session.done((JAPAN, news.SeeNews(only_news(session))), at=at(3))

    [own] = report(sight.visible(session.entries, JPN_MFA)).reactions

    assert (own.inject, own.number, own.objective, own.expected, own.contingency, own.planned) == (
        "",
        0,
        "",
        "",
        "",
        "",
    )
    assert (own.seats, own.seen, own.median_ms, own.responses) == (None, None, None, None)
    assert report(sight.visible(session.entries, sight.OBSERVERS)).reactions == ()


def test_within_the_rule_the_chair_reads_of_nobodys_reading_either() -> None:
    session = released("all")
    session.done((JAPAN, news.SeeNews(only_news(session))), at=at(3)).done((M1, room.CloseSession("")), at=at(4))
    seen = sight.visible(session.entries, sight.THE_MODERATORS)

    [inject] = [one for one in report(attribution.afterwards(seen)).reactions if one.inject == "x1"]

    assert (inject.released_at, inject.seen, inject.median_ms, inject.responses) == (at(2), None, None, None)
