"""The past of a room, kept ready so that any of its moments opens at once.

A `Tape` is one reader's record, through their own eyes or through somebody else's: with a folded state at every so
many entries, and with what is worth telling of them. Looking through other eyes only narrows: of what the reader may
read, the entries that those eyes saw. Tapes are made once for all who read the same, and go on with the record. All of
them can be lost and made again.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from rooms.debrief import charts, timeline
from rooms.debrief.charts import Mark
from rooms.debrief.report import Moment
from rooms.domain.agenda import ItemStarted
from rooms.domain.fold import apply, fold
from rooms.domain.record import Entry
from rooms.domain.sight import Audience
from rooms.domain.state import RoomState
from rooms.painting import Painter

FRAME_EVERY = 64  # entries between two states that are kept: folding so many takes about two milliseconds
AFTER_CLOSING = 3_600_000  # ms after the closing that still belong to the session's strip: the hot wash


@dataclass(frozen=True, slots=True)
class Stop:
    """An item of the agenda, and the moment when it first began."""

    item: str
    title: str
    cursor: int


@dataclass(frozen=True)
class Tape:
    """A record (`entries`; a cursor counts them from 1) as some `eyes` saw it, None for the reader's own. `steps`: the
    cursors of what they saw; `frames`: how things stood for them after every `FRAME_EVERY` of these, the first before
    all of them; `state`: after all of them; `began`: when each item of the agenda first did. Nothing of it changes."""

    entries: Sequence[Entry] = ()
    eyes: Audience | None = None
    steps: Sequence[int] = ()
    frames: Sequence[RoomState] = (RoomState(),)
    state: RoomState = field(default_factory=RoomState)
    moments: Sequence[Moment] = ()
    began: Mapping[str, int] = field(default_factory=dict)
    painter: Painter = field(default_factory=Painter, compare=False)
    # How many steps were looked at last, and how things stood then: who plays on goes on from there.
    _stood: list[tuple[int, RoomState]] = field(default_factory=lambda: [(0, RoomState())], compare=False)

    @property
    def last(self) -> int:
        return len(self.entries)

    @cached_property
    def times(self) -> list[int]:
        """The instant (ms) of each moment, from the first; it never goes back, whatever a clock once did."""
        return list(accumulate((entry.at for entry in self.entries), max))

    def cursor_at(self, instant: int) -> int:
        """The moment to which an instant (ms) belongs: the last one not after it; before all of them, the first."""
        return max(1, bisect_right(self.times, instant))

    def state_at(self, cursor: int) -> RoomState:
        """How things stood at a moment for these eyes; at 0, before everything."""
        seen = bisect_right(self.steps, cursor)
        frame = seen // FRAME_EVERY
        done, state = frame * FRAME_EVERY, self.frames[frame]
        stood = self._stood[0]  # read once: other threads look at the same tape
        if done < stood[0] <= seen:
            done, state = stood
        state = fold((self.entries[step - 1] for step in self.steps[done:seen]), state)
        self._stood[0] = (seen, state)
        return state

    def before(self, cursor: int) -> int:
        """The moment before this one at which these eyes saw something; 0 if there is none."""
        earlier = bisect_left(self.steps, cursor)
        return self.steps[earlier - 1] if earlier else 0

    def after(self, cursor: int) -> int:
        """The moment after this one at which these eyes saw something; 0 if there is none."""
        seen = bisect_right(self.steps, cursor)
        return self.steps[seen] if seen < len(self.steps) else 0

    # What is worth telling

    @cached_property
    def _told_at(self) -> list[int]:
        return [one.cursor for one in self.moments]

    def told(self, cursor: int) -> Moment | None:
        """The last thing worth telling that had happened by this moment."""
        known = bisect_right(self._told_at, cursor)
        return self.moments[known - 1] if known else None

    @property
    def stops(self) -> list[Stop]:
        """The items that began, in the order of the agenda."""
        items = self.state.agenda.items
        return [Stop(one.id, one.title, self.began[one.id]) for one in items if one.id in self.began]

    @property
    def since(self) -> int:
        """Where the strip begins: when the session did; while it has not, when the room was opened."""
        room = self.state.room
        return room.started_at or room.opened_at or (self.times[0] if self.times else 0)

    @cached_property
    def until(self) -> int:
        """Where the strip ends: with the last moment, but not days after the closing."""
        closed_at = self.state.room.closed_at
        last = self.times[-1] if self.times else 0
        if closed_at is None:
            return last
        return self.times[self.cursor_at(closed_at + AFTER_CLOSING) - 1] if last else closed_at

    def place(self, instant: int) -> int:
        """Where an instant (ms) lies along the strip, from 0 to 1000."""
        return charts.scaled(instant - self.since, self.until - self.since)

    @cached_property
    def tracks(self) -> tuple[tuple[str, tuple[Mark, ...]], ...]:
        """For each kind of moment that there was, its marks along the strip; of several in one place, the first."""
        marks: dict[str, dict[int, Mark]] = {kind: {} for kind in timeline.KINDS}
        for one in self.moments:
            place = self.place(one.at)
            marks[one.kind].setdefault(place, Mark(place, one.cursor, one.sentence))
        return tuple((kind, tuple(made.values())) for kind, made in marks.items() if made)

    # Panels

    def paint(self, cursor: int, screen: str, audience: Audience, names: Mapping[str, str]) -> dict[str, str]:
        """The panels of a screen at a moment. What has not changed since a moment that was painted before is not
        painted again; but with other names it is, so that none outlives its being forgotten."""
        named = hash(frozenset(names.items()))
        return self.painter.paint(named, screen, audience, self.state_at(cursor), names)


def recorded(entries: Sequence[Entry], eyes: Audience | None = None, tape: Tape | None = None) -> Tape:
    """The tape of a record through some eyes. With an earlier `tape` of the same, only what came after, or what has
    become otherwise, is looked at."""
    tape = tape or Tape(eyes=eyes)
    same = _in_common(tape.entries, entries)
    seen = bisect_right(tape.steps, same)
    steps, frames = list(tape.steps[:seen]), list(tape.frames[: seen // FRAME_EVERY + 1])
    moments = [one for one in tape.moments if one.cursor <= same]
    began = {item: cursor for item, cursor in tape.began.items() if cursor <= same}
    state = tape.state if seen == len(tape.steps) else tape.state_at(same)
    for cursor, entry in enumerate(entries[same:], start=same + 1):
        if eyes is not None and not eyes.sees(entry):
            continue
        before, state = state, apply(state, entry)
        steps.append(cursor)
        if len(steps) % FRAME_EVERY == 0:
            frames.append(state)
        told = timeline.moment(cursor, entry, before, state)
        if told:
            moments.append(told)
        if isinstance(entry.event, ItemStarted):
            began.setdefault(entry.event.item, cursor)
    return Tape(entries, eyes, steps, frames, state, moments, began, tape.painter)


def _in_common(old: Sequence[Entry], new: Sequence[Entry]) -> int:
    """How many entries two records begin with alike."""
    pairs = zip(old, new, strict=False)
    differs = (n for n, (one, other) in enumerate(pairs) if one is not other and one != other)
    return next(differs, min(len(old), len(new)))
