"""The one door: browser forms, API, clock and rehearsals all change a room through `act`, and through nothing else.

What waits together is carried out together (`act_together`; `writing` gathers it), in one transaction: one wait for
the disk, and a known number of statements, however many commands there are.
"""

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection, transaction

from rooms import ballot_box, figures, log
from rooms.domain import codec
from rooms.domain.fold import IN_THE_OPEN, NAMELESS, Tick, decide, record
from rooms.domain.notes import NoteRefusal
from rooms.domain.record import CLOCK, Entry
from rooms.domain.refused import Refused
from rooms.domain.state import RoomState
from rooms.folds import Picture, advanced
from rooms.process import folds, house_clock, hub

logger = logging.getLogger(__name__)

# Each lost race means that another command was carried out meanwhile; a room of 30 cannot lose this often.
RACES = 20
# Commands in one transaction: the first of them waits until the last is decided, a third of a millisecond for each.
MOST_TOGETHER = 64
# What PostgreSQL calls a writer that it ended because two waited for each other. It may try again.
WAITED_FOR_EACH_OTHER = "40P01"


# Plain SQL for the reason that `log` gives. One condition for each: no database makes better use of the index.
FIRST_ANSWERS = "SELECT room_id, actor, request_id, first_seq, last_seq, refusal FROM rooms_answered WHERE "
OF_ONE = "(room_id = %s AND actor = %s AND request_id = %s)"
REMEMBER = "INSERT INTO rooms_answered (room_id, actor, request_id, first_seq, last_seq, refusal) VALUES "
AN_ANSWER = "(%s, %s, %s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did: the entries it wrote (none if there was nothing to change, or if it was a repeat)."""

    first_seq: int
    last_seq: int
    entries: tuple[Entry, ...] = ()
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One command as it came; see `act`."""

    room_id: int
    actor: str
    command: Any
    request_id: str = ""
    at: int | None = None
    generation: int | None = None

    def act(self) -> Done:
        return act(
            *(self.room_id, self.actor, self.command),
            request_id=self.request_id,
            at=self.at,
            generation=self.generation,
        )

    @property
    def key(self) -> tuple[int, str, str]:
        """What a repeat has in common with the first."""
        return self.room_id, self.actor, self.request_id


def now_ms() -> int:
    """The house's clock, in ms UTC."""
    return house_clock.now()


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
    asked = Asked(room_id, actor, command, request_id, at, generation)
    for _ in range(RACES):
        try:
            (outcome,) = _in_one_transaction([asked])
        except (DatabaseError, InterfaceError) as error:
            if _lost_a_race(error):
                if connection.in_atomic_block:
                    raise
                continue  # look again and decide anew
            raise _unavailable() from error
        except codec.WrittenLater as error:
            raise Refused(
                "renewed", "The server is being renewed. Nothing was changed; try again in a moment."
            ) from error
        if isinstance(outcome, Refused):
            raise outcome
        return outcome
    raise Refused("busy", "Too much happened at once. Nothing was changed; try again.")


def act_together(asked: Sequence[Asked]) -> list[Done | Exception]:
    """Carry several commands out as if by `act`, one after the other, in one transaction: what `act` would have
    returned or raised for each. If that fails for any of them, all are carried out singly, so that none suffers from
    another; unless the database itself is away, which all are told at once."""
    if len(asked) == 1:
        return [_alone(asked[0])]
    try:
        return list(_in_one_transaction(asked))
    except (OperationalError, InterfaceError) as error:
        if not _lost_a_race(error):
            return [_unavailable() for _ in asked]
    except (IntegrityError, codec.WrittenLater):
        pass
    except Exception:
        logger.exception("commands could not be carried out together, and are now carried out one by one")
    return [_alone(one) for one in asked]


def _alone(one: Asked) -> Done | Exception:
    try:
        return act(one.room_id, one.actor, one.command, request_id=one.request_id, at=one.at, generation=one.generation)
    except Exception as error:
        return error


def _lost_a_race(error: Exception) -> bool:
    """Somebody else wrote this seq, or answered this request, or two writers waited for each other."""
    waited = getattr(error.__cause__, "sqlstate", "") == WAITED_FOR_EACH_OTHER
    return waited or isinstance(error, IntegrityError)


def _unavailable() -> Refused:
    return Refused(
        "unavailable", "The server could not write this down just now. Nothing was changed; try again shortly."
    )


@dataclass(slots=True)
class _Desk:
    """A room while a transaction writes in it: as it was found, what is added, and what is known so far."""

    room_id: int
    picture: Picture
    pages: log.Pages
    state: RoomState
    entries: list[Entry] = field(default_factory=list)

    def write(self, actor: str, events: list[Any], at: int, request_id: str) -> Done:
        if not events:
            return Done(0, 0)
        state, entries = record(self.state, actor, events, at, request_id)
        self.pages.add(entries, state)
        self.state = state
        self.entries += entries
        return Done(entries[0].seq, entries[-1].seq, tuple(entries))

    def announce_on_commit(self) -> None:
        if self.entries:
            after = advanced(self.picture, self.entries, self.pages.link, self.state)
            transaction.on_commit(partial(_announce, self.room_id, after, len(self.entries)), robust=True)


def _announce(room_id: int, picture: Picture, written: int) -> None:
    """On commit only: what was written becomes known in this process, and its number in all others."""
    folds.keep(room_id, picture)
    hub.announce(room_id, picture.seq)
    figures.written(written)


def _in_one_transaction(asked: Sequence[Asked]) -> list[Done | Refused]:
    """What becomes of each, in this order. All of it is committed, or nothing is."""
    with transaction.atomic():
        desks = _desks({one.room_id for one in asked})
        answers = _first_answers(asked)
        outcomes, to_remember = [], []
        for one in asked:
            outcome = answers.get(one.key)
            if outcome is None:
                outcome, is_answer = _carry_out(desks[one.room_id], one)
                if is_answer:
                    to_remember.append((one, outcome))
                    answers[one.key] = _repeated(outcome)
            outcomes.append(outcome)
        log.append_all(desk.pages for desk in desks.values())
        _remember(to_remember)
        for desk in desks.values():
            desk.announce_on_commit()
    return outcomes


def _desks(room_ids: set[int]) -> dict[int, _Desk]:
    desks = {}
    for room_id, (code, head) in log.heads_to_write(room_ids).items():
        picture = folds.upto(room_id, code, head)
        pages = log.Pages(room_id, picture.code, picture.link)
        desks[room_id] = _Desk(room_id, picture, pages, picture.state)
    return desks


def _carry_out(desk: _Desk, one: Asked) -> tuple[Done | Refused, bool]:
    """What becomes of a command, and whether a repeat of it gets the same answer."""
    try:
        _check_link(desk.state, one.actor, one.generation)
    except Refused as refused:
        return refused, False
    at = max(now_ms() if one.at is None else one.at, desk.state.at)
    is_answer = bool(one.request_id) and not isinstance(one.command, NAMELESS)
    try:
        meant = ballot_box.counted(one.room_id, desk.state, one.command)
        events = decide(desk.state, one.actor, meant, at)
    except Refused as refused:
        _tell_the_chair(desk, one, refused, at)
        return refused, is_answer
    done = desk.write(one.actor, events, at, one.request_id)
    ballot_box.follow(one.room_id, one.command, done.entries)
    if ballot_box.waits(done.entries):
        _carry_out(desk, Asked(one.room_id, CLOCK, Tick(), at=one.at))  # counted at once; else within a beat
    return done, is_answer


def _tell_the_chair(desk: _Desk, one: Asked, refused: Refused, at: int) -> None:
    """What was refused to somebody in the open, so that the chair can help; never what they try in confidence."""
    name = IN_THE_OPEN.get(type(one.command))
    if name is None or desk.state.seats.people.get(one.actor) is None:
        return
    noted = decide(desk.state, CLOCK, NoteRefusal(one.actor, name, refused.code, refused.message), at)
    desk.write(CLOCK, noted, at, "")


def _check_link(state: RoomState, actor: str, generation: int | None) -> None:
    person = state.seats.people.get(actor)
    if person and generation is not None and generation < person.generation:
        raise Refused(
            "not_yours_to_see", "This seat has a new link, and the old one opens nothing. Ask the chair for it."
        )


# Repeats


def _repeated(outcome: Done | Refused) -> Done | Refused:
    """What a repeat is answered."""
    if isinstance(outcome, Refused):
        return Refused(outcome.code, outcome.message, **outcome.data)
    return Done(outcome.first_seq, outcome.last_seq, repeated=True)


def _first_answers(asked: Iterable[Asked]) -> dict[tuple[int, str, str], Done | Refused]:
    """By key, how those that are repeats were answered the first time."""
    keys = {one.key for one in asked if one.request_id}
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(FIRST_ANSWERS + " OR ".join([OF_ONE] * len(keys)), [value for key in keys for value in key])
        rows = cursor.fetchall()
    return {(room_id, actor, request_id): _answer_in(*said) for room_id, actor, request_id, *said in rows}


def _answer_in(first_seq: int, last_seq: int, refusal: str | None) -> Done | Refused:
    if refusal is None:
        return Done(first_seq, last_seq, repeated=True)
    said = json.loads(refusal)
    return Refused(said["code"], said["message"], **said["data"])


def _remember(answered: Sequence[tuple[Asked, Done | Refused]]) -> None:
    rows = [
        (*one.key, 0, 0, log.as_json(outcome.as_data()))
        if isinstance(outcome, Refused)
        else (*one.key, outcome.first_seq, outcome.last_seq, None)
        for one, outcome in answered
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(REMEMBER + ", ".join([AN_ANSWER] * len(rows)), [value for row in rows for value in row])
