"""The floor on the screens: for everybody the next thing at hand, and nothing that makes no sense now."""

import re
from dataclasses import replace
from functools import cache

import pytest

from rooms import panels, showing_floor
from rooms.domain import floor, items, orders, room, speakers, statements
from rooms.domain.fold import fold
from rooms.domain.seats import Person
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, Audience, audience_of, visible
from rooms.domain.state import RoomState
from tests.domain.play import CHINA, CHINA_MOD, JAPAN, JAPAN_MOD, KOREA, M1, OBSERVER, Session, cast_joined, running

from .floor_stages import floor_stages, forty
from .painted import paint_personal
from .test_panels import HOSTILE, NAMES, Page


@cache
def stages() -> dict[str, Session]:
    return dict(floor_stages(cast_joined().done((M1, room.StartSession())), HOSTILE))


def view_of(session: Session, audience: Audience) -> RoomState:
    return fold(visible(session.entries, audience))


def table(session: Session, audience: Audience = THE_MODERATORS, screen: str = "moderator") -> str:
    return panels.paint(screen, audience, view_of(session, audience), NAMES)["table"]


def transcript(session: Session, audience: Audience = OBSERVERS, screen: str = "observer") -> str:
    return panels.paint(screen, audience, view_of(session, audience), NAMES)["transcript"]


def own_panel(session: Session, pid: str) -> str:
    person: Person = session.state.seats.people[pid]
    audience = audience_of(person)
    assert audience is not None
    return paint_personal("delegate", audience, view_of(session, audience), NAMES, person)["action"]


def words(html: str) -> str:
    """What is read, without marks and spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def commands(html: str) -> list[str]:
    return [command for command, _ in Page(html).forms()]


def big_button(html: str) -> list[str]:
    """The button that is the next thing to do."""
    return [words(one).strip() for one in re.findall(r'<button class="btn[^"]*btn-big[^"]*"[^>]*>(.*?)</button>', html)]


# The chair


@pytest.mark.parametrize(
    ("stage", "key_n"),
    [
        ("a question is being asked", ""),
        ("China is asked", "Give Land PRC the floor to reply"),
        ("China is asked and listed", "Give Land PRC the floor to reply"),
        ("China is announced", "Give Land PRC the floor to reply"),
        ("interrupted", "Let the speech go on"),
        ("China replies", "Give the floor to Land JPN: right of reply"),
        ("only a right of reply waits", "Give the floor to Land JPN: right of reply"),
        ("exhausted", ""),
        ("unbalanced", "Give the floor to Land ROK"),
        ("a point is raised", "Why, if you wish to say"),
        ("a point is ruled on", "Let the speech go on"),
        ("a ruling is appealed", "Close the vote"),
        ("an appeal is decided", "Let the speech go on"),
        ("the floor goes on", "Give the floor to Land PRC"),
    ],
)
def test_one_key_of_the_chairs_is_the_next_thing(stage: str, key_n: str) -> None:
    html = table(stages()[stage])
    assert html.count('data-key="n"') == (1 if key_n else 0)
    if key_n:
        control = re.search(r'<(button|input)[^>]*data-key="n"[^>]*>[^<]*', html)
        assert control is not None
        assert key_n in control.group(0)


def test_the_presenters_come_before_the_list() -> None:
    session = running(cast_joined().done((M1, room.StartSession())), "i2").done((KOREA, speakers.AskForFloor()))
    html = table(session)
    assert "Give the floor to Land JPN: presenter" in words(html)
    assert html.count('data-key="n"') == 1


def test_while_a_point_waits_the_chair_is_offered_nothing_else_on_the_floor() -> None:
    for stage in ("a point is raised", "a point is ruled on", "a ruling is appealed"):
        offered = set(commands(table(stages()[stage])))
        assert not offered & {"next_speaker", "call_on", "end_speech", "undo_next", "interrupt_speech", "call_to_reply"}
    assert {"rule_on_point"} <= set(commands(table(stages()["a point is raised"])))


def test_undo_is_offered_as_long_as_it_can_be_done() -> None:
    session = stages()["a question is being asked"]
    assert "undo_next" not in commands(table(session)), "a gist has been kept of that speech"
    session = cast_joined().done((M1, room.StartSession()), (JAPAN, speakers.AskForFloor()), (M1, floor.NextSpeaker()))
    assert 'data-key="u"' in table(session)
    session.done((CHINA, orders.RaisePoint()))
    assert 'data-key="u"' not in table(session)


def test_the_balanced_order_is_offered_where_it_is_another() -> None:
    session = cast_joined().done((M1, room.StartSession()), (M1, floor.CallOn("JPN-MFA")))
    session.done((JAPAN_MOD, speakers.AskForFloor()), (KOREA, speakers.AskForFloor()))
    assert 'data-key="b"' in table(session)
    assert "balance_list" not in commands(table(session.done((KOREA, speakers.WithdrawRequest()))))
    assert "balance_list" not in commands(table(stages()["China is asked"]))


def test_forty_names_stay_a_list() -> None:
    html = table(forty())
    assert html.count('class="queue-entry') == 39
    assert html.count('class="spoken-time"') == 39
    page = Page(html)
    assert not page.open
    # The acts of a row are one group at its end, so that a row stays a line.
    assert html.count("queue-acts") == 39
    assert "You are 39th." in own_panel(forty(), "usa-exp-10")


@pytest.mark.parametrize(
    ("stage", "status"),
    [
        ("China is asked", "the list is open"),
        ("only a right of reply waits", "the list is exhausted"),
        ("exhausted", "the list is exhausted; each seat once"),
        ("unbalanced", "the list is open; each seat once"),
    ],
)
def test_everybody_reads_where_the_list_stands(stage: str, status: str) -> None:
    for screen, audience in (("moderator", THE_MODERATORS), ("observer", OBSERVERS)):
        assert status in words(table(stages()[stage], audience, screen))


def test_everybody_reads_who_follows_and_who_is_asked() -> None:
    shown = words(table(stages()["China is announced"], OBSERVERS, "observer"))
    assert "To be followed by PRC" in shown
    assert "JPN asks PRC" in shown
    assert "reply is on the list" in shown
    assert "Rights of reply, after the list" in shown


def test_an_interrupted_clock_stands() -> None:
    html = table(stages()["interrupted"], OBSERVERS, "observer")
    speech = stages()["interrupted"].state.floor.speech
    assert speech is not None
    assert f'data-paused-at="{speech.interrupted_at}"' in html
    assert "Interrupted:" in words(html)


# A delegate


@pytest.mark.parametrize(
    ("stage", "person", "expected"),
    [
        ("a question is being asked", JAPAN, "I have asked"),
        ("China is asked", CHINA, "Land JPN asks you:"),
        ("China is asked", CHINA_MOD, "Ask for the floor to reply"),
        ("China is asked and listed", CHINA, "Land JPN asks you: reply when you are called."),
        ("China is announced", CHINA, "You are next: be ready."),
        ("China is announced", JAPAN, "Your right of reply comes after the list."),
        ("interrupted", KOREA, "Your speech is interrupted, and your clock stands."),
        ("exhausted", JAPAN_MOD, "Ask for the floor"),
        ("unbalanced", KOREA, "You are next: be ready."),
        ("a point is raised", KOREA, "A point of order waits for the chair."),
        ("a point is ruled on", JAPAN, "Appeal against the ruling"),
        ("a ruling is appealed", JAPAN, "Shall the chair’s ruling be overturned?"),
        ("a ruling is appealed", CHINA, "Your delegation has voted on the ruling."),
    ],
)
def test_a_delegate_reads_what_there_is_to_do(stage: str, person: str, expected: str) -> None:
    assert expected in words(own_panel(stages()[stage], person))


@pytest.mark.parametrize("stage", [*stages()])
def test_a_delegate_has_one_big_button_at_most(stage: str) -> None:
    for person in (JAPAN, CHINA, KOREA, JAPAN_MOD, CHINA_MOD):
        if person in stages()[stage].state.seats.people:
            assert len(big_button(own_panel(stages()[stage], person))) <= 1


def test_a_colleague_replies_where_the_first_is_on_the_list_to_do_so() -> None:
    assert "Ask for the floor to reply" not in own_panel(stages()["China is announced"], CHINA_MOD)


def test_whom_one_can_reply_to_has_spoken_and_is_another_delegation() -> None:
    html = own_panel(stages()["China is announced"], CHINA_MOD)
    abouts = re.findall(r'<option value="(\w+)">', html.split('id="reply-about"')[1].split("</select>")[0])
    assert abouts == ["JPN", "ROK"]


def test_points_of_order_are_offered_where_the_format_has_them() -> None:
    session = cast_joined().done((M1, room.StartSession()))
    assert "raise_point" in commands(own_panel(session, KOREA))
    without = forty()
    assert "raise_point" in commands(own_panel(without, "jpn-exp-2"))
    state = without.state
    assert not showing_floor.stance_of(_no_points(state), state.seats.people["jpn-exp-2"]).may_point


def _no_points(state: RoomState) -> RoomState:
    return replace(state, prepared=replace(state.prepared, points_of_order=False))


@pytest.mark.parametrize(
    ("item", "kinds"),
    [
        ("i1", ["statement", "procedural"]),
        ("i2", ["perspective", "question", "procedural"]),
        ("i3", ["statement", "question", "reply", "proposal", "procedural"]),
        ("i4", ["proposal", "statement", "question", "reply", "procedural"]),
    ],
)
def test_kinds_of_speech_that_make_no_sense_now_are_not_offered(item: str, kinds: list[str]) -> None:
    session = running(cast_joined().done((M1, room.StartSession())), item)
    html = own_panel(session, KOREA).split('id="ask-kind"')[1].split("</select>")[0]
    assert re.findall(r'value="(\w+)"', html) == kinds
    assert f'value="{kinds[0]}" selected' in html


def test_every_kind_of_item_has_kinds_of_speech_that_the_rules_know() -> None:
    for kinds in (showing_floor.TALK, *showing_floor.FITTING.values()):
        assert set(kinds) <= set(floor.SPEECH_KINDS)
    assert set(showing_floor.FITTING) <= set(items.KINDS)


# What was said


def test_what_is_said_is_linked_to_whom_it_answers() -> None:
    shown = words(transcript(stages()["only a right of reply waits"]))
    assert re.search(r"Question to PRC", shown)
    assert re.search(r"Reply in reply to JPN", shown)


def test_a_speech_by_word_of_mouth_stands_among_what_was_said_with_its_gist() -> None:
    html = transcript(stages()["China replies"])
    assert "Gist by the rapporteur" in html
    assert html.index('id="said-s1"') < html.index('id="spoke-r2"')
    assert "log_gist" not in html


def test_the_rapporteur_keeps_gists_and_withdraws_nothing() -> None:
    session = stages()["China replies"]
    html = transcript(session, OBSERVERS, "rapporteur")
    assert set(commands(html)) == {"log_gist"}
    assert 'data-key="g"' in html
    assert session.state.seats.people[OBSERVER].role == "rapporteur"


def test_a_correction_is_shown_as_one() -> None:
    assert "Corrects the record" in transcript(stages()["exhausted"])


def test_however_much_was_said_a_screen_holds_the_last_of_it() -> None:
    """What a phone lays out anew with each statement does not grow: a thousand entries cost what a hundred do."""
    session = cast_joined().done((M1, room.StartSession()))
    sizes = []
    for many in (100, 200):
        made = session.state.floor.statements
        session.done(*[(M1, statements.ChairStatement(f"Number {n:03}.")) for n in range(made + 1, many + 1)])
        html = transcript(session)
        assert html.count('id="said-') == showing_floor.READ_AT_ONCE
        assert f"Number {many}." in html
        assert f"{many - showing_floor.READ_AT_ONCE} earlier statements" in html
        sizes.append(len(html))
    assert sizes[0] == pytest.approx(sizes[1], rel=0.02)
