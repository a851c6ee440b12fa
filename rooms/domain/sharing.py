"""Which parts of the debrief the moderator has shared, and with whom (rulebook 16).

Sharing shows a part, or hides it again, on the pages of others; the debrief opens when the session is closed. What
others have nowhere in their record (mandates, what papers recommend, what in fact happened) travels in an event of its
own, to those alone with whom it is shared. Hiding it takes it off their pages again; what was told stays told.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight
from rooms.domain.record import Entry, frozen
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

CHAIR, DELEGATES, ALL = "chair", "delegates", "all"
TO: Mapping[str, str] = {
    CHAIR: "moderators only",
    DELEGATES: "delegations and their capitals",
    ALL: "everybody who was let in",
}
# part -> (its title, what it is in one sentence)
PARTS: Mapping[str, tuple[str, str]] = {
    "outcome": ("What came of it", "What was adopted, issued or left open, and where each issue ended."),
    "texts": ("How the text came about", "How each paragraph came about, its brackets, and what moved them."),
    "decisions": ("Decisions", "Each call with its rule, its answers and its result."),
    "positions": ("Positions", "What delegations declared in public, and how that changed."),
    "packages": ("Packages", "Which combinations of options nobody had ruled out."),
    "commitments": ("Commitments", "Who owes what to whom, in which order, and the road map."),
    "floor": ("The floor", "How long each delegation spoke, and in which items."),
    "caucuses": ("Who met whom", "The caucuses that were announced, and who was left out."),
    "injects": ("News", "What news was released, and how the table reacted."),
    "perceptions": ("Perceptions", "What delegations thought of each other before and after, counted."),
    "mandates": ("Against the mandates", "What each briefing pack told its delegation to want, and its red lines."),
    "papers": ("Against the papers", "The recommendations in the packs, and the road map of the scenario."),
    "history": ("What in fact happened", "The scenario’s account of what came of it in the end."),
    "wash": ("Hot wash", "The board of the hot wash: plus, delta, notes by phase."),
    "timeline": ("The whole timeline", "One line for each thing worth telling; each opens the room at that moment."),
    "replay": ("Replay", "The room as it was, panel by panel, at any moment."),
    "files": ("Files", "The debrief as JSON, tables, text and print."),
    "mine": ("Private pages", "A page for each participant, which they alone read."),
}
# What no reader but the moderators has otherwise: theirs to share only once nobody can play by it any more.
SECRET = ("mandates", "papers", "history")
MANDATE = ("positions", "red_lines")  # what of a pack is its delegation's mandate


@dataclass(frozen=True, slots=True)
class Sharing:
    """`shared`: part -> with whom, where the moderator has said so. `material`: part -> what travelled with it, where
    this fold may read it."""

    shared: Mapping[str, str] = field(default_factory=dict)
    material: Mapping[str, Any] = field(default_factory=dict)

    def with_whom(self, part: str) -> str:
        """chair, delegates or all."""
        return self.shared.get(part, CHAIR if part in SECRET else ALL)


# Events


@dataclass(frozen=True, slots=True)
class PartShared:
    """`to`: chair, delegates or all."""

    part: str
    to: str


@dataclass(frozen=True, slots=True)
class MaterialShared:
    """What is in a part that others have nowhere else, for those with whom it is shared. `delegations`: which are in
    the room."""

    part: str
    to: str
    delegations: tuple[str, ...]
    material: Mapping[str, Any]


# Commands


@dataclass(frozen=True, slots=True)
class SharePart:
    """The moderator shares a part of the debrief with all or with the delegations, or hides it from both again (`to`
    chair)."""

    part: str
    to: str


# What others ask


def may_read(state: "RoomState", part: str, audience: sight.Audience) -> bool:
    """Whether an audience may read a part of the debrief. `state`: any fold of the room at its head; everybody inside
    is told what has been shared with whom. That the debrief is open is for the caller to know."""
    if audience == sight.THE_MODERATORS:
        return part in PARTS
    if part not in PARTS or sight.ALL not in audience.groups:
        return False
    to = state.sharing.with_whom(part)
    return to == ALL or (to == DELEGATES and bool(audience.delegation))


# Rules


def share_part(state: "RoomState", actor: str, command: SharePart, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    if command.part not in PARTS:
        raise Refused("unknown_part", "The debrief has no such part. Choose one from the list.", field="part")
    if command.to not in TO:
        raise Refused("unknown_readers", "Share it with all, with the delegations, or with nobody else.", field="to")
    if command.part in SECRET and command.to != CHAIR and state.room.status != "closed":
        title = PARTS[command.part][0]
        raise Refused(
            "still_playing", f"“{title}” would change how the delegations play. Share it once the session is closed."
        )
    if state.sharing.with_whom(command.part) == command.to:
        return []
    shared = PartShared(command.part, command.to)
    if command.part not in SECRET or command.to == CHAIR:
        return [shared]
    codes = tuple(one.code for one in state.prepared.delegations)
    return [shared, MaterialShared(command.part, command.to, codes, _material(state, command.part))]


def _material(state: "RoomState", part: str) -> Mapping[str, Any]:
    """mandates: {code: {positions, red_lines}}; papers: {recommendations: {code: lines}, measures}; history:
    {paragraphs}. Lines, positions, measures and paragraphs as the scenario's snapshot has them."""
    packs = {one.code: state.prepared.packs.get(one.code, {}) for one in state.prepared.delegations}
    made: Mapping[str, Any]
    if part == "mandates":
        made = {code: {name: pack.get(name, ()) for name in MANDATE} for code, pack in packs.items() if pack}
    elif part == "papers":
        made = {
            "recommendations": {code: pack.get("recommendations", ()) for code, pack in packs.items() if pack},
            "measures": tuple(asdict(one) for one in state.prepared.measures),
        }
    else:
        made = {"paragraphs": state.prepared.history}
    kept: Mapping[str, Any] = frozen(made)
    return kept


# Fold


def _shared(state: "RoomState", event: PartShared, _entry: Entry) -> "RoomState":
    held = state.sharing
    material = {part: one for part, one in held.material.items() if part != event.part}
    return replace(state, sharing=Sharing({**held.shared, event.part: event.to}, material))


def _material_shared(state: "RoomState", event: MaterialShared, _entry: Entry) -> "RoomState":
    held = state.sharing
    return replace(state, sharing=replace(held, material={**held.material, event.part: event.material}))


def _readers(event: MaterialShared) -> tuple[str, ...]:
    if event.to == ALL:
        return (sight.ALL,)
    members = (group(code) for code in event.delegations for group in (sight.delegation, sight.capital))
    return (*members, sight.MODERATORS)


EVENTS: dict[str, tuple[type, Any, Any]] = {
    "sharing.part_shared": (PartShared, sight.everyone, _shared),
    "sharing.material_shared": (MaterialShared, _readers, _material_shared),
}
COMMANDS: dict[str, tuple[type, Any]] = {"share_part": (SharePart, share_part)}
