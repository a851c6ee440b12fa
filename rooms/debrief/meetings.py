"""Who met whom, who turned to whom, and who was left out: counts, and no grades.

A caucus is counted as far as it was told to the reader of this record; where caucuses are hidden, nobody is said to
have been in none.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from rooms.debrief import wording
from rooms.debrief.reading import Mark, Reading
from rooms.debrief.report import IssueReport, SpeakingLine
from rooms.debrief.report_parts import Exchange, LeftOut, Meetings, Pair, Presence, Sitting
from rooms.domain import caucus_sittings, caucuses, questions, replies, speeches
from rooms.domain.record import Entry
from rooms.domain.state import RoomState

QUESTION, REPLY, RIGHT_OF_REPLY = "question", "reply", "right_of_reply"
# kind -> how it is said that none was, that all took part, and that some did not
SENTENCES = {
    "caucus": ("No caucus met.", "Every delegation was in a caucus.", "{} was in no caucus", "{} were in no caucus"),
    "floor": ("Nobody had the floor.", "Every delegation spoke.", "{} never spoke", "{} never spoke"),
    "positions": (
        "No public position was filed.",
        "Every delegation filed a public position.",
        "{} filed no public position",
        "{} filed no public position",
    ),
    "calls": (
        "Nothing was put to the delegations.",
        "Every delegation answered a call.",
        "{} answered no call",
        "{} answered no call",
    ),
}
UNKNOWN = {
    "caucus": "Who was in no caucus cannot be told: not all of them are in this record.",
    "floor": "Who never spoke cannot be told: the rule in force protects who did.",
}


@dataclass(slots=True)
class CaucusTrace:
    """A caucus that met: what began it, who was in it until when (None: to the end), how it ended."""

    caucus: str
    announced: bool
    began: Mark
    there: dict[str, Mark | None]
    ended: Mark | None = None
    how: str = ""
    reports: list[int] = field(default_factory=list)


@dataclass(slots=True)
class MeetingNotes:
    """What is written down about meetings while going through the record once. `turned`: (kind, from, to, cursor) by
    the speech or request in which it happened."""

    caucuses: list[CaucusTrace] = field(default_factory=list)
    turned: dict[tuple[str, str], tuple[str, str, str, int]] = field(default_factory=dict)

    def sitting(self, caucus: str) -> CaucusTrace | None:
        """The last sitting of a caucus."""
        return next((one for one in reversed(self.caucuses) if one.caucus == caucus), None)


# Writing down


def note(notes: MeetingNotes, cursor: int, entry: Entry, after: RoomState) -> None:
    """Write down a caucus that begins, ends, is left or reports, and who turns to whom."""
    event, mark = entry.event, Mark(entry.at, cursor)
    match event:
        case caucuses.CaucusBegan():
            there: dict[str, Mark | None] = dict.fromkeys(caucuses.delegations_of(after, event.seats))
            notes.caucuses.append(CaucusTrace(event.caucus, event.announced, mark, there))
        case caucuses.CaucusLeft() | caucuses.CaucusClosed() | caucus_sittings.CaucusReported():
            _note_later(notes.sitting(event.caucus), mark, event)
        case questions.QuestionPut():
            notes.turned[QUESTION, event.question] = (QUESTION, event.delegation, event.to, cursor)
        case questions.QuestionReplied():
            notes.turned[REPLY, event.speech] = (REPLY, event.delegation, event.to, cursor)
        case replies.RightOfReplyAsked():
            notes.turned[RIGHT_OF_REPLY, event.request] = (RIGHT_OF_REPLY, event.delegation, event.about, cursor)
        case speeches.TurnUndone():
            # The speech that goes on will put its question, or reply, once it ends.
            for kind in (QUESTION, REPLY):
                notes.turned.pop((kind, event.again), None)


def _note_later(trace: CaucusTrace | None, mark: Mark, event: object) -> None:
    match event, trace:
        case caucuses.CaucusLeft(), CaucusTrace():
            trace.there[event.delegation] = mark
        case caucuses.CaucusClosed(), CaucusTrace():
            trace.ended, trace.how = mark, event.how
        case caucus_sittings.CaucusReported(), CaucusTrace():
            trace.reports.append(mark.cursor)


# Telling


def meetings(
    notes: MeetingNotes,
    reading: Reading,
    speaking: Sequence[SpeakingLine],
    issues: Sequence[IssueReport],
    floor_known: bool,
) -> Meetings:
    """All of it. `floor_known`: the record tells of every speech whose it was."""
    pairs = _pairs(notes, reading)
    presence = _presence(notes, reading, pairs, speaking, issues)
    return Meetings(
        tuple(_sitting(one, reading) for one in notes.caucuses),
        pairs,
        presence,
        tuple(_left_out(notes, reading, presence, floor_known)),
        _exchanges(notes),
        reading.knows_caucuses,
    )


def _until(trace: CaucusTrace, reading: Reading, *codes: str) -> int:
    """Until when (ms) all of these sat in a caucus, all of it for none."""
    end = trace.ended.at if trace.ended else reading.clock.until
    left = [mark.at for code in codes if (mark := trace.there[code])]
    return min([end, *left])


def _together_ms(trace: CaucusTrace, reading: Reading, *codes: str) -> int:
    return reading.clock.ran_ms(trace.began.at, _until(trace, reading, *codes))


def _sitting(trace: CaucusTrace, reading: Reading) -> Sitting:
    end = trace.ended
    return Sitting(
        trace.caucus,
        tuple(trace.there),
        tuple(map(reading.name, trace.there)),
        trace.announced,
        trace.began.at,
        trace.began.cursor,
        end.at if end else None,
        end.cursor if end else None,
        trace.how,
        _together_ms(trace, reading),
        tuple(code for code, mark in trace.there.items() if mark),
        tuple(trace.reports),
    )


def _pairs(notes: MeetingNotes, reading: Reading) -> tuple[Pair, ...]:
    rows = []
    for first, second in combinations(reading.seated, 2):
        shared = [one for one in notes.caucuses if first in one.there and second in one.there]
        ms = sum(_together_ms(one, reading, first, second) for one in shared)
        rows.append(Pair(first, second, len(shared), ms, tuple(one.began.cursor for one in shared)))
    return tuple(rows)


def _presence(
    notes: MeetingNotes,
    reading: Reading,
    pairs: Sequence[Pair],
    speaking: Sequence[SpeakingLine],
    issues: Sequence[IssueReport],
) -> tuple[Presence, ...]:
    lines = {one.delegation: one for one in speaking}
    total, calls = sum(one.ms for one in speaking), reading.state.decisions.calls
    even = round(total / len(reading.seated)) if reading.seated else 0
    rows = []
    for code in reading.seated:
        sat, line = [one for one in notes.caucuses if code in one.there], lines[code]
        put = [one for one in calls if code in one.electorate]
        rows.append(
            Presence(
                code,
                reading.name(code),
                len(sat),
                sum(_together_ms(one, reading, code) for one in sat),
                sum(one.times > 0 for one in pairs if code in (one.first, one.second)),
                line.ms,
                even,
                line.ms - even,
                line.speeches,
                line.statements,
                sum(len(path.filed) for issue in issues for path in issue.paths if path.delegation == code),
                len(put),
                sum(code in one.answers or code in one.dropped for one in put),
            )
        )
    return tuple(rows)


def _left_out(notes: MeetingNotes, reading: Reading, presence: Sequence[Presence], floor_known: bool) -> list[LeftOut]:
    known = {"caucus": reading.knows_caucuses, "floor": floor_known, "positions": True, "calls": True}
    took_part = {
        "caucus": {one.delegation for one in presence if one.sittings},
        "floor": {one.delegation for one in presence if one.speeches or one.statements},
        "positions": {one.delegation for one in presence if one.filed},
        "calls": {one.delegation for one in presence if one.answered},
    }
    there_was = {
        "caucus": bool(notes.caucuses),
        "floor": bool(took_part["floor"]),
        "positions": bool(took_part["positions"]),
        "calls": any(one.calls for one in presence),
    }
    rows = []
    for kind, (none, everybody, one_only, several) in SENTENCES.items():
        if not known[kind]:
            rows.append(LeftOut(kind, UNKNOWN[kind], False, ()))
        elif not there_was[kind]:
            rows.append(LeftOut(kind, none, True, ()))
        else:
            out = tuple(one.delegation for one in presence if one.delegation not in took_part[kind])
            names = wording.listed([wording.within(reading.name(code)) for code in out])
            words = (one_only if len(out) == 1 else several).format(names) if out else everybody
            rows.append(LeftOut(kind, wording.sentence(words), True, out))
    return rows


def _exchanges(notes: MeetingNotes) -> tuple[Exchange, ...]:
    """Who turned to whom how often, the most frequent first, else in the order in which it happened first."""
    counts = Counter((first, second, kind) for kind, first, second, _ in notes.turned.values())
    return tuple(
        Exchange(first, second, kind, times, tuple(sorted(_cursors(notes, kind, first, second))))
        for (first, second, kind), times in counts.most_common()
    )


def _cursors(notes: MeetingNotes, *turn: str) -> list[int]:
    return [cursor for *whom, cursor in notes.turned.values() if whom == list(turn)]
