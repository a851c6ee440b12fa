"""What the hot wash's panels show to whom: the question, the board, the button on one's own seat, the chair's lead."""

import re
from dataclasses import replace

from rooms import panels, showing_wash
from rooms.domain import capitals, hot_wash, notes, room, seats, sharing
from rooms.domain.fold import fold
from rooms.domain.hot_wash import AddWashNote, BeginHotWash, EndHotWash, StepOutOfRole, TakeUpBookmark, TurnToPhase
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, Audience, audience_of, capital_of, visible
from rooms.domain.state import RoomState
from tests.domain.play import CHINA, JAPAN, KOREA, M1, OBSERVER, Session, cast_live
from tests.domain.wash_play import closed, washing, washing_after

NAMES = {JAPAN: "Aylin", KOREA: "Minho", OBSERVER: "Olga"}


def view(session: Session, audience: Audience) -> RoomState:
    return fold(visible(session.entries, audience))


def shown(session: Session, person: str, panel: str = "wash") -> str:
    who = session.state.seats.people[person]
    audience = audience_of(who)
    assert audience
    return panels.paint(panels.screen_of(who), audience, view(session, audience), NAMES)[panel]


def is_hidden(html: str) -> bool:
    return " hidden" in html.split(">", 1)[0]


def test_without_one_nobody_sees_a_panel_and_in_a_closed_room_the_chair_is_offered_it() -> None:
    session = cast_live()
    assert all(is_hidden(shown(session, person)) for person in (M1, JAPAN, OBSERVER))
    closed(session)
    assert is_hidden(shown(session, JAPAN))
    assert "Begin the hot wash" in shown(session, M1)


def test_each_says_their_own_name_again_and_once() -> None:
    session = washing_after(cast_live())
    html = shown(session, JAPAN, "role")
    assert re.search(r"I am <bdi>Aylin</bdi> again, not Land JPN", html)
    session.done((JAPAN, StepOutOfRole()))
    assert is_hidden(shown(session, JAPAN, "role"))
    assert "step_out_of_role" in shown(session, CHINA, "role")
    assert "I am myself again" in shown(session, CHINA, "role"), "where no name is known"
    assert "<b>1 of 5</b>" in shown(session, OBSERVER)


def test_two_on_a_seat_step_out_one_after_the_other() -> None:
    session = cast_live().done(("second", seats.JoinRoom("delegate", "ROK-MFA")), (M1, seats.AdmitPerson("second")))
    washing(session)
    assert "I am myself again" in shown(session, KOREA, "role")
    session.done((KOREA, StepOutOfRole()))
    assert "1 of the 2 of you here" in shown(session, KOREA, "role")
    session.done(("second", StepOutOfRole()))
    assert is_hidden(shown(session, KOREA, "role"))


def test_a_capital_steps_out_of_its_role_too_and_no_seat_learns_of_it() -> None:
    session = cast_live().done((M1, capitals.AppointCapital(OBSERVER, "JPN")))
    washing(session)
    assert "I am <bdi>Olga</bdi> again" in shown(session, OBSERVER, "role")
    session.done((OBSERVER, StepOutOfRole()))
    assert is_hidden(shown(session, OBSERVER, "role"))
    assert view(session, capital_of("JPN")).hot_wash.out == (OBSERVER,)
    assert "step_out_of_role" in shown(session, JAPAN, "role")


def test_everybody_writes_and_only_the_chair_takes_down_turns_and_shares() -> None:
    session = washing(cast_live()).done((CHINA, AddWashNote("plus", "We listened.")))
    for person in (JAPAN, OBSERVER):
        html = shown(session, person)
        assert 'value="add_wash_note"' in html
        assert not [name for name in ("take_down_note", "turn_to_phase", "share_part", "end_hot_wash") if name in html]
    html = shown(session, M1)
    assert all(f'value="{name}"' in html for name in ("add_wash_note", "take_down_note", "turn_to_phase", "share_part"))
    assert "<form" not in panels.paint("projector", OBSERVERS, view(session, OBSERVERS), NAMES)["stage"]


def test_nothing_is_written_once_it_is_over_but_all_is_read() -> None:
    session = washing_after(cast_live()).done((CHINA, AddWashNote("delta", "Less talk.")), (M1, EndHotWash()))
    html = shown(session, JAPAN)
    assert "Less talk." in html
    assert "add_wash_note" not in html
    assert "Go on with the hot wash" in shown(session, M1)


def test_off_the_record_the_board_of_the_item_is_gone_for_all_but_who_assesses() -> None:
    session = washing(cast_live()).done((CHINA, AddWashNote("plus", "We listened.")))
    for rule, left in (("chatham_house", 1), ("off_the_record", 0)):
        over = _noted_under(closed(session.copy()), rule)
        assert len(showing_wash.wash(over, OBSERVERS)["plus"]) == left
        assert len(showing_wash.wash(over, THE_MODERATORS)["plus"]) == 1


def _noted_under(session: Session, rule: str) -> RoomState:
    """The room as if its notes had been written under a rule."""
    noted = (isinstance(one.event, hot_wash.NoteAdded) for one in session.entries)
    entries = zip(session.entries, noted, strict=True)
    return fold(replace(one, attribution=rule) if is_note else one for one, is_note in entries)


def test_the_chair_goes_through_the_bookmarks_in_order() -> None:
    session = cast_live().done((M1, notes.SetBookmark("One.")), (M1, notes.SetBookmark("Two.")))
    washing(session)

    def rows() -> list[tuple[str, bool, bool, bool]]:
        made = showing_wash.wash(view(session, THE_MODERATORS), THE_MODERATORS)["bookmarks"]
        return [(one["bookmark"].text, one["next"], one["taken"], one["up"]) for one in made]

    assert rows() == [("One.", True, False, False), ("Two.", False, False, False)]
    session.done((M1, TakeUpBookmark("b1")))
    assert rows() == [("One.", False, True, True), ("Two.", True, False, False)]
    assert "One." in shown(session, JAPAN)
    assert "Two." not in shown(session, JAPAN), "what is not taken up is the chair's own"
    assert 'href="moment/' not in shown(session, JAPAN), "nobody else looks back while the session goes on"
    session.done((M1, TurnToPhase("role")))
    assert rows()[0] == ("One.", False, True, False)
    assert "One." not in shown(session, JAPAN)


def test_the_wall_shows_the_question_the_moment_and_the_newest_notes() -> None:
    session = cast_live().done((M1, notes.SetBookmark("Here it turned.")))
    washing_after(session)
    session.done(*((CHINA, AddWashNote("plus", f"Note {number}.")) for number in range(6)))
    session.done((CHINA, AddWashNote("delta", "x" * 300)), (M1, TurnToPhase("feel")))

    def wall() -> str:
        return panels.paint("projector", OBSERVERS, view(session, OBSERVERS), NAMES)["stage"]

    assert "How do you feel?" in wall()
    assert "<b>6</b> to keep, <b>1</b> to change" in wall()
    assert [number for number in range(6) if f"Note {number}." in wall()] == [3, 4, 5], "and nothing too long to read"
    session.done((M1, TakeUpBookmark("b1")))
    assert "Here it turned." in wall()
    session.done((M1, EndHotWash()))
    assert 'data-scene="closed"' in wall()


def test_the_chairs_form_says_with_whom_each_part_is_shared() -> None:
    session = washing_after(cast_live()).done((M1, sharing.SharePart("floor", "delegates")))
    html = shown(session, M1)
    assert "The floor (delegations)" in html
    assert "Against the mandates (you alone)" in html
    assert "What came of it (all)" in html


def test_a_pause_stands_on_the_wall_before_the_hot_wash() -> None:
    session = washing(cast_live()).done((M1, BeginHotWash()), (M1, room.PauseSession()))
    assert 'data-scene="paused"' in panels.paint("projector", OBSERVERS, view(session, OBSERVERS), NAMES)["stage"]
