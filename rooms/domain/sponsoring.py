"""Who stands behind a paragraph: sponsors join and leave; a paragraph stays while one of them does.

proposed(by) -> sponsored(by, and others) -> passed on to the next sponsor when its proposer leaves
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight, texts
from rooms.domain.documents import with_paragraph
from rooms.domain.record import Entry
from rooms.domain.refused import Refused

if TYPE_CHECKING:
    from rooms.domain.state import RoomState


# Events


@dataclass(frozen=True, slots=True)
class SponsorJoined:
    document: str
    paragraph: str
    delegation: str


# Commands


@dataclass(frozen=True, slots=True)
class SponsorParagraph:
    """A delegation puts its name behind a paragraph that another one, or the chair, has proposed. `seen`: the version
    it read, 0 for whatever it says."""

    paragraph: str
    seen: int = 0


@dataclass(frozen=True, slots=True)
class LeaveSponsors:
    """A delegation, or the chair, takes its name from a paragraph that others sponsor, too. If it had proposed it, the
    next sponsor is its proposer."""

    paragraph: str


# Rules


def sponsor_paragraph(state: "RoomState", actor: str, command: SponsorParagraph, _at: int) -> list[Any]:
    delegation = roles.delegate(state, actor).delegation
    document = texts.negotiating(state)
    paragraph = texts.on_the_table(document, command.paragraph)
    if delegation in paragraph.sponsors:
        return []
    if command.seen:
        texts.as_seen(paragraph, command.seen)
    return [SponsorJoined(document.id, paragraph.id, delegation)]


def leave_sponsors(state: "RoomState", actor: str, command: LeaveSponsors, _at: int) -> list[Any]:
    author = roles.author(state, actor)
    document = texts.negotiating(state)
    paragraph = texts.on_the_table(document, command.paragraph)
    if author not in paragraph.sponsors:
        return []
    texts.not_agreed(paragraph)
    if len(paragraph.sponsors) == 1:
        raise Refused("last_sponsor", "Nobody else sponsors this paragraph. Withdraw it instead.")
    return [texts.SponsorLeft(document.id, paragraph.id, author)]


# Fold


def _joined(state: "RoomState", event: SponsorJoined, _entry: Entry) -> "RoomState":
    document = state.texts.document(event.document)
    paragraph = document.paragraph(event.paragraph) if document else None
    if paragraph is None:
        return state
    sponsors = (*paragraph.sponsors, event.delegation)
    return with_paragraph(state, event.document, event.paragraph, sponsors=sponsors)


EVENTS: dict[str, tuple[type, Any, Any]] = {"texts.sponsor_joined": (SponsorJoined, sight.everyone, _joined)}
COMMANDS: dict[str, tuple[type, Any]] = {
    "sponsor_paragraph": (SponsorParagraph, sponsor_paragraph),
    "leave_sponsors": (LeaveSponsors, leave_sponsors),
}
