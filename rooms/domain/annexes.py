"""What is published with a text and edits none of it: dissent that does not block, and the commitments that bind. Pure;
gives each as plain data, so that an output can freeze it."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rooms.domain import dissent
from rooms.domain.calls import adoption_of
from rooms.domain.documents import Document, numbered
from rooms.domain.promises import AFTER, PARALLEL, VERIFICATION, Commitment

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

Row = Mapping[str, Any]
STOOD_ASIDE = "stand_aside"


def numbers_of(document: Document) -> Mapping[str, str]:
    """What each standing paragraph is called, by its id."""
    return {paragraph.id: number for number, paragraph in numbered(document)}


def dissent_on(state: "RoomState", document: Document) -> tuple[Row, ...]:
    """Who has said what of a text: `kind`, `delegation`, `paragraph` (its number, "" for the whole), `text`, `at` (ms),
    `provisional` for a reservation that is not confirmed. Who stood aside when it was adopted comes first, then what
    is about the whole, then what is about its paragraphs in their order."""
    call, numbers = adoption_of(state, document.id), numbers_of(document)
    aside = [_row(STOOD_ASIDE, code, "", one.reason, one.at) for code, one in (call.asides if call else ())]
    entries = [
        _row(one.kind, one.delegation, number, one.text, one.at, provisional=one.status == dissent.PROVISIONAL)
        for paragraph_id, number in {"": "", **numbers}.items()
        for one in dissent.attached(state, document.id, paragraph_id)
    ]
    return (*aside, *entries)


def _row(kind: str, delegation: str, paragraph: str, text: str, at: int, *, provisional: bool = False) -> Row:
    words = {"kind": kind, "delegation": delegation, "paragraph": paragraph, "text": text}
    return {**words, "at": at, "provisional": provisional}


def promises_of(state: "RoomState", document: Document) -> tuple[Row, ...]:
    """The commitments that bind their actor, drawn from this text or from none: what the room's road map holds once it
    is adopted. `label` is what one is called in the room, `waits` what it waits for and goes with, in words."""
    if document.status != "adopted":
        return ()
    numbers = numbers_of(document)
    found = [one for one in state.commitments.drawn if one.binding and one.document in ("", document.id)]
    return tuple(_promise(state, one, numbers) for one in found)


def _promise(state: "RoomState", one: Commitment, numbers: Mapping[str, str]) -> Row:
    return {
        "label": one.label,
        "actor": one.actor,
        "act": one.act,
        "beneficiary": one.beneficiary,
        "standard": one.standard,
        "track": one.track,
        "horizon": one.horizon,
        "date": one.date,
        "trigger": one.trigger,
        "verifier": one.verifier,
        "paragraph": numbers.get(one.paragraph, "") if one.document else "",
        "waits": tuple(_waits(state, one)),
    }


def _waits(state: "RoomState", one: Commitment) -> Iterator[str]:
    for link in state.commitments.links:
        first, second = (state.commitments.commitment(code) for code in (link.first, link.second))
        if first is None or second is None or not (first.binding and second.binding):
            continue
        if link.kind == PARALLEL and one.id in (first.id, second.id):
            yield f"together with {(second if one.id == first.id else first).label}"
        elif one.id == second.id:
            yield {AFTER: f"after {first.label}", VERIFICATION: f"upon verification of {first.label}"}[link.kind]
