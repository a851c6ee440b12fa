"""Who is looking, and what they may see: the one way in which pages and the API read a room.

While a room is open, a viewer's stream is what their audience may see. Once it is closed, everybody but the moderator
reads it within the attribution rule; the moderator keeps the assessment record, if the room has one.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from rooms import access, log, read_back, throttles
from rooms.actions import Asked, Done
from rooms.domain.attribution import readable
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.seats import Person
from rooms.domain.sight import THE_MODERATORS, Audience, audience_of
from rooms.domain.state import RoomState
from rooms.folds import Picture
from rooms.models import Participant, Room
from rooms.process import folds
from rooms.writing import writer

PARTICIPANTS = "participants"  # the scope of a record that was brought in within the attribution rule


@dataclass(frozen=True, slots=True)
class Viewer:
    """A participant with what they may see of their room now."""

    room: Room
    participant: Participant
    person: Person
    audience: Audience
    picture: Picture

    @property
    def view(self) -> RoomState:
        return self.picture.view(self.audience)

    @property
    def moderates(self) -> bool:
        return self.audience == THE_MODERATORS

    @property
    def assesses(self) -> bool:
        """Whether this viewer reads names after closing: the moderator of a room with an assessment record. A record
        that came from elsewhere as participants read it holds none."""
        return self.moderates and self.picture.state.room.assessment_record and self.room.scope != PARTICIPANTS

    @property
    def closed(self) -> bool:
        return self.picture.state.room.status == "closed"

    @property
    def within_rule(self) -> bool:
        """Whether what this viewer reads is the record of afterwards, moved as the attribution rule asks."""
        return self.closed and not self.assesses


def viewer_of(request: HttpRequest, code: str, pid: str) -> Viewer:
    """The viewer a request comes from, or `Refused`: no such seat, not theirs, removed, or asking without pause."""
    participant = access.participant_from(request.COOKIES, code, pid, access.bearer_of(request))
    if participant is None:
        raise Refused(
            "not_yours_to_see",
            "This seat is not yours on this device. Open your own link here, or ask the chair for a new one.",
        )
    throttles.count_page(participant.pk)
    return viewer_for(participant)


def viewer_for(participant: Participant) -> Viewer:
    """What a participant sees of their room now, or `Refused`; whoever asks has made sure who it is."""
    room = participant.room
    picture = folds.at_head(room.pk)
    person = picture.state.seats.people.get(participant.pid)
    audience = audience_of(person)
    if person is None:
        raise Refused("not_yours_to_see", "You did not get into this room. Join it with its code once more.")
    if audience is None:
        raise Refused("not_yours_to_see", "You are no longer in this room. Ask the moderator to invite you again.")
    if not picture.shows([audience]):
        picture = folds.at_head(room.pk, [audience])
    return Viewer(room, participant, person, audience, picture)


def stream(viewer: Viewer) -> list[Entry]:
    """The record as this viewer may read it, numbered from 1 by position: the viewer's cursor."""
    return readable(log.read(viewer.room.pk), viewer.audience, assesses=viewer.assesses)


def stream_after(viewer: Viewer, cursor: int) -> tuple[int, list[tuple[int, Entry]]]:
    """How many entries this viewer may read, and those after a cursor, numbered."""
    if viewer.within_rule:
        entries = stream(viewer)
        return len(entries), list(enumerate(entries, start=1))[max(0, cursor) :]
    count = viewer.view.count
    return count, read_back.after(viewer.room.pk, viewer.audience, cursor, seq=viewer.picture.seq, count=count)


def carry_out(viewer: Viewer, command: Any, request_id: str = "") -> Done:
    """What somebody asks for on a page: counted, and carried out in line with what all others ask for; or `Refused`."""
    access.count_command(viewer.participant)
    generation = viewer.participant.generation
    return writer.act_and_wait(Asked(viewer.room.pk, viewer.person.id, command, request_id, generation=generation))
