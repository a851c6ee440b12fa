"""The record: append, read, verify. The only writer of events.

Nothing is ever changed or deleted here. Each event's hash covers the one before it, so any later change shows.

What every command asks and writes is plain SQL: putting these few sentences together anew through the models took
four fifths of a command's time.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from rooms.domain import calls, codec, decisions, positions, silence, voting
from rooms.domain.fold import fold, next_deadline
from rooms.domain.forgetting import PersonForgotten
from rooms.domain.record import Entry
from rooms.domain.reinviting import PersonReinvited
from rooms.domain.replacing import replace
from rooms.domain.state import RoomState
from rooms.models import FORGOTTEN, Agreement, DeclaredPosition, Event, Participant, Room

# The code that the hashes cover: of a record from elsewhere, the one it was written under.
HEAD_OF = "SELECT COALESCE(NULLIF(chained_as, ''), code), head FROM rooms_room WHERE id = %s"
HEADS_OF = "SELECT id, COALESCE(NULLIF(chained_as, ''), code), head FROM rooms_room WHERE id IN ({}) ORDER BY id"
ADD_EVENTS = (
    "INSERT INTO rooms_event"
    " (room_id, seq, at, name, version, actor, audience, attribution, data, request_id, hash) VALUES "
)
A_ROW = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
ADD_EVENT = ADD_EVENTS + A_ROW
# Rows in one statement, not one statement for each: with every statement a thread lets go of the interpreter, and
# where panels are painted meanwhile it is long until it has it again. No database takes fewer parameters than these.
ROWS_AT_ONCE = 80
# What may have adopted a text.
ENDS_A_CALL = (decisions.ConsensusReached, silence.SilenceKept, voting.VoteDecided)
# All in one statement; a NULL would have no kind of its own in PostgreSQL.
MOVE_HEADS = (
    "WITH moved (id, head, link, due, status) AS (VALUES {}) UPDATE rooms_room SET (head, head_hash, next_deadline,"
    " status) = (SELECT moved.head, moved.link, CAST(moved.due AS bigint), moved.status FROM moved"
    " WHERE moved.id = rooms_room.id) WHERE id IN (SELECT id FROM moved)"
)
A_HEAD = "(%s, %s, %s, %s, %s)"

Statement = tuple[str, Sequence[Any]]


def asked(statements: Iterable[Statement]) -> list[list[tuple[Any, ...]]]:
    """Put some statements to the database; what each of them found. Where it is asked over a line (PostgreSQL) they go
    there as one and are waited for once: with every wait a thread lets go of the interpreter, and where panels are
    painted meanwhile it is long until it has it again."""
    several = list(statements)
    if writes_side_by_side():
        several = [("; ".join(sql for sql, _values in several), [one for _sql, values in several for one in values])]
    found: list[list[tuple[Any, ...]]] = []
    with connection.cursor() as cursor:
        for sql, values in several:
            if sql:
                cursor.execute(sql, values)
                found += _all_found(cursor)
    return found


def _all_found(cursor: Any) -> Iterator[list[tuple[Any, ...]]]:
    """What each statement of the last execution found; nothing, if it was none that looks for something."""
    yield cursor.fetchall() if cursor.description else []
    while writes_side_by_side() and cursor.nextset():
        yield cursor.fetchall() if cursor.description else []


def head_of(room_id: int) -> tuple[str, int]:
    """The code that a room's hashes cover, and the seq of its last event."""
    with connection.cursor() as cursor:
        cursor.execute(HEAD_OF, [room_id])
        row = cursor.fetchone()
    if row is None:
        raise Room.DoesNotExist
    return row[0], row[1]


def heads_to_write(room_ids: Collection[int], *, wait: bool = True) -> Statement:
    """Asks the same of several rooms, for a transaction that is going to write in them. Where writers work side by side
    (PostgreSQL), nobody else writes in these rooms until it ends: who comes second waits, and decides on the newer
    state; or, if it is not to wait, does not find them. All lock in one order, so that no two wait for each other."""
    rooms = sorted(room_ids)
    lock = (" FOR NO KEY UPDATE" if wait else " FOR NO KEY UPDATE SKIP LOCKED") if writes_side_by_side() else ""
    return HEADS_OF.format(", ".join(["%s"] * len(rooms))) + lock, rooms


def writes_side_by_side() -> bool:
    """Whether writers hold rooms, each its own. (SQLite's hold the file, and wait at BEGIN.)"""
    return connection.features.has_select_for_no_key_update


def as_json(value: Any) -> Any:
    """A JSON column's value, as this database takes it."""
    return connection.ops.adapt_json_value(value, None)


def chained(previous: str, room_code: str, entry: Entry) -> str:
    """SHA-256 (hex) over the previous hash and the entry in canonical JSON."""
    name = codec.name_of(entry.event)
    body = {
        "room": room_code,
        "seq": entry.seq,
        "at": entry.at,
        "name": name,
        "version": codec.version_of(name),
        "actor": entry.actor,
        "audience": entry.audience,
        "attribution": entry.attribution,
        "data": codec.to_data(entry.event),
        "request_id": entry.request_id,
    }
    return _link(previous, body)


def _link(previous: str, body: dict[str, object]) -> str:
    return hashlib.sha256(previous.encode() + codec.canonical(body)).hexdigest()


@dataclass(frozen=True, slots=True)
class Row:
    """One event as it is stored, in whatever version wrote it; `audience` and `data` are plain JSON."""

    seq: int
    at: int
    name: str
    version: int
    actor: str
    audience: list[str]
    attribution: str
    data: dict[str, Any]
    request_id: str
    hash: str


def row_of(entry: Entry, link: str) -> Row:
    """How an entry is stored, with its hash."""
    name = codec.name_of(entry.event)
    written = (entry.seq, entry.at, name, codec.version_of(name), entry.actor, list(entry.audience))
    return Row(*written, entry.attribution, codec.to_data(entry.event), entry.request_id, link)


def entry_of(row: "Row | Event") -> Entry:
    """What a row tells. Raises KeyError or TypeError where that is no event that was ever written here."""
    return _entry(*(getattr(row, name) for name in ENTRY))


def link_of(previous: str, code: str, row: "Row | Event") -> str:
    """The hash that a row must have after the one before it, under the code that its chain covers."""
    return _link(previous, _body(code, row))


@dataclass(slots=True)
class Pages:
    """What one transaction adds to the record of one room. `link` is the hash of the last event so far."""

    room_id: int
    code: str
    link: str
    state: RoomState
    rows: list[Row] = field(default_factory=list)

    def add(self, entries: Sequence[Entry], state: RoomState) -> None:
        """More entries, and at once the rows kept beside them; `state` is the state after them."""
        for entry in entries:
            row = row_of(entry, "")
            self.link = link_of(self.link, self.code, row)
            self.rows.append(replace(row, hash=self.link))
        self.state = state
        _keep_read_models(self.room_id, entries, state)


def append(room_id: int, code: str, previous_hash: str, entries: Sequence[Entry], state: RoomState) -> str:
    """Write entries at the head of one room, and the rows kept beside them; `state` is the state after them. See
    `additions`. Returns the new head's hash."""
    pages = Pages(room_id, code, previous_hash, state)
    pages.add(entries, state)
    asked(additions([pages]))
    return pages.link


def additions(pages: Iterable[Pages]) -> list[Statement]:
    """What writes down what was added at the heads of some rooms: all events, and all heads.

    For the caller's transaction. A writer that lost the race gets IntegrityError from (room, seq).
    """
    written = [one for one in pages if one.rows]
    rows = [_values(one.room_id, row) for one in written for row in one.rows]
    moved = [
        (one.room_id, one.state.count, one.link, next_deadline(one.state), one.state.room.status) for one in written
    ]
    return [*in_rows(ADD_EVENTS + "{}", A_ROW, rows), *in_rows(MOVE_HEADS, A_HEAD, moved)]


def in_rows(sql: str, row: str, values: Sequence[Sequence[Any]]) -> Iterator[Statement]:
    """One statement for many rows; several where they are very many, none where there are none."""
    for first in range(0, len(values), ROWS_AT_ONCE):
        some = values[first : first + ROWS_AT_ONCE]
        yield sql.format(", ".join([row] * len(some))), [value for one in some for value in one]


def bring_in(room: Room, rows: Sequence[Row], state: RoomState) -> None:
    """Write a record that was kept elsewhere, exactly as it is there, into a room that has none, and the rows beside
    it; `state` is the state after it. What the hashes cover stands in `room.chained_as`. Call inside a transaction,
    when the room's participants are there."""
    moved = (room.pk, rows[-1].seq, rows[-1].hash, next_deadline(state), state.room.status)
    with connection.cursor() as cursor:
        cursor.executemany(ADD_EVENT, [_values(room.pk, row) for row in rows])
        cursor.execute(MOVE_HEADS.format(A_HEAD), moved)
    rebuild_read_models(room)


def _values(room_id: int, row: Row) -> list[Any]:
    return [
        room_id,
        row.seq,
        row.at,
        row.name,
        row.version,
        row.actor,
        as_json(row.audience),
        row.attribution,
        as_json(row.data),
        row.request_id,
        row.hash,
    ]


def _keep_read_models(room_id: int, entries: Iterable[Entry], state: RoomState) -> None:
    for entry in entries:
        event = entry.event
        if isinstance(event, positions.PositionDeclared):
            DeclaredPosition.objects.create(
                room_id=room_id,
                seq=entry.seq,
                at=entry.at,
                delegation=event.delegation,
                issue=event.issue,
                preferred=event.preferred,
                acceptable=list(event.acceptable),
            )
        elif isinstance(event, ENDS_A_CALL):
            call = state.decisions.call(event.call)
            if call and call.status == "adopted" and not call.subject:
                Agreement.objects.create(room_id=room_id, seq=entry.seq, at=entry.at, **_agreement(call))
        elif isinstance(event, PersonReinvited):
            generation = state.seats.people[event.person].generation
            Participant.objects.filter(room_id=room_id, pid=event.person).update(generation=generation)
        elif isinstance(event, PersonForgotten):
            _forget(room_id, event.person, state.seats.people[event.person].generation, entry.at)


def _forget(room_id: int, pid: str, generation: int, at: int) -> None:
    """Take a name out of the installation. A moderator's account keeps its way in, everybody else's links die."""
    named = Participant.objects.filter(room_id=room_id, pid=pid)
    named.update(name=FORGOTTEN, generation=generation, forgotten_at=at, seen_at=None)
    named.filter(user=None).update(revoked=True)


def _agreement(call: calls.Call) -> dict[str, object]:
    answers = [{"delegation": code, "answer": one.kind, "reason": one.reason} for code, one in call.answers.items()]
    return {
        "call": call.id,
        "title": call.title,
        "rule": call.rule,
        "electorate": list(call.electorate),
        "paragraphs": [{"id": number, "text": text} for number, text in call.paragraphs],
        "answers": answers,
    }


def rebuild_read_models(room: Room) -> None:
    """Make the rows beside the record anew from the record. Call inside a transaction."""
    DeclaredPosition.objects.filter(room=room).delete()
    Agreement.objects.filter(room=room).delete()
    state = RoomState()
    for entry in read(room.pk):
        state = fold([entry], state)
        _keep_read_models(room.pk, [entry], state)


def read(room_id: int, after: int = 0, upto: int | None = None) -> list[Entry]:
    """Entries with after < seq <= upto, in order."""
    return [_entry(*row) for row in _stretch(room_id, after, upto).values_list(*ENTRY).iterator(chunk_size=2000)]


# Of what `_entry` makes an entry: without a model for each row, a long record is read in two thirds of the time.
ENTRY = ("seq", "at", "actor", "audience", "attribution", "name", "version", "data", "request_id")


def _entry(
    seq: int,
    at: int,
    actor: str,
    audience: Iterable[str],
    attribution: str,
    name: str,
    version: int,
    data: Mapping[str, Any],
    request_id: str,
) -> Entry:
    return Entry(seq, at, actor, tuple(audience), attribution, codec.from_data(name, version, data), request_id)


def _stretch(room_id: int, after: int, upto: int | None) -> "QuerySet[Event]":
    rows = Event.objects.filter(room_id=room_id, seq__gt=after).order_by("seq")
    return rows if upto is None else rows.filter(seq__lte=upto)


def _rows(room_id: int, after: int, upto: int | None) -> Iterator[Event]:
    return _stretch(room_id, after, upto).iterator(chunk_size=2000)


def written(room_id: int) -> list[Row]:
    """The whole record as it is stored."""
    return [Row(*(getattr(row, name) for name in Row.__slots__)) for row in _rows(room_id, 0, None)]


def read_with_hash(room_id: int, after: int) -> tuple[list[Entry], str]:
    """Entries after a seq, and the hash of the last of them ("" if there is none)."""
    rows = list(_stretch(room_id, after, None).values_list(*ENTRY, "hash").iterator(chunk_size=2000))
    return [_entry(*row[:-1]) for row in rows], rows[-1][-1] if rows else ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a record does not hold: the first seq that fails, and why."""

    seq: int
    reason: str


def verify(room: Room) -> Fault | None:
    """Walk the chain from the first event; None if nothing was changed, removed, inserted or reordered.

    The fault names the first seq that is not as it was written: an event that was changed in any column but its
    database id, the place where one is missing, the first that stands where another stood, the head where only the
    room's own columns were changed. What people add meanwhile is walked, too: a record may be verified while its room
    is in use.

    What this cannot find: a record that was written anew from some event on, with every later hash and the room's
    `head_hash` computed again, or cut off at the end with `head` and `head_hash` set to what is left. Whoever can
    write to the database can do that. Against it helps a head hash that was noted elsewhere, or an archive that
    somebody keeps: see `follows`.
    """
    link, walked, code = "", 0, room.chained_as or room.code
    while True:
        head, head_hash = _head(room)
        for row in _rows(room.pk, walked, head):
            if row.seq != walked + 1:
                break
            link = link_of(link, code, row)
            if row.hash != link:
                return Fault(row.seq, f"event {row.seq} is not what was written")
            walked += 1
        if walked != head:
            return Fault(walked + 1, f"event {walked + 1} is missing")
        if head and link != head_hash:
            return Fault(head, f"the room remembers another last event than event {head}")
        if not Event.objects.filter(room_id=room.pk, seq__gt=head).exists():
            return None
        if _head(room)[0] == head:
            return Fault(head + 1, f"the room says it has {head} events, the record goes on after them")


def follows(room: Room, seq: int, link: str) -> bool:
    """Whether the record of a room still begins with the one that, when it had `seq` events, had the head hash `link`
    (noted, or kept in an archive). Says something only of a room whose chain holds."""
    return Event.objects.filter(room=room, seq=seq, hash=link).exists()


def _head(room: Room) -> tuple[int, str]:
    return Room.objects.values_list("head", "head_hash").get(pk=room.pk)


def _body(code: str, row: Row | Event) -> dict[str, object]:
    return {
        "room": code,
        "seq": row.seq,
        "at": row.at,
        "name": row.name,
        "version": row.version,
        "actor": row.actor,
        "audience": row.audience,
        "attribution": row.attribution,
        "data": row.data,
        "request_id": row.request_id,
    }
