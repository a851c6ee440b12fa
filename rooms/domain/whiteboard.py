"""What a hot wash is made of: its phases, its board, the moments that were taken up. No events."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

# phase -> (its title, what it asks)
PHASES: Mapping[str, tuple[str, str]] = {
    "role": ("Step out of role", "Who are you again, now that you no longer speak for anybody?"),
    "feel": ("Feel", "How do you feel?"),
    "happened": ("What happened", "What happened, as you saw it?"),
    "learned": ("Learned", "What did you learn?"),
    "relate": ("Relate", "How does it relate to the real thing?"),
    "what_if": ("What if", "What if one thing had been different?"),
    "next": ("What next", "What will you do differently next time?"),
}
PLUS, DELTA, NOTE = "plus", "delta", "note"
# kind -> what it is for
KINDS: Mapping[str, str] = {PLUS: "Keep: this went well", DELTA: "Change: do this differently", NOTE: "A thought"}
OFF_THE_RECORD = "off_the_record"  # the rule under which others read no note once it is over


@dataclass(frozen=True, slots=True)
class Turn:
    """When a phase was turned to."""

    phase: str
    at: int


@dataclass(frozen=True, slots=True)
class WashNote:
    """`rule`: under which it was written; `after_closing`: whether the session was closed by then. `reason` says why
    the chair took it down, "" while it is up."""

    id: str
    kind: str
    phase: str
    text: str
    at: int
    rule: str
    after_closing: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MomentUp:
    """A moment the chair had marked, taken up before all: `instant` is the moment itself, `at` when it was taken up."""

    text: str
    item: str
    instant: int
    phase: str
    at: int


@dataclass(frozen=True, slots=True)
class HotWash:
    """Where the hot wash is, and what is on its board. `out`: who has stepped out of role, as far as this fold knows
    them; `out_count` how many have. `up`: whether the last of the moments is the one being talked about."""

    status: str = ""
    phase: str = ""
    turns: tuple[Turn, ...] = ()
    notes: tuple[WashNote, ...] = ()
    moments: tuple[MomentUp, ...] = ()
    up: bool = False
    out: tuple[str, ...] = ()
    out_count: int = 0
    ended_at: int | None = None

    @property
    def board(self) -> tuple[WashNote, ...]:
        """The notes that are up."""
        return tuple(one for one in self.notes if not one.reason)

    def note(self, note_id: str) -> WashNote | None:
        return next((one for one in self.notes if one.id == note_id), None)


def shown(state: "RoomState", *, assesses: bool = False) -> tuple[WashNote, ...]:
    """The notes that may be read on the board now. Of what was noted off the record nothing is, once that is over; who
    keeps the assessment record (`assesses`) reads on."""
    closed, running = state.room.status == "closed", state.hot_wash.status == "running"
    return tuple(
        one
        for one in state.hot_wash.board
        if assesses or one.rule != OFF_THE_RECORD or not closed or (running and one.after_closing)
    )
