"""The round of presenters: an item of perspectives or presentations goes through the delegations in an announced order.

    to come -> presents -> has presented          to come <-> passed

The order is fixed and announced when the item starts: every delegation of the room, seated or not, in prepared order,
beginning one further from round to round. Who has presented is told by the floor itself: whoever is given it for a
perspective. The floor stays the chair's, so anybody may still be called between two presenters.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import floor, items, roles, seats, sight, speeches
from rooms.domain.items import Item, Presenter
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

PERSPECTIVE = "perspective"
# Who gives which perspective, by seat kind; what a scenario says of an item comes before it.
USUAL = {
    "national_perspective": ("MFA",),
    "military_perspective": ("MOD", "MIL"),
    "expert_presentation": ("EXP",),
}

# Events


@dataclass(frozen=True, slots=True)
class RotationAnnounced:
    """In which order the delegations present; `order` holds their codes."""

    item: str
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PresenterPassed:
    item: str
    delegation: str
    reason: str


@dataclass(frozen=True, slots=True)
class PresenterMoved:
    """`ahead_of` "": to the end. Who had been passed is to come again."""

    item: str
    delegation: str
    ahead_of: str


# Commands


@dataclass(frozen=True, slots=True)
class NextPresenter:
    """The moderator ends the running speech, if any, and gives the floor to the next delegation in the round. `seen` is
    the id of the speech that ran when the chair pressed ("" for none), so that pressing twice is harmless."""

    seen: str = ""


@dataclass(frozen=True, slots=True)
class PassPresenter:
    """The moderator passes a delegation that is absent or declines to present."""

    delegation: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MovePresenter:
    """The moderator moves a delegation in the round before another that is still to come; `before` "" means to the end.
    Who was passed is thereby to come again."""

    delegation: str
    before: str = ""


# What can be read off


def kinds(item: Item) -> tuple[str, ...]:
    """The kinds of seat that present in an item, the fittest first; none where there is no round. What officials say
    among themselves is no round: nobody else may see how far it has come."""
    if item.kind == "officials":
        return ()
    usual = tuple(one for one in USUAL.get(item.kind, ()) if one not in item.presenters)
    return tuple(one for one in (*item.presenters, *usual) if not item.may_speak or one in item.may_speak)


def following(item: Item | None) -> Presenter | None:
    """Whose turn comes next in the item's round."""
    return next((one for one in item.rotation if one.is_open), None) if item else None


def seat_of(state: "RoomState", item: Item, code: str) -> str:
    """The seat that presents for a delegation: one of the right kind on which somebody may speak, else that of its head
    if the item lets it; "" if nobody there may."""
    delegation = state.prepared.delegation(code)
    if delegation is None:
        return ""
    here = [seat for seat in delegation.seats if state.seats.may_speak(seat.id)]
    fit = next((seat.id for kind in kinds(item) for seat in here if seat.kind == kind), "")
    head = next((seat for seat in here if seat.id == seats.head_of(state, code)), None)
    if fit or head is None:
        return fit
    return head.id if not item.may_speak or head.kind in item.may_speak else ""


# Rules


def announced(state: "RoomState", item: Item) -> list[Any]:
    """The round of an item that starts; nothing where it has none."""
    codes = [one.code for one in state.prepared.delegations]
    if not kinds(item) or not codes:
        return []
    first = state.agenda.rotations % len(codes)
    return [RotationAnnounced(item.id, (*codes[first:], *codes[:first]))]


def _round(state: "RoomState", actor: str) -> Item:
    """The running item with its round, if the chair asks."""
    roles.moderator(state, actor)
    roles.live(state)
    running = state.agenda.running
    if running is None or not running.rotation:
        raise Refused("no_rotation", "No round of presenters is under way. Call on a seat instead.")
    return running


def _name(state: "RoomState", code: str) -> str:
    delegation = state.prepared.delegation(code)
    return delegation.name if delegation else code


def next_presenter(state: "RoomState", actor: str, command: NextPresenter, at: int) -> list[Any]:
    running = _round(state, actor)
    floor.moves(state, command.seen)
    presenter = following(running)
    if presenter is None:
        raise Refused("round_over", "Every delegation has presented or was passed. Open the floor, or go on.")
    seat = seat_of(state, running, presenter.delegation)
    if not seat:
        name = _name(state, presenter.delegation)
        raise Refused("no_presenter", f"Nobody here may present for {name}. Pass {name}, or call on another seat.")
    return [*floor.end_now(state, floor.BY_CHAIR, at), floor.given_directly(state, seat, PERSPECTIVE, at)]


def _listed(state: "RoomState", running: Item, code: str) -> Presenter:
    presenter = next((one for one in running.rotation if one.delegation == code), None)
    if presenter is None:
        raise Refused("not_in_round", "That delegation is not in this round of presenters. Choose one that is.")
    if presenter.speech:
        name = _name(state, code)
        raise Refused("has_presented", f"{name} has had the floor in this round. Only who is to come can be changed.")
    return presenter


def pass_presenter(state: "RoomState", actor: str, command: PassPresenter, _at: int) -> list[Any]:
    running = _round(state, actor)
    presenter = _listed(state, running, command.delegation)
    return [] if presenter.passed else [PresenterPassed(running.id, presenter.delegation, command.reason)]


def move_presenter(state: "RoomState", actor: str, command: MovePresenter, _at: int) -> list[Any]:
    running = _round(state, actor)
    presenter = _listed(state, running, command.delegation)
    if command.before:
        _listed(state, running, command.before)
    if command.before == command.delegation:
        return []
    return [PresenterMoved(running.id, presenter.delegation, command.before)]


# Fold


def _changed(state: "RoomState", item: Item, changed: Presenter) -> "RoomState":
    rotation = tuple(changed if one.delegation == changed.delegation else one for one in item.rotation)
    return items.change(state, item.id, rotation=rotation)


def _of(item: Item | None, code: str) -> Presenter | None:
    return next((one for one in item.rotation if one.delegation == code), None) if item else None


def _announced(state: "RoomState", event: RotationAnnounced, _entry: Entry) -> "RoomState":
    with_round = items.change(state, event.item, rotation=tuple(Presenter(code) for code in event.order))
    agenda = with_round.agenda
    return replace(with_round, agenda=replace(agenda, rotations=agenda.rotations + 1))


def _passed(state: "RoomState", event: PresenterPassed, _entry: Entry) -> "RoomState":
    item = state.agenda.item(event.item)
    presenter = _of(item, event.delegation)
    if item is None or presenter is None:
        return state
    return _changed(state, item, replace(presenter, passed=True, reason=event.reason))


def _moved(state: "RoomState", event: PresenterMoved, _entry: Entry) -> "RoomState":
    item = state.agenda.item(event.item)
    if item is None:
        return state
    rest = [one for one in item.rotation if one.delegation != event.delegation]
    place = next((n for n, one in enumerate(rest) if one.delegation == event.ahead_of), len(rest))
    order = (*rest[:place], Presenter(event.delegation), *rest[place:])
    return items.change(state, item.id, rotation=order)


def _given(state: "RoomState", event: floor.FloorGiven, _entry: Entry) -> "RoomState":
    """Whoever is given the floor for a perspective presents for its delegation."""
    item = state.agenda.running
    presenter = _of(item, event.delegation)
    if item is None or presenter is None or presenter.speech or event.kind != PERSPECTIVE:
        return state
    return _changed(state, item, Presenter(event.delegation, event.request))


def _ended(state: "RoomState", event: floor.SpeechEnded, _entry: Entry) -> "RoomState":
    """A presentation that was cut off with its item is to come again: the item may be suspended only."""
    item = state.agenda.running
    presenter = _of(item, event.delegation)
    if item is None or presenter is None or presenter.speech != event.speech or event.how != "item ended":
        return state
    return _changed(state, item, Presenter(event.delegation))


def _undone(state: "RoomState", event: speeches.TurnUndone, _entry: Entry) -> "RoomState":
    """Whose turn the chair took back is to come again."""
    item = state.agenda.running
    presenter = _of(item, event.delegation)
    if item is None or presenter is None or presenter.speech != event.speech:
        return state
    return _changed(state, item, Presenter(event.delegation))


EVENTS = {
    "agenda.rotation_announced": (RotationAnnounced, sight.everyone, _announced),
    "agenda.presenter_passed": (PresenterPassed, sight.everyone, _passed),
    "agenda.presenter_moved": (PresenterMoved, sight.everyone, _moved),
}
# What this matter hears of another's events, by their stored names, after they have changed their own slice.
HEARS = {"floor.given": _given, "floor.speech_ended": _ended, "floor.turn_undone": _undone}
COMMANDS = {
    "next_presenter": (NextPresenter, next_presenter),
    "pass_presenter": (PassPresenter, pass_presenter),
    "move_presenter": (MovePresenter, move_presenter),
}
