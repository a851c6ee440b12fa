"""What the panel of dissent needs: what delegations have attached to a text, and the six ways to do it. Pure; reads
only its fold."""

from collections.abc import Mapping
from typing import Any

from rooms.domain import dissent as dissenting
from rooms.domain.documents import Document, numbered, open_document
from rooms.domain.sight import Audience
from rooms.domain.state import RoomState
from rooms.domain.voices import voice_of

# kind -> (its name, what it does, in half a sentence), weakest first.
KINDS: Mapping[str, tuple[str, str]] = {
    "explanation": ("Explanation of position", "you go along, and say why"),
    "interpretation": ("Interpretative statement", "you go along, and say how you read the words"),
    "reservation": ("Reservation", "you go along, but one paragraph does not bind you; provisional until confirmed"),
    "footnote": ("Footnote", "at the foot of one paragraph stands that you see it otherwise"),
    "dissociation": ("Dissociation", "the others may have the text; you are no part of it"),
    "objection": ("Objection", "you say no for all to read, and still do not stop it"),
}


def dissent(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """The texts to which something is attached, and the one to which something can be, the newest first."""
    document = _current(view)
    ids = {one.document for one in view.dissents.entries if one.published} | ({document.id} if document else set())
    found = [_attached(view, one, audience.delegation) for one in reversed(view.texts.documents) if one.id in ids]
    return {
        "document": document,
        "texts": [one for one in found if one["rows"]],
        "kinds": [(kind, *words, kind in dissenting.TO_A_PARAGRAPH) for kind, words in KINDS.items()],
        "paragraphs": numbered(document) if document else (),
        "voice": who_signs(view, audience),
        "may_enter": bool(document) and view.room.status not in ("", "closed"),
    }


def who_signs(view: RoomState, audience: Audience) -> str:
    """The seat that answers for the audience's delegation."""
    return voice_of(view, audience.delegation) if audience.delegation else ""


def _current(view: RoomState) -> Document | None:
    """The text on the table, or the one adopted last, if there is anything in it."""
    adopted = [one for one in view.texts.documents if one.status == "adopted"]
    document = open_document(view) or (adopted[-1] if adopted else None)
    return document if document and document.standing else None


def _attached(view: RoomState, document: Document, own: str) -> dict[str, Any]:
    """What is published with a text: the whole first, then paragraph by paragraph as it is read."""
    numbers = {paragraph.id: number for number, paragraph in numbered(document)}
    order = {"": -1, **{paragraph_id: place for place, paragraph_id in enumerate(numbers)}}
    entries = sorted(dissenting.of_document(view, document.id), key=lambda one: order.get(one.paragraph, len(order)))
    return {"document": document, "rows": [_row(view, document, one, numbers, own) for one in entries]}


def _row(
    view: RoomState, document: Document, one: dissenting.Dissent, numbers: Mapping[str, str], own: str
) -> dict[str, Any]:
    """`earlier`: the paragraph has been reworded since. `confirms`, `withdraws`: what its own delegation may do."""
    paragraph, mine = document.paragraph(one.paragraph), one.delegation == own and view.room.status != "closed"
    adopted, provisional = document.status == "adopted", one.status == dissenting.PROVISIONAL
    by_capital = one.delegation in view.ratifications.by_document.get(document.id, {})
    return {
        "one": one,
        "kind": KINDS[one.kind][0],
        "number": numbers.get(one.paragraph, ""),
        "gone": bool(one.paragraph) and one.paragraph not in numbers,
        "earlier": bool(paragraph and paragraph.version > one.version),
        "provisional": provisional,
        "by_capital": by_capital,
        "confirms": mine and provisional and adopted and not by_capital,
        "withdraws": mine and (provisional or not adopted),
    }
