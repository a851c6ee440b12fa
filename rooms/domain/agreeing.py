"""Paragraphs agreed ad referendum, one by one, and reopened: nothing is agreed until everything is agreed.

    proposed -> agreed by some -> agreed (by all in the room, or the chair sees no objection) -> reopened

Who proposes a paragraph stands behind its own words, so it is not waited for while they are its own; of everybody
else nothing is taken for granted. A new wording takes every agreement away; so does reopening, which anybody may, with
a reason that all read.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight, texts
from rooms.domain.documents import Document, Paragraph, with_paragraph
from rooms.domain.record import Entry
from rooms.domain.refused import Refused

if TYPE_CHECKING:
    from rooms.domain.state import RoomState


# Events


@dataclass(frozen=True, slots=True)
class AgreementGiven:
    document: str
    paragraph: str
    delegation: str


@dataclass(frozen=True, slots=True)
class AgreementTakenBack:
    document: str
    paragraph: str
    delegation: str


@dataclass(frozen=True, slots=True)
class ParagraphAgreed:
    """`gavelled`: the chair saw no objection; otherwise the last delegation has agreed."""

    document: str
    paragraph: str
    gavelled: bool


@dataclass(frozen=True, slots=True)
class ParagraphReopened:
    """`delegation` is "" for the chair."""

    document: str
    paragraph: str
    delegation: str
    reason: str


# Commands


@dataclass(frozen=True, slots=True)
class AgreeParagraph:
    """A delegation agrees to a paragraph ad referendum, in the wording of the version `seen`."""

    paragraph: str
    seen: int


@dataclass(frozen=True, slots=True)
class TakeBackAgreement:
    """A delegation no longer agrees to a paragraph that is not agreed by all yet."""

    paragraph: str


@dataclass(frozen=True, slots=True)
class GavelParagraph:
    """The moderator sees no objection to a paragraph in the wording of the version `seen`: it is agreed ad
    referendum."""

    paragraph: str
    seen: int


@dataclass(frozen=True, slots=True)
class ReopenParagraph:
    """A delegation, or the chair, opens an agreed paragraph again and says why. Nobody's agreement to it stands."""

    paragraph: str
    reason: str


# What the rules and the screens ask


def waited_for(state: "RoomState", paragraph: Paragraph) -> tuple[str, ...]:
    """The delegations in the room that have not agreed to a paragraph, and did not themselves propose these words."""
    behind = set(paragraph.agreed_by)
    if paragraph.versions and paragraph.versions[-1].author == paragraph.proposer:
        behind.add(paragraph.proposer)
    there = (one.code for one in state.prepared.delegations if state.seats.members(one.code))
    return tuple(code for code in there if code not in behind)


def _settled(document: Document, paragraph: Paragraph, seen: int) -> None:
    """Refuses to agree to what is still in dispute, or to another wording."""
    texts.as_seen(paragraph, seen)
    if document.brackets_on(paragraph.id):
        raise Refused("brackets_open", "Words of this paragraph stand in brackets. Bridge or lift them first.")
    if document.amendments_to(paragraph.id):
        raise Refused("amendments_pending", "An amendment to this paragraph is on the table. Settle it first.")


# Rules


def agree_paragraph(state: "RoomState", actor: str, command: AgreeParagraph, _at: int) -> list[Any]:
    delegation = roles.delegate(state, actor).delegation
    document = texts.negotiating(state)
    paragraph = texts.on_the_table(document, command.paragraph)
    _settled(document, paragraph, command.seen)
    if paragraph.agreed or delegation in paragraph.agreed_by:
        return []
    given = AgreementGiven(document.id, paragraph.id, delegation)
    if set(waited_for(state, paragraph)) <= {delegation}:
        return [given, ParagraphAgreed(document.id, paragraph.id, False)]
    return [given]


def take_back_agreement(state: "RoomState", actor: str, command: TakeBackAgreement, _at: int) -> list[Any]:
    delegation = roles.delegate(state, actor).delegation
    document = texts.negotiating(state)
    paragraph = texts.on_the_table(document, command.paragraph)
    texts.not_agreed(paragraph)
    if delegation not in paragraph.agreed_by:
        return []
    return [AgreementTakenBack(document.id, paragraph.id, delegation)]


def gavel_paragraph(state: "RoomState", actor: str, command: GavelParagraph, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    document = texts.negotiating(state)
    paragraph = texts.on_the_table(document, command.paragraph)
    _settled(document, paragraph, command.seen)
    return [] if paragraph.agreed else [ParagraphAgreed(document.id, paragraph.id, True)]


def reopen_paragraph(state: "RoomState", actor: str, command: ReopenParagraph, _at: int) -> list[Any]:
    author = roles.author(state, actor)
    document = texts.negotiating(state)
    paragraph = texts.on_the_table(document, command.paragraph)
    if not paragraph.agreed:
        raise Refused("not_agreed", "This paragraph is not agreed yet, so it is open already.")
    if not command.reason:
        raise Refused("reason_needed", "Say why you have to reopen it; all will read that.", field="reason")
    return [ParagraphReopened(document.id, paragraph.id, author, command.reason)]


# Fold


def _agreed_by(state: "RoomState", document_id: str, paragraph_id: str) -> tuple[str, ...]:
    document = state.texts.document(document_id)
    paragraph = document.paragraph(paragraph_id) if document else None
    return paragraph.agreed_by if paragraph else ()


def _given(state: "RoomState", event: AgreementGiven, _entry: Entry) -> "RoomState":
    agreed_by = (*_agreed_by(state, event.document, event.paragraph), event.delegation)
    return with_paragraph(state, event.document, event.paragraph, agreed_by=agreed_by)


def _taken_back(state: "RoomState", event: AgreementTakenBack, _entry: Entry) -> "RoomState":
    before = _agreed_by(state, event.document, event.paragraph)
    agreed_by = tuple(code for code in before if code != event.delegation)
    return with_paragraph(state, event.document, event.paragraph, agreed_by=agreed_by)


def _agreed(state: "RoomState", event: ParagraphAgreed, _entry: Entry) -> "RoomState":
    return with_paragraph(state, event.document, event.paragraph, agreed=True, reopened=False)


def _reopened(state: "RoomState", event: ParagraphReopened, _entry: Entry) -> "RoomState":
    return with_paragraph(state, event.document, event.paragraph, agreed=False, agreed_by=(), reopened=True)


EVENTS: dict[str, tuple[type, Any, Any]] = {
    "texts.agreement_given": (AgreementGiven, sight.everyone, _given),
    "texts.agreement_taken_back": (AgreementTakenBack, sight.everyone, _taken_back),
    "texts.paragraph_agreed": (ParagraphAgreed, sight.everyone, _agreed),
    "texts.paragraph_reopened": (ParagraphReopened, sight.everyone, _reopened),
}
COMMANDS: dict[str, tuple[type, Any]] = {
    "agree_paragraph": (AgreeParagraph, agree_paragraph),
    "take_back_agreement": (TakeBackAgreement, take_back_agreement),
    "gavel_paragraph": (GavelParagraph, gavel_paragraph),
    "reopen_paragraph": (ReopenParagraph, reopen_paragraph),
}
