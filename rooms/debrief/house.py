"""The timeline's sentences about the life of the room: adjourned and reconvened, who chairs, who answers, who was
muted. No names: an event knows people by id only."""

from collections.abc import Callable, Mapping
from typing import Any

from rooms.debrief import wording
from rooms.domain import adjourning, heads, muting, offices, reinviting
from rooms.domain.record import Entry
from rooms.domain.state import RoomState

Teller = Callable[[Any, RoomState, RoomState, Entry], str]


def _adjourned(event: adjourning.SessionAdjourned, *_: Any) -> str:
    return f"the session was adjourned until {wording.excerpt(event.resumes)}{wording.because(event.words)}"


def _reconvened(*_: Any) -> str:
    return "the session was reconvened"


def _appointed(*_: Any) -> str:
    return "a co-moderator was appointed"


def _stepped_down(*_: Any) -> str:
    return "a co-moderator stepped down"


def _handed_over(*_: Any) -> str:
    return "another moderator took the chair"


def _rapporteur(*_: Any) -> str:
    return "a rapporteur was appointed"


def _released(*_: Any) -> str:
    return "the rapporteur was released"


def _head(event: heads.HeadNamed, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"the seat {event.seat} answers for {_delegation(after, event.delegation)} from here on"


def _muted(event: muting.PersonMuted, before: RoomState, *_: Any) -> str:
    return f"the chair muted somebody of {_delegation(before, _delegation_of(before, event.person))}"


def _unmuted(event: muting.PersonUnmuted, before: RoomState, *_: Any) -> str:
    return f"the chair gave somebody of {_delegation(before, _delegation_of(before, event.person))} the word back"


def _reinvited(event: reinviting.PersonReinvited, before: RoomState, *_: Any) -> str:
    person = before.seats.people.get(event.person)
    return "the chair invited somebody again who had been removed" if person and person.removed else ""


def _delegation_of(state: RoomState, person_id: str) -> str:
    person = state.seats.people.get(person_id)
    return person.delegation if person else ""


def _delegation(state: RoomState, code: str) -> str:
    delegation = state.prepared.delegation(code)
    return wording.within(delegation.name) if delegation else "no delegation"


TELLERS: Mapping[type, tuple[str, Teller]] = {
    adjourning.SessionAdjourned: ("room", _adjourned),
    adjourning.SessionReconvened: ("room", _reconvened),
    offices.ModeratorAppointed: ("room", _appointed),
    offices.ModeratorSteppedDown: ("room", _stepped_down),
    offices.ChairHandedOver: ("room", _handed_over),
    offices.RapporteurAppointed: ("room", _rapporteur),
    offices.RapporteurReleased: ("room", _released),
    heads.HeadNamed: ("room", _head),
    muting.PersonMuted: ("room", _muted),
    muting.PersonUnmuted: ("room", _unmuted),
    reinviting.PersonReinvited: ("room", _reinvited),
}
