"""A participant's own page: what they themselves said and did, in order, for their eyes alone.

It is made from what their audience could see and from what they answered under seal; never from anybody else's words.
What was said off the record is in it no more than anywhere else: nobody quotes it, not even who said it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from rooms.debrief import perceived, timeline
from rooms.debrief.report_perceptions import OwnRound
from rooms.domain import attribution, caucuses, checks, floor, statements
from rooms.domain.record import Entry
from rooms.domain.sharing import PARTS
from rooms.domain.sight import THE_MODERATORS, Audience, visible
from rooms.domain.state import RoomState

MOST = 300  # lines of what somebody did; a chair presses more buttons than anybody reads again


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A statement of one's own; `item` its title, `rule` under which it was said. `at` in ms UTC opens the moment."""

    at: int
    item: str
    kind: str
    rule: str
    text: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class OwnDeed:
    """Something one did, as the timeline tells it."""

    at: int
    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class OwnMeeting:
    """A caucus that one sat in: with whom (codes of delegations, one's own left out), and for how long (ms)."""

    at: int
    others: tuple[str, ...]
    ms: int


@dataclass(frozen=True, slots=True)
class OwnPage:
    """`spoken_ms` with the floor in `speeches`; `right` of `checked` questions on one's own pack answered rightly."""

    seats: tuple[str, ...] = ()
    spoken_ms: int = 0
    speeches: int = 0
    words: tuple[OwnWords, ...] = ()
    meetings: tuple[OwnMeeting, ...] = ()
    deeds: tuple[OwnDeed, ...] = ()
    more: int = 0
    checked: int = 0
    right: int = 0
    perceptions: tuple[OwnRound, ...] = ()


@dataclass(slots=True)
class _Kept:
    """What is written down on the way through the record."""

    chairs: bool
    assesses: bool
    seats: list[str] = field(default_factory=list)
    speeches: set[str] = field(default_factory=set)
    spoken: dict[str, int] = field(default_factory=dict)
    words: list[tuple[str, OwnWords]] = field(default_factory=list)
    withdrawn: set[str] = field(default_factory=set)
    meetings: dict[str, tuple[int, tuple[str, ...], int]] = field(default_factory=dict)
    deeds: list[OwnDeed] = field(default_factory=list)
    checked: dict[int, bool] = field(default_factory=dict)


def own_page(
    record: Sequence[Entry],
    person: str,
    audience: Audience,
    shown: Collection[str] = tuple(PARTS),
    *,
    assesses: bool = False,
) -> OwnPage:
    """The page of a person of this audience, from the whole record of their room. `shown`: the parts of the debrief
    that they read; what others said stands beside their own only as far as that goes. `assesses`: they keep the
    assessment record, so that the page may name whom they gave the floor."""
    kept = _Kept(chairs=audience == THE_MODERATORS, assesses=assesses)
    for cursor, entry, before, after in timeline.walk(visible(record, audience)):
        _note(kept, cursor, entry, before, after, person)
    deeds = kept.deeds[:MOST]
    return OwnPage(
        tuple(kept.seats),
        sum(kept.spoken.values()),
        len(kept.spoken),
        tuple(_worded(number, one, kept.withdrawn) for number, one in kept.words),
        tuple(OwnMeeting(*one) for one in kept.meetings.values()),
        tuple(deeds),
        len(kept.deeds) - len(deeds),
        len(kept.checked),
        sum(kept.checked.values()),
        perceived.own(record, person, shown),
    )


def _worded(number: str, one: OwnWords, withdrawn: set[str]) -> OwnWords:
    return OwnWords(one.at, one.item, one.kind, one.rule, one.text, number in withdrawn)


def _note(kept: _Kept, cursor: int, entry: Entry, before: RoomState, after: RoomState, person: str) -> None:
    event = entry.event
    sits = after.seats.people.get(person)
    if sits and sits.seat and (not kept.seats or kept.seats[-1] != sits.seat):
        kept.seats.append(sits.seat)
    if isinstance(event, floor.FloorGiven) and event.person == person:
        kept.speeches.add(event.request)
    elif isinstance(event, floor.SpeechEnded) and event.speech in kept.speeches:
        kept.spoken[event.speech] = event.spoken_ms
    elif isinstance(event, caucuses.CaucusBegan | caucuses.CaucusClosed):
        _note_meeting(kept, entry, before, after, kept.seats[-1] if kept.seats else "")
    elif isinstance(event, checks.QuestionAnswered) and event.person == person:
        kept.checked.setdefault(event.question, event.right)
    if entry.actor == person and not _off_the_record(entry) and not _tells_of_others(entry, kept, person):
        _note_own(kept, cursor, entry, before, after)


# What is said, on the floor or aside; all else that people do are documents, which no rule takes away.
SAID = (*attribution.FLOOR_EVENTS, *attribution.ASIDE_EVENTS, attribution.SAID_OF_A_TEXT)
CONDUCT = attribution.CONDUCT_EVENTS


def _off_the_record(entry: Entry) -> bool:
    return entry.attribution == attribution.OFF_THE_RECORD and isinstance(entry.event, SAID)


def _tells_of_others(entry: Entry, kept: _Kept, person: str) -> bool:
    """Whether a deed would say who else spoke, asked or wrote, where the rule protects them: a chair's deeds on the
    floor and aside do, but for the chair's own words."""
    event = entry.event
    if kept.assesses or entry.attribution == attribution.ON_THE_RECORD or not isinstance(event, (*SAID, *CONDUCT)):
        return False
    theirs = getattr(event, "person", "") == person
    return not theirs if kept.chairs else getattr(event, "person", person) not in ("", person)


def _note_own(kept: _Kept, cursor: int, entry: Entry, before: RoomState, after: RoomState) -> None:
    event = entry.event
    if isinstance(event, statements.StatementMade):
        item = after.agenda.item(event.item)
        words = OwnWords(entry.at, item.title if item else "", event.kind, entry.attribution, event.text, False)
        kept.words.append((event.statement, words))
        return
    if isinstance(event, statements.StatementWithdrawn):
        kept.withdrawn.add(event.statement)
    told = timeline.moment(cursor, entry, before, after)
    if told and told.kind != "room":
        kept.deeds.append(OwnDeed(entry.at, told.kind, told.sentence))


def _note_meeting(kept: _Kept, entry: Entry, before: RoomState, after: RoomState, seat: str) -> None:
    event = entry.event
    if isinstance(event, caucuses.CaucusBegan) and seat in event.seats:
        if entry.attribution == attribution.OFF_THE_RECORD:  # not even that it met
            return
        mine = after.prepared.seat(seat)
        others = tuple(
            code for code in caucuses.delegations_of(after, event.seats) if mine is None or code != mine.delegation
        )
        kept.meetings[event.caucus] = (entry.at, others, 0)
    elif isinstance(event, caucuses.CaucusClosed) and event.caucus in kept.meetings:
        at, others, _ = kept.meetings[event.caucus]
        known = before.caucuses.known.get(event.caucus)
        began = known.began_at if known and known.began_at is not None else at
        kept.meetings[event.caucus] = (at, others, max(0, before.room.instant(entry.at) - began))
