"""A new room that goes on from a moment of another, made in one transaction: both records say so, or neither.

A moment is an instant: everything that was written in it belongs to it, so that nothing of one command is left out.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from django.db import DatabaseError, IntegrityError, InterfaceError

from rooms import access, log
from rooms.actions import Unsure, act, all_or_nothing, now_ms
from rooms.domain.fold import decide, fold, record
from rooms.domain.forking import ForkRoom, Made, NoteFork, room_for_another
from rooms.domain.handing_on import to_other_people
from rooms.domain.presence import NoteBack
from rooms.domain.record import CLOCK, Entry
from rooms.domain.refused import Refused
from rooms.domain.state import RoomState
from rooms.forms import clean_text
from rooms.looking_back import tape_of
from rooms.models import FORGOTTEN, Event, Participant, Room
from rooms.process import folds
from rooms.undecided import UNSURE
from rooms.viewing import Viewer

TITLE_LENGTH = 120
RACES = 5  # the other room may be live: whoever acts there meanwhile goes first


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant (ms) of a room's record, the seq of the last entry written up to it, and where the moderator's own
    record then stands."""

    at: int
    seq: int
    cursor: int


def may_fork(viewer: Viewer) -> None:
    """Whoever goes on from here opens a room, so it is for a moderator with an account; or `Refused`."""
    if not viewer.moderates:
        raise Refused("not_moderator", "Only the moderator goes on from here. Ask the chair of this room.")
    if viewer.participant.user is None:
        raise Refused(
            "no_account", "A new room belongs to an account, and this seat has none. Ask whoever opened this room."
        )
    room_for_another(viewer.picture.state)


def moment_of(viewer: Viewer, *, cursor: int | None = None, at: int | None = None) -> Moment:
    """The moment at a cursor of a moderator's own record, or at an instant (ms), or `Refused`. A cursor is taken by its
    instant, which is the same in every reader's record: also within the attribution rule, where entries are counted
    otherwise."""
    tape = tape_of(viewer)
    if cursor is not None:
        if not 1 <= cursor <= tape.last:
            raise Refused("no_such_moment", f"The record has moments 1 to {tape.last}. Choose one from the timeline.")
        at = tape.times[cursor - 1]
    if at is None or not tape.times or at < tape.times[0]:
        raise Refused("no_such_moment", "The record begins later than that. Choose a moment from the timeline.")
    at, closed_at = min(at, tape.times[-1]), viewer.picture.state.room.closed_at
    if closed_at is not None and at >= closed_at:
        raise Refused(
            "closed_then", "The session was closed at that moment. Go back to one before its closing and go on from it."
        )
    seq = Event.objects.filter(room=viewer.room, at__lte=at).order_by("-seq").values_list("seq", flat=True).first()
    return Moment(at, seq or 0, tape.cursor_at(at))


def state_at(viewer: Viewer, moment: Moment) -> RoomState:
    """The whole room as it stood at a moment: for deciding, never for showing."""
    return fold(log.read(viewer.room.pk, upto=moment.seq))


def title_from(typed: str) -> str:
    """The new room's title as it was typed, or `Refused`."""
    title = " ".join(clean_text(typed).split())
    if not title:
        raise Refused("title_needed", "Give the new room a title, so that the two can be told apart.", field="title")
    if len(title) > TITLE_LENGTH:
        raise Refused("too_long", f"Use at most {TITLE_LENGTH} characters for the title.", field="title")
    return title


def fork(viewer: Viewer, moment: Moment, *, same_people: bool, title: str) -> Participant:
    """Make the room that goes on from a moment, and return its moderator's seat. Nothing was made if it is refused,
    unless the refusal's code is `unsure`."""
    may_fork(viewer)
    if same_people and viewer.room.scope:
        raise Refused(
            "came_from_elsewhere",
            "This record was brought in, and its people have no seats in this installation. Go on with other people.",
        )
    if same_people and not may_be_named_again(viewer):
        raise Refused(
            "no_assessment_record",
            "This session is over and keeps no assessment record: who said what is nobody's any more, and the same room"
            " would show it again. Go on with other people.",
        )
    handed_on = _handed_on(viewer, moment, same_people=same_people)
    command, state = _command(viewer, moment, same_people=same_people, title=title), fold(handed_on)
    for _ in range(RACES):
        try:
            with all_or_nothing():
                return _made(viewer, moment, handed_on, state, command)
        except IntegrityError:
            continue  # somebody acted in the other room: its record goes on from theirs
        except Unsure as error:
            raise Refused(
                UNSURE,
                "We could not learn whether the new room was made. Look under Your rooms before you make it anew.",
            ) from error
        except (DatabaseError, InterfaceError) as error:
            raise Refused(
                "unavailable", "The server could not make the room just now. Nothing was made; try again shortly."
            ) from error
    raise Refused("busy", "Too much happened in the room at once. Nothing was made; try again.")


def may_be_named_again(viewer: Viewer) -> bool:
    """Whether what was said may stand again with who said it, as it does in a room that goes on with its people: not
    once the session is closed, where nobody keeps that."""
    return not viewer.closed or viewer.assesses


def _handed_on(viewer: Viewer, moment: Moment, *, same_people: bool) -> list[Entry]:
    """The record up to the moment; request ids are no part of it, because nobody will ask again for these answers."""
    entries = log.read(viewer.room.pk, upto=moment.seq)
    return [replace(entry, request_id="") for entry in entries] if same_people else to_other_people(entries)


def _command(viewer: Viewer, moment: Moment, *, same_people: bool, title: str) -> ForkRoom:
    """What the new room is told of the other one, and of what has become of its people since."""
    state = viewer.picture.state
    people = state.seats.people.values()
    return ForkRoom(
        title,
        state.room.title,
        viewer.room.code,
        moment.at,
        same_people,
        removed=tuple(one.id for one in people if one.removed),
        forgotten=state.seats.forgotten,
        stepped_down=tuple(one.id for one in people if one.role != "moderator"),
    )


def _made(
    viewer: Viewer, moment: Moment, handed_on: Sequence[Entry], state: RoomState, command: ForkRoom
) -> Participant:
    """The room with its people, its record and the note in the other record. Runs inside a transaction."""
    origin, at = viewer.room, max(now_ms(), state.at)  # a room that was rehearsed fast is ahead of the clock
    room = access.new_room(command.title, origin.scenario, viewer.participant.user)
    Room.objects.filter(pk=room.pk).update(origin=origin, origin_seq=moment.seq, keep_days=origin.keep_days)
    chair = _same_people(viewer, room, state) if command.same_people else _new_chair(viewer, room)
    after, begun = record(state, chair.pid, decide(state, chair.pid, command, at), at)
    log.append(room.pk, room.code, "", [*handed_on, *begun], after)
    note = NoteFork(room.code, command.title, command.moment, command.same_people)
    act(origin.pk, viewer.person.id, note, generation=viewer.participant.generation)
    return Participant.objects.select_related("room").get(pk=chair.pk)


def _same_people(viewer: Viewer, room: Room, state: RoomState) -> Participant:
    """Everybody of that moment under the ids and names that they have, with whoever makes the room. Their old links
    open nothing here: a ticket names its room."""
    people = state.seats.people
    known = viewer.room.participants.exclude(pk=viewer.participant.pk).filter(pid__in=people)
    Participant.objects.bulk_create(
        Participant(
            room=room,
            pid=one.pid,
            name=one.name,
            role=one.role,
            user=one.user,
            generation=people[one.pid].generation,
            revoked=one.revoked,
            forgotten_at=one.forgotten_at,
        )
        for one in known.select_related("user")
    )
    own = people.get(viewer.person.id)
    return Participant.objects.create(
        room=room,
        pid=viewer.person.id,
        name=_own_name(viewer),
        role="moderator",
        user=viewer.participant.user,
        generation=own.generation if own else 0,
    )


def _new_chair(viewer: Viewer, room: Room) -> Participant:
    return access.new_participant(room, _own_name(viewer), "moderator", viewer.participant.user)


def _own_name(viewer: Viewer) -> str:
    """What the new room calls its moderator: what this one does, or the account where the name was forgotten."""
    if viewer.participant.name != FORGOTTEN:
        return viewer.participant.name
    user: Any = viewer.participant.user
    return str(user.get_full_name() or user.get_username())[: access.NAME_LENGTH]


# Into the new room


def follow(viewer: Viewer, made: Made) -> Participant | None:
    """The seat in the room that goes on from this one, for whoever holds the same seat here; None for somebody who was
    not here yet at that moment. Coming in counts as being there."""
    found = Participant.objects.select_related("room").filter(room__code=made.code, room__origin=viewer.room)
    seat = found.filter(pid=viewer.person.id).first()
    if seat is None:
        return None
    state = folds.at_head(seat.room.pk).state
    person, origin = state.seats.people.get(seat.pid), state.forks.origin
    if person is None or person.removed or seat.revoked or seat.forgotten_at is not None:
        raise Refused("not_yours_to_see", "You are no longer in that room. Ask its moderator to invite you again.")
    # Whoever was given a new link there is let in by that link alone: an old one may be in the wrong hands.
    if origin is None or origin.generations.get(seat.pid, 0) != seat.generation:
        raise Refused("not_yours_to_see", "This seat has a new link in that room. Ask its moderator for it.")
    if person.away:
        with suppress(Refused):  # the room may be closed by now
            act(seat.room.pk, CLOCK, NoteBack((seat.pid,)))
    return seat
