"""What the text panel and the drafts beside it need: a row for each paragraph, with its state, what stands in brackets,
and which acts its reader is offered. Pure; reads only its fold.

Which acts are offered follows the rules only as far as everybody can see; whether one is carried out the rules decide.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rooms import showing_amendments, showing_brackets, showing_versions
from rooms.domain import agreeing, dissent, documents, labels, settling
from rooms.domain.documents import Amendment, Bracket, Document, Paragraph
from rooms.domain.replacing import replace
from rooms.domain.sight import THE_MODERATORS, Audience
from rooms.domain.state import RoomState

STATES = {
    "proposed": "Proposed",
    "bracketed": "In brackets",
    "bridged": "A bridge is offered",
    "agreed": "Agreed ad ref",
    "reopened": "Reopened",
}
SECTION_NAMES = {"preambular": "Preamble", "operative": "Operative part", "annex": "Annex"}


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph as it is shown. `whole` are the brackets round all of it, `spans` those round some of its words;
    `heading` names the section that begins with it; `waits` are those whose agreement is missing where some have
    agreed; `dissent` counts the statements attached to it; `up` and `down` are the paragraphs behind which it would
    stand one place on, "" for the top, None where there is no such place; `may` are the acts its reader is offered."""

    number: str
    paragraph: Paragraph
    state: str
    heading: str
    whole: tuple[showing_brackets.Row, ...]
    spans: tuple[showing_brackets.Row, ...]
    pieces: tuple[showing_brackets.Piece, ...]
    amendments: tuple[showing_amendments.Row, ...]
    comments: tuple[Any, ...]
    waits: tuple[str, ...]
    dissent: int
    up: str | None
    down: str | None
    may: frozenset[str]

    @property
    def changes(self) -> tuple[showing_versions.Change, ...]:
        return showing_versions.since_proposed(self.paragraph)

    @property
    def steps(self) -> tuple[showing_versions.Step, ...]:
        return showing_versions.steps(self.paragraph)

    @property
    def unshown(self) -> int:
        return showing_versions.unshown(self.paragraph)

    @property
    def state_words(self) -> str:
        return STATES[self.state]

    @property
    def withdraw_words(self) -> str:
        return "Give it up to its other sponsors …" if len(self.paragraph.sponsors) > 1 else "Withdraw it …"

    @property
    def withdraw_ask(self) -> str:
        if len(self.paragraph.sponsors) > 1:
            return f"Give up paragraph {self.number}? It stays in the text, and is the next sponsor’s."
        return f"Take paragraph {self.number} off the table?"

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
    """The delegations with nobody in the room: nobody waits for their word."""
    return tuple(one.code for one in view.prepared.delegations if not view.seats.members(one.code))


def away(view: RoomState, _audience: Audience) -> tuple[str, ...]:
    """The same, as a slice of the state: the panel changes with it, and not with every seat that is taken."""
    return nobody_there(view)


def text(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """The text on the table, or the last one there was; the texts beside it, and what was circulated."""
    document = on_the_table(view)
    frozen = document is None or document.status != "draft" or view.room.status == "closed"
    author = "" if audience == THE_MODERATORS else audience.delegation or None
    acting = None if frozen else author
    rows = paragraphs(view, document, acting, nobody_there(view)) if document else ()
    return {
        "document": document,
        "here": {"id": document.id} if document else None,
        "places": tuple((row.paragraph.id, row.number) for row in rows),
        "label": labels.label_of(view, document) if document else "",
        "rows": rows,
        "ledger": showing_brackets.ledger(document, audience.delegation) if document else None,
        "others": [one for one in view.texts.documents if one is not document],
        "frozen": frozen,
        "author": author,
        "negotiated": document is not None and document.mode == "negotiated",
        "writes": acting is not None and document is not None and (document.mode == "negotiated" or acting == ""),
        "own_paragraphs": sum(1 for row in rows if row.paragraph.proposer == author),
        "agreed": sum(1 for row in rows if row.paragraph.agreed),
        "pending": len(document.pending) if document else 0,
        "additions": showing_amendments.rows(view, document, "", acting) if document else (),
        "may_open": documents.open_document(view) is None,
        "papers": view.non_papers.papers,
        "comments": _comments(document, "") if document else (),
        "landing": _landing(view, document, acting) if document else (),
        "sections": SECTION_NAMES,
        "outputs": labels.KINDS,
    }


def paragraphs(view: RoomState, document: Document, author: str | None, gone: tuple[str, ...] = ()) -> tuple[Row, ...]:
    """A row for each standing paragraph; `author` is in whose name the reader acts, None for nobody."""
    there = tuple(one.code for one in view.prepared.delegations if one.code not in gone)
    numbered = documents.numbered(document)
    unsettled = _unsettled(document, [one.id for _, one in numbered])
    # An operative part that nothing precedes needs no heading.
    sections = ("operative", *(one.section for _, one in numbered))
    places = _places([one for _, one in numbered])
    return tuple(
        _row(view, unsettled[one.id], number, one, author, there, one.section != before, places[one.id])
        for (number, one), before in zip(numbered, sections, strict=False)
    )


def _unsettled(document: Document, paragraphs: Iterable[str]) -> dict[str, Document]:
    """By paragraph, the text with what is unsettled about that one alone: every row looks there several times, and a
    long negotiation leaves hundreds of brackets and amendments behind."""
    brackets: dict[str, list[Bracket]] = {}
    for bracket in document.open_brackets:
        brackets.setdefault(bracket.paragraph, []).append(bracket)
    amendments: dict[str, list[Amendment]] = {}
    for amendment in document.pending:
        amendments.setdefault(amendment.paragraph, []).append(amendment)
    return {
        one: replace(document, brackets=tuple(brackets.get(one, ())), amendments=tuple(amendments.get(one, ())))
        for one in paragraphs
    }


def _row(
    view: RoomState,
    document: Document,
    number: str,
    one: Paragraph,
    author: str | None,
    there: tuple[str, ...],
    begins: bool,
    places: tuple[str | None, str | None],
) -> Row:
    answers = settling.answers_for(view, one)
    brackets = [showing_brackets.row(view, one, held, author, answers, there) for held in document.brackets_on(one.id)]
    spans = tuple(row for row in brackets if not row.bracket.whole)
    return Row(
        number,
        one,
        documents.status_of(document, one),
        heading=SECTION_NAMES[one.section] if begins else "",
        whole=tuple(row for row in brackets if row.bracket.whole),
        spans=spans,
        pieces=showing_brackets.pieces(one, spans),
        amendments=showing_amendments.rows(view, document, one.id, author),
        comments=_comments(document, one.id),
        waits=agreeing.waited_for(view, one) if one.agreed_by and not one.agreed else (),
        dissent=len(dissent.attached(view, document.id, one.id)),
        up=places[0],
        down=places[1],
        may=_may(document, one, author, there),
    )


def _places(standing: list[Paragraph]) -> dict[str, tuple[str | None, str | None]]:
    """Of each paragraph, behind which one it would stand one place up and one place down in its section."""
    found: dict[str, tuple[str | None, str | None]] = {}
    for section in documents.SECTIONS:
        ids = [one.id for one in standing if one.section == section]
        for place, one in enumerate(ids):
            up = None if place == 0 else ids[place - 2] if place > 1 else ""
            found[one] = (up, ids[place + 1] if place + 1 < len(ids) else None)
    return found


def _may(document: Document, one: Paragraph, author: str | None, there: tuple[str, ...]) -> frozenset[str]:
    """The acts on a paragraph that its reader is offered."""
    if author is None:
        return frozenset()
    chair, own = author == "", author == one.proposer
    found = {"link"} if chair or own else set[str]()
    if chair:
        found.add("move")
    if not one.agreed and own:
        found |= {"reword", "withdraw"}
    if not one.agreed and chair and not any(code in there for code in one.sponsors):
        found.add("withdraw")
    if document.mode == "chairs":
        return frozenset(found if chair else {"comment"})
    return frozenset(found | (_of_the_chair(document, one) if chair else _of_a_delegation(document, one, author)))


def _settled(document: Document, one: Paragraph) -> bool:
    return not document.brackets_on(one.id) and not document.amendments_to(one.id)


def _of_the_chair(document: Document, one: Paragraph) -> set[str]:
    if one.agreed:
        return {"reopen"}
    return {"gavel"} if _settled(document, one) else set()


def _of_a_delegation(document: Document, one: Paragraph, author: str) -> set[str]:
    if one.agreed:
        return {"reopen"} if author in one.sponsors else {"reopen", "sponsor"}
    found = {"bracket"} if author == one.proposer else {"bracket", "amend"}
    if author != one.proposer:
        found.add("leave" if author in one.sponsors else "sponsor")
    if author in one.agreed_by:
        return found | {"take_back"}
    own_words = author == one.proposer and bool(one.versions) and one.versions[-1].author == author
    return found | ({"agree"} if _settled(document, one) and not own_words else set())


def _comments(document: Document, paragraph: str) -> tuple[Any, ...]:
    """What was said of a chair's text, by draft, the newest draft first: (draft, comments)."""
    said = [one for one in document.comments if one.paragraph == paragraph]
    drafts = sorted({one.draft for one in said}, reverse=True)
    return tuple((draft, tuple(one for one in said if one.draft == draft)) for draft in drafts)


def _landing(view: RoomState, document: Document, author: str | None) -> tuple[Mapping[str, Any], ...]:
    """Each issue with the options on which the text as it stands would settle it, and by which paragraphs."""
    numbered = documents.numbered(document)
    mine = tuple((number, one.id) for number, one in numbered if author is not None and author in ("", one.proposer))
    return tuple(
        {
            "issue": issue,
            "lands": [
                (option, [(number, one.id) for number, one in numbered if (issue.id, option.id) in one.lands])
                for option in issue.options
                if option.id in document.landed.get(issue.id, ())
            ],
            "mine": mine,
        }
        for issue in view.prepared.issues
    )


def drafts(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """What a delegation, or the chair, drafts for itself alone."""
    author = "" if audience == THE_MODERATORS else audience.delegation
    document = documents.open_document(view)
    numbers = {one.id: number for number, one in documents.numbered(document)} if document else {}
    free = document is not None and document.status == "draft" and (document.mode == "negotiated" or author == "")
    return {
        "kept": [(one, numbers.get(one.paragraph, "")) for one in view.drafts.of(author)],
        "numbered": [(number, paragraph) for paragraph, number in numbers.items()],
        "sections": SECTION_NAMES,
        "open": view.room.status != "closed",
        "may_table": free,
        "author": author,
    }
