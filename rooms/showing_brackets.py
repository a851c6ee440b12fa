"""What is shown of brackets: the words they stand round, what is offered instead, who holds what, and the ledger of
all of them. Pure; no rules of the dialogue.

Everything here reads only the fold it is given. Codes are delegations, "" is the chair.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rooms.domain.documents import Bracket, Document, Paragraph, numbered
from rooms.domain.state import RoomState

INLINE = 48  # characters of a wording that can stand beside others; a longer one takes the whole width


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording on offer where words stand in brackets. `id` "" is that of the text itself; `text` "" means: without
    these words."""

    id: str
    text: str
    author: str
    bridge: bool
    held_by: tuple[str, ...]
    ours: bool
    consented: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A bracket as it is shown. `hue` is that of its first holder, -1 where there is none; `unsaid` are the holders
    that would accept none of the wordings; `may` are the acts this audience is offered: accept, hold, lift, word,
    bridge, set_aside. `absent` are the holders with nobody in the room."""

    bracket: Bracket
    words: str
    wordings: tuple[Wording, ...]
    unsaid: tuple[str, ...]
    hue: int
    ours: bool
    long: bool
    may: frozenset[str]
    absent: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.bracket.id


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a paragraph's words, in brackets or not."""

    text: str
    row: Row | None = None


def hue_of(view: RoomState, code: str) -> int:
    """The hue of a delegation, -1 for the chair."""
    delegation = view.prepared.delegation(code)
    return delegation.hue if delegation else -1


def row(
    view: RoomState, paragraph: Paragraph, bracket: Bracket, author: str | None, answers: str, there: tuple[str, ...]
) -> Row:
    """One bracket for an audience; `author` is in whose name it acts, None for nobody; `answers` who answers for the
    paragraph; `there` the delegations with somebody in the room."""
    words = "" if bracket.whole else paragraph.text[bracket.start : bracket.end]
    as_it_stands = Wording("", words, paragraph.proposer, bridge=False, held_by=(), ours=False, consented=False)
    offered = tuple(
        Wording(
            one.id,
            one.text,
            one.author,
            one.bridge,
            held_by=tuple(code for code, held in bracket.holds.items() if held == one.id),
            ours=bool(author) and bracket.holds.get(author or "") == one.id,
            consented=bracket.consent == one.id,
        )
        for one in bracket.alternatives
    )
    return Row(
        bracket=bracket,
        words=words,
        wordings=(as_it_stands, *offered),
        unsaid=tuple(code for code, held in bracket.holds.items() if not held),
        hue=hue_of(view, next(iter(bracket.holds), "")),
        ours=author in bracket.holds,
        long=max(map(len, (words, *(one.text for one in bracket.alternatives)))) > INLINE,
        may=_may(bracket, author, answers),
        absent=tuple(code for code in bracket.holds if code not in there),
    )


def _may(bracket: Bracket, author: str | None, answers: str) -> frozenset[str]:
    if author is None:
        return frozenset()
    accepts = {"accept"} if author in (*bracket.holds, answers) else set[str]()
    if author == "":
        return frozenset({"bridge", "set_aside"} | accepts)
    return frozenset({"word"} | accepts | ({"lift"} if author in bracket.holds else {"hold"}))


def pieces(paragraph: Paragraph, rows: tuple[Row, ...]) -> tuple[Piece, ...]:
    """The words of a paragraph in order, those in brackets apart. Their texts join to the paragraph's."""
    found, at = [], 0
    for one in sorted(rows, key=lambda row: row.bracket.start):
        start, end = one.bracket.start, one.bracket.end
        if one.bracket.whole or start < at:
            continue
        if start > at:
            found.append(Piece(paragraph.text[at:start]))
        found.append(Piece(paragraph.text[start:end], one))
        at = end
    if at < len(paragraph.text):
        found.append(Piece(paragraph.text[at:]))
    return tuple(found)


# The ledger


# How brackets end, in words.
ENDS = {"settled": "settled", "lifted": "lifted", "set_aside": "set aside", "withdrawn": "gone with their paragraph"}


@dataclass(frozen=True, slots=True)
class Line:
    """The open brackets of one paragraph: how many, and who holds them."""

    number: str
    paragraph: str
    count: int
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Burn:
    """How many brackets were open after each opening and ending, as a stepped line. `path` is drawn in a box of
    `width` by `height` units."""

    path: str
    width: int
    height: int
    most: int
    opened: int
    ended: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Ledger:
    count: int
    ours: int
    lines: tuple[Line, ...]
    by_holder: tuple[tuple[str, int], ...]
    burn: Burn | None


def ledger(document: Document, own: str) -> Ledger:
    """All open brackets of a text, by paragraph and by holder, and how their number went."""
    there = document.open_brackets
    on: dict[str, list[Bracket]] = {}
    for bracket in sorted(there, key=lambda one: one.place):
        on.setdefault(bracket.paragraph, []).append(bracket)
    rows = [
        Line(number, one.id, len(here), tuple(dict.fromkeys(code for bracket in here for code in bracket.holds)))
        for number, one in numbered(document)
        if (here := on.get(one.id))
    ]
    codes = dict.fromkeys(code for one in there for code in one.holds)
    by_holder = sorted(((code, sum(code in one.holds for one in there)) for code in codes), key=lambda pair: -pair[1])
    return Ledger(len(there), sum(own in one.holds for one in there), tuple(rows), tuple(by_holder), burn(document))


def burn(document: Document) -> Burn | None:
    """The line of open brackets; None where there never was one."""
    if not document.brackets:
        return None
    opened = [(one.opened_at, number, 1) for number, one in enumerate(document.brackets)]
    ended = [(one.ended_at or 0, number, -1) for number, one in enumerate(document.brackets) if not one.open]
    counts = [0]
    for *_, step in sorted([*opened, *ended], key=lambda event: (event[0], -event[2], event[1])):
        counts.append(counts[-1] + step)
    most = max(counts)
    line = " ".join(f"H{place} V{most - count}" for place, count in enumerate(counts[1:], start=1))
    how = [ENDS.get(one.ended, one.ended) for one in document.brackets if not one.open]
    path = f"M0 {most} {line} H{len(counts)}"
    return Burn(path, len(counts), most, most, len(opened), {one: how.count(one) for one in dict.fromkeys(how)})
