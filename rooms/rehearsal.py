"""Rehearsals: scripted sessions, played through the one door. Reads a script and plays it; holds no rule of the
dialogue, and never writes an event itself.

A script is TOML: `title`, `scenario` (slug), `delegations`, a `[cast]` of names by seat, and steps:

    [[step]]
    after = 20                 # seconds since the step before
    who = "JPN-MFA"            # "moderator", a seat, or another name of the cast, such as "observer"
    do = "ask_for_floor"       # a command; or "join"; or "wait", in which only time passes
    with = {kind = "question"} # the command's fields
    refused = "list_closed"    # only where the rules must say no: the code they must say it with
    name = "fuel"              # only where something begins (a caucus, an item, an inject): what later steps call it
    note = "..."               # shown while it plays

Ids that only the running room knows are written as references (`@speech`, `@caucus:fuel`): see `references`.
"""

import time
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
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
from rooms.references import NAMING, Known, brought_about, fault, is_reference, resolved

SECOND = 1_000
NIGHT = 3_600 * SECOND
SHORT_NIGHT = 60 * SECOND
MODERATOR = "moderator"
JOIN, WAIT = "join", "wait"
STEP_KEYS = {"after", "who", "do", "with", "refused", "name", "note"}
SCRIPT_KEYS = {"title": str, "scenario": str, "delegations": list, "cast": dict, "step": list}


class Stopped(Exception):
    """A rehearsal cannot begin or go on. The message says in a sentence where and why."""


@dataclass(frozen=True, slots=True)
class Step:
    """`after_ms` since the step before; `refused` is the code it must be refused with, "" if it must be done; `name` is
    what later steps call that which this one brings about."""

    number: int
    after_ms: int
    who: str
    do: str
    fields: Mapping[str, Any]
    refused: str
    note: str
    name: str = ""

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
    known: Known = field(default_factory=Known)

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
    return Rehearsal(script["title"], script["scenario"], tuple(script["delegations"]), cast, _steps(script, cast))


def _steps(script: Mapping[str, Any], cast: Mapping[str, str]) -> tuple[Step, ...]:
    steps: list[Step] = []
    for number, data in enumerate(script["step"], start=1):
        steps.append(_step(number, data, cast, {one.name for one in steps if one.name}))
    return tuple(steps)


def _step(number: int, data: Any, cast: Mapping[str, str], names: Collection[str]) -> Step:
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
    fields, name = data.get("with", {}), data.get("name", "")
    wrong = (fault(value, cast, names) for value in fields.values() if is_reference(value))
    if sentence := next(filter(None, wrong), ""):
        raise Stopped(f"Step {number} {sentence}.")
    if name and (do not in NAMING or name in names):
        raise Stopped(f"Step {number} has the name “{name}”, which is taken, or names nothing that begins with it.")
    return Step(number, round(after * SECOND), who, do, fields, data.get("refused", ""), data.get("note", ""), name)


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
    return Stage(room, at, Known({MODERATOR: chair}))


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
    stage.known.pids[MODERATOR] = chair.pid
    return stage


# The play


def at_once(_at: int) -> None:
    """No waiting: the whole session in a moment, at the instants of the script."""


def watched(gap_ms: int) -> int:
    """How much of a gap between two steps is waited for: nobody watches a room that is adjourned for the night."""
    return SHORT_NIGHT if gap_ms > NIGHT else gap_ms


def at_speed(start: int, speed: float) -> Callable[[int], None]:
    """Wait for each instant in real time, `speed` times faster, counted from now; nights are cut short."""
    began, last, due = time.monotonic(), start, 0

    def wait(at: int) -> None:
        nonlocal last, due
        last, due = at, due + watched(at - last)
        time.sleep(max(0.0, due / SECOND / speed - (time.monotonic() - began)))

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
    actor = stage.known.pids.get(step.who)
    if actor is None:
        raise Stopped(f"{step} comes too early: {step.who} has not joined.")
    state = stage.state
    fields = {name: resolved(value, state, stage.known, actor) for name, value in step.fields.items()}
    entries = act(stage.room.pk, actor, command_from(step.do, fields), at=at).entries
    if step.name:
        stage.known.named[step.name] = brought_about(entries)
    return entries


def _come_in(rehearsal: Rehearsal, stage: Stage, step: Step, at: int) -> tuple[Entry, ...]:
    """Join on the seat that is named, or the one the cast is named after; who has neither observes."""
    own = step.who if stage.state.prepared.seat(step.who) else ""
    seat = step.fields.get("seat", own)
    role = "delegate" if seat else "observer"
    stage.known.pids[step.who], entries = _join(stage.room, rehearsal.cast[step.who], role, seat, at)
    return entries


def _join(room: Room, name: str, role: str, seat: str, at: int, user: Any = None) -> tuple[str, tuple[Entry, ...]]:
    """Bring somebody of the cast in: their participant id, and what was written. If refused, nobody was made."""
    participant = access.new_participant(room, name, role, user)
    return participant.pid, access.bring_in(participant, JoinRoom(role, seat), at).entries
