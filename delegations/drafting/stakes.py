"""What a country is said to want, fear or depend on, and the numbers of a paper: candidate interests and figures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from delegations.drafting.advice import opening
from delegations.drafting.wording import LINKS, Readable, Sentence, sentences
from delegations.papers.gazetteer import Gazetteer
from delegations.papers.structure import is_inline
from delegations.words import PassageKind

# Behind a country's name: who acts for it, then what it has at stake. The group is the verb as a label shows it.
STAKE: Final = re.compile(
    r"(?:['’]s (?:government|leaders?|leadership))?(?: (?:government|authorities|leaders|cabinet|officials))?"
    r"(?: (?:also|still|now|has|have|had|therefore|always|long|\w+ly))*"
    r" (?P<verb>seeks?|sought|wants?|wanted|fears?|feared|worries|worried|worry|depends? on|relies on|rely on|"
    r"(?:is|are|was|were|remains?) (?:\w+ )?"
    r"(?:concerned|wary|worried|afraid|interested|anxious|determined|opposed|suspicious)|"
    r"hopes?|hoped|values|prefers?|preferred|insists?|insisted|opposes?|opposed|refuses?|refused|resists?|objects?|"
    r"cannot accept|would not accept|will not accept|regards?|welcomes?|welcomed|aims? (?:at|to)|"
    r"has (?:an?|its|their|no) (?:\w+ )?(?:interest|stake) in)\b"
)
POSSESSED: Final = re.compile(
    r"['’]s? (?:\w+ )?(?P<verb>interests?|fears?|concerns?|priority|priorities|goals?|objectives?|aims?) "
    r"(?=in|of|about|that|is|are|over|for|to|with)\b"
)
CONDITIONAL: Final = re.compile(r"(?:If|Should|Unless|Were)\b")
NUMBER: Final = re.compile(
    r"(?<![\w.,+/–-])(?:(?:US|A|C|HK)?[$€£¥]\s?)?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w])|(?<![\w.,+/–-])(?:(?:US)?[$€£¥]\s?)?\d+(?:\.\d+)?(?![\w+/])"
)
SCALE: Final = r"(?:\s?%|\s(?:percent|per cent|hundred|thousand|million|billion|trillion))"
UNIT: Final = re.compile(
    rf"(?P<scale>{SCALE})?(?:[\s-](?P<unit>(?:[A-Z][a-z]+\s)?[a-z][\w-]*(?:[\s](?:miles|metres|meters|kilometers|kilometres|tons|tonnes))?))?"
)
YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
# Numbers that count nothing: dates, places in books, names of articles.
MONTH: Final = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
NO_COUNT: Final = re.compile(
    rf"(?:{MONTH}|\b(?:Article|Articles|Chapter|Section|Part|Paper|Number|No\.?|p\.|pp\.|vol\.|Resolution|Figure|Table|note))\s*#?$",
    re.I,
)
LONGEST_BEFORE: Final = 16  # characters: the longest of these words with its space
MOST_UNIT: Final = 40


@dataclass(frozen=True, slots=True)
class Stake:
    key: str
    passage: Readable
    sentence: Sentence
    verb: str
    what: str


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its unit, as the paper has it; `around`: the sentence without it."""

    passage: Readable
    sentence: Sentence
    value: str
    around: str


def stakes(passages: Sequence[Readable], gazetteer: Gazetteer) -> Iterator[Stake]:
    """At most one for each country and sentence."""
    for passage in _running(passages):
        for before, sentence in pairwise([None, *sentences(passage.text)]):
            if sentence is not None:
                yield from _in_sentence(passage, sentence, before, gazetteer)


def _in_sentence(
    passage: Readable, sentence: Sentence, before: Sentence | None, gazetteer: Gazetteer
) -> Iterator[Stake]:
    seen: set[str] = set()
    if CONDITIONAL.match(sentence.text):
        return
    for mention in gazetteer.mentions(sentence.text, around=passage.section):
        found = STAKE.match(sentence.text, mention.end) or POSSESSED.match(sentence.text, mention.end)
        if mention.entry.kind == "country" and found and mention.entry.key not in seen:
            seen.add(mention.entry.key)
            yield Stake(mention.entry.key, passage, sentence, found["verb"], _clause(sentence.text[found.end() :]))
    if seen or before is None or not sentence.text.startswith(("It ", "They ")):
        return
    if found := STAKE.match(sentence.text, sentence.text.index(" ")):
        for key in opening(before.text, gazetteer):
            yield Stake(key, passage, sentence, found["verb"], _clause(sentence.text[found.end() :]))


def _clause(text: str) -> str:
    return re.split(r"[;:]", text)[0]


def counts(passages: Sequence[Readable]) -> Iterator[Count]:
    """Every number that counts something, in the paper's order."""
    for passage in _running(passages):
        for sentence in sentences(passage.text):
            for match in NUMBER.finditer(sentence.text):
                value = _with_unit(sentence.text, match)
                if value:
                    yield Count(passage, sentence, value, _around(sentence.text, match.start(), value))


def _around(text: str, start: int, value: str) -> str:
    """The clause that the number stands in, without it."""
    before, after = re.split(r"[;:]", text[:start])[-1], re.split(r"[;:]", text[start + len(value) :])[0]
    return f"{before}; {after}"


def _with_unit(text: str, match: re.Match[str]) -> str:
    """The number with what it counts; empty where it is a year, a date or a place in a book."""
    if YEAR.fullmatch(match[0]) or NO_COUNT.search(text[max(0, match.start() - LONGEST_BEFORE) : match.start()]):
        return ""
    behind = UNIT.match(text, match.end())
    scale, unit = (behind["scale"] or "", behind["unit"] or "") if behind else ("", "")
    if unit in LINKS or len(unit) > MOST_UNIT:
        unit = ""
    if scale.strip() in ("%", "percent", "per cent"):
        unit = ""
    money = not match[0][0].isdigit()
    if not (scale or unit or money):
        return ""
    end = behind.end("unit") if behind and unit else match.end() + len(scale)
    return text[match.start() : end]


def _running(passages: Sequence[Readable]) -> Iterator[Readable]:
    for passage in passages:
        if passage.kind != PassageKind.FOOTNOTE and not is_inline(section=passage.section):
            yield passage
