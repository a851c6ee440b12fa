"""Who may see what: the only place where that is decided.

An event is addressed to *groups*. A viewer belongs to groups. The viewer sees the event if they share one.
An *audience* is the set of groups of one kind of viewer; everybody in an audience sees the same, so its state
and its panels are made once. Nothing here looks inside an event.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rooms.domain.record import Entry
    from rooms.domain.seats import Person

ALL = "all"  # everybody who has been let into the room
LOBBY = "lobby"  # those who still wait outside
MODERATORS = "moderators"


def everyone(_event: object) -> tuple[str, ...]:
    """Addressed to all who are in the room; not to those still waiting."""
    return (ALL,)


def everyone_and_lobby(_event: object) -> tuple[str, ...]:
    """Addressed also to those who wait: what the door itself tells."""
    return (ALL, LOBBY)


def delegation(code: str) -> str:
    """The group of one delegation's members. The moderator is not among them."""
    return f"delegation:{code}"


@dataclass(frozen=True, slots=True)
class Audience:
    """A kind of viewer. `name` is stable and unique; `groups` is what decides sight."""

    name: str
    groups: frozenset[str]
    delegation: str = ""

    def sees(self, entry: "Entry") -> bool:
        return not self.groups.isdisjoint(entry.audience)


OBSERVERS = Audience("observers", frozenset({ALL}))
WAITING = Audience("lobby", frozenset({LOBBY}))
THE_MODERATORS = Audience("moderators", frozenset({ALL, MODERATORS}))


def members_of(code: str) -> Audience:
    """The audience of one delegation's admitted members."""
    return Audience(delegation(code), frozenset({ALL, delegation(code)}), code)


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
        return members_of(person.delegation)
    return OBSERVERS


def visible(entries: Iterable["Entry"], audience: Audience) -> list["Entry"]:
    """The entries of the record that this audience may see, in order."""
    return [entry for entry in entries if audience.sees(entry)]
