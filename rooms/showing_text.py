"""What the text panel and the drafts beside it need: a row for each paragraph, with its state, what stands in brackets,
and which acts its reader is offered. Pure; reads only its fold.

Which acts are offered follows the rules only as far as everybody can see; whether one is carried out the rules decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rooms import showing_brackets
from rooms.domain import documents, outputs
from rooms.domain.documents import Document, Paragraph
from rooms.domain.sight import THE_MODERATORS, Audience
from rooms.domain.state import RoomState

SECTION_NAMES = {"preambular": "Preamble", "operative": "Operative part", "annex": "Annex"}


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph as it is shown. `whole` are the brackets round all of it, `spans` those round some of its words;
    `heading` names the section that begins with it; `may` are the acts its reader is offered."""

    number: str
    paragraph: Paragraph
    state: str
    heading: str
    whole: tuple[showing_brackets.Row, ...]
    spans: tuple[showing_brackets.Row, ...]
    pieces: tuple[showing_brackets.Piece, ...]
    may: frozenset[str]

    @property
    def brackets(self) -> tuple[showing_brackets.Row, ...]:
        return (*self.whole, *self.spans)

    @property
    def holders(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for one in self.brackets for code in one.bracket.holds))


def on_the_table(view: RoomState) -> Document | None:
    """The text on the table, or the last one there was."""
    return documents.open_document(view) or next(iter(reversed(view.texts.documents)), None)


def nobody_there(view: RoomState) -> tuple[str, ...]:
    """The delegations with nobody in the room: the chair alone may set their holds aside."""
    return tuple(one.code for one in view.prepared.delegations if not view.seats.members(one.code))


def absent(view: RoomState, audience: Audience) -> tuple[str, ...]:
    """The same as far as the panel shows it: to the chair."""
    return nobody_there(view) if audience == THE_MODERATORS else ()


def text(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """The text on the table, or the last one adopted."""
    document = on_the_table(view)
    frozen = document is None or document.status != "draft" or view.room.status == "closed"
    author = "" if audience == THE_MODERATORS else audience.delegation or None
    acting = None if frozen else author
    rows = paragraphs(view, document, acting, absent(view, audience)) if document else ()
    return {
        "document": document,
        "label": outputs.label_of(view, document) if document else "",
        "rows": rows,
        "paragraphs": list(enumerate(document.standing, start=1)) if document else [],
        "ledger": showing_brackets.ledger(document, audience.delegation) if document else None,
        "others": [one for one in view.texts.documents if one is not document],
        "frozen": frozen,
        "author": author,
        "own_paragraphs": sum(1 for row in rows if row.paragraph.proposer == author),
    }


def paragraphs(view: RoomState, document: Document, author: str | None, gone: tuple[str, ...] = ()) -> tuple[Row, ...]:
    """A row for each standing paragraph; `author` is in whose name the reader acts, None for nobody."""
    rows, last = [], "operative"  # an operative part that nothing precedes needs no heading
    for number, one in documents.numbered(document):
        brackets = [showing_brackets.row(view, one, bracket, author, gone) for bracket in document.brackets_on(one.id)]
        spans = tuple(row for row in brackets if not row.bracket.whole)
        rows.append(
            Row(
                number,
                one,
                documents.status_of(document, one),
                heading=SECTION_NAMES[one.section] if one.section != last else "",
                whole=tuple(row for row in brackets if row.bracket.whole),
                spans=spans,
                pieces=showing_brackets.pieces(one, spans),
                may=_may(document, one, author),
            )
        )
        last = one.section
    return tuple(rows)


def _may(document: Document, one: Paragraph, author: str | None) -> frozenset[str]:
    if author is None:
        return frozenset()
    return frozenset({"reword"} if one.proposer == author else ())


def drafts(_view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    return {}
