"""What the chair does with the list: announces who follows, adds names, balances, lets each seat speak once."""

import pytest

from rooms.domain import agenda, room, seats
from rooms.domain.floor import CallOn, EndSpeech, FloorGiven, NextSpeaker
from rooms.domain.podium import Floor
from rooms.domain.replies import AllowMoreReplies, AskRightOfReply, ReplyToQuestion
from rooms.domain.sight import OBSERVERS
from rooms.domain.speakers import (
    AskForFloor,
    CloseList,
    FloorRequested,
    MoveRequest,
    RequestWithdrawn,
    WithdrawRequest,
)
from rooms.domain.statements import MakeStatement
from rooms.domain.turns import (
    AddToList,
    BalanceList,
    ListBalanced,
    RecogniseRequest,
    RequestRecognised,
    SetSpeakOnce,
    SpeakOnceSet,
)

from .play import CHINA, CHINA_MOD, JAPAN, JAPAN_MOD, KOREA, M1, M2, MINUTE, NOON, SECOND, Session, running, speaking


def listed(session: Session) -> Session:
    return session.done((JAPAN, AskForFloor()), (CHINA, AskForFloor()), (KOREA, AskForFloor()))


def queue(session: Session) -> list[str]:
    return [request.id for request in session.state.floor.queue]


def announced(session: Session) -> list[str]:
    return [request.id for request in session.state.floor.waiting if request.recognised]


# Where the list stands


def test_a_list_is_open_then_closed_to_new_names_then_exhausted(session: Session) -> None:
    def status() -> str:
        return session.state.floor.list_status("")

    assert status() == "open"
    session.done((M1, CloseList()))
    assert status() == "closed"
    session.done((M1, AddToList("JPN-MFA")))
    assert status() == "closed_to_new_names"
    session.done((M1, NextSpeaker()))
    assert status() == "exhausted"


def test_another_item_begins_with_a_list_on_which_nobody_has_been(session: Session) -> None:
    running(session, "i1").done((JAPAN, AskForFloor()), (JAPAN, WithdrawRequest()), (M1, CloseList()))
    assert session.state.floor.list_status("i1") == "exhausted"
    running(session, "i3")
    assert session.state.floor.list_status("i3") == "closed"
    assert Floor().list_status("") == "open"


# To be followed by ...


def test_the_chair_announces_who_follows(session: Session) -> None:
    listed(session).when(M1, RecogniseRequest("r2")).then(RequestRecognised("r2"))
    assert (queue(session), announced(session)) == (["r2", "r1", "r3"], ["r2"])
    session.when(M2, RecogniseRequest("r2")).then()
    session.when(M1, RecogniseRequest("r3"))
    assert (queue(session), announced(session)) == (["r3", "r2", "r1"], ["r3"]), "one at a time"
    session.when(M1, NextSpeaker())
    assert session.new[0].request == "r3"


def test_who_is_not_listed_cannot_be_announced(session: Session) -> None:
    session.when(M1, RecogniseRequest("r1")).refused("not_listed")
    listed(session).done((M1, room.PauseSession())).when(M1, RecogniseRequest("r1")).refused("paused")


def test_whom_the_chair_puts_before_the_announced_name_takes_that_from_it(session: Session) -> None:
    listed(session).done((M1, RecogniseRequest("r1")), (M1, MoveRequest("r3", "r2")))
    assert announced(session) == ["r1"]
    session.done((M1, MoveRequest("r3", "r1")))
    assert (queue(session), announced(session)) == (["r3", "r1", "r2"], [])


def test_a_name_that_is_announced_can_still_be_withdrawn(session: Session) -> None:
    listed(session).done((M1, RecogniseRequest("r2")), (CHINA, WithdrawRequest()))
    assert (queue(session), announced(session)) == (["r1", "r3"], [])


def test_an_announced_right_of_reply_is_called_before_the_list(session: Session) -> None:
    speaking(session).done((CHINA, AskRightOfReply("JPN")), (KOREA, AskForFloor()), (M1, RecogniseRequest("r2")))
    session.when(M1, NextSpeaker("r1"))
    assert session.new[1].kind == "right_of_reply"


def test_rights_of_reply_are_moved_within_their_own_list(session: Session) -> None:
    speaking(session).done((CHINA, AskRightOfReply("JPN")), (KOREA, AskRightOfReply("JPN")), (CHINA, AskForFloor()))
    session.when(M1, MoveRequest("r3", "r4")).refused("other_list")
    session.when(M1, MoveRequest("r4", "r2")).refused("other_list")
    session.done((M1, MoveRequest("r3", "r2")))
    assert [one.id for one in session.state.floor.waiting] == ["r4", "r3", "r2"]


# Adding a name


def test_the_chair_adds_a_seat_also_to_a_closed_list(session: Session) -> None:
    session.done((M1, CloseList()))
    session.when(M1, AddToList("ROK-MFA", "proposal"))
    session.then(FloorRequested("r1", KOREA, "ROK-MFA", "ROK", "proposal"))


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (AddToList("USA-MFA"), "seat_empty"),
        (AddToList("JPN-EXP-1"), "seat_empty"),
        (AddToList("JPN-MFA", "song"), "unknown_kind"),
        (AddToList("JPN-MFA", "right_of_reply"), "unknown_kind"),
        (AddToList("PRC-MFA"), "already_listed"),
        (AddToList("JPN-MOD"), "has_floor"),
    ],
)
def test_only_a_seat_that_may_speak_and_does_not_wait_is_added(session: Session, command: AddToList, code: str) -> None:
    speaking(session, JAPAN_MOD).done((CHINA, AskForFloor()))
    session.when(M1, command).refused(code)


def test_the_chair_adds_nobody_whom_the_item_does_not_let_speak(session: Session) -> None:
    running(session, "i2").when(M1, AddToList("PRC-MOD")).refused("seat_kind")


# Order


def test_the_balanced_order_has_who_was_heard_least_first(session: Session) -> None:
    speaking(session).done((M1, EndSpeech("r1")), at=NOON + MINUTE)
    speaking(session, CHINA).done((M1, EndSpeech("r2")), at=NOON + MINUTE + SECOND)
    session.done((JAPAN, AskForFloor()), (CHINA, AskForFloor()), (JAPAN_MOD, AskForFloor()), (KOREA, AskForFloor()))
    session.when(M1, BalanceList()).then(ListBalanced("r6", ("r6", "r4", "r3", "r5")))
    assert queue(session) == ["r6", "r4", "r3", "r5"]
    session.when(M2, BalanceList()).then()


def test_of_equal_length_who_has_not_been_heard_in_this_item_comes_first(session: Session) -> None:
    speaking(session).done((M1, EndSpeech("r1")), (JAPAN, AskForFloor()), (KOREA, AskForFloor()))
    session.when(M1, BalanceList()).then(ListBalanced("r3", ("r3", "r2")))


def test_whom_the_chair_announced_stays_first_in_the_balanced_order(session: Session) -> None:
    speaking(session).done((M1, EndSpeech("r1")), at=NOON + MINUTE)
    session.done((JAPAN, AskForFloor()), (KOREA, AskForFloor()), (M1, RecogniseRequest("r2")))
    session.when(M1, BalanceList()).then()
    assert announced(session) == ["r2"]


def test_an_empty_list_is_balanced(session: Session) -> None:
    session.when(M1, BalanceList()).then()


def test_what_officials_said_among_themselves_does_not_show_in_the_order(session: Session) -> None:
    session.done((M1, agenda.AddItem("Apart", "officials", 10)), (M1, agenda.StartItem("added-1")))
    speaking(session).done((M1, EndSpeech("or1")), at=NOON + MINUTE)
    session.done((JAPAN, AskForFloor()), (KOREA, AskForFloor()))
    session.when(M1, BalanceList()).then(ListBalanced("or3", ("or3", "or2")))
    assert not OBSERVERS.sees(session.entries[-1])
    running(session, "i1").done((JAPAN, AskForFloor()), (KOREA, AskForFloor()))
    session.when(M1, BalanceList()).then()
    assert session.state.floor.spoken_ms == session.state.floor.restricted_ms == {"JPN": MINUTE}


# Speak once


def test_a_seat_that_has_spoken_does_not_ask_again_while_each_speaks_once(session: Session) -> None:
    session.when(M1, SetSpeakOnce(False)).then()
    session.when(M1, SetSpeakOnce(True)).then(SpeakOnceSet(True))
    speaking(session).done((M1, EndSpeech("r1")))
    session.when(JAPAN, AskForFloor("reply")).refused("spoken_already")
    session.done((JAPAN_MOD, AskForFloor()), (CHINA, AskForFloor()))
    session.done((M1, AddToList("JPN-MFA")))
    session.done((M1, SetSpeakOnce(False)), (JAPAN, WithdrawRequest()), (JAPAN, AskForFloor()))


def test_every_item_has_its_own_turn_to_speak_once(session: Session) -> None:
    running(session, "i1").done((M1, SetSpeakOnce(True)))
    speaking(session).done((M1, EndSpeech("r1")))
    session.when(JAPAN, AskForFloor()).refused("spoken_already")
    running(session, "i3").done((JAPAN, AskForFloor()))


def test_replies_to_questions_and_rights_of_reply_are_not_the_one_turn(session: Session) -> None:
    session.done((M1, SetSpeakOnce(True)), (JAPAN, AskForFloor("question")), (M1, NextSpeaker()))
    session.done((JAPAN, MakeStatement("Why?", "PRC")), (CHINA, ReplyToQuestion("r1")), (M1, NextSpeaker()))
    session.done((KOREA, AskRightOfReply("PRC")), (M1, NextSpeaker("r2")), (M1, EndSpeech("r3")))
    session.done((CHINA, AskForFloor()), (KOREA, AskForFloor()))
    session.when(JAPAN, AskForFloor()).refused("spoken_already")


def test_being_called_on_is_the_one_turn(session: Session) -> None:
    session.done((M1, SetSpeakOnce(True)), (M1, CallOn("PRC-MFA", "reply")), (M1, EndSpeech("r1")))
    session.when(CHINA, AskForFloor()).refused("spoken_already")


# What becomes of a name


def test_who_leaves_takes_all_their_names_along(session: Session) -> None:
    speaking(session).done((CHINA, AskForFloor()), (CHINA, AskRightOfReply("JPN")))
    session.when(CHINA, seats.LeaveSeat())
    assert session.new[:2] == [RequestWithdrawn("r2", by_chair=False), RequestWithdrawn("r3", by_chair=False)]


def test_one_of_two_names_is_withdrawn(session: Session) -> None:
    speaking(session).done((CHINA, AskForFloor()), (CHINA, AskRightOfReply("JPN")))
    session.when(CHINA, WithdrawRequest("r3")).then(RequestWithdrawn("r3", by_chair=False))
    session.when(CHINA_MOD, WithdrawRequest("r2")).refused("not_listed")


def test_the_list_and_the_rights_of_reply_end_with_the_item(session: Session) -> None:
    running(session, "i1")
    speaking(session).done((CHINA, AskForFloor()), (KOREA, AskRightOfReply("JPN")), (M1, AllowMoreReplies(True)))
    running(session, "i3")
    assert session.state.floor.waiting == ()


def test_nobody_else_is_called_in_an_officials_session(session: Session) -> None:
    session.done((M1, seats.AdmitAll()), (M1, agenda.AddItem("Apart", "officials", 10)))
    session.done((M1, agenda.StartItem("added-1")))
    for command in (CallOn("JPN-EXP-1"), AddToList("JPN-EXP-1")):
        session.when(M1, command).refused("officials_only")
    session.when(M1, CallOn("JPN-MOD"))
    session.then(FloorGiven("or1", JAPAN_MOD, "JPN-MOD", "JPN", "statement", NOON + 2 * MINUTE))
