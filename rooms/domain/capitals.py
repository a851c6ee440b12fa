"""The capital: who instructs a delegation - the moderator, a student cell, or the pack's constituencies (rulebook 11).

The software never decides alone unless the room says so. What a delegation and its capital write to each other is read
by the two and the chair; what a capital has answered is in `ratification`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rooms.domain import offices, roles, seats, sight
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

MODERATOR, CELL, CONSTITUENCIES = "moderator", "cell", "constituencies"
KINDS = (MODERATOR, CELL, CONSTITUENCIES)
ROLE = "capital"  # of a person who is appointed
WINDOW = 40  # words of one exchange that a screen shows; older ones are read from the record
LONGEST = 4_000  # characters of one telegram
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Word:
    """One telegram between a delegation and its capital. `voice` says which side wrote it: delegation, capital or
    constituencies; `document` is the text on which it asks or answers, "" for anything else; `seat` is "" but where a
    delegate wrote it."""

    id: str
    voice: str
    person: str
    seat: str
    text: str
    document: str
    at: int


@dataclass(frozen=True, slots=True)
class Capitals:
    """`kind` says who decides: the moderator; the delegation's student cell, the moderator where there is none; or the
    constituencies, when those for or against the text weigh `share` hundredths. `words` and `counts` by delegation;
    `briefed` are the delegations whose pack their cell has; `before` what appointed people were."""

    kind: str = MODERATOR
    share: int = 50
    words: Mapping[str, tuple[Word, ...]] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    briefed: tuple[str, ...] = ()
    before: Mapping[str, str] = field(default_factory=dict)


# Events


@dataclass(frozen=True, slots=True)
class CapitalsSet:
    kind: str
    share: int


@dataclass(frozen=True, slots=True)
class CapitalAppointed:
    person: str
    delegation: str


@dataclass(frozen=True, slots=True)
class CapitalReleased:
    """`role`: what the person is again, a delegate without a seat or an observer."""

    person: str
    delegation: str
    role: str


@dataclass(frozen=True, slots=True)
class CapitalBriefed:
    """A delegation's cell has its pack from now on, with the mandate."""

    delegation: str
    pack: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CapitalWord:
    """One telegram; see `Word`."""

    word: str
    delegation: str
    voice: str
    person: str
    seat: str
    text: str
    document: str = ""


# Commands


@dataclass(frozen=True, slots=True)
class SetCapitals:
    """The moderator says who decides at home: moderator, cell, or constituencies. `share`: how many of 100 the
    constituencies on one side must weigh to decide, 50 to 100."""

    kind: str
    share: int = 50


@dataclass(frozen=True, slots=True)
class AppointCapital:
    """The moderator makes somebody a delegation's capital: they read its pack and what it writes home, and instruct it.
    A delegate leaves floor and seat first; who waits is let in."""

    person: str
    delegation: str


@dataclass(frozen=True, slots=True)
class ReleaseCapital:
    """The moderator ends somebody's office as a capital. They observe from then on, or can be given a seat again."""

    person: str


@dataclass(frozen=True, slots=True)
class WriteToCapital:
    """A seated delegate writes home, at any time and about anything."""

    words: str


@dataclass(frozen=True, slots=True)
class WriteFromCapital:
    """The moderator, or somebody of the delegation's cell, writes to it as its capital."""

    delegation: str
    words: str


# Rules


def set_capitals(state: "RoomState", actor: str, command: SetCapitals, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    if command.kind not in KINDS:
        raise Refused("unknown_capital", "The capital is the moderator, a cell or the constituencies.", field="kind")
    if not HUNDRED // 2 <= command.share <= HUNDRED:
        raise Refused("share_range", "Let 50 to 100 of 100 at home be needed to decide.", field="share")
    if (command.kind, command.share) == (state.capitals.kind, state.capitals.share):
        return []
    return [CapitalsSet(command.kind, command.share)]


def appoint_capital(state: "RoomState", actor: str, command: AppointCapital, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    person, code = seats.known(state, command.person), in_the_room(state, command.delegation)
    if person.role == "moderator":
        raise Refused("is_moderator", "A moderator can answer for every capital already. Choose somebody else.")
    if person.role == "projector":
        raise Refused("is_screen", "That is a screen on the wall. Choose a person.")
    if (person.role, person.instructs) == (ROLE, code):
        return []
    left = offices.leaves_table(state, person, "became a capital", at)
    events: list[Any] = [*left, CapitalAppointed(person.id, code)]
    if code in state.prepared.packs and code not in state.capitals.briefed:
        events.append(CapitalBriefed(code, state.prepared.packs[code]))
    if state.capitals.kind == MODERATOR:  # who appoints a cell wants it to decide
        events.append(CapitalsSet(CELL, state.capitals.share))
    return events


def release_capital(state: "RoomState", actor: str, command: ReleaseCapital, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    person = seats.known(state, command.person)
    if person.role != ROLE:
        raise Refused("not_a_capital", "That person is no delegation's capital. Look at the list of people again.")
    role = "delegate" if state.capitals.before.get(person.id) == "delegate" else "observer"
    return [CapitalReleased(person.id, person.instructs, role)]


def write_to_capital(state: "RoomState", actor: str, command: WriteToCapital, _at: int) -> list[Any]:
    person = roles.delegate(state, actor)
    roles.open_room(state)
    return [word(state, person.delegation, "delegation", written(command.words), person=actor, seat=person.seat)]


def write_from_capital(state: "RoomState", actor: str, command: WriteFromCapital, _at: int) -> list[Any]:
    code = speaks_for_capital(state, actor, command.delegation)
    roles.open_room(state)
    return [word(state, code, "capital", written(command.words), person=actor)]


def in_the_room(state: "RoomState", code: str) -> str:
    """The code of a delegation that takes part."""
    if state.prepared.delegation(code) is None:
        raise Refused("unknown_delegation", "There is no such delegation in this room. Choose one from the list.")
    return code


def written(words: str) -> str:
    """What somebody wrote, if it can be sent."""
    if not words:
        raise Refused("words_needed", "Write your telegram first.", field="words")
    if len(words) > LONGEST:
        raise Refused("too_long", f"A telegram has {LONGEST:,} characters at most. Shorten it.", field="words")
    return words


def word(
    state: "RoomState",
    code: str,
    voice: str,
    text: str,
    *,
    person: str = "",
    seat: str = "",
    document: str = "",
    after: int = 0,
) -> CapitalWord:
    """The next telegram of an exchange; `after` counts those of the same command that come before it."""
    number = state.capitals.counts.get(code, 0) + 1 + after
    return CapitalWord(f"h-{code}-{number}", code, voice, person, seat, text, document)


def speaks_for_capital(state: "RoomState", actor: str, code: str) -> str:
    """The delegation, if somebody may write to it as its capital: the moderator, or one of its cell."""
    person = state.seats.people.get(actor)
    if person is None or person.removed or person.role not in ("moderator", ROLE):
        raise Refused("not_capital", "Only a delegation's capital writes to it. Ask the chair to appoint you.")
    if person.role == ROLE and person.instructs != code:
        raise Refused("other_capital", f"You are the capital of {person.instructs}, and instruct nobody else.")
    return in_the_room(state, code)


def decides(state: "RoomState", actor: str, code: str) -> str:
    """The same, if they may also decide for it: a cell where the room says that cells do, the moderator always."""
    speaks_for_capital(state, actor, code)
    if state.seats.people[actor].role == ROLE and state.capitals.kind != CELL:
        who = "the moderator decides" if state.capitals.kind == MODERATOR else "the constituencies decide"
        raise Refused("cell_advises", f"In this room {who} at home. Write to your delegation what you think instead.")
    return code


def cell_of(state: "RoomState", code: str) -> tuple[seats.Person, ...]:
    """Who is appointed as a delegation's capital, and in the room."""
    return tuple(one for one in state.seats.inside(ROLE) if one.instructs == code)


# Fold


def _set(state: "RoomState", event: CapitalsSet, _entry: Entry) -> "RoomState":
    return replace(state, capitals=replace(state.capitals, kind=event.kind, share=event.share))


def _appointed(state: "RoomState", event: CapitalAppointed, _entry: Entry) -> "RoomState":
    person = state.seats.people[event.person]
    was = state.capitals.before.get(person.id, "observer") if person.role == ROLE else person.role
    before = {**state.capitals.before, person.id: was}
    # From here on they know this delegation's mandate: no other one seats them but by the chair's hand.
    known = {"instructs": event.delegation, "sat_with": event.delegation}
    appointed = seats.changed(state, person.id, role=ROLE, admitted=True, muted=False, **known)
    return replace(appointed, capitals=replace(state.capitals, before=before))


def _released(state: "RoomState", event: CapitalReleased, _entry: Entry) -> "RoomState":
    return seats.changed(state, event.person, role=event.role, instructs="")


def _briefed(state: "RoomState", event: CapitalBriefed, _entry: Entry) -> "RoomState":
    packs = {**state.prepared.packs, event.delegation: event.pack}
    briefed = (*state.capitals.briefed, event.delegation)
    return replace(
        state, prepared=replace(state.prepared, packs=packs), capitals=replace(state.capitals, briefed=briefed)
    )


def _worded(state: "RoomState", event: CapitalWord, entry: Entry) -> "RoomState":
    held, code = state.capitals, event.delegation
    new = Word(event.word, event.voice, event.person, event.seat, event.text, event.document, entry.at)
    words = {**held.words, code: (*held.words.get(code, ()), new)[-WINDOW:]}
    counts = {**held.counts, code: held.counts.get(code, 0) + 1}
    return replace(state, capitals=replace(held, words=words, counts=counts))


def _the_exchange(event: CapitalWord) -> tuple[str, ...]:
    return (sight.delegation(event.delegation), sight.capital(event.delegation), sight.MODERATORS)


def _the_cell(event: CapitalBriefed) -> tuple[str, ...]:
    return (sight.capital(event.delegation), sight.MODERATORS)


EVENTS = {
    "capitals.set": (CapitalsSet, sight.everyone, _set),
    "seats.capital_appointed": (CapitalAppointed, sight.everyone_and_lobby, _appointed),
    "seats.capital_released": (CapitalReleased, sight.everyone_and_lobby, _released),
    "capitals.briefed": (CapitalBriefed, _the_cell, _briefed),
    "capitals.word_sent": (CapitalWord, _the_exchange, _worded),
}
COMMANDS = {  # `set_capitals` is in `ratification`: it may bring answers about
    "appoint_capital": (AppointCapital, appoint_capital),
    "release_capital": (ReleaseCapital, release_capital),
    "write_to_capital": (WriteToCapital, write_to_capital),
    "write_from_capital": (WriteFromCapital, write_from_capital),
}
