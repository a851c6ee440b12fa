"""Dissent that does not block: explanation, interpretation, reservation, footnote, dissociation, objection, weakest to
strongest (rulebook 10).

    entered -> withdrawn          a reservation: provisional -> confirmed | fallen | withdrawn

Each is signed by its delegation, dated, tied to a paragraph or to the whole, and published with the text. None edits
it, none blocks it. A reservation is provisional until it is confirmed, by the capital where the text waits for one.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight
from rooms.domain.documents import Document, open_document
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace
from rooms.domain.seats import Person
from rooms.domain.voices import with_voice

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

RESERVATION = "reservation"
KINDS = ("explanation", "interpretation", RESERVATION, "footnote", "dissociation", "objection")
TO_A_PARAGRAPH = (RESERVATION, "footnote")
LONGEST = 4_000  # characters: what is attached to a text must not bury it
MOST = 12  # that one delegation attaches to one text
ENTERED, PROVISIONAL, CONFIRMED, WITHDRAWN, FALLEN = "entered", "provisional", "confirmed", "withdrawn", "fallen"


@dataclass(frozen=True, slots=True)
class Dissent:
    """What one delegation attached to a text. `paragraph` "" is the whole; `version` is the paragraph's wording it was
    written on, 0 for the whole. `status`: entered, or for a reservation provisional or confirmed; withdrawn; fallen,
    when the capital confirmed the text without it."""

    id: str
    kind: str
    delegation: str
    document: str
    paragraph: str
    version: int
    text: str
    at: int
    status: str = ENTERED
    ended_at: int | None = None

    @property
    def published(self) -> bool:
        return self.status in (ENTERED, PROVISIONAL, CONFIRMED)


@dataclass(frozen=True, slots=True)
class Dissents:
    """In the order in which they were entered."""

    entries: tuple[Dissent, ...] = ()

    def entry(self, entry_id: str) -> Dissent | None:
        return next((one for one in self.entries if one.id == entry_id), None)


# Events


@dataclass(frozen=True, slots=True)
class DissentEntered:
    """`status`: entered; of a reservation provisional, or confirmed where the capital itself makes it."""

    dissent: str
    kind: str
    delegation: str
    document: str
    paragraph: str
    version: int
    text: str
    status: str


@dataclass(frozen=True, slots=True)
class ReservationConfirmed:
    dissent: str


@dataclass(frozen=True, slots=True)
class ReservationFell:
    """The capital confirmed the text without this reservation."""

    dissent: str


@dataclass(frozen=True, slots=True)
class DissentWithdrawn:
    dissent: str


# Commands


@dataclass(frozen=True, slots=True)
class EnterDissent:
    """The delegate who answers for a delegation attaches what it thinks to the text. `kind`: explanation,
    interpretation, reservation, footnote, dissociation or objection; `paragraph` "" is the whole; `document` "" is the
    text on the table, or the one adopted last."""

    kind: str
    text: str
    paragraph: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmReservation:
    """The delegate who answers for a delegation confirms its reservation to an adopted text, where that does not wait
    for the capital."""

    dissent: str


@dataclass(frozen=True, slots=True)
class WithdrawDissent:
    """The delegate who answers for a delegation takes back what is not yet attached to an adopted text, or a
    reservation that is not confirmed."""

    dissent: str


# Rules


def enter_dissent(state: "RoomState", actor: str, command: EnterDissent, _at: int) -> list[Any]:
    person = voice(state, actor)
    document = _document(state, command.document)
    if command.kind not in KINDS:
        raise Refused("unknown_dissent", "Choose one of the six kinds, from explanation to objection.", field="kind")
    if command.kind in TO_A_PARAGRAPH and not command.paragraph:
        raise Refused("paragraph_needed", f"A {command.kind} is to one paragraph. Choose it.", field="paragraph")
    if command.kind == RESERVATION and _ratified(state, document.id, person.delegation):
        raise Refused(
            "already_confirmed",
            "Your capital has confirmed this text: it is too late for a reservation. Enter an interpretation instead.",
            field="kind",
        )
    mine = [one for one in of_document(state, document.id) if one.delegation == person.delegation]
    if len(mine) >= MOST:
        raise Refused(
            "dissent_full", f"You have attached {MOST} statements to this text. Take one back, or say it at the table."
        )
    status = PROVISIONAL if command.kind == RESERVATION else ENTERED
    return [
        entered(
            state, document, person.delegation, command.kind, command.paragraph, proper(command.text, "text"), status
        )
    ]


def voice(state: "RoomState", actor: str) -> Person:
    """The delegate who answers for a delegation, in a room that is open."""
    roles.delegate(state, actor)
    roles.open_room(state)
    return with_voice(state, actor)


def _document(state: "RoomState", document_id: str) -> Document:
    if document_id:
        document = state.texts.document(document_id)
    else:
        adopted = [one for one in state.texts.documents if one.status == "adopted"]
        document = open_document(state) or (adopted[-1] if adopted else None)
    if document is None or not document.standing:
        raise Refused("no_text", "There is no text to attach this to. Wait until a paragraph is on the table.")
    if document.status == "shelved":
        raise Refused("text_shelved", "This text is shelved. Say what you think of it as a statement.")
    return document


def proper(text: str, field: str) -> str:
    """What is attached, if it can be published."""
    if not text:
        raise Refused("text_needed", "Write what shall be published with the text.", field=field)
    if len(text) > LONGEST:
        raise Refused("too_long", f"It has {LONGEST:,} characters at most. Shorten it.", field=field)
    return text


def entered(
    state: "RoomState", document: Document, code: str, kind: str, paragraph_id: str, text: str, status: str
) -> DissentEntered:
    """What a delegation attaches to a paragraph that stands in the text, or to the whole."""
    paragraph = document.paragraph(paragraph_id) if paragraph_id else None
    if paragraph_id and (paragraph is None or paragraph.withdrawn):
        raise Refused("unknown_paragraph", "That paragraph is not in this text any more.", field="paragraph")
    number = f"x{len(state.dissents.entries) + 1}"
    version = paragraph.version if paragraph else 0
    return DissentEntered(number, kind, code, document.id, paragraph_id, version, text, status)


def _ratified(state: "RoomState", document_id: str, code: str) -> bool:
    answer = state.ratifications.by_document.get(document_id, {}).get(code)
    return answer is not None and answer.status in ("confirmed", "reserved")


def _own(state: "RoomState", actor: str, dissent_id: str) -> tuple[Dissent, Document | None]:
    person = voice(state, actor)
    one = state.dissents.entry(dissent_id)
    if one is None or not one.published:
        raise Refused("unknown_dissent", "That is not attached to a text any more.")
    if one.delegation != person.delegation:
        raise Refused("not_yours", f"{one.delegation} has signed this; only they confirm it or take it back.")
    return one, state.texts.document(one.document)


def confirm_reservation(state: "RoomState", actor: str, command: ConfirmReservation, _at: int) -> list[Any]:
    one, document = _own(state, actor, command.dissent)
    if one.kind != RESERVATION:
        raise Refused("not_reservation", "Only a reservation needs to be confirmed. This one stands as it is.")
    if one.status == CONFIRMED:
        return []
    if document is None or document.status != "adopted":
        raise Refused("not_adopted", "A reservation is confirmed once the text is adopted. Wait for the decision.")
    if one.delegation in state.ratifications.by_document.get(document.id, {}):
        raise Refused("capital_confirms", "Your capital confirms it with its answer. Seek instructions.")
    return [ReservationConfirmed(one.id)]


def withdraw_dissent(state: "RoomState", actor: str, command: WithdrawDissent, _at: int) -> list[Any]:
    one, document = _own(state, actor, command.dissent)
    if document is not None and document.status == "adopted" and one.status != PROVISIONAL:
        raise Refused(
            "attached",
            "What is attached to an adopted text stays with it. Say in a statement that you see it otherwise.",
        )
    return [DissentWithdrawn(one.id)]


# What others read


def of_document(state: "RoomState", document_id: str) -> tuple[Dissent, ...]:
    """All that is published with a text, in the order in which it was entered."""
    return tuple(one for one in state.dissents.entries if one.document == document_id and one.published)


def attached(state: "RoomState", document_id: str, paragraph_id: str = "") -> tuple[Dissent, ...]:
    """What is published with one paragraph of a text; with "" what is about the whole."""
    return tuple(one for one in of_document(state, document_id) if one.paragraph == paragraph_id)


def provisional(state: "RoomState", document_id: str, code: str) -> tuple[Dissent, ...]:
    """The reservations of a delegation to a text that are not confirmed yet."""
    mine = [one for one in of_document(state, document_id) if one.delegation == code]
    return tuple(one for one in mine if one.status == PROVISIONAL)


# Fold


def _entered(state: "RoomState", event: DissentEntered, entry: Entry) -> "RoomState":
    new = Dissent(
        event.dissent,
        event.kind,
        event.delegation,
        event.document,
        event.paragraph,
        event.version,
        event.text,
        entry.at,
        event.status,
    )
    return replace(state, dissents=Dissents((*state.dissents.entries, new)))


def _change(state: "RoomState", dissent_id: str, **fields: Any) -> "RoomState":
    entries = tuple(replace(one, **fields) if one.id == dissent_id else one for one in state.dissents.entries)
    return replace(state, dissents=Dissents(entries))


def _confirmed(state: "RoomState", event: ReservationConfirmed, _entry: Entry) -> "RoomState":
    return _change(state, event.dissent, status=CONFIRMED)


def _fell(state: "RoomState", event: ReservationFell, entry: Entry) -> "RoomState":
    return _change(state, event.dissent, status=FALLEN, ended_at=entry.at)


def _withdrawn(state: "RoomState", event: DissentWithdrawn, entry: Entry) -> "RoomState":
    return _change(state, event.dissent, status=WITHDRAWN, ended_at=entry.at)


EVENTS = {
    "dissent.entered": (DissentEntered, sight.everyone, _entered),
    "dissent.reservation_confirmed": (ReservationConfirmed, sight.everyone, _confirmed),
    "dissent.reservation_fell": (ReservationFell, sight.everyone, _fell),
    "dissent.withdrawn": (DissentWithdrawn, sight.everyone, _withdrawn),
}
COMMANDS = {
    "enter_dissent": (EnterDissent, enter_dissent),
    "confirm_reservation": (ConfirmReservation, confirm_reservation),
    "withdraw_dissent": (WithdrawDissent, withdraw_dissent),
}
