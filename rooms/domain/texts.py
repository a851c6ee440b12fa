"""The text on the table: opened; its paragraphs proposed, reworded, withdrawn.

    document: draft <-> under decision | under silence -> adopted       draft <-> shelved (see `shelving`)
    paragraph: proposed -> reworded ... -> withdrawn (passed on, if others sponsor it)

While a decision is open the text is frozen; what was adopted stays as it was adopted. Here are also the guards with
which every other matter of the text begins.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import non_papers, roles, settling, sight
from rooms.domain.documents import (
    FROZEN,
    MODES,
    SECTIONS,
    Document,
    Paragraph,
    Texts,
    Version,
    number_of,
    open_document,
    placed,
    reworded,
    with_document,
    with_paragraph,
)
from rooms.domain.labels import KINDS
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

PARAGRAPHS = 60  # a text longer than this is no longer read in a classroom
LONGEST = 6_000  # characters of one wording, two pages: what is longer is several paragraphs
HEAVIEST = 120_000  # characters of all that is read with a text: more makes a page that no phone can load


# Events


@dataclass(frozen=True, slots=True)
class DocumentOpened:
    document: str
    title: str
    mode: str = "negotiated"
    output: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphProposed:
    """`after`: the paragraph behind which it stands, "" for the end of its section."""

    document: str
    paragraph: str
    delegation: str
    text: str
    section: str = "operative"
    after: str = ""


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


@dataclass(frozen=True, slots=True)
class SponsorLeft:
    """A delegation, or the chair, no longer stands behind a paragraph; if it was the proposer, the next sponsor is."""

    document: str
    paragraph: str
    delegation: str


# Commands


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """The moderator puts a new, empty text on the table. `mode`: negotiated, or chairs for a single negotiating text;
    `output`: what it is to become, "" while that is open."""

    title: str
    mode: str = "negotiated"
    output: str = ""


@dataclass(frozen=True, slots=True)
class ProposeParagraph:
    """A delegation, or the chair, adds a paragraph behind another one, into whose section it goes; without that, at the
    end of a section. In a chair's text only the chair does."""

    text: str
    section: str = "operative"
    after: str = ""


@dataclass(frozen=True, slots=True)
class ReviseParagraph:
    """Who proposed a paragraph rewords it. `seen` is the version that was reworded. What stands in brackets stays."""

    paragraph: str
    text: str
    seen: int


@dataclass(frozen=True, slots=True)
class WithdrawParagraph:
    """Who proposed a paragraph takes it off the table; if others sponsor it, it stays, and is the next one's. The chair
    takes off one whose sponsors have all left the room."""

    paragraph: str


# Guards for every matter of the text


def drafting(state: "RoomState") -> Document:
    """The text on the table, if it can be worked on now."""
    roles.open_room(state)
    document = open_document(state)
    if document is None:
        raise Refused("no_text", "No text is on the table. The chair opens one when drafting begins.")
    if document.status in FROZEN:
        raise Refused(document.status, FROZEN_WORDS[document.status])
    return document


FROZEN_WORDS = {
    "under_decision": "The text is frozen while it is put to a decision. Wait for the result.",
    "under_silence": "The text is frozen under silence. A written objection breaks it; otherwise wait for the expiry.",
}


def negotiating(state: "RoomState") -> Document:
    """The same, if delegations write in it: brackets, amendments, sponsors, agreement paragraph by paragraph."""
    document = drafting(state)
    if document.mode == "chairs":
        raise Refused("chairs_text", "Only the chair writes this text. Comment on it, and the chair will weigh it.")
    return document


def on_the_table(document: Document, paragraph_id: str) -> Paragraph:
    """The standing paragraph of that id."""
    paragraph = document.paragraph(paragraph_id)
    if paragraph is None or paragraph.withdrawn:
        raise Refused(
            "unknown_paragraph",
            "That paragraph is not on the table any more. Propose your wording as a paragraph of its own.",
        )
    return paragraph


def as_seen(paragraph: Paragraph, seen: int) -> None:
    """Refuses what was written upon an older wording, and gives the present one; the sender's own words are where the
    sender wrote them."""
    if seen != paragraph.version:
        raise Refused(
            "changed_meanwhile",
            "Somebody reworded this paragraph while you wrote. Compare with the new wording, then send yours again.",
            paragraph=paragraph.id,
            text=paragraph.text,
            version=paragraph.version,
        )


def fits(document: Document, words: str, field: str = "text") -> None:
    """Refuses a wording that nobody would read, alone or with all that is on offer already."""
    if len(words) > LONGEST:
        raise Refused(
            "too_long",
            f"That is {len(words):,} characters; a paragraph has {LONGEST:,} at most. Make two of it.",
            field=field,
        )
    if document.weight + len(words) > HEAVIEST:
        raise Refused(
            "text_heavy",
            f"The text and all that is on offer for it have {HEAVIEST:,} characters already. Settle some of it first.",
            field=field,
        )


def not_agreed(paragraph: Paragraph) -> None:
    """Refuses to touch the words of a paragraph that is agreed."""
    if paragraph.agreed:
        raise Refused(
            "agreed_ad_ref", "This paragraph is agreed ad referendum. Reopen it first, and say why you have to."
        )


def not_ready(state: "RoomState", document: Document) -> Refused | None:
    """Why a text cannot be put to a decision as it stands, or None."""
    if not document.standing:
        return Refused("no_text", "There is no text to decide on. Let a delegation propose a paragraph first.")
    if document.open_brackets:
        found = "; ".join(
            f"paragraph {number_of(document, one.paragraph)} ({', '.join(code or 'the chair' for code in one.holders)})"
            for one in document.open_brackets
        )
        return Refused("brackets_open", f"Words still stand in brackets: {found}. Bridge or lift them first.")
    if document.pending:
        return Refused(
            "amendments_pending",
            f"Amendments to this text are on the table ({len(document.pending)}). Accept, put or withdraw them first.",
        )
    cited = non_papers.cited_in(state, document)
    if cited:
        return Refused(
            "cites_non_paper",
            f"The text cites the non-paper “{cited.title}”, which has no status. Take the reference out first.",
        )
    return None


# Rules


def document_for(state: "RoomState", title: str = "", mode: str = "negotiated", output: str = "") -> DocumentOpened:
    """A new text's opening."""
    number = len(state.texts.documents) + 1
    return DocumentOpened(f"d{number}", title or "Joint text", mode, output)


def table_is_free(state: "RoomState") -> None:
    """Refuses a second text on the table."""
    if open_document(state):
        raise Refused("text_open", "A text is on the table already. Decide on it, or put it aside, before another.")


def open_new_document(state: "RoomState", actor: str, command: OpenDocument, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    table_is_free(state)
    if not command.title:
        raise Refused("title_needed", "Give the text a title.", field="title")
    if command.mode not in MODES:
        raise Refused("unknown_mode", "Choose a negotiated text or a chair's text.", field="mode")
    if command.output and command.output not in KINDS:
        raise Refused("unknown_output", "Choose what the text is to become, or leave it open.", field="output")
    return [document_for(state, command.title, command.mode, command.output)]


def new_paragraph(document: Document, author: str, text: str, section: str, after: str) -> ParagraphProposed:
    """A paragraph that may be added there, as it will be recorded."""
    if not text:
        raise Refused("text_needed", "Write the paragraph you propose first.", field="text")
    if len(document.standing) >= PARAGRAPHS:
        raise Refused("text_full", f"The text has {PARAGRAPHS} paragraphs. Withdraw one before adding another.")
    fits(document, text)
    if section not in SECTIONS:
        raise Refused("unknown_section", "Choose the preamble, the operative part or the annex.", field="section")
    if after:
        section = on_the_table(document, after).section
    return ParagraphProposed(document.id, f"p{len(document.paragraphs) + 1}", author, text, section, after)


def propose_paragraph(state: "RoomState", actor: str, command: ProposeParagraph, _at: int) -> list[Any]:
    author = roles.author(state, actor)
    document = negotiating(state) if author else drafting(state)
    return [new_paragraph(document, author, command.text, command.section, command.after)]


def own_paragraph(state: "RoomState", actor: str, paragraph_id: str) -> tuple[Document, Paragraph]:
    """A paragraph whose proposer somebody acts for, with its text."""
    author = roles.author(state, actor)
    document = drafting(state)
    paragraph = on_the_table(document, paragraph_id)
    if paragraph.proposer != author:
        owner = paragraph.proposer or "the chair"
        raise Refused("not_yours", f"Paragraph proposed by {owner}; only they reword or withdraw it. Propose your own.")
    return document, paragraph


def revise_paragraph(state: "RoomState", actor: str, command: ReviseParagraph, _at: int) -> list[Any]:
    document, paragraph = own_paragraph(state, actor, command.paragraph)
    as_seen(paragraph, command.seen)
    not_agreed(paragraph)
    if not command.text:
        raise Refused("text_needed", "A paragraph cannot be empty. Withdraw it instead.", field="text")
    if command.text == paragraph.text:
        return []
    if len(command.text) > len(paragraph.text):  # to make it shorter is always welcome
        fits(document, command.text)
    _brackets_survive(document, paragraph, command.text)
    return [ParagraphRevised(document.id, paragraph.id, command.text, paragraph.version + 1)]


def _brackets_survive(document: Document, paragraph: Paragraph, text: str) -> None:
    """Refuses a wording without the words that stand in brackets: only their holders, or a bridge, settle those."""
    if not settling.carried(document, paragraph, text):
        held = [one for one in document.brackets_on(paragraph.id) if not one.whole]
        words = " … ".join(f"“{paragraph.text[one.start : one.end]}”" for one in held)
        raise Refused(
            "in_brackets",
            f"Keep what stands in brackets as it is: {words}. Settle the brackets first, or reword around them.",
            brackets=[one.id for one in held],
        )


def _abandoned(state: "RoomState", paragraph: Paragraph) -> bool:
    """Nobody of any sponsor is in the room; the chair always is."""
    return not any(code == "" or state.seats.members(code) for code in paragraph.sponsors)


def withdraw_paragraph(state: "RoomState", actor: str, command: WithdrawParagraph, _at: int) -> list[Any]:
    author, document = roles.author(state, actor), drafting(state)
    paragraph = on_the_table(document, command.paragraph)
    if author or not _abandoned(state, paragraph):
        own_paragraph(state, actor, command.paragraph)
    not_agreed(paragraph)
    if author == paragraph.proposer and len(paragraph.sponsors) > 1:
        return [SponsorLeft(document.id, paragraph.id, author)]
    return [ParagraphWithdrawn(document.id, paragraph.id)]


# Fold


def _opened(state: "RoomState", event: DocumentOpened, _entry: Entry) -> "RoomState":
    document = Document(event.document, event.title, mode=event.mode, output=event.output)
    return replace(state, texts=Texts((*state.texts.documents, document)))


def _proposed(state: "RoomState", event: ParagraphProposed, entry: Entry) -> "RoomState":
    document = state.texts.document(event.document)
    if document is None:
        return state
    paragraph = Paragraph(
        event.paragraph,
        event.text,
        event.delegation,
        section=event.section,
        sponsors=(event.delegation,),
        versions=(Version(event.text, event.delegation, entry.at, "proposed"),),
    )
    there = document.paragraphs
    paragraphs = placed(there, paragraph, event.after) if event.after else (*there, paragraph)
    return with_document(state, document.id, paragraphs=paragraphs)


def _revised(state: "RoomState", event: ParagraphRevised, entry: Entry) -> "RoomState":
    document = state.texts.document(event.document)
    paragraph = document.paragraph(event.paragraph) if document else None
    author = paragraph.proposer if paragraph else ""
    return reworded(state, event.document, event.paragraph, Version(event.text, author, entry.at, "reworded"))


def _withdrawn(state: "RoomState", event: ParagraphWithdrawn, _entry: Entry) -> "RoomState":
    return with_paragraph(state, event.document, event.paragraph, withdrawn=True)


def _sponsor_left(state: "RoomState", event: SponsorLeft, _entry: Entry) -> "RoomState":
    document = state.texts.document(event.document)
    paragraph = document.paragraph(event.paragraph) if document else None
    if paragraph is None:
        return state
    left = tuple(code for code in paragraph.sponsors if code != event.delegation)
    proposer = left[0] if left else paragraph.proposer
    return with_paragraph(state, event.document, event.paragraph, sponsors=left, proposer=proposer)


EVENTS = {
    "texts.document_opened": (DocumentOpened, sight.everyone, _opened),
    "texts.paragraph_proposed": (ParagraphProposed, sight.everyone, _proposed),
    "texts.paragraph_revised": (ParagraphRevised, sight.everyone, _revised),
    "texts.paragraph_withdrawn": (ParagraphWithdrawn, sight.everyone, _withdrawn),
    "texts.sponsor_left": (SponsorLeft, sight.everyone, _sponsor_left),
}
COMMANDS = {
    "open_document": (OpenDocument, open_new_document),
    "propose_paragraph": (ProposeParagraph, propose_paragraph),
    "revise_paragraph": (ReviseParagraph, revise_paragraph),
    "withdraw_paragraph": (WithdrawParagraph, withdraw_paragraph),
}
