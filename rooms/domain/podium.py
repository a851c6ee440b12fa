"""What the floor is made of: names on the list, the speech that runs, what was said, and what the last turn replaced.

Only data and what can be read off it. Who may change it, and how, stands in `floor` and the modules beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from rooms.domain import sight
from rooms.domain.replacing import replace

SPEECH_KINDS = ("statement", "perspective", "question", "reply", "proposal", "procedural")
RIGHT_OF_REPLY = "right_of_reply"  # asked for by a command of its own, never chosen as a kind of speech
# What a screen shows at once; older statements are read from the record, so a state never grows with the talk.
TRANSCRIPT_WINDOW = 40


@dataclass(frozen=True, slots=True)
class Request:
    """A name on the speakers' list, or on the short list of replies. `recognised`: the chair has announced that it is
    called next. `about`: the delegation to whose words a right of reply answers."""

    id: str
    person: str
    seat: str
    delegation: str
    kind: str
    at: int
    recognised: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """Who has the floor. `started_at` moves forward over a pause and an interruption, so that its clock less
    started_at is time spoken. `interrupted_at` is where the clock stands, None while it runs."""

    id: str
    person: str
    seat: str
    delegation: str
    kind: str
    started_at: int
    ends_at: int
    time_up: bool = False
    interrupted_at: int | None = None
    interrupted_for: str = ""
    gist: str = ""

    def shifted(self, by_ms: int) -> "Speech":
        """The speech with its clock moved forward, as over a pause."""
        stands = None if self.interrupted_at is None else self.interrupted_at + by_ms
        return replace(self, started_at=self.started_at + by_ms, ends_at=self.ends_at + by_ms, interrupted_at=stands)


@dataclass(frozen=True, slots=True)
class Statement:
    """What was said, as the room heard it. The chair's own words have no seat and no delegation; those of a caucus
    are `of` several. `to`: whom a question was put to; `reply_to`: whose question it answers."""

    id: str
    person: str
    seat: str
    delegation: str
    kind: str
    text: str
    at: int
    item: str
    withdrawn: bool = False
    of: tuple[str, ...] = ()
    to: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A speech that ended without a statement in writing. `rule` is the attribution rule under which it was given;
    `gist` the one line that somebody kept of it."""

    id: str
    person: str
    seat: str
    delegation: str
    kind: str
    at: int
    spoken_ms: int
    item: str
    rule: str
    gist: str = ""
    to: str = ""
    reply_to: str = ""


Heard = tuple[str, str, str]  # item, attribution rule, delegation
Place = tuple[str, str]  # item, seat


@dataclass(frozen=True, slots=True)
class Turn:
    """The last change of the floor, as long as it can be taken back: the speech it began ("" while it has only ended
    one), the name that was called (None for somebody called directly), the speech that it ended (None for none) with
    the time that had counted for it, and what had been counted before."""

    at: int
    speech: str = ""
    called: Request | None = None
    ended: Speech | None = None
    ended_ms: int = 0
    heard: frozenset[Heard] = frozenset()
    once: frozenset[Place] = frozenset()
    replied: frozenset[Place] = frozenset()


@dataclass(frozen=True, slots=True)
class Floor:
    """`spoken_ms` and `speeches` count by delegation since the session began, `restricted_ms` what of that was spoken
    in officials' sessions. `heard` is who spoke in which item, `once` who has used their one turn in it, `replied` who
    their right of reply. `listed_in` is the item in which a name last came on the list, None for no name yet."""

    list_open: bool = True
    queue: tuple[Request, ...] = ()
    replies: tuple[Request, ...] = ()
    speech: Speech | None = None
    speech_seconds: int = 120
    speak_once: bool = False
    more_replies: bool = False
    spoken_ms: Mapping[str, int] = field(default_factory=dict)
    restricted_ms: Mapping[str, int] = field(default_factory=dict)
    speeches: Mapping[str, int] = field(default_factory=dict)
    heard: frozenset[Heard] = frozenset()
    once: frozenset[Place] = frozenset()
    replied: frozenset[Place] = frozenset()
    listed_in: str | None = None
    transcript: tuple[Statement, ...] = ()
    spoken: tuple[Spoken, ...] = ()
    turn: Turn | None = None
    requests: int = 0
    statements: int = 0
    restricted_requests: int = 0  # those of officials' sessions are counted apart: nobody else knows how many
    restricted_statements: int = 0

    def request_of(self, person: str) -> Request | None:
        return next((request for request in self.queue if request.person == person), None)

    def request_from_seat(self, seat: str) -> Request | None:
        return next((request for request in self.queue if request.seat == seat), None)

    def reply_from_seat(self, seat: str) -> Request | None:
        return next((request for request in self.replies if request.seat == seat), None)

    def with_one_more(self, request: str) -> "Floor":
        """The floor with one more id given to a name on the list."""
        if request.startswith(sight.RESTRICTED):
            return replace(self, restricted_requests=self.restricted_requests + 1)
        return replace(self, requests=self.requests + 1)

    def heard_in(self, item: str, rule: str = "") -> frozenset[str]:
        """The delegations that have spoken in an item; if need be only under a rule."""
        return frozenset(code for at, under, code in self.heard if at == item and rule in ("", under))

    @property
    def waiting(self) -> tuple[Request, ...]:
        """All who wait, in the order in which they are called: the list, then the rights of reply."""
        return (*self.queue, *self.replies)

    @property
    def following(self) -> Request | None:
        """Who is called next: whom the chair has announced, else the first who waits."""
        announced = next((request for request in self.waiting if request.recognised), None)
        return announced or next(iter(self.waiting), None)

    def list_status(self, item: str) -> str:
        """Where the list stands in an item: open, closed to new names, exhausted, or closed before anybody asked."""
        if self.list_open:
            return "open"
        if self.queue:
            return "closed_to_new_names"
        return "exhausted" if self.listed_in == item else "closed"


def without(waiting: tuple[Request, ...], request_id: str) -> tuple[Request, ...]:
    return tuple(request for request in waiting if request.id != request_id)


Kept = TypeVar("Kept", Statement, Spoken)


def window(said: Iterable[Kept], newest: str) -> tuple[Kept, ...]:
    """The last of what was said. What officials say among themselves pushes nothing out that others read."""
    everything, restricted = tuple(said), newest.startswith(sight.RESTRICTED)
    alike = [one for one in everything if one.id.startswith(sight.RESTRICTED) == restricted]
    over = alike[:-TRANSCRIPT_WINDOW]
    return tuple(one for one in everything if one not in over)
