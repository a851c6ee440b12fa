"""A text that failed at home is taken up again: a new draft with all its paragraphs, while the old one stays in the
record as it was agreed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight
from rooms.domain.documents import Document, Texts, open_document
from rooms.domain.ratification import LAPSED, REFUSED, failed_or_pending, outcome_of
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState


@dataclass(frozen=True, slots=True)
class TextReopened:
    """A text that failed is on the table again, as the draft `successor`, with all its paragraphs."""

    document: str
    successor: str


@dataclass(frozen=True, slots=True)
class ReopenText:
    """The moderator takes up a text that was refused, or lapsed, as a new draft; the old one stays in the record."""

    document: str


def reopen_text(state: "RoomState", actor: str, command: ReopenText, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    failed_or_pending(state, command.document)
    if outcome_of(state, command.document) not in (REFUSED, LAPSED):
        raise Refused("not_refused", "No capital has refused this text. Only what failed is taken up again.")
    if open_document(state):
        raise Refused(
            "text_open", "A text is on the table already. Decide on it or shelve it before taking this one up."
        )
    return [TextReopened(command.document, f"d{len(state.texts.documents) + 1}")]


def _reopened(state: "RoomState", event: TextReopened, _entry: Entry) -> "RoomState":
    old = state.texts.document(event.document)
    if old is None:
        return state
    paragraphs = tuple(replace(one, agreed_by=(), agreed=False, reopened=True) for one in old.paragraphs)
    new = Document(event.successor, old.title, paragraphs=paragraphs, mode=old.mode, output=old.output)
    successors = {**state.ratifications.successors, old.id: new.id}
    return replace(
        state,
        texts=Texts((*state.texts.documents, replace(new, draft=old.draft + 1))),
        ratifications=replace(state.ratifications, successors=successors),
    )


EVENTS = {"ratification.text_reopened": (TextReopened, sight.everyone, _reopened)}
COMMANDS = {"reopen_text": (ReopenText, reopen_text)}
