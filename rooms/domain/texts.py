"""The text on the table: paragraphs proposed by delegations, revised or withdrawn by who proposed them.

    document: draft <-> under decision -> adopted          paragraph: proposed -> withdrawn

While a call is open the text is frozen; what was adopted stays as it was adopted.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight
from rooms.domain.documents import (
    Document,
    Paragraph,
    Texts,
    Version,
    open_document,
    reworded,
    with_document,
    with_paragraph,
)
from rooms.domain.record import Entry
from rooms.domain.refused import Refused

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

PARAGRAPHS = 60  # a text longer than this is no longer read in a classroom


# Events


@dataclass(frozen=True, slots=True)
class DocumentOpened:
    document: str
    title: str


@dataclass(frozen=True, slots=True)
class ParagraphProposed:
    document: str
    paragraph: str
    delegation: str
    text: str


@dataclass(frozen=True, slots=True)
class ParagraphRevised:
    document: str
    paragraph: str
    text: str
    version: int


@dataclass(frozen=True, slots=True)
class ParagraphWithdrawn:
    document: str
    paragraph: str


# Commands


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """The moderator puts a new, empty text on the table."""

    title: str


@dataclass(frozen=True, slots=True)
class ProposeParagraph:
    """A delegation, or the chair, adds a paragraph at the end of the text."""

    text: str


@dataclass(frozen=True, slots=True)
class ReviseParagraph:
    """Who proposed a paragraph rewords it. `seen` is the version that was reworded."""

    paragraph: str
    text: str
    seen: int


@dataclass(frozen=True, slots=True)
class WithdrawParagraph:
    """Who proposed a paragraph takes it off the table."""

    paragraph: str


# Rules


def document_for(state: "RoomState", title: str = "") -> DocumentOpened:
    number = len(state.texts.documents) + 1
    return DocumentOpened(f"d{number}", title or "Joint text")


def open_new_document(state: "RoomState", actor: str, command: OpenDocument, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    if open_document(state):
        raise Refused("text_open", "A text is on the table already. Decide on it before opening another.")
    if not command.title:
        raise Refused("title_needed", "Give the text a title.", field="title")
    return [document_for(state, command.title)]


def _drafting(state: "RoomState") -> Document:
    roles.open_room(state)
    document = open_document(state)
    if document is None:
        raise Refused("no_text", "No text is on the table. The chair opens one when drafting begins.")
    if document.status == "under_decision":
        raise Refused("under_decision", "The text is frozen while the consensus call is open. Wait for its result.")
    return document


def propose_paragraph(state: "RoomState", actor: str, command: ProposeParagraph, _at: int) -> list[Any]:
    author = roles.author(state, actor)
    document = _drafting(state)
    if not command.text:
        raise Refused("text_needed", "Write the paragraph you propose first.", field="text")
    if len(document.standing) >= PARAGRAPHS:
        raise Refused("text_full", f"The text has {PARAGRAPHS} paragraphs. Withdraw one before adding another.")
    return [ParagraphProposed(document.id, f"p{len(document.paragraphs) + 1}", author, command.text)]


def _own(state: "RoomState", actor: str, paragraph_id: str) -> tuple[Document, Paragraph]:
    author = roles.author(state, actor)
    document = _drafting(state)
    paragraph = document.paragraph(paragraph_id)
    if paragraph is None or paragraph.withdrawn:
        raise Refused("unknown_paragraph", "That paragraph is not on the table any more.")
    if paragraph.proposer != author:
        owner = paragraph.proposer or "the chair"
        raise Refused("not_yours", f"Paragraph proposed by {owner}; only they reword or withdraw it. Propose your own.")
    return document, paragraph


def revise_paragraph(state: "RoomState", actor: str, command: ReviseParagraph, _at: int) -> list[Any]:
    document, paragraph = _own(state, actor, command.paragraph)
    if command.seen != paragraph.version:
        raise Refused(
            "changed_meanwhile",
            "Somebody reworded this paragraph while you wrote. Compare with the new wording, then send yours again.",
            paragraph=paragraph.id,
            text=paragraph.text,
            version=paragraph.version,
        )
    if not command.text:
        raise Refused("text_needed", "A paragraph cannot be empty. Withdraw it instead.", field="text")
    if command.text == paragraph.text:
        return []
    return [ParagraphRevised(document.id, paragraph.id, command.text, paragraph.version + 1)]


def withdraw_paragraph(state: "RoomState", actor: str, command: WithdrawParagraph, _at: int) -> list[Any]:
    document, paragraph = _own(state, actor, command.paragraph)
    return [ParagraphWithdrawn(document.id, paragraph.id)]


# Fold


def _opened(state: "RoomState", event: DocumentOpened, _entry: Entry) -> "RoomState":
    return replace(state, texts=Texts((*state.texts.documents, Document(event.document, event.title))))


def _proposed(state: "RoomState", event: ParagraphProposed, entry: Entry) -> "RoomState":
    document = state.texts.document(event.document)
    if document is None:
        return state
    first = Version(event.text, event.delegation, entry.at, "proposed")
    paragraph = Paragraph(
        event.paragraph, event.text, event.delegation, sponsors=(event.delegation,), versions=(first,)
    )
    return with_document(state, document.id, paragraphs=(*document.paragraphs, paragraph))


def _revised(state: "RoomState", event: ParagraphRevised, entry: Entry) -> "RoomState":
    document = state.texts.document(event.document)
    paragraph = document.paragraph(event.paragraph) if document else None
    author = paragraph.proposer if paragraph else ""
    return reworded(state, event.document, event.paragraph, Version(event.text, author, entry.at, "reworded"))


def _withdrawn(state: "RoomState", event: ParagraphWithdrawn, _entry: Entry) -> "RoomState":
    return with_paragraph(state, event.document, event.paragraph, withdrawn=True)


EVENTS = {
    "texts.document_opened": (DocumentOpened, sight.everyone, _opened),
    "texts.paragraph_proposed": (ParagraphProposed, sight.everyone, _proposed),
    "texts.paragraph_revised": (ParagraphRevised, sight.everyone, _revised),
    "texts.paragraph_withdrawn": (ParagraphWithdrawn, sight.everyone, _withdrawn),
}
COMMANDS = {
    "open_document": (OpenDocument, open_new_document),
    "propose_paragraph": (ProposeParagraph, propose_paragraph),
    "revise_paragraph": (ReviseParagraph, revise_paragraph),
    "withdraw_paragraph": (WithdrawParagraph, withdraw_paragraph),
}
