"""Brackets: words that some delegation cannot accept, other words in their place, and who holds what.

    bracketed{alternatives, holders} -> joined, other words offered -> settled | lifted (see `settling`)

Only a holder moves or lifts its own hold. Brackets stand around a whole paragraph or around words of it; around words
they never overlap. The chair's part is in `bridging`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, settling, sight, spans, texts
from rooms.domain.documents import (
    Alternative,
    Bracket,
    Document,
    Paragraph,
    with_bracket,
    with_document,
    with_paragraph,
)
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

BRACKETS = 24  # open ones on one paragraph; with more it wants to be written anew
ALTERNATIVES = 12  # of one bracket


# Events


@dataclass(frozen=True, slots=True)
class BracketOpened:
    """`start` and `end` bound the words; both 0 for the whole paragraph."""

    document: str
    bracket: str
    paragraph: str
    start: int
    end: int
    delegation: str
    reason: str


@dataclass(frozen=True, slots=True)
class AlternativeAdded:
    """Whoever offers other words holds the bracket for them, unless it has proposed the paragraph: then it would take
    them. `text` "" means: without these words."""

    document: str
    bracket: str
    alternative: str
    delegation: str
    text: str


@dataclass(frozen=True, slots=True)
class BracketHeld:
    """`alternative` is what the delegation would accept, "" for nothing yet."""

    document: str
    bracket: str
    delegation: str
    alternative: str


@dataclass(frozen=True, slots=True)
class HoldLifted:
    document: str
    bracket: str
    delegation: str


# Commands


@dataclass(frozen=True, slots=True)
class PutBrackets:
    """A delegation puts words of a paragraph (quoted exactly, the nth time they occur; "" for all of it) in brackets,
    with other words in their place (`alternative`), with none (`delete`), or without any. `seen` is the version that
    was read."""

    paragraph: str
    seen: int
    words: str = ""
    occurrence: int = 1
    alternative: str = ""
    delete: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HoldBracket:
    """A delegation joins those who hold a bracket, or moves its hold: to an alternative, or "" for none of them."""

    bracket: str
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class AddAlternative:
    """A delegation offers other words, or that there be none (`delete`), and holds the bracket for them."""

    bracket: str
    text: str = ""
    delete: bool = False


@dataclass(frozen=True, slots=True)
class LiftHold:
    """A holder lifts its own hold. Without holders a bracket is gone and the words stand."""

    bracket: str


# Rules


def open_bracket(document: Document, bracket_id: str) -> tuple[Bracket, Paragraph]:
    """An open bracket and the paragraph it is on."""
    bracket = document.bracket(bracket_id)
    paragraph = document.paragraph(bracket.paragraph) if bracket else None
    if bracket is None or paragraph is None or not bracket.open:
        raise Refused("bracket_gone", "Those brackets are gone. Look at how the paragraph reads now.")
    return bracket, paragraph


def put_brackets(state: "RoomState", actor: str, command: PutBrackets, _at: int) -> list[Any]:
    code = roles.delegate(state, actor).delegation
    document = texts.negotiating(state)
    paragraph = texts.on_the_table(document, command.paragraph)
    texts.as_seen(paragraph, command.seen)
    texts.not_agreed(paragraph)
    span = _span(paragraph, command.words.strip(), command.occurrence)
    offers = bool(command.alternative or command.delete)
    _free(document, paragraph, span, offers)
    number = f"b{len(document.brackets) + 1}"
    opened = BracketOpened(document.id, number, paragraph.id, *span, code, command.reason)
    if not offers:
        return [opened]
    if code == settling.answers_for(state, paragraph):
        raise Refused(
            "own_words", "This paragraph is yours: reword it, or put brackets without other words.", field="alternative"
        )
    bracket = Bracket(number, paragraph.id, *span, code, 0)
    text = offered(paragraph, bracket, command.alternative, command.delete, "alternative")
    texts.fits(document, text, "alternative")
    return [opened, AlternativeAdded(document.id, number, f"{number}-1", code, text)]


def _span(paragraph: Paragraph, words: str, occurrence: int) -> spans.Span:
    """Where the quoted words stand; (0, 0) for all of the paragraph."""
    span = spans.found(paragraph.text, words, occurrence) if words else (0, 0)
    if span is None:
        raise Refused(
            "words_not_found",
            "The paragraph does not have these words as you quoted them. Mark them in the text once more.",
            field="words",
        )
    return (0, 0) if span == (0, len(paragraph.text)) else span


def _free(document: Document, paragraph: Paragraph, span: spans.Span, offers: bool) -> None:
    """Refuses brackets that would stand across others, or around a whole that has other words, with words of it."""
    there = document.brackets_on(paragraph.id)
    if len(there) >= BRACKETS:
        raise Refused("brackets_full", f"The paragraph has {BRACKETS} brackets. Propose it anew, or settle some first.")
    whole = span == (0, 0)
    for other in there:
        if whole and other.whole:
            raise _taken(other, "The whole paragraph stands in brackets already. Join those brackets.")
        if whole != other.whole and (offers if whole else other.alternatives):
            raise _taken(
                other, "Words of this paragraph and all of it cannot both be replaced. Settle one of them first."
            )
        if not whole and not other.whole and spans.overlap(span, (other.start, other.end)):
            raise _taken(other, "Some of these words stand in brackets already. Join those, or offer your words there.")


def _taken(other: Bracket, words: str) -> Refused:
    return Refused("brackets_overlap", words, bracket=other.id)


def room_for_words(document: Document, bracket: Bracket) -> None:
    """Refuses one more alternative where there are too many, or words of the paragraph stand in brackets, too."""
    if len(bracket.alternatives) >= ALTERNATIVES:
        raise Refused("alternatives_full", f"There are {ALTERNATIVES} wordings on offer. Hold one of them.")
    if bracket.whole and not bracket.alternatives:
        inner = next((one for one in document.brackets_on(bracket.paragraph) if not one.whole), None)
        if inner:
            raise _taken(inner, "Some words of this paragraph stand in brackets of their own. Settle those first.")


def offered(paragraph: Paragraph, bracket: Bracket, text: str, delete: bool, field: str = "text") -> str:
    """The words that somebody offers in place of the bracketed ones, "" for none."""
    if text and delete:
        raise Refused("words_or_none", "Write other words or ask for none, not both.", field=field)
    if not text and not delete:
        raise Refused("text_needed", "Write the words you would accept, or ask for these to go.", field=field)
    stands = paragraph.text if bracket.whole else paragraph.text[bracket.start : bracket.end]
    if text == stands:
        raise Refused("same_words", "These are the words that stand there. Lift your hold to accept them.", field=field)
    twin = next((one for one in bracket.alternatives if one.text == text), None)
    if twin:
        raise Refused("same_words", "These words are on offer already. Hold them.", field=field, alternative=twin.id)
    if text and spans.extends(f" {text}", 1):
        raise Refused("half_character", "Your words begin within a character. Write it whole.", field=field)
    return text


def hold_bracket(state: "RoomState", actor: str, command: HoldBracket, _at: int) -> list[Any]:
    code = roles.delegate(state, actor).delegation
    document = texts.negotiating(state)
    bracket, _ = open_bracket(document, command.bracket)
    return held(state, document, bracket, code, command.alternative)


def held(state: "RoomState", document: Document, bracket: Bracket, code: str, alternative: str) -> list[Any]:
    """A delegation holds a bracket for an alternative, and what follows; the same again only asks what follows."""
    if alternative and bracket.alternative(alternative) is None:
        raise Refused("unknown_alternative", "That wording is not on offer here. Choose one that is.")
    after = replace(bracket, holds={**bracket.holds, code: alternative})
    new = [] if after.holds == bracket.holds else [BracketHeld(document.id, bracket.id, code, alternative)]
    return [*new, *settling.follows(state, document, after, code)]


def add_alternative(state: "RoomState", actor: str, command: AddAlternative, _at: int) -> list[Any]:
    code = roles.delegate(state, actor).delegation
    document = texts.negotiating(state)
    bracket, paragraph = open_bracket(document, command.bracket)
    room_for_words(document, bracket)
    text = offered(paragraph, bracket, command.text, command.delete)
    texts.fits(document, text)
    number = next_alternative(bracket)
    after = _with_alternative(paragraph, bracket, Alternative(number, text, code))
    added = AlternativeAdded(document.id, bracket.id, number, code, text)
    return [added, *settling.follows(state, document, after, code)]


def next_alternative(bracket: Bracket) -> str:
    return f"{bracket.id}-{len(bracket.alternatives) + 1}"


def lift_hold(state: "RoomState", actor: str, command: LiftHold, _at: int) -> list[Any]:
    code = roles.delegate(state, actor).delegation
    document = texts.negotiating(state)
    bracket, _ = open_bracket(document, command.bracket)
    return lifted(state, document, bracket, code)


def lifted(state: "RoomState", document: Document, bracket: Bracket, code: str) -> list[Any]:
    """A holder lifts its hold, and what follows."""
    if code not in bracket.holds:
        raise Refused("not_holder", "You do not hold these brackets; only those who do can lift them.")
    after = replace(bracket, holds=without(bracket.holds, code))
    return [HoldLifted(document.id, bracket.id, code), *settling.follows(state, document, after, code)]


# Fold


def without(holds: Mapping[str, str], code: str) -> dict[str, str]:
    return {holder: alternative for holder, alternative in holds.items() if holder != code}


def _with_alternative(paragraph: Paragraph, bracket: Bracket, new: Alternative) -> Bracket:
    """The bracket with other words on offer: held for by who offers them; consented to, if that is the proposer and
    holds nothing."""
    alternatives = (*bracket.alternatives, new)
    if new.author == paragraph.proposer and new.author not in bracket.holds:
        return replace(bracket, alternatives=alternatives, consent=new.id)
    return replace(bracket, alternatives=alternatives, holds={**bracket.holds, new.author: new.id})


def _places(state: "RoomState", document_id: str, bracket_id: str) -> tuple[Document, Bracket, Paragraph] | None:
    document = state.texts.document(document_id)
    bracket = document.bracket(bracket_id) if document else None
    paragraph = document.paragraph(bracket.paragraph) if document and bracket else None
    return (document, bracket, paragraph) if document and bracket and paragraph else None


def _disagrees(state: "RoomState", document_id: str, paragraph: Paragraph, code: str) -> "RoomState":
    """The state in which a delegation does not agree to a paragraph of which it holds words."""
    agreed_by = tuple(one for one in paragraph.agreed_by if one != code)
    return with_paragraph(state, document_id, paragraph.id, agreed_by=agreed_by)


def _opened(state: "RoomState", event: BracketOpened, entry: Entry) -> "RoomState":
    document = state.texts.document(event.document)
    paragraph = document.paragraph(event.paragraph) if document else None
    if document is None or paragraph is None:
        return state
    places = (event.paragraph, event.start, event.end)
    new = Bracket(event.bracket, *places, event.delegation, entry.at, event.reason, holds={event.delegation: ""})
    changed = with_document(state, document.id, brackets=(*document.brackets, new))
    return _disagrees(changed, document.id, paragraph, event.delegation)


def _added(state: "RoomState", event: AlternativeAdded, _entry: Entry) -> "RoomState":
    there = _places(state, event.document, event.bracket)
    if there is None:
        return state
    document, bracket, paragraph = there
    after = _with_alternative(paragraph, bracket, Alternative(event.alternative, event.text, event.delegation))
    fields = {"alternatives": after.alternatives, "holds": after.holds, "consent": after.consent}
    changed = with_bracket(state, document.id, bracket.id, **fields)
    return _disagrees(changed, document.id, paragraph, event.delegation)


def _held(state: "RoomState", event: BracketHeld, _entry: Entry) -> "RoomState":
    there = _places(state, event.document, event.bracket)
    if there is None:
        return state
    document, bracket, paragraph = there
    holds = {**bracket.holds, event.delegation: event.alternative}
    consent = None if event.delegation == paragraph.proposer else bracket.consent  # its hold says what it would take
    changed = with_bracket(state, document.id, bracket.id, holds=holds, consent=consent)
    return _disagrees(changed, document.id, paragraph, event.delegation)


def _lifted(state: "RoomState", event: HoldLifted, _entry: Entry) -> "RoomState":
    there = _places(state, event.document, event.bracket)
    if there is None:
        return state
    document, bracket, _ = there
    return with_bracket(state, document.id, bracket.id, holds=without(bracket.holds, event.delegation))


EVENTS: dict[str, tuple[type, Any, Any]] = {
    "brackets.opened": (BracketOpened, sight.everyone, _opened),
    "brackets.alternative_added": (AlternativeAdded, sight.everyone, _added),
    "brackets.held": (BracketHeld, sight.everyone, _held),
    "brackets.hold_lifted": (HoldLifted, sight.everyone, _lifted),
}
COMMANDS: dict[str, tuple[type, Any]] = {
    "put_brackets": (PutBrackets, put_brackets),
    "hold_bracket": (HoldBracket, hold_bracket),
    "add_alternative": (AddAlternative, add_alternative),
    "lift_hold": (LiftHold, lift_hold),
}
