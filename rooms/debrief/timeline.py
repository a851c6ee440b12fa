"""The timeline: one plain sentence for each event that somebody may want to find again.

What a delegation wrote to itself alone (its channel, its private positions, its pack) is never in it, so that a
timeline can be shown to a room whoever's record it was made from.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rooms.debrief import (
    beside,
    brackets_told,
    capitals_told,
    commitments_told,
    decisions_told,
    forks_told,
    house,
    outputs_told,
    perceptions_told,
    texts_told,
    wash_told,
    wording,
)
from rooms.debrief.report import Moment
from rooms.domain import (
    agenda,
    attribution,
    floor,
    fold,
    ground_rules,
    positions,
    room,
    rotation,
    seats,
    speakers,
    speeches,
    statements,
    suspensions,
    texts,
)
from rooms.domain.record import Entry
from rooms.domain.state import RoomState

SPEAKERS = {"chatham_house": "somebody", "not_for_attribution": "a participant"}
VERBS = {"question": "asked", "proposal": "proposed", "reply": "replied", "correction": "corrected the record"}

Teller = Callable[[Any, RoomState, RoomState, Entry], str]


def walk(entries: Sequence[Entry]) -> Iterator[tuple[int, Entry, RoomState, RoomState]]:
    """(cursor, entry, the state before it, the state after it) from the first entry on."""
    before = RoomState()
    for cursor, entry in enumerate(entries, start=1):
        after = fold.apply(before, entry)
        yield cursor, entry, before, after
        before = after


def moment(cursor: int, entry: Entry, before: RoomState, after: RoomState) -> Moment | None:
    """The line for one entry, or None where there is nothing to tell."""
    kind, tell = TELLERS.get(type(entry.event), ("", None))
    words = tell(entry.event, before, after, entry) if tell else ""
    if not words:
        return None
    running = before.agenda.running or after.agenda.running
    item = running.id if running else ""
    return Moment(cursor, entry.at, kind, wording.sentence(words), _delegation(entry.event, after), item)


def _delegation(event: Any, state: RoomState) -> str:
    """The delegation that acted, as far as the event tells."""
    if isinstance(event, texts.ParagraphRevised | texts.ParagraphWithdrawn):
        document = state.texts.document(event.document)
        paragraph = document.paragraph(event.paragraph) if document else None
        return paragraph.proposer if paragraph else ""
    return getattr(event, "delegation", "")


def speaker(event: statements.StatementMade, rule: str, state: RoomState) -> str:
    """What a reader may call who made a statement, within a sentence."""
    if event.kind in attribution.CHAIR_KINDS:
        return "the chair"
    return named(state, event.delegation) if event.delegation else SPEAKERS.get(rule, "somebody")


def named(state: RoomState, code: str) -> str:
    """A delegation's name within a sentence; the chair for ""."""
    return wording.named(state, code, "the chair")


def _quoted(text: str) -> str:
    return f"“{wording.excerpt(text)}”"


def _opened(event: room.RoomOpened, *_: Any) -> str:
    return f"the room {_quoted(event.title)} was opened"


def _started(*_: Any) -> str:
    return "the session began"


def _paused(event: room.SessionPaused, *_: Any) -> str:
    return f"the session was paused{wording.because(event.reason)}"


def _resumed(event: room.SessionResumed, *_: Any) -> str:
    return f"the session went on after {wording.lasting(event.stopped_ms)}"


def _closed(event: room.SessionClosed, *_: Any) -> str:
    return f"the session was closed{wording.because(event.words)}"


def _sat(event: seats.SeatTaken, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"somebody took the seat {event.seat} of {named(after, event.delegation)}"


def _left(event: seats.SeatLeft, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"somebody left the seat {event.seat} of {named(after, event.delegation)}{wording.because(event.reason)}"


def _removed(*_: Any) -> str:
    return "the chair removed somebody from the room"


def _title(state: RoomState, item_id: str) -> str:
    item = state.agenda.item(item_id)
    return _quoted(item.title if item else item_id)


def _item_started(event: agenda.ItemStarted, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    rule = attribution.name_of(ground_rules.rule_in_force(after))
    return f"{_title(after, event.item)} began. The rule: {rule}"


def _item_ended(event: agenda.ItemEnded, before: RoomState, after: RoomState, _entry: Entry) -> str:
    item = after.agenda.item(event.item)
    if item is None or item.started_at is None or item.ended_at is None:
        return ""
    return f"{_title(before, event.item)} ended after {wording.lasting(item.ended_at - item.started_at)}"


def _item_suspended(event: suspensions.ItemSuspended, before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{_title(after, event.item)} was suspended{wording.because(event.reason)}"


def _item_resumed(event: suspensions.ItemResumed, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    rule = attribution.name_of(ground_rules.rule_in_force(after))
    left = f"with {wording.lasting(event.left_ms)} left" if event.left_ms > 0 else "past its time"
    return f"{_title(after, event.item)} went on {left}. The rule: {rule}"


def _rotation_announced(event: rotation.RotationAnnounced, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"the order of presenters was announced: {', '.join(named(after, code) for code in event.order)}"


def _presenter_passed(event: rotation.PresenterPassed, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{named(after, event.delegation)} was passed{wording.because(event.reason)}"


def _presenter_moved(event: rotation.PresenterMoved, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    where = f"before {named(after, event.ahead_of)}" if event.ahead_of else "to the end"
    return f"{named(after, event.delegation)} was moved {where} in the order of presenters"


def _room_rule(event: ground_rules.RoomAttributionSet, *_: Any) -> str:
    return f"the rule of the room became: {attribution.in_full_words(event.rule)}"


def _item_rule(event: ground_rules.ItemAttributionSet, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    if not event.rule:
        return f"{_title(after, event.item)} was returned to the rule of the room"
    return f"{_title(after, event.item)} was given a rule of its own: {attribution.in_full_words(event.rule)}"


def _item_time_up(event: agenda.ItemTimeUp, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"the time planned for {_title(after, event.item)} was up"


def _item_extended(event: agenda.ItemExtended, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{_title(after, event.item)} was given {wording.counted(event.minutes, 'more minute')}"


def _item_skipped(event: agenda.ItemSkipped, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{_title(after, event.item)} was left out{wording.because(event.reason)}"


def _item_added(event: agenda.ItemAdded, *_: Any) -> str:
    return f"{_quoted(event.item['title'])} was added to the agenda"


def _item_moved(event: agenda.ItemMoved, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    where = f"before {_title(after, event.before)}" if event.before else "to the end"
    return f"{_title(after, event.item)} was moved {where}"


def _given(event: floor.FloorGiven, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{named(after, event.delegation)} had the floor ({event.seat})"


def _spoke(event: floor.SpeechEnded, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    # What was said in writing has a line of its own at the same instant.
    return (
        "" if event.how == "said" else f"{named(after, event.delegation)} spoke for {wording.lasting(event.spoken_ms)}"
    )


def _made(event: statements.StatementMade, _before: RoomState, after: RoomState, entry: Entry) -> str:
    return f"{speaker(event, entry.attribution, after)} {VERBS.get(event.kind, 'said')}: {_quoted(event.text)}"


def _unsaid(event: statements.StatementWithdrawn, before: RoomState, _after: RoomState, _entry: Entry) -> str:
    made = next((one for one in before.floor.transcript if one.id == event.statement), None)
    return f"{named(before, made.delegation)} withdrew a statement" if made else "a statement was withdrawn"


def _list_opened(*_: Any) -> str:
    return "the speakers' list was opened"


def _list_closed(*_: Any) -> str:
    return "the speakers' list was closed to new names"


def _seconds(event: speeches.SpeechSecondsSet, *_: Any) -> str:
    return f"speeches were set to {wording.lasting(event.seconds * 1000)}"


def _declared(event: positions.PositionDeclared, before: RoomState, after: RoomState, _entry: Entry) -> str:
    issue = after.prepared.issue(event.issue)
    held = before.positions.public_of(event.delegation, event.issue)
    new = issue.option(event.preferred) if issue else None
    if issue is None or new is None:
        return ""
    who, where = named(after, event.delegation), _quoted(issue.title)
    linked = positions.links_in_words(after, event)
    more = "".join(f", more if {_quoted(title)} ends at {_quoted(option)} or beyond" for title, option in linked)
    old = issue.option(held.preferred) if held else None
    if old is None:
        return f"{who} declared on {where}: {_quoted(new.label)}{more}"
    if old.id == new.id:
        return f"{who} filed its position on {where} again, still {_quoted(new.label)}{more}"
    return f"{who} moved on {where} from {_quoted(old.label)} to {_quoted(new.label)}{more}"


TELLERS: dict[type, tuple[str, Teller]] = {
    **house.TELLERS,
    **beside.TELLERS,
    **decisions_told.TELLERS,
    **forks_told.TELLERS,
    **capitals_told.TELLERS,
    **commitments_told.TELLERS,
    **outputs_told.TELLERS,
    **perceptions_told.TELLERS,
    **wash_told.TELLERS,
    **texts_told.TELLERS,
    **brackets_told.TELLERS,
    room.RoomOpened: ("room", _opened),
    room.SessionStarted: ("room", _started),
    room.SessionPaused: ("room", _paused),
    room.SessionResumed: ("room", _resumed),
    room.SessionClosed: ("room", _closed),
    seats.SeatTaken: ("room", _sat),
    seats.SeatLeft: ("room", _left),
    seats.PersonRemoved: ("room", _removed),
    agenda.ItemStarted: ("agenda", _item_started),
    agenda.ItemEnded: ("agenda", _item_ended),
    suspensions.ItemSuspended: ("agenda", _item_suspended),
    suspensions.ItemResumed: ("agenda", _item_resumed),
    rotation.RotationAnnounced: ("agenda", _rotation_announced),
    rotation.PresenterPassed: ("agenda", _presenter_passed),
    rotation.PresenterMoved: ("agenda", _presenter_moved),
    ground_rules.RoomAttributionSet: ("room", _room_rule),
    ground_rules.ItemAttributionSet: ("agenda", _item_rule),
    agenda.ItemTimeUp: ("agenda", _item_time_up),
    agenda.ItemExtended: ("agenda", _item_extended),
    agenda.ItemSkipped: ("agenda", _item_skipped),
    agenda.ItemAdded: ("agenda", _item_added),
    agenda.ItemMoved: ("agenda", _item_moved),
    floor.FloorGiven: ("floor", _given),
    floor.SpeechEnded: ("floor", _spoke),
    statements.StatementMade: ("floor", _made),
    statements.StatementWithdrawn: ("floor", _unsaid),
    speakers.ListOpened: ("floor", _list_opened),
    speakers.ListClosed: ("floor", _list_closed),
    speeches.SpeechSecondsSet: ("floor", _seconds),
    positions.PositionDeclared: ("positions", _declared),
}
KINDS = (
    *("room", "agenda", "floor", "caucuses", "injects", "positions", "texts", "decisions", "commitments"),
    "bookmarks",
)
