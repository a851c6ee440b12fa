"""The one door: browser forms, API, clock and rehearsals all change a room through `act`, and through nothing else.

What waits together is carried out together (`act_together`; `writing` gathers it), in one transaction: one wait for
the disk, and a known number of statements, however many commands there are.
"""

import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection, transaction

from rooms import ballot_box, figures, log, repeats, undecided
from rooms.domain import codec
from rooms.domain.fold import IN_THE_OPEN, NAMELESS, Tick, decide, record
from rooms.domain.notes import NoteRefusal
from rooms.domain.record import CLOCK, Entry
from rooms.domain.refused import Refused
from rooms.domain.state import RoomState
from rooms.folds import Picture, advanced
from rooms.models import Room
from rooms.process import folds, house_clock, hub

logger = logging.getLogger(__name__)

# Each lost race means that another command was carried out meanwhile; a room of 30 cannot lose this often.
RACES = 20
# Commands in one transaction: the first of them waits until the last is decided, a third of a millisecond for each.
MOST_TOGETHER = 64
# What PostgreSQL calls a writer that it ended because two waited for each other. It may try again.
WAITED_FOR_EACH_OTHER = "40P01"
# What it says to a writer that waited too long for a room; see `settings`.
HELD_UP = "55P03"
# What it says, if anything, when it goes away: whether a COMMIT that was under way was kept, is then known by nobody.
WENT_AWAY = ("08", "57")


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did: the entries it wrote (none if there was nothing to change, or if it was a repeat)."""

    first_seq: int
    last_seq: int
    entries: tuple[Entry, ...] = ()
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One command as it came; see `act`. `in_doubt`: it may have been carried out already, so that nobody is told that
    nothing was changed."""

    room_id: int
    actor: str
    command: Any
    request_id: str = ""
    at: int | None = None
    generation: int | None = None
    in_doubt: bool = False

    @property
    def key(self) -> repeats.Key:
        """What a repeat has in common with the first."""
        return self.room_id, self.actor, self.request_id


class Held(Exception):
    """Somebody else writes in this room just now, and was not waited for: the command was not looked at."""


class StillHeld(Held):
    """The same when it was asked once more, after it may have been carried out."""


class Unsure(Exception):
    """The line to the database broke between a COMMIT and its answer: it was kept, or it was not."""


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

    A repeated (actor, request_id) gets the first answer. `Refused` with the code `unsure` says that it may have been
    carried out, which nobody could find out; any other, that nothing was changed. `at` is for rehearsals; it never goes
    backwards in a room. `generation` is that of the link by which the actor came: one that has been replaced opens
    nothing any more.
    """
    return act_on(Asked(room_id, actor, command, request_id, at, generation))


def act_on(asked: Asked, *, wait: bool = True) -> Done:
    """See `act` and, for `wait`, `act_together`."""
    try:
        return _carried_out(asked, wait=wait)
    except Unsure as error:
        (outcome,) = _settled([asked], wait=wait)
        if isinstance(outcome, Exception):
            raise outcome from error
        return outcome


def _carried_out(asked: Asked, *, wait: bool = True) -> Done:
    for _ in range(RACES):
        try:
            (outcome,) = _in_one_transaction([asked], wait=wait)
        except (DatabaseError, InterfaceError) as error:
            if _lost_a_race(error):
                if connection.in_atomic_block:
                    raise
                continue  # look again and decide anew
            raise undecided.unavailable() from error
        except codec.WrittenLater as error:
            raise undecided.renewed() from error
        if isinstance(outcome, Exception):
            raise outcome
        return outcome
    raise undecided.busy()


def act_together(asked: Sequence[Asked], *, wait: bool = True) -> list[Done | Exception]:
    """Carry several commands out as if by `act`, one after the other, in one transaction: what `act` would have
    returned or raised for each. If that fails for any of them, all are carried out singly, so that none suffers from
    another; unless the database itself is away, which all are told at once. If one room is held up by somebody else,
    the others go on without it; and if that is not to be waited for, `Held` is what becomes of the commands there."""
    outcomes = zip(asked, _together(asked, wait=wait), strict=True)
    return [
        undecided.unsure() if one.in_doubt and undecided.says_nothing(outcome) else outcome for one, outcome in outcomes
    ]


def _together(asked: Sequence[Asked], *, wait: bool) -> list[Done | Exception]:
    try:
        if len(asked) > 1:
            return list(_in_one_transaction(asked, wait=wait))
    except Unsure:
        return _settled(asked, wait=wait)
    except (OperationalError, InterfaceError) as error:
        rooms = {one.room_id for one in asked}
        if _sqlstate(error) == HELD_UP and len(rooms) > 1:
            return _room_by_room(asked, wait=wait)
        if not _lost_a_race(error):
            return [undecided.unavailable() for _ in asked]
    except (IntegrityError, codec.WrittenLater):
        pass
    except Exception:
        logger.exception("commands could not be carried out together, and are now carried out one by one")
    held, outcomes = set[int](), list[Done | Exception]()
    for one in asked:
        outcome = Held() if one.room_id in held else _alone(one, wait=wait)
        if isinstance(outcome, Held):
            held.add(one.room_id)  # nobody overtakes there
        outcomes.append(outcome)
    return outcomes


def _alone(one: Asked, *, wait: bool) -> Done | Exception:
    try:
        return act_on(one, wait=wait)
    except Exception as error:
        return error


def _room_by_room(asked: Sequence[Asked], *, wait: bool) -> list[Done | Exception]:
    """Each room in a transaction of its own, so that only those in the room that is held up wait and are refused."""
    outcomes: dict[int, Done | Exception] = {}
    for room_id in {one.room_id for one in asked}:
        numbers = [number for number, one in enumerate(asked) if one.room_id == room_id]
        outcomes |= zip(numbers, act_together([asked[number] for number in numbers], wait=wait), strict=True)
    return [outcomes[number] for number in range(len(asked))]


def _settled(asked: Sequence[Asked], *, wait: bool) -> list[Done | Exception]:
    """What has become of commands of which that is not known: each that has a name of its own is asked once more, and
    gets its first answer if it was kept. Who lost the line may hold the room still; see `act_together` for `wait`."""
    outcomes: list[Done | Exception] = []
    held, away = set[int](), False
    for one in asked:
        outcome: Done | Exception = undecided.unsure()
        if one.request_id and not isinstance(one.command, NAMELESS) and not away:
            outcome = StillHeld() if one.room_id in held else _asked_once_more(one, wait=wait)  # nobody overtakes
            # Where nobody can be asked the rest need not wait for it, too.
            away = isinstance(outcome, Refused) and outcome.code == undecided.UNSURE
        if isinstance(outcome, Held):
            held.add(one.room_id)
        outcomes.append(outcome)
    return outcomes


def _asked_once_more(one: Asked, *, wait: bool) -> Done | Exception:
    try:
        return _carried_out(one, wait=wait)
    except Unsure:
        return undecided.unsure()
    except Held:
        return StillHeld()
    except Exception as error:
        return undecided.unsure() if undecided.says_nothing(error) else error


def _sqlstate(error: Exception) -> str:
    """What PostgreSQL says is wrong; "" if it said nothing."""
    return getattr(error.__cause__, "sqlstate", None) or ""


def _lost_a_race(error: Exception) -> bool:
    """Somebody else wrote this seq, or answered this request, or two writers waited for each other."""
    return _sqlstate(error) == WAITED_FOR_EACH_OTHER or isinstance(error, IntegrityError)


def _is_left_open(error: Exception) -> bool:
    """Whether an error at COMMIT leaves open what became of it. A file is never away: SQLite always says it."""
    said = _sqlstate(error)
    return connection.vendor == "postgresql" and (not said or said.startswith(WENT_AWAY))


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


Outcome = Done | Refused | Held


def _in_one_transaction(asked: Sequence[Asked], *, wait: bool) -> list[Outcome]:
    """What becomes of each, in this order."""
    with all_or_nothing():
        return _written(asked, wait=wait)


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """A transaction: all of it is committed, or nothing is; `Unsure` if that is left open."""
    written, whole = False, not connection.in_atomic_block
    try:
        with transaction.atomic():
            yield
            written = True
    except (DatabaseError, InterfaceError) as error:
        if written and whole and _is_left_open(error):
            raise Unsure from error
        raise


def _written(asked: Sequence[Asked], *, wait: bool) -> list[Outcome]:
    """Within the transaction."""
    rooms = {one.room_id for one in asked}
    known = repeats.first_answers({one.key for one in asked if one.request_id})
    heads, *answered = log.asked([log.heads_to_write(rooms, wait=wait), *known])
    desks, answers = _desks(heads), {row[:3]: _answer_in(*row[3:]) for rows in answered for row in rows}
    if len(desks) < len(rooms) and (wait or not log.writes_side_by_side()):
        raise Room.DoesNotExist
    outcomes: list[Outcome] = []
    to_remember = []
    for one in asked:
        outcome: Outcome | None = answers.get(one.key)
        if one.room_id not in desks:
            outcome = Held()
        elif outcome is None:
            outcome, is_answer = _carry_out(desks[one.room_id], one)
            if is_answer:
                to_remember.append(_to_remember(one, outcome))
                answers[one.key] = _repeated(outcome)
        outcomes.append(outcome)
    log.asked([*log.additions(desk.pages for desk in desks.values()), *repeats.remember(to_remember)])
    for desk in desks.values():
        desk.announce_on_commit()
    return outcomes


def _desks(heads: Iterable[tuple[int, str, int]]) -> dict[int, _Desk]:
    desks = {}
    for room_id, code, head in heads:
        picture = folds.upto(room_id, code, head)
        pages = log.Pages(room_id, picture.code, picture.link, picture.state)
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


def _answer_in(first_seq: int, last_seq: int, refusal: str | None) -> Done | Refused:
    if refusal is None:
        return Done(first_seq, last_seq, repeated=True)
    said = json.loads(refusal)
    return Refused(said["code"], said["message"], **said["data"])


def _to_remember(one: Asked, outcome: Done | Refused) -> repeats.Answer:
    if isinstance(outcome, Refused):
        return one.key, 0, 0, outcome
    return one.key, outcome.first_seq, outcome.last_seq, None
