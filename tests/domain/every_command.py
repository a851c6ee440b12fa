"""One legal use of every command that can come over the wire, so that a test can try each door with each person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rooms.domain import (
    adjourning,
    agenda,
    channels,
    checks,
    decisions,
    floor,
    ground_rules,
    heads,
    muting,
    offices,
    room,
    rotation,
    seats,
    speakers,
    speeches,
    statements,
    suspensions,
    texts,
)

from . import (
    aside_play,
    brackets_play,
    capitals_play,
    commitments_play,
    decisions_play,
    floor_play,
    news_play,
    outputs_play,
    perceptions_play,
    positions_play,
    texts_play,
    wash_play,
)
from .play import CHINA, JAPAN, M1, M2, OBSERVER, WAITING, Session, cast_joined, cast_live

Move = tuple[str, Any]

DRAFT: tuple[Move, ...] = ((M1, texts.OpenDocument("Draft")), (JAPAN, texts.ProposeParagraph("Calm seas.")))
CALL: tuple[Move, ...] = (*DRAFT, (M1, decisions.CallConsensus()))
ASKED: tuple[Move, ...] = ((JAPAN, speakers.AskForFloor()),)
SPEAKING: tuple[Move, ...] = (*ASKED, (M1, floor.NextSpeaker()))
RUNNING: tuple[Move, ...] = ((M1, agenda.StartItem("i1")),)
ROUND: tuple[Move, ...] = ((M1, agenda.StartItem("i2")),)


@dataclass(frozen=True)
class Use:
    """`actor` may send `command` once `before` has been done in the live room, or in the lobby."""

    actor: str
    command: Any
    before: tuple[Move, ...] = ()
    in_lobby: bool = False

    def stage(self) -> Session:
        return (cast_joined() if self.in_lobby else cast_live()).done(*self.before)


USES: Mapping[str, Use] = {
    "start_session": Use(M1, room.StartSession(), in_lobby=True),
    "pause_session": Use(M1, room.PauseSession("Coffee")),
    "resume_session": Use(M1, room.ResumeSession(), ((M1, room.PauseSession()),)),
    "close_session": Use(M1, room.CloseSession("Thank you.")),
    "set_admission": Use(M1, room.SetAdmission(True)),
    "adjourn_session": Use(M1, adjourning.AdjournSession("Thursday, 10:15, room 204", "Well begun.")),
    "reconvene_session": Use(
        M1, adjourning.ReconveneSession(), ((M1, adjourning.AdjournSession("Thursday, 10:15, room 204")),)
    ),
    "take_seat": Use("new", seats.TakeSeat("USA-MFA"), (("new", seats.JoinRoom("delegate")),)),
    "leave_seat": Use(JAPAN, seats.LeaveSeat("Enough.")),
    "admit_person": Use(M1, seats.AdmitPerson(WAITING)),
    "admit_all": Use(M1, seats.AdmitAll()),
    "move_person": Use(M1, seats.MovePerson(JAPAN, "JPN-EXP-1")),
    "remove_person": Use(M1, seats.RemovePerson(CHINA)),
    "mute_person": Use(M1, muting.MutePerson(CHINA)),
    "unmute_person": Use(M1, muting.UnmutePerson(CHINA), ((M1, muting.MutePerson(CHINA)),)),
    "name_head": Use(JAPAN, heads.NameHead("JPN-MOD")),
    "appoint_moderator": Use(M1, offices.AppointModerator(CHINA)),
    "step_down": Use(M1, offices.StepDown(M2)),
    "hand_over_chair": Use(M1, offices.HandOverChair(M2)),
    "appoint_rapporteur": Use(M1, offices.AppointRapporteur(OBSERVER)),
    "release_rapporteur": Use(M1, offices.ReleaseRapporteur(OBSERVER), ((M1, offices.AppointRapporteur(OBSERVER)),)),
    "start_item": Use(M1, agenda.StartItem("i1")),
    "suspend_item": Use(M1, suspensions.SuspendItem("i1", "Lunch"), RUNNING),
    "set_attribution": Use(M1, ground_rules.SetAttribution("on_the_record")),
    "next_presenter": Use(M1, rotation.NextPresenter(), ROUND),
    "pass_presenter": Use(M1, rotation.PassPresenter("USA", "Absent"), ROUND),
    "move_presenter": Use(M1, rotation.MovePresenter("USA", "JPN"), ROUND),
    "end_item": Use(M1, agenda.EndItem("i1"), RUNNING),
    "extend_item": Use(M1, agenda.ExtendItem("i1", 5), RUNNING),
    "skip_item": Use(M1, agenda.SkipItem("i2", "No time")),
    "add_item": Use(M1, agenda.AddItem("Coffee", "informal", 10)),
    "move_item": Use(M1, agenda.MoveItem("i4", "i1")),
    "open_list": Use(M1, speakers.OpenList(), ((M1, speakers.CloseList()),)),
    "close_list": Use(M1, speakers.CloseList()),
    "ask_for_floor": Use(JAPAN, speakers.AskForFloor("question")),
    "withdraw_request": Use(JAPAN, speakers.WithdrawRequest(), ASKED),
    "remove_request": Use(M1, speakers.RemoveRequest("r1"), ASKED),
    "move_request": Use(M1, speakers.MoveRequest("r1"), ASKED),
    "next_speaker": Use(M1, floor.NextSpeaker(), ASKED),
    "call_on": Use(M1, floor.CallOn("PRC-MFA")),
    "end_speech": Use(M1, floor.EndSpeech("r1"), SPEAKING),
    "extend_speech": Use(M1, speeches.ExtendSpeech("r1", 30), SPEAKING),
    "yield_floor": Use(JAPAN, floor.YieldFloor(), SPEAKING),
    "make_statement": Use(JAPAN, statements.MakeStatement("On the record."), SPEAKING),
    "chair_statement": Use(M1, statements.ChairStatement("Welcome.")),
    "withdraw_statement": Use(
        JAPAN, statements.WithdrawStatement("s1"), (*SPEAKING, (JAPAN, statements.MakeStatement("Oh.")))
    ),
    "set_speech_seconds": Use(M1, speeches.SetSpeechSeconds(60)),
    "answer_question": Use(JAPAN, checks.AnswerQuestion(0, 1)),
    **{name: Use(*use) for name, use in floor_play.USES.items()},
    "say_in_delegation": Use(JAPAN, channels.SayInDelegation("Psst.")),
    **{name: Use(*use) for name, use in aside_play.USES.items()},
    **{name: Use(*use) for name, use in brackets_play.USES.items()},
    **{name: Use(*use) for name, use in commitments_play.USES.items()},
    **{name: Use(*use) for name, use in decisions_play.USES.items()},
    **{name: Use(*use) for name, use in capitals_play.USES.items()},
    **{name: Use(*use) for name, use in outputs_play.USES.items()},
    **{name: Use(*use) for name, use in news_play.USES.items()},
    **{name: Use(*use) for name, use in positions_play.USES.items()},
    **{name: Use(*use) for name, use in perceptions_play.USES.items()},
    **{name: Use(*use) for name, use in wash_play.USES.items()},
    "open_document": Use(M1, texts.OpenDocument("Draft")),
    "propose_paragraph": Use(JAPAN, texts.ProposeParagraph("Open ports."), DRAFT),
    "revise_paragraph": Use(JAPAN, texts.ReviseParagraph("p1", "Calmer seas.", 1), DRAFT),
    "withdraw_paragraph": Use(JAPAN, texts.WithdrawParagraph("p1"), DRAFT),
    **{name: Use(*use) for name, use in texts_play.USES.items()},
    "call_consensus": Use(M1, decisions.CallConsensus(), DRAFT),
    "answer_call": Use(JAPAN, decisions.AnswerCall("c1", "join"), CALL),
    "close_call": Use(M1, decisions.CloseCall("c1"), CALL),
    "withdraw_call": Use(M1, decisions.WithdrawCall("c1"), CALL),
}
