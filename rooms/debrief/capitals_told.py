"""The timeline's sentences about capitals and about dissent: who asked home and what came back, what was attached to a
text. What a delegation and its capital wrote to each other is never told."""

from collections.abc import Callable, Mapping
from typing import Any

from rooms.debrief import wording
from rooms.domain import capitals, dissent, documents, ratification, reopening
from rooms.domain.record import Entry
from rooms.domain.state import RoomState

Teller = Callable[[Any, RoomState, RoomState, Entry], str]

KINDS = {
    "moderator": "the moderator decides for the capitals",
    "cell": "student cells decide for their capitals",
    "constituencies": "the constituencies of the packs decide for the capitals",
}
ANSWERS = {"confirmed": "confirmed", "reserved": "confirmed with a reservation", "refused": "refused"}
DISSENT = {
    "explanation": "explained its position",
    "interpretation": "stated its interpretation",
    "reservation": "made a reservation",
    "footnote": "had a footnote put",
    "dissociation": "dissociated itself",
    "objection": "objected without blocking",
}
FROM = ("dissociation",)


def _title(state: RoomState, document_id: str) -> str:
    document = state.texts.document(document_id)
    return f"“{wording.excerpt(document.title)}”" if document else "the text"


def _set(event: capitals.CapitalsSet, *_: Any) -> str:
    share = f", {event.share} of 100 on one side" if event.kind == "constituencies" else ""
    return f"{KINDS[event.kind]} from here on{share}"


def _appointed(event: capitals.CapitalAppointed, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"somebody became the capital of {wording.named(after, event.delegation)}"


def _released(event: capitals.CapitalReleased, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"the capital of {wording.named(after, event.delegation)} was released"


def _sought(event: ratification.InstructionsSought, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    who = wording.named(after, event.delegation)
    return f"{who} asked its capital for instructions on {_title(after, event.document)}"


def _answered(event: ratification.CapitalAnswered, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    who = wording.named(after, event.delegation)
    return f"the capital of {who} {ANSWERS[event.status]}: {_title(after, event.document)}"


def _decided(event: ratification.ConstituenciesAnswered, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    who = wording.named(after, event.delegation)
    return f"the constituencies of {who} {ANSWERS[event.status]}: {_title(after, event.document)}"


def _deadline(event: ratification.DeadlineSet, _before: RoomState, after: RoomState, entry: Entry) -> str:
    time = wording.lasting(event.closes_at - after.room.instant(entry.at))
    return f"the capitals were given {time} to answer on {_title(after, event.document)}"


def _lapsed(event: ratification.RatificationLapsed, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    who = wording.listed([wording.named(after, code) for code in event.delegations])
    return f"the time for an answer lapsed without one from {who}: {_title(after, event.document)}"


def _reopened(event: reopening.TextReopened, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"the chair took up {_title(after, event.document)} again as a new draft"


def _place(state: RoomState, document_id: str, paragraph_id: str) -> str:
    """“paragraph 3 of “Joint text””, as the text stands."""
    document = state.texts.document(document_id)
    number = documents.number_of(document, paragraph_id) if document and paragraph_id else ""
    return f"paragraph {number} of {_title(state, document_id)}" if number else _title(state, document_id)


def _entered(event: dissent.DissentEntered, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    who, where = wording.named(after, event.delegation), _place(after, event.document, event.paragraph)
    to = "from" if event.kind in FROM else "on"
    return f"{who} {DISSENT[event.kind]} {to} {where}{wording.because(event.text)}"


def _of(state: RoomState, dissent_id: str) -> tuple[str, str, str]:
    """(whose, what it is called, on what)."""
    one = state.dissents.entry(dissent_id)
    if one is None:
        return "somebody", "statement", "the text"
    kind = one.kind if one.kind in ("reservation", "footnote", "objection") else "statement"
    return wording.named(state, one.delegation), kind, _place(state, one.document, one.paragraph)


def _confirmed(event: dissent.ReservationConfirmed, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    who, kind, where = _of(after, event.dissent)
    return f"the {kind} of {who} on {where} was confirmed"


def _fell(event: dissent.ReservationFell, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    who, kind, where = _of(after, event.dissent)
    return f"the {kind} of {who} on {where} fell, since its capital confirmed without it"


def _withdrawn(event: dissent.DissentWithdrawn, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    who, kind, where = _of(after, event.dissent)
    return f"{who} took its {kind} on {where} back"


TELLERS: Mapping[type, tuple[str, Teller]] = {
    capitals.CapitalsSet: ("decisions", _set),
    capitals.CapitalAppointed: ("room", _appointed),
    capitals.CapitalReleased: ("room", _released),
    ratification.InstructionsSought: ("decisions", _sought),
    ratification.CapitalAnswered: ("decisions", _answered),
    ratification.ConstituenciesAnswered: ("decisions", _decided),
    ratification.DeadlineSet: ("decisions", _deadline),
    ratification.RatificationLapsed: ("decisions", _lapsed),
    reopening.TextReopened: ("texts", _reopened),
    dissent.DissentEntered: ("decisions", _entered),
    dissent.ReservationConfirmed: ("decisions", _confirmed),
    dissent.ReservationFell: ("decisions", _fell),
    dissent.DissentWithdrawn: ("decisions", _withdrawn),
}
