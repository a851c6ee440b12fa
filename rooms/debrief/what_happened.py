"""What may stand shortly before a bracket ended: on the bracket itself, on its paragraph, aside, outside, on the floor.

A statement whose speaker may not be named stands elsewhere in the record than when it was made, so it is never told as
having come before anything.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from rooms.domain import (
    adjourning,
    amending,
    amendments,
    attribution,
    brackets,
    bridging,
    caucus_sittings,
    caucuses,
    floor,
    injects,
    news,
    room,
    statements,
    texts,
)
from rooms.domain.record import Entry
from rooms.domain.state import RoomState

ON_A_BRACKET: dict[type, str] = {
    bridging.BridgeOffered: "bridge",
    brackets.AlternativeAdded: "alternative",
    brackets.BracketHeld: "hold",
    brackets.HoldLifted: "hold",
    bridging.HoldSetAside: "hold",
    bridging.WordingConsented: "hold",
}
ON_AN_AMENDMENT = (
    *(amendments.AmendmentTabled, amendments.AmendmentReworded, amending.AmendmentAccepted, amending.AmendmentAdopted),
    *(amending.AmendmentRejected, amending.AmendmentWithdrawn),
)
STOPPED = (room.SessionPaused, room.SessionResumed, adjourning.SessionAdjourned, adjourning.SessionReconvened)
FROM_OUTSIDE = (injects.InjectReleased, news.NewsDelivered)
MET = (caucuses.CaucusBegan, caucuses.CaucusClosed)
SPOKEN = (statements.StatementMade, floor.SpeechEnded)


@dataclass(frozen=True, slots=True)
class Happening:
    """`subject`: the bracket or paragraph of `document` it is about; `delegations`: who took part, "" the chair."""

    kind: str
    at: int
    cursor: int
    document: str = ""
    subject: str = ""
    delegations: tuple[str, ...] = ()


def happening(cursor: int, entry: Entry, before: RoomState, after: RoomState) -> Happening | None:
    """An entry as something that may stand before a bracket's end; None for anything else."""
    event = entry.event
    kind = type(event)
    if kind in ON_A_BRACKET:
        return Happening(ON_A_BRACKET[kind], entry.at, cursor, event.document, event.bracket)
    if kind is texts.ParagraphRevised:
        return Happening("wording", entry.at, cursor, event.document, event.paragraph)
    if kind in ON_AN_AMENDMENT:
        paragraph = _amended(before, event) or _amended(after, event)
        return Happening("amendment", entry.at, cursor, event.document, paragraph)
    if kind in MET:
        return Happening("caucus", entry.at, cursor, delegations=caucuses.delegations_of(after, event.seats))
    if kind is caucus_sittings.CaucusReported:
        return Happening("caucus", entry.at, cursor, delegations=event.delegations)
    if kind in FROM_OUTSIDE:
        return Happening("inject", entry.at, cursor)
    if kind in STOPPED:
        return Happening("pause", entry.at, cursor)
    if kind in SPOKEN and (event.delegation or getattr(event, "kind", "") in attribution.CHAIR_KINDS):
        return Happening("statement", entry.at, cursor, delegations=(event.delegation,))
    return None


def _amended(state: RoomState, event: Any) -> str:
    document = state.texts.document(event.document)
    amendment = document.amendment(event.amendment) if document else None
    return amendment.paragraph if amendment else ""


def concerns(one: Happening, document: str, paragraph: str, bracket: str, parties: Collection[str]) -> bool:
    """Whether something that happened has to do with a bracket: with itself, with its paragraph, with `parties` who
    held it or proposed the paragraph; what stops the session or comes from outside has to do with all."""
    if one.kind in ("inject", "pause"):
        return True
    if one.kind in ("caucus", "statement"):
        return any(code in parties or (one.kind == "statement" and not code) for code in one.delegations)
    return one.document == document and one.subject == (paragraph if one.kind in ("wording", "amendment") else bracket)
