"""Decisions at each of their turns, for the tests of the panels: silence, votes by show, by roll and in secret, on a
text and on an amendment."""

from rooms.domain import adjourning, amendments, muting, room, texts
from rooms.domain.ballots import CastBallot
from rooms.domain.decisions import CloseCall, WithdrawCall
from rooms.domain.fold import Tick
from rooms.domain.record import CLOCK
from rooms.domain.silence import BreakSilence, ProposeSilence
from rooms.domain.voices import NameVoice
from rooms.domain.voting import CallVote, CastVote, PassOver
from tests.domain.play import CHINA, CHINA_MOD, JAPAN, JAPAN_MOD, KOREA, M1, MINUTE, NOON, Session

Stage = tuple[str, Session]


def vote(method: str, *, quorum: int = 2, veto: tuple[str, ...] = (), subject: str = "") -> CallVote:
    return CallVote(5, "two_thirds", "electorate", quorum, method, veto, subject, True)


def decision_stages(live: Session, hostile: str) -> list[Stage]:
    """From a session that has just begun, with whatever people may write."""
    kept: list[Stage] = []
    session = live.copy().done((M1, texts.OpenDocument(hostile)), (JAPAN, texts.ProposeParagraph(hostile)))

    def keep(name: str, one: Session) -> Session:
        kept.append((name, one.copy()))
        return one

    keep("a text is ready", session)
    silent = keep("under silence at the table", session.copy().done((M1, ProposeSilence(10))))
    keep("silence in a pause", silent.copy().done((M1, room.PauseSession(hostile))))
    adjourned = session.copy().done((M1, ProposeSilence(10, True, "", True)), (M1, adjourning.AdjournSession(hostile)))
    keep("silence that stands", adjourned)
    away = silent.copy().done((M1, adjourning.AdjournSession(hostile)), at=NOON + MINUTE)
    keep("silence kept while away", away.done((CLOCK, Tick()), at=NOON + 10 * MINUTE))
    keep("silence broken", silent.copy().done((CHINA, BreakSilence("c1", hostile, "p1", f"{hostile} Nearly."))))
    shown = session.copy().done((M1, vote("show", veto=("PRC",))), (JAPAN, CastVote("c1", "yes", hostile)))
    keep("a vote by show", shown.done((JAPAN, NameVoice("JPN-MOD"))))
    keep("a veto", shown.copy().done((KOREA, CastVote("c1", "yes")), (CHINA, CastVote("c1", "no", hostile))))
    keep("a vote taken back", shown.copy().done((M1, WithdrawCall("c1"))))
    rolled = session.copy().done((M1, vote("roll_call")))
    called = rolled.state.decisions.calls[0].called
    who = {"JPN": JAPAN, "PRC": CHINA, "ROK": KOREA}
    keep("a roll is called", rolled.done((who[called], CastVote("c1", "pass"))))
    rolled.done(*((M1, muting.MutePerson(one)) for one in (JAPAN, JAPAN_MOD, CHINA, CHINA_MOD, KOREA)))
    keep("nobody answers the roll", rolled)
    keep("passed over", rolled.copy().done((M1, PassOver("c1"))))
    secret = session.copy().done((M1, vote("secret")), (JAPAN, CastBallot("c1", "yes")))
    keep("a secret vote", secret)
    keep("a void ballot", secret.copy().done((M1, CloseCall("c1"))))
    all_voted = secret.copy().done((CHINA, CastBallot("c1", "yes")), (KOREA, CastBallot("c1", "no")))
    keep("a secret vote is counted", all_voted)
    session.done((CHINA, amendments.TableAmendment("alter", "p1", f"{hostile} Nearly.", seen=1)))
    [one] = session.state.texts.documents[0].pending
    keep("an amendment waits", session)
    keep("an amendment is put", session.copy().done((M1, vote("show", quorum=1, subject=one.id))))
    return kept
