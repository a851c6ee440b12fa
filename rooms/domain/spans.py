"""Places in a text: finding quoted words, and finding them again when the text around them changes.

A span is (start, end) in characters of an NFC text, end excluded. Nothing here depends on the version of anything, so
that a record folds alike for ever; only `found` and `widened` ask the character tables, and they are asked by rules.
"""

import unicodedata
from collections.abc import Sequence

Span = tuple[int, int]

CONTEXT = 40  # characters on either side by which a place is known again
NEAREST = 400  # of so many places with the same words, the likeliest are looked at
LIKELIEST = 50
CLOSING = ",.;:!?)]}、。，；：！？」』）"  # what stands close to the word before it
JOINER = "\u200d"
MARKS = ("Mn", "Mc", "Me")


def extends(text: str, at: int) -> bool:
    """Whether the character at a place belongs to the one before it: an accent, a joined or coloured emoji, the second
    half of a flag, a later part of an old Korean syllable."""
    if not 0 < at < len(text):
        return False
    here, before = text[at], text[at - 1]
    if here == JOINER or before == JOINER or unicodedata.category(here) in MARKS:
        return True
    if "\U0001f3fb" <= here <= "\U0001f3ff" or "\u1160" <= here <= "\u11ff" or "\ud7b0" <= here <= "\ud7fb":
        return True
    return _is_flag(here) and _flags_before(text, at) % 2 == 1


def _is_flag(one: str) -> bool:
    return "\U0001f1e6" <= one <= "\U0001f1ff"


def _flags_before(text: str, at: int) -> int:
    count = 0
    while count < at and _is_flag(text[at - count - 1]):
        count += 1
    return count


def widened(text: str, start: int, end: int) -> Span:
    """The span with the characters whole that it would cut through."""
    while extends(text, start):
        start -= 1
    while extends(text, end):
        end += 1
    return start, end


def places(text: str, words: str) -> list[int]:
    """Where the words begin, each time they occur, also where one time runs into the next."""
    starts, at = [], text.find(words) if words else -1
    while at >= 0:
        starts.append(at)
        at = text.find(words, at + 1)
    return starts


def found(text: str, words: str, occurrence: int = 1) -> Span | None:
    """Where the words stand, exactly as quoted, the nth time (from 1); with the characters at their ends whole. None
    if they do not."""
    starts = places(text, words)
    if not 1 <= occurrence <= len(starts):
        return None
    start = starts[occurrence - 1]
    return widened(text, start, start + len(words))


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


# When the text around changes


def moved(old: str, new: str, start: int, end: int) -> Span | None:
    """Where the words of a span stand in the new text, or None if they did not survive."""
    together = moved_together(old, new, ((start, end),))
    return together[0] if together else None


def moved_together(old: str, new: str, spans: Sequence[Span]) -> tuple[Span, ...] | None:
    """Where several spans that do not overlap stand in the new text, without overlapping there either; in the order in
    which they were given. None if the words of one of them did not survive."""
    head, tail = _kept_ends(old, new)
    candidates = [_candidates(old, new, span, head, tail) for span in spans]
    if not all(candidates):
        return None
    order = sorted(range(len(spans)), key=lambda at: spans[at])
    placed = _in_order([candidates[at] for at in order]) or _anyhow([candidates[at] for at in order])
    if placed is None:
        return None
    there = dict(zip(order, placed, strict=True))
    return tuple(there[at] for at in range(len(spans)))


def _kept_ends(old: str, new: str) -> tuple[int, int]:
    """(characters that both begin with, characters that both end with), the second not reaching into the first."""
    head = _shared(old, new)
    rest = min(len(old), len(new)) - head
    tail = _shared(old[len(old) - rest :][::-1], new[len(new) - rest :][::-1])
    return head, tail


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


Place = tuple[int, Span]  # how likely, and where


def _candidates(old: str, new: str, span: Span, head: int, tail: int) -> list[Place]:
    """The places at which the words of a span may be now, in their order. What stands in the part that did not change
    is where it was."""
    start, end = span
    if end <= head:
        return [(0, span)]
    if start >= len(old) - tail:
        by = len(new) - len(old)
        return [(0, (start + by, end + by))]
    words = old[start:end]
    expected = start if len(old) == len(new) else start * len(new) // len(old)
    near = sorted(places(new, words), key=lambda at: (abs(at - expected), at))[:NEAREST]
    likely = sorted(((_alike(old, new, span, at), -abs(at - expected), at) for at in near), reverse=True)[:LIKELIEST]
    rated = [(alike * 100_000 + nearness, (at, at + len(words))) for alike, nearness, at in likely]
    return sorted(rated, key=lambda place: place[1])


def _alike(old: str, new: str, span: Span, at: int) -> int:
    """How much of what surrounds a span surrounds this place, too."""
    start, end = span
    until = at + end - start
    before = _shared(old[max(0, start - CONTEXT) : start][::-1], new[max(0, at - CONTEXT) : at][::-1])
    return before + _shared(old[end : end + CONTEXT], new[until : until + CONTEXT])


def _in_order(candidates: Sequence[Sequence[Place]]) -> tuple[Span, ...] | None:
    """The likeliest places that stand in the order of the spans."""
    ways: list[tuple[int, tuple[Span, ...]]] = [(0, ())]
    for places_of_one in candidates:
        longer = []
        for rate, span in places_of_one:
            fitting = [way for way in ways if not way[1] or way[1][-1][1] <= span[0]]
            if fitting:
                so_far, path = max(fitting, key=lambda way: way[0])
                longer.append((so_far + rate, (*path, span)))
        ways = longer
    return max(ways, key=lambda way: way[0])[1] if ways else None


def _anyhow(candidates: Sequence[Sequence[Place]]) -> tuple[Span, ...] | None:
    """The likeliest places one after the other: somebody put sentences the other way round."""
    taken: list[Span] = []
    for places_of_one in candidates:
        free = [place for place in places_of_one if not any(overlap(place[1], other) for other in taken)]
        if not free:
            return None
        taken.append(max(free)[1])
    return tuple(taken)


# When the words themselves change


def replaced(text: str, start: int, end: int, words: str) -> str:
    """The text with other words in a span. Where words only go, the space goes with them that would stand there twice
    or before a comma; no other character does."""
    before, after = text[:start], text[end:]
    if words:
        return before + words + after
    if not before or not after or (after[0].isspace() and before[-1].isspace()):
        return (before + _without_space_ahead(after)) if after else before.rstrip()
    if after[0] in CLOSING and before[-1] == " ":
        return before[:-1] + after
    return before + after


def _without_space_ahead(text: str) -> str:
    bare = text.lstrip()
    return text if bare and extends(text, len(text) - len(bare)) else bare
