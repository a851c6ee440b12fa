"""Words: what differs between two wordings, and who brought in which.

A token is a word, a single character of a script that is written without spaces, or a punctuation mark, with the space
that follows it. Derived whenever asked, never recorded. All parts that are told here add up to the texts they are of.
"""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from threading import Lock

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
PARAGRAPHS = 500  # of which it is remembered whose their words are
ASKED_FOR = 4  # wordings of a paragraph: now, and where people look back


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
    if not versions:
        return ()
    return _wordings(versions[0]).runs(tuple(one.text for one in versions), tuple(one.author for one in versions))


Whose = tuple[tuple[str, str], ...]  # of each token: who wrote it, and the space behind it


class _Wordings:
    """Whose the words are in each wording that a paragraph has had so far: one wording more costs one comparison more,
    however many there were. From any thread."""

    def __init__(self) -> None:
        self._texts: tuple[str, ...] = ()
        self._authors: tuple[str, ...] = ()
        self._known: dict[str, Whose] = {}  # by text; what is put back is whose it was
        self._runs: dict[str, tuple[Run, ...]] = {}  # of the wordings that were asked for last, by text
        self._lock = Lock()

    def runs(self, texts: tuple[str, ...], authors: tuple[str, ...]) -> tuple[Run, ...]:
        """Of the last of these wordings: made once for all who look at it."""
        with self._lock:
            whose, latest = self._whose(texts, authors), texts[-1]
            found = self._runs.get(latest)
            if found is None:
                if len(self._runs) >= ASKED_FOR:
                    self._runs.pop(next(iter(self._runs)))
                found = self._runs[latest] = _by_author(latest, whose)
            return found

    def _whose(self, texts: tuple[str, ...], authors: tuple[str, ...]) -> Whose:
        common = min(len(texts), len(self._texts))
        if texts[:common] != self._texts[:common] or authors[:common] != self._authors[:common]:
            self._texts, self._authors, self._known, self._runs, common = (), (), {}, {}, 0  # another room, a fork
        if common < len(texts):
            latest = texts[common - 1] if common else ""
            for text, author in zip(texts[common:], authors[common:], strict=True):
                if text not in self._known:
                    self._known[text] = _authors(latest, self._known.get(latest, ()), text, author)
                latest = text
            self._texts, self._authors = texts, authors
        return self._known[texts[-1]]


@lru_cache(maxsize=PARAGRAPHS)
def _wordings(first: Version) -> _Wordings:
    """What is known of the paragraph that began like this."""
    return _Wordings()


def _authors(old: str, before: Whose, new: str, author: str) -> Whose:
    was, now = tokens(old), tokens(new)
    authors = [(author, author)] * len(now)
    for at, there in _kept(old, new):
        writer, spacer = before[at]
        authors[there] = (writer, spacer if was[at][1] == now[there][1] else author)
    return tuple(authors)


def _by_author(text: str, whose: Whose) -> tuple[Run, ...]:
    """The words and the spaces behind them, joined as long as one author goes on."""
    found: list[Run] = []
    for (written, space), (writer, spacer) in zip(tokens(text), whose, strict=True):
        for piece, author in ((written, writer), (space, spacer)):
            if piece and found and found[-1][1] == author:
                found[-1] = (found[-1][0] + piece, author)
            elif piece:
                found.append((piece, author))
    return tuple(found)
