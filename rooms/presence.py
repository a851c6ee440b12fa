"""Who is connected, across processes. A person who had a connection and has had none anywhere for a while is away.

Every process writes down whom it sees, one statement a room; every process looks who has not been seen by any, one
question for all rooms it watches. What follows is written by the one door, so two processes noting the same at once
are harmless. Phones sleep and wake: nothing is said before the grace is over, and whoever is back is back at once.
Who never had a connection (a scripted seat, a program that only asks) is never called away.
"""

import asyncio
import logging
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from django.conf import settings

from rooms.actions import Asked, Held, act_on, now_ms
from rooms.database_threads import DatabaseThreads
from rooms.domain.presence import NoteAway, NoteBack
from rooms.domain.record import CLOCK
from rooms.domain.refused import Refused
from rooms.domain.state import RoomState
from rooms.hub import Hub
from rooms.models import Participant
from rooms.process import folds

logger = logging.getLogger(__name__)

BEAT = 1.0  # seconds; how soon an arrival or a departure is written down

threads = DatabaseThreads("presence")

Connected = Mapping[int, frozenset[str]]  # room id -> participant ids


@dataclass(frozen=True, slots=True)
class Round:
    """What one beat has to do: whom to write down as seen, and which rooms to look through."""

    seen: Mapping[int, frozenset[str]]
    look_through: tuple[int, ...]


@dataclass(slots=True)
class Watch:
    """What one process remembers between two beats. Seconds on a clock that only goes forward."""

    grace: float
    every: float  # seconds between two notes of everybody who is still connected
    connected: Connected = field(default_factory=dict)
    since: dict[int, float] = field(default_factory=dict)  # room -> since when it has been watched here
    beat_at: float = float("-inf")
    noted_at: float = float("-inf")
    looked_at: float = float("-inf")

    def round(self, connected: Connected, now: float) -> Round:
        """One more beat, with who is connected here now."""
        # After a standstill (a laptop slept) nobody has had the chance to come back yet: the grace begins anew.
        anew = now - self.beat_at > self.grace / 2
        self.since = {room: now if anew else self.since.get(room, now) for room in connected}
        ripe = tuple(room for room, since in self.since.items() if now - since >= self.grace)
        note_all = now - self.noted_at >= self.every
        look = now - self.looked_at >= self.grace / 8
        seen = self._seen(connected, note_all=note_all)
        self.noted_at = now if note_all else self.noted_at
        self.looked_at = now if look else self.looked_at
        self.connected, self.beat_at = connected, now
        return Round(seen, ripe if look else ())

    def _seen(self, connected: Connected, *, note_all: bool) -> dict[int, frozenset[str]]:
        """Who came and who left since the last beat, and now and then everybody who is connected."""
        seen = {}
        for room in {*connected, *self.connected}:
            now, before = connected.get(room, frozenset()), self.connected.get(room, frozenset())
            seen[room] = (now ^ before) | (now if note_all else frozenset())
        return {room: pids for room, pids in seen.items() if pids}


def keep(todo: Round, connected: Connected, at: int) -> None:
    """Carry one round out. `at` is ms UTC."""
    for room_id, pids in todo.seen.items():
        _note(room_id, pids, at)
    for room_id, pids in connected.items():
        back = [pid for pid in pids if was_away(room_id, pid)]
        if back:
            _act(room_id, NoteBack(tuple(sorted(back))))
    rooms = [room_id for room_id in todo.look_through if _is_open(room_id)]
    if rooms:
        _look_through(rooms, connected, at)


def _note(room_id: int, pids: Iterable[str], at: int) -> None:
    Participant.objects.filter(room_id=room_id, pid__in=pids).update(seen_at=at)


def _known(room_id: int) -> RoomState | None:
    picture = folds.kept(room_id)
    return picture.state if picture else None


def _is_open(room_id: int) -> bool:
    state = _known(room_id)
    return state is not None and state.room.status not in ("", "closed")


def _look_through(rooms: list[int], connected: Connected, at: int) -> None:
    """Note who has not been seen by any process for the length of the grace."""
    before = at - round(settings.PRESENCE_GRACE * 1000)
    gone = Participant.objects.filter(room_id__in=rooms, seen_at__lte=before).values_list("room_id", "pid")
    missing: dict[int, list[str]] = {}
    for room_id, pid in gone:
        if pid not in connected.get(room_id, ()) and _is_here(room_id, pid):
            missing.setdefault(room_id, []).append(pid)
    for room_id, pids in missing.items():
        _act(room_id, NoteAway(tuple(sorted(pids))))


def _is_here(room_id: int, pid: str) -> bool:
    """Whether the room thinks that somebody is here, who could be away."""
    state = _known(room_id)
    person = state.seats.people.get(pid) if state else None
    return person is not None and not (person.away or person.removed or person.role == "projector")


def _act(room_id: int, command: NoteAway | NoteBack) -> None:
    """Where somebody else holds the room it is not waited for: the next round does it."""
    try:
        with suppress(Held):
            act_on(Asked(room_id, CLOCK, command), wait=False)
    except Refused as refused:
        logger.info("presence was not noted in room %s: %s", room_id, refused.code)


def was_away(room_id: int, pid: str) -> bool:
    """Whether the room thinks, as far as is known here, that somebody is away."""
    state = _known(room_id)
    person = state.seats.people.get(pid) if state else None
    return person is not None and person.away and not person.removed


def came_back(room_id: int, pids: Iterable[str]) -> None:
    """Some who were away have a connection again. Seen first, so that no other process calls them away again."""
    back = tuple(sorted(pids))
    _note(room_id, back, now_ms())
    _act(room_id, NoteBack(back))


async def run(hub: Hub) -> None:
    """Watch until cancelled, through any outage of the database."""
    watch = Watch(settings.PRESENCE_GRACE, settings.PRESENCE_NOTE_EVERY)
    while True:
        try:
            connected = hub.connected()
            todo = watch.round(connected, time.monotonic())
            if connected or todo.seen:
                await threads.ask(keep, todo, connected, now_ms())
        except asyncio.CancelledError:
            raise
        except Exception as error:
            logger.warning("who is here was not noted: %s", type(error).__name__)
        await asyncio.sleep(min(BEAT, watch.grace / 8))
