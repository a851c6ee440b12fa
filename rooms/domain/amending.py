"""What becomes of amendments: accepted, adopted or rejected by a decision, withdrawn, fallen with their paragraph.

An amendment is taken up only upon the wording it was written for: if the paragraph has changed since, its sponsor reads
the change and says what it asks for now. No wording is lost by taking one up: the paragraph keeps its versions.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, settling, sight, texts
from rooms.domain.documents import (
    Amendment,
    Document,
    Paragraph,
    Version,
    placed,
    reworded,
    with_amendment,
    with_document,
    with_paragraph,
)
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState


# Events


@dataclass(frozen=True, slots=True)
class AmendmentAccepted:
    """Who answers for the paragraph, or the chair (""), takes it up; it is adopted by that (see AmendmentAdopted)."""

    document: str
    amendment: str
    delegation: str


@dataclass(frozen=True, slots=True)
class AmendmentAdopted:
    """The text is as the amendment asks. `paragraph` is the one that it adds, changes or takes out."""

    document: str
    amendment: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class AmendmentRejected:
    document: str
    amendment: str


@dataclass(frozen=True, slots=True)
class AmendmentWithdrawn:
    """By its only sponsor, or by the chair, "", when nobody of its sponsors is in the room."""

    document: str
    amendment: str
    delegation: str


@dataclass(frozen=True, slots=True)
class AmendmentPassedOn:
    """Its first sponsor has withdrawn it; another one keeps it on the table."""

    document: str
    amendment: str
    delegation: str


# Commands


@dataclass(frozen=True, slots=True)
class WithdrawAmendment:
    """The first sponsor takes an amendment off the table; if others sponsor it, it stays, and is the next one's. The
    chair takes off one whose sponsors have all left the room."""

    amendment: str


@dataclass(frozen=True, slots=True)
class AcceptAmendment:
    """Who answers for the paragraph takes an alteration or deletion up; the chair takes up additions and moves, and
    what is asked of its own paragraphs."""

    amendment: str


# What the rules ask


def on_the_table(document: Document, amendment_id: str) -> Amendment:
    """The amendment of that id, if it is still to be dealt with."""
    amendment = document.amendment(amendment_id)
    if amendment is None or amendment.status != "tabled":
        raise Refused("amendment_over", "That amendment is not on the table any more. Look at what became of it.")
    return amendment


def accepts(state: "RoomState", document: Document, amendment: Amendment) -> str:
    """Who can take it up without a decision: a delegation, or "" for the chair."""
    paragraph = document.paragraph(amendment.paragraph)
    if amendment.kind in ("add", "move") or paragraph is None:
        return ""
    return settling.answers_for(state, paragraph)


def in_the_way(document: Document, amendment: Amendment) -> Refused | None:
    """Why an amendment cannot be taken up upon the text as it stands, or None."""
    if amendment.kind == "add":
        if len(document.standing) >= texts.PARAGRAPHS:
            return Refused(
                "text_full", f"The text has {texts.PARAGRAPHS} paragraphs. Take one out before adding another."
            )
        return None
    paragraph = document.paragraph(amendment.paragraph)
    if paragraph is None or paragraph.withdrawn:
        return Refused("unknown_paragraph", "The paragraph it asks to change is not on the table any more.")
    if amendment.kind == "move":
        return None
    if amendment.seen != paragraph.version:
        return Refused(
            "changed_meanwhile",
            "The paragraph was reworded after this amendment was tabled. Ask its sponsor what it asks for now.",
            paragraph=paragraph.id,
            text=paragraph.text,
            version=paragraph.version,
        )
    if amendment.kind == "alter" and not settling.carried(document, paragraph, amendment.text):
        return Refused(
            "brackets_in_the_way",
            "It takes out words that stand in brackets and are held. Settle the brackets first.",
        )
    return None


def may_be_put(state: "RoomState", document: Document, amendment_id: str) -> Amendment:
    """The amendment, if it can be put to a decision now: upon the wording that stands, and no other one to the same
    paragraph goes before it."""
    amendment = on_the_table(document, amendment_id)
    hindrance = in_the_way(document, amendment)
    if hindrance:
        raise hindrance
    first = next((one for one in _in_turn(document, amendment) if in_the_way(document, one) is None), amendment)
    if first.id != amendment.id:
        raise Refused(
            "furthest_first",
            "Another amendment to this paragraph is further from the original. Put that one first, or rank them.",
            amendment=first.id,
        )
    return amendment


def _in_turn(document: Document, amendment: Amendment) -> tuple[Amendment, ...]:
    """The amendments that are put in turn with this one: those to its paragraph. Each addition stands for itself."""
    return document.amendments_to(amendment.paragraph) if amendment.paragraph else (amendment,)


def moved_to(document: Document, paragraph: Paragraph, after: str, section: str) -> Document:
    """The document with a paragraph elsewhere."""
    return replace(document, paragraphs=placed(document.paragraphs, replace(paragraph, section=section), after))


# What a decision brings about


def adopted(_state: "RoomState", document: Document, amendment_id: str) -> list[Any]:
    """What happens when an amendment is adopted: the text is as it asks."""
    amendment = document.amendment(amendment_id)
    if amendment is None or amendment.status != "tabled":
        return []
    added = f"p{len(document.paragraphs) + 1}"
    return [AmendmentAdopted(document.id, amendment.id, amendment.paragraph or added)]


def rejected(_state: "RoomState", document: Document, amendment_id: str) -> list[Any]:
    """What happens when an amendment is rejected: it is off the table."""
    amendment = document.amendment(amendment_id)
    if amendment is None or amendment.status != "tabled":
        return []
    return [AmendmentRejected(document.id, amendment.id)]


# Rules


def withdraw_amendment(state: "RoomState", actor: str, command: WithdrawAmendment, _at: int) -> list[Any]:
    code = roles.author(state, actor)
    document = texts.negotiating(state)
    amendment = on_the_table(document, command.amendment)
    if not code and any(state.seats.members(one) for one in amendment.sponsors):
        raise Refused("sponsor_present", "One of its sponsors is in the room; only they withdraw it. Ask them.")
    if code and code != amendment.sponsors[0]:
        raise Refused("not_yours", "Only its first sponsor withdraws an amendment. You can take your own name from it.")
    if code and len(amendment.sponsors) > 1:
        return [AmendmentPassedOn(document.id, amendment.id, code)]
    return [AmendmentWithdrawn(document.id, amendment.id, code)]


def accept_amendment(state: "RoomState", actor: str, command: AcceptAmendment, _at: int) -> list[Any]:
    code = roles.author(state, actor)
    document = texts.negotiating(state)
    amendment = on_the_table(document, command.amendment)
    accepting = accepts(state, document, amendment)
    if code != accepting:
        owner = accepting or "The chair"
        raise Refused(
            "not_yours", f"{owner} takes this amendment up, or it is put to a decision. Tell them what you think."
        )
    hindrance = in_the_way(document, amendment)
    if hindrance:
        raise hindrance
    return [AmendmentAccepted(document.id, amendment.id, code), *adopted(state, document, amendment.id)]


# Fold


def _unchanged(state: "RoomState", _event: AmendmentAccepted, _entry: Entry) -> "RoomState":
    return state


def _adopted(state: "RoomState", event: AmendmentAdopted, entry: Entry) -> "RoomState":
    document = state.texts.document(event.document)
    amendment = document.amendment(event.amendment) if document else None
    if document is None or amendment is None:
        return state
    state = with_amendment(state, document.id, amendment.id, status="adopted", ended_at=entry.at)
    return TAKEN_UP[amendment.kind](state, document, amendment, event.paragraph, entry)


def _add(state: "RoomState", document: Document, amendment: Amendment, paragraph_id: str, entry: Entry) -> "RoomState":
    first = Version(amendment.text, amendment.sponsors[0], entry.at, "amended")
    new = Paragraph(
        paragraph_id,
        amendment.text,
        amendment.sponsors[0],
        section=amendment.section,
        sponsors=amendment.sponsors,
        versions=(first,),
    )
    return with_document(state, document.id, paragraphs=placed(document.paragraphs, new, amendment.after))


def _delete(
    state: "RoomState", document: Document, _amendment: Amendment, paragraph_id: str, entry: Entry
) -> "RoomState":
    off = settling.gone(with_paragraph(state, document.id, paragraph_id, withdrawn=True), document.id, entry)
    return fallen(off, document.id, entry)


def _alter(
    state: "RoomState", document: Document, amendment: Amendment, paragraph_id: str, entry: Entry
) -> "RoomState":
    version = Version(amendment.text, amendment.sponsors[0], entry.at, "amended")
    altered = settling.carried_along(reworded(state, document.id, paragraph_id, version), document.id, paragraph_id)
    return settling.without_consent(altered, document.id, paragraph_id, whole=True)


def _move(
    state: "RoomState", document: Document, amendment: Amendment, paragraph_id: str, _entry: Entry
) -> "RoomState":
    paragraph = document.paragraph(paragraph_id)
    if paragraph is None:
        return state
    moved = moved_to(document, paragraph, amendment.after, amendment.section)
    return with_document(state, document.id, paragraphs=moved.paragraphs)


TAKEN_UP = {"add": _add, "delete": _delete, "alter": _alter, "move": _move}


def _rejected(state: "RoomState", event: AmendmentRejected, entry: Entry) -> "RoomState":
    return with_amendment(state, event.document, event.amendment, status="rejected", ended_at=entry.at)


def _withdrawn(state: "RoomState", event: AmendmentWithdrawn, entry: Entry) -> "RoomState":
    return with_amendment(state, event.document, event.amendment, status="withdrawn", ended_at=entry.at)


def without_sponsor(state: "RoomState", event: Any, _entry: Entry) -> "RoomState":
    """The state in which the event's delegation sponsors its amendment no longer."""
    document = state.texts.document(event.document)
    amendment = document.amendment(event.amendment) if document else None
    sponsors = tuple(one for one in amendment.sponsors if one != event.delegation) if amendment else ()
    return with_amendment(state, event.document, event.amendment, sponsors=sponsors)


# What other matters bring about


def fallen(state: "RoomState", document_id: str, entry: Entry) -> "RoomState":
    """The state in which no amendment is on the table to a paragraph that is not."""
    document = state.texts.document(document_id)
    if document is None:
        return state
    off = {one.id for one in document.paragraphs if one.withdrawn}
    amendments = tuple(
        replace(one, status="fallen", ended_at=entry.at) if one.status == "tabled" and one.paragraph in off else one
        for one in document.amendments
    )
    return with_document(state, document_id, amendments=amendments)


def _fall(state: "RoomState", event: Any, entry: Entry) -> "RoomState":
    return fallen(state, event.document, entry)


EVENTS: dict[str, tuple[type, Any, Any]] = {
    "amendments.accepted": (AmendmentAccepted, sight.everyone, _unchanged),
    "amendments.adopted": (AmendmentAdopted, sight.everyone, _adopted),
    "amendments.rejected": (AmendmentRejected, sight.everyone, _rejected),
    "amendments.withdrawn": (AmendmentWithdrawn, sight.everyone, _withdrawn),
    "amendments.passed_on": (AmendmentPassedOn, sight.everyone, without_sponsor),
}
COMMANDS: dict[str, tuple[type, Any]] = {
    "withdraw_amendment": (WithdrawAmendment, withdraw_amendment),
    "accept_amendment": (AcceptAmendment, accept_amendment),
}
HEARS = {"texts.paragraph_withdrawn": _fall, "brackets.settled": _fall}
