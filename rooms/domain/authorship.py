"""Words: what differs between two wordings, and who brought in which.

A token is a word, a single character of a script that is written without spaces, or a punctuation mark, with the space
that follows it. Derived whenever asked, never recorded. All parts that are told here add up to the texts they are of.
"""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from rooms.domain.documents import Version
from rooms.domain.spans import extends

Token = tuple[str, str]  # what is written, and the space behind it
Run = tuple[str, str]  # text, author
Part = tuple[str, str]  # same, out or in; text
Pair = tuple[int, int]  # two places at which the same is written

# Scripts written without spaces: Thai to Burmese, Khmer, kana, Han.
UNSPACED = (
    *(("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"), ("\u3005", "\u3007"), ("\u3040", "\u30ff")),
    *(("\u31f0", "\u31ff"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uf900", "\ufaff")),
    *(("\uff66", "\uff9f"), ("\U00020000", "\U0003ffff")),
)
WITHIN_WORDS = "'’-‐‑"
WITHIN_NUMBERS = ".,"
# Comparisons of one token with another; beyond this what occurs very often is not looked for in every place.
PAIRS = 1_000_000
KEPT = 4_096


# Tokens


def _unspaced(one: str) -> bool:
    return one >= "\u0e00" and any(first <= one <= last for first, last in UNSPACED)


def _in_word(text: str, at: int) -> bool:
    """Whether the character at a place is part of the word that the one before it belongs to."""
    here, before = text[at], text[at - 1]
    if here.isalnum():
        return not _unspaced(here)
    if at + 1 == len(text) or not before.isalnum() or not text[at + 1].isalnum():
        return False
    return here in WITHIN_WORDS or (here in WITHIN_NUMBERS and before.isdigit() and text[at + 1].isdigit())


def _end_of(text: str, at: int) -> int:
    """Where the token ends that begins at a place; the space behind it left out."""
    end = at + 1
    wordy = text[at].isalnum() and not _unspaced(text[at])
    while end < len(text) and not text[end].isspace() and (extends(text, end) or (wordy and _in_word(text, end))):
        end += 1
    return end


@lru_cache(maxsize=KEPT)
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text; joined together they are the text."""
    found, at = [], 0
    while at < len(text):
        end = at if text[at].isspace() else _end_of(text, at)
        after = end
        while after < len(text) and text[after].isspace():
            after += 1
        found.append((text[at:end], text[end:after]))
        at = after
    return tuple(found)


def count(text: str) -> int:
    """How many words a text has, punctuation left out."""
    return sum(1 for written, _ in tokens(text) if written[:1].isalnum())


# What differs


@lru_cache(maxsize=KEPT)
def _kept(old: str, new: str) -> tuple[Pair, ...]:
    """The places (in the old tokens, in the new ones) of what stays as it was, in order."""
    one, other = [written for written, _ in tokens(old)], [written for written, _ in tokens(new)]
    head = _alike(one, other)
    tail = _alike(one[head:][::-1], other[head:][::-1])
    inner, outer = one[head : len(one) - tail], other[head : len(other) - tail]
    counts, others = Counter(inner), Counter(outer)
    pairs = sum(times * others[written] for written, times in counts.items())
    matcher = SequenceMatcher(None, inner, outer, autojunk=pairs > PAIRS)
    middle = [
        (head + block.a + at, head + block.b + at)
        for block in matcher.get_matching_blocks()
        for at in range(block.size)
    ]
    ends = [(len(one) - tail + at, len(other) - tail + at) for at in range(tail)]
    return (*((at, at) for at in range(head)), *middle, *ends)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many tokens two sequences begin with in common."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@lru_cache(maxsize=KEPT)
def word_diff(old: str, new: str) -> tuple[Part, ...]:
    """The difference as parts: what is the "same", what went "out", what came "in"; what went stands before what came
    in its place. Same and out are the old text, same and in the new one."""
    before, after = tokens(old), tokens(new)
    parts: list[Part] = []
    left, right = 0, 0
    for at, there in (*_kept(old, new), (len(before), len(after))):
        parts.append(("out", _joined(before[left:at])))
        parts.append(("in", _joined(after[right:there])))
        if at < len(before):
            (written, space), new_space = before[at], after[there][1]
            if space == new_space:
                parts.append(("same", written + space))
            else:
                parts += [("same", written), ("out", space), ("in", new_space)]
        left, right = at + 1, there + 1
    return _merged(parts)


def _joined(some: Sequence[Token]) -> str:
    return "".join(written + space for written, space in some)


def _merged(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The same without what is empty; where something went and something came in turns, all that went first."""
    merged: list[Part] = []
    changed = {"out": "", "in": ""}
    for kind, text in (*(part for part in parts if part[1]), ("same", "")):
        if kind != "same":
            changed[kind] += text
            continue
        merged += [(name, words) for name, words in changed.items() if words]
        changed = {"out": "", "in": ""}
        if merged and merged[-1][0] == "same":
            merged[-1] = ("same", merged[-1][1] + text)
        elif text:
            merged.append(("same", text))
    return tuple(merged)


def kept_words(old: str, new: str) -> int:
    """How many words of the old text the new one keeps, punctuation left out."""
    before = tokens(old)
    return sum(1 for at, _ in _kept(old, new) if before[at][0][:1].isalnum())


def distance(old: str, new: str) -> int:
    """How far a new wording is from the old one: 0 the same words, 1000 no word in common."""
    words = count(old) + count(new)
    return 1000 - 2000 * kept_words(old, new) // words if words else 0


# Who brought it in


def runs(versions: Sequence[Version]) -> tuple[Run, ...]:
    """The latest wording as (text, author), cut where the author changes: the texts add up to it. Words are whose
    version brought them in; when an earlier wording is put back as it was, they are again whose they were."""
    return _runs(tuple((one.text, one.author) for one in versions))


@lru_cache(maxsize=KEPT)
def _runs(wordings: tuple[tuple[str, str], ...]) -> tuple[Run, ...]:
    known: dict[str, tuple[tuple[str, str], ...]] = {}  # by text: who wrote each token, and the space behind it
    latest = ""
    for text, author in wordings:
        if text not in known:
            known[text] = _authors(latest, known.get(latest, ()), text, author)
        latest = text
    pieces = [
        piece
        for (written, space), (writer, spacer) in zip(tokens(latest), known.get(latest, ()), strict=True)
        for piece in ((written, writer), (space, spacer))
    ]
    return _by_author(pieces)


def _authors(old: str, before: Sequence[tuple[str, str]], new: str, author: str) -> tuple[tuple[str, str], ...]:
    was, now = tokens(old), tokens(new)
    authors = [(author, author)] * len(now)
    for at, there in _kept(old, new):
        writer, spacer = before[at]
        authors[there] = (writer, spacer if was[at][1] == now[there][1] else author)
    return tuple(authors)


def _by_author(pieces: Sequence[tuple[str, str]]) -> tuple[Run, ...]:
    found: list[Run] = []
    for text, author in pieces:
        if text and found and found[-1][1] == author:
            found[-1] = (found[-1][0] + text, author)
        elif text:
            found.append((text, author))
    return tuple(found)
