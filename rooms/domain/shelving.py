"""A text put aside as it stands, and taken up again: one text is on the table at a time."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight, texts
from rooms.domain.documents import with_document
from rooms.domain.record import Entry
from rooms.domain.refused import Refused

if TYPE_CHECKING:
    from rooms.domain.state import RoomState


# Events


@dataclass(frozen=True, slots=True)
class DocumentShelved:
    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class DocumentTakenUp:
    document: str


# Commands


@dataclass(frozen=True, slots=True)
class ShelveDocument:
    """The moderator puts the text on the table aside, as it stands."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class TakeUpDocument:
    """The moderator puts a text that was put aside on the table again."""

    document: str


# Rules


def shelve_document(state: "RoomState", actor: str, command: ShelveDocument, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    return [DocumentShelved(texts.drafting(state).id, command.reason)]


def take_up_document(state: "RoomState", actor: str, command: TakeUpDocument, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    document = state.texts.document(command.document)
    if document is None or document.status != "shelved":
        raise Refused("not_shelved", "That text has not been put aside. Choose one that has.")
    texts.table_is_free(state)
    return [DocumentTakenUp(document.id)]


# Fold


def _shelved(state: "RoomState", event: DocumentShelved, _entry: Entry) -> "RoomState":
    return with_document(state, event.document, status="shelved", shelved_for=event.reason)


def _taken_up(state: "RoomState", event: DocumentTakenUp, _entry: Entry) -> "RoomState":
    return with_document(state, event.document, status="draft", shelved_for="")


EVENTS: dict[str, tuple[type, Any, Any]] = {
    "texts.document_shelved": (DocumentShelved, sight.everyone, _shelved),
    "texts.document_taken_up": (DocumentTakenUp, sight.everyone, _taken_up),
}
COMMANDS: dict[str, tuple[type, Any]] = {
    "shelve_document": (ShelveDocument, shelve_document),
    "take_up_document": (TakeUpDocument, take_up_document),
}
