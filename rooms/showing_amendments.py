"""What is shown of the amendments on the table: what each would change, in which order they are put, and which acts its
reader is offered. Pure; no rules of the dialogue."""

from dataclasses import dataclass

from rooms import showing_versions
from rooms.domain import amending
from rooms.domain.documents import Amendment, Document, number_of
from rooms.domain.state import RoomState


@dataclass(frozen=True, slots=True)
class Row:
    """`place` is its turn among `of` amendments to the same paragraph; `seen` the version its wording is compared with;
    `stale`: the paragraph was reworded since. `may`: accept, cosponsor, leave, withdraw, reword, rank."""

    amendment: Amendment
    title: str
    changes: tuple[showing_versions.Change, ...]
    place: int
    of: int
    seen: int
    stale: bool
    may: frozenset[str]


def rows(view: RoomState, document: Document, paragraph_id: str, author: str | None) -> tuple[Row, ...]:
    """The amendments to a paragraph; "" for those that would add one. `author` is in whose name the reader acts."""
    there = document.amendments_to(paragraph_id)
    paragraph = document.paragraph(paragraph_id)
    version = paragraph.version if paragraph else 0
    return tuple(
        Row(
            one,
            _title(document, one),
            _changes(paragraph.text if paragraph else "", one),
            place,
            len(there),
            version,
            stale=one.kind in ("alter", "delete") and one.seen != version,
            may=_may(view, document, one, author, len(there)),
        )
        for place, one in enumerate(there, start=1)
    )


def _title(document: Document, one: Amendment) -> str:
    top = {"preambular": "at the top of the preamble", "annex": "at the top of the annex"}
    where = f"behind {number_of(document, one.after)}" if one.after else top.get(one.section, "at the top")
    return {
        "add": f"Add {where}",
        "delete": "Delete the paragraph",
        "alter": "Alter the wording",
        "move": f"Move it {where.replace('at the', 'to the')}",
    }[one.kind]


def _changes(text: str, one: Amendment) -> tuple[showing_versions.Change, ...]:
    if one.kind == "alter":
        return showing_versions.against(text, one.text)
    return (showing_versions.Change("in", one.text),) if one.kind == "add" else ()


def _may(view: RoomState, document: Document, one: Amendment, author: str | None, of: int) -> frozenset[str]:
    if author is None:
        return frozenset()
    answers = amending.accepts(view, document, one)
    found = {"accept"} if author == answers else set[str]()
    if author == "":
        found |= set() if any(view.seats.members(code) for code in one.sponsors) else {"withdraw"}
        return frozenset(found | ({"rank"} if of > 1 else set()))
    if author in one.sponsors:
        first = one.sponsors[0] == author
        found |= {"withdraw"} if first else set()
        found |= {"reword"} if first and one.kind in ("add", "alter") else set()
        return frozenset(found | ({"leave"} if len(one.sponsors) > 1 else set()))
    return frozenset(found | (set() if author == answers else {"cosponsor"}))
