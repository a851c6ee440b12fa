"""A record from elsewhere becomes a room that can be replayed, debriefed and exported, and nothing more.

Its events are kept exactly as they came, with their chain. It is closed: where the session was not, the clock closes
it, so that it is plainly a record. Nobody's old link opens it; whoever brings it in looks at it from the chair. The
same archive brought in twice makes two rooms.
"""

import contextlib
import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from django.db import DataError, IntegrityError, transaction

from delegations.library import find_scenario
from rooms import access, log, panels
from rooms.debrief.measures import report
from rooms.domain import calls
from rooms.domain.attribution import afterwards
from rooms.domain.decisions import WithdrawCall
from rooms.domain.fold import decide, fold, next_deadline, record
from rooms.domain.record import CLOCK, Entry
from rooms.domain.refused import Refused
from rooms.domain.room import CloseSession
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, WAITING, Audience, audience_of, visible
from rooms.domain.state import RoomState
from rooms.models import FORGOTTEN, Participant, Room
from rooms.unpacking import Unpacked, unpacked

OUR_CODE: Final = re.compile(f"[{access.CODE_LETTERS}]{{{access.CODE_LENGTH}}}")
CLOSING_WORDS: Final = "This record was brought in before the session was closed; nobody can go on with it here."
UNREADABLE: Final = (
    "This record holds, but not everything in it can be shown here. Ask whoever packed it for it again, and which "
    "version they use. Nothing was brought in."
)
# Events times the kinds of viewer that they are tried out for; a long session with thirty seats has a tenth of it.
MOST_READ: Final = 1_000_000
# What somebody is called whose name did not come with the record.
CALLED: Final = {"moderator": "Moderator", "delegate": "Delegate", "projector": "Projector", "capital": "Capital"}
SCREENS: Final = ((THE_MODERATORS, "moderator"), (OBSERVERS, "observer"), (OBSERVERS, "projector"), (WAITING, "lobby"))


def bring_in(data: bytes, user: Any) -> Room:
    """Make a room of an archive, `user`'s own, or `Refused` with the first thing that is wrong; then nothing was
    made."""
    found = unpacked(data)
    chair = _chair(found.state)
    if len(found.entries) * len(_audiences(found.state)) > MOST_READ:
        raise Refused("archive_too_large", "Too much happened here before too many people. Nothing was brought in.")
    try:
        closing = _closing(found.state, chair)
        after, entries = record(found.state, CLOCK, closing, found.state.at)
        _try([*found.entries, *entries], after, found.people)
    except Exception as error:  # whatever reading does with an event that nobody could have written
        raise Refused("archive_unreadable", UNREADABLE) from error
    try:
        with transaction.atomic():
            room = _new_room(found, user)
            Participant.objects.bulk_create(_people(room, found, chair, user))
            log.bring_in(room, found.chain.rows, found.state)
            if entries:
                log.append(room.pk, found.chain.code, found.head, entries, after)
    except DataError as error:  # an id that is longer than any that is given here
        raise Refused("archive_unreadable", UNREADABLE) from error
    room.refresh_from_db()
    return room


def _chair(state: RoomState) -> str:
    """From whose seat the record is looked at: who presided, or else the first moderator."""
    moderators = [one.id for one in state.seats.inside("moderator")]
    if not moderators:
        raise Refused("archive_shape", "Nobody chairs this session, so nobody could read its record. Nothing was made.")
    return state.room.chair if state.room.chair in moderators else moderators[0]


def _closing(state: RoomState, chair: str) -> list[Any]:
    """What is still to happen until the session is closed, at the instant at which the record ends."""
    events: list[Any] = []
    if state.room.status == "closed":
        return events
    if call := calls.open_call(state):
        events = decide(state, chair, WithdrawCall(call.id), state.at)
        state, _entries = record(state, CLOCK, events, state.at)
    return [*events, *decide(state, chair, CloseSession(CLOSING_WORDS), state.at)]


# Trying it out


def _try(entries: Sequence[Entry], state: RoomState, names: Any) -> None:
    """Read the record as every reader of it would, before it is taken in; raises whatever goes wrong."""
    if state.room.status != "closed" or next_deadline(state) is not None:
        raise ValueError("a closed room waits for nothing")
    shared = afterwards(visible(entries, OBSERVERS))
    for audience in _audiences(state):
        fold(visible(entries, audience))
    for one in (visible(entries, THE_MODERATORS), shared, afterwards(visible(entries, THE_MODERATORS))):
        report(one)
    for audience, screen in SCREENS:
        panels.paint(screen, audience, fold(visible(entries, audience)), names)
        panels.paint(screen, audience, fold(afterwards(visible(entries, audience))), {})


def _audiences(state: RoomState) -> Collection[Audience]:
    """Every kind of viewer whose eyes it can be looked at through."""
    people = {audience_of(one) for one in state.seats.people.values()}
    return {one for one in (*people, OBSERVERS, WAITING) if one is not None}


# The room


def _new_room(found: Unpacked, user: Any) -> Room:
    """The room, under the code it had where that is free here, or under a new one."""
    title, scope, code = found.state.room.title, found.chain.scope, found.chain.code
    scenario = find_scenario(slug=found.state.prepared.scenario)
    kept = {"title": title, "scenario": scenario, "opened_by": user, "chained_as": code, "scope": scope}
    if OUR_CODE.fullmatch(code):
        with contextlib.suppress(IntegrityError), transaction.atomic():
            return Room.objects.create(code=code, **kept)
    room = access.new_room(title, scenario, user)
    Room.objects.filter(pk=room.pk).update(chained_as=code, scope=scope)
    room.refresh_from_db()
    return room


def _people(room: Room, found: Unpacked, chair: str, user: Any) -> Iterable[Participant]:
    """Everybody of the record; a link opens only the chair, and only for who brought it in."""
    for one in found.state.seats.people.values():
        name, chairs = found.people.get(one.id, ""), one.id == chair
        other = FORGOTTEN if one.id in found.state.seats.forgotten else CALLED.get(one.role, "Observer")
        yield Participant(
            room=room,
            pid=one.id,
            name=name or other,
            role="moderator" if chairs else one.role,
            user=user if chairs else None,
            generation=one.generation,
            revoked=not chairs,
            forgotten_at=None if name else found.state.at,  # nobody's name is kept here
        )
