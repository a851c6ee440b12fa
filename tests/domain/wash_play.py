"""What the tests of all commands and events need to know of the hot wash and of sharing: their stages, a legal use of
each command, a sample of each event, how random sessions draw them."""

from collections.abc import Callable, Mapping
from typing import Any

from rooms.domain import agenda, decisions, hot_wash, notes, room, sharing
from rooms.domain.calls import open_call
from rooms.domain.sharing import PARTS, TO
from rooms.domain.state import RoomState
from rooms.domain.whiteboard import KINDS, PHASES

from .play import JAPAN, M1, Session

Moves = tuple[tuple[str, Any], ...]

ITEM: Moves = ((M1, agenda.AddItem("Hot wash", "hot_wash", 10)), (M1, agenda.StartItem("added-1")))
BEGUN: Moves = (*ITEM, (M1, hot_wash.BeginHotWash()))
PLUS = hot_wash.AddWashNote("plus", "We listened.")
NOTED: Moves = (*BEGUN, (JAPAN, PLUS))
MARKED: Moves = ((M1, notes.SetBookmark("Here it turned.")), *BEGUN)
# A note is known by its words, so that no gap tells of one that is left out.
NAME = "wd4bee74bdf60"


def washing(session: Session) -> Session:
    """The hot wash is held in its item."""
    return session.done(*BEGUN)


def closed(session: Session) -> Session:
    """The session has been closed, by whoever is in the chair."""
    call = open_call(session.state)
    chair = session.state.room.chair
    if call:
        session.done((chair, decisions.WithdrawCall(call.id)))
    return session.done((chair, room.CloseSession("Thank you.")))


def washing_after(session: Session) -> Session:
    """The session has been closed, and the hot wash is held."""
    return closed(session).done((M1, hot_wash.BeginHotWash()))


# command -> who may send it, how, and what has to happen before
USES: Mapping[str, tuple[str, Any, Moves]] = {
    "begin_hot_wash": (M1, hot_wash.BeginHotWash(), ITEM),
    "turn_to_phase": (M1, hot_wash.TurnToPhase("feel"), BEGUN),
    "end_hot_wash": (M1, hot_wash.EndHotWash(), BEGUN),
    "step_out_of_role": (JAPAN, hot_wash.StepOutOfRole(), BEGUN),
    "add_wash_note": (JAPAN, PLUS, BEGUN),
    "take_down_note": (M1, hot_wash.TakeDownNote(NAME, "It names somebody."), NOTED),
    "take_up_bookmark": (M1, hot_wash.TakeUpBookmark("b1"), MARKED),
    "share_part": (M1, sharing.SharePart("positions", "delegates"), ()),
}
# What may still be done once the session is closed, and changes nothing but the debrief's own.
AFTER_CLOSING = tuple(USES)
SAMPLES: tuple[Any, ...] = (
    hot_wash.WashBegan("role"),
    hot_wash.PhaseTurned("feel"),
    hot_wash.WashEnded(),
    hot_wash.RoleLeft("p1", "JPN-MFA", "JPN"),
    hot_wash.RolesCounted(3),
    hot_wash.NoteAdded(NAME, "plus", "role", "We listened.", "i5"),
    hot_wash.NoteTakenDown(NAME, "It names somebody."),
    hot_wash.MomentTakenUp("Here it turned.", "i3", 881_150_520_000),
    sharing.PartShared("mandates", "delegates"),
    sharing.MaterialShared("mandates", "delegates", ("JPN", "PRC"), {"JPN": {"positions": (), "red_lines": ()}}),
)
SPELLED = {
    "wash": "began phase turned ended role left roles counted note added taken down moment up",
    "sharing": "part shared material",
}
OF_THE_CHAIR = (
    *(hot_wash.WashBegan, hot_wash.PhaseTurned, hot_wash.WashEnded, hot_wash.NoteTakenDown, hot_wash.MomentTakenUp),
    *(sharing.PartShared, sharing.MaterialShared),
)


def _one(options: Any, n: int) -> Any:
    return tuple(options)[n % len(tuple(options))]


def _note(state: RoomState, n: int) -> str:
    board = state.hot_wash.notes
    return str(_one(board, n).id) if board else "w0"


def _bookmark(state: RoomState, n: int) -> str:
    marked = state.notes.bookmarks
    return str(_one(marked, n).id) if marked else "b1"


BUILD: Mapping[str, Callable[[RoomState, int], Any]] = {
    "begin_hot_wash": lambda _state, _n: hot_wash.BeginHotWash(),
    "turn_to_phase": lambda _state, n: hot_wash.TurnToPhase(_one((*PHASES, "party"), n)),
    "end_hot_wash": lambda _state, _n: hot_wash.EndHotWash(),
    "step_out_of_role": lambda _state, _n: hot_wash.StepOutOfRole(),
    "add_wash_note": lambda _state, n: hot_wash.AddWashNote(_one((*KINDS, "song"), n), f"Thought {n}." if n else ""),
    "take_down_note": lambda state, n: hot_wash.TakeDownNote(_note(state, n), f"Reason {n}." if n % 4 else ""),
    "take_up_bookmark": lambda state, n: hot_wash.TakeUpBookmark(_bookmark(state, n)),
    "share_part": lambda _state, n: sharing.SharePart(_one((*PARTS, "gossip"), n * 5), _one((*TO, "press"), n)),
}
HARD = ("begin_hot_wash", "step_out_of_role", "add_wash_note", "turn_to_phase")
SELDOM = ("end_hot_wash", "take_down_note", "take_up_bookmark", "share_part")
