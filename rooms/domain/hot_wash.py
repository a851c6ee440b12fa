"""The hot wash: phases, what each phase brings up, plus and delta, bookmarks in order (rulebook 16).

    "" -> running <-> ended

It is held while an item of its kind runs, or once the session is closed; between the two it stands still. Nobody signs
a note: its event names nobody and stands under the clock, and the request that brought it is not remembered. The same
words a second time are no second note.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace
from rooms.domain.whiteboard import KINDS, PHASES, HotWash, MomentUp, Turn, WashNote

if TYPE_CHECKING:
    from rooms.domain.seats import Person
    from rooms.domain.state import RoomState

ITEM_KIND = "hot_wash"
MOST = 200  # notes that stand on the board: more, and nobody reads them in the time there is
LONGEST = 400  # characters: a card on a wall, not a statement


# Events


@dataclass(frozen=True, slots=True)
class WashBegan:
    phase: str


@dataclass(frozen=True, slots=True)
class PhaseTurned:
    phase: str


@dataclass(frozen=True, slots=True)
class WashEnded:
    pass


@dataclass(frozen=True, slots=True)
class RoleLeft:
    """For those alone who sit on the same seat, or in the same capital: all others are told how many have."""

    person: str
    seat: str
    delegation: str


@dataclass(frozen=True, slots=True)
class RolesCounted:
    """How many have stepped out of role."""

    out: int


@dataclass(frozen=True, slots=True)
class NoteAdded:
    """Nobody's. `item`: in which agenda item, "" after the session."""

    note: str
    kind: str
    phase: str
    text: str
    item: str


@dataclass(frozen=True, slots=True)
class NoteTakenDown:
    note: str
    reason: str


@dataclass(frozen=True, slots=True)
class MomentTakenUp:
    """A bookmark of the chair's, now for all: its words, the item that ran, and its instant (ms)."""

    text: str
    item: str
    instant: int


# Commands


@dataclass(frozen=True, slots=True)
class BeginHotWash:
    """The moderator begins the hot wash, or goes on with it where it ended."""


@dataclass(frozen=True, slots=True)
class TurnToPhase:
    """The moderator turns to a phase, forward or back; a moment that was talked about is put aside."""

    phase: str


@dataclass(frozen=True, slots=True)
class EndHotWash:
    """The moderator ends the hot wash; its board stays to be read."""


@dataclass(frozen=True, slots=True)
class StepOutOfRole:
    """Who sits for a delegation, or is its capital, stops speaking for it: once, and for good."""


@dataclass(frozen=True, slots=True)
class AddWashNote:
    """Anybody inside puts a note on the board. `kind`: plus, delta or note. Nobody is told, and nothing keeps, whose it
    was."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class TakeDownNote:
    """The moderator takes a note off the board, and says why."""

    note: str
    reason: str


@dataclass(frozen=True, slots=True)
class TakeUpBookmark:
    """The moderator makes a bookmark the moment that all talk about; all read its words."""

    bookmark: str


# What others ask


def is_held(state: "RoomState") -> bool:
    """Whether there is a hot wash now: begun, and its item runs or the session is closed."""
    return state.hot_wash.status == "running" and has_its_time(state)


def has_its_time(state: "RoomState") -> bool:
    """Whether a hot wash can be held: its item runs, or the session is closed."""
    running = state.agenda.running
    return state.room.status == "closed" or (running is not None and running.kind == ITEM_KIND)


def in_roles(state: "RoomState") -> tuple["Person", ...]:
    """Those who play somebody: on a seat, or as a capital."""
    people = state.seats.people.values()
    return tuple(one for one in people if one.admitted and not one.removed and (one.seat or one.instructs))


# Rules


def _in_its_time(state: "RoomState") -> None:
    if not has_its_time(state):
        raise Refused(
            "no_time_for_it",
            "The hot wash has its own item, or comes after the session. Start that item, or close the session first.",
        )
    if state.room.status != "closed":
        roles.live(state)


def _held(state: "RoomState") -> HotWash:
    _in_its_time(state)
    if state.hot_wash.status != "running":
        raise Refused("no_hot_wash", "No hot wash is held now. The moderator begins it.")
    return state.hot_wash


def begin_hot_wash(state: "RoomState", actor: str, _command: BeginHotWash, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    _in_its_time(state)
    if state.hot_wash.status == "running":
        return []
    return [WashBegan(state.hot_wash.phase or next(iter(PHASES)))]


def turn_to_phase(state: "RoomState", actor: str, command: TurnToPhase, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    held = _held(state)
    if command.phase not in PHASES:
        raise Refused("unknown_phase", "The hot wash has no such phase. Choose one from its row.", field="phase")
    return [PhaseTurned(command.phase)] if held.up or command.phase != held.phase else []


def end_hot_wash(state: "RoomState", actor: str, _command: EndHotWash, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    if state.hot_wash.status != "running":
        raise Refused("no_hot_wash", "No hot wash is held now. Begin it first.")
    return [WashEnded()]


def step_out_of_role(state: "RoomState", actor: str, _command: StepOutOfRole, _at: int) -> list[Any]:
    person = state.seats.people.get(actor)
    if person is None or person not in in_roles(state):
        raise Refused("not_delegate", "You play nobody here, so there is no role to step out of. Write a note instead.")
    held = _held(state)
    if actor in held.out:
        return []
    left = RoleLeft(actor, person.seat, person.delegation or person.instructs)
    return [left, RolesCounted(held.out_count + 1)]


def add_wash_note(state: "RoomState", actor: str, command: AddWashNote, _at: int) -> list[Any]:
    _inside(state, actor)
    held = _held(state)
    if command.kind not in KINDS:
        raise Refused("unknown_kind", "A note is a plus, a delta or a thought. Choose one.", field="kind")
    if not command.text:
        raise Refused("text_needed", "Write your note first.", field="text")
    if len(command.text) > LONGEST:
        raise Refused("too_long", f"A note has {LONGEST} characters at most. Shorten it, or write two.", field="text")
    note = _name_of(command.kind, held.phase, command.text)
    if held.note(note):
        return []
    if len(held.board) >= MOST:
        raise Refused("board_full", f"{MOST} notes are on the board. Say it aloud, or ask the chair to take some down.")
    running = state.agenda.running
    return [NoteAdded(note, command.kind, held.phase, command.text, running.id if running else "")]


def _inside(state: "RoomState", actor: str) -> None:
    person = state.seats.people.get(actor)
    if person is None or person.removed or not person.admitted or person.role == "projector":
        raise Refused("not_admitted", "Notes are for those who are in the room. Ask the moderator to let you in.")
    if person.muted:
        raise Refused("muted", "The chair has muted you, and your notes with you. Ask the chair to write it for you.")


def _name_of(kind: str, phase: str, text: str) -> str:
    """No count: of notes that are left out afterwards, not even a gap tells."""
    return f"w{sha256(f'{kind} {phase} {text}'.encode(errors='surrogatepass')).hexdigest()[:12]}"


def take_down_note(state: "RoomState", actor: str, command: TakeDownNote, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    note = state.hot_wash.note(command.note)
    if note is None:
        raise Refused("unknown_note", "There is no such note on the board. Look at it again.")
    if note.reason:
        return []
    if not command.reason:
        raise Refused("reason_needed", "Say why the note comes down; all read the reason.", field="reason")
    return [NoteTakenDown(note.id, command.reason)]


def take_up_bookmark(state: "RoomState", actor: str, command: TakeUpBookmark, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    _held(state)
    found = next((one for one in state.notes.bookmarks if one.id == command.bookmark), None)
    if found is None:
        raise Refused("unknown_bookmark", "There is no such bookmark. Choose one from the list.")
    return [MomentTakenUp(found.text, found.item, found.at)]


# Fold


def _with(state: "RoomState", **fields: Any) -> "RoomState":
    return replace(state, hot_wash=replace(state.hot_wash, **fields))


def _turned(state: "RoomState", event: WashBegan | PhaseTurned, entry: Entry) -> "RoomState":
    turns = (*state.hot_wash.turns, Turn(event.phase, entry.at))
    return _with(state, status="running", phase=event.phase, turns=turns, up=False, ended_at=None)


def _ended(state: "RoomState", _event: WashEnded, entry: Entry) -> "RoomState":
    return _with(state, status="ended", up=False, ended_at=entry.at)


def _left(state: "RoomState", event: RoleLeft, _entry: Entry) -> "RoomState":
    return _with(state, out=(*state.hot_wash.out, event.person))


def _counted(state: "RoomState", event: RolesCounted, _entry: Entry) -> "RoomState":
    return _with(state, out_count=event.out)


def _added(state: "RoomState", event: NoteAdded, entry: Entry) -> "RoomState":
    closed = state.room.status == "closed"
    note = WashNote(event.note, event.kind, event.phase, event.text, entry.at, entry.attribution, closed)
    return _with(state, notes=(*state.hot_wash.notes, note))


def _taken_down(state: "RoomState", event: NoteTakenDown, _entry: Entry) -> "RoomState":
    notes = state.hot_wash.notes
    return _with(
        state, notes=tuple(replace(one, reason=event.reason) if one.id == event.note else one for one in notes)
    )


def _taken_up(state: "RoomState", event: MomentTakenUp, entry: Entry) -> "RoomState":
    moment = MomentUp(event.text, event.item, event.instant, state.hot_wash.phase, entry.at)
    return _with(state, moments=(*state.hot_wash.moments, moment), up=True)


def _together(event: RoleLeft) -> tuple[str, ...]:
    return (sight.seat(event.seat),) if event.seat else (sight.capital(event.delegation),)


EVENTS: dict[str, tuple[type, Any, Any]] = {
    "wash.began": (WashBegan, sight.everyone, _turned),
    "wash.phase_turned": (PhaseTurned, sight.everyone, _turned),
    "wash.ended": (WashEnded, sight.everyone, _ended),
    "wash.role_left": (RoleLeft, _together, _left),
    "wash.roles_counted": (RolesCounted, sight.everyone, _counted),
    "wash.note_added": (NoteAdded, sight.everyone, _added),
    "wash.note_taken_down": (NoteTakenDown, sight.everyone, _taken_down),
    "wash.moment_taken_up": (MomentTakenUp, sight.everyone, _taken_up),
}
COMMANDS: dict[str, tuple[type, Any]] = {
    "begin_hot_wash": (BeginHotWash, begin_hot_wash),
    "turn_to_phase": (TurnToPhase, turn_to_phase),
    "end_hot_wash": (EndHotWash, end_hot_wash),
    "step_out_of_role": (StepOutOfRole, step_out_of_role),
    "add_wash_note": (AddWashNote, add_wash_note),
    "take_down_note": (TakeDownNote, take_down_note),
    "take_up_bookmark": (TakeUpBookmark, take_up_bookmark),
}
