"""What every part of a report asks of the record as a whole: what delegations are called, when the session ran, and
what the reader of this record can know at all, so that a count of what is kept from them is never shown as none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rooms.debrief.report_parts import Moment
from rooms.domain import attribution, sight
from rooms.domain.positions import PositionDeclared
from rooms.domain.record import Entry
from rooms.domain.room import PackDelivered, RoomOpened
from rooms.domain.state import RoomState

Span = tuple[int, int]  # since, until, in ms
WINDOW = 600_000  # ms: what came “shortly before” or “within ten minutes after”
GIST = "gist-"  # how the number of a line begins that somebody noted down of a speech
HIDDEN = "hidden"  # of caucuses: only their members and the chair know of them
# What nobody else reads afterwards where a rule protects what is said.
LEFT_OUT = (*attribution.ASIDE_EVENTS, *attribution.CONDUCT_EVENTS)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where in the record something stands."""

    at: int
    cursor: int


@dataclass(frozen=True, slots=True)
class Clock:
    """When the session ran: from `since` (None: not yet) to `until`, but for the `pauses`."""

    since: int | None
    until: int
    pauses: Sequence[Span]

    def ran_ms(self, since: int, until: int) -> int:
        """How long of a stretch (ms) the session ran."""
        if self.since is None:
            return 0
        since, until = max(since, self.since), min(until, self.until)
        stopped = sum(max(0, min(until, end) - max(since, begin)) for begin, end in self.pauses)
        return max(0, until - since - stopped)

    def into_ms(self, at: int) -> int:
        """How far into the session an instant lies."""
        return self.ran_ms(self.since or at, at)


@dataclass(frozen=True, slots=True)
class Reader:
    """What a record's reader can know. `of_chair`: what the moderators read; `own`: the delegation whose pack alone it
    holds, "" for none; `whole`: nothing that a rule protects has been left out; `off_record`: something was off the
    record, of which others than the assessment record only tell that it took place."""

    of_chair: bool
    own: str
    whole: bool
    off_record: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """`names` by delegation code; `told` the timeline's line at a cursor, where there is one; `seated` the delegations
    that had somebody let in, in the order of the table."""

    state: RoomState
    clock: Clock
    reader: Reader
    names: Mapping[str, str]
    told: Mapping[int, Moment]
    seated: tuple[str, ...]

    def name(self, code: str) -> str:
        """What a delegation is called; the chair for ""."""
        return self.names.get(code, code) or "The chair"

    def sentence(self, cursor: int | None) -> str:
        """What the timeline says at a cursor; "" for nothing."""
        moment = self.told.get(cursor or 0)
        return moment.sentence if moment else ""

    @property
    def knows_caucuses(self) -> bool:
        """Whether it would be told of every caucus that met."""
        reader, hidden = self.reader, self.state.prepared.caucus_existence == HIDDEN
        return (reader.of_chair or not hidden) and (reader.whole or not reader.off_record)


def moves_from(event: PositionDeclared, before: RoomState) -> bool:
    """Whether a public position prefers another option than the one that the delegation had declared before."""
    held = before.positions.public_of(event.delegation, event.issue)
    return held is not None and held.preferred != event.preferred


def reader_of(entries: Sequence[Entry]) -> Reader:
    """Whose record this is, as far as it shows."""
    packs = list(dict.fromkeys(entry.event.delegation for entry in entries if isinstance(entry.event, PackDelivered)))
    of_chair = len(packs) > 1 or any(entry.audience == (sight.MODERATORS,) for entry in entries)
    later = (entry for entry in entries if not isinstance(entry.event, RoomOpened))  # which sets the rule
    protected = [entry for entry in later if entry.attribution != attribution.ON_THE_RECORD]
    off_record = any(entry.attribution == attribution.OFF_THE_RECORD for entry in protected)
    return Reader(of_chair, "" if of_chair or not packs else packs[0], _is_whole(protected), off_record)


def _is_whole(protected: Sequence[Entry]) -> bool:
    """Whether something stands there that `attribution.afterwards` leaves out, if only by which press of a button an
    entry came about; or there was nothing to leave out."""
    return not protected or any(
        entry.request_id or names_a_speaker(entry) or type(entry.event) in LEFT_OUT for entry in protected
    )


def names_a_speaker(entry: Entry) -> bool:
    """Whether an entry tells which delegation had the floor although the rule in force protects it."""
    if type(entry.event) not in attribution.FLOOR_EVENTS or entry.attribution == attribution.ON_THE_RECORD:
        return False
    return bool(getattr(entry.event, "delegation", ""))
