"""What a paper shows to be in question: candidate issues, each with the places that show it.

Three signs: a sentence that says that something is disputed or open, a heading that gives two alternatives, and
advice to several countries about one thing. Signs about one thing become one issue.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from delegations.drafting.advice import Advice
from delegations.drafting.parties import short_name
from delegations.drafting.wording import Readable, Sentence, phrases, sentences, stems, things
from delegations.papers.gazetteer import Gazetteer
from delegations.papers.structure import is_inline
from delegations.words import PassageKind

ABOUT: Final = r"(?:over|about|on|as to|concerning|regarding|in their view of|in)"
DIVIDED: Final = re.compile(
    rf"\b(?:disput(?:e[sd]?|ing)|differ(?:s|ed|ences?)?|disagree(?:s|d|ments?)?|quarrel(?:s|led)?|divided(?! by)|"
    rf"at odds|controvers(?:y|ies)|clash(?:es|ed)?|split|conflicting views?|disunity)\b"
    rf"(?: [^,;.]{{0,40}}?)? {ABOUT} (?P<what>[^;.,]+)",
    re.I,
)
IN_DISPUTE: Final = re.compile(
    r"(?P<what>[^,;.]{6,120}?)\b(?:(?:is|are|remains?|was|were) (?:\w+ )?"
    r"(?:disputed|contested|controversial|contentious|unresolved|unsettled|undecided)|"
    r"(?:is|are|has been|have been|remains?) (?:an?|the|one of the) (?:\w+ ){0,2}"
    r"(?:sources? of dispute|(?:bone|points?) of contention|stumbling blocks?|sticking points?|obstacles?))\b",
    re.I,
)
WHETHER: Final = re.compile(r"\bwhether (?:or not )?(?P<what>[^;.]+)", re.I)
OPEN: Final = re.compile(
    r"\b(?:open|unclear|question|issue|debat\w*|decid\w*|undecided|disput\w*|disagree\w*|differ\w*|controvers\w*|"
    r"ambigu\w*|uncertain\w*|unresolved|articulation|contentious|rankl\w*|doubt\w*)\b",
    re.I,
)
HOLDS: Final = re.compile(r"\b(?:contends?|insists?|maintains?|argues?|claims?|counters?) (?:that )?(?P<what>[^;.]+)")
AGAINST: Final = re.compile(r"\b(?:but|while|whereas)\b|;", re.I)
ONE_HAND: Final = re.compile(r"\bon (?:the )?one hand,? (?P<what>[^.]+)", re.I)
ALTERNATIVES: Final = re.compile(
    r"^(?:the |an? )?(?P<one>[^,:;]{3,60}?),? (?:or|versus|vs\.?|v\.) (?:the |an? )?(?P<other>[^,:;]{3,60}?)\??$", re.I
)
VERB_BEHIND: Final = re.compile(r"^(?:['’]s\b|(?: [a-z]+)?)")
SHARED_BY: Final = 3  # countries: advice to fewer about one thing only joins an issue that is there by another sign
HEADING, SAID, SHARED = 3, 2, 1


@dataclass(slots=True)
class Dispute:
    """`weight`: how much speaks for it. `topic`: what it is about, in a phrase. `keys`: whom it concerns."""

    topic: str
    options: tuple[str, ...] = ()
    signs: dict[str, None] = field(default_factory=dict)
    places: list[tuple[Readable, Sentence]] = field(default_factory=list)
    weight: int = 0
    stems: set[str] = field(default_factory=set)
    keys: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Sign:
    topic: str
    stems: frozenset[str]
    why: str
    places: tuple[tuple[Readable, Sentence], ...]
    weight: int
    options: tuple[str, ...] = ()
    joins_only: bool = False
    keys: tuple[str, ...] = ()


def disputes(passages: Sequence[Readable], advised: Sequence[Advice], gazetteer: Gazetteer) -> list[Dispute]:
    """The issues, those with most signs first."""
    said = list(_said(passages, gazetteer))
    shared = list(_shared(advised, gazetteer))
    found: list[Dispute] = []
    for sign in [*_headings(passages), *said, *shared]:
        dispute = next((one for one in found if _same_thing(one.stems, sign.stems)), None)
        if dispute is None:
            if sign.joins_only:
                continue
            dispute = Dispute(sign.topic, stems=set(sign.stems))
            found.append(dispute)
        dispute.options = dispute.options or sign.options
        dispute.signs[sign.why] = None
        dispute.keys |= dict.fromkeys(sign.keys)
        dispute.places += [place for place in sign.places if place not in dispute.places]
        dispute.weight += sign.weight
        if len(sign.stems) > len(dispute.stems) and not dispute.options:
            dispute.topic, dispute.stems = sign.topic, set(sign.stems)
    return sorted(found, key=lambda one: -one.weight)


def _same_thing(one: set[str], other: frozenset[str]) -> bool:
    shared = one & other
    return bool(shared) and (len(shared) >= 2 or len(shared) == min(len(one), len(other)))


def _headings(passages: Sequence[Readable]) -> Iterator[_Sign]:
    seen: set[str] = set()
    for passage in passages:
        heading = passage.section.rpartition(", ")[2]
        found = ALTERNATIVES.match(heading)
        first = next(sentences(passage.text), None)
        if passage.section in seen or not found or not first or passage.kind != PassageKind.PARAGRAPH:
            continue
        seen.add(passage.section)
        both = (found["one"].strip(), found["other"].strip())
        whole = frozenset(stems(f"{both[0]} {both[1]}"))
        yield _Sign(both[0], whole, "a heading with two alternatives", ((passage, first),), HEADING, both)


def _said(passages: Sequence[Readable], gazetteer: Gazetteer) -> Iterator[_Sign]:
    for passage in passages:
        if passage.kind == PassageKind.FOOTNOTE or is_inline(section=passage.section):
            continue
        for sentence in sentences(passage.text):
            for why, what in _in_question(sentence.text, passage.section, gazetteer):
                topic = _topic(what, passage.section, gazetteer)
                if topic:
                    yield _Sign(topic, frozenset(stems(topic)), why, ((passage, sentence),), SAID)
                    break


def _in_question(text: str, section: str, gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """By what a sentence shows that something is in question, and the words that say what."""
    for match in DIVIDED.finditer(text):
        yield "a sentence about a dispute", match["what"]
    if OPEN.search(text):
        for match in WHETHER.finditer(text):
            yield "a sentence with “whether”", match["what"]
    for match in IN_DISPUTE.finditer(text):
        yield "a sentence about a dispute", _nearest(match["what"])
    for match in ONE_HAND.finditer(text):
        yield "a sentence that weighs two sides", match["what"]
    named = {mention.end for mention in gazetteer.mentions(text, around=section) if mention.entry.kind == "country"}
    claims = [match for match in HOLDS.finditer(text) if match.start() - 1 in named]
    if claims and (len(claims) > 1 or AGAINST.search(text)):
        yield "a sentence in which one side contends", claims[0]["what"]


def _nearest(text: str) -> str:
    """The thing that stands next to the verb behind it."""
    return next(reversed(things(text)), "")


def _topic(what: str, section: str, gazetteer: Gazetteer) -> str:
    """The first thing that the words name beside countries; where there is none, what else they name."""
    mentions = gazetteer.mentions(what, around=section)
    bare = what
    for mention in reversed(mentions):
        if mention.entry.kind == "country":
            # With the verb behind the name: "Kessaly asks for a quota" is about the quota.
            bare = f"{bare[: mention.start]} ; {VERB_BEHIND.sub('', bare[mention.end :], count=1)}"
    return next(iter(things(bare)), short_name(mentions[0].entry) if mentions else "")


def _shared(advised: Sequence[Advice], gazetteer: Gazetteer) -> Iterator[_Sign]:
    """Things that several countries are advised about: pairs of words that stand together, and named things."""
    places: dict[tuple[str, ...], list[tuple[str, Advice, str]]] = defaultdict(list)
    for one in advised:
        for stemmed, shown in _things(one, gazetteer).items():
            places[stemmed] += [(key, one, shown) for key in one.keys or ("all",)]
    for stemmed, told in sorted(places.items(), key=lambda item: -len({key for key, _, _ in item[1]})):
        countries = {key for key, _, _ in told}
        if len(countries) >= 2:
            where = tuple(dict.fromkeys((one.passage, one.sentence) for _, one, _ in told))
            yield _Sign(
                told[0][2],
                frozenset(stemmed),
                "advice to several about one thing",
                where,
                SHARED * len(countries),
                joins_only=len(countries) < SHARED_BY,
                keys=tuple(sorted(countries - {"all"})),
            )


def _things(one: Advice, gazetteer: Gazetteer) -> dict[tuple[str, ...], str]:
    mentions = gazetteer.mentions(one.deed, around=one.passage.section)
    named = {
        tuple(sorted(stems(mention.entry.name))): short_name(mention.entry)
        for mention in mentions
        if mention.entry.kind in ("institution", "event")
    }
    bare = one.deed
    for mention in reversed(mentions):
        bare = f"{bare[: mention.start]} ; {bare[mention.end :]}"
    pairs: dict[tuple[str, ...], str] = {}
    for phrase in list(phrases(bare)):
        words = [word for word in phrase.split() if word != "of"]
        for left, right in pairwise(words):
            pairs.setdefault(tuple(sorted(stems(f"{left} {right}"))), f"{left} {right}")
    return {stemmed: shown for stemmed, shown in {**pairs, **named}.items() if stemmed}
