"""Non-papers: texts without author or status, which no adopted text may cite.

Who circulates one is written down nowhere: the event names nobody, it stands under the clock, and the request that
brought it is not remembered. Sending the same again circulates nothing.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight
from rooms.domain.documents import Document
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

MOST = 40  # in one room: more would bury the text on the table
LONGEST = 6_000  # characters, two pages; all of them are read with the text
# What such a paper is called in the languages of the rooms; whoever says that in a text speaks of one.
CALLED = re.compile(
    r"\bnon[-‐‑\s]?papers?\b|нон[-‐‑\s]?пейпер|非文件|ノン[・\s]?ペーパー|논\s?페이퍼|비공식\s?문서", re.IGNORECASE
)
QUOTES = (("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"), ("‘", "’"), ("「", "」"), ("『", "』"), ("《", "》"))


@dataclass(frozen=True, slots=True)
class NonPaper:
    id: str
    title: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class NonPapers:
    papers: tuple[NonPaper, ...] = ()

    def paper(self, paper_id: str) -> NonPaper | None:
        return next((one for one in self.papers if one.id == paper_id), None)


# Events


@dataclass(frozen=True, slots=True)
class NonPaperCirculated:
    paper: str
    title: str
    text: str


# Commands


@dataclass(frozen=True, slots=True)
class CirculateNonPaper:
    """A delegate, or the moderator, puts a text without author or status before all. Nobody is told, and nothing keeps,
    whose it was."""

    title: str
    text: str


# What other matters ask


def cited_in(state: "RoomState", document: Document) -> NonPaper | None:
    """The non-paper that a standing paragraph refers to, by its kind or by its title in quotation marks; the words of
    one may be taken over freely."""
    papers = state.non_papers.papers
    if not papers:
        return None
    for paragraph in document.standing:
        text = paragraph.text.casefold()
        named = next((one for one in reversed(papers) if _quotes(text, one.title.casefold())), None)
        if named or CALLED.search(paragraph.text):
            return named or papers[-1]
    return None


def _quotes(text: str, title: str) -> bool:
    return any(f"{left}{title}{right}" in text for left, right in QUOTES)


# Rules


def circulate_non_paper(state: "RoomState", actor: str, command: CirculateNonPaper, _at: int) -> list[Any]:
    roles.author(state, actor)
    roles.open_room(state)
    if not command.title:
        raise Refused("title_needed", "Give the non-paper a title.", field="title")
    if not command.text:
        raise Refused("text_needed", "Write the non-paper first.", field="text")
    if len(command.text) > LONGEST:
        raise Refused("too_long", f"A non-paper has {LONGEST:,} characters at most. Shorten it.", field="text")
    papers = state.non_papers.papers
    if any((one.title, one.text) == (command.title, command.text) for one in papers):
        return []
    if len(papers) >= MOST:
        raise Refused("papers_full", f"{MOST} non-papers have been circulated. Propose a paragraph instead.")
    return [NonPaperCirculated(f"np{len(papers) + 1}", command.title, command.text)]


# Fold


def _circulated(state: "RoomState", event: NonPaperCirculated, entry: Entry) -> "RoomState":
    paper = NonPaper(event.paper, event.title, event.text, entry.at)
    return replace(state, non_papers=NonPapers((*state.non_papers.papers, paper)))


EVENTS: dict[str, tuple[type, Any, Any]] = {"papers.circulated": (NonPaperCirculated, sight.everyone, _circulated)}
COMMANDS: dict[str, tuple[type, Any]] = {"circulate_non_paper": (CirculateNonPaper, circulate_non_paper)}
