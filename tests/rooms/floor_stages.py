"""The floor at each of its turns, for the tests of the panels: questions, rights of reply, points of order, a speech
that is interrupted, taken back or kept in one line, and a list of forty names."""

from typing import Any

from rooms.domain import (
    agenda,
    floor,
    gists,
    ground_rules,
    offices,
    orders,
    replies,
    room,
    seats,
    speakers,
    speeches,
    statements,
    turns,
)
from tests.domain.play import (
    CHINA,
    CHINA_MOD,
    JAPAN,
    JAPAN_MOD,
    KOREA,
    M1,
    MINUTE,
    NOON,
    OBSERVER,
    Session,
    opening,
    snapshot,
)

Stage = tuple[str, Session]


def floor_stages(live: Session, hostile: str) -> list[Stage]:
    """From a session that has just begun, with whatever people may write."""
    session, kept = live.copy(), list[Stage]()

    def keep(name: str, *moves: tuple[str, Any]) -> None:
        session.done(*moves)
        kept.append((name, session.copy()))

    session.done((M1, offices.AppointRapporteur(OBSERVER)), (M1, agenda.StartItem("i3")))
    session.done((JAPAN, speakers.AskForFloor("question")), (M1, floor.NextSpeaker()))
    keep("a question is being asked", (M1, gists.LogGist("r1", hostile)))
    session.done((JAPAN, statements.MakeStatement(hostile, "PRC")), at=NOON + MINUTE)
    keep("China is asked")
    session.done((KOREA, speakers.AskForFloor()), (M1, floor.NextSpeaker()), (CHINA, speakers.AskForFloor()))
    keep("China is asked and listed")
    session.done((CHINA, speakers.WithdrawRequest()), (CHINA, replies.ReplyToQuestion("r1")))
    session.done((JAPAN, replies.AskRightOfReply("ROK")), (M1, turns.RecogniseRequest("r4")))
    keep("China is announced")
    keep("interrupted", (M1, speeches.InterruptSpeech("r2", hostile)))
    session.done((M1, speeches.ResumeSpeech("r2")), (KOREA, floor.YieldFloor()), (M1, floor.NextSpeaker()))
    keep("China replies", (M1, gists.LogGist("r2", hostile)))
    session.done((CHINA, statements.MakeStatement(hostile)), (M1, speakers.CloseList()))
    keep("only a right of reply waits")
    session.done((M1, turns.SetSpeakOnce(True)), (M1, floor.NextSpeaker()), (M1, replies.AllowMoreReplies(True)))
    session.done((M1, statements.CorrectRecord(hostile)), (M1, floor.EndSpeech("r5")))
    keep("exhausted")
    session.done((M1, speakers.OpenList()), (M1, turns.AddToList("ROK-MFA")), (CHINA_MOD, speakers.AskForFloor()))
    session.done((JAPAN_MOD, speakers.AskForFloor()), (M1, turns.RecogniseRequest("r6")))
    keep("unbalanced")
    session.done((M1, floor.NextSpeaker()), (CHINA, orders.RaisePoint(hostile)))
    keep("a point is raised")
    keep("a point is ruled on", (M1, orders.RuleOnPoint("r9", False, hostile)))
    keep("a ruling is appealed", (JAPAN, orders.AppealRuling("r9")), (CHINA, orders.VoteOnRuling("r9", True)))
    keep("an appeal is decided", (M1, orders.CloseAppeal("r9")))
    keep("the floor goes on", (M1, orders.GoOn("r9")))
    session.done((M1, agenda.EndItem("i3")), (M1, ground_rules.SetAttribution("on_the_record")))
    return [*kept, ("forty wait", forty())]


def forty() -> Session:
    """Forty people on forty seats of four delegations, all of whom have asked for the floor."""
    plan = snapshot()
    for delegation in plan["delegations"]:
        code = delegation["code"]
        delegation["seats"] = [{"id": f"{code}-EXP-{n}", "kind": "EXP", "title": f"Expert {n}"} for n in range(1, 11)]
    session = Session().done((M1, opening(snapshot=plan, automatic_admission=True)), (M1, seats.JoinRoom("moderator")))
    sitting = [seat["id"] for one in plan["delegations"][:4] for seat in one["seats"]]
    for seat in sitting:
        session.done((seat.lower(), seats.JoinRoom("delegate", seat)))
    session.done((M1, room.StartSession()))
    return session.done(*((seat.lower(), speakers.AskForFloor()) for seat in sitting), (M1, floor.NextSpeaker()))
