"""The hot wash at each of its turns, for the tests of the panels: in its item, standing still, after closing, over."""

from rooms.domain import agenda, hot_wash, notes, room, seats, sharing
from tests.domain.play import CHINA, JAPAN, KOREA, M1, OBSERVER, Session
from tests.domain.wash_play import ITEM

Stage = tuple[str, Session]


def wash_stages(live: Session, hostile: str) -> list[Stage]:
    """From a session that has just begun, with whatever people may write."""
    kept: list[Stage] = []
    session = live.copy()

    def keep(name: str) -> None:
        kept.append((name, session.copy()))

    session.done((M1, notes.SetBookmark(hostile)), (M1, notes.SetBookmark()), *ITEM)
    session.done(("second", seats.JoinRoom("delegate", "ROK-MFA")), (M1, seats.AdmitPerson("second")))
    keep("a hot wash may begin")
    session.done((M1, hot_wash.BeginHotWash()), (JAPAN, hot_wash.StepOutOfRole()), (KOREA, hot_wash.StepOutOfRole()))
    keep("out of role")
    session.done((M1, hot_wash.TurnToPhase("happened")))
    session.done(*((who, hot_wash.AddWashNote("plus", f"{who} {hostile}")) for who in (JAPAN, CHINA, OBSERVER, M1)))
    session.done((CHINA, hot_wash.AddWashNote("delta", hostile)), (CHINA, hot_wash.AddWashNote("note", hostile)))
    keep("a board")
    session.done((M1, hot_wash.TakeUpBookmark("b1")))
    keep("a moment is up")
    [down] = [one.id for one in session.state.hot_wash.notes if one.kind == "delta"]
    session.done((M1, hot_wash.TakeDownNote(down, hostile)), (M1, agenda.EndItem("added-1")))
    keep("a hot wash stands still")
    session.done((M1, room.CloseSession()), (M1, sharing.SharePart("mandates", "delegates")))
    session.done((CHINA, hot_wash.AddWashNote("plus", "Afterwards.")), (M1, hot_wash.TurnToPhase("next")))
    keep("a hot wash after closing")
    session.done((M1, hot_wash.EndHotWash()))
    keep("a hot wash is over")
    return kept
