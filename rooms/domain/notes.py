"""Between a seat and the chair: notes and answers that only the two read; the chair's private word to a delegation.

And what the chair keeps for the chair alone: bookmarks for the debrief, and what was lately refused to whom and why.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight
from rooms.domain.channels import Message
from rooms.domain.record import CLOCK, Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

LONGEST = 4_000  # characters: a note is no speech, and forty of them must not make a page that no phone can load
WINDOW = 40  # notes of one thread that a screen shows; older ones are read from the record
REFUSALS_KEPT = 12
# The same refusal to the same person is noted once in this time, and of one person only so many: who presses a hundred
# times fills nobody's record, and hides nobody else's trouble.
REFUSAL_MS = 20_000
REFUSALS_A_PERSON = 4


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A moment to come back to in the debrief, with the item that ran."""

    id: str
    text: str
    item: str
    at: int


@dataclass(frozen=True, slots=True)
class Refusal:
    person: str
    command: str
    code: str
    message: str
    at: int


@dataclass(frozen=True, slots=True)
class Notes:
    """`threads`: by seat, the last notes and answers; `counts`: by thread, how many there were. `waiting`: seats whose
    note the chair has neither answered nor put aside, in the order they wrote: who writes again keeps their place.
    `words`: by delegation."""

    threads: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)
    words: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    refusals: tuple[Refusal, ...] = ()


# Events


@dataclass(frozen=True, slots=True)
class NoteSent:
    note: str
    seat: str
    person: str
    text: str


@dataclass(frozen=True, slots=True)
class NoteAnswered:
    note: str
    seat: str
    person: str
    text: str


@dataclass(frozen=True, slots=True)
class NotePutAside:
    """The chair has read what a seat wrote, and does not answer in writing."""

    seat: str


@dataclass(frozen=True, slots=True)
class WordSent:
    """The chair's private word to a whole delegation."""

    note: str
    delegation: str
    person: str
    text: str


@dataclass(frozen=True, slots=True)
class Bookmarked:
    bookmark: str
    text: str
    item: str


@dataclass(frozen=True, slots=True)
class RefusalNoted:
    person: str
    command: str
    code: str
    message: str


# Commands


@dataclass(frozen=True, slots=True)
class NoteToChair:
    """A seated delegate writes to the chair, who alone reads it."""

    text: str


@dataclass(frozen=True, slots=True)
class AnswerNote:
    """The moderator answers a seat, which alone reads it."""

    seat: str
    text: str


@dataclass(frozen=True, slots=True)
class PutNoteAside:
    """The moderator has read a seat's notes; they no longer wait."""

    seat: str


@dataclass(frozen=True, slots=True)
class WordToDelegation:
    """The moderator says something to one delegation alone."""

    delegation: str
    text: str


@dataclass(frozen=True, slots=True)
class SetBookmark:
    """The moderator marks this moment for the debrief. `text`: why, optional."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class NoteRefusal:
    """Internal: something was refused to somebody in the room; the chair may want to help."""

    person: str
    command: str
    code: str
    message: str


# Rules


def _numbered(state: "RoomState", thread: str) -> str:
    return f"n-{thread}-{state.notes.counts.get(thread, 0) + 1}"


def _written(text: str) -> str:
    if not text:
        raise Refused("text_needed", "Write your message first.", field="text")
    if len(text) > LONGEST:
        raise Refused(
            "too_long", f"A note has {LONGEST:,} characters at most. Shorten it and send again.", field="text"
        )
    return text


def note_to_chair(state: "RoomState", actor: str, command: NoteToChair, _at: int) -> list[Any]:
    person = roles.seated(state, actor)
    roles.open_room(state)
    return [NoteSent(_numbered(state, person.seat), person.seat, actor, _written(command.text))]


def _thread(state: "RoomState", seat: str) -> str:
    if not state.notes.threads.get(seat):
        raise Refused("no_note", "That seat has not written to you. Send its delegation a private word instead.")
    return seat


def answer_note(state: "RoomState", actor: str, command: AnswerNote, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    seat = _thread(state, command.seat)
    return [NoteAnswered(_numbered(state, seat), seat, actor, _written(command.text))]


def put_note_aside(state: "RoomState", actor: str, command: PutNoteAside, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    seat = _thread(state, command.seat)
    return [NotePutAside(seat)] if seat in state.notes.waiting else []


def word_to_delegation(state: "RoomState", actor: str, command: WordToDelegation, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    if state.prepared.delegation(command.delegation) is None:
        raise Refused("unknown_delegation", "There is no such delegation in this room. Choose one from the list.")
    code = command.delegation
    return [WordSent(_numbered(state, code), code, actor, _written(command.text))]


def set_bookmark(state: "RoomState", actor: str, command: SetBookmark, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    item = state.agenda.running
    return [Bookmarked(f"b{len(state.notes.bookmarks) + 1}", command.text, item.id if item else "")]


def note_refusal(state: "RoomState", actor: str, command: NoteRefusal, at: int) -> list[Any]:
    person = state.seats.people.get(command.person)
    if actor != CLOCK or person is None or person.removed or person.role == "moderator":
        return []
    if state.room.status in ("", "closed"):
        return []
    same = (command.person, command.command, command.code)
    lately = [one for one in state.notes.refusals if at - one.at < REFUSAL_MS and one.person == command.person]
    if len(lately) >= REFUSALS_A_PERSON or any((one.person, one.command, one.code) == same for one in lately):
        return []
    return [RefusalNoted(command.person, command.command, command.code, command.message)]


# Fold


def _with(state: "RoomState", **fields: Any) -> "RoomState":
    return replace(state, notes=replace(state.notes, **fields))


def _counted(notes: Notes, thread: str) -> Mapping[str, int]:
    return {**notes.counts, thread: notes.counts.get(thread, 0) + 1}


def _in_thread(state: "RoomState", seat: str, note: Message, waiting: tuple[str, ...]) -> "RoomState":
    notes = state.notes
    thread = (*notes.threads.get(seat, ()), note)[-WINDOW:]
    return _with(state, threads={**notes.threads, seat: thread}, counts=_counted(notes, seat), waiting=waiting)


def _without(waiting: tuple[str, ...], seat: str) -> tuple[str, ...]:
    return tuple(one for one in waiting if one != seat)


def _sent(state: "RoomState", event: NoteSent, entry: Entry) -> "RoomState":
    note = Message(event.note, event.person, event.seat, event.text, entry.at)
    waiting = state.notes.waiting
    return _in_thread(state, event.seat, note, waiting if event.seat in waiting else (*waiting, event.seat))


def _answered(state: "RoomState", event: NoteAnswered, entry: Entry) -> "RoomState":
    note = Message(event.note, event.person, "", event.text, entry.at)
    return _in_thread(state, event.seat, note, _without(state.notes.waiting, event.seat))


def _put_aside(state: "RoomState", event: NotePutAside, _entry: Entry) -> "RoomState":
    return _with(state, waiting=_without(state.notes.waiting, event.seat))


def _word_sent(state: "RoomState", event: WordSent, entry: Entry) -> "RoomState":
    notes, code = state.notes, event.delegation
    words = (*notes.words.get(code, ()), Message(event.note, event.person, "", event.text, entry.at))[-WINDOW:]
    return _with(state, words={**notes.words, code: words}, counts=_counted(notes, code))


def _bookmarked(state: "RoomState", event: Bookmarked, entry: Entry) -> "RoomState":
    bookmark = Bookmark(event.bookmark, event.text, event.item, entry.at)
    return _with(state, bookmarks=(*state.notes.bookmarks, bookmark))


def _refusal_noted(state: "RoomState", event: RefusalNoted, entry: Entry) -> "RoomState":
    refusal = Refusal(event.person, event.command, event.code, event.message, entry.at)
    return _with(state, refusals=(*state.notes.refusals, refusal)[-REFUSALS_KEPT:])


def _seat_and_chair(event: Any) -> tuple[str, ...]:
    return (sight.seat(event.seat), sight.MODERATORS)


def _delegation_and_chair(event: Any) -> tuple[str, ...]:
    return (sight.delegation(event.delegation), sight.MODERATORS)


EVENTS = {
    "notes.sent": (NoteSent, _seat_and_chair, _sent),
    "notes.answered": (NoteAnswered, _seat_and_chair, _answered),
    "notes.put_aside": (NotePutAside, _seat_and_chair, _put_aside),
    "notes.word_sent": (WordSent, _delegation_and_chair, _word_sent),
    "notes.bookmarked": (Bookmarked, sight.the_chair, _bookmarked),
    "notes.refusal_noted": (RefusalNoted, sight.the_chair, _refusal_noted),
}
COMMANDS = {
    "note_to_chair": (NoteToChair, note_to_chair),
    "answer_note": (AnswerNote, answer_note),
    "put_note_aside": (PutNoteAside, put_note_aside),
    "word_to_delegation": (WordToDelegation, word_to_delegation),
    "set_bookmark": (SetBookmark, set_bookmark),
}
INTERNAL = {"note_refusal": (NoteRefusal, note_refusal)}
