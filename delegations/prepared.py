"""A scenario and a paper as read from their files: frozen values, already checked, not yet stored.

Reading makes them (`scenario_files`, `paper_files`), loading stores them (`loading`). No behaviour here.
"""

from dataclasses import dataclass


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
    """Where a sentence comes from: `kind` is "paper" (then with slug and locator) or "design" (all empty)."""

    kind: str
    paper: str = ""
    locator: str = ""
    anchor: str = ""


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
    source: Source
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
class PreparedPackItem:
    kind: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class PreparedPosition:
    issue: str
    preferred: str
    acceptable: tuple[str, ...]
    red_lines: tuple[str, ...]
    priority: int
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class PreparedPack:
    code: str
    who: str
    items: tuple[PreparedPackItem, ...]
    positions: tuple[PreparedPosition, ...]


@dataclass(frozen=True, slots=True)
class PreparedFormat:
    name: str
    attribution: str
    decision: str
    output: str
    speech_seconds: int


@dataclass(frozen=True, slots=True)
class PreparedScenario:
    slug: str
    digest: str
    outline: bool
    title: str
    moment: str
    summary: str
    brief: tuple[str, ...]
    format: PreparedFormat
    delegations: tuple[PreparedDelegation, ...]
    issues: tuple[PreparedIssue, ...]
    agenda: tuple[PreparedAgendaItem, ...]
    packs: tuple[PreparedPack, ...]
