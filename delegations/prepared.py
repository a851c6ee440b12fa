"""A scenario, a format and a paper as read from their files: frozen values, already checked, not yet stored.

Reading makes them (`scenario_files`, `format_files`, `paper_files`), loading stores them (`loading`). No behaviour
here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class PreparedPaper:
    slug: str
    title: str
    authors: str
    year: int
    series: str
    publisher: str
    url: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sentence comes from: `kind` is "paper" (then with slug and locator), "public" (with reference) or
    "design" (all empty)."""

    kind: str
    paper: str = ""
    locator: str = ""
    anchor: str = ""
    reference: str = ""
    url: str = ""


Sources = tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class PreparedSeat:
    key: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class PreparedDelegation:
    code: str
    name: str
    full_name: str
    hue: int
    pattern: int
    optional: bool
    seats: tuple[PreparedSeat, ...]


@dataclass(frozen=True, slots=True)
class PreparedParagraph:
    """Of the brief or of the history. Without sources only where the folder does not give any."""

    heading: str
    text: str
    sources: Sources


@dataclass(frozen=True, slots=True)
class PreparedOption:
    key: str
    label: str
    detail: str


@dataclass(frozen=True, slots=True)
class PreparedIssue:
    key: str
    title: str
    question: str
    axis: str
    sources: Sources
    options: tuple[PreparedOption, ...]


@dataclass(frozen=True, slots=True)
class PreparedAgendaItem:
    key: str
    title: str
    kind: str
    minutes: int
    attribution: str
    may_speak: tuple[str, ...]
    issue: str
    presenters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreparedInject:
    """`when` as the file has it: "manual", {"minute": 35} or {"item": "i5", "after": 5}."""

    key: str
    title: str
    text: str
    sender: str
    recipients: tuple[str, ...]
    when: str | Mapping[str, Any]
    objective: str
    expected: str
    contingency: str
    sources: Sources


@dataclass(frozen=True, slots=True)
class PreparedMeasure:
    """One cell's entry of a road map: who does what for whom, on which track, in which term."""

    key: str
    track: str
    horizon: str
    text: str
    actors: tuple[str, ...]
    counterpart: tuple[str, ...]
    sources: Sources


@dataclass(frozen=True, slots=True)
class PreparedPackItem:
    """One line of a pack. `extra` holds what only its kind has, such as a constituency's name and weight."""

    kind: str
    text: str
    sources: Sources
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PreparedPosition:
    issue: str
    preferred: str
    acceptable: tuple[str, ...]
    red_lines: tuple[str, ...]
    priority: int
    text: str
    conditions: str
    fallback: str
    sources: Sources


@dataclass(frozen=True, slots=True)
class PreparedPack:
    code: str
    who: str
    items: tuple[PreparedPackItem, ...]
    positions: tuple[PreparedPosition, ...]


@dataclass(frozen=True, slots=True)
class PreparedRules:
    """The rules of a table: a scenario's own or those of a format that any scenario can run in."""

    name: str
    attribution: str
    decision: str
    output: str
    speech_seconds: int
    points_of_order: bool
    votes: bool
    caucus_existence: str
    caucus_readable_by_chair: bool
    caucus_at_any_time: bool
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreparedFormat:
    """`delegations`: codes usually present; `seat_kinds`: the seats there are, empty for all."""

    slug: str
    summary: str
    rules: PreparedRules
    delegations: tuple[str, ...]
    seat_kinds: tuple[str, ...]
    agenda: tuple[PreparedAgendaItem, ...]


@dataclass(frozen=True, slots=True)
class PreparedScenario:
    """`folder_format` is 1 where the brief is brief.md, else 2; `papers` are those the folder names or cites."""

    slug: str
    digest: str
    folder_format: int
    outline: bool
    frame: bool
    title: str
    moment: str
    summary: str
    papers: tuple[str, ...]
    brief: tuple[PreparedParagraph, ...]
    rules: PreparedRules
    delegations: tuple[PreparedDelegation, ...]
    issues: tuple[PreparedIssue, ...]
    agenda: tuple[PreparedAgendaItem, ...]
    injects: tuple[PreparedInject, ...]
    history: tuple[PreparedParagraph, ...]
    roadmap: tuple[PreparedMeasure, ...]
    packs: tuple[PreparedPack, ...]
