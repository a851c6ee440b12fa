"""The one door: browser forms, API, clock and rehearsals all change a room through `act`, and through nothing else."""

import json
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, IntegrityError, InterfaceError, connection, transaction

from rooms import ballot_box, log
from rooms.domain.fold import IN_THE_OPEN, NAMELESS, Tick, decide, record
from rooms.domain.notes import NoteRefusal
from rooms.domain.record import CLOCK, Entry
from rooms.domain.refused import Refused
from rooms.domain.state import RoomState
from rooms.folds import Picture, advanced
from rooms.process import folds, hub

# Each lost race means that another command was carried out meanwhile; a room of 30 cannot lose this often.
RACES = 20


# Plain SQL for the reason that `log` gives.
FIRST_ANSWER = (
    "SELECT first_seq, last_seq, refusal FROM rooms_answered WHERE room_id = %s AND actor = %s AND request_id = %s"
)
REMEMBER = (
    "INSERT INTO rooms_answered (room_id, actor, request_id, first_seq, last_seq, refusal)"
    " VALUES (%s, %s, %s, %s, %s, %s)"
)


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did: the entries it wrote (none if there was nothing to change, or if it was a repeat)."""

    first_seq: int
    last_seq: int
    entries: tuple[Entry, ...] = ()
    repeated: bool = False


def now_ms() -> int:
    """The server's clock, in ms UTC."""
    return time.time_ns() // 1_000_000


def act(
    room_id: int,
    actor: str,
    command: Any,
    *,
    request_id: str = "",
    at: int | None = None,
    generation: int | None = None,
) -> Done:
    """Carry a command out, or raise `Refused`. Committed when it returns; announced on commit.

    A repeated (actor, request_id) gets the first answer. `at` is for rehearsals; it never goes backwards in a room.
    `generation` is that of the link by which the actor came: one that has been replaced opens nothing any more.
    """
    for _ in range(RACES):
        try:
            done = _attempt(room_id, actor, command, request_id, now_ms() if at is None else at, generation)
        except IntegrityError:
            if connection.in_atomic_block:
                raise
            continue  # somebody else wrote this seq, or answered this request: look again and decide anew
        except (DatabaseError, InterfaceError) as error:
            raise Refused(
                "unavailable", "The server could not write this down just now. Nothing was changed; try again shortly."
            ) from error
        _count_at_once(room_id, done, at)
        return done
    raise Refused("busy", "Too much happened at once. Nothing was changed; try again.")


def _attempt(room_id: int, actor: str, command: Any, request_id: str, at: int, generation: int | None) -> Done:
    refused: Refused | None = None
    with transaction.atomic():
        earlier = _first_answer(room_id, actor, request_id)
        if earlier is not None:
            return earlier
        picture = folds.at_head(room_id)
        _check_link(picture.state, actor, generation)
        at = max(at, picture.state.at)
        try:
            events = decide(picture.state, actor, ballot_box.counted(room_id, picture.state, command), at)
        except Refused as refusal:
            refused = refusal
            done = Done(0, 0)
            _tell_the_chair(room_id, picture, actor, command, refusal, at)
        else:
            done = _write(room_id, picture, actor, events, at, request_id)
            ballot_box.follow(room_id, command, done.entries)
        if request_id and not isinstance(command, NAMELESS):
            _remember(room_id, actor, request_id, done, refused)
    if refused:
        raise refused
    return done


def _count_at_once(room_id: int, done: Done, at: int | None) -> None:
    """The ballots of a box that was just closed. Whatever prevents it: the clock counts them within a beat."""
    if ballot_box.waits(done.entries):
        with suppress(Refused):
            act(room_id, CLOCK, Tick(), at=at)


def _tell_the_chair(room_id: int, picture: Picture, actor: str, command: Any, refused: Refused, at: int) -> None:
    """What was refused to somebody in the open, so that the chair can help; never what they try in confidence."""
    name = IN_THE_OPEN.get(type(command))
    if name is None or picture.state.seats.people.get(actor) is None:
        return
    noted = decide(picture.state, CLOCK, NoteRefusal(actor, name, refused.code, refused.message), at)
    _write(room_id, picture, CLOCK, noted, at, "")


def _check_link(state: RoomState, actor: str, generation: int | None) -> None:
    person = state.seats.people.get(actor)
    if person and generation is not None and generation < person.generation:
        raise Refused(
            "not_yours_to_see", "This seat has a new link, and the old one opens nothing. Ask the chair for it."
        )


def _write(room_id: int, picture: Picture, actor: str, events: list[Any], at: int, request_id: str) -> Done:
    if not events:
        return Done(0, 0)
    state, entries = record(picture.state, actor, events, at, request_id)
    link = log.append(room_id, picture.code, picture.link, entries, state)
    after = advanced(picture, entries, link)
    transaction.on_commit(lambda: _announce(room_id, after))
    return Done(entries[0].seq, entries[-1].seq, tuple(entries))


def _announce(room_id: int, picture: Picture) -> None:
    """On commit only: what was written becomes known in this process, and its number in all others."""
    folds.keep(room_id, picture)
    hub.announce(room_id, picture.seq)


def _first_answer(room_id: int, actor: str, request_id: str) -> Done | None:
    if not request_id:
        return None
    with connection.cursor() as cursor:
        cursor.execute(FIRST_ANSWER, [room_id, actor, request_id])
        row = cursor.fetchone()
    if row is None:
        return None
    first_seq, last_seq, refusal = row
    if refusal is not None:
        said = json.loads(refusal)
        raise Refused(said["code"], said["message"], **said["data"])
    return Done(first_seq, last_seq, repeated=True)


def _remember(room_id: int, actor: str, request_id: str, done: Done, refused: Refused | None) -> None:
    refusal = log.as_json(refused.as_data()) if refused else None
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER, [room_id, actor, request_id, done.first_seq, done.last_seq, refusal])
