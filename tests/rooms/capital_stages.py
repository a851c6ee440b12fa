"""Capitals at each of their turns, for the tests of the panels: asked, decided, refused, lapsed, and what delegations
attach to a text."""

from rooms.domain import arranging, capitals, decisions, dissent, ratification, reopening, room, texts
from rooms.domain.fold import Tick
from rooms.domain.record import CLOCK
from tests.domain.capitals_play import with_constituencies
from tests.domain.play import CHINA, JAPAN, KOREA, M1, MINUTE, OBSERVER, Session

Stage = tuple[str, Session]
REFERRED = decisions.CallConsensus(5, ad_referendum=True)


def capital_stages(live: Session, hostile: str) -> list[Stage]:
    """From a session that has just begun, with whatever people may write."""
    kept: list[Stage] = []
    session = with_constituencies(live.copy())

    def keep(name: str) -> None:
        kept.append((name, session.copy()))

    session.done((M1, texts.OpenDocument(hostile[:200])), (JAPAN, texts.ProposeParagraph(hostile)))
    session.done(
        (CHINA, texts.ProposeParagraph("참가자들은 만났다.")), (M1, arranging.LinkParagraph("p1", "scope", "a"))
    )
    session.done((JAPAN, capitals.WriteToCapital(hostile)), (M1, capitals.WriteFromCapital("JPN", hostile)))
    session.done(*((JAPAN, dissent.EnterDissent(kind, hostile, "p2")) for kind in dissent.KINDS))
    session.done((CHINA, dissent.EnterDissent("reservation", hostile, "p1")))
    keep("attached to a draft")
    session.done(
        (M1, REFERRED), (M1, decisions.CloseCall("c1")), (KOREA, dissent.EnterDissent("footnote", hostile, "p1"))
    )
    keep("agreed ad referendum")
    session.done((JAPAN, ratification.SeekInstructions("d1", hostile)))
    session.done((M1, ratification.SetRatificationDeadline("d1", 15)))
    keep("instructions sought")
    session.done((M1, capitals.AppointCapital(OBSERVER, "JPN")), (JAPAN, capitals.WriteToCapital(hostile)))
    keep("a cell decides")
    session.done(
        (M1, capitals.SetCapitals("constituencies", 70)), (KOREA, ratification.SeekInstructions("d1", hostile))
    )
    keep("constituencies do not weigh enough")
    session.done((M1, capitals.SetCapitals("constituencies", 50)), (M1, capitals.ReleaseCapital(OBSERVER)))
    keep("constituencies have refused")
    session.done((M1, room.PauseSession(hostile)), (M1, ratification.Instruct("d1", "ROK", "reserve", hostile, "p2")))
    keep("a reservation in a pause")
    session.done((M1, room.ResumeSession()), (CLOCK, Tick()), at=session.now + 40 * MINUTE)
    session.done((CLOCK, Tick()), at=session.now + 40 * MINUTE)
    keep("one has let its time lapse")
    session.done((M1, reopening.ReopenText("d1")))
    keep("drafted anew")
    session.done((M1, REFERRED), (M1, decisions.CloseCall("c2")))
    session.done(*((M1, ratification.Instruct("d2", code, "confirm")) for code in ("JPN", "PRC", "ROK")))
    session.done((M1, capitals.AppointCapital(OBSERVER, "JPN")))
    keep("confirmed by all")
    session.done((M1, room.CloseSession(hostile)))
    keep("closed with a capital")
    adopted = live.copy().done((M1, texts.OpenDocument("Simple")), (JAPAN, texts.ProposeParagraph("Calm seas.")))
    adopted.done((JAPAN, dissent.EnterDissent("reservation", hostile, "p1")), (M1, decisions.CallConsensus()))
    kept.append(("reserved and adopted", adopted.done((M1, decisions.CloseCall("c1")))))
    return kept
