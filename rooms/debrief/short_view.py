"""The short view: one page out of the timeline, and some quotes; both by rules that a machine can follow and a reader
can check, so that nobody is shown or left out by taste.

Whose words may not be named stand elsewhere in the record than when they were said: of those it is never told what came
after them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from rooms.debrief.reading import GIST, WINDOW, moves_from
from rooms.debrief.report import StatementLine
from rooms.debrief.report_parts import Moment, OnePage, Quote, Quotes
from rooms.domain import (
    agenda,
    amending,
    attribution,
    decisions,
    injects,
    news,
    notes,
    positions,
    questions,
    ratification,
    replies,
    room,
    silence,
    statements,
    voting,
)
from rooms.domain.record import Entry
from rooms.domain.state import RoomState

LINES = 25  # of one page
QUOTES = 8
# What goes on one page, the weightiest first. What a delegation filed again without moving does not.
TIERS: tuple[tuple[str, tuple[type, ...]], ...] = (
    (
        "how each call and each capital's answer ended",
        (
            *(decisions.ConsensusReached, decisions.ConsensusBlocked, decisions.CallWithdrawn, silence.SilenceKept),
            *(silence.SilenceBroken, silence.SilenceStopped, voting.VoteDecided, ratification.CapitalAnswered),
            *(ratification.ConstituenciesAnswered, ratification.RatificationLapsed),
        ),
    ),
    ("what the chair marked", (notes.Bookmarked,)),
    ("injects and news", (injects.InjectReleased, news.NewsDelivered)),
    ("moves to another option", (positions.PositionDeclared,)),
    (
        "the beginning and the end of the session and its items",
        (room.SessionStarted, agenda.ItemStarted, room.SessionClosed),
    ),
    ("amendments adopted", (amending.AmendmentAdopted,)),
)
TIER_OF = {kind: n for n, (_words, kinds) in enumerate(TIERS) for kind in kinds}
PAGE_RULE = (
    f"At most {LINES} lines, taken in this order as long as there is room: "
    + "; ".join(words for words, _kinds in TIERS)
    + ". Of a kind for which there is not room enough, lines at even distances, the first and the last among them."
)
QUOTE_RULE = (
    f"At most {QUOTES} statements, none of the chair's, none withdrawn, none off the record. First those that somebody"
    " replied to and those that were the last ones before a delegation moved to another option, within ten minutes, the"
    " earliest first, as far as the rule lets that be told; then the longest one of each item of the agenda, item by"
    " item. They stand in the order of the record; nothing is said of what they brought about."
)
REPLIED, MOVED, LONGEST = "somebody replied to it", "a delegation moved after it", "the longest of its item"


@dataclass(slots=True)
class ShortNotes:
    """What is written down while going through the record once: the tier of each line worth a place on one page, the
    statements replied to, and when a preferred option changed."""

    tiers: dict[int, int] = field(default_factory=dict)  # by cursor
    asked_in: dict[str, str] = field(default_factory=dict)  # question -> the statement that put it
    replied: set[str] = field(default_factory=set)
    spoken: dict[str, str] = field(default_factory=dict)  # delegation -> its last statement
    moves: list[tuple[int, int]] = field(default_factory=list)  # (at, cursor)


def note(short: ShortNotes, cursor: int, entry: Entry, before: RoomState) -> None:
    """Write down what the short view may want."""
    event = entry.event
    if isinstance(event, positions.PositionDeclared):
        if not moves_from(event, before):
            return
        short.moves.append((entry.at, cursor))
    elif isinstance(event, questions.QuestionPut):
        short.asked_in[event.question] = event.statement or f"{GIST}{event.question}"
    elif isinstance(event, questions.QuestionReplied):
        short.replied.add(short.asked_in.get(event.question, ""))
    elif isinstance(event, replies.RightOfReplyAsked):
        short.replied.add(short.spoken.get(event.about, ""))
    elif isinstance(event, statements.StatementMade) and event.delegation:
        short.spoken[event.delegation] = event.statement
    if type(event) in TIER_OF:
        short.tiers[cursor] = TIER_OF[type(event)]


# One page


def one_page(short: ShortNotes, timeline: Sequence[Moment]) -> OnePage:
    """The lines chosen, in the order of the record."""
    chosen: list[Moment] = []
    for tier in range(len(TIERS)):
        there = [one for one in timeline if short.tiers.get(one.cursor) == tier]
        chosen += spread(there, LINES - len(chosen))
    return OnePage(PAGE_RULE, len(timeline), tuple(sorted(chosen, key=lambda one: one.cursor)))


def spread(some: Sequence[Moment], most: int) -> list[Moment]:
    """At most so many of them, at even distances, the first and the last among them."""
    if len(some) <= most:
        return list(some)
    if most < 2:
        return list(some[:most])
    return [some[n * (len(some) - 1) // (most - 1)] for n in range(most)]


# Quotes


def quotes(short: ShortNotes, lines: Sequence[StatementLine]) -> Quotes:
    """The statements chosen, in the order of the record."""
    there = [one for one in lines if _may_be_quoted(one)]
    why: dict[str, str] = {one.statement: REPLIED for one in there if one.statement in short.replied}
    for at, cursor in short.moves:
        last = _last_before(there, at, cursor)
        if last:
            why.setdefault(last.statement, MOVED)
    chosen = [one for one in there if one.statement in why][:QUOTES]
    taken = {one.statement for one in chosen}
    for one in _longest(there, {one.item for one in chosen}):
        if len(taken) < QUOTES:
            taken.add(one.statement)
    return Quotes(
        QUOTE_RULE,
        len(there),
        tuple(_quote(one, why.get(one.statement, LONGEST)) for one in there if one.statement in taken),
    )


def _may_be_quoted(one: StatementLine) -> bool:
    return not (one.withdrawn or one.kind in attribution.CHAIR_KINDS or one.attribution == attribution.OFF_THE_RECORD)


def _last_before(there: Sequence[StatementLine], at: int, cursor: int) -> StatementLine | None:
    """The last statement of a named delegation in the ten minutes before a moment."""
    earlier = [one for one in there if one.delegation and one.cursor < cursor and at - one.at <= WINDOW]
    return max(earlier, key=lambda one: one.cursor, default=None)


def _longest(there: Sequence[StatementLine], but: Collection[str]) -> list[StatementLine]:
    """The longest statement of each item but those, in the order of the items; of two as long the earlier."""
    by_item: dict[str, StatementLine] = {}
    for one in there:
        if one.item not in but and len(one.text) > len(by_item[one.item].text if one.item in by_item else ""):
            by_item[one.item] = one
    return list(by_item.values())


def _quote(one: StatementLine, why: str) -> Quote:
    return Quote(one.statement, one.cursor, one.at, one.speaker, one.delegation, one.item_title, one.text, why)
