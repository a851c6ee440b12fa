"""Links between commitments: in parallel, one after the other, or upon verification of the other (rulebook 13).

A circle in which everyone waits for another may be linked; the road map warns of it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import commitment_life, roles, sight
from rooms.domain.promises import LINKS, OVER, PARALLEL, Commitment, Link, change
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState


@dataclass(frozen=True, slots=True)
class CommitmentsLinked:
    """`kind` parallel, or the second waits: after the first is claimed done, or upon its verification."""

    first: str
    second: str
    kind: str
    delegation: str


@dataclass(frozen=True, slots=True)
class CommitmentsUnlinked:
    first: str
    second: str
    delegation: str


@dataclass(frozen=True, slots=True)
class LinkCommitments:
    """The second waits until the first is claimed done (after) or verified (verification), or the two go in parallel.
    The chair; or a delegation for what it drew or is to do, while that is only proposed."""

    first: str
    second: str
    kind: str


@dataclass(frozen=True, slots=True)
class UnlinkCommitments:
    """Takes a link away; by the same."""

    first: str
    second: str


def link_commitments(state: "RoomState", actor: str, command: LinkCommitments, at: int) -> list[Any]:
    by = roles.author(state, actor)
    roles.live(state)
    first = commitment_life.standing(state, command.first)
    second = commitment_life.standing(state, command.second)
    if command.kind not in LINKS:
        raise Refused("unknown_link", "Choose parallel, after, or upon verification.", field="kind")
    if first.id == second.id:
        raise Refused("same", "A commitment cannot wait for itself. Choose two different ones.", field="second")
    _may_link(by, first, second, command.kind)
    if command.kind == PARALLEL:
        _may_tie(by, first, second)
    held = state.commitments.link(first.id, second.id) or state.commitments.link(second.id, first.id)
    if held and (held.kind == command.kind == PARALLEL or held == Link(first.id, second.id, command.kind)):
        return []
    if held and (PARALLEL in (held.kind, command.kind) or held.first == first.id):
        raise Refused("linked", f"{first.label} and {second.label} are linked otherwise. Take that link away first.")
    if second.status in OVER or (command.kind == PARALLEL and first.status in OVER):
        raise Refused("over", "What is over waits for nothing any more. Choose one that is still to be done.")
    if command.kind != PARALLEL and second.status not in ("proposed", "dormant"):
        raise Refused("begun", f"{second.label} is {second.status} and can no longer be made to wait.")
    links = (*state.commitments.links, Link(first.id, second.id, command.kind))
    begins = commitment_life.falling_due(replace(state.commitments, links=links), first.id, at)
    return [CommitmentsLinked(first.id, second.id, command.kind, by), *begins]


def unlink_commitments(state: "RoomState", actor: str, command: UnlinkCommitments, at: int) -> list[Any]:
    by = roles.author(state, actor)
    roles.live(state)
    first, second = state.commitments.commitment(command.first), state.commitments.commitment(command.second)
    link = state.commitments.link(command.first, command.second)
    if link is None or first is None or second is None:
        raise Refused("not_linked", "These two are not linked that way. Look at what the road map shows now.")
    _may_link(by, first, second, link.kind)
    links = tuple(one for one in state.commitments.links if one != link)
    begins = commitment_life.falling_due(replace(state.commitments, links=links), link.first, at)
    return [CommitmentsUnlinked(link.first, link.second, by), *begins]


def _may_link(by: str, first: Commitment, second: Commitment, kind: str) -> None:
    """A delegation makes only what is not yet promised wait for something, or go with it."""
    concerned = (first, second) if kind == PARALLEL else (second,)
    if by and not any(one.status == "proposed" and by in (one.by, one.actor) for one in concerned):
        raise Refused("not_yours", "You link what you drew or are to do, while it is only proposed. Ask the chair.")


def _may_tie(by: str, *both: Commitment) -> None:
    """A promise that waits for what is only proposed may never fall due: only who receives it lets it wait."""
    bound = next((one for one in both if one.binding and by not in ("", one.beneficiary)), None)
    if bound:
        raise Refused(
            "promised",
            f"{bound.label} has been promised and is owed to others: only they, or the chair, let it go together with"
            " what is not. Ask them.",
        )


# Fold


def _linked(state: "RoomState", event: CommitmentsLinked, _entry: Entry) -> "RoomState":
    links = (*state.commitments.links, Link(event.first, event.second, event.kind))
    linked = replace(state, commitments=replace(state.commitments, links=links))
    return _reread(_reread(linked, event.second), event.first if event.kind == PARALLEL else "")


def _unlinked(state: "RoomState", event: CommitmentsUnlinked, _entry: Entry) -> "RoomState":
    links = tuple(one for one in state.commitments.links if (one.first, one.second) != (event.first, event.second))
    unlinked = replace(state, commitments=replace(state.commitments, links=links))
    return _reread(_reread(unlinked, event.second), event.first)


def _reread(state: "RoomState", commitment_id: str) -> "RoomState":
    """Whoever is about to accept a commitment reads anew what it waits for."""
    one = state.commitments.commitment(commitment_id)
    return change(state, one.id, version=one.version + 1) if one and one.status == "proposed" else state


EVENTS = {
    "commitments.linked": (CommitmentsLinked, sight.everyone, _linked),
    "commitments.unlinked": (CommitmentsUnlinked, sight.everyone, _unlinked),
}
COMMANDS = {
    "link_commitments": (LinkCommitments, link_commitments),
    "unlink_commitments": (UnlinkCommitments, unlink_commitments),
}
