"""What the tests of all commands and events need to know of caucuses and notes: the stages on which they happen, and a
legal use of each command."""

from collections.abc import Mapping
from typing import Any

from rooms.domain import agenda, caucus_sittings, caucus_terms, notes
from rooms.domain.caucuses import Caucus
from rooms.domain.sight import Audience, on_seat

from .play import CHINA, JAPAN, KOREA, M1, Session, cast_live

Moves = tuple[tuple[str, Any], ...]

PERIOD: Moves = ((M1, agenda.AddItem("Coffee", "informal", 30)), (M1, agenda.StartItem("added-1")))
# The only caucus of a session has a name that depends on when it was proposed; see `only`.
ASK_KOREA = caucus_terms.ProposeCaucus(("ROK",), "Fuel", 10)
ASK_BOTH = caucus_terms.ProposeCaucus(("PRC", "ROK"), "Fuel", 10)

JPN_MFA = on_seat("JPN-MFA", "JPN", officials=True)
JPN_MOD = on_seat("JPN-MOD", "JPN", officials=True)
PRC_MFA = on_seat("PRC-MFA", "PRC", officials=True)
ROK_MFA = on_seat("ROK-MFA", "ROK", officials=True)
SEATED: tuple[Audience, ...] = (JPN_MFA, JPN_MOD, PRC_MFA, ROK_MFA)
# Caucuses as in a plenary: in informal periods only, and announced.
PLENARY: Mapping[str, Any] = {"caucus_existence": "announced", "caucus_at_any_time": False}
OF_JAPAN = ("JPN-MFA", "JPN-MOD", "JPN-EXP-1")
OF_CHINA = ("PRC-MFA", "PRC-MOD", "PRC-EXP-1")


def in_period(session: Session) -> Session:
    """An informal period runs."""
    return session.done(*PERIOD)


def only(session: Session) -> Caucus:
    """The one caucus there is."""
    [caucus] = session.state.caucuses.known.values()
    return caucus


def asked(session: Session, proposal: caucus_terms.ProposeCaucus = ASK_KOREA, by: str = JAPAN) -> Session:
    """Japan has asked others aside."""
    return session.done((by, proposal))


def met(session: Session) -> Session:
    """Japan and Korea sit in a caucus."""
    asked(session)
    return session.done((KOREA, caucus_terms.AcceptCaucus(only(session).id)))


def all_met(session: Session) -> Session:
    """Japan, China and Korea sit in a caucus."""
    asked(session, ASK_BOTH)
    name = only(session).id
    return session.done((CHINA, caucus_terms.AcceptCaucus(name)), (KOREA, caucus_terms.AcceptCaucus(name)))


def _name(*moves: tuple[str, Any]) -> str:
    return only(cast_live().done(*PERIOD, *moves)).id


_ASKED = (*PERIOD, (JAPAN, ASK_KOREA))
_NAME = _name((JAPAN, ASK_KOREA))
_ASKED_BOTH = (*PERIOD, (JAPAN, ASK_BOTH))
_BOTH = _name((JAPAN, ASK_BOTH))
_ACCEPTED: Moves = (*_ASKED_BOTH, (CHINA, caucus_terms.AcceptCaucus(_BOTH)))
_MET: Moves = (*_ASKED, (KOREA, caucus_terms.AcceptCaucus(_NAME)))
_DRAFTED: Moves = (*_MET, (JAPAN, caucus_sittings.DraftReport(_NAME, "We agree on fuel.")))
_WRITTEN: Moves = ((JAPAN, notes.NoteToChair("May I speak next?")),)

# command -> who may send it, how, and what has to happen before
USES: Mapping[str, tuple[str, Any, Moves]] = {
    "propose_caucus": (JAPAN, ASK_KOREA, PERIOD),
    "counter_caucus": (KOREA, caucus_terms.CounterCaucus(_NAME, 5), _ASKED),
    "accept_caucus": (KOREA, caucus_terms.AcceptCaucus(_NAME, 1), _ASKED),
    "decline_caucus": (KOREA, caucus_terms.DeclineCaucus(_NAME), _ASKED),
    "begin_caucus": (JAPAN, caucus_terms.BeginCaucus(_BOTH), _ACCEPTED),
    "withdraw_caucus": (JAPAN, caucus_terms.WithdrawCaucus(_NAME), _ASKED),
    "convene_caucus": (M1, caucus_terms.ConveneCaucus(("JPN", "ROK"), "Fuel", 10), ()),
    "say_in_caucus": (JAPAN, caucus_sittings.SayInCaucus(_NAME, "Psst."), _MET),
    "leave_caucus": (JAPAN, caucus_sittings.LeaveCaucus(_NAME), _MET),
    "draft_report": (JAPAN, caucus_sittings.DraftReport(_NAME, "We agree on fuel."), _MET),
    "agree_report": (KOREA, caucus_sittings.AgreeReport(_NAME, 1), _DRAFTED),
    "extend_caucus": (M1, caucus_sittings.ExtendCaucus(5, _NAME), _MET),
    "call_back": (M1, caucus_sittings.CallBack(), _MET),
    "broadcast": (M1, caucus_sittings.Broadcast("Five minutes."), _MET),
    "note_to_chair": (JAPAN, notes.NoteToChair("May I speak next?"), ()),
    "answer_note": (M1, notes.AnswerNote("JPN-MFA", "You may."), _WRITTEN),
    "put_note_aside": (M1, notes.PutNoteAside("JPN-MFA"), _WRITTEN),
    "word_to_delegation": (M1, notes.WordToDelegation("JPN", "Korea waits for you."), ()),
    "set_bookmark": (M1, notes.SetBookmark("The turn."), ()),
}
