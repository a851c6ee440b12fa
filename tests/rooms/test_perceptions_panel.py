"""The panel of the questions before and after, for each who sees it; and the answers on their way through the door."""

from functools import cache

import pytest
from django.http import QueryDict

from rooms import panels, showing_perceptions
from rooms.domain import room
from rooms.domain.fold import fold
from rooms.domain.perceptions import ClosePerceptions, GivePerceptions, OpenPerceptions
from rooms.domain.refused import Refused
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, Audience, members_of, visible
from rooms.forms import command_from
from rooms.painting import Painter
from tests.domain.play import CHINA, JAPAN, JAPAN_MOD, M1, Session, cast_joined

from .perception_stages import perception_stages


@cache
def stage(name: str) -> Session:
    return dict(perception_stages(cast_joined()))[name]


def shown(session: Session, screen: str, audience: Audience) -> str:
    return panels.paint(screen, audience, fold(visible(session.entries, audience)), {})["perceptions"]


@pytest.mark.parametrize(("screen", "audience"), [("delegate", members_of("JPN")), ("observer", OBSERVERS)])
def test_nothing_stands_there_while_nothing_is_asked(screen: str, audience: Audience) -> None:
    html = shown(cast_joined(), screen, audience)
    assert " hidden>" in html.split("\n")[0]
    assert "<form" not in html


def test_a_delegation_is_asked_about_every_other_one_and_every_issue() -> None:
    html = shown(stage("asked before"), "delegate", members_of("JPN"))
    assert html.count('name="trust"') == 3
    assert html.count('name="guesses"') == 6
    assert 'value="PRC 7"' in html
    assert 'value="USA hotline c"' in html
    assert 'value="JPN' not in html
    assert "Nobody in this room reads your answers" in html


def test_the_form_is_the_same_whoever_has_answered() -> None:
    before, after = (shown(stage(name), "delegate", members_of("JPN")) for name in ("asked before", "answered before"))
    assert before == after


def test_the_chair_sees_how_many_of_each_delegation() -> None:
    html = shown(stage("answered before"), "moderator", THE_MODERATORS)
    assert "6 of 6 answered" in html
    assert "3 of 3" in html
    assert 'value="close_perceptions"' in html
    assert "give_perceptions" not in html


def test_others_are_told_that_the_delegations_are_asked() -> None:
    assert "are answering the questions before" in shown(stage("asked before"), "observer", OBSERVERS)


def test_medians_are_told_with_their_number_and_what_is_too_small_is_said() -> None:
    html = shown(stage("counted before"), "observer", OBSERVERS)
    assert "<b>4</b> <small>n 3</small>" in html, "Japan's three trust China so"
    assert ", too few to show" in html
    assert "–: fewer than 3 answered" in html


def test_the_questions_after_are_asked_of_a_closed_room() -> None:
    html = shown(stage("asked in the debrief"), "delegate", members_of("JPN"))
    assert 'value="give_perceptions"' in html
    assert "Counted before" in html


def test_who_can_answer_no_more_is_not_asked() -> None:
    session = cast_joined().done(
        (M1, OpenPerceptions("before")), (M1, room.StartSession()), (M1, room.CloseSession(""))
    )
    assert "<form" not in shown(session, "delegate", members_of("JPN"))
    assert "nobody can answer these any more" in shown(session, "moderator", THE_MODERATORS)


@pytest.mark.parametrize("name", ["asked before", "counted before", "asked in the debrief", "counted after"])
def test_the_chair_is_offered_no_round_that_would_be_refused(name: str) -> None:
    view = fold(visible(stage(name).entries, THE_MODERATORS))
    assert showing_perceptions.perceptions(view, THE_MODERATORS)["may_ask"] == []


def test_the_chair_is_offered_what_can_be_asked() -> None:
    session = cast_joined()
    offered = showing_perceptions.perceptions
    assert offered(session.state, THE_MODERATORS)["may_ask"] == ["before"]
    session.done((M1, room.StartSession()))
    assert offered(session.state, THE_MODERATORS)["may_ask"] == ["before", "after"]
    session.done((M1, OpenPerceptions("before")), (M1, ClosePerceptions("before")))
    assert offered(session.state, THE_MODERATORS)["may_ask"] == ["before", "after"], "nobody had answered"
    session.done((M1, OpenPerceptions("before")), (JAPAN, GivePerceptions("before", ("PRC 4",))))
    session.done((M1, ClosePerceptions("before")), (M1, room.CloseSession("")))
    assert offered(session.state, THE_MODERATORS)["may_ask"] == ["after"]


def test_answers_of_others_change_no_delegates_panel() -> None:
    painter, session = Painter(), stage("asked before").copy()
    audience = members_of("PRC")
    made = painter.paint(1, "delegate", audience, fold(visible(session.entries, audience)), {})
    session.done(*((one, GivePerceptions("before", ("ROK 4",), 2)) for one in (JAPAN, JAPAN_MOD, CHINA)))
    again = painter.paint(1, "delegate", audience, fold(visible(session.entries, audience)), {})
    assert again["perceptions"] is made["perceptions"]


# Through the door


def test_fields_of_one_name_come_as_one_answer_and_what_was_skipped_counts_for_nothing() -> None:
    sent = QueryDict("round=before&trust=PRC+4&trust=&trust=ROK+6&conflict=0&guesses=")
    data = {name: values if len(values) > 1 else values[0] for name, values in sent.lists()}
    command = command_from("give_perceptions", data)
    assert command == GivePerceptions("before", ("PRC 4", "", "ROK 6"), 0, ("",))


def test_there_is_room_for_an_answer_to_every_question() -> None:
    guesses = [f"D{about} issue-{issue} c" for about in range(9) for issue in range(12)]
    command = command_from("give_perceptions", {"round": "before", "guesses": guesses})
    assert len(command.guesses) == 108
    with pytest.raises(Refused) as refusal:
        command_from("give_perceptions", {"round": "before", "guesses": guesses * 4})
    assert refusal.value.code == "too_many"
