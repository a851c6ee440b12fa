"""Output documents, weak to strong: chair's summary, chairman's statement, press communiqué, concept paper, joint
statement, dated action plan (rulebook 12). None is labelled as another.

    a chairman's statement: read out -> (objected to <-> objection lifted) -> issued

What is issued is frozen as it was issued, with the dissent attached to it, whatever becomes of the text afterwards.
Which kinds the facts carry is decided in `issuing`; what a text is called, in `labels`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rooms.domain import issuing, roles, sight
from rooms.domain.documents import Document
from rooms.domain.labels import KINDS, label_of, status_line
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace
from rooms.domain.voices import with_voice
from rooms.domain.wording import wordings

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

__all__ = ["COMMANDS", "EVENTS", "Issued", "Outputs", "Reading", "label_of", "status_line"]

# section, number, runs of (words, mark): see `wording`.
Paragraphs = tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
Rows = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Issued:
    """An output as it was issued. `words` are the chair's own, `paragraphs` the text's; `adherents` the delegations
    whose text it is, none for the chair's own; `attached` and `promises` see `annexes`."""

    id: str
    kind: str
    title: str
    document: str
    label: str
    status: str
    words: str
    paragraphs: Paragraphs
    adherents: tuple[str, ...]
    attached: Rows
    promises: Rows
    at: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement that the chair has read out: who objects to it, and why. `output` is what it was issued as, ""
    while it has not been."""

    id: str
    title: str
    document: str
    words: str
    paragraphs: Paragraphs
    at: int
    objections: Mapping[str, str] = field(default_factory=dict)
    output: str = ""


@dataclass(frozen=True, slots=True)
class Outputs:
    """All that was issued and read out, in this order."""

    issued: tuple[Issued, ...] = ()
    readings: tuple[Reading, ...] = ()

    def output(self, output_id: str) -> Issued | None:
        return next((one for one in self.issued if one.id == output_id), None)

    @property
    def reading(self) -> Reading | None:
        """What was read out last, unless it has been issued."""
        last = self.readings[-1] if self.readings else None
        return last if last and not last.output else None


# Events


@dataclass(frozen=True, slots=True)
class OutputIssued:
    """`reading` is the one that a chairman's statement rests on, "" for all others."""

    output: str
    kind: str
    title: str
    document: str
    label: str
    status: str
    words: str
    paragraphs: Paragraphs
    adherents: tuple[str, ...]
    attached: Rows
    promises: Rows
    reading: str = ""


@dataclass(frozen=True, slots=True)
class StatementReadOut:
    reading: str
    title: str
    document: str
    words: str
    paragraphs: Paragraphs


@dataclass(frozen=True, slots=True)
class ReadingObjected:
    reading: str
    delegation: str
    reason: str


@dataclass(frozen=True, slots=True)
class ObjectionLifted:
    reading: str
    delegation: str


# Commands


@dataclass(frozen=True, slots=True)
class IssueOutput:
    """The moderator issues a text, or words of the chair's own, as one kind of output. `document` "" for the chair's
    own words, or for what was read out; `text` are the chair's words, which have a place in the chair's summary."""

    kind: str
    document: str = ""
    title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReadOut:
    """The moderator reads a statement out, so that it can be issued as the chairman's statement if nobody objects: the
    chair's own words, or a text, or a text that words of the chair introduce."""

    title: str = ""
    text: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class ObjectToReading:
    """The voice of a delegation does not acquiesce in what was read out, and says why."""

    reading: str
    reason: str


@dataclass(frozen=True, slots=True)
class LiftObjection:
    """The voice of a delegation lifts its objection to what was read out."""

    reading: str


# Rules


def issue_output(state: "RoomState", actor: str, command: IssueOutput, at: int) -> list[Any]:
    roles.moderator(state, actor)
    _begun(state)
    if command.kind not in KINDS:
        raise Refused("unknown_kind", "Choose what it is issued as from the list.", field="kind")
    if command.kind == "chairmans_statement":
        return [_statement(state, command, at)]
    document = _named(state, command.document)
    if document is None and command.kind != "chairs_summary":
        what = KINDS[command.kind][0].lower()
        raise Refused("text_to_choose", f"A {what} is a text that was adopted. Choose which one.", field="document")
    if document is not None:
        issuing.must_carry(state, document, command.kind)
    issuing.must_be_own(state, document, command.kind, command.title, command.text)
    issued = _issued(state, command, document)
    if any(_same(one, issued) for one in state.outputs.issued):
        raise Refused("already_issued", "This has been issued already, word for word. Look below.")
    return [issued]


def _issued(state: "RoomState", command: IssueOutput, document: Document | None) -> OutputIssued:
    number = f"paper{len(state.outputs.issued) + 1}"
    return OutputIssued(
        number,
        command.kind,
        command.title or issuing.title_for(state, document, command.kind),
        document.id if document else "",
        issuing.issued_label(state, document, command.kind),
        issuing.issued_status(state, document, command.kind),
        command.text,
        frozen_text(document),
        issuing.adherents(state, document, command.kind),
        issuing.attached(state, document),
        issuing.promises(state, document, command.kind),
    )


def _statement(state: "RoomState", command: IssueOutput, at: int) -> OutputIssued:
    """What was read out, as the chairman's statement: nobody may object to it."""
    reading = state.outputs.reading
    if reading is None:
        raise issuing.mislabelled(
            "A chairman’s statement is read out first, and nobody objects to it. Read it out.", "chairs_summary"
        )
    as_read = (
        command.document in ("", reading.document)
        and command.title in ("", reading.title)
        and command.text in ("", reading.words)
    )
    document = _named(state, reading.document)
    if not as_read or reading.paragraphs != frozen_text(document):
        raise issuing.mislabelled("These are not the words that were read out. Read them out first.", "chairs_summary")
    issuing.must_be_acquiesced(state, reading.objections, reading.at, at)
    issued = _issued(state, IssueOutput(command.kind, reading.document, reading.title, reading.words), document)
    return replace(issued, reading=reading.id)


def read_out(state: "RoomState", actor: str, command: ReadOut, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    document = _named(state, command.document)
    if document is None and not command.text:
        raise Refused("text_needed", "Write what you read out, or choose a text.", field="text")
    if document is not None:
        issuing.must_be_open(document)
    issuing.must_be_own(state, document, "chairmans_statement", command.title, command.text)
    title = command.title or issuing.title_for(state, document, "chairmans_statement")
    number = f"read{len(state.outputs.readings) + 1}"
    read = StatementReadOut(number, title, document.id if document else "", command.text, frozen_text(document))
    last = state.outputs.reading
    if last and (last.title, last.words, last.paragraphs) == (read.title, read.words, read.paragraphs):
        raise Refused("already_read", "These very words were read out already. Issue them, or read out others.")
    return [read]


def object_to_reading(state: "RoomState", actor: str, command: ObjectToReading, _at: int) -> list[Any]:
    code, reading = _voice(state, actor, command.reading)
    if not command.reason:
        raise Refused("reason_needed", "Say why you object; everybody reads it.", field="reason")
    if reading.objections.get(code) == command.reason:
        return []
    return [ReadingObjected(reading.id, code, command.reason)]


def lift_objection(state: "RoomState", actor: str, command: LiftObjection, _at: int) -> list[Any]:
    code, reading = _voice(state, actor, command.reading)
    if code not in reading.objections:
        raise Refused("no_objection", "Your delegation has not objected to what was read out. Nothing is to be lifted.")
    return [ObjectionLifted(reading.id, code)]


def _voice(state: "RoomState", actor: str, reading_id: str) -> tuple[str, Reading]:
    """The delegation that somebody may answer for, and what was read out to it."""
    roles.delegate(state, actor)
    _begun(state)
    person = with_voice(state, actor)
    reading = state.outputs.reading
    if reading is None or reading.id != reading_id:
        raise Refused("reading_over", "That statement was issued, or another one was read out since. Look again.")
    return person.delegation, reading


def _begun(state: "RoomState") -> None:
    """The session has begun and is not closed; it may be paused or adjourned."""
    roles.open_room(state)
    if state.room.status == "lobby":
        roles.live(state)


def _named(state: "RoomState", document_id: str) -> Document | None:
    """The text that a command names; None where it names none."""
    document = state.texts.document(document_id)
    if document_id and document is None:
        raise Refused("unknown_document", "There is no such text in this room. Choose one from the list.")
    return document


def frozen_text(document: Document | None) -> Paragraphs:
    """A text as it stands, to be kept in an event."""
    lines = wordings(document) if document else ()
    return tuple((one.section, one.number, tuple((run.text, run.mark) for run in one.runs)) for one in lines)


def _same(kept: Issued, new: OutputIssued) -> bool:
    """Whether this was issued already: the same words under the same label, with the same dissent."""

    def of(one: Issued | OutputIssued) -> tuple[Any, ...]:
        return (one.kind, one.title, one.document, one.label, one.status, one.words, one.paragraphs, one.attached)

    return of(kept) == of(new) and kept.promises == new.promises


# Fold


def _issued_now(state: "RoomState", event: OutputIssued, entry: Entry) -> "RoomState":
    issued = Issued(
        event.output,
        event.kind,
        event.title,
        event.document,
        event.label,
        event.status,
        event.words,
        event.paragraphs,
        event.adherents,
        event.attached,
        event.promises,
        entry.at,
    )
    readings = tuple(
        replace(one, output=event.output) if event.reading and one.id == event.reading else one
        for one in state.outputs.readings
    )
    return replace(state, outputs=Outputs((*state.outputs.issued, issued), readings))


def _read(state: "RoomState", event: StatementReadOut, entry: Entry) -> "RoomState":
    reading = Reading(event.reading, event.title, event.document, event.words, event.paragraphs, entry.at)
    return replace(state, outputs=replace(state.outputs, readings=(*state.outputs.readings, reading)))


def _with_objections(state: "RoomState", reading_id: str, changed: Mapping[str, str | None]) -> "RoomState":
    def after(kept: Mapping[str, str]) -> dict[str, str]:
        return {code: reason for code, reason in {**kept, **changed}.items() if reason is not None}

    readings = tuple(
        replace(one, objections=after(one.objections)) if one.id == reading_id else one
        for one in state.outputs.readings
    )
    return replace(state, outputs=replace(state.outputs, readings=readings))


def _objected(state: "RoomState", event: ReadingObjected, _entry: Entry) -> "RoomState":
    return _with_objections(state, event.reading, {event.delegation: event.reason})


def _lifted(state: "RoomState", event: ObjectionLifted, _entry: Entry) -> "RoomState":
    return _with_objections(state, event.reading, {event.delegation: None})


EVENTS = {
    "outputs.issued": (OutputIssued, sight.everyone, _issued_now),
    "outputs.statement_read_out": (StatementReadOut, sight.everyone, _read),
    "outputs.reading_objected": (ReadingObjected, sight.everyone, _objected),
    "outputs.objection_lifted": (ObjectionLifted, sight.everyone, _lifted),
}
COMMANDS = {
    "issue_output": (IssueOutput, issue_output),
    "read_out": (ReadOut, read_out),
    "object_to_reading": (ObjectToReading, object_to_reading),
    "lift_objection": (LiftObjection, lift_objection),
}
