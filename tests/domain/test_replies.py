"""Who is spoken to may reply: to a question, or by right of reply."""

import pytest

from rooms.domain import agenda, ground_rules, room, seats
from rooms.domain.floor import CallOn, EndSpeech, FloorGiven, NextSpeaker, SpeechEnded, YieldFloor
from rooms.domain.questions import QuestionDropped, QuestionPut, QuestionReplied, ReplyTied
from rooms.domain.replies import (
    AllowMoreReplies,
    AskRightOfReply,
    CallToReply,
    DropQuestion,
    MoreRepliesSet,
    ReplyToQuestion,
    RightOfReplyAsked,
)
from rooms.domain.speakers import AskForFloor, CloseList, FloorRequested, WithdrawRequest
from rooms.domain.statements import MakeStatement, StatementMade

from .play import CHINA, CHINA_MOD, JAPAN, JAPAN_MOD, KOREA, M1, M2, MINUTE, NOON, WAITING, Session, running, speaking

TWO_MINUTES = NOON + 2 * MINUTE


def asking(session: Session, person: str = JAPAN) -> Session:
    return session.done((person, AskForFloor("question")), (M1, NextSpeaker()))


def asked(session: Session) -> Session:
    """Japan has put a question to China."""
    return asking(session).done((JAPAN, MakeStatement("Why?", "PRC")))


def pending(session: Session) -> list[str]:
    return [question.id for question in session.state.questions.pending]


# Putting a question


def test_a_question_in_writing_is_put_to_a_delegation(session: Session) -> None:
    asking(session).when(JAPAN, MakeStatement("Why?", "PRC")).then(
        StatementMade("s1", JAPAN, "JPN-MFA", "JPN", "question", "Why?", ""),
        QuestionPut("r1", "s1", "JPN", "PRC"),
        SpeechEnded("r1", "JPN", "said", 0),
    )
    assert session.state.floor.transcript[0].to == "PRC"
    assert session.state.questions.put_to("PRC")[0].at == NOON


def test_a_question_by_word_of_mouth_is_put_to_a_delegation(session: Session) -> None:
    asking(session).when(JAPAN, YieldFloor("PRC"))
    session.then(SpeechEnded("r1", "JPN", "yielded", 0), QuestionPut("r1", "", "JPN", "PRC"))
    assert session.state.floor.spoken[0].to == "PRC"


def test_a_question_to_all_waits_for_nobody(session: Session) -> None:
    asking(session).done((JAPAN, MakeStatement("Does anybody know?")))
    assert pending(session) == []


@pytest.mark.parametrize("to", ["JPN", "RUS", "XYZ"])
@pytest.mark.parametrize("command", [MakeStatement, lambda _text, to: YieldFloor(to)])
def test_a_question_is_put_to_another_delegation_of_the_room(session: Session, command: type, to: str) -> None:
    asking(session).when(JAPAN, command("Why?", to)).refused("unknown_delegation")
    assert session.state.floor.speech is not None


def test_only_a_question_is_put_to_a_delegation(session: Session) -> None:
    speaking(session).when(JAPAN, MakeStatement("We wonder.", "PRC")).refused("not_a_question")
    session.when(JAPAN, YieldFloor("PRC")).refused("not_a_question")


# Replying to it


def test_the_delegation_that_was_asked_asks_for_the_floor_to_reply(session: Session) -> None:
    asked(session).done((M1, CloseList()))
    session.when(CHINA_MOD, ReplyToQuestion("r1")).then(
        FloorRequested("r2", CHINA_MOD, "PRC-MOD", "PRC", "reply"), ReplyTied("r1", "r2")
    )
    session.when(CHINA, ReplyToQuestion("r1")).refused("already_listed")
    session.done((M1, NextSpeaker())).when(CHINA_MOD, MakeStatement("Because."))
    session.then(
        StatementMade("s2", CHINA_MOD, "PRC-MOD", "PRC", "reply", "Because.", ""),
        SpeechEnded("r2", "PRC", "said", 0),
        QuestionReplied("r1", "r2", "s2", "PRC", "JPN"),
    )
    assert (pending(session), session.state.floor.transcript[1].reply_to) == ([], "JPN")


def test_a_reply_by_word_of_mouth_answers_the_question(session: Session) -> None:
    asked(session).done((CHINA, ReplyToQuestion("r1")), (M1, NextSpeaker()))
    session.when(CHINA, YieldFloor())
    session.then(SpeechEnded("r2", "PRC", "yielded", 0), QuestionReplied("r1", "r2", "", "PRC", "JPN"))
    assert session.state.floor.spoken[0].reply_to == "JPN"


def test_a_reply_that_the_chair_ends_was_given(session: Session) -> None:
    asked(session).done((CHINA, ReplyToQuestion("r1")), (M1, NextSpeaker()), (M1, EndSpeech("r2")))
    assert pending(session) == []


def test_whoever_leaves_while_replying_has_not_replied(session: Session) -> None:
    asked(session).done((CHINA, ReplyToQuestion("r1")), (M1, NextSpeaker()), (CHINA, seats.LeaveSeat()))
    assert pending(session) == ["r1"]


def test_any_reply_answers_the_oldest_question(session: Session) -> None:
    asked(session)
    asking(session, KOREA).done((KOREA, MakeStatement("And when?", "PRC")), (M1, CallOn("PRC-MFA", "reply")))
    session.when(CHINA, MakeStatement("Because."))
    assert session.new[-1] == QuestionReplied("r1", "r3", "s3", "PRC", "JPN")
    assert pending(session) == ["r2"]


def test_what_is_no_reply_answers_nothing(session: Session) -> None:
    asked(session)
    speaking(session, CHINA).done((CHINA, MakeStatement("By the way.")))
    assert pending(session) == ["r1"]


def test_the_later_of_two_questions_is_replied_to_first(session: Session) -> None:
    asked(session)
    asking(session, KOREA).done((KOREA, MakeStatement("And when?", "PRC")))
    session.done((CHINA, ReplyToQuestion("r2")), (CHINA_MOD, ReplyToQuestion("r1")), (M1, NextSpeaker()))
    session.done((CHINA, MakeStatement("Soon.")))
    assert pending(session) == ["r1"]


@pytest.mark.parametrize(("person", "code"), [(KOREA, "not_asked"), (JAPAN, "not_asked")])
def test_nobody_replies_who_was_not_asked(session: Session, person: str, code: str) -> None:
    asked(session).when(person, ReplyToQuestion("r1")).refused(code)
    session.when(person, DropQuestion("r1")).refused(code)


def test_a_question_that_does_not_wait_is_not_replied_to(session: Session) -> None:
    for person, command in (
        (CHINA, ReplyToQuestion("r1")),
        (M1, CallToReply("r1")),
        (M1, DropQuestion("r1")),
        (CHINA, DropQuestion("r1")),
    ):
        session.when(person, command).refused("not_pending")


def test_a_seat_has_one_place_on_the_list_also_for_a_reply(session: Session) -> None:
    asked(session).done((CHINA, AskForFloor())).when(CHINA, ReplyToQuestion("r1")).refused("already_listed")
    session.done((M1, NextSpeaker())).when(CHINA, ReplyToQuestion("r1")).refused("has_floor")
    session.done((CHINA_MOD, ReplyToQuestion("r1")))


def test_a_reply_that_was_withdrawn_can_be_asked_for_again(session: Session) -> None:
    asked(session).done((CHINA, ReplyToQuestion("r1")), (CHINA, WithdrawRequest()), (CHINA_MOD, ReplyToQuestion("r1")))
    assert session.state.questions.pending[0].request == "r3"


def test_an_item_can_keep_replies_to_some_kinds_of_seat(session: Session) -> None:
    running(session, "i2")
    asked(session).when(CHINA_MOD, ReplyToQuestion("r1")).refused("seat_kind")
    session.done((CHINA, ReplyToQuestion("r1")))


# The chair gives the floor to reply


def test_the_chair_gives_the_floor_to_whoever_asked_to_reply(session: Session) -> None:
    asked(session).done((CHINA_MOD, ReplyToQuestion("r1")), (KOREA, AskForFloor()), (M1, NextSpeaker(request="r3")))
    session.when(M1, CallToReply("r1", "r3")).then(
        SpeechEnded("r3", "ROK", "ended by the chair", 0),
        FloorGiven("r2", CHINA_MOD, "PRC-MOD", "PRC", "reply", TWO_MINUTES),
    )


def test_the_chair_gives_the_floor_to_the_head_where_nobody_asked_to_reply(session: Session) -> None:
    asked(session).when(M1, CallToReply("r1"))
    session.then(ReplyTied("r1", "r2"), FloorGiven("r2", CHINA, "PRC-MFA", "PRC", "reply", TWO_MINUTES))
    session.when(CHINA, YieldFloor())
    assert session.new[-1] == QuestionReplied("r1", "r2", "", "PRC", "JPN")


def test_being_called_to_reply_uses_up_the_name_on_the_list(session: Session) -> None:
    asked(session).done((CHINA, AskForFloor())).when(M1, CallToReply("r1"))
    session.then(ReplyTied("r1", "r2"), FloorGiven("r2", CHINA, "PRC-MFA", "PRC", "reply", TWO_MINUTES))


def test_pressing_twice_gives_the_floor_once(session: Session) -> None:
    asked(session).done((M1, CallToReply("r1"))).when(M2, CallToReply("r1")).refused("changed_meanwhile")
    session.when(M2, CallToReply("r1", "r2")).refused("has_floor")


def test_nobody_is_called_to_reply_for_a_delegation_that_is_not_here(session: Session) -> None:
    asking(session).done((JAPAN, MakeStatement("Washington?", "USA")))
    session.when(M1, CallToReply("r1")).refused("seat_empty")
    session.done((M1, room.PauseSession())).when(M1, CallToReply("r1")).refused("paused")


# Letting it go


def test_the_delegation_that_was_asked_lets_a_question_go(session: Session) -> None:
    asked(session).when(CHINA_MOD, DropQuestion("r1")).then(QuestionDropped("r1", "PRC"))
    session.when(CHINA, DropQuestion("r1")).refused("not_pending")


def test_the_chair_lets_a_question_go_also_in_a_pause(session: Session) -> None:
    asked(session).done((M1, room.PauseSession())).when(M2, DropQuestion("r1")).then(QuestionDropped("r1", "chair"))


def test_a_question_lapses_with_its_item(session: Session) -> None:
    running(session, "i1")
    asked(session).when(M1, agenda.EndItem("i1"))
    session.then(QuestionDropped("r1", "item ended"), agenda.ItemEnded("i1"))


# Right of reply


def test_who_was_named_asks_for_a_right_of_reply_while_the_other_speaks(session: Session) -> None:
    speaking(session).done((M1, CloseList()))
    session.when(CHINA, AskRightOfReply("JPN")).then(RightOfReplyAsked("r2", CHINA, "PRC-MFA", "PRC", "JPN"))
    assert [(one.kind, one.about) for one in session.state.floor.replies] == [("right_of_reply", "JPN")]


def test_rights_of_reply_are_taken_after_the_list(session: Session) -> None:
    speaking(session).done((CHINA, AskRightOfReply("JPN")), (KOREA, AskForFloor()), (M1, NextSpeaker("r1")))
    assert session.new[1].request == "r3"
    session.when(M1, NextSpeaker("r3"))
    assert session.new[1] == FloorGiven("r2", CHINA, "PRC-MFA", "PRC", "right_of_reply", TWO_MINUTES)
    session.when(M1, NextSpeaker("r2")).refused("list_empty")


def test_a_seat_has_its_right_of_reply_once_an_item(session: Session) -> None:
    running(session, "i1")
    speaking(session).done((CHINA, AskRightOfReply("JPN")))
    session.when(CHINA, AskRightOfReply("JPN")).refused("already_listed")
    session.done((M1, NextSpeaker("r1"))).when(CHINA, AskRightOfReply("JPN")).refused("has_floor")
    session.done((CHINA, YieldFloor())).when(CHINA, AskRightOfReply("JPN")).refused("replied_already")
    session.done((CHINA_MOD, AskRightOfReply("JPN")), (M1, NextSpeaker()), (CHINA_MOD, YieldFloor()))
    running(session, "i3")
    speaking(session).done((CHINA, AskRightOfReply("JPN")))


def test_a_right_of_reply_that_was_withdrawn_has_not_been_used(session: Session) -> None:
    speaking(session).done((CHINA, AskRightOfReply("JPN")), (CHINA, WithdrawRequest()), (CHINA, AskRightOfReply("JPN")))


def test_the_chair_allows_more_replies(session: Session) -> None:
    session.when(M1, AllowMoreReplies(False)).then()
    session.when(M1, AllowMoreReplies(True)).then(MoreRepliesSet(True))
    speaking(session).done((CHINA, AskRightOfReply("JPN")), (M1, NextSpeaker("r1")), (CHINA, YieldFloor()))
    session.done((CHINA, AskRightOfReply("JPN"))).when(CHINA, AskRightOfReply("JPN")).refused("already_listed")


@pytest.mark.parametrize("about", ["PRC", "ROK", "RUS", ""])
def test_a_right_of_reply_answers_another_delegation_that_has_spoken(session: Session, about: str) -> None:
    speaking(session).when(CHINA, AskRightOfReply(about)).refused("nothing_said")


def test_a_right_of_reply_answers_what_was_said_in_this_item(session: Session) -> None:
    running(session, "i1")
    speaking(session).done((M1, EndSpeech("r1")))
    session.done((CHINA, AskRightOfReply("JPN")))
    running(session, "i3").when(CHINA, AskRightOfReply("JPN")).refused("nothing_said")


def test_a_right_of_reply_does_not_tell_who_spoke_under_another_rule(session: Session) -> None:
    speaking(session).done((M1, EndSpeech("r1")), (M1, ground_rules.SetAttribution("on_the_record")))
    session.when(CHINA, AskRightOfReply("JPN")).refused("nothing_said")


def test_an_item_can_keep_rights_of_reply_to_some_kinds_of_seat(session: Session) -> None:
    running(session, "i2")
    speaking(session).when(CHINA_MOD, AskRightOfReply("JPN")).refused("seat_kind")


def test_nobody_asks_for_a_right_of_reply_in_a_pause(session: Session) -> None:
    speaking(session).done((M1, room.PauseSession())).when(CHINA, AskRightOfReply("JPN")).refused("paused")


# Among officials


def test_who_is_not_in_an_officials_session_finds_out_nothing_of_its_questions(session: Session) -> None:
    session.done((M1, agenda.AddItem("Apart", "officials", 10)), (M1, seats.MovePerson(WAITING, "JPN-EXP-1")))
    session.done((M1, seats.AdmitAll()), (M1, agenda.StartItem("added-1")))

    def codes() -> list[str]:
        found = []
        for command in (ReplyToQuestion("or1"), DropQuestion("or1"), AskRightOfReply("PRC")):
            found.append(session.when(WAITING, command).refusal)
            session.refusal = None
        return [one.code for one in found if one]

    before = codes()
    asking(session, CHINA).done((CHINA, MakeStatement("Why?", "JPN")))
    assert codes() == before
    assert len(before) == 3
    session.when(JAPAN_MOD, ReplyToQuestion("or1"))
    session.then(FloorRequested("or2", JAPAN_MOD, "JPN-MOD", "JPN", "reply"), ReplyTied("or1", "or2"))
