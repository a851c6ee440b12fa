"""What is published with a text and edits none of it: dissent that does not block, and the commitments drawn from it.
Pure; gives each as plain data, so that an output can freeze it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rooms.domain.calls import adoption_of
from rooms.domain.documents import Document, numbered

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

Row = Mapping[str, Any]
STOOD_ASIDE = "stand_aside"


def numbers_of(document: Document) -> Mapping[str, str]:
    """What each standing paragraph is called, by its id."""
    return {paragraph.id: number for number, paragraph in numbered(document)}


def dissent_on(state: "RoomState", document: Document) -> tuple[Row, ...]:
    """Who has said what of a text: `kind`, `delegation`, `paragraph` (its number, "" for the whole), `text`, `at` (ms),
    `provisional` for a reservation that is not confirmed. Who stood aside when it was adopted comes first."""
    call = adoption_of(state, document.id)
    aside = [_row(STOOD_ASIDE, code, "", one.reason, one.at) for code, one in (call.asides if call else ())]
    return tuple(aside)


def _row(kind: str, delegation: str, paragraph: str, text: str, at: int, *, provisional: bool = False) -> Row:
    words = {"kind": kind, "delegation": delegation, "paragraph": paragraph, "text": text}
    return {**words, "at": at, "provisional": provisional}


def promises_of(state: "RoomState", document: Document) -> tuple[Row, ...]:
    """The commitments drawn from a text that bind their actor, as rows of its road map."""
    return ()
