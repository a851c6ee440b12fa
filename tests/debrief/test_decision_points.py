"""Decision points: how things stood then, and what each side had, as far as the reader may know."""

import pytest

from rooms.debrief.measures import report
from rooms.debrief.report_parts import DecisionPoint, Knew
from rooms.domain import attribution, capitals, inject_control, positions, room, sight, texts
from rooms.domain.brackets import LiftHold, PutBrackets
from rooms.domain.decisions import AnswerCall, CallConsensus
from tests.domain.aside_play import JPN_MFA, PLENARY, in_period, met
from tests.domain.play import CHINA, JAPAN, M1, MINUTE, NOON, Session, cast_live


def at(minute: float) -> int:
    return NOON + int(minute * MINUTE)


@pytest.fixture
def called() -> Session:
    """Japan and Korea have met, Japan alone got news and a telegram; then the chair put a text without brackets."""
    session = in_period(cast_live(**PLENARY))
    met(session)
    session.done((M1, inject_control.ReleaseInject("x1", ("JPN",))), (M1, inject_control.ReleaseInject("x4", ("all",))))
    session.done((M1, capitals.WriteFromCapital("JPN", "Be firm.")), at=at(1))
    session.done((M1, texts.OpenDocument("Draft")), (JAPAN, texts.ProposeParagraph("Calm seas.")), at=at(2))
    session.done((CHINA, PutBrackets("p1", 1, "Calm")), (CHINA, LiftHold("b1")), at=at(2))
    session.done((JAPAN, positions.DeclarePosition("scope", "a", public=True)), at=at(3))
    session.done((M1, room.PauseSession("Tea")), at=at(4)).done((M1, room.ResumeSession()), at=at(9))
    return session.done((M1, CallConsensus()), at=at(10))


def points(session: Session, audience: sight.Audience = sight.THE_MODERATORS) -> tuple[DecisionPoint, ...]:
    return report(sight.visible(session.entries, audience)).decision_points


def of(point: DecisionPoint, code: str) -> Knew:
    return next(one for one in point.knew if one.delegation == code)


def test_a_call_says_how_things_stood_when_it_opened(called: Session) -> None:
    called.done((JAPAN, positions.DeclarePosition("hotline", "a", public=True)), at=at(10.5))
    [one] = points(called)

    assert (one.kind, one.at, one.into_ms) == ("consensus", at(10), 5 * MINUTE)
    assert (one.paragraphs, one.brackets, one.issues, one.filed, one.seated, one.news) == (1, 0, 2, 1, 3, 1)
    assert (one.status, one.ended_at) == ("open", None)


def test_what_each_side_had_is_counted_for_who_may_know(called: Session) -> None:
    [one] = points(called)

    assert [(each.delegation, each.news, each.caucuses, each.instructions) for each in one.knew] == [
        ("JPN", 2, 1, 1),
        ("PRC", 1, 0, 0),
        ("ROK", 1, 1, 0),
    ]
    assert of(one, "JPN").filed == 1
    assert "JPN-MFA" in of(one, "JPN").seats
    assert of(one, "JPN").people == len(called.state.seats.members("JPN"))


def test_others_are_not_told_what_came_to_one_delegation_alone(called: Session) -> None:
    [observed] = points(called, sight.OBSERVERS)
    assert [(one.news, one.caucuses, one.instructions) for one in observed.knew] == [(None, n, None) for n in (1, 0, 1)]

    [own] = points(called, JPN_MFA)
    assert (of(own, "JPN").news, of(own, "JPN").instructions) == (2, 1)
    assert (of(own, "PRC").news, of(own, "PRC").instructions) == (None, None)


def test_within_the_rule_telegrams_are_in_nobodys_count(called: Session) -> None:
    called.done((CHINA, AnswerCall("c1", "object", "Too calm.")), at=at(11))
    called.done((M1, room.CloseSession("")), at=at(12))
    within = attribution.afterwards(sight.visible(called.entries, sight.THE_MODERATORS))
    [one] = report(within).decision_points
    assert [(each.news, each.instructions) for each in one.knew] == [(2, None), (1, None), (1, None)]


def test_the_end_of_a_call_can_be_opened(called: Session) -> None:
    called.done((CHINA, AnswerCall("c1", "object", "Too calm.")), at=at(11))
    [one] = points(called)
    assert (one.status, one.ended_at) == ("objection", at(11))
    assert one.ended_cursor is not None
    assert one.ended_cursor > one.cursor
    assert "China" in one.result or "PRC" in one.result
