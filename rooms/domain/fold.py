"""The fold: command -> events (`decide`), event -> state (`apply`). The tables of all matters meet here.

`decide` changes nothing; `apply` refuses nothing and looks nothing up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rooms.domain import (
    adjourning,
    agenda,
    agreeing,
    amending,
    amendments,
    arranging,
    ballots,
    brackets,
    bridging,
    capitals,
    caucus_sittings,
    caucus_terms,
    caucuses,
    chairs_text,
    channels,
    checks,
    commitment_life,
    commitments,
    decisions,
    dissent,
    disuse,
    drafting,
    floor,
    forgetting,
    forking,
    gists,
    ground_rules,
    heads,
    history,
    hot_wash,
    inject_control,
    injects,
    linking,
    measures,
    muting,
    news,
    non_papers,
    notes,
    offices,
    orders,
    outputs,
    perceptions,
    points,
    positions,
    presence,
    questions,
    ratification,
    reinviting,
    reopening,
    replies,
    room,
    rotation,
    seats,
    settling,
    sharing,
    shelving,
    silence,
    speakers,
    speeches,
    sponsoring,
    statements,
    suspensions,
    texts,
    turns,
    voices,
    voting,
    withholding,
)
from rooms.domain.record import CLOCK, Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace
from rooms.domain.state import RoomState

PEOPLE = (seats, offices, heads, voices, muting, reinviting, presence, forgetting)
AGENDA = (ground_rules, agenda, suspensions, rotation)
FLOOR = (speakers, turns, floor, speeches, statements, gists, questions, replies, points, orders)
PAPER = (
    *(texts, shelving, sponsoring, agreeing, arranging, brackets, bridging, settling, amendments, amending),
    *(chairs_text, non_papers),
)
DECIDING = (decisions, silence, voting, dissent, ratification, reopening, outputs)
PROMISING = (commitments, measures, linking, commitment_life, withholding)
ASIDE = (caucuses, caucus_terms, caucus_sittings, notes, injects, inject_control, news)
LOOKING_BACK = (history, perceptions, hot_wash, sharing, forking)
MATTERS = (
    *(room, adjourning, *PEOPLE, *AGENDA, *FLOOR, channels),
    *(checks, positions, *PAPER, drafting, *DECIDING, ballots, capitals, *PROMISING),
    *(*ASIDE, *LOOKING_BACK),
)
HEARING = (floor, agenda, rotation, injects, news, voices, silence, ratification, settling, amending, perceptions)
TIMED = (floor, agenda, decisions, silence, voting, caucus_sittings, injects, commitment_life, ratification)

# name -> (class, who may see it, how it changes the state). Names are frozen for ever.
EVENTS: dict[str, tuple[type, Any, Any]] = {name: row for matter in MATTERS for name, row in matter.EVENTS.items()}
NAMES: dict[type, str] = {row[0]: name for name, row in EVENTS.items()}
# name -> how other matters' slices change with an event, after its own has.
HEARD: dict[str, tuple[Any, ...]] = {
    name: tuple(matter.HEARS[name] for matter in HEARING if name in matter.HEARS)
    for name in {name for matter in HEARING for name in matter.HEARS}
}
# name -> (class, rule): what may come over the wire.
COMMANDS: dict[str, tuple[type, Any]] = {name: row for matter in MATTERS for name, row in matter.COMMANDS.items()}
# Of these nothing keeps who sent them: no request of theirs is remembered, nobody is told that one was refused.
NAMELESS: tuple[type, ...] = (non_papers.CirculateNonPaper, hot_wash.AddWashNote)
# class -> name of what is tried before everybody: the chair may know when it is refused.
IN_THE_OPEN: dict[type, str] = {
    row[0]: name
    for matter in (*AGENDA, *FLOOR, *PAPER, *DECIDING, *PROMISING, seats)
    for name, row in matter.COMMANDS.items()
    if row[0] not in NAMELESS
}
# What the act of one person brings about for the room: who that was would tell others what they did not see of it (who
# answered last, what set an inject off).
NOBODYS = (
    *(caucuses.CaucusBegan, caucus_sittings.CaucusReported, news.NewsDelivered, non_papers.NonPaperCirculated),
    *(ratification.ConstituenciesAnswered, perceptions.PerceptionsReceived),
    *(hot_wash.NoteAdded, hot_wash.RolesCounted),
)
# Commands that only our own code issues.
INTERNAL: dict[str, tuple[type, Any]] = {
    **room.INTERNAL,
    **seats.INTERNAL,
    **reinviting.INTERNAL,
    **presence.INTERNAL,
    **notes.INTERNAL,
    **ballots.INTERNAL,
    **forgetting.INTERNAL,
    **forking.INTERNAL,
    **disuse.INTERNAL,
}
RULES: dict[type, Any] = {row[0]: row[1] for row in (*COMMANDS.values(), *INTERNAL.values())}


@dataclass(frozen=True, slots=True)
class Tick:
    """Internal: the clock asks what is due."""


def decide(state: RoomState, actor: str, command: Any, at: int) -> list[Any]:
    """The events that follow from a command at an instant (ms), or `Refused`. An empty list: nothing to change."""
    if isinstance(command, Tick):
        events = [event for matter in TIMED for event in matter.due(state, at)] if actor == CLOCK else []
    else:
        rule = RULES.get(type(command))
        if rule is None:
            raise Refused("unknown_command", "This room does not know that command.")
        events = list(rule(state, actor, command, at))
    return _with_what_follows(state, events, at) if events else []


def _with_what_follows(state: RoomState, events: list[Any], at: int) -> list[Any]:
    """Events of one matter with what they bring about in another: caucuses end before their period or the session
    does, injects follow what they were armed upon."""
    kinds = {type(event) for event in events}
    items = {event.item for event in events if isinstance(event, agenda.ItemEnded | suspensions.ItemSuspended)}
    closing = caucus_sittings.ended_with(state, items, session=room.SessionClosed in kinds)
    return [*closing, *events, *injects.set_off_by(state, {NAMES[kind] for kind in kinds}, at)]


def record(
    state: RoomState, actor: str, events: Iterable[Any], at: int, request_id: str = ""
) -> tuple[RoomState, list[Entry]]:
    """Events written down one after the other: the entries, and the state after them."""
    entries: list[Entry] = []
    for event in events:
        audience = EVENTS[NAMES[type(event)]][1](event)
        rule = ground_rules.rule_in_force(state)
        whose, request = (CLOCK, "") if isinstance(event, NOBODYS) else (actor, request_id)
        entry = Entry(state.count + 1, at, whose, audience, rule, event, request)
        state = apply(state, entry)
        entries.append(entry)
    return state, entries


def apply(state: RoomState, entry: Entry) -> RoomState:
    """The state after one more entry."""
    name = NAMES[type(entry.event)]
    changed: RoomState = EVENTS[name][2](state, entry.event, entry)
    for hear in HEARD.get(name, ()):
        changed = hear(changed, entry.event, entry)
    return replace(changed, count=state.count + 1, at=entry.at)


def fold(entries: Iterable[Entry], state: RoomState | None = None) -> RoomState:
    """The state after all these entries, from an empty room or from a given state."""
    state = RoomState() if state is None else state
    for entry in entries:
        state = apply(state, entry)
    return state


def next_deadline(state: RoomState) -> int | None:
    """The nearest instant (ms) at which the clock has something to say, or None."""
    deadlines = [matter.next_deadline(state) for matter in TIMED]
    return min((one for one in deadlines if one is not None), default=None)
