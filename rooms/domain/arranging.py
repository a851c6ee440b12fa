"""The order of a text, its sections, and where each paragraph would settle an issue. No word of it is touched."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight, texts
from rooms.domain.documents import SECTIONS, placed, with_document, with_paragraph
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState


# Events


@dataclass(frozen=True, slots=True)
class ParagraphMoved:
    """`after`: the paragraph behind which it stands now, "" for the top of `section`."""

    document: str
    paragraph: str
    section: str
    after: str


@dataclass(frozen=True, slots=True)
class ParagraphLinked:
    """`option` is where the paragraph would settle the issue, "" for nowhere."""

    document: str
    paragraph: str
    issue: str
    option: str


# Commands


@dataclass(frozen=True, slots=True)
class MoveParagraph:
    """The moderator puts a paragraph behind another one, into whose section it goes; without that, at the top of a
    section."""

    paragraph: str
    after: str = ""
    section: str = "operative"


@dataclass(frozen=True, slots=True)
class LinkParagraph:
    """The moderator, or who proposed it, says which option of an issue a paragraph would settle on; "" unlinks."""

    paragraph: str
    issue: str
    option: str = ""


# Rules


def move_paragraph(state: "RoomState", actor: str, command: MoveParagraph, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    document = texts.drafting(state)
    paragraph = texts.on_the_table(document, command.paragraph)
    if command.section not in SECTIONS:
        raise Refused("unknown_section", "Choose the preamble, the operative part or the annex.", field="section")
    if command.after == paragraph.id:
        raise Refused("after_itself", "A paragraph cannot stand behind itself. Choose another place.", field="after")
    section = texts.on_the_table(document, command.after).section if command.after else command.section
    moved = placed(document.standing, replace(paragraph, section=section), command.after)
    if replace(document, paragraphs=moved).standing == document.standing:
        return []
    return [ParagraphMoved(document.id, paragraph.id, section, command.after)]


def link_paragraph(state: "RoomState", actor: str, command: LinkParagraph, _at: int) -> list[Any]:
    author = roles.author(state, actor)
    document = texts.drafting(state)
    paragraph = texts.on_the_table(document, command.paragraph)
    if author and author != paragraph.proposer:
        owner = paragraph.proposer or "the chair"
        raise Refused("not_yours", f"Paragraph proposed by {owner}: they or the chair say what it settles.")
    issue = state.prepared.issue(command.issue)
    if issue is None:
        raise Refused("unknown_issue", "Choose one of the issues of this scenario.", field="issue")
    if command.option and issue.option(command.option) is None:
        raise Refused("unknown_option", "Choose one of the options of this issue.", field="option")
    if dict(paragraph.lands).get(issue.id, "") == command.option:
        return []
    return [ParagraphLinked(document.id, paragraph.id, issue.id, command.option)]


# Fold


def _moved(state: "RoomState", event: ParagraphMoved, _entry: Entry) -> "RoomState":
    changed = with_paragraph(state, event.document, event.paragraph, section=event.section)
    document = changed.texts.document(event.document)
    paragraph = document.paragraph(event.paragraph) if document else None
    if document is None or paragraph is None:
        return state
    return with_document(changed, document.id, paragraphs=placed(document.paragraphs, paragraph, event.after))


def _linked(state: "RoomState", event: ParagraphLinked, _entry: Entry) -> "RoomState":
    document = state.texts.document(event.document)
    paragraph = document.paragraph(event.paragraph) if document else None
    if paragraph is None:
        return state
    rest = tuple(one for one in paragraph.lands if one[0] != event.issue)
    lands = (*rest, (event.issue, event.option)) if event.option else rest
    return with_paragraph(state, event.document, event.paragraph, lands=lands)


EVENTS: dict[str, tuple[type, Any, Any]] = {
    "texts.paragraph_moved": (ParagraphMoved, sight.everyone, _moved),
    "texts.paragraph_linked": (ParagraphLinked, sight.everyone, _linked),
}
COMMANDS: dict[str, tuple[type, Any]] = {
    "move_paragraph": (MoveParagraph, move_paragraph),
    "link_paragraph": (LinkParagraph, link_paragraph),
}
