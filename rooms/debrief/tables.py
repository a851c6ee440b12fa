"""Tidy tables: one thing a row, one fact a column, and a dictionary that says what each column means.

Every cell is safe to open in a spreadsheet: what people wrote can never be read as a formula, and can be had back as it
was written (see `cells`).
"""

from collections.abc import Iterator
from typing import Any

from rooms.debrief import (
    perceived_tables,
    tables_of_meetings,
    tables_of_promises,
    tables_of_texts,
    wash_tables,
    wording,
)
from rooms.debrief.cells import CODE, CURSOR, ESCAPED, WHEN
from rooms.debrief.cells import FORMULA as FORMULA
from rooms.debrief.cells import safe as safe
from rooms.debrief.report import Report

Row = dict[str, Any]
KINDS = "room, agenda, floor, caucuses, injects, positions, texts, decisions, commitments or bookmarks"
# table -> its columns: (name, meaning, unit)
COLUMNS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "about": (("what", "a fact about this export", ""), ("value", "its value", "")),
    "positions": (
        ("issue", "identifier of the issue", ""),
        ("issue_title", "the issue", ""),
        ("delegation", "whose public position it is", CODE),
        ("delegation_name", "the delegation", ""),
        ("filing", "which of the delegation's public positions on the issue, in order", "count from 1"),
        ("first", "the first one the delegation filed", "yes or no"),
        ("last", "the last one the delegation filed", "yes or no"),
        ("preferred", "identifier of the preferred option", ""),
        ("preferred_label", "the preferred option", ""),
        ("place", "place of the preferred option along the issue's axis", "count from 1"),
        ("places", "how many options the issue has", "options"),
        ("acceptable", "identifiers of all acceptable options, with blanks between", ""),
        ("conditions", "on what conditions, as written", ""),
        ("reason", "why, as written", ""),
        ("at", "when it was filed", WHEN),
        ("cursor", "where in the record", CURSOR),
    ),
    "speaking_time": (
        ("delegation", "who had the floor", CODE),
        ("delegation_name", "the delegation", ""),
        ("seconds", "time with the floor, pauses left out; of what the attribution rule lets be told", "s"),
        ("speeches", "how often it had the floor", "speeches"),
        ("statements", "statements under its name", "statements"),
        ("share", "its part of all time with the floor; empty if nobody had it", "0 to 1"),
    ),
    "answers": (
        ("call", "identifier of the call for a decision", ""),
        ("title", "the text that was put, or to which an amendment was", ""),
        ("kind", "consensus, silence or vote", ""),
        ("amendment", "an amendment was put, not the whole text", "yes or no"),
        ("rule", "the decision rule that governed it", ""),
        ("opened_at", "when the call opened", WHEN),
        (
            "status",
            "adopted, objection, broken, stopped, rejected, vetoed, no_quorum, void, withdrawn, counting or open",
            "",
        ),
        ("delegation", "a member of the electorate", CODE),
        ("delegation_name", "the delegation", ""),
        ("answer", "its last answer: join, stand_aside, object, yes, no, abstain, pass, silent or secret", ""),
        ("reason", "why, as written", ""),
        ("answered_at", "when it answered", WHEN),
    ),
    "paragraphs": (
        ("document", "identifier of the text", ""),
        ("title", "the text", ""),
        ("label", "what the text may be called", ""),
        ("status", "draft, under_decision, under_silence, adopted or shelved", ""),
        ("number", "place of the paragraph in the text as it stands", "count from 1"),
        ("called", "what the room called it: P1 in the preamble, 1, A1 in the annex", ""),
        ("paragraph", "identifier of the paragraph", ""),
        ("proposer", "who proposed it; empty for the chair", CODE),
        ("proposer_name", "the proposer", ""),
        ("versions", "how many wordings it had", "wordings"),
        ("text", "the last wording, with the brackets that are open", ""),
    ),
    "agenda": (
        ("item", "identifier of the item", ""),
        ("title", "the item", ""),
        ("kind", "what kind of item", ""),
        ("attribution", "the attribution rule in force", ""),
        ("status", "planned (never began), running, done or skipped", ""),
        ("planned_minutes", "time planned", "min"),
        ("extended_minutes", "time added by the chair", "min"),
        ("actual_minutes", "time taken, pauses left out; empty if it never began", "min"),
        ("started_at", "when it began", WHEN),
        ("ended_at", "when it ended", WHEN),
        ("note", "why it was left out", ""),
    ),
    "timeline": (
        ("cursor", "where in the record", CURSOR),
        ("at", "when", WHEN),
        ("kind", KINDS, ""),
        ("item", "identifier of the agenda item then running", ""),
        ("delegation", "which delegation acted, where that may be told", CODE),
        ("sentence", "what happened", ""),
    ),
    "statements": (
        ("statement", "identifier of the statement in this record", ""),
        ("cursor", "where in the record", CURSOR),
        ("at", "when; the end of the item where the speaker may not be named", WHEN),
        ("item", "identifier of the agenda item", ""),
        ("item_title", "the item", ""),
        ("attribution", "the attribution rule in force", ""),
        ("speaker", "what the speaker may be called", ""),
        ("delegation", "the speaker's delegation, where it may be named", CODE),
        ("seat", "the speaker's seat, where it may be named", ""),
        ("kind", "statement, perspective, question, reply, proposal, procedural or chair", ""),
        ("withdrawn", "withdrawn later by who made it", "yes or no"),
        ("text", "what was said", ""),
    ),
    **tables_of_texts.COLUMNS,
    **tables_of_meetings.COLUMNS,
    **tables_of_promises.COLUMNS,
    **perceived_tables.COLUMNS,
    **wash_tables.COLUMNS,
    "data_dictionary": (
        ("table", "the table", ""),
        ("column", "the column", ""),
        ("meaning", "what it tells", ""),
        ("unit", "in what unit", ""),
    ),
}
# The last column of every table: a table on its own still says what it is.
RECORD = ("record", "which record this was made from, and so who may read it", "")


def columns(table: str) -> list[str]:
    """The header of a table."""
    return [name for name, _meaning, _unit in (*COLUMNS[table], RECORD)]


def tables(report: Report, record: str) -> dict[str, list[Row]]:
    """Every table by name, its rows with safe cells."""
    rows = {
        "about": _about(report, record),
        "positions": _positions(report),
        "speaking_time": _speaking_time(report),
        "answers": _answers(report),
        "paragraphs": _paragraphs(report),
        "agenda": _agenda(report),
        "timeline": _timeline(report),
        "statements": _statements(report),
        **tables_of_texts.rows(report),
        **tables_of_meetings.rows(report),
        **tables_of_promises.rows(report),
        **perceived_tables.rows(report),
        **wash_tables.rows(report),
        "data_dictionary": _data_dictionary(),
    }
    return {name: [_row(name, (*values, record)) for values in each] for name, each in rows.items()}


def _row(table: str, values: tuple[Any, ...]) -> Row:
    return {column: safe(value) for column, value in zip(columns(table), values, strict=True)}


def _about(report: Report, record: str) -> Iterator[tuple[Any, ...]]:
    yield "record", record
    yield "how cells are written", ESCAPED
    yield "room", report.title
    yield "scenario", report.scenario
    yield "status", report.status
    if report.headline:  # not where the outcome is kept back
        yield "outcome", report.headline
    yield "format", report.rules.format_name
    yield "attribution", report.rules.words
    yield from ((f"attribution of “{one.title}”", one.words) for one in report.rules.items)
    yield "decision rule", report.rules.decision
    yield "output", report.rules.output
    yield "started at", wording.instant(report.started_at)
    yield "closed at", wording.instant(report.closed_at)
    yield "minutes in session, pauses left out", _minutes(report.live_ms)
    yield "how one_page was chosen", report.one_page.rule
    yield "how quotes were chosen", report.quotes.rule
    yield from (("limit", one) for one in report.limits)


def _minutes(ms: int | None) -> float | None:
    return None if ms is None else round(ms / 60_000, 2)


def _positions(report: Report) -> Iterator[tuple[Any, ...]]:
    for issue in report.issues:
        for path in issue.paths:
            for n, one in enumerate(path.filed, start=1):
                yield (
                    issue.id,
                    issue.title,
                    path.delegation,
                    report.name(path.delegation),
                    n,
                    n == 1,
                    n == len(path.filed),
                    one.preferred,
                    one.label,
                    one.place,
                    len(issue.options),
                    " ".join(one.acceptable),
                    one.conditions,
                    one.reason,
                    wording.instant(one.at),
                    one.cursor,
                )


def _speaking_time(report: Report) -> Iterator[tuple[Any, ...]]:
    for one in report.speaking:
        share = None if one.share is None else round(one.share, 4)
        yield one.delegation, one.name, one.ms / 1000, one.speeches, one.statements, share


def _answers(report: Report) -> Iterator[tuple[Any, ...]]:
    for call in report.calls:
        opened_at = wording.instant(call.opened_at)
        for one in call.answers:
            given = (one.delegation, one.name, one.answer, one.reason, wording.instant(one.at))
            what = (call.call, call.title, call.kind, call.amendment, call.rule)
            yield (*what, opened_at, call.status, *given)


def _paragraphs(report: Report) -> Iterator[tuple[Any, ...]]:
    for text in report.texts:
        for one in text.paragraphs:
            by = (one.proposer, one.proposer_name)
            yield (
                text.document,
                text.title,
                text.label,
                text.status,
                one.number,
                one.called,
                one.paragraph,
                *by,
                one.versions,
                one.text,
            )


def _agenda(report: Report) -> Iterator[tuple[Any, ...]]:
    for one in report.agenda:
        minutes = (one.planned_minutes, one.extended_minutes, _minutes(one.actual_ms))
        times = (wording.instant(one.started_at), wording.instant(one.ended_at))
        yield one.item, one.title, one.kind, one.attribution, one.status, *minutes, *times, one.note


def _timeline(report: Report) -> Iterator[tuple[Any, ...]]:
    for one in report.timeline:
        yield one.cursor, wording.instant(one.at), one.kind, one.item, one.delegation, one.sentence


def _statements(report: Report) -> Iterator[tuple[Any, ...]]:
    for one in report.statements:
        where = (one.item, one.item_title, one.attribution)
        who = (one.speaker, one.delegation, one.seat)
        yield one.statement, one.cursor, wording.instant(one.at), *where, *who, one.kind, one.withdrawn, one.text


def _data_dictionary() -> Iterator[tuple[Any, ...]]:
    for table, each in COLUMNS.items():
        yield from ((table, *column) for column in (*each, RECORD))
