"""Rehearsals played once, for all tests that look at them: every step, the picture just after it, the whole record.

What is kept here has let go of the database, which is emptied after each test.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import pairwise
from typing import Any

from rooms import log, panels, rehearsal
from rooms.domain.prepared import Seat
from rooms.domain.record import Entry
from rooms.domain.seats import Person
from rooms.domain.sight import (
    OBSERVERS,
    OFFICIAL_KINDS,
    THE_MODERATORS,
    WAITING,
    Audience,
    audience_of,
    capital_of,
    members_of,
    on_seat,
)
from rooms.domain.state import RoomState
from rooms.folds import Picture
from rooms.management.commands.rehearse import FOLDER
from rooms.models import Room
from rooms.painting import Painter
from rooms.process import folds
from tests.rooms.committing import committed_at_once

START = 881_107_200_000  # 3 December 1997, 00:00 UTC, in ms
EVERY_ROLE = ((THE_MODERATORS, "moderator"), (OBSERVERS, "observer"), (OBSERVERS, "projector"), (WAITING, "lobby"))


def of_seat(seat: Seat) -> Audience:
    return on_seat(seat.id, seat.delegation, officials=seat.kind in OFFICIAL_KINDS)


def audiences_of(state: RoomState) -> tuple[Audience, ...]:
    """Every kind of viewer that this room can have: the roles, each seat, what the seats of a delegation share, and
    each capital."""
    seats = [of_seat(seat) for one in state.prepared.delegations for seat in one.seats]
    circles = [members_of(one.code, officials=apart) for one in state.prepared.delegations for apart in (True, False)]
    capitals = [capital_of(one.code) for one in state.prepared.delegations]
    return (THE_MODERATORS, OBSERVERS, WAITING, *circles, *seats, *capitals)


@dataclass
class Heard:
    """A rehearsal that was played. `fault`: what is wrong with its record, None for nothing."""

    name: str
    script: rehearsal.Rehearsal
    room: Room
    steps: list[tuple[rehearsal.Played, Picture]]
    record: list[Entry]
    fault: Any

    @property
    def state(self) -> RoomState:
        return self.steps[-1][1].state

    @property
    def moments(self) -> list[tuple[rehearsal.Played, Picture, list[Entry]]]:
        """Each step, the picture just after it, and what had been written since the step before."""
        seqs = [0, *(picture.seq for _one, picture in self.steps)]
        since = [self.record[before:after] for before, after in pairwise(seqs)]
        return [(one, picture, entries) for (one, picture), entries in zip(self.steps, since, strict=True)]

    @cached_property
    def audiences(self) -> tuple[Audience, ...]:
        return audiences_of(self.state)

    @property
    def screens(self) -> list[tuple[Audience, str]]:
        """Every screen that somebody can look at, by audience."""
        seats = [(audience, "delegate") for audience in self.audiences if audience.seat]
        capitals = [(capital_of(one.code), "capital") for one in self.state.prepared.delegations]
        return [*EVERY_ROLE, *seats, *capitals]


def played(name: str, user: Any) -> Heard:
    script = rehearsal.parse(FOLDER / f"{name}.toml")
    stage = rehearsal.fresh_stage(script, user, START)
    everybody = audiences_of(stage.state)
    with committed_at_once():
        folds.at_head(stage.room.pk, everybody)
        steps = [(one, folds.at_head(stage.room.pk, everybody)) for one in rehearsal.play(script, stage)]
    stage.room.refresh_from_db()
    return Heard(name, script, stage.room, steps, log.read(stage.room.pk), log.verify(stage.room))


def people_of(view: RoomState, audience: Audience, screen: str) -> list[Person]:
    """Those who look at a screen with what this audience may see."""
    there = [one for one in view.seats.people.values() if audience_of(one) == audience]
    return [one for one in there if panels.screen_of(one) == screen]


def on_screen(
    painter: Painter, room: Room, picture: Picture, names: Mapping[str, str], audience: Audience, screen: str
) -> str:
    """All that stands on a screen, as text: the shared panels and what is painted for each who looks at it."""
    view = picture.view(audience)
    shared = painter.paint(room.pk, screen, audience, view, names, picture.view(audience.circle), picture.of_all)
    personal = [
        painter.personal(room.pk, screen, audience, view, names, one) for one in people_of(view, audience, screen)
    ]
    return unescape("\n".join(html for made in (shared, *personal) for html in made.values()))


def words_in(value: Any) -> Iterable[str]:
    """Every string in data of an event."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from words_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from words_in(one)
