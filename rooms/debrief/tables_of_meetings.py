"""The tables about who met whom, what came from outside, what each side had, and what was promised."""

from collections.abc import Iterator
from typing import Any

from rooms.debrief import wording
from rooms.debrief.cells import CODE, CODES, CURSOR, WHEN, seconds
from rooms.debrief.report import Report

Values = Iterator[tuple[Any, ...]]
UNKNOWN = "empty if this record does not tell"
CURSORS = "where in the record, with blanks between"
COLUMNS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "caucuses": (
        ("caucus", "identifier of the caucus", ""),
        ("delegations", "who was there from the beginning", CODES),
        ("announced", "everybody was told that it met", "yes or no"),
        ("began_at", "when it began", WHEN),
        ("cursor", "where in the record", CURSOR),
        ("ended_at", "when it ended", WHEN),
        ("ended_cursor", "where in the record", CURSOR),
        ("how", "left, called back, time or session closed", ""),
        ("seconds", "how long it met, pauses left out", "s"),
        ("left", "who went before its end", CODES),
        ("reports", "the lines it brought back", CURSORS),
    ),
    "who_met_whom": (
        ("first", "a delegation", CODE),
        ("second", "another one", CODE),
        ("times", "in how many caucuses both were", "caucuses"),
        ("seconds", "for how long together, pauses left out", "s"),
        ("cursors", "where each began", CURSORS),
    ),
    "taking_part": (
        ("delegation", "a delegation that sat at the table", CODE),
        ("caucuses", "in how many it was", "caucuses"),
        ("caucus_seconds", "for how long, pauses left out", "s"),
        ("met", "with how many others in a caucus", "delegations"),
        ("floor_seconds", "time with the floor", "s"),
        ("even_seconds", "what each would have had of it, had it been even", "s"),
        ("beyond_seconds", "how far above that it was; negative: below", "s"),
        ("speeches", "how often it had the floor", "speeches"),
        ("statements", "statements under its name", "statements"),
        ("filed", "public positions filed", "positions"),
        ("calls", "calls put to it", "calls"),
        ("answered", "calls it answered", "calls"),
    ),
    "left_out": (
        ("kind", "caucus, floor, positions or calls", ""),
        ("known", "this record can tell", "yes or no"),
        ("delegations", "who took no part", CODES),
        ("sentence", "the same in words", ""),
    ),
    "exchanges": (
        ("first", "who turned", CODE),
        ("second", "to whom", CODE),
        ("kind", "question, reply or right_of_reply", ""),
        ("times", "how often", "times"),
        ("cursors", "where each happened", CURSORS),
    ),
    "injects": (
        ("inject", "identifier of the inject; empty for a piece of news", ""),
        ("number", "its number; 0 for a piece of news", ""),
        ("title", "its headline", ""),
        ("sender", "from whom it was said to come", ""),
        ("to", "to whom it went, or was to go: all, delegations or seats, with blanks between", ""),
        ("planned", "when it was planned for", ""),
        ("status", "drafted, armed, held, released, skipped or closed", ""),
        ("released_at", "when it was released", WHEN),
        ("cursor", "where in the record", CURSOR),
        ("into_seconds", "how far into the session, pauses left out", "s"),
        ("seats", f"seats that somebody sat on and that got it; {UNKNOWN}", "seats"),
        ("seen", f"of these, how many read it; {UNKNOWN}", "seats"),
        ("median_seconds", f"in what time half of these had read it, by the clock on the wall; {UNKNOWN}", "s"),
        ("responses", f"answers that the chair got; {UNKNOWN}", "answers"),
        ("contingency_at", "when its contingency was played", WHEN),
        ("closed_at", "when it was closed", WHEN),
        ("outcome", "what came of it, as the chair wrote", ""),
    ),
    "inject_responses": (
        ("inject", "identifier of the inject", ""),
        ("delegation", "who answered", CODE),
        ("seconds", "how long after it came, by the clock on the wall", "s"),
        ("at", "when", WHEN),
        ("cursor", "where in the record", CURSOR),
        ("text", "what it does about it, as written", ""),
    ),
    "after_injects": (
        ("inject", "identifier of the inject; empty for a piece of news", ""),
        ("title", "its headline", ""),
        ("kind", "moves, brackets, caucuses or calls", ""),
        ("times", "how often within ten minutes after it, by the clock on the wall; never an effect", "times"),
        ("cursors", "where each happened", CURSORS),
    ),
    "decision_points": (
        ("cursor", "where in the record", CURSOR),
        ("at", "when", WHEN),
        ("kind", "consensus, silence, vote or ratification", ""),
        ("call", "identifier of the call; empty for a capital's answer", ""),
        ("what", "what it was about", ""),
        ("delegation", "whose capital answered; empty for a call", CODE),
        ("into_seconds", "how far into the session, pauses left out", "s"),
        ("paragraphs", "paragraphs then in the text", "paragraphs"),
        ("brackets", "brackets then open in it", "brackets"),
        ("issues", "issues of the session", "issues"),
        ("filed", "public positions then held, one for each issue and delegation", "positions"),
        ("seated", "delegations that then had somebody at the table", "delegations"),
        ("news", "pieces of news that had gone to everybody", "pieces"),
        ("status", "what became of it", ""),
        ("result", "the same in words", ""),
        ("ended_at", "when", WHEN),
        ("ended_cursor", "where in the record", CURSOR),
    ),
    "what_each_side_had": (
        ("cursor", "of the decision point", CURSOR),
        ("delegation", "whose", CODE),
        ("people", "who sat for it", "people"),
        ("seats", "the seats they sat on, with blanks between", ""),
        ("filed", "issues on which it had a public position", "issues"),
        ("news", f"pieces of news that had reached it; {UNKNOWN}", "pieces"),
        ("caucuses", f"caucuses it had been in; {UNKNOWN}", "caucuses"),
        ("instructions", f"what its capital had sent; {UNKNOWN}", "telegrams"),
    ),
    "one_page": (
        ("cursor", "where in the record", CURSOR),
        ("at", "when", WHEN),
        ("kind", "as in the timeline", ""),
        ("sentence", "what happened", ""),
    ),
    "quotes": (
        ("statement", "identifier of the statement in this record", ""),
        ("cursor", "where in the record", CURSOR),
        ("speaker", "what the speaker may be called", ""),
        ("item_title", "the agenda item", ""),
        ("why", "by which part of the rule it was chosen", ""),
        ("text", "what was said", ""),
    ),
}


def rows(report: Report) -> dict[str, Values]:
    """The rows of these tables, by table."""
    return {
        "caucuses": _caucuses(report),
        "who_met_whom": _pairs(report),
        "taking_part": _taking_part(report),
        "left_out": (
            (one.kind, one.known, " ".join(one.delegations), one.sentence) for one in report.meetings.left_out
        ),
        "exchanges": _exchanges(report),
        "injects": _injects(report),
        "inject_responses": _responses(report),
        "after_injects": _after(report),
        "decision_points": _decision_points(report),
        "what_each_side_had": _knew(report),
        "one_page": ((one.cursor, wording.instant(one.at), one.kind, one.sentence) for one in report.one_page.moments),
        "quotes": _quotes(report),
    }


def _several(cursors: tuple[int, ...]) -> str:
    return " ".join(map(str, cursors))


def _caucuses(report: Report) -> Values:
    for one in report.meetings.sittings:
        times = (wording.instant(one.began_at), one.cursor, wording.instant(one.ended_at), one.ended_cursor)
        what = (one.caucus, " ".join(one.delegations), one.announced)
        yield *what, *times, one.how, seconds(one.ms), " ".join(one.left), _several(one.reports)


def _pairs(report: Report) -> Values:
    for one in report.meetings.pairs:
        yield one.first, one.second, one.times, seconds(one.ms), _several(one.cursors)


def _taking_part(report: Report) -> Values:
    for one in report.meetings.presence:
        floor = (seconds(one.floor_ms), seconds(one.even_ms), seconds(one.beyond_ms))
        met = (one.delegation, one.sittings, seconds(one.ms), one.met)
        yield *met, *floor, one.speeches, one.statements, one.filed, one.calls, one.answered


def _exchanges(report: Report) -> Values:
    for one in report.meetings.exchanges:
        yield one.first, one.second, one.kind, one.times, _several(one.cursors)


def _injects(report: Report) -> Values:
    for one in report.reactions:
        what = (one.inject, one.number, one.title, one.sender, " ".join(one.to), one.planned, one.status)
        read = (one.seats, one.seen, seconds(one.median_ms), None if one.responses is None else len(one.responses))
        ended = (wording.instant(one.contingency_at), wording.instant(one.closed_at), one.outcome)
        yield *what, wording.instant(one.released_at), one.cursor, seconds(one.into_ms), *read, *ended


def _responses(report: Report) -> Values:
    for inject in report.reactions:
        for one in inject.responses or ():
            when = (seconds(one.ms), wording.instant(one.at), one.cursor)
            yield inject.inject, one.delegation, *when, one.text


def _after(report: Report) -> Values:
    for inject in report.reactions:
        for one in inject.after:
            yield inject.inject, inject.title, one.kind, one.times, _several(one.cursors)


def _decision_points(report: Report) -> Values:
    for one in report.decision_points:
        what = (one.cursor, wording.instant(one.at), one.kind, one.call, one.what, one.delegation)
        then = (seconds(one.into_ms), one.paragraphs, one.brackets, one.issues, one.filed, one.seated, one.news)
        yield *what, *then, one.status, one.result, wording.instant(one.ended_at), one.ended_cursor


def _knew(report: Report) -> Values:
    for point in report.decision_points:
        for one in point.knew:
            there = (one.delegation, one.people, " ".join(one.seats), one.filed)
            yield point.cursor, *there, one.news, one.caucuses, one.instructions


def _quotes(report: Report) -> Values:
    for one in report.quotes.chosen:
        yield one.statement, one.cursor, one.speaker, one.item_title, one.why, one.text
