"""Rehearsals: scripted sessions, played through the one door. Reads a script and plays it; holds no rule of the
dialogue, and never writes an event itself.

A script is TOML: `title`, `scenario` (slug), `delegations`, a `[cast]` of names by seat, and steps:

    [[step]]
    after = 20                 # seconds since the step before
    who = "JPN-MFA"            # "moderator", a seat, or another name of the cast, such as "observer"
    do = "ask_for_floor"       # a command; or "join"; or "wait", in which only time passes
    with = {kind = "question"} # the command's fields
    refused = "list_closed"    # only where the rules must say no: the code they must say it with
    note = "..."               # shown while it plays

Ids that only the running room knows are written as references: `@speech`, `@item`, `@call` (what is now, "" for
none; for a call also the last one), `@person:SEAT`, `@request:SEAT`, `@statement:SEAT`, `@version:PARAGRAPH`.
"""

import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from delegations.library import find_scenario
from delegations.snapshot import snapshot
from rooms import access
from rooms.actions import act, now_ms
from rooms.domain.fold import COMMANDS, Tick, next_deadline
from rooms.domain.record import CLOCK, Entry
from rooms.domain.refused import Refused
from rooms.domain.room import OpenRoom
from rooms.domain.seats import JoinRoom
from rooms.domain.state import RoomState
from rooms.forms import command_from
from rooms.models import Room
from rooms.process import folds

SECOND = 1_000
MODERATOR = "moderator"
JOIN, WAIT = "join", "wait"
STEP_KEYS = {"after", "who", "do", "with", "refused", "note"}
SCRIPT_KEYS = {"title": str, "scenario": str, "delegations": list, "cast": dict, "step": list}


class Stopped(Exception):
    """A rehearsal cannot begin or go on. The message says in a sentence where and why."""


@dataclass(frozen=True, slots=True)
class Step:
    """`after_ms` since the step before; `refused` is the code it must be refused with, "" if it must be done."""

    number: int
    after_ms: int
    who: str
    do: str
    fields: Mapping[str, Any]
    refused: str
    note: str

    def __str__(self) -> str:
        return f"Step {self.number} ({self.who}: {self.do})"


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A script. `cast` gives each one's name by seat, or by any other word for who has none."""

    title: str
    scenario: str
    delegations: tuple[str, ...]
    cast: Mapping[str, str]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """What one step did at an instant (ms), or the clock where `step` is None."""

    step: Step | None
    at: int
    entries: tuple[Entry, ...] = ()
    refused: Refused | None = None


@dataclass
class Stage:
    """The room that is played in, who is who there, and the instant (ms) at which the script begins."""

    room: Room
    start: int
    pids: dict[str, str] = field(default_factory=dict)

    @property
    def state(self) -> RoomState:
        return folds.at_head(self.room.pk).state


# The script


def parse(path: Path) -> Rehearsal:
    """The script in a file, or `Stopped` with what is wrong in it."""
    try:
        script = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Stopped(f"{path} cannot be read as a rehearsal: {error}.") from error
    if missing := [key for key, kind in SCRIPT_KEYS.items() if not isinstance(script.get(key), kind)]:
        raise Stopped(f"{path.name} has no “{missing[0]}”, or it is not of the right kind. Correct it.")
    if unknown := sorted(script.keys() - SCRIPT_KEYS.keys()):
        raise Stopped(f"{path.name} has a “{unknown[0]}” that means nothing here. Take it out.")
    cast = script["cast"]
    if MODERATOR not in cast:
        raise Stopped(f"{path.name} has no moderator in its cast. Give the chair a name.")
    steps = tuple(_step(number, data, cast) for number, data in enumerate(script["step"], start=1))
    return Rehearsal(script["title"], script["scenario"], tuple(script["delegations"]), cast, steps)


def _step(number: int, data: Any, cast: Mapping[str, str]) -> Step:
    if not isinstance(data, dict) or not isinstance(data.get("with", {}), dict):
        raise Stopped(f"Step {number} is not written as a step: its fields stand in a table of their own.")
    if unknown := sorted(data.keys() - STEP_KEYS):
        raise Stopped(f"Step {number} has a “{unknown[0]}” that means nothing here. Take it out.")
    who, do, after = data.get("who", MODERATOR), data.get("do", ""), data.get("after", 0)
    if who not in cast:
        raise Stopped(f"Step {number} is for “{who}”, who is not in the cast.")
    if do not in COMMANDS and do not in (JOIN, WAIT):
        raise Stopped(f"Step {number} says “{do}”, which is no command.")
    if isinstance(after, bool) or not isinstance(after, int | float) or after < 0:
        raise Stopped(f"Step {number}: “after” must be seconds, 0 or more.")
    fields = data.get("with", {})
    for value in fields.values():
        _check_reference(number, value, cast)
    return Step(number, round(after * SECOND), who, do, fields, data.get("refused", ""), data.get("note", ""))


# What a reference stands for: (state, what it is about, participant ids by cast name) -> the value.
Reference = Callable[[RoomState, str, Mapping[str, str]], Any]


def _last_statement(state: RoomState, seat: str) -> str:
    return next((one.id for one in reversed(state.floor.transcript) if one.seat == seat), "")


def _version(state: RoomState, paragraph_id: str) -> int:
    paragraphs = (one for document in reversed(state.texts.documents) for one in document.paragraphs)
    return next((one.version for one in paragraphs if one.id == paragraph_id), 0)


REFERENCES: Mapping[str, Reference] = {
    "speech": lambda state, _about, _pids: state.floor.speech.id if state.floor.speech else "",
    "item": lambda state, _about, _pids: state.agenda.running.id if state.agenda.running else "",
    "call": lambda state, _about, _pids: state.decisions.calls[-1].id if state.decisions.calls else "",
    "person": lambda _state, about, pids: pids.get(about, ""),
    "request": lambda state, about, _pids: getattr(state.floor.request_from_seat(about), "id", ""),
    "statement": lambda state, about, _pids: _last_statement(state, about),
    "version": lambda state, about, _pids: _version(state, about),
}


def _is_reference(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("@")


def _check_reference(number: int, value: Any, cast: Mapping[str, str]) -> None:
    if not _is_reference(value):
        return
    kind, _, about = value[1:].partition(":")
    if kind not in REFERENCES:
        raise Stopped(f"Step {number} refers to “{value}”, which stands for nothing.")
    if kind == "person" and about not in cast:
        raise Stopped(f"Step {number} refers to “{about}”, who is not in the cast.")


def _resolved(value: Any, state: RoomState, pids: Mapping[str, str]) -> Any:
    if not _is_reference(value):
        return value
    kind, _, about = value[1:].partition(":")
    return REFERENCES[kind](state, about, pids)


# The stage


def fresh_stage(rehearsal: Rehearsal, user: Any, at: int) -> Stage:
    """A new room of the user's for this script, opened at an instant (ms), with the chair in it."""
    scenario = find_scenario(slug=rehearsal.scenario)
    if scenario is None or scenario.outline:
        raise Stopped(f"The exercise “{rehearsal.scenario}” is not here to be played. Run load_scenarios first.")
    plan = snapshot(scenario)
    opening = OpenRoom(rehearsal.title, plan, rehearsal.delegations, plan["format"]["attribution"], True, False)
    room = access.new_room(rehearsal.title, scenario, user)
    try:
        act(room.pk, "", opening, at=at)
        chair, _entries = _join(room, rehearsal.cast[MODERATOR], MODERATOR, "", at, user)
    except Refused as refused:
        raise Stopped(f"The room for “{rehearsal.title}” could not be opened: {refused.message}") from refused
    return Stage(room, at, {MODERATOR: chair})


def existing_stage(rehearsal: Rehearsal, code: str) -> Stage:
    """A room that a moderator has opened and that still is in its lobby; the script plays that moderator's part."""
    room = Room.objects.filter(code=access.spelled(code)).first()
    if room is None:
        raise Stopped(f"No room has the code “{code}”. Open one in the browser, and give its code.")
    chair = room.participants.filter(role=MODERATOR, revoked=False).order_by("pk").first()
    stage = Stage(room, 0)
    state = stage.state
    stage.start = max(now_ms(), state.at)
    if state.room.status != "lobby" or chair is None:
        raise Stopped(f"Room {room.code} has begun already. A rehearsal needs a room that is still in its lobby.")
    if state.prepared.scenario != rehearsal.scenario:
        raise Stopped(f"Room {room.code} plays “{state.prepared.scenario}”, the script “{rehearsal.scenario}”.")
    absent = [code for code in rehearsal.delegations if state.prepared.delegation(code) is None]
    if absent:
        raise Stopped(f"Room {room.code} was opened without {absent[0]}. Open one with all that the script needs.")
    stage.pids[MODERATOR] = chair.pid
    return stage


# The play


def at_once(_at: int) -> None:
    """No waiting: the whole session in a moment, at the instants of the script."""


def at_speed(start: int, speed: float) -> Callable[[int], None]:
    """Wait for each instant in real time, `speed` times faster, counted from now."""
    began = time.monotonic()

    def wait(at: int) -> None:
        time.sleep(max(0.0, (at - start) / SECOND / speed - (time.monotonic() - began)))

    return wait


def play(rehearsal: Rehearsal, stage: Stage, wait: Callable[[int], None] = at_once) -> Iterator[Played]:
    """Play step by step, yielding what each did; `Stopped` at the first that did not go as the script says.

    Instants run from the stage's start, never behind the real clock: the server's own clock finds nothing due
    before the player does, so deadlines fire at their very instant, whatever the speed.
    """
    at = stage.start
    for step in rehearsal.steps:
        at += step.after_ms
        yield from _deadlines(stage, at, wait)
        wait(at)
        yield _take(rehearsal, stage, step, at)


def _deadlines(stage: Stage, upto: int, wait: Callable[[int], None]) -> Iterator[Played]:
    """Act as the clock, at every deadline on the way to the next step."""
    while (due := next_deadline(stage.state)) is not None and due <= upto:
        wait(due)
        done = act(stage.room.pk, CLOCK, Tick(), at=due)
        if done.entries:
            yield Played(None, due, done.entries)


def _take(rehearsal: Rehearsal, stage: Stage, step: Step, at: int) -> Played:
    try:
        entries = _carry_out(rehearsal, stage, step, at)
    except Refused as refused:
        if refused.code == step.refused:
            return Played(step, at, refused=refused)
        wanted = f"should be refused as {step.refused} but was" if step.refused else "should be done but was"
        raise Stopped(f"{step} {wanted} refused as {refused.code}: {refused.message}") from refused
    if step.refused:
        raise Stopped(f"{step} should be refused as {step.refused} but was done.")
    return Played(step, at, entries)


def _carry_out(rehearsal: Rehearsal, stage: Stage, step: Step, at: int) -> tuple[Entry, ...]:
    if step.do == WAIT:
        return ()
    if step.do == JOIN:
        return _come_in(rehearsal, stage, step, at)
    actor = stage.pids.get(step.who)
    if actor is None:
        raise Stopped(f"{step} comes too early: {step.who} has not joined.")
    state = stage.state
    fields = {name: _resolved(value, state, stage.pids) for name, value in step.fields.items()}
    return act(stage.room.pk, actor, command_from(step.do, fields), at=at).entries


def _come_in(rehearsal: Rehearsal, stage: Stage, step: Step, at: int) -> tuple[Entry, ...]:
    """Join on the seat that is named, or the one the cast is named after; who has neither observes."""
    own = step.who if stage.state.prepared.seat(step.who) else ""
    seat = step.fields.get("seat", own)
    role = "delegate" if seat else "observer"
    stage.pids[step.who], entries = _join(stage.room, rehearsal.cast[step.who], role, seat, at)
    return entries


def _join(room: Room, name: str, role: str, seat: str, at: int, user: Any = None) -> tuple[str, tuple[Entry, ...]]:
    """Bring somebody of the cast in: their participant id, and what was written. If refused, nobody was made."""
    participant = access.new_participant(room, name, role, user)
    try:
        return participant.pid, act(room.pk, participant.pid, JoinRoom(role, seat), at=at).entries
    except Refused:
        participant.delete()
        raise
