"""The tapes that this process keeps, of the rooms that people lately looked back at. All of it can be lost."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from threading import Lock, RLock
from typing import Generic, TypeVar

from rooms import log
from rooms.domain.attribution import afterwards
from rooms.domain.record import Entry
from rooms.domain.sight import Audience, visible
from rooms.past import Tape, recorded

# What is kept, in entries. A long session has 3,000 of them, and a class looks back at it from thirty seats.
ROOMS_KEPT = 60_000
RECORDS_KEPT = 150_000
TAPES_KEPT = 300_000
TURNS = 31  # rooms are looked back at side by side; two of as many wait for each other
PAINTED = 2_000  # what the panels that a tape remembers weigh, in entries

Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """What was used last, up to a weight; the very last one always."""

    def __init__(self, most: int, weight: Callable[[Kept], int]) -> None:
        self._most, self._weight = most, weight
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()

    def take(self, key: Hashable) -> Kept | None:
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def put(self, key: Hashable, one: Kept) -> Kept:
        self._kept[key] = one
        self._kept.move_to_end(key)
        while len(self._kept) > 1 and self.weight > self._most:
            self._kept.popitem(last=False)
        return one

    @property
    def weight(self) -> int:
        return sum(map(self._weight, self._kept.values()))

    def __len__(self) -> int:
        return len(self._kept)

    def clear(self) -> None:
        self._kept.clear()


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose record: that of an audience of a room. `assesses`: it keeps the assessment record; all others read within
    the attribution rule, for nobody else looks back at a room that is still open."""

    room_id: int
    code: str
    audience: Audience
    assesses: bool


@dataclass(frozen=True, slots=True)
class Read:
    """Entries as they may be read, with the seq of the room's log up to which they were looked at."""

    head: int
    entries: Sequence[Entry]


class Tapes:
    """Records and tapes by reader and eyes. From any thread: what is of one room is made by one thread at a time, so
    that thirty who ask for it have it made once; meanwhile other rooms do not wait."""

    def __init__(self) -> None:
        self._rooms: Shelf[Sequence[Entry]] = Shelf(ROOMS_KEPT, len)
        self._records: Shelf[Read] = Shelf(RECORDS_KEPT, lambda one: len(one.entries))
        self._tapes: Shelf[Tape] = Shelf(TAPES_KEPT, lambda one: PAINTED + len(one.steps))
        self._lock = Lock()  # of the shelves
        self._turns = [RLock() for _ in range(TURNS)]

    def forget_all(self) -> None:
        """Begin as a fresh process does."""
        with self._lock:
            for shelf in (self._rooms, self._records, self._tapes):
                shelf.clear()

    def record(self, reader: Reader, head: int) -> Sequence[Entry]:
        """What a reader may read of a room's log up to a seq, or further, if that is known already."""
        with self._turn(reader):
            held = self._take(self._records, reader)
            if held is None or held.head < head:
                log_of_all = self._log(reader, head)
                seen = visible(log_of_all, reader.audience)
                entries = seen if reader.assesses else afterwards(seen)
                read = Read(log_of_all[-1].seq if log_of_all else 0, entries)
                held = self._put(self._records, reader, read)
            return held.entries

    def tape(self, reader: Reader, head: int, eyes: Audience | None = None) -> Tape:
        """The same as a tape, through some eyes; None are the reader's own."""
        with self._turn(reader):
            entries, key = self.record(reader, head), (reader, eyes)
            held = self._take(self._tapes, key)
            if held is None or held.entries is not entries:
                held = self._put(self._tapes, key, recorded(entries, eyes, held))
            return held

    def _log(self, reader: Reader, head: int) -> Sequence[Entry]:
        room = (reader.room_id, reader.code)
        known = self._take(self._rooms, room) or ()
        reached = known[-1].seq if known else 0
        if reached < head:
            known = self._put(self._rooms, room, [*known, *log.read(reader.room_id, reached, head)])
        return known

    def _turn(self, reader: Reader) -> RLock:
        return self._turns[reader.room_id % TURNS]

    def _take(self, shelf: Shelf[Kept], key: Hashable) -> Kept | None:
        with self._lock:
            return shelf.take(key)

    def _put(self, shelf: Shelf[Kept], key: Hashable, one: Kept) -> Kept:
        with self._lock:
            return shelf.put(key, one)
