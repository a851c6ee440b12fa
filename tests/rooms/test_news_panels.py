"""What the panels of injects and news show: to the chair all of it in order, to each seat its own; and the wall."""

from typing import Any

import pytest

from rooms import panels
from rooms.domain import agenda, decisions, room, speakers, texts
from rooms.domain.floor import NextSpeaker
from rooms.domain.fold import Tick, fold
from rooms.domain.inject_control import (
    AddInject,
    ArmAsPlanned,
    ArmInject,
    CloseInject,
    HoldInject,
    PlayContingency,
    ReleaseInject,
    SkipInject,
)
from rooms.domain.injects import Trigger
from rooms.domain.news import AnswerNews, SeeNews
from rooms.domain.record import CLOCK
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, Audience, audience_of, on_seat, visible
from rooms.domain.state import RoomState
from rooms.showing_news import MOST_ON_THE_WALL, in_words, injects, news
from tests.domain.play import (
    CAST,
    CHINA,
    JAPAN,
    JAPAN_MOD,
    KOREA,
    M1,
    MINUTE,
    NOON,
    Session,
    cast_live,
    running,
)

NAMES = {pid: f"Name of {pid}" for pid in CAST}


def seen_by(session: Session, audience: Audience) -> RoomState:
    return fold(visible(session.entries, audience))


def desk(session: Session) -> Any:
    """What the chair's panel is made from."""
    return injects(seen_by(session, THE_MODERATORS), THE_MODERATORS)


def pile(session: Session, person: str) -> Any:
    """What a person's panel of news is made from."""
    audience = audience_of(session.state.seats.people[person])
    assert audience is not None
    return news(seen_by(session, audience), audience)


def painted(session: Session, screen: str, audience: Audience) -> dict[str, str]:
    return panels.paint(screen, audience, seen_by(session, audience), NAMES)


def titles(rows: Any) -> list[str]:
    return [row["inject"].id for row in rows]


# The chair's timeline


@pytest.mark.parametrize(
    ("trigger", "words"),
    [
        (Trigger(), "by hand"),
        (Trigger("time", 25), "at 25 min"),
        (Trigger("item", 4, "i3"), "4 min into item 3"),
        (Trigger("item", 0, "i3"), "at the start of item 3"),
        (Trigger("item", 4, "i2"), "4 min into “Item i2”, which was left out"),
        (Trigger("event", 0, "decisions.consensus_reached"), "when a text is adopted"),
    ],
)
def test_when_an_inject_comes_is_said_in_words(trigger: Trigger, words: str) -> None:
    session = cast_live()
    if "left out" in words:
        session.done((M1, agenda.SkipItem("i2", "No time")))
    assert in_words(session.state, trigger) == words


def test_what_is_armed_stands_in_the_order_in_which_it_is_expected() -> None:
    session = cast_live().done((M1, AddInject("Frost", "It freezes.", "Radio")), (M1, ArmAsPlanned()))
    session.done((M1, ArmInject("x4", "event", 0, "seats.seat_left")))
    [(name, armed)] = desk(session)["groups"]
    assert (name, titles(armed)) == ("Armed", ["x2", "x3", "x4", "x1", "x5"])
    assert desk(session)["next"]["inject"].id == "x2"
    assert desk(session)["next"]["instant"] == NOON + 5 * MINUTE
    assert desk(session)["next"]["since"] == NOON
    running(session, "i3")
    assert titles(desk(session)["groups"][0][1])[:2] == ["x3", "x2"], "by now the item's comes first"


def test_an_inject_of_a_coming_item_is_expected_as_the_agenda_is() -> None:
    session = running(cast_live(), "i1").done((M1, ArmAsPlanned()))
    row = next(row for row in desk(session)["rows"] if row["inject"].id == "x3")
    assert row["instant"] is None
    assert row["about"].at == NOON + 5 * MINUTE + 10 * MINUTE + MINUTE


def test_the_timeline_parts_what_is_out_armed_not_armed_and_left_out() -> None:
    session = cast_live().done((M1, ArmInject("x1")), (M1, HoldInject("x2")), (M1, SkipInject("x4", "No time")))
    session.done((M1, ReleaseInject("x3")))
    assert [(name, titles(rows)) for name, rows in desk(session)["groups"]] == [
        ("Out", ["x3"]),
        ("Armed", ["x1"]),
        ("Not armed", ["x2"]),
        ("Left out", ["x4"]),
    ]
    assert desk(session)["next"] is None
    assert titles(desk(session)["by_hand"]) == ["x1"]


def test_what_waits_in_vain_is_said_to_be_missed() -> None:
    session = running(cast_live().done((M1, ArmAsPlanned())), "i3").done((M1, agenda.EndItem("i3")))
    assert [(row["inject"].id, row["state"]) for row in desk(session)["missed"]] == [("x3", "missed")]
    assert titles(desk(session)["groups"][0][1])[-1] == "x3"
    html = painted(session, "moderator", THE_MODERATORS)["injects"]
    assert "was over before that minute came" in html


def test_the_chair_sees_who_has_read_and_what_was_answered() -> None:
    session = cast_live().done((M1, ReleaseInject("x1")), (M1, ReleaseInject("x2")))
    first, _ = session.state.news.pieces
    session.done((JAPAN, SeeNews(first)), (JAPAN_MOD, SeeNews(first)), (CHINA, AnswerNews(first, "We wait.")))
    to_all, to_japan = desk(session)["groups"][0][1]
    assert (to_all["seen"], len(to_all["readers"]), to_all["answered"], to_all["state"]) == (2, 4, 1, "answered")
    assert [len(one["seen"]) for one in to_all["readers"]] == [2, 1, 0, 0]
    assert (to_japan["seen"], len(to_japan["readers"]), to_japan["state"]) == (0, 1, "released")
    html = painted(session, "moderator", THE_MODERATORS)["injects"]
    assert "We wait." in html
    assert "seen 2 of 4" in html
    session.done((M1, PlayContingency("x2", "More.")), (M1, CloseInject("x2", "Nothing came of it.")))
    assert "Nothing came of it." in painted(session, "moderator", THE_MODERATORS)["injects"]


def test_a_reader_of_two_pieces_counts_once() -> None:
    session = cast_live().done((M1, ReleaseInject("x2")), (M1, PlayContingency("x2", "More.")))
    for piece in session.state.news.pieces:
        session.done((JAPAN, SeeNews(piece)))
    [row] = desk(session)["groups"][0][1]
    assert (row["seen"], len(row["readers"])) == (1, 1)


def test_the_event_of_a_hidden_caucus_is_not_offered() -> None:
    assert "caucuses.began" not in desk(cast_live(caucus_existence="hidden"))["upon"]
    assert "caucuses.began" in desk(cast_live(caucus_existence="announced"))["upon"]


def test_once_the_session_is_closed_the_timeline_is_only_read() -> None:
    session = cast_live().done((M1, ArmAsPlanned()), (M1, ReleaseInject("x1")), (M1, room.CloseSession()))
    assert [(name, len(rows)) for name, rows in desk(session)["groups"]] == [("Out", 1), ("Never sent", 3)]
    html = painted(session, "moderator", THE_MODERATORS)["injects"]
    assert "<form" not in html
    assert "Flash x1" in html


# What delegations read


def test_unread_news_stands_out_and_what_was_read_goes_to_the_earlier() -> None:
    session = cast_live().done((M1, ReleaseInject("x1")), (M1, ReleaseInject("x2")))
    first, second = session.state.news.pieces
    assert [row["piece"].id for row in pile(session, JAPAN)["shown"]] == [second, first], "the newest first"
    session.done((JAPAN, SeeNews(first)))
    assert [row["piece"].id for row in pile(session, JAPAN)["shown"]] == [second]
    assert [row["piece"].id for row in pile(session, JAPAN)["earlier"]] == [first]
    session.done((JAPAN, SeeNews(second)))
    assert [row["unread"] for row in pile(session, JAPAN)["shown"]] == [False], "the newest stays in sight"
    assert pile(session, JAPAN_MOD)["unread"] == 2, "each seat reads for itself"
    assert [seat.id for seat in pile(session, JAPAN_MOD)["shown"][0]["read_by"]] == ["JPN-MFA"]


def test_more_unread_news_than_leave_the_table_in_sight_lie_with_the_earlier() -> None:
    session = cast_live()
    for number in range(4):
        session.done((M1, AddInject(f"Flash {number}", "Something.", "A wire")))
        session.done((M1, ReleaseInject(list(session.state.injects.prepared)[-1])))
    pieces = list(session.state.news.pieces)
    shown, earlier = pile(session, JAPAN)["shown"], pile(session, JAPAN)["earlier"]
    assert [row["piece"].id for row in shown] == pieces[:1:-1]
    assert [row["piece"].id for row in earlier] == pieces[1::-1]
    assert (
        "Earlier news (2, <b>2 not read</b>)"
        in painted(session, "delegate", on_seat("JPN-MFA", "JPN", officials=True))["news"]
    )
    session.done((JAPAN, SeeNews(pieces[3])))
    assert [row["piece"].id for row in pile(session, JAPAN)["shown"]] == [pieces[2], pieces[1]]


def test_where_nothing_has_come_nothing_is_shown() -> None:
    session = cast_live().done((M1, ArmAsPlanned()))
    for screen, audience in (("delegate", on_seat("JPN-MFA", "JPN", officials=True)), ("observer", OBSERVERS)):
        html = painted(session, screen, audience)["news"]
        assert html.splitlines()[0].endswith(" hidden>")
        assert "<details" not in html


def test_only_who_sits_is_offered_to_read_and_to_answer_and_only_while_the_room_is_open() -> None:
    session = cast_live().done((M1, ReleaseInject("x1")))
    korea = on_seat("ROK-MFA", "ROK", officials=True)
    html = painted(session, "delegate", korea)["news"]
    assert "We have read it" in html
    assert "What we do about it" in html
    assert "<form" not in painted(session, "observer", OBSERVERS)["news"]
    session.done((KOREA, SeeNews(next(iter(session.state.news.pieces)))))
    assert "We have read it" not in painted(session, "delegate", korea)["news"]
    session.done((M1, room.CloseSession()))
    assert "<form" not in painted(session, "delegate", korea)["news"]


def test_what_is_prepared_for_others_changes_no_byte_of_a_page() -> None:
    audience = on_seat("PRC-MOD", "PRC", officials=True)
    session = cast_live()
    before = painted(session, "delegate", audience)
    session.done((M1, ArmAsPlanned()), (M1, HoldInject("x1")), (M1, ReleaseInject("x2")), (M1, ReleaseInject("x3")))
    for piece in list(session.state.news.pieces.values()):
        session.done((JAPAN if piece.to == "JPN" else CHINA, AnswerNews(piece.id, "We wait.")))
    assert painted(session, "delegate", audience) == before


# On the wall


def scene(session: Session) -> tuple[str, str]:
    html = painted(session, "projector", OBSERVERS)["stage"]
    return html.split('data-scene="')[1].split('"')[0], html


def test_news_to_all_has_the_wall_while_nobody_speaks() -> None:
    session = running(cast_live(), "i3").done((M1, ReleaseInject("x2")))
    assert scene(session)[0] == "item"
    session.done((M1, ReleaseInject("x1")))
    name, html = scene(session)
    assert name == "news"
    assert "Something x1." in html
    session.done((JAPAN, speakers.AskForFloor()), (M1, NextSpeaker()))
    assert scene(session)[0] == "speech"


def test_a_decision_and_a_pause_go_before_news() -> None:
    session = running(cast_live(), "i4").done((JAPAN, texts.ProposeParagraph("Calm seas.")), (M1, ReleaseInject("x1")))
    assert scene(session)[0] == "news"
    session.done((M1, room.PauseSession()))
    assert scene(session)[0] == "paused"
    session.done((M1, room.ResumeSession()))
    assert scene(session)[0] == "news"
    session.done((M1, decisions.CallConsensus(1)))
    assert scene(session)[0] == "decision"
    session.done((M1, decisions.WithdrawCall("c1")))
    assert scene(session)[0] == "text"


def test_what_is_too_long_for_the_wall_is_cut() -> None:
    session = cast_live().done((M1, AddInject("Frost", "It freezes on. " * 200, "Radio")), (M1, ReleaseInject("x5")))
    html = scene(session)[1]
    assert "The rest is on your own screen." in html
    assert html.count("It freezes on.") * len("It freezes on. ") <= MOST_ON_THE_WALL


def test_the_clock_brings_news_to_the_wall_as_the_chair_does() -> None:
    session = cast_live().done((M1, ArmInject("x1", "time", 5)))
    session.when(CLOCK, Tick(), NOON + 5 * MINUTE)
    session.read()
    assert scene(session)[0] == "news"
