"""News: what reaches delegations from outside the room, each piece for its addressee alone.

    delivered -> seen (by whom, when) -> answered

Who gets a piece does not learn from it whether somebody else got the same. Who has read it, and what a delegation
answers, that delegation and the chair know.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace
from rooms.domain.seals import seal

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class Reaction:
    """A delegation's answer to a piece of news."""

    delegation: str
    seat: str
    person: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Piece:
    """`to`: "all", a delegation or a seat. `seen`: (seat, instant), in the order of reading."""

    id: str
    title: str
    text: str
    sender: str
    to: str
    at: int
    seen: tuple[tuple[str, int], ...] = ()
    reactions: tuple[Reaction, ...] = ()

    def is_for(self, seat: str, delegation: str) -> bool:
        return self.to in (EVERYBODY, delegation, seat)

    def seen_by(self, seat: str) -> bool:
        return any(one == seat for one, _ in self.seen)


@dataclass(frozen=True, slots=True)
class News:
    """Pieces by id, the oldest first. `wall`: the last one to all, until the floor, the agenda, a text or a decision
    has something newer to show there."""

    pieces: Mapping[str, Piece] = field(default_factory=dict)
    wall: str = ""


# Events


@dataclass(frozen=True, slots=True)
class NewsDelivered:
    news: str
    title: str
    text: str
    sender: str
    to: str


@dataclass(frozen=True, slots=True)
class NewsSeen:
    """`to`: whom the piece was for; what was for one seat, the rest of its delegation does not hear of."""

    news: str
    to: str
    delegation: str
    seat: str


@dataclass(frozen=True, slots=True)
class NewsAnswered:
    news: str
    to: str
    delegation: str
    seat: str
    person: str
    text: str


# Commands


@dataclass(frozen=True, slots=True)
class SeeNews:
    """A seated delegate has read a piece of news."""

    news: str


@dataclass(frozen=True, slots=True)
class AnswerNews:
    """A delegate tells the chair what the delegation does about a piece of news."""

    news: str
    text: str


# Rules


def addressees(state: "RoomState", to: Iterable[str]) -> tuple[str, ...]:
    """Whom a piece may go to: everybody, or delegations and seats of the room; no seat twice."""
    wanted = tuple(dict.fromkeys(to))
    if not wanted:
        raise Refused("nobody_addressed", "Choose to whom it goes: all, delegations or seats.", field="to")
    if EVERYBODY in wanted:
        return (EVERYBODY,)
    for one in wanted:
        if state.prepared.delegation(one) is None and state.prepared.seat(one) is None:
            raise Refused("unknown_addressee", f"There is no {one} in this room. Choose from the list.", field="to")
    return tuple(one for one in wanted if not _is_covered(state, one, wanted))


def _is_covered(state: "RoomState", one: str, wanted: tuple[str, ...]) -> bool:
    seat = state.prepared.seat(one)
    return seat is not None and seat.delegation in wanted


def pieces(title: str, text: str, sender: str, to: Iterable[str], at: int) -> list[NewsDelivered]:
    """One piece for each addressee, with an id that counts nothing."""
    return [NewsDelivered(seal("w", title, text, sender, one, at), title, text, sender, one) for one in to]


def _read(state: "RoomState", actor: str, news_id: str) -> tuple[Any, Piece]:
    person = roles.seated(state, actor)
    roles.open_room(state)
    piece = state.news.pieces.get(news_id)
    if piece is None or not piece.is_for(person.seat, person.delegation):
        raise Refused("unknown_news", "There is no such news for you. Look at the list again.")
    return person, piece


def see_news(state: "RoomState", actor: str, command: SeeNews, _at: int) -> list[Any]:
    person, piece = _read(state, actor, command.news)
    return [] if piece.seen_by(person.seat) else [NewsSeen(piece.id, piece.to, person.delegation, person.seat)]


def answer_news(state: "RoomState", actor: str, command: AnswerNews, _at: int) -> list[Any]:
    roles.delegate(state, actor)
    person, piece = _read(state, actor, command.news)
    if not command.text:
        raise Refused("text_needed", "Write what your delegation does about it first.", field="text")
    seen = [] if piece.seen_by(person.seat) else [NewsSeen(piece.id, piece.to, person.delegation, person.seat)]
    return [*seen, NewsAnswered(piece.id, piece.to, person.delegation, person.seat, actor, command.text)]


# Fold


def _with(state: "RoomState", piece: Piece) -> "RoomState":
    return replace(state, news=replace(state.news, pieces={**state.news.pieces, piece.id: piece}))


def _delivered(state: "RoomState", event: NewsDelivered, entry: Entry) -> "RoomState":
    state = _with(state, Piece(event.news, event.title, event.text, event.sender, event.to, entry.at))
    return replace(state, news=replace(state.news, wall=event.news)) if event.to == EVERYBODY else state


def _off_the_wall(state: "RoomState", _event: Any, _entry: Entry) -> "RoomState":
    """Something else wants the wall now."""
    return replace(state, news=replace(state.news, wall="")) if state.news.wall else state


def _seen(state: "RoomState", event: NewsSeen, entry: Entry) -> "RoomState":
    piece = state.news.pieces.get(event.news)
    return _with(state, replace(piece, seen=(*piece.seen, (event.seat, entry.at)))) if piece else state


def _answered(state: "RoomState", event: NewsAnswered, entry: Entry) -> "RoomState":
    piece = state.news.pieces.get(event.news)
    if piece is None:
        return state
    reaction = Reaction(event.delegation, event.seat, event.person, event.text, entry.at)
    return _with(state, replace(piece, reactions=(*piece.reactions, reaction)))


def _addressed(event: NewsDelivered) -> tuple[str, ...]:
    if event.to == EVERYBODY:
        return (sight.ALL,)
    return (sight.delegation(event.to), sight.seat(event.to), sight.MODERATORS)


def _readers_and_chair(event: Any) -> tuple[str, ...]:
    own = sight.seat(event.seat) if event.to == event.seat else sight.delegation(event.delegation)
    return (own, sight.MODERATORS)


EVENTS = {
    "news.delivered": (NewsDelivered, _addressed, _delivered),
    "news.seen": (NewsSeen, _readers_and_chair, _seen),
    "news.answered": (NewsAnswered, _readers_and_chair, _answered),
}
COMMANDS = {
    "see_news": (SeeNews, see_news),
    "answer_news": (AnswerNews, answer_news),
}
HEARS = dict.fromkeys(
    (
        *("floor.given", "agenda.item_started", "agenda.item_resumed", "agenda.item_suspended", "agenda.item_ended"),
        *("decisions.consensus_called", "texts.document_opened"),
        *("texts.paragraph_proposed", "texts.paragraph_revised", "texts.paragraph_withdrawn"),
    ),
    _off_the_wall,
)
