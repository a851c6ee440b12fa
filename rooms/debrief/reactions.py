"""What came from outside and what followed: injects as planned and as released, who read them when, who answered.

Who knows of injects reads of all of them, also of those that were never released; everybody else of the news that
reached them, and of nobody's reading or answers. What followed is a sequence, never an effect.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from rooms import showing_news
from rooms.debrief import wording
from rooms.debrief.reading import WINDOW, Mark, Reading, moves_from
from rooms.debrief.report_parts import Afterwards, InjectReport, Response
from rooms.domain import brackets, caucuses, decisions, injects, news, positions, silence, voting
from rooms.domain.injects import Inject
from rooms.domain.record import Entry
from rooms.domain.state import RoomState

FOLLOWED = ("moves", "brackets", "caucuses", "calls")
OPENED_A_CALL = (decisions.ConsensusCalled, silence.SilenceProposed, voting.VoteCalled)
INJECT_EVENTS = (injects.InjectReleased, injects.ContingencyPlayed, injects.InjectClosed)


@dataclass(slots=True)
class PieceTrace:
    """A piece of news that was delivered: to which seats somebody sat on, who read it when, who answered."""

    delivered: Mark
    event: news.NewsDelivered
    seats: tuple[str, ...]
    seen: dict[str, int] = field(default_factory=dict)  # seat -> instant
    answers: list[tuple[news.NewsAnswered, Mark]] = field(default_factory=list)


@dataclass(slots=True)
class ReactionNotes:
    """What is written down while going through the record once. `marks`: by inject, the entry of each kind."""

    pieces: dict[str, PieceTrace] = field(default_factory=dict)
    marks: dict[tuple[str, type], Mark] = field(default_factory=dict)
    released: dict[str, tuple[str, ...]] = field(default_factory=dict)  # inject -> its pieces
    followed: list[tuple[str, Mark]] = field(default_factory=list)  # kind of what may follow


# Writing down


def note(notes: ReactionNotes, cursor: int, entry: Entry, before: RoomState, after: RoomState) -> None:
    """Write down what comes from outside, who reads and answers it, and what may count as having followed."""
    event, mark = entry.event, Mark(entry.at, cursor)
    if isinstance(event, news.NewsDelivered):
        notes.pieces[event.news] = PieceTrace(mark, event, _seats(after, event.to))
    elif isinstance(event, news.NewsSeen) and event.news in notes.pieces:
        notes.pieces[event.news].seen.setdefault(event.seat, entry.at)
    elif isinstance(event, news.NewsAnswered) and event.news in notes.pieces:
        notes.pieces[event.news].answers.append((event, mark))
    elif isinstance(event, INJECT_EVENTS):
        notes.marks[event.inject, type(event)] = mark
        if isinstance(event, injects.InjectReleased):
            notes.released[event.inject] = tuple(piece for _to, piece in event.news)
    kind = _follows(entry, before)
    if kind:
        notes.followed.append((kind, mark))


def _seats(state: RoomState, to: str) -> tuple[str, ...]:
    """The seats on which somebody sat that a piece was for."""
    there = (one for one in state.seats.people.values() if one.seat and one.admitted and not one.removed)
    return tuple(dict.fromkeys(one.seat for one in there if to in (news.EVERYBODY, one.delegation, one.seat)))


def _follows(entry: Entry, before: RoomState) -> str:
    event = entry.event
    if isinstance(event, positions.PositionDeclared):
        return "moves" if moves_from(event, before) else ""
    if isinstance(event, brackets.BracketOpened):
        return "brackets"
    if isinstance(event, caucuses.CaucusBegan):
        return "caucuses"
    return "calls" if isinstance(event, OPENED_A_CALL) else ""


# Telling


def reactions(notes: ReactionNotes, reading: Reading) -> tuple[InjectReport, ...]:
    """Every inject by its number; for who knows of none, every piece of news that reached them, the oldest first."""
    prepared = reading.state.injects.prepared
    if prepared:
        return tuple(_inject(notes, reading, one) for one in prepared.values())
    return tuple(_piece(notes, reading, one) for one in notes.pieces.values())


def _after(notes: ReactionNotes, mark: Mark | None) -> Iterator[Afterwards]:
    for kind in FOLLOWED if mark else ():
        cursors = [one.cursor for what, one in notes.followed if what == kind and mark and _shortly_after(mark, one)]
        yield Afterwards(kind, len(cursors), tuple(cursors))


def _shortly_after(first: Mark, second: Mark) -> bool:
    return second.cursor > first.cursor and second.at - first.at <= WINDOW


def _inject(notes: ReactionNotes, reading: Reading, inject: Inject) -> InjectReport:
    released = notes.marks.get((inject.id, injects.InjectReleased))
    played = notes.marks.get((inject.id, injects.ContingencyPlayed))
    closed = notes.marks.get((inject.id, injects.InjectClosed))
    first = [notes.pieces[one] for one in notes.released.get(inject.id, ()) if one in notes.pieces]
    every = [notes.pieces[piece] for _to, piece in inject.news if piece in notes.pieces]
    to = tuple(one.event.to for one in first) or inject.to
    known = bool(released) and reading.reader.whole
    seats = {seat for one in first for seat in one.seats}
    took = _took_ms(first)
    return InjectReport(
        inject.id,
        inject.number,
        inject.title,
        inject.sender,
        to,
        _to_words(reading, to),
        showing_news.in_words(reading.state, inject.planned),
        inject.objective,
        inject.expected,
        inject.contingency,
        inject.status,
        released.at if released else None,
        released.cursor if released else None,
        reading.clock.into_ms(released.at) if released else None,
        len(seats) if released else None,
        len(took) if known else None,
        round(median(took)) if known and took else None,
        tuple(_responses(reading, every)) if known else None,
        played.at if played else None,
        played.cursor if played else None,
        inject.outcome,
        closed.at if closed else None,
        closed.cursor if closed else None,
        tuple(_after(notes, released)),
    )


def _took_ms(pieces: Sequence[PieceTrace]) -> list[int]:
    """How long after it was delivered each seat read its piece, of those that it was delivered to."""
    return [at - one.delivered.at for one in pieces for seat, at in one.seen.items() if seat in one.seats]


def _responses(reading: Reading, pieces: Sequence[PieceTrace]) -> Iterator[Response]:
    for piece in pieces:
        for event, mark in piece.answers:
            name, ms = reading.name(event.delegation), mark.at - piece.delivered.at
            yield Response(event.delegation, name, event.text, mark.at, mark.cursor, ms)


def _to_words(reading: Reading, to: Sequence[str]) -> str:
    if news.EVERYBODY in to:
        return "everybody"
    prepared = reading.state.prepared
    return wording.listed([reading.name(one) if prepared.delegation(one) else f"the seat {one}" for one in to])


def _piece(notes: ReactionNotes, reading: Reading, piece: PieceTrace) -> InjectReport:
    """What somebody reads of an inject who only got the news."""
    event, mark = piece.event, piece.delivered
    return InjectReport(
        "",
        0,
        event.title,
        event.sender,
        (event.to,),
        _to_words(reading, (event.to,)),
        "",
        "",
        "",
        "",
        injects.RELEASED,
        mark.at,
        mark.cursor,
        reading.clock.into_ms(mark.at),
        None,
        None,
        None,
        None,
        None,
        None,
        "",
        None,
        None,
        tuple(_after(notes, mark)),
    )
