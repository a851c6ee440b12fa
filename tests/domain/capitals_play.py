"""What the tests of all commands and events need to know of capitals and dissent: a stage on which a text waits for the
capitals, a legal use of each command, a sample of each event."""

from collections.abc import Mapping
from typing import Any

from rooms.domain import capitals, decisions, dissent, ratification, reopening, texts
from rooms.domain.room import PackDelivered

from .play import JAPAN, M1, OBSERVER, Session, cast_live

Moves = tuple[tuple[str, Any], ...]

DRAFT: Moves = ((M1, texts.OpenDocument("Joint text")), (JAPAN, texts.ProposeParagraph("Calm seas.")))
ADOPTED: Moves = (*DRAFT, (M1, decisions.CallConsensus()), (M1, decisions.CloseCall("c1")))
AD_REFERENDUM: Moves = (
    *DRAFT,
    (M1, decisions.CallConsensus(ad_referendum=True)),
    (M1, decisions.CloseCall("c1")),
)
REFUSE = ratification.Instruct("d1", "JPN", "refuse", "Not on these terms.")
FAILED: Moves = (*AD_REFERENDUM, (M1, REFUSE))
CELL: Moves = ((M1, capitals.AppointCapital(OBSERVER, "JPN")),)
RESERVE = dissent.EnterDissent("reservation", "Not in winter.", "p1")
AT_HOME = (
    {
        "name": "Fishermen",
        "weight": 60,
        "text": "They live off the sea.",
        "accepts": {"scope": ("b", "c")},
        "punishes": {"scope": ("a",)},
    },
    {"name": "Shipowners", "weight": 30, "text": "They want ports.", "accepts": {"scope": ("a", "b")}},
    {"name": "Farmers", "weight": 10, "text": "They watch.", "accepts": {}, "punishes": {}},
)

# command -> who may send it, how, and what has to happen before
USES: Mapping[str, tuple[str, Any, Moves]] = {
    "set_capitals": (M1, capitals.SetCapitals("cell"), ()),
    "appoint_capital": (M1, capitals.AppointCapital(OBSERVER, "JPN"), ()),
    "release_capital": (M1, capitals.ReleaseCapital(OBSERVER), CELL),
    "write_to_capital": (JAPAN, capitals.WriteToCapital("How far may we go?"), ()),
    "write_from_capital": (M1, capitals.WriteFromCapital("JPN", "As far as the pier."), ()),
    "seek_instructions": (JAPAN, ratification.SeekInstructions("d1", "May we sign?"), AD_REFERENDUM),
    "instruct": (M1, ratification.Instruct("d1", "JPN", "confirm"), AD_REFERENDUM),
    "set_ratification_deadline": (M1, ratification.SetRatificationDeadline("d1", 10), AD_REFERENDUM),
    "reopen_text": (M1, reopening.ReopenText("d1"), FAILED),
    "enter_dissent": (JAPAN, dissent.EnterDissent("explanation", "We read it widely."), DRAFT),
    "confirm_reservation": (JAPAN, dissent.ConfirmReservation("x1"), (*ADOPTED, (JAPAN, RESERVE))),
    "withdraw_dissent": (JAPAN, dissent.WithdrawDissent("x1"), (*DRAFT, (JAPAN, RESERVE))),
}

SAMPLES: tuple[Any, ...] = (
    capitals.CapitalsSet("constituencies", 60),
    capitals.CapitalAppointed("p4", "JPN"),
    capitals.CapitalReleased("p4", "JPN", "observer"),
    capitals.CapitalBriefed("JPN", {"who": "Japan.", "positions": ({"issue": "scope", "acceptable": ("b", "c")},)}),
    capitals.CapitalWord("h-JPN-1", "JPN", "delegation", "p1", "JPN-MFA", "May we sign?", "d1"),
    dissent.DissentEntered("x1", "reservation", "JPN", "d1", "p1", 2, "Not in winter.", "provisional"),
    dissent.ReservationConfirmed("x1"),
    dissent.ReservationFell("x1"),
    dissent.DissentWithdrawn("x1"),
    ratification.InstructionsSought("d1", "JPN"),
    ratification.CapitalAnswered("d1", "JPN", "reserved"),
    ratification.ConstituenciesAnswered("d1", "JPN", "refused"),
    ratification.DeadlineSet("d1", 881_150_700_000),
    ratification.RatificationLapsed("d1", ("JPN", "PRC")),
    reopening.TextReopened("d1", "d2"),
)
SPELLED = {
    "capitals": "set briefed word sent",
    "dissent": "entered reservation confirmed fell withdrawn",
    "ratification": "instructions sought capital answered constituencies deadline set lapsed text reopened",
}


def agreed(session: Session | None = None) -> Session:
    """A text of one paragraph is agreed ad referendum; three delegations wait for their capitals."""
    return (session or cast_live()).done(*AD_REFERENDUM)


def with_constituencies(session: Session, code: str = "JPN") -> Session:
    """A delegation has constituencies at home, besides what its pack holds."""
    return session.given(PackDelivered(code, {**session.state.prepared.packs[code], "constituencies": AT_HOME}))
