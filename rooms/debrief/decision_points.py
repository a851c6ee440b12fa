"""Decision points: how things stood when something was put to the delegations, or a capital answered, and what each
side had then. Counts that lead to the record as each side read it; what a reader may not know is None, never guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rooms.debrief import wording
from rooms.debrief.reading import Mark, Reading
from rooms.debrief.report import CallReport
from rooms.debrief.report_parts import DecisionPoint, Knew
from rooms.domain import capitals, caucuses, decisions, news, ratification, silence, voting
from rooms.domain.record import Entry
from rooms.domain.state import RoomState

OPENED = (decisions.ConsensusCalled, silence.SilenceProposed, voting.VoteCalled)
ANSWERED = (ratification.CapitalAnswered, ratification.ConstituenciesAnswered)
RESULTS = {
    "confirmed": "confirmed",
    "reserved": "confirmed with a reservation",
    "refused": "refused",
    "lapsed": "did not answer in time",
}


@dataclass(frozen=True, slots=True)
class Point:
    """How things stood when `mark` was written. `had`: by (what, delegation) how often so far."""

    mark: Mark
    call: str
    document: str
    delegation: str
    status: str
    paragraphs: int
    brackets: int
    filed: Mapping[str, int]
    seats: Mapping[str, tuple[str, ...]]
    people: Mapping[str, int]
    had: Mapping[tuple[str, str], int]


@dataclass(slots=True)
class PointNotes:
    """What is written down while going through the record once. `ended`: when each call came to its end."""

    points: list[Point] = field(default_factory=list)
    ended: dict[str, Mark] = field(default_factory=dict)
    had: dict[tuple[str, str], int] = field(default_factory=dict)


# Writing down


def note(notes: PointNotes, cursor: int, entry: Entry, before: RoomState, after: RoomState) -> None:
    """Write down what reaches a delegation, and the state of things whenever something is decided on."""
    event, mark = entry.event, Mark(entry.at, cursor)
    if isinstance(event, OPENED):
        notes.points.append(_point(notes, mark, before, event.document, call=event.call))
    elif isinstance(event, ANSWERED):
        whose = {"delegation": event.delegation, "status": event.status}
        notes.points.append(_point(notes, mark, before, event.document, **whose))
    elif isinstance(event, ratification.RatificationLapsed):
        lapsed = _point(notes, mark, before, event.document, status="lapsed")
        notes.points += [replace(lapsed, delegation=code) for code in event.delegations]
    elif isinstance(event, news.NewsDelivered):
        _count(notes, "news", _delegation_of(after, event.to))
    elif isinstance(event, caucuses.CaucusBegan):
        for code in caucuses.delegations_of(after, event.seats):
            _count(notes, "caucuses", code)
    elif isinstance(event, capitals.CapitalWord) and event.voice != "delegation":
        _count(notes, "instructions", event.delegation)
    if after.decisions is not before.decisions:
        for call in after.decisions.calls:
            if not call.is_running:
                notes.ended.setdefault(call.id, mark)


def _count(notes: PointNotes, what: str, code: str) -> None:
    notes.had[what, code] = notes.had.get((what, code), 0) + 1


def _delegation_of(state: RoomState, to: str) -> str:
    """The delegation that a piece of news reached, "" for all of them."""
    seat = state.prepared.seat(to)
    return "" if to == news.EVERYBODY else seat.delegation if seat else to


def _point(
    notes: PointNotes,
    mark: Mark,
    state: RoomState,
    document_id: str,
    call: str = "",
    delegation: str = "",
    status: str = "",
) -> Point:
    document = state.texts.document(document_id)
    codes = [one.code for one in state.prepared.delegations]
    there = {code: state.seats.members(code) for code in codes}
    issues = state.prepared.issues
    return Point(
        mark,
        call,
        document_id,
        delegation,
        status,
        len(document.standing) if document else 0,
        len(document.open_brackets) if document else 0,
        {code: sum(state.positions.public_of(code, one.id) is not None for one in issues) for code in codes},
        {code: tuple(sorted({one.seat for one in people if one.seat})) for code, people in there.items()},
        {code: len(people) for code, people in there.items()},
        dict(notes.had),
    )


# Telling


def decision_points(notes: PointNotes, reading: Reading, calls: Sequence[CallReport]) -> tuple[DecisionPoint, ...]:
    """Every call and every capital's answer, in the order of the record."""
    by_id = {one.call: one for one in calls}
    return tuple(_told(notes, reading, one, by_id.get(one.call)) for one in notes.points)


def _told(notes: PointNotes, reading: Reading, point: Point, call: CallReport | None) -> DecisionPoint:
    document = reading.state.texts.document(point.document)
    title = f"“{document.title}”" if document else ""
    end = notes.ended.get(point.call) if call else point.mark
    who = f"the capital of {wording.within(reading.name(point.delegation))}"
    codes = [one.code for one in reading.state.prepared.delegations]
    return DecisionPoint(
        call.kind if call else "ratification",
        point.call,
        point.document,
        call.what if call else title,
        point.delegation,
        point.mark.at,
        point.mark.cursor,
        reading.clock.into_ms(point.mark.at),
        point.paragraphs,
        point.brackets,
        len(reading.state.prepared.issues),
        sum(point.filed.values()),
        sum(bool(point.people[code]) for code in codes),
        call.status if call else point.status,
        call.result if call else wording.sentence(f"{who} {RESULTS[point.status]}"),
        end.at if end else None,
        end.cursor if end else None,
        point.had.get(("news", ""), 0),
        tuple(_knew(reading, point, code) for code in codes if code in reading.seated),
    )


def _knew(reading: Reading, point: Point, code: str) -> Knew:
    reader = reading.reader
    of_ours = reader.of_chair or code == reader.own
    told = point.had.get(("news", ""), 0) + point.had.get(("news", code), 0)
    return Knew(
        code,
        reading.name(code),
        point.people[code],
        point.seats[code],
        point.filed[code],
        told if of_ours else None,
        point.had.get(("caucuses", code), 0) if reading.knows_caucuses else None,
        point.had.get(("instructions", code), 0) if of_ours and reader.whole else None,
    )
