"""Words found again in a record, as its reader may read it: what was said and written, and the timeline's sentences.

Case, width and composition of letters make no difference, in any script; every word that is looked for must be there.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from unicodedata import normalize

from rooms.domain.attribution import CHAIR_KINDS
from rooms.domain.fold import EVENTS, NAMES
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.past import Tape

LONGEST_QUERY = 200
SHOWN = 50  # hits on a page
BEFORE, AFTER = 70, 200  # characters of the text around the first word found
# The fields of events that hold people's own words.
WORDED = ("title", "text", "reason", "words", "conditions", "topic", "act", "standard", "trigger", "verifier")
# What the hit is called, by the matter that the event belongs to.
CALLED = {
    "floor": "Said on the floor",
    "texts": "Text",
    "brackets": "Brackets",
    "amendments": "Amendments",
    "papers": "Non-papers",
    "drafts": "Drafts",
    "decisions": "Decisions",
    "dissent": "Dissent",
    "ratification": "Capitals",
    "capitals": "Capitals",
    "outputs": "Documents issued",
    "positions": "Positions",
    "commitments": "Commitments",
    "channels": "Delegation channel",
    "caucuses": "Caucuses",
    "notes": "Notes",
    "injects": "Injects",
    "news": "News",
    "agenda": "Agenda",
    "wash": "Hot wash",
}
OTHERWISE = "The session"
# class of event -> its fields of that kind
WORDED_OF = {
    row[0]: tuple(name for name in WORDED if name in {one.name for one in fields(row[0])}) for row in EVENTS.values()
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a hit's words; `found`: it is what was looked for."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """One moment (`cursor`, `at` in ms). `called` says in what the words stand, `delegation` whose they are, "" where
    nobody is named."""

    cursor: int
    at: int
    called: str
    delegation: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The hits after a moment, first to last; `more`: how many there are after these, `last` the last of these."""

    query: str
    hits: tuple[Hit, ...] = ()
    more: int = 0
    last: int = 0


def query_from(typed: str) -> str:
    """What somebody typed, or `Refused`."""
    query = " ".join(typed.replace("\x00", "").split())
    if len(query) > LONGEST_QUERY:
        raise Refused("too_long", f"Look for at most {LONGEST_QUERY} characters: a word or two that were said.")
    return query


def find(tape: Tape, query: str, after: int = 0) -> Found:
    """The moments of a tape after one of its cursors at which these words stand. Nothing is found for nothing."""
    wanted = tuple(dict.fromkeys(_folded(query).split()))
    if not wanted:
        return Found(query)
    sentences = {one.cursor: one.sentence for one in tape.moments}
    hits: list[Hit] = []
    more = 0
    for cursor in tape.steps[bisect_right(tape.steps, after) :]:
        entry = tape.entries[cursor - 1]
        text = next((one for one in _texts(entry, sentences.get(cursor, "")) if _holds(one, wanted)), None)
        if text is None:
            continue
        if len(hits) == SHOWN:
            more += 1
        else:
            hits.append(_hit(tape, cursor, entry, text, wanted))
    return Found(query, tuple(hits), more, hits[-1].cursor if hits else after)


def _texts(entry: Entry, sentence: str) -> Iterator[str]:
    """The words of an entry: its own first, then what the timeline says of it."""
    for name in WORDED_OF[type(entry.event)]:
        yield getattr(entry.event, name)
    yield sentence


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else normalize("NFKC", text).casefold()


def _holds(text: str, wanted: Sequence[str]) -> bool:
    folded = _folded(text)
    return all(word in folded for word in wanted)


def _hit(tape: Tape, cursor: int, entry: Entry, text: str, wanted: Sequence[str]) -> Hit:
    matter = NAMES[type(entry.event)].partition(".")[0]
    called = CALLED.get(matter, OTHERWISE)
    if matter == "floor" and getattr(entry.event, "kind", "") in CHAIR_KINDS:
        called = "The chair"
    whose = str(getattr(entry.event, "delegation", ""))
    known = tape.state.prepared.delegation(whose) is not None
    return Hit(cursor, tape.times[cursor - 1], called, whose if known else "", _pieces(text, wanted))


def _pieces(text: str, wanted: Sequence[str]) -> tuple[Piece, ...]:
    """The words around the first that was found, with all that was found among them set apart."""
    text = normalize("NFC", text)
    folded, places = _mapped(text)
    spans = sorted(
        (places[start], places[start + len(word) - 1] + 1) for word in wanted for start in _starts(folded, word)
    )
    since, until = about(text, *(spans[0] if spans else (0, 0)))
    pieces, done = [Piece("… ", False)] if since else [], since
    for start, end in spans:
        if start < done or end > until:
            continue
        pieces += [Piece(text[done:start], False), Piece(text[start:end], True)]
        done = end
    pieces.append(Piece(text[done:until] + (" …" if until < len(text) else ""), False))
    return tuple(piece for piece in pieces if piece.text)


def about(text: str, start: int, end: int) -> tuple[int, int]:
    """Where what is shown begins and ends: with whole words, where the script parts them."""
    since, until = max(0, start - BEFORE), min(len(text), start + AFTER)
    if since:
        since = max(since, text.find(" ", since, start) + 1)
    if until < len(text) and (space := text.rfind(" ", end, until)) >= 0:
        until = space
    return since, until


def _mapped(text: str) -> tuple[str, Sequence[int]]:
    """The text as it is compared, and for each of its characters the place in the text that it comes from."""
    folded = _folded(text)
    if len(folded) == len(text):
        return folded, range(len(text))
    made = [_folded(letter) for letter in text]  # one letter may become several: ß is ss
    return "".join(made), [place for place, each in enumerate(made) for _ in each]


def _starts(folded: str, word: str) -> Iterator[int]:
    start = folded.find(word)
    while start >= 0:
        yield start
        start = folded.find(word, start + len(word))
