"""What becomes of brackets: settled, gone, or carried along when the words around them change.

    bracketed -> settled (all who hold it would take the same words, and so would who answers for the paragraph)
              -> lifted | set aside (nobody holds it any more; the words stand)
              -> withdrawn (with its paragraph)

Losing words are kept: the versions of the paragraph and the ended brackets stay in the document.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import sight, spans
from rooms.domain.documents import (
    Alternative,
    Bracket,
    Document,
    Paragraph,
    Version,
    reworded,
    with_bracket,
    with_document,
    with_paragraph,
)
from rooms.domain.record import Entry
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState


# Events


@dataclass(frozen=True, slots=True)
class BracketSettled:
    """`alternative` is what all would take; `text` how the paragraph reads with it, "" when it goes. `delegation`, or
    "" for the chair, came round last."""

    document: str
    bracket: str
    delegation: str
    alternative: str
    text: str


@dataclass(frozen=True, slots=True)
class BracketEnded:
    """Nobody holds it any more. `how`: lifted or set_aside."""

    document: str
    bracket: str
    delegation: str
    how: str


# What the rules and the screens ask


def answers_for(state: "RoomState", paragraph: Paragraph) -> str:
    """Who has to agree to other words in a paragraph: its proposer; while nobody of that delegation is in the room,
    the next sponsor; and the chair, "", for a paragraph of the chair's or of nobody in the room."""
    return next((code for code in paragraph.sponsors if not code or state.seats.members(code)), "")


def agreed_to(state: "RoomState", paragraph: Paragraph, bracket: Bracket, alternative: Alternative) -> bool:
    """Whether who answers for the paragraph would take the alternative. With a bridge the chair has said so."""
    code = answers_for(state, paragraph)
    if code in bracket.holds:
        return bracket.holds[code] == alternative.id
    return bracket.consent == alternative.id or (not code and alternative.bridge)


def follows(
    state: "RoomState", document: Document, bracket: Bracket, delegation: str, how: str = "lifted"
) -> list[Any]:
    """What it brings about that a bracket stands like this now: nothing, or its end."""
    if not bracket.holds:
        return [BracketEnded(document.id, bracket.id, delegation, how)]
    paragraph = document.paragraph(bracket.paragraph)
    chosen = bracket.alternative(next(iter(bracket.holds.values())))
    if paragraph is None or chosen is None or len(set(bracket.holds.values())) > 1:
        return []
    if not agreed_to(state, paragraph, bracket, chosen):
        return []
    text = with_words(paragraph, bracket, chosen)
    return [BracketSettled(document.id, bracket.id, delegation, chosen.id, text)]


def with_words(paragraph: Paragraph, bracket: Bracket, alternative: Alternative) -> str:
    """How the paragraph would read with an alternative in place of the bracketed words; "" if it would go."""
    if bracket.whole:
        return alternative.text
    return spans.replaced(paragraph.text, bracket.start, bracket.end, alternative.text)


def carried(document: Document, paragraph: Paragraph, text: str) -> bool:
    """Whether the words in open brackets on a paragraph survive in another wording of it."""
    held = [(one.start, one.end) for one in document.brackets_on(paragraph.id) if not one.whole]
    return spans.moved_together(paragraph.text, text, held) is not None


# Fold


def _settled(state: "RoomState", event: BracketSettled, entry: Entry) -> "RoomState":
    document = state.texts.document(event.document)
    bracket = document.bracket(event.bracket) if document else None
    chosen = bracket.alternative(event.alternative) if bracket else None
    paragraph = document.paragraph(bracket.paragraph) if document and bracket else None
    if bracket is None or chosen is None or paragraph is None:
        return state
    ended = with_bracket(
        state, event.document, bracket.id, ended="settled", ended_at=entry.at, ended_by=event.delegation
    )
    if not event.text:
        return gone(with_paragraph(ended, event.document, paragraph.id, withdrawn=True), event.document, entry)
    if event.text == paragraph.text:
        return ended
    cause = "bridged" if chosen.bridge else "alternative"
    version = Version(event.text, chosen.author, entry.at, cause)
    shifted = _shifted(ended, event.document, bracket, len(event.text) - len(paragraph.text))
    return reworded(shifted, event.document, paragraph.id, version)


def _shifted(state: "RoomState", document_id: str, settled: Bracket, by: int) -> "RoomState":
    """The brackets that stand behind the settled one in its paragraph, moved along."""
    document = state.texts.document(document_id)
    for one in document.brackets_on(settled.paragraph) if document else ():
        if not one.whole and not settled.whole and one.start >= settled.end:
            state = with_bracket(state, document_id, one.id, start=one.start + by, end=one.end + by)
    return state


def _ended(state: "RoomState", event: BracketEnded, entry: Entry) -> "RoomState":
    fields = {"ended": event.how, "ended_at": entry.at, "ended_by": event.delegation}
    return with_bracket(state, event.document, event.bracket, **fields)


# What other matters bring about


def carried_along(state: "RoomState", document_id: str, paragraph_id: str) -> "RoomState":
    """The state after a paragraph has been reworded: its brackets stand around the same words. Where those are gone,
    which the rules do not let happen, a bracket stands around the whole, so that nobody's hold is lost."""
    document = state.texts.document(document_id)
    paragraph = document.paragraph(paragraph_id) if document else None
    if document is None or paragraph is None or len(paragraph.versions) < 2:
        return state
    old = paragraph.versions[-2].text
    held = [one for one in document.brackets_on(paragraph_id) if not one.whole]
    places = spans.moved_together(old, paragraph.text, [(one.start, one.end) for one in held])
    for bracket, (start, end) in zip(held, places or [(0, 0)] * len(held), strict=True):
        state = with_bracket(state, document_id, bracket.id, start=start, end=end)
    return state


def gone(state: "RoomState", document_id: str, entry: Entry) -> "RoomState":
    """The state in which no bracket stands in a paragraph that has been withdrawn."""
    document = state.texts.document(document_id)
    if document is None:
        return state
    off = {one.id for one in document.paragraphs if one.withdrawn}
    brackets = tuple(
        replace(one, ended="withdrawn", ended_at=entry.at) if one.open and one.paragraph in off else one
        for one in document.brackets
    )
    return with_document(state, document_id, brackets=brackets)


def _revised(state: "RoomState", event: Any, _entry: Entry) -> "RoomState":
    """A paragraph was reworded by who proposed it: its consent was to other words."""
    carried_on = carried_along(state, event.document, event.paragraph)
    return without_consent(carried_on, event.document, event.paragraph, whole=True)


def _withdrawn(state: "RoomState", event: Any, entry: Entry) -> "RoomState":
    return gone(state, event.document, entry)


def _passed_on(state: "RoomState", event: Any, _entry: Entry) -> "RoomState":
    return without_consent(state, event.document, event.paragraph)


def without_consent(state: "RoomState", document_id: str, paragraph_id: str, whole: bool = False) -> "RoomState":
    """The state in which nobody has consented to other words in a paragraph; `whole`: for the whole of it."""
    document = state.texts.document(document_id)
    for one in document.brackets_on(paragraph_id) if document else ():
        if one.consent is not None and (one.whole or not whole):
            state = with_bracket(state, document_id, one.id, consent=None)
    return state


EVENTS: dict[str, tuple[type, Any, Any]] = {
    "brackets.settled": (BracketSettled, sight.everyone, _settled),
    "brackets.ended": (BracketEnded, sight.everyone, _ended),
}
COMMANDS: dict[str, tuple[type, Any]] = {}
HEARS = {
    "texts.paragraph_revised": _revised,
    "texts.paragraph_withdrawn": _withdrawn,
    "texts.sponsor_left": _passed_on,
}
