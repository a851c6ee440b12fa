"""The chair's hand on the injects: write, arm, hold, skip, release, play the contingency, close."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import news, roles
from rooms.domain.injects import (
    ARMED,
    BY_HAND,
    CAUCUS_BEGAN,
    CLOSED,
    DRAFTED,
    EVENT,
    HELD,
    ITEM,
    MINUTES,
    RELEASED,
    SKIPPED,
    TIME,
    UPON,
    ContingencyPlayed,
    Inject,
    InjectAdded,
    InjectClosed,
    InjectHeld,
    InjectSkipped,
    Trigger,
    armed_with,
    has_passed,
    released,
)
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

# Commands


@dataclass(frozen=True, slots=True)
class AddInject:
    """The moderator writes an inject of their own. `to`: "all", delegations or seats."""

    title: str
    text: str
    sender: str
    to: tuple[str, ...] = ("all",)


@dataclass(frozen=True, slots=True)
class ArmInject:
    """The moderator sets when an inject is released; a held one is armed again. See `Trigger`."""

    inject: str
    kind: str = "manual"
    minutes: int = 0
    what: str = ""


@dataclass(frozen=True, slots=True)
class ArmAsPlanned:
    """The moderator arms every drafted inject as its scenario planned it; one whose moment has passed stays drafted."""


@dataclass(frozen=True, slots=True)
class HoldInject:
    """The moderator holds an armed inject back; it is not released until armed again."""

    inject: str


@dataclass(frozen=True, slots=True)
class SkipInject:
    """The moderator leaves an inject out, with a reason."""

    inject: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReleaseInject:
    """The moderator releases an inject now. `to`: other addressees than were planned."""

    inject: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlayContingency:
    """The moderator does what was foreseen in case of no reaction; `text`, if any, goes to the same addressees."""

    inject: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class CloseInject:
    """The moderator closes a released inject. `outcome`: what came of it, in a line."""

    inject: str
    outcome: str = ""


# Rules


def _known(state: "RoomState", inject_id: str) -> Inject:
    inject = state.injects.prepared.get(inject_id)
    if inject is None:
        raise Refused("unknown_inject", "There is no such inject. Look at the list again.")
    return inject


def _waiting(state: "RoomState", inject_id: str) -> Inject:
    inject = _known(state, inject_id)
    if not inject.waits:
        raise Refused("inject_over", f"Inject {inject.number} is {inject.status} already. Write a new one if need be.")
    return inject


def _out(state: "RoomState", inject_id: str) -> Inject:
    inject = _known(state, inject_id)
    if inject.status != RELEASED:
        way_out = "Write a new one instead." if inject.status in (SKIPPED, CLOSED) else "Release it first."
        raise Refused("not_released", f"Inject {inject.number} is {inject.status}. {way_out}")
    return inject


def _new_id(state: "RoomState") -> str:
    """An id that the scenario has not given to one of its own."""
    number = len(state.injects.prepared) + 1
    while f"x{number}" in state.injects.prepared:
        number += 1
    return f"x{number}"


def add_inject(state: "RoomState", actor: str, command: AddInject, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    for name in ("title", "text", "sender"):
        if not getattr(command, name):
            raise Refused("text_needed", "An inject needs a headline, words, and who sends it.", field=name)
    to = news.addressees(state, command.to)
    return [InjectAdded(_new_id(state), command.title, command.text, command.sender, to)]


def arm_inject(state: "RoomState", actor: str, command: ArmInject, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    inject = _waiting(state, command.inject)
    trigger = _checked(state, Trigger(command.kind, command.minutes, command.what))
    if inject.status == ARMED and inject.trigger == trigger:
        return []
    if has_passed(state, trigger, at):
        raise Refused(
            "too_late", "That moment has passed. Choose a later one, or release the inject now.", field="minutes"
        )
    return [armed_with(inject.id, trigger)]


def _checked(state: "RoomState", trigger: Trigger) -> Trigger:
    """The trigger without what does not belong to its kind, or `Refused`."""
    if trigger.kind not in (TIME, ITEM, EVENT, BY_HAND):
        raise Refused("unknown_trigger", "Release it at a time, with an item, upon an event, or by hand.", field="kind")
    if trigger.kind in (TIME, ITEM) and not MINUTES[0] <= trigger.minutes <= MINUTES[1]:
        raise Refused("minutes_range", "Choose 0 to 600 minutes.", field="minutes")
    if trigger.kind == ITEM and state.agenda.item(trigger.what) is None:
        raise Refused("unknown_item", "There is no such item on the agenda. Choose one from the list.", field="what")
    if trigger.kind == EVENT and trigger.what not in UPON:
        raise Refused("unknown_event", "Choose one of the events in the list.", field="what")
    if trigger.kind == EVENT and trigger.what == CAUCUS_BEGAN and state.prepared.caucus_existence == "hidden":
        # Whoever read the news would know that somebody meets.
        raise Refused(
            "caucuses_hidden", "Caucuses are hidden at this table; news would tell of them. Choose another event."
        )
    if trigger.kind == BY_HAND:
        return Trigger()
    return Trigger(TIME, trigger.minutes) if trigger.kind == TIME else replace(trigger, minutes=_minutes(trigger))


def _minutes(trigger: Trigger) -> int:
    return trigger.minutes if trigger.kind == ITEM else 0


def arm_as_planned(state: "RoomState", actor: str, _command: ArmAsPlanned, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    drafted = [one for one in state.injects.prepared.values() if one.status == DRAFTED]
    return [armed_with(one.id, one.planned) for one in drafted if not has_passed(state, one.planned, at)]


def hold_inject(state: "RoomState", actor: str, command: HoldInject, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    inject = _waiting(state, command.inject)
    return [] if inject.status == HELD else [InjectHeld(inject.id)]


def skip_inject(state: "RoomState", actor: str, command: SkipInject, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    inject = _waiting(state, command.inject)
    if not command.reason:
        raise Refused("reason_needed", "Say why it is left out; the debrief will tell.", field="reason")
    return [InjectSkipped(inject.id, command.reason)]


def release_inject(state: "RoomState", actor: str, command: ReleaseInject, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    inject = _waiting(state, command.inject)
    return released(inject, news.addressees(state, command.to) if command.to else inject.to, at)


def play_contingency(state: "RoomState", actor: str, command: PlayContingency, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    inject = _out(state, command.inject)
    if inject.contingency_at is not None:
        raise Refused("contingency_played", "That contingency has been played. Write a new inject for more.")
    to = [addressee for addressee, _ in inject.news]
    pieces = news.pieces(inject.title, command.text, inject.sender, to, at) if command.text else []
    return [*pieces, ContingencyPlayed(inject.id, tuple((piece.to, piece.news) for piece in pieces))]


def close_inject(state: "RoomState", actor: str, command: CloseInject, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    return [InjectClosed(_out(state, command.inject).id, command.outcome)]


EVENTS: dict[str, tuple[type, Any, Any]] = {}  # they are what an inject is: see `injects`
COMMANDS = {
    "add_inject": (AddInject, add_inject),
    "arm_inject": (ArmInject, arm_inject),
    "arm_as_planned": (ArmAsPlanned, arm_as_planned),
    "hold_inject": (HoldInject, hold_inject),
    "skip_inject": (SkipInject, skip_inject),
    "release_inject": (ReleaseInject, release_inject),
    "play_contingency": (PlayContingency, play_contingency),
    "close_inject": (CloseInject, close_inject),
}
