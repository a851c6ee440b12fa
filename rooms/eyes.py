"""Whose eyes the past is seen through: one's own, an observer's, or those of any seat.

Other eyes add nothing to what the reader may read; they leave out what those did not see, and paint the screen that
they had.
"""

from dataclasses import dataclass

from rooms import panels
from rooms.domain.prepared import Delegation, Seat
from rooms.domain.refused import Refused
from rooms.domain.sight import OBSERVERS, OFFICIAL_KINDS, Audience, on_seat
from rooms.viewing import Viewer

OWN = ""
OBSERVING = "observers"
CHAIRING = "moderators"  # a moderator's own


@dataclass(frozen=True, slots=True)
class Eyes:
    """`value` names them in an address; `audience` is None for the reader's own; `screen` is what they looked at;
    `words` says in one sentence what the reader does not see through them."""

    value: str
    label: str
    group: str
    audience: Audience | None
    screen: str
    words: str = ""


def eyes_of(viewer: Viewer, value: str) -> Eyes:
    """The eyes of that name, or `Refused`. A viewer's own seat by its name is their own eyes."""
    own = Eyes(OWN, "Your own", "", None, panels.screen_of(viewer.person))
    if value == OWN or (value == CHAIRING and viewer.moderates):
        return own
    eyes = next((one for one in _others(viewer) if one.value == value), None)
    if eyes is None:
        raise Refused("unknown_eyes", "Nobody looks on from there. Choose a seat of this room, or your own eyes.")
    return own if eyes.audience == viewer.audience and eyes.screen == own.screen else eyes


def choices(viewer: Viewer, chosen: Eyes) -> list[dict[str, object]]:
    """All eyes that this viewer can look through, their own first, as a list to choose from."""
    all_of_them = [eyes_of(viewer, OWN), *(one for one in _others(viewer) if eyes_of(viewer, one.value).value)]
    return [
        {"value": one.value, "label": one.label, "group": one.group, "chosen": one.value == chosen.value}
        for one in all_of_them
    ]


def _others(viewer: Viewer) -> list[Eyes]:
    words = "You see what every observer saw; what was said to some delegations, seats or the chair alone is left out."
    seats = [(one, seat) for one in viewer.view.prepared.delegations for seat in one.seats]
    return [Eyes(OBSERVING, "Observers", "", OBSERVERS, "observer", words), *(_seated(viewer, *one) for one in seats)]


def _seated(viewer: Viewer, delegation: Delegation, seat: Seat) -> Eyes:
    audience = on_seat(seat.id, delegation.code, officials=seat.kind in OFFICIAL_KINDS)
    if delegation.code == viewer.audience.delegation:
        kept = "what was for that seat alone stays between it and the chair"
    elif viewer.moderates:
        kept = "what the delegation kept to itself stays closed to you, and what the chair alone saw is left out"
    else:
        kept = "what it and its delegation kept to themselves stays closed to you"
    words = f"You see what the seat {seat.id} of {delegation.name} saw, as far as you may read it; {kept}."
    return Eyes(seat.id, f"{seat.id} {seat.title}", delegation.name, audience, "delegate", words)
