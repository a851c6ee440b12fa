"""Who is acting, and may they: the guards every rule begins with. They change nothing."""

from typing import TYPE_CHECKING

from rooms.domain.refused import Refused

if TYPE_CHECKING:
    from rooms.domain.seats import Person
    from rooms.domain.state import RoomState


def moderator(state: "RoomState", actor: str) -> "Person":
    person = state.seats.people.get(actor)
    if person is None or person.removed or person.role != "moderator":
        raise Refused("not_moderator", "Only the moderator can do this. Ask the chair in the room.")
    return person


def keeper(state: "RoomState", actor: str) -> "Person":
    """Who may keep the record beside the speakers: a moderator, or a rapporteur in the moderator's help."""
    person = state.seats.people.get(actor)
    if person is None or person.removed or person.role not in ("moderator", "rapporteur"):
        raise Refused("not_keeper", "Only the moderator or the rapporteur can do this. Ask the chair to appoint you.")
    return person


def seated(state: "RoomState", actor: str) -> "Person":
    """An admitted person on a seat, muted or not: for what also a muted delegate may do (leave, write to the chair)."""
    person = state.seats.people.get(actor)
    if person is None or person.removed or person.role != "delegate" or not person.seat:
        raise Refused("not_delegate", "Only a seated delegate can do this. Take a seat first.")
    if not person.admitted:
        raise Refused("not_admitted", "The moderator has not let you in yet. Please wait in the lobby.")
    return person


def delegate(state: "RoomState", actor: str) -> "Person":
    """An admitted person on a seat who may speak and write: whatever a delegate says or files begins with this."""
    person = seated(state, actor)
    if person.muted:
        raise Refused("muted", "The chair has muted you. You can still read everything, and send the chair a note.")
    return person


def author(state: "RoomState", actor: str) -> str:
    """The delegation in whose name somebody speaks and drafts; "" for the chair."""
    person = state.seats.people.get(actor)
    if person and person.role == "moderator":
        return ""
    return delegate(state, actor).delegation


def open_room(state: "RoomState") -> None:
    """The room exists and is not closed: what is said and filed can still be."""
    if state.room.status == "":
        raise Refused("no_room", "This room has not been opened.")
    if state.room.status == "closed":
        raise Refused("closed", "The session is closed; the record can no longer change. Open the debrief instead.")


def live(state: "RoomState") -> None:
    """The session runs: clocks run, the floor can change hands."""
    open_room(state)
    if state.room.status == "lobby":
        raise Refused("not_started", "The session has not begun. The moderator starts it.")
    if state.room.status == "paused":
        raise Refused("paused", "The session is paused. Wait until the moderator resumes it.")
    if state.room.status == "adjourned":
        raise Refused("adjourned", f"The session is adjourned. It goes on: {state.room.resumes.rstrip('.')}.")
