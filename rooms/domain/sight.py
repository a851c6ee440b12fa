"""Who may see what: the only place where that is decided.

An event is addressed to *groups*. A viewer belongs to groups. The viewer sees the event if they share one.
An *audience* is the set of groups of one kind of viewer; everybody in an audience sees the same, so its state
and its panels are made once. What people sit on is a seat, so a delegate's audience is the seat; seats that differ
only in what is addressed to the seat itself share a *circle*, and with it the panels that show none of that.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rooms.domain.record import Entry
    from rooms.domain.seats import Person

ALL = "all"  # everybody who has been let into the room
LOBBY = "lobby"  # those who still wait outside
MODERATORS = "moderators"
OFFICIALS = "officials"  # those on a seat of a ministry or of the forces: whom an officials' session admits
OFFICIAL_KINDS = ("MFA", "MOD", "MIL")
SEALED = "sealed"  # nobody's: no audience has it; what is counted of such answers is told in an event of its own
RESTRICTED = "o"  # how the ids begin of what happens on the floor of an officials' session


def everyone(_event: object) -> tuple[str, ...]:
    """Addressed to all who are in the room; not to those still waiting."""
    return (ALL,)


def everyone_and_lobby(_event: object) -> tuple[str, ...]:
    """Addressed also to those who wait: what the door itself tells."""
    return (ALL, LOBBY)


def the_chair(_event: object) -> tuple[str, ...]:
    """Addressed to the moderators alone."""
    return (MODERATORS,)


def nobody(_event: object) -> tuple[str, ...]:
    """Addressed to nobody: an answer that is only ever counted."""
    return (SEALED,)


def delegation(code: str) -> str:
    """The group of one delegation's members. The moderator is not among them."""
    return f"delegation:{code}"


def seat(seat_id: str) -> str:
    """The group of the one or two people on a seat."""
    return f"seat:{seat_id}"


def on_the_floor(field: str) -> Callable[[object], tuple[str, ...]]:
    """Addressed to all, or in an officials' session to the officials and the chair alone. `field` of the event holds
    the id of the speech, statement or request, which tells."""

    def addressed(event: object) -> tuple[str, ...]:
        return (OFFICIALS, MODERATORS) if getattr(event, field).startswith(RESTRICTED) else (ALL,)

    return addressed


def capital(code: str) -> str:
    """The group of those who are appointed as one delegation's capital."""
    return f"capital:{code}"


@dataclass(frozen=True, slots=True)
class Audience:
    """A kind of viewer. `name` is stable and unique; `groups` is what decides sight."""

    name: str
    groups: frozenset[str]
    delegation: str = ""
    seat: str = ""

    def __hash__(self) -> int:
        return hash(self.name)  # which a string remembers: an audience is asked for by itself all the time

    @property
    def circle(self) -> "Audience":
        """The audience without what is for the seat alone: what it may see is the same for several seats."""
        if not self.seat:
            return self
        return members_of(self.delegation, officials=OFFICIALS in self.groups)

    @property
    def looks_through(self) -> tuple["Audience", ...]:
        """Those whose views its screen is made from: its own, its circle's, and for a member what all may see."""
        return (self, self.circle, OBSERVERS) if self.delegation else (self, self.circle)

    def sees(self, entry: "Entry") -> bool:
        return not self.groups.isdisjoint(entry.audience)


OBSERVERS = Audience("observers", frozenset({ALL}))
WAITING = Audience("lobby", frozenset({LOBBY}))
THE_MODERATORS = Audience("moderators", frozenset({ALL, MODERATORS}))


@cache
def members_of(code: str, *, officials: bool = False) -> Audience:
    """What all of a delegation's admitted members see; of a ministry's or the forces', with the officials' sessions."""
    groups = frozenset({ALL, delegation(code)})
    if not officials:
        return Audience(delegation(code), groups, code)
    return Audience(f"{delegation(code)}:{OFFICIALS}", groups | {OFFICIALS}, code)


@cache
def on_seat(seat_id: str, code: str, *, officials: bool) -> Audience:
    """The audience of one seat's admitted people."""
    return Audience(seat(seat_id), members_of(code, officials=officials).groups | {seat(seat_id)}, code, seat_id)


@cache
def capital_of(code: str) -> Audience:
    """What a delegation's capital sees: what all do, its pack, and what the two write to each other; neither its
    delegation's own channel nor anybody's seat."""
    return Audience(capital(code), frozenset({ALL, capital(code)}), code)


def audience_of(person: "Person | None") -> Audience | None:
    """What kind of viewer a person is now; None for somebody who is not (or no longer) in the room."""
    if person is None or person.removed:
        return None
    if person.role == "moderator":
        return THE_MODERATORS
    if person.role == "projector":
        return OBSERVERS
    if not person.admitted:
        return WAITING
    if person.role == "delegate" and person.delegation:
        return on_seat(person.seat, person.delegation, officials=person.kind in OFFICIAL_KINDS)
    if person.role == "capital" and person.instructs:
        return capital_of(person.instructs)
    return OBSERVERS


def visible(entries: Iterable["Entry"], audience: Audience) -> list["Entry"]:
    """The entries of the record that this audience may see, in order."""
    return [entry for entry in entries if audience.sees(entry)]


def own_sealed(entries: Iterable["Entry"], person: str) -> list["Entry"]:
    """What a person alone has answered under seal: theirs to read again, on their own page and nowhere else."""
    return [entry for entry in entries if SEALED in entry.audience and entry.actor == person]
