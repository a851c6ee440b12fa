"""Taking a record out of the installation: which one somebody may take, and a note of everyone who took one.

A file goes from hand to hand, so it is made within the attribution rule unless a moderator of a room with an assessment
record says that it shall be that one. No delegation's private words are in either.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from rooms import archive, log
from rooms.actions import now_ms
from rooms.archive_words import SCOPES
from rooms.domain.attribution import afterwards
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, visible
from rooms.domain.state import RoomState
from rooms.models import Export, Room
from rooms.viewing import Viewer

AGAIN: Final = 60_000  # ms within which the same file taken again by the same person is the same taking
LONGEST: Final = 60  # characters of what was taken
ROLES: Final = {
    "moderator": "A moderator",
    "delegate": "A delegate",
    "rapporteur": "The rapporteur",
    "capital": "A capital",
    "observer": "An observer",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A record to make files from: `scope` participants or assessment, `name` as files call it."""

    scope: str
    entries: Sequence[Entry]

    @property
    def name(self) -> str:
        return SCOPES[self.scope].record

    @property
    def assesses(self) -> bool:
        return self.scope == archive.ASSESSMENT


@dataclass(frozen=True, slots=True)
class Taking:
    """One line of who took what. `at` is ms UTC."""

    at: int
    who: str
    form: str
    record: str


def within_the_rule(room: Room) -> Chosen:
    """What everybody who may look back may take: what observers see, within the attribution rule."""
    return Chosen(archive.PARTICIPANTS, afterwards(visible(log.read(room.pk), OBSERVERS)))


def for_assessment(room: Room) -> Chosen:
    """What the moderator of a room with an assessment record may take. That it is one is for the caller to know."""
    return Chosen(archive.ASSESSMENT, visible(log.read(room.pk), THE_MODERATORS))


def chosen(viewer: Viewer, asked: str) -> Chosen:
    """The record that a viewer asks for ("" is within the rule), or `Refused`."""
    if asked in ("", archive.PARTICIPANTS):
        return within_the_rule(viewer.room)
    if asked != archive.ASSESSMENT:
        raise Refused("unknown_record", "Choose a record: within the attribution rule, or the assessment record.")
    if not viewer.moderates:
        raise Refused("not_yours_to_see", "The assessment record is the moderator's. Take the one within the rule.")
    if not viewer.assesses:
        raise Refused("no_assessment_record", "This room keeps no assessment record. Take the one within the rule.")
    return for_assessment(viewer.room)


def archive_of(room: Room, taken: Chosen, state: RoomState) -> bytes:
    """The chosen record as an archive; `state` is the room's own, for the names where they may be told."""
    people = archive.people_in(room, state) if taken.assesses else None
    return archive.pack(archive.rechained(taken.scope, archive.code_of(room), taken.entries), people)


def note(room: Room, pid: str, form: str, record: str) -> None:
    """Write down that somebody takes a file: before it is handed over, so that none is without its note. `pid` is ""
    for who keeps the installation."""
    at, what = now_ms(), record if len(record) <= LONGEST else f"{record[: LONGEST - 1]}…"
    same = Export.objects.filter(room=room, pid=pid, form=form, record=what, at__gt=at - AGAIN)
    if not same.exists():
        Export.objects.create(room=room, at=at, pid=pid, form=form, record=what)


def is_only_guessed(request: HttpRequest) -> bool:
    """Whether a browser fetches ahead what somebody might open: nobody takes anything yet, so nothing is handed over
    and nothing is noted."""
    return any("prefetch" in request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))


def takings(viewer: Viewer) -> list[Taking]:
    """Who took what, last first; for moderators. By name only for whom names are in the record."""
    rows = Export.objects.filter(room=viewer.room).order_by("-at", "-pk")
    return [Taking(row.at, _who(viewer, row.pid), row.form, row.record) for row in rows]


def _who(viewer: Viewer, pid: str) -> str:
    if pid == viewer.person.id:
        return "You"
    if not pid:
        return "Who keeps this installation"
    person = viewer.picture.state.seats.people.get(pid)
    if person is None:
        return "Somebody"
    name = viewer.picture.names.get(pid, "") if viewer.assesses else ""
    return name or ROLES.get(person.role, "Somebody")
