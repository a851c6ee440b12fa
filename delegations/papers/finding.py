"""From a citation back to its passage: by locator, by anchor words, and with patience for other copies.

Another copy of a paper has other line breaks, other slips of recognition, paragraphs cut elsewhere. So headings
are compared by likeness, and a passage found by its place must also hold the anchor's words; where it does not,
the words themselves lead to the passage. What cannot be found is said to be unfound, never guessed.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from delegations.citations import Source
from delegations.models import Passage
from delegations.papers.locators import Place, parse_locator
from delegations.papers.noise import SUPERSCRIPTS
from delegations.papers.sections import FRONT
from delegations.papers.structure import is_inline
from delegations.words import PassageKind, SourceKind

# Likeness in per cent. A passage at the right place may have slips in the anchor's words; words that lead to a
# passage by themselves must be nearly whole.
SAME_SECTION: Final = 80
NEAR_BEST: Final = 4
LESS_THAN_EQUAL: Final = 0.93
LONG_PART: Final = 8  # characters: a shorter part, such as "Japan", stands in too many headings
HOLDS_ANCHOR: Final = 72
LED_BY_ANCHOR: Final = 84
NEARLY_AS_GOOD: Final = 6


class How(Enum):
    LOCATOR = "resolved"
    ANCHOR = "resolved by anchor only"
    NOWHERE = "unresolved"
    NOT_LOADED = "paper not imported"


@dataclass(frozen=True, slots=True)
class Found:
    passage: Passage | None
    how: How


class Finder:
    """Finds the passages of many citations. Each paper is read once, so a page stays at one query a paper."""

    def __init__(self) -> None:
        self._papers: dict[str, tuple[Passage, ...]] = {}

    def find(self, source: Source | Mapping[str, str]) -> Found:
        if source.get("kind") != SourceKind.PAPER:
            return Found(None, How.NOWHERE)
        slug = source.get("paper", "")
        if slug not in self._papers:
            self._papers[slug] = tuple(Passage.objects.filter(paper__slug=slug).order_by("id"))
        passages = self._papers[slug]
        if not passages:
            return Found(None, How.NOT_LOADED)
        return find_in(passages, locator=source.get("locator", ""), anchor=source.get("anchor", ""))


def passage_for(source: Source | Mapping[str, str], *, finder: Finder | None = None) -> Passage | None:
    """The passage that a source of a pack cites, or None. Give one `finder` for all sources of a page."""
    return (finder or Finder()).find(source).passage


def find_in(passages: Sequence[Passage], *, locator: str, anchor: str) -> Found:
    """The passage of one paper that the locator and the anchor name."""
    wanted = _normal(anchor)
    same = _normal(locator)
    exact = [passage for passage in passages if _normal(passage.locator) == same]
    if found := _holding(exact, wanted):
        return Found(found, How.LOCATOR)
    place = parse_locator(locator)
    likeness = _section_likeness(place.words, passages)
    if found := _holding(_located(passages, place, likeness), wanted):
        return Found(found, How.LOCATOR)
    led = _led_by_anchor(passages, wanted, place, likeness) if wanted else None
    return Found(led, How.ANCHOR) if led else Found(None, How.NOWHERE)


def _holding(passages: Sequence[Passage], wanted: str) -> Passage | None:
    """The first that holds the anchor's words; without an anchor, the first."""
    for passage in passages:
        if not wanted or fuzz.partial_ratio(wanted, _normal(passage.text)) >= HOLDS_ANCHOR:
            return passage
    return None


def _section_likeness(words: tuple[str, ...], passages: Sequence[Passage]) -> dict[str, float]:
    """How like each section's name is to the cited words."""
    return {section: _likeness(words, section) for section in {passage.section for passage in passages}}


def _likeness(words: tuple[str, ...], section: str) -> float:
    # A name that holds all the cited words (or the other way round) is like it, but an equal one is more so.
    cited, name = _normal(" ".join(words)), _normal(section)
    return max(
        fuzz.ratio(cited, name), LESS_THAN_EQUAL * max(fuzz.token_set_ratio(cited, name), _by_parts(words, section))
    )


def _by_parts(words: tuple[str, ...], section: str) -> float:
    """Likeness part by part, for cited headings that are both shortened and misspelt."""
    names = [_normal(part) for part in section.split(",")]
    parts = [_normal(part) for part in words]
    scores = [
        max(
            fuzz.partial_ratio(part, name) if LONG_PART <= len(part) <= len(name) else fuzz.ratio(part, name)
            for name in names
        )
        for part in parts
    ]
    return sum(scores) / len(scores) if scores else 0


def _located(passages: Sequence[Passage], place: Place, likeness: Mapping[str, float]) -> list[Passage]:
    """The passages at that place, the likeliest first."""
    if place.kind == "note":
        return _notes(passages, place)
    best = max(likeness.values(), default=0)
    if best < SAME_SECTION:
        return []
    sections: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        if likeness[passage.section] >= max(SAME_SECTION, best - NEAR_BEST):
            sections[passage.section].append(passage)
    ordered = sorted(sections, key=lambda section: -likeness[section])
    return [passage for section in ordered for passage in _at(sections[section], place)]


def _at(section: Sequence[Passage], place: Place) -> list[Passage]:
    if not place.number:
        return list(section)
    ends = [f"paragraph {place.number}"]
    if place.kind != "paragraph":
        # "China, 3" is the third recommendation; where nothing is numbered, it is the third paragraph.
        ends = [place.number, *ends]
    lasts = {passage.locator.rpartition(", ")[2].casefold(): passage for passage in reversed(section)}
    return [lasts[end] for end in ends if end in lasts]


def _notes(passages: Sequence[Passage], place: Place) -> list[Passage]:
    chapter = _normal(place.words[0]) if place.words else ""
    return [
        passage
        for passage in passages
        if passage.kind == PassageKind.FOOTNOTE
        and passage.locator.rpartition("note ")[2].casefold() == place.number
        and fuzz.ratio(chapter, _normal(passage.locator.split(",")[0])) >= SAME_SECTION
    ]


def _led_by_anchor(
    passages: Sequence[Passage], wanted: str, place: Place, likeness: Mapping[str, float]
) -> Passage | None:
    """The passage that holds the anchor's words; of several, the one nearest to the cited place."""
    scored = [(fuzz.partial_ratio(wanted, _normal(passage.text)), passage) for passage in passages]
    best = max((score for score, _ in scored), default=0)
    if best < LED_BY_ANCHOR:
        return None
    number = int(place.number) if place.number.isdigit() else 0

    def distance(one: tuple[float, Passage]) -> tuple[bool, float, int, float]:
        score, passage = one
        aside = passage.section == FRONT or is_inline(section=passage.section)
        return aside, -round(likeness[passage.section], -1), abs(passage.number - number), -score

    near = [one for one in scored if one[0] >= max(LED_BY_ANCHOR, best - NEARLY_AS_GOOD)]
    return min(near, key=distance)[1]


@lru_cache(maxsize=4096)
def _normal(text: str) -> str:
    """Words only, in small letters: quotes, dashes and marks of notes differ from copy to copy."""
    bare = re.sub(f"[{SUPERSCRIPTS}]", "", text).casefold().replace("’", "'")
    return " ".join(re.findall(r"[^\W_]+", bare))
