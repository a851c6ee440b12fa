"""A single negotiating text: only the chair writes, delegations comment, the chair issues new drafts; in the end there
is one yes or no (the one-text procedure of Camp David, 1978)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight, texts
from rooms.domain.documents import MODES, Comment, Document, Issued, with_document
from rooms.domain.record import Entry
from rooms.domain.refused import Refused

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

LONGEST = 4_000  # characters of a comment: beyond that, somebody is writing a text of their own
COMMENTS = 20  # of one delegation on one draft: beyond that nobody weighs them


# Events


@dataclass(frozen=True, slots=True)
class ModeSet:
    document: str
    mode: str


@dataclass(frozen=True, slots=True)
class Commented:
    """`paragraph` is "" for the whole text; `delegation` is "" where the attribution rule protects who said it."""

    document: str
    delegation: str
    paragraph: str
    text: str


@dataclass(frozen=True, slots=True)
class DraftIssued:
    document: str
    draft: int


# Commands


@dataclass(frozen=True, slots=True)
class SetDocumentMode:
    """The moderator makes the text on the table a negotiated one or a chair's, while no paragraph stands in it."""

    mode: str


@dataclass(frozen=True, slots=True)
class CommentText:
    """A delegation says what it thinks of a chair's text, or of one paragraph of it."""

    text: str
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class IssueDraft:
    """The moderator issues the chair's text, as it stands now, as the next draft."""


# Rules


def set_document_mode(state: "RoomState", actor: str, command: SetDocumentMode, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    document = texts.drafting(state)
    if command.mode not in MODES:
        raise Refused("unknown_mode", "Choose a negotiated text or a chair's text.", field="mode")
    if command.mode == document.mode:
        return []
    if document.standing:
        raise Refused(
            "text_begun", "Paragraphs stand in this text already. Put it aside and open another for the other mode."
        )
    return [ModeSet(document.id, command.mode)]


def _chairs(state: "RoomState") -> Document:
    document = texts.drafting(state)
    if document.mode != "chairs":
        raise Refused("not_chairs_text", "This text is negotiated: put brackets or propose amendments instead.")
    return document


def comment_text(state: "RoomState", actor: str, command: CommentText, _at: int) -> list[Any]:
    delegation = roles.delegate(state, actor).delegation
    document = _chairs(state)
    if command.paragraph:
        texts.on_the_table(document, command.paragraph)
    proper(document, delegation, command.text)
    return [Commented(document.id, delegation, command.paragraph, command.text)]


def proper(document: Document, delegation: str, text: str) -> None:
    """Refuses a comment that nobody could weigh."""
    if not text:
        raise Refused("text_needed", "Write your comment first.", field="text")
    if len(text) > LONGEST:
        raise Refused("too_long", f"A comment has {LONGEST:,} characters at most. Shorten it.", field="text")
    made = sum((one.delegation, one.draft) == (delegation, document.draft) for one in document.comments)
    if made >= COMMENTS:
        raise Refused(
            "comments_full", f"You have made {COMMENTS} comments on this draft. Wait for the chair to issue the next."
        )


def issue_draft(state: "RoomState", actor: str, _command: IssueDraft, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    document = _chairs(state)
    if not document.standing:
        raise Refused("no_text", "There is nothing in the text yet. Write a paragraph first.")
    if document.issued and document.issued[-1].paragraphs == document.as_read:
        raise Refused("nothing_new", "Nothing has changed since the last draft. Reword the text first.")
    return [DraftIssued(document.id, document.draft + 1)]


# Fold


def _mode_set(state: "RoomState", event: ModeSet, _entry: Entry) -> "RoomState":
    return with_document(state, event.document, mode=event.mode)


def _commented(state: "RoomState", event: Commented, entry: Entry) -> "RoomState":
    document = state.texts.document(event.document)
    if document is None:
        return state
    comment = Comment(event.delegation, event.paragraph, event.text, document.draft, entry.at)
    return with_document(state, document.id, comments=(*document.comments, comment))


def _issued(state: "RoomState", event: DraftIssued, entry: Entry) -> "RoomState":
    document = state.texts.document(event.document)
    if document is None:
        return state
    issued = (*document.issued, Issued(event.draft, entry.at, document.as_read))
    return with_document(state, document.id, draft=event.draft, issued=issued)


EVENTS: dict[str, tuple[type, Any, Any]] = {
    "texts.mode_set": (ModeSet, sight.everyone, _mode_set),
    "texts.commented": (Commented, sight.everyone, _commented),
    "texts.draft_issued": (DraftIssued, sight.everyone, _issued),
}
COMMANDS: dict[str, tuple[type, Any]] = {
    "set_document_mode": (SetDocumentMode, set_document_mode),
    "comment_text": (CommentText, comment_text),
    "issue_draft": (IssueDraft, issue_draft),
}
