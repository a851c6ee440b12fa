"""Sentences, noun phrases and anchors of a passage: what proposals are cut from. Pure text, no names, no rules."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from delegations.papers.noise import SUPERSCRIPTS


class Readable(Protocol):
    """A passage, as `papers.structure` prepares it or as the database holds it."""

    locator: str
    section: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stands in its passage's text."""

    text: str
    start: int


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


TOKEN: Final = re.compile(rf"[^\W{SUPERSCRIPTS}_]+(?:[-'’][^\W{SUPERSCRIPTS}_]+)*")
SENTENCE_END: Final = re.compile(rf"[.!?][\"”’)\]]*[{SUPERSCRIPTS}]*\s+(?=[\"“‘(\[]?[A-Z0-9])")
# A full stop after these ends no sentence; a single capital is an initial.
SHORTENED: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Adm|St|No|no|vol|vols|pp|p|ed|eds|cf|e\.g|i\.e|al|Jan|Feb|Aug|Sept|Oct|Nov|Dec)"
    r"|\b[A-Z])\.$"
)
LONGEST_SHORTENED: Final = 6
# Words that end a noun phrase. Not a grammar: a short label needs the first thing that a sentence is about.
LINKS: Final = _set(
    """a an the this that these those its it their them they his her he she our we us your you my one each every any
    all both some no such own other others another itself themselves and or but nor of to in on at by for with from
    into onto over under above below across near along behind beyond out off up down around between among through
    throughout via within without against toward towards after before during until despite except per about as than
    so if when while where whether which who whom whose what how why because since although though is are was were
    be been being has have had having do does did done will would shall should can could may might must need needs
    ought not never only also too very more most less least much many few just again ever yet still already there
    here then thus however rather instead together alike whatever whoever first second third fourth"""
)
RELATIVE: Final = frozenset(("that", "which", "who", "where", "when"))
# What follows is a state, not a thing: "may be fired", "were agreed".
BEING: Final = frozenset(("be", "been", "being", "is", "are", "was", "were", "has", "have", "had"))
# What stands for something that is named elsewhere.
EMPTY: Final = _set(
    "issue question matter thing side way country party state other point number fact time long addition"
)
NO_ADVERB: Final = frozenset(("family", "supply", "ally", "assembly", "reply", "anomaly", "monopoly", "july", "italy"))
MOST_PHRASE_WORDS: Final = 4
FEWEST_ANCHOR_WORDS: Final = 3
MOST_ANCHOR_WORDS: Final = 6
NO_MARKS: Final = {ord(mark): None for mark in SUPERSCRIPTS}


def sentences(text: str) -> Iterator[Sentence]:
    start = 0
    for match in SENTENCE_END.finditer(text):
        if SHORTENED.search(text[max(start, match.start() - LONGEST_SHORTENED) : match.start() + 1]):
            continue
        yield Sentence(text[start : match.end()].rstrip(), start)
        start = match.end()
    if text[start:].strip():
        yield Sentence(text[start:].rstrip(), start)


def stem(word: str) -> str:
    """A word without its plural, so that "observers" and "observer" are one."""
    small = re.sub(r"['’]s$", "", word.casefold())
    if len(small) < 5 or small.endswith(("ss", "us", "is")):
        return small
    return small[:-3] + "y" if small.endswith("ies") else small.removesuffix("s")


def stems(text: str) -> tuple[str, ...]:
    """The telling words of a text, in order."""
    return tuple(stem(word) for word in TOKEN.findall(text) if word.casefold() not in LINKS and len(word) > 2)


def phrases(text: str) -> Iterator[str]:
    """Runs of telling words ("shared hotline", "code of conduct"), none longer than a label may borrow."""
    run: list[str] = []
    end = 0
    tokens = list(TOKEN.finditer(text))
    before = ""
    for place, match in enumerate(tokens):
        word = match[0].casefold()
        joint = text[end : match.start()].translate(NO_MARKS).strip()
        binds = word == "of" and run and not joint and place + 1 < len(tokens) and _tells(tokens[place + 1][0], word)
        if run and (joint or not (binds or _tells(match[0], before))):
            yield _short(run)
            run = []
        if binds or _tells(match[0], before):
            run.append(match[0])
        before, end = word, match.end()
    if run:
        yield _short(run)


def _tells(word: str, before: str) -> bool:
    """Whether a word may stand in a label: no link, no adverb, not the verb of "that allows" or "be fired"."""
    small = word.casefold()
    if small in LINKS or (small.endswith("ly") and small not in NO_ADVERB):
        return False
    return not (before in RELATIVE and word.islower()) and not (before in BEING and small.endswith(("ed", "ing")))


def _short(run: Sequence[str]) -> str:
    words = list(run[: MOST_PHRASE_WORDS + ("of" in run)])
    return " ".join(words[:-1] if words[-1] == "of" else words)


def things(text: str) -> list[str]:
    """The noun phrases of a text, without numbers and without words that name nothing by themselves."""
    return [one for one in phrases(text) if not one[0].isdigit() and len(one) > 2 and set(stems(one)) - EMPTY]


class Anchors:
    """Words by which a place is found again in any copy of the paper: few, and standing there only."""

    def __init__(self, texts: Sequence[str]) -> None:
        # Bars between passages keep a run of words from reaching into the next one.
        self._whole = " | ".join(f" {' '.join(_folded(text))} " for text in texts)

    def anchor(self, sentence: str) -> str:
        """Three to six words of the sentence that stand nowhere else in the paper; empty where there are none."""
        tokens = list(TOKEN.finditer(sentence))
        for size in range(FEWEST_ANCHOR_WORDS, MOST_ANCHOR_WORDS + 1):
            runs = [tokens[place : place + size] for place in range(len(tokens) - size + 1)]
            # Runs that begin and end in a telling word are easier to know again.
            runs.sort(key=lambda run: sum(one[0].casefold() in LINKS for one in (run[0], run[-1])))
            for run in runs:
                words = sentence[run[0].start() : run[-1].end()]
                if self._whole.count(f" {' '.join(_folded(words))} ") == 1:
                    return words
        return ""


def _folded(text: str) -> list[str]:
    """As citations are compared: `papers.finding`."""
    bare = re.sub(f"[{SUPERSCRIPTS}]", "", text).casefold().replace("’", "'")
    return re.findall(r"[^\W_]+", bare)
