"""What a report holds: frozen records, no sums and no sentences of its own.

Instants are milliseconds since 1970 UTC; a *cursor* says how many of the given entries to fold so that the room stands
as it stood at that moment. A delegation is named by its code, "" where nobody may or need be named.
"""

from dataclasses import dataclass, field

from rooms.debrief.report_parts import DecisionPoint, InjectReport, Meetings, OnePage, Promises, Quotes
from rooms.debrief.report_parts import Moment as Moment
from rooms.debrief.report_perceptions import PerceptionsReport
from rooms.debrief.report_prepared import InFact, MandateReport, Papers
from rooms.debrief.report_texts import TextHistory
from rooms.debrief.report_wash import WashReport


@dataclass(frozen=True, slots=True)
class Delegation:
    """`seated`: it had somebody let in at some moment."""

    code: str
    name: str
    full_name: str
    hue: int
    pattern: int
    seated: bool


@dataclass(frozen=True, slots=True)
class ItemRule:
    """An item that ran under a rule of its own, other than the room's."""

    item: str
    title: str
    attribution: str
    words: str


@dataclass(frozen=True, slots=True)
class Rules:
    """What was agreed before anybody spoke. `aim`: what the exercise is about, as the exercise says it."""

    format_name: str
    attribution: str
    words: str
    decision: str
    output: str
    items: tuple[ItemRule, ...]
    aim: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """One public position as it was filed. `place` counts the options of the issue from 1 along its axis; `conditions`
    are all in words, those on other issues first."""

    at: int
    cursor: int
    preferred: str
    label: str
    place: int
    acceptable: tuple[str, ...]
    conditions: str
    reason: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """A delegation's public positions on one issue, first to last. `changes`: filed again; `moves`: the preferred
    option changed; `moved`: places from first to last, negative towards the axis's beginning; `travelled`: all
    places gone over."""

    delegation: str
    filed: tuple[Filed, ...]
    first: Filed
    last: Filed
    changes: int
    moves: int
    moved: int
    travelled: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the preferred options of `n` delegations lay: how many different ones, from which place to which."""

    n: int
    options: int
    lowest: int
    highest: int
    width: int


@dataclass(frozen=True, slots=True)
class IssueReport:
    """`options` are (id, label) in order along the axis; `silent` the seated delegations that filed nothing."""

    id: str
    title: str
    question: str
    axis: str
    options: tuple[tuple[str, str], ...]
    paths: tuple[Path, ...]
    silent: tuple[str, ...]
    at_start: Spread | None
    at_end: Spread | None
    finding: str


@dataclass(frozen=True, slots=True)
class Answered:
    """`answer` is join, stand_aside, object or silent; `words` says it."""

    delegation: str
    name: str
    answer: str
    words: str
    reason: str
    at: int | None


@dataclass(frozen=True, slots=True)
class Put:
    """A paragraph as it was put to the delegations; `number` counts from 1."""

    number: int
    paragraph: str
    text: str


@dataclass(frozen=True, slots=True)
class CallReport:
    """`kind` is consensus, silence or vote, `amendment` whether one was put and not the whole text; `status` is that of
    `calls`, `result` says it in words; `in_words` is the rule as it was fixed when the call opened."""

    call: str
    document: str
    title: str
    rule: str
    put: tuple[Put, ...]
    status: str
    result: str
    answers: tuple[Answered, ...]
    opened_at: int
    ended_at: int | None
    cursor: int
    kind: str
    amendment: bool
    in_words: str

    @property
    def what(self) -> str:
        """What was put: a text by its title, an amendment as one."""
        return f"an amendment to “{self.title}”" if self.amendment else f"“{self.title}”"


@dataclass(frozen=True, slots=True)
class ParagraphReport:
    """A paragraph on the table as it is read, with its open brackets; `called` is what the room called it (P1, 1, A1);
    `proposer` is "" for the chair; `versions` counts its wordings."""

    number: int
    called: str
    paragraph: str
    text: str
    proposer: str
    proposer_name: str
    versions: int


@dataclass(frozen=True, slots=True)
class StandAside:
    call: str
    document: str
    title: str
    delegation: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class TextReport:
    """A text with what it may be called: `label` is never a stronger name than it has earned. `outcome` is agreed,
    by_vote, waiting (for capitals), failed (at one of them), shelved, or "" for one that is not adopted."""

    document: str
    title: str
    label: str
    status: str
    paragraphs: tuple[ParagraphReport, ...]
    taken_off: int
    adopted_at: int | None
    outcome: str
    stand_asides: tuple[StandAside, ...]


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """`actual_ms` is time in which the session ran, None for an item that never began."""

    item: str
    title: str
    kind: str
    attribution: str
    status: str
    planned_minutes: int
    extended_minutes: int
    actual_ms: int | None
    started_at: int | None
    ended_at: int | None
    note: str
    cursor: int | None


@dataclass(frozen=True, slots=True)
class SpeakingLine:
    """Time with the floor; `share` is a part of all time with the floor, None if nobody had it."""

    delegation: str
    name: str
    ms: int
    speeches: int
    statements: int
    share: float | None


@dataclass(frozen=True, slots=True)
class StatementLine:
    """`speaker` is what a reader may call the speaker under the rule."""

    statement: str
    cursor: int
    at: int
    item: str
    item_title: str
    attribution: str
    speaker: str
    delegation: str
    seat: str
    kind: str
    text: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Said:
    """How many statements there are, and whose: the chair's, a named delegation's, nobody's by the rule."""

    total: int
    by_chair: int
    by_delegations: int
    unnamed: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class Report:
    """All of it. `names_speakers`: the entries tell who had the floor under a rule that protects speakers, as only
    the moderator's assessment record does. Time adjourned is neither session nor pause. `stood`: since when until when
    the clocks stood, paused or adjourned."""

    title: str
    scenario: str
    moment: str
    status: str
    opened_at: int | None
    started_at: int | None
    closed_at: int | None
    live_ms: int
    paused_ms: int
    adjourned_ms: int
    headline: str
    rules: Rules
    delegations: tuple[Delegation, ...]
    issues: tuple[IssueReport, ...]
    calls: tuple[CallReport, ...]
    texts: tuple[TextReport, ...]
    agenda: tuple[AgendaLine, ...]
    speaking: tuple[SpeakingLine, ...]
    statements: tuple[StatementLine, ...]
    said: Said
    timeline: tuple[Moment, ...]
    limits: tuple[str, ...]
    names_speakers: bool
    histories: tuple[TextHistory, ...] = ()
    meetings: Meetings = field(default_factory=Meetings)
    reactions: tuple[InjectReport, ...] = ()
    promises: Promises = field(default_factory=Promises)
    decision_points: tuple[DecisionPoint, ...] = ()
    one_page: OnePage = field(default_factory=OnePage)
    quotes: Quotes = field(default_factory=Quotes)
    stood: tuple[tuple[int, int], ...] = ()
    perceptions: PerceptionsReport = field(default_factory=PerceptionsReport)
    wash: WashReport = field(default_factory=WashReport)
    mandates: tuple[MandateReport, ...] = ()
    papers: Papers = field(default_factory=Papers)
    in_fact: tuple[InFact, ...] = ()

    @property
    def adopted(self) -> tuple[TextReport, ...]:
        return tuple(text for text in self.texts if text.status == "adopted")

    @property
    def stand_asides(self) -> tuple[StandAside, ...]:
        return tuple(one for text in self.texts for one in text.stand_asides)

    @property
    def speaking_ms(self) -> int:
        return sum(line.ms for line in self.speaking)

    def name(self, code: str) -> str:
        """What a delegation is called; the chair for ""."""
        return next((one.name for one in self.delegations if one.code == code), code or "The chair")
