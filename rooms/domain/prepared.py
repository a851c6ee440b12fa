"""What a room was opened with: delegations, seats, issues, packs, frozen from a scenario. No rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in a delegation. `kind` is MFA, MOD, MIL or EXP and is a permission."""

    id: str
    kind: str
    title: str
    delegation: str


@dataclass(frozen=True, slots=True)
class Delegation:
    """`code` is the monogram (PRC); `hue` and `pattern` index the design's safe sets."""

    code: str
    name: str
    full_name: str
    hue: int
    pattern: int
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to an issue's question; options stand in order along the issue's axis."""

    id: str
    label: str
    detail: str


@dataclass(frozen=True, slots=True)
class Issue:
    """A question with three to six ordered options. `sources` as the scenario's snapshot has them: where it arises."""

    id: str
    title: str
    question: str
    axis: str
    options: tuple[Option, ...]
    sources: tuple[Mapping[str, Any], ...] = ()

    def option(self, option_id: str) -> Option | None:
        return next((option for option in self.options if option.id == option_id), None)


@dataclass(frozen=True, slots=True)
class Measure:
    """A step of the scenario's own road map. `counterpart`: who receives it, or acts with the actors. `sources`: where
    it stands, as the snapshot has them."""

    id: str
    track: str
    horizon: str
    text: str
    actors: tuple[str, ...]
    counterpart: tuple[str, ...]
    sources: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """The frozen public part of the scenario, and the packs this fold may see."""

    scenario: str = ""
    version: int = 0
    scenario_title: str = ""
    moment: str = ""
    summary: str = ""
    brief: tuple[str, ...] = ()
    format_name: str = ""
    decision_rule: str = "consensus"
    output: str = "chair's summary"
    speech_seconds: int = 120
    points_of_order: bool = False
    votes: bool = True  # whether the chair may put anything to the vote
    caucus_existence: str = "announced"  # or hidden: only its members and the chair know that a caucus meets
    caucus_readable: bool = False  # whether the chair reads caucuses
    caucus_any_time: bool = False  # whether delegations may ask for one outside informal periods
    delegations: tuple[Delegation, ...] = ()
    issues: tuple[Issue, ...] = ()
    packs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    measures: tuple[Measure, ...] = ()  # for the chair alone, until they are drawn as commitments
    # What in fact happened: paragraphs (heading, text, sources) for the chair alone, until the debrief shares them.
    history: tuple[Mapping[str, Any], ...] = ()

    def delegation(self, code: str) -> Delegation | None:
        return next((one for one in self.delegations if one.code == code), None)

    def seat(self, seat_id: str) -> Seat | None:
        return next((seat for one in self.delegations for seat in one.seats if seat.id == seat_id), None)

    def issue(self, issue_id: str) -> Issue | None:
        return next((issue for issue in self.issues if issue.id == issue_id), None)


def delegation_from(data: Mapping[str, Any]) -> Delegation:
    seats = tuple(Seat(seat["id"], seat["kind"], seat["title"], data["code"]) for seat in data["seats"])
    return Delegation(data["code"], data["name"], data["full_name"], int(data["hue"]), int(data["pattern"]), seats)


def issue_from(data: Mapping[str, Any]) -> Issue:
    options = tuple(Option(option["id"], option["label"], option.get("detail", "")) for option in data["options"])
    return Issue(data["id"], data["title"], data["question"], data.get("axis", ""), options, sources_from(data))


def measure_from(data: Mapping[str, Any]) -> Measure:
    actors, counterpart = tuple(data["actors"]), tuple(data.get("counterpart", ()))
    known = data["id"], data["track"], data["horizon"], data["text"]
    return Measure(*known, actors, counterpart, sources_from(data))


def sources_from(data: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Where a line of a snapshot comes from; lines once had one source each."""
    return tuple(data.get("sources") or ((data["source"],) if "source" in data else ()))
