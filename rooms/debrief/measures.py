"""The measures of a session: one pass over the record, then counting.

`report` is given entries that its reader may see and never decides sight or attribution itself. What a delegation
keeps to itself (its channel, its private positions, its pack) is not counted even where the entries hold it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rooms.debrief import findings, timeline, wording
from rooms.debrief.report import (
    AgendaLine,
    Answered,
    CallReport,
    Delegation,
    Filed,
    IssueReport,
    ItemRule,
    Moment,
    ParagraphReport,
    Path,
    Put,
    Report,
    Rules,
    Said,
    SpeakingLine,
    Spread,
    StandAside,
    StatementLine,
    TextReport,
)
from rooms.domain import agenda, attribution, decisions, floor, positions, room, seats, texts
from rooms.domain.prepared import Issue
from rooms.domain.record import Entry
from rooms.domain.state import RoomState

Span = tuple[int, int]


@dataclass(slots=True)
class _Notes:
    """What is written down while going through the record once."""

    state: RoomState = field(default_factory=RoomState)
    seated: set[str] = field(default_factory=set)
    pauses: list[Span] = field(default_factory=list)
    items_began: dict[str, tuple[int, int]] = field(default_factory=dict)  # item -> (at, cursor)
    items_ended: dict[str, int] = field(default_factory=dict)
    extended: dict[str, int] = field(default_factory=dict)
    filed: dict[tuple[str, str], list[Filed]] = field(default_factory=dict)  # (issue, delegation) -> filings
    called: dict[str, int] = field(default_factory=dict)  # call -> cursor
    speeches: list[floor.SpeechEnded] = field(default_factory=list)
    statements: list[StatementLine] = field(default_factory=list)
    withdrawn: set[str] = field(default_factory=set)
    timeline: list[Moment] = field(default_factory=list)
    names_speakers: bool = False


def report(entries: Sequence[Entry]) -> Report:
    """Everything that is counted about a session, over the entries that the reader may see."""
    notes = _notes(entries)
    state = notes.state
    delegations = _delegations(notes)
    names = {one.code: one.name for one in delegations}
    calls = tuple(_call(call, notes, names) for call in state.decisions.calls)
    documents = tuple(_text(document, calls, notes, names) for document in state.texts.documents)
    issues = tuple(_issue(issue, notes, delegations) for issue in state.prepared.issues)
    statements = _statements(notes)
    items = _agenda(notes)
    end = state.room.closed_at or state.at
    paused_ms = sum(until - since for since, until in notes.pauses)
    asides = [one for text in documents for one in text.stand_asides]
    return Report(
        title=state.room.title,
        scenario=state.prepared.scenario_title,
        moment=state.prepared.moment,
        status=state.room.status,
        opened_at=state.room.opened_at,
        started_at=state.room.started_at,
        closed_at=state.room.closed_at,
        live_ms=end - state.room.started_at - paused_ms if state.room.started_at is not None else 0,
        paused_ms=paused_ms,
        headline=findings.headline(calls, asides),
        rules=_rules(state),
        delegations=delegations,
        issues=issues,
        calls=calls,
        texts=documents,
        agenda=items,
        speaking=_speaking(notes, delegations, statements),
        statements=statements,
        said=_said(statements),
        timeline=tuple(notes.timeline),
        limits=findings.limits(
            delegations,
            issues,
            closed=state.room.status == "closed",
            protected=[
                i.attribution for i in items if i.actual_ms is not None and i.attribution != attribution.ON_THE_RECORD
            ],
            names_speakers=notes.names_speakers,
            unwritten=sum(speech.how != "said" for speech in notes.speeches),
        ),
        names_speakers=notes.names_speakers,
    )


# One pass


def _notes(entries: Sequence[Entry]) -> _Notes:
    notes = _Notes()
    paused_at: int | None = None
    for cursor, entry, before, after in timeline.walk(entries):
        told = timeline.moment(cursor, entry, before, after)
        if told:
            notes.timeline.append(told)
        _note(notes, cursor, entry, after)
        if before.room.paused_at is None and after.room.paused_at is not None:
            paused_at = entry.at
        elif paused_at is not None and after.room.paused_at is None:
            notes.pauses.append((paused_at, entry.at))
            paused_at = None
        notes.state = after
    if paused_at is not None:
        notes.pauses.append((paused_at, notes.state.at))
    return notes


def _note(notes: _Notes, cursor: int, entry: Entry, state: RoomState) -> None:
    event = entry.event
    if type(event) in attribution.PEOPLE_EVENTS:
        notes.seated.update(one.code for one in state.prepared.delegations if state.seats.members(one.code))
    elif isinstance(event, agenda.ItemStarted):
        notes.items_began[event.item] = (entry.at, cursor)
    elif isinstance(event, agenda.ItemEnded):
        notes.items_ended[event.item] = entry.at
    elif isinstance(event, agenda.ItemExtended):
        notes.extended[event.item] = notes.extended.get(event.item, 0) + event.minutes
    elif isinstance(event, positions.PositionDeclared):
        _note_position(notes, cursor, entry, state)
    elif isinstance(event, decisions.ConsensusCalled):
        notes.called[event.call] = cursor
    elif type(event) in attribution.FLOOR_EVENTS:
        _note_floor(notes, cursor, entry, state)


def _note_position(notes: _Notes, cursor: int, entry: Entry, state: RoomState) -> None:
    event = entry.event
    issue = state.prepared.issue(event.issue)
    places = {option.id: (n, option.label) for n, option in enumerate(issue.options if issue else (), start=1)}
    if event.preferred not in places:
        return
    place, label = places[event.preferred]
    filed = Filed(entry.at, cursor, event.preferred, label, place, event.acceptable, event.conditions, event.reason)
    notes.filed.setdefault((event.issue, event.delegation), []).append(filed)


def _note_floor(notes: _Notes, cursor: int, entry: Entry, state: RoomState) -> None:
    event = entry.event
    if entry.attribution != attribution.ON_THE_RECORD and getattr(event, "delegation", ""):
        notes.names_speakers = True
    if isinstance(event, floor.SpeechEnded):
        notes.speeches.append(event)
    elif isinstance(event, floor.StatementWithdrawn):
        notes.withdrawn.add(event.statement)
    elif isinstance(event, floor.StatementMade):
        item = state.agenda.item(event.item)
        who = wording.sentence(timeline.speaker(event, entry.attribution, state))[:-1]
        line = StatementLine(
            event.statement,
            cursor,
            entry.at,
            event.item,
            item.title if item else "",
            entry.attribution,
            who,
            event.delegation,
            event.seat,
            event.kind,
            event.text,
            withdrawn=False,
        )
        notes.statements.append(line)
