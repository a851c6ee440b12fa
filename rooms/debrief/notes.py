"""One pass over the record, writing down what the measures then count. No sums and no sentences here."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rooms.debrief import decision_points, meetings, promises, reactions, short_view, text_history, timeline, wording
from rooms.debrief.reading import GIST, Span, names_a_speaker
from rooms.debrief.report import Filed, Moment, StatementLine
from rooms.domain import (
    agenda,
    attribution,
    caucus_sittings,
    decisions,
    floor,
    gists,
    ground_rules,
    positions,
    silence,
    speeches,
    statements,
    suspensions,
    voting,
)
from rooms.domain.record import Entry
from rooms.domain.state import RoomState

AGENDA_EVENTS: tuple[type, ...] = tuple(row[0] for one in (agenda, suspensions) for row in one.EVENTS.values())


@dataclass(slots=True)
class Notes:
    """What is written down while going through the record once."""

    state: RoomState = field(default_factory=RoomState)
    seated: set[str] = field(default_factory=set)
    pauses: list[Span] = field(default_factory=list)  # when the clocks stood, paused or adjourned
    adjourned_ms: int = 0
    items_began: dict[str, tuple[int, int]] = field(default_factory=dict)  # item -> (at, cursor)
    items_ended: dict[str, int] = field(default_factory=dict)
    items_under: dict[str, str] = field(default_factory=dict)  # item -> the rule under which it began
    items_ran: dict[str, list[Span]] = field(default_factory=dict)  # item -> its stretches
    runs_since: dict[str, int] = field(default_factory=dict)  # the running item -> since when
    extended: dict[str, int] = field(default_factory=dict)
    filed: dict[tuple[str, str], list[Filed]] = field(default_factory=dict)  # (issue, delegation) -> filings
    called: dict[str, int] = field(default_factory=dict)  # call -> cursor
    speeches: list[floor.SpeechEnded] = field(default_factory=list)
    statements: list[StatementLine] = field(default_factory=list)
    gists: set[str] = field(default_factory=set)  # the speeches of which somebody noted a line down
    timeline: list[Moment] = field(default_factory=list)
    names_speakers: bool = False  # who had the floor is told where a rule protects it
    of_texts: text_history.TextNotes = field(default_factory=text_history.TextNotes)
    of_meetings: meetings.MeetingNotes = field(default_factory=meetings.MeetingNotes)
    of_reactions: reactions.ReactionNotes = field(default_factory=reactions.ReactionNotes)
    of_promises: promises.PromiseNotes = field(default_factory=promises.PromiseNotes)
    of_points: decision_points.PointNotes = field(default_factory=decision_points.PointNotes)
    of_short: short_view.ShortNotes = field(default_factory=short_view.ShortNotes)


def taken(entries: Sequence[Entry]) -> Notes:
    """The notes on these entries."""
    notes = Notes()
    paused_at: int | None = None
    for cursor, entry, before, after in timeline.walk(entries):
        told = timeline.moment(cursor, entry, before, after)
        if told:
            notes.timeline.append(told)
        _note(notes, cursor, entry, after)
        _note_parts(notes, cursor, entry, before, after)
        if before.room.paused_at is None and after.room.paused_at is not None:
            paused_at = after.room.paused_at  # a fork stands since the moment it goes on from
        elif paused_at is not None and after.room.paused_at is None:
            notes.pauses.append((paused_at, entry.at))
            paused_at = None
        notes.adjourned_ms += _adjourned_until(entry.at, before, after)
        notes.state = after
    if paused_at is not None:
        notes.pauses.append((paused_at, notes.state.at))
    if notes.state.room.adjourned_at is not None:
        notes.adjourned_ms += notes.state.at - notes.state.room.adjourned_at
    for item, since in notes.runs_since.items():
        notes.items_ran.setdefault(item, []).append((since, notes.state.at))
    return notes


def _adjourned_until(at: int, before: RoomState, after: RoomState) -> int:
    """How long the session had been adjourned when this moment ended it; 0 if it did not."""
    since = before.room.adjourned_at
    return at - since if since is not None and after.room.adjourned_at is None else 0


def _note_parts(notes: Notes, cursor: int, entry: Entry, before: RoomState, after: RoomState) -> None:
    """What the later parts of the report write down, each for itself."""
    text_history.note(notes.of_texts, cursor, entry, before, after)
    meetings.note(notes.of_meetings, cursor, entry, after)
    reactions.note(notes.of_reactions, cursor, entry, before, after)
    promises.note(notes.of_promises, cursor, entry, before, after)
    decision_points.note(notes.of_points, cursor, entry, before, after)
    short_view.note(notes.of_short, cursor, entry, before)


def _note(notes: Notes, cursor: int, entry: Entry, state: RoomState) -> None:
    event = entry.event
    if type(event) in attribution.PEOPLE_EVENTS:
        notes.seated.update(one.code for one in state.prepared.delegations if state.seats.members(one.code))
    elif type(event) in AGENDA_EVENTS:
        _note_item(notes, cursor, entry, state)
    elif isinstance(event, positions.PositionDeclared):
        _note_position(notes, cursor, entry, state)
    elif isinstance(event, decisions.ConsensusCalled | silence.SilenceProposed | voting.VoteCalled):
        notes.called[event.call] = cursor
    elif type(event) in attribution.FLOOR_EVENTS:
        _note_floor(notes, cursor, entry, state)


def _note_item(notes: Notes, cursor: int, entry: Entry, state: RoomState) -> None:
    event = entry.event
    if isinstance(event, agenda.ItemStarted):
        notes.items_began[event.item] = (entry.at, cursor)
        notes.items_under[event.item] = ground_rules.rule_in_force(state)
    elif isinstance(event, agenda.ItemEnded):
        notes.items_ended[event.item] = entry.at
    elif isinstance(event, agenda.ItemExtended):
        notes.extended[event.item] = notes.extended.get(event.item, 0) + event.minutes
    if isinstance(event, agenda.ItemStarted | suspensions.ItemResumed):
        notes.runs_since[event.item] = entry.at
    elif isinstance(event, agenda.ItemEnded | suspensions.ItemSuspended) and event.item in notes.runs_since:
        stretch = (notes.runs_since.pop(event.item), entry.at)
        notes.items_ran.setdefault(event.item, []).append(stretch)


def _note_position(notes: Notes, cursor: int, entry: Entry, state: RoomState) -> None:
    event = entry.event
    issue = state.prepared.issue(event.issue)
    places = {option.id: (n, option.label) for n, option in enumerate(issue.options if issue else (), start=1)}
    if event.preferred not in places:
        return
    place, label = places[event.preferred]
    conditions = positions.conditions_in_words(state, event)
    filed = Filed(
        entry.at,
        cursor,
        event.preferred,
        label,
        place,
        event.acceptable,
        conditions,
        event.reason,
        event.sources,
    )
    notes.filed.setdefault((event.issue, event.delegation), []).append(filed)


def _note_floor(notes: Notes, cursor: int, entry: Entry, state: RoomState) -> None:
    event = entry.event
    notes.names_speakers = notes.names_speakers or names_a_speaker(entry)
    if isinstance(event, floor.SpeechEnded):
        notes.speeches.append(event)
    elif isinstance(event, statements.StatementWithdrawn):
        notes.statements = [
            replace(one, withdrawn=True) if one.statement == event.statement else one for one in notes.statements
        ]
    elif isinstance(event, speeches.TurnUndone):
        # The speech that goes on will be counted whole when it ends.
        notes.speeches = [one for one in notes.speeches if one.speech != event.again]
    elif isinstance(event, statements.StatementMade):
        who = wording.capital(timeline.speaker(event, entry.attribution, state))
        notes.statements.append(_line(state, cursor, entry, event.statement, who, event.kind))
    elif isinstance(event, caucus_sittings.CaucusReported):
        notes.statements.append(_line(state, cursor, entry, event.statement, "A caucus", caucus_sittings.REPORT))
    elif isinstance(event, gists.GistLogged):
        _note_gist(notes, cursor, entry, state)


def _note_gist(notes: Notes, cursor: int, entry: Entry, state: RoomState) -> None:
    """The last gist of a speech counts; where the record does not tell of which speech it is, each stands alone."""
    event = entry.event
    who = wording.capital(timeline.speaker(event, event.rule, state))
    line = replace(
        _line(state, cursor, entry, f"{GIST}{event.speech or cursor}", who, event.kind), attribution=event.rule
    )
    notes.statements = [one for one in notes.statements if one.statement != line.statement]
    notes.statements.append(line)


def _line(state: RoomState, cursor: int, entry: Entry, number: str, who: str, kind: str) -> StatementLine:
    event = entry.event
    item = state.agenda.item(event.item)
    return StatementLine(
        number,
        cursor,
        entry.at,
        event.item,
        item.title if item else "",
        entry.attribution,
        who,
        getattr(event, "delegation", ""),
        getattr(event, "seat", ""),
        kind,
        event.text,
        withdrawn=False,
    )
