"""What the panels show of what happens beside the table: to members, to the chair, to everybody else; and who is told
what while the officials meet apart."""

from typing import Any

import pytest

from rooms import panels
from rooms.domain import agenda, caucus_sittings, caucus_terms, floor, notes, room, speakers, statements
from rooms.domain.fold import fold
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, Audience, audience_of, members_of, on_seat, visible
from tests.domain.aside_play import (
    ASK_BOTH,
    JPN_MFA,
    JPN_MOD,
    PLENARY,
    PRC_MFA,
    ROK_MFA,
    all_met,
    asked,
    in_period,
    met,
    only,
)
from tests.domain.play import CAST, CHINA, JAPAN, JAPAN_MOD, KOREA, M1, MINUTE, NOON, Session, cast_live

from .painted import paint_personal

NAMES = {pid: f"Name of {pid}" for pid in CAST}
SCREENS = {OBSERVERS: "observer", THE_MODERATORS: "moderator"}
EXPERT = on_seat("JPN-EXP-1", "JPN", officials=False)
SEEN = "Others see that a caucus meets, who is in it and how long; only members read what is said."
UNSEEN = "Nobody but its members and the chair knows that it meets."


def shown(session: Session, audience: Audience, panel: str, screen: str = "") -> str:
    screen = screen or SCREENS.get(audience, "delegate")
    return panels.paint(screen, audience, fold(visible(session.entries, audience)), NAMES)[panel]


def plenary(**rules: Any) -> Session:
    return in_period(cast_live(**{**PLENARY, **rules}))


def talked(session: Session) -> Session:
    name = only(met(session)).id
    return session.done((JAPAN, caucus_sittings.SayInCaucus(name, "Psst, Seoul.")))


# The rules, in full words


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({}, (SEEN, "The chair does not read it.")),
        ({"caucus_existence": "hidden"}, (UNSEEN, "The chair does not read it.")),
        ({"caucus_readable_by_chair": True}, (SEEN, "The chair may read it.")),
        ({"caucus_existence": "hidden", "caucus_readable_by_chair": True}, (UNSEEN, "The chair may read it.")),
    ],
)
def test_the_two_rules_stand_above_everything_and_on_each_caucus(rules: Any, words: tuple[str, str]) -> None:
    session = plenary(**rules)
    for audience in (JPN_MFA, PRC_MFA):
        assert shown(session, audience, "caucuses").count(" ".join(words)) == 1
    asked(session)
    for audience in (JPN_MFA, ROK_MFA):
        assert shown(session, audience, "caucuses").count(" ".join(words)) == 2
    session.done((KOREA, caucus_terms.AcceptCaucus(only(session).id)))
    assert shown(session, ROK_MFA, "caucuses").count(" ".join(words)) == 2
    assert words[0] in shown(session, THE_MODERATORS, "caucuses")


# Who sees what


def test_members_read_what_is_said_and_others_only_that_they_meet() -> None:
    session = talked(plenary())
    for audience in (JPN_MFA, JPN_MOD, ROK_MFA):
        assert "Psst, Seoul." in shown(session, audience, "caucuses")
    for audience in (PRC_MFA, OBSERVERS, THE_MODERATORS, members_of("JPN")):
        html = shown(session, audience, "caucuses")
        assert "Psst" not in html
        assert "Fuel" not in html
        assert "JPN" in html
        assert "ROK" in html
        assert f'data-ends="{NOON + 10 * MINUTE}"' in html


def test_a_caucus_that_is_not_announced_is_on_no_other_screen() -> None:
    session = talked(plenary(caucus_existence="hidden"))
    for audience in (PRC_MFA, OBSERVERS):
        html = shown(session, audience, "caucuses")
        assert "data-ends" not in html
        assert only(session).id not in html
    assert "data-ends" in shown(session, THE_MODERATORS, "caucuses")


def test_the_chair_reads_a_caucus_where_the_room_says_so_and_only_there() -> None:
    assert "Psst, Seoul." in shown(talked(plenary(caucus_readable_by_chair=True)), THE_MODERATORS, "caucuses")
    closed_book = talked(plenary())
    closed_book.done((M1, caucus_sittings.Broadcast("Three more minutes.")))
    html = shown(closed_book, THE_MODERATORS, "caucuses")
    assert "Read it" not in html
    assert "Three more minutes." not in html, "what the chair said to all is no window into one of them"


def test_a_seat_that_went_alone_is_named() -> None:
    session = plenary()
    session.done((JAPAN_MOD, caucus_terms.ProposeCaucus(("ROK",), alone=True)))
    session.done((KOREA, caucus_terms.AcceptCaucus(only(session).id)))
    assert ">MOD</abbr>" in shown(session, PRC_MFA, "caucuses")
    assert "is-sitting" not in shown(session, JPN_MFA, "caucuses")
    assert "is-sitting" in shown(session, JPN_MOD, "caucuses")


def test_the_newest_of_several_caucuses_is_open_and_the_others_are_folded() -> None:
    session = all_met(plenary())
    session.done((JAPAN, caucus_terms.ProposeCaucus(("ROK",))))
    first, second = session.state.caucuses.known
    session.done((KOREA, caucus_terms.AcceptCaucus(second)), at=NOON + MINUTE)
    html = shown(session, JPN_MFA, "caucuses")
    assert html.count("is-sitting") == 2
    assert f'id="caucus-{second}" data-news="0" open' in html
    session.done((CHINA, caucus_sittings.SayInCaucus(first, "Back to us.")), at=NOON + 2 * MINUTE)
    html = shown(session, JPN_MFA, "caucuses")
    assert f'id="caucus-{first}" data-news="1" open' in html
    assert f'id="caucus-{second}" data-news="0">' in html


# What one can do


def test_who_is_asked_answers_and_who_asks_sees_the_answers() -> None:
    session = asked(plenary(), ASK_BOTH)
    name = only(session).id
    assert "Land JPN asks you aside" in shown(session, ROK_MFA, "caucuses")
    assert 'data-news="1"' in shown(session, ROK_MFA, "caucuses")
    session.done((KOREA, caucus_terms.AcceptCaucus(name)))
    html = shown(session, ROK_MFA, "caucuses")
    assert 'value="accept_caucus"' not in html
    assert 'value="decline_caucus"' in html
    html = shown(session, JPN_MFA, "caucuses")
    assert "Begin with Land ROK" in html
    assert 'value="withdraw_caucus"' in html
    session.done((CHINA, caucus_terms.CounterCaucus(name, 20, "Food")))
    assert "Land PRC proposes other terms" in shown(session, JPN_MFA, "caucuses")


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        ((), "None is on the agenda any more."),
        (((M1, agenda.AddItem("Coffee", "informal", 30)),), "The next one: <b>Coffee</b>"),
        (((M1, room.PauseSession()),), "The session is paused."),
    ],
)
def test_who_may_not_ask_now_is_told_when(moves: Any, words: str) -> None:
    session = cast_live(**PLENARY).done(*moves)
    html = shown(session, JPN_MFA, "caucuses")
    assert words in html
    assert "propose_caucus" not in html


def test_where_caucuses_meet_at_any_time_one_can_always_ask() -> None:
    assert "propose_caucus" in shown(cast_live(), JPN_MFA, "caucuses")


def test_a_line_waits_for_whoever_has_not_agreed_also_when_the_caucus_is_over() -> None:
    session = all_met(plenary())
    name = only(session).id
    session.done((JAPAN, caucus_sittings.DraftReport(name, "We agree.")))
    assert "You propose to bring back" in shown(session, JPN_MFA, "caucuses")
    assert "agree_report" not in shown(session, JPN_MFA, "caucuses")
    session.done((M1, caucus_sittings.CallBack()), (KOREA, caucus_sittings.AgreeReport(name)))
    html = shown(session, PRC_MFA, "caucuses")
    assert "Agree, and bring it back" in html
    assert html.index("agree_report") < html.index("propose_caucus"), "it stands before all else"
    session.done((CHINA, caucus_sittings.AgreeReport(name)))
    assert "in the name of all of you" in shown(session, PRC_MFA, "caucuses")
    said = shown(session, OBSERVERS, "transcript")
    assert "The caucus of Land JPN, Land PRC and Land ROK reports:" in said
    assert "withdraw_statement" not in shown(session, THE_MODERATORS, "transcript")


def test_who_left_reads_what_was_said_until_then_and_can_do_nothing() -> None:
    session = all_met(plenary())
    name = only(session).id
    session.done((KOREA, caucus_sittings.SayInCaucus(name, "Goodbye.")), (KOREA, caucus_sittings.LeaveCaucus(name)))
    html = shown(session, ROK_MFA, "caucuses")
    assert "You left it." in html
    assert "Goodbye." in html
    assert "say_in_caucus" not in html
    assert "draft_report" not in html


def test_after_the_session_the_panel_tells_nothing() -> None:
    session = talked(plenary()).done((M1, room.CloseSession()))
    for audience in (JPN_MFA, PRC_MFA, OBSERVERS, THE_MODERATORS):
        html = shown(session, audience, "caucuses")
        assert "Psst" not in html
        assert "<form" not in html


# The line to the chair


def test_a_note_is_read_by_its_seat_and_the_chair_and_waits_on_the_desk() -> None:
    session = cast_live().done((JAPAN, notes.NoteToChair("May I speak?")))
    assert "has not answered yet" in shown(session, JPN_MFA, "chairline")
    html = shown(session, THE_MODERATORS, "chairline")
    assert "May I speak?" in html
    assert 'data-signal="A note to you"' in html
    assert "May I speak?" not in shown(session, JPN_MOD, "chairline")
    session.done((M1, notes.AnswerNote("JPN-MFA", "You may.")), (M1, notes.WordToDelegation("JPN", "Be brief.")))
    html = shown(session, JPN_MFA, "chairline")
    assert html.rindex("May I speak?") < html.rindex("You may.") < html.rindex("Be brief.")
    assert 'data-news="2"' in html
    assert "No note waits." in shown(session, THE_MODERATORS, "chairline")
    html = shown(session, JPN_MOD, "chairline")
    assert "Be brief." in html
    assert "You may." not in html


def test_who_writes_twice_before_an_answer_waits_once_with_both() -> None:
    session = cast_live().done((JAPAN, notes.NoteToChair("One.")), (M1, notes.AnswerNote("JPN-MFA", "Yes?")))
    session.done((JAPAN, notes.NoteToChair("Two.")), (JAPAN, notes.NoteToChair("Three.")))
    html = shown(session, THE_MODERATORS, "chairline")
    assert html.count('id="note-JPN-MFA"') == 1
    assert "One." not in html
    assert html.index("Two.") < html.index("Three.")


def test_what_the_chair_put_aside_was_read() -> None:
    session = cast_live().done((JAPAN, notes.NoteToChair("It is cold.")), (M1, notes.PutNoteAside("JPN-MFA")))
    assert "The chair has read it." in shown(session, JPN_MFA, "chairline")


# While the officials meet apart


def apart() -> Session:
    session = cast_live().done((M1, agenda.AddItem("Apart", "officials", 10)), (M1, agenda.StartItem("added-1")))
    session.done((JAPAN, speakers.AskForFloor()), (CHINA, speakers.AskForFloor()), (M1, floor.NextSpeaker()))
    session.done((JAPAN, statements.MakeStatement("Between officials.")), (M1, floor.NextSpeaker()))
    return session.done((KOREA, speakers.AskForFloor()))


@pytest.mark.parametrize("audience", [OBSERVERS, EXPERT])
def test_who_is_no_official_sees_that_they_meet_apart_and_nothing_else(audience: Audience) -> None:
    session = apart()
    before = cast_live().done((M1, agenda.AddItem("Apart", "officials", 10)), (M1, agenda.StartItem("added-1")))
    html = shown(session, audience, "table")
    assert "The officials meet apart." in html
    assert "The floor is free" not in html
    for panel in ("table", "transcript", "people", "agenda"):
        assert shown(session, audience, panel) == shown(before, audience, panel), panel


def test_the_wall_says_so_too() -> None:
    html = shown(apart(), OBSERVERS, "stage", "projector")
    assert "The officials meet apart" in html
    assert "Name of china" not in html


def test_officials_and_the_chair_see_their_floor() -> None:
    for audience in (JPN_MFA, THE_MODERATORS):
        html = shown(apart(), audience, "table")
        assert "Name of china" in html
        assert "meet apart." not in html


def test_an_expert_is_told_why_not_to_ask_for_the_floor() -> None:
    session = apart()
    session.done((M1, floor.EndSpeech(session.state.floor.speech.id if session.state.floor.speech else "")))
    person = next(iter(session.state.seats.on("JPN-EXP-1")))
    view = fold(visible(session.entries, EXPERT))
    inside = paint_personal("delegate", EXPERT, view, NAMES, _admitted(person))
    assert "The officials meet apart." in inside["action"]
    assert audience_of(_admitted(person)) == EXPERT


def _admitted(person: Any) -> Any:
    return type(person)(person.id, person.role, person.seat, person.delegation, admitted=True, kind=person.kind)
