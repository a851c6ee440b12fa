"""What the panels need of what happens beside the table: caucuses, and the line between a seat and the chair. Pure; no
templates, no rules of the dialogue.

Everything here reads only the fold it is given, so it can show nothing that the audience may not see. What belongs to
a seat is made for that seat.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from rooms import running_order
from rooms.domain.caucus_terms import allowed_now
from rooms.domain.caucuses import IN_SESSION, PROPOSED, Caucus
from rooms.domain.channels import Message
from rooms.domain.notes import Notes
from rooms.domain.prepared import Seat
from rooms.domain.seats import Person
from rooms.domain.sight import THE_MODERATORS, Audience
from rooms.domain.state import RoomState

OVER_SHOWN = 6  # caucuses that are over, the last ones: what they said can still be read, and reported

# The two rules of a room for its caucuses, as they are said aloud. The second depends on who reads it.
EXISTENCE = {
    True: "Others see that a caucus meets, who is in it and how long; only members read what is said.",
    False: "Nobody but its members and the chair knows that it meets.",
}
READING = {True: "The chair may read it.", False: "The chair does not read it."}
READING_FOR_THE_CHAIR = {True: "You may read it.", False: "You do not read it."}


def rules(*, announced: bool, chair_reads: bool, for_chair: bool = False) -> tuple[str, str]:
    """Who learns that a caucus meets, and whether the chair reads it, in full words."""
    return EXISTENCE[announced], (READING_FOR_THE_CHAIR if for_chair else READING)[chair_reads]


@dataclass(frozen=True, slots=True)
class Side:
    """A delegation in a caucus. `seats` are those that were asked, empty if it is the whole delegation."""

    code: str
    seats: tuple[Seat, ...]
    people: tuple[Person, ...]
    answer: str = ""  # accepted, declined, waits


def _sides(view: RoomState, caucus: Caucus) -> tuple[Side, ...]:
    """The delegations of a caucus, in the order of the table."""
    return tuple(_side(view, caucus, code) for code in caucus.delegations)


def _side(view: RoomState, caucus: Caucus, code: str) -> Side:
    delegation = view.prepared.delegation(code)
    every = delegation.seats if delegation else ()
    asked = tuple(seat for seat in every if seat.id in caucus.seats)
    people = tuple(one for seat in asked for one in view.seats.on(seat.id) if one.admitted)
    answer = "accepted" if code in caucus.agreed else "declined" if code in caucus.declined else "waits"
    return Side(code, () if len(asked) == len(every) else asked, people, answer)


def _row(view: RoomState, caucus: Caucus, audience: Audience) -> dict[str, Any]:
    own, sides, report = audience.delegation, _sides(view, caucus), caucus.report
    agreed = report.agreed if report else ()
    announced, chair_reads = caucus.announced, caucus.chair_reads
    if caucus.status == PROPOSED:
        announced, chair_reads = view.prepared.caucus_existence == "announced", view.prepared.caucus_readable
    return {
        "caucus": caucus,
        "sides": sides,
        "others": [side.code for side in sides if side.code != own],
        "accepted": [code for code in caucus.agreed if code != caucus.by],
        "answer": next((side.answer for side in sides if side.code == own), ""),
        "rules": rules(announced=announced, chair_reads=chair_reads, for_chair=audience == THE_MODERATORS),
        "lines": [_line(view, one, own) for one in caucus.messages],
        "earlier": caucus.said - len(caucus.messages),
        "lasts_ms": caucus.ends_at - caucus.began_at if caucus.ends_at and caucus.began_at else 0,
        "report_waits": [code for code in caucus.delegations if code not in agreed],
        "to_agree": bool(report and own in caucus.delegations and own not in agreed and not caucus.reported),
        "may_report": own in caucus.delegations and not caucus.reported,
        "news": caucus.said + (report.number if report else 0),
    }


def _line(view: RoomState, said: Message, own: str) -> dict[str, Any]:
    """`code`: whose words they are, "" the chair's."""
    seat = view.prepared.seat(said.seat)
    code = seat.delegation if seat else ""
    return {"said": said, "code": code, "ours": bool(own) and code == own}


def _belongs(caucus: Caucus, audience: Audience) -> bool:
    """It is, or was, a caucus of this seat: also one that its delegation has left."""
    return audience.seat in caucus.seats or (audience.delegation in caucus.left and bool(caucus.topic or caucus.said))


def caucuses(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """The caucuses an audience knows of, as rows: those it is asked to and asks for, those it sits in, those that are
    over (apart those whose line waits for its word), and what others do where that is announced. And what is needed to
    ask for one."""
    known = [_row(view, one, audience) for one in view.caucuses.known.values()]
    mine = [row for row in known if audience.seat and _belongs(row["caucus"], audience)]
    if audience == THE_MODERATORS:
        mine = known
    sitting = [row for row in mine if _sits_in(row["caucus"], audience)]
    over = [row for row in mine if row not in sitting and not _open(row)][-OVER_SHOWN:]
    return {
        "rules": rules(
            announced=view.prepared.caucus_existence == "announced",
            chair_reads=view.prepared.caucus_readable,
            for_chair=audience == THE_MODERATORS,
        ),
        "asked": [row for row in mine if _open(row) and row["caucus"].by != audience.delegation],
        "proposed": [row for row in mine if _open(row) and row["caucus"].by == audience.delegation],
        "sitting": sitting,
        "meeting": [row for row in known if row["caucus"].status == IN_SESSION],
        "newest": max(sitting, key=_last_word)["caucus"].id if sitting else "",
        "to_agree": [row for row in over if row["to_agree"]],
        "over": [row for row in over if not row["to_agree"]],
        "elsewhere": [row for row in known if row["caucus"].status == IN_SESSION and row not in sitting],
        "live": view.room.status == "live",
        "status": view.room.status,
        **_asking(view, audience),
    }


def _open(row: Mapping[str, Any]) -> bool:
    return bool(row["caucus"].status == PROPOSED)


def _sits_in(caucus: Caucus, audience: Audience) -> bool:
    return caucus.status == IN_SESSION and (audience == THE_MODERATORS or audience.seat in caucus.seats)


def _last_word(row: Mapping[str, Any]) -> int:
    caucus: Caucus = row["caucus"]
    return caucus.messages[-1].at if caucus.messages else caucus.began_at or 0


def _asking(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """Whom one can ask aside, whether now, and if not, when: the next informal period with when it is expected."""
    others = [one for one in view.prepared.delegations if one.code != audience.delegation]
    return {
        "may_ask": view.room.status == "live" and (allowed_now(view) or audience == THE_MODERATORS),
        "any_time": view.prepared.caucus_any_time,
        "choices": [
            {"delegation": one, "here": bool(view.seats.members(one.code)), "seats": _taken(view, one.seats)}
            for one in others
        ],
        "period": _next_period(view, audience),
    }


def _taken(view: RoomState, seats: Iterable[Seat]) -> list[Seat]:
    return [seat for seat in seats if any(one.admitted for one in view.seats.on(seat.id))]


def _next_period(view: RoomState, audience: Audience) -> Mapping[str, Any] | None:
    """The agenda's row of the next informal period: a suspended one can be gone on with at any moment."""
    ahead = ("planned", "suspended")
    rows = running_order.running_order(view, audience)["rows"]
    return next((row for row in rows if row["item"].kind == "informal" and row["item"].status in ahead), None)


# The line between a seat and the chair


def chairline(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """For a seat: its notes, the chair's answers and the chair's words to its delegation, in the order they came. For
    the chair: the notes that wait, those that were answered, and the words to delegations."""
    if audience == THE_MODERATORS:
        return _inbox(view)
    notes = view.notes
    thread, words = notes.threads.get(audience.seat, ()), notes.words.get(audience.delegation, ())
    lines = sorted([*((one, "note") for one in thread), *((one, "word") for one in words)], key=lambda line: line[0].at)
    count = notes.counts.get(audience.seat, 0) + notes.counts.get(audience.delegation, 0)
    return {
        "lines": lines,
        "earlier": count - len(lines),
        "waits": audience.seat in notes.waiting,
        "put_aside": bool(thread) and thread[-1].seat != "" and audience.seat not in notes.waiting,
        "news": sum(1 for one, _kind in lines if not one.seat),
        "last": next((one for one, _kind in reversed(lines) if not one.seat), None),
    }


def _inbox(view: RoomState) -> Mapping[str, Any]:
    # Once the session is closed, who wrote what is for the assessment record, where there is one.
    over = view.room.status == "closed" and not view.room.assessment_record
    notes = Notes() if over else view.notes
    seats = [seat for one in view.prepared.delegations for seat in one.seats]
    waiting = [seat for name in notes.waiting if (seat := view.prepared.seat(name))]
    return {
        "inbox": [{"seat": seat, "unanswered": _unanswered(notes.threads[seat.id])} for seat in waiting],
        "answered": [
            {"seat": seat, "thread": notes.threads[seat.id], "earlier": _earlier(view, seat.id)}
            for seat in seats
            if seat.id in notes.threads and seat.id not in notes.waiting
        ],
        "words": [
            {"delegation": one, "thread": notes.words[one.code]}
            for one in view.prepared.delegations
            if one.code in notes.words
        ],
        "choices": view.prepared.delegations,
    }


def _earlier(view: RoomState, seat: str) -> int:
    return view.notes.counts.get(seat, 0) - len(view.notes.threads.get(seat, ()))


def _unanswered(thread: tuple[Message, ...]) -> list[Message]:
    """The notes since the chair's last answer."""
    return list(takewhile(lambda one: one.seat != "", reversed(thread)))[::-1]
