"""A text as it is read: the words of each paragraph with the square brackets that stand in them. Pure; looks only at
the document it is given."""

from collections.abc import Iterator
from dataclasses import dataclass

from rooms.domain.documents import Bracket, Document, Paragraph, numbered

NO_TEXT = "no text"  # how a wording is written that consists of leaving the words out
# How a run of words is marked.
PLAIN, OPEN, SIGN = "", "open", "sign"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that read alike. `mark`: "" for plain words, "open" for words that stand in brackets, "sign" for
    the brackets themselves and the stroke between alternatives."""

    text: str
    mark: str = PLAIN


@dataclass(frozen=True, slots=True)
class Wording:
    """One paragraph to be read: its section, what it is called (P1, 1, A1), its runs of words."""

    section: str
    number: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.runs)


@dataclass(frozen=True, slots=True)
class Held:
    """One open bracket as the ledger tells it. `words` stand in it, "" for the whole paragraph; `against` are those who
    hold it without offering others, `alternatives` the other wordings, each with who would accept it."""

    number: str
    words: str
    against: tuple[str, ...]
    alternatives: tuple[tuple[str, tuple[str, ...]], ...]


def runs(document: Document, paragraph: Paragraph) -> tuple[Run, ...]:
    """A paragraph's words with its open brackets, the alternatives behind the words that they would replace."""
    brackets = document.brackets_on(paragraph.id)
    whole = [one for one in brackets if one.whole]
    words = list(_spans(paragraph.text, [one for one in brackets if not one.whole]))
    if not whole:
        return tuple(words)
    others = [part for one in whole for part in _alternatives(one, PLAIN)]
    return (Run("[", SIGN), *words, *others, Run("]", SIGN))


def _spans(text: str, brackets: list[Bracket]) -> Iterator[Run]:
    at = 0
    for one in brackets:
        if not at <= one.start < one.end <= len(text):
            continue
        if text[at : one.start]:
            yield Run(text[at : one.start])
        yield from (Run("[", SIGN), Run(text[one.start : one.end], OPEN), *_alternatives(one, OPEN), Run("]", SIGN))
        at = one.end
    if text[at:]:
        yield Run(text[at:])


def _alternatives(bracket: Bracket, mark: str) -> Iterator[Run]:
    for one in bracket.alternatives:
        yield from (Run(" / ", SIGN), Run(one.text or NO_TEXT, mark))


def wordings(document: Document) -> tuple[Wording, ...]:
    """All that stands in a text, in the order in which it is read."""
    return tuple(Wording(one.section, number, runs(document, one)) for number, one in numbered(document))


def ledger(document: Document) -> tuple[Held, ...]:
    """The open brackets, in the order of the text."""
    return tuple(
        _held(number, paragraph, bracket)
        for number, paragraph in numbered(document)
        for bracket in document.brackets_on(paragraph.id)
    )


def _held(number: str, paragraph: Paragraph, bracket: Bracket) -> Held:
    def held_for(alternative_id: str) -> tuple[str, ...]:
        return tuple(code for code, held in bracket.holds.items() if held == alternative_id)

    words = "" if bracket.whole else paragraph.text[bracket.start : bracket.end]
    alternatives = tuple((one.text or NO_TEXT, held_for(one.id)) for one in bracket.alternatives)
    return Held(number, words, held_for(""), alternatives)
