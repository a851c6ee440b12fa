"""How the texts came about: brackets opened, held and ended, wordings and whose words they are, what became of
amendments.

What is written down is what differs between the state before an entry and the one after it: so also what happens by the
way is seen, as when a paragraph is taken off and its brackets with it. What stood shortly before a bracket ended is
told as a sequence; nobody here says that it was the cause.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rooms.debrief import what_happened
from rooms.debrief.reading import WINDOW, Mark, Reading
from rooms.debrief.report_texts import (
    AmendmentStory,
    Before,
    BracketStory,
    Held,
    Offer,
    OpenCount,
    ParagraphStory,
    TextHistory,
    Wording,
    WordRun,
)
from rooms.debrief.what_happened import Happening
from rooms.domain import authorship
from rooms.domain.documents import Alternative, Amendment, Bracket, Document, Paragraph, Version, numbered
from rooms.domain.record import Entry
from rooms.domain.state import RoomState

Key = tuple[str, str]  # document and paragraph, bracket or amendment
ENDINGS = ("settled", "bridged", "lifted", "set_aside", "withdrawn", "open")


@dataclass(slots=True)
class Hold:
    """A stretch in which a delegation held a bracket for an alternative, "" for none yet."""

    delegation: str
    alternative: str
    since: Mark
    until: Mark | None = None


@dataclass(slots=True)
class BracketTrace:
    """What is written down about a bracket; `ended` None while it is open."""

    words: str
    opened: Mark
    holds: list[Hold] = field(default_factory=list)
    offers: list[Mark] = field(default_factory=list)  # as the alternatives
    ended: Mark | None = None


@dataclass(slots=True)
class TextNotes:
    """What is written down about all texts while going through the record once."""

    opened: dict[str, Mark] = field(default_factory=dict)
    burn: dict[str, list[OpenCount]] = field(default_factory=dict)
    brackets: dict[Key, BracketTrace] = field(default_factory=dict)
    wordings: dict[Key, list[Mark]] = field(default_factory=dict)
    called: dict[Key, str] = field(default_factory=dict)
    tabled: dict[Key, Mark] = field(default_factory=dict)
    amended: dict[Key, Mark] = field(default_factory=dict)  # when it was decided, withdrawn or fell
    happened: list[Happening] = field(default_factory=list)


# Writing down


def note(notes: TextNotes, cursor: int, entry: Entry, before: RoomState, after: RoomState) -> None:
    """Write down what an entry changed in the texts, and what may later stand before a bracket's end."""
    happening = what_happened.happening(cursor, entry, before, after)
    if happening:
        notes.happened.append(happening)
    if after.texts is before.texts:
        return
    for document in after.texts.documents:
        old = before.texts.document(document.id)
        if old is not document:
            _note_document(notes, Mark(entry.at, cursor), old or Document(document.id, document.title), document)


def _note_document(notes: TextNotes, mark: Mark, old: Document, new: Document) -> None:
    notes.opened.setdefault(new.id, mark)
    for called, paragraph in numbered(new):
        notes.called[new.id, paragraph.id] = called
    for paragraph in new.paragraphs:
        marks = notes.wordings.setdefault((new.id, paragraph.id), [])
        marks += [mark] * (len(paragraph.versions) - len(marks))
    for bracket in new.brackets:
        if bracket is not old.bracket(bracket.id):
            _note_bracket(notes, mark, new, bracket)
    for amendment in new.amendments:
        notes.tabled.setdefault((new.id, amendment.id), mark)
        if amendment.status != "tabled":
            notes.amended.setdefault((new.id, amendment.id), mark)
    _note_open(notes.burn.setdefault(new.id, []), mark, len(new.open_brackets))


def _note_open(burn: list[OpenCount], mark: Mark, count: int) -> None:
    if not burn or burn[-1].open != count:
        burn.append(OpenCount(mark.at, mark.cursor, count))


def _note_bracket(notes: TextNotes, mark: Mark, document: Document, bracket: Bracket) -> None:
    trace = notes.brackets.get((document.id, bracket.id))
    if trace is None:
        paragraph = document.paragraph(bracket.paragraph)
        words = paragraph.text[bracket.start : bracket.end] if paragraph else ""
        trace = notes.brackets[document.id, bracket.id] = BracketTrace(words, mark)
    trace.offers += [mark] * (len(bracket.alternatives) - len(trace.offers))
    if not bracket.open:
        trace.ended = trace.ended or mark
    _note_holds(trace, mark, {} if trace.ended else bracket.holds)


def _note_holds(trace: BracketTrace, mark: Mark, holds: Mapping[str, str]) -> None:
    """End the holds that are no more as they were, begin the new ones; what somebody held for no time at all, before it
    said for which words, is not one."""
    for hold in [one for one in trace.holds if one.until is None]:
        if holds.get(hold.delegation) == hold.alternative:
            continue
        if hold.since.at == mark.at and hold.delegation in holds:
            trace.holds.remove(hold)
        else:
            hold.until = mark
    held = {one.delegation for one in trace.holds if one.until is None}
    trace.holds += [Hold(code, alternative, mark) for code, alternative in holds.items() if code not in held]


# Telling


def histories(notes: TextNotes, reading: Reading) -> tuple[TextHistory, ...]:
    """The history of every text, in the order in which they were opened."""
    return tuple(_history(notes, reading, document) for document in reading.state.texts.documents)


def _history(notes: TextNotes, reading: Reading, document: Document) -> TextHistory:
    burn, opened = tuple(notes.burn[document.id]), notes.opened[document.id]
    brackets = tuple(_bracket(notes, reading, document, one) for one in document.brackets)
    counts = Counter(one.ended for one in brackets)
    return TextHistory(
        document.id,
        document.title,
        opened.at,
        opened.cursor,
        burn,
        len(brackets),
        max(one.open for one in burn),
        len(document.open_brackets),
        tuple((ending, counts[ending]) for ending in ENDINGS if counts[ending]),
        brackets,
        tuple(_paragraph(notes, reading, document, one) for one in _in_order(document)),
        tuple(_amendment(notes, reading, document, one) for one in document.amendments),
    )


def _in_order(document: Document) -> Iterator[Paragraph]:
    """What stands, as it is read; then what was taken off."""
    yield from document.standing
    yield from (one for one in document.paragraphs if one.withdrawn)


def _ended(bracket: Bracket) -> str:
    if bracket.ended != "settled":
        return bracket.ended or "open"
    chosen = bracket.alternative(next(iter(bracket.holds.values()), ""))
    return "bridged" if chosen and chosen.bridge else "settled"


def _bracket(notes: TextNotes, reading: Reading, document: Document, bracket: Bracket) -> BracketStory:
    trace = notes.brackets[document.id, bracket.id]
    end = trace.ended
    return BracketStory(
        document.id,
        bracket.id,
        bracket.paragraph,
        notes.called.get((document.id, bracket.paragraph), ""),
        trace.words,
        bracket.reason,
        bracket.opened_by,
        reading.name(bracket.opened_by),
        trace.opened.at,
        trace.opened.cursor,
        tuple(_held(reading, bracket, one) for one in trace.holds),
        tuple(_offer(reading, one, mark) for one, mark in zip(bracket.alternatives, trace.offers, strict=True)),
        _ended(bracket),
        reading.sentence(end.cursor) if end else "",
        bracket.ended_by,
        reading.name(bracket.ended_by) if end else "",
        end.at if end else None,
        end.cursor if end else None,
        reading.clock.ran_ms(trace.opened.at, end.at if end else reading.clock.until),
        _before(notes.happened, reading, document, bracket, trace) if end else (),
    )


def _held(reading: Reading, bracket: Bracket, hold: Hold) -> Held:
    alternative = bracket.alternative(hold.alternative)
    until = hold.until
    return Held(
        hold.delegation,
        reading.name(hold.delegation),
        alternative.text if alternative else "",
        bool(alternative and not alternative.text),
        hold.since.at,
        hold.since.cursor,
        until.at if until else None,
        until.cursor if until else None,
    )


def _offer(reading: Reading, one: Alternative, mark: Mark) -> Offer:
    return Offer(one.id, one.author, reading.name(one.author), one.text, one.bridge, mark.at, mark.cursor)


def _before(
    happened: Sequence[Happening], reading: Reading, document: Document, bracket: Bracket, trace: BracketTrace
) -> tuple[Before, ...]:
    """The last thing of each kind before a bracket's end that concerned it; the latest first."""
    if trace.ended is None:
        return ()
    paragraph = document.paragraph(bracket.paragraph)
    parties = {one.delegation for one in trace.holds} | {bracket.opened_by, paragraph.proposer if paragraph else ""}
    found: dict[str, Before] = {}
    for one in reversed(happened):
        if one.cursor <= trace.opened.cursor or one.at < trace.ended.at - WINDOW:
            break
        sentence = reading.sentence(one.cursor)
        if one.cursor >= trace.ended.cursor or one.kind in found or not sentence:
            continue
        if what_happened.concerns(one, document.id, bracket.paragraph, bracket.id, parties):
            found[one.kind] = Before(one.kind, one.at, one.cursor, trace.ended.at - one.at, sentence)
    return tuple(found.values())


def _paragraph(notes: TextNotes, reading: Reading, document: Document, paragraph: Paragraph) -> ParagraphStory:
    marks = notes.wordings[document.id, paragraph.id]
    runs = authorship.runs(paragraph.versions)
    return ParagraphStory(
        paragraph.id,
        notes.called.get((document.id, paragraph.id), ""),
        "off" if paragraph.withdrawn else "agreed" if paragraph.agreed else "on_the_table",
        paragraph.proposer,
        reading.name(paragraph.proposer),
        sum(one.paragraph == paragraph.id for one in document.brackets),
        tuple(_wordings(reading, paragraph.versions, marks)),
        tuple(WordRun(text, author, reading.name(author), authorship.count(text)) for text, author in runs),
    )


def _wordings(reading: Reading, versions: Sequence[Version], marks: Iterable[Mark]) -> Iterator[Wording]:
    old = ""
    for number, (one, mark) in enumerate(zip(versions, marks, strict=True), start=1):
        kept, words = authorship.kept_words(old, one.text), authorship.count(one.text)
        came, went = words - kept, authorship.count(old) - kept
        whose = (one.author, reading.name(one.author), one.cause)
        yield Wording(number, mark.at, mark.cursor, *whose, one.text, words, came, went)
        old = one.text


def _amendment(notes: TextNotes, reading: Reading, document: Document, one: Amendment) -> AmendmentStory:
    tabled, ended = notes.tabled[document.id, one.id], notes.amended.get((document.id, one.id))
    calls = [
        call.id for call in reading.state.decisions.calls if (call.document, call.subject) == (document.id, one.id)
    ]
    decided = bool(calls) and one.status in ("adopted", "rejected")
    return AmendmentStory(
        one.id,
        one.kind,
        one.paragraph,
        notes.called.get((document.id, one.paragraph), ""),
        one.text,
        one.reason,
        one.sponsors,
        tuple(map(reading.name, one.sponsors)),
        tabled.at,
        tabled.cursor,
        one.status,
        ended.at if ended else None,
        ended.cursor if ended else None,
        calls[-1] if decided else "",
    )
