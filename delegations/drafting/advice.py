"""What a paper recommends to whom: "X should" lists, and sentences that say what a country should do.

A country is advised where it is the subject of the sentence, or of the line that leads a list in. What another
country demands of it, what stands in quotation marks or under an "if", and what should have been, is no advice.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from delegations.drafting.wording import Readable, Sentence, sentences
from delegations.papers.gazetteer import Gazetteer, Mention
from delegations.papers.structure import is_inline
from delegations.words import PassageKind

MODAL: Final = re.compile(
    r"\b(?:should|must|ought(?= (?:not )?to)|needs?(?= to\b)|has to|have to|would do well to|would be wise to|"
    r"(?:is|are) advised to)\b(?: (?:also|therefore|now|first|at least|eventually))*(?: to\b)?",
)
ESSENTIAL: Final = re.compile(
    r"\b(?:essential|important|imperative|necessary|vital|crucial|advisable|urgent|indispensable) "
    r"(?:for (?P<who>[^,;:.]{2,60}?) to\b|that (?P<that>[^,;:.]{2,60}?) (?=[a-z]))"
)
URGED: Final = re.compile(r"\b(?:recommend|urge|advise)s? (?:that )?(?P<who>[^,;:.]{2,60}?) (?:to\b|should\b)")
# A lead-in: "China should:", "We recommend that the United States:", "Recommendations for Japan:".
LEADS: Final = re.compile(
    r"(?:\b(?:should|must|ought to|needs? to|has to|have to)|\brecommend\w*\b[^.]*)\W*[:—–-]?\s*$", re.I
)
ADVISING: Final = re.compile(
    r"\b(?:recommendations?|agendas?|advice|proposals?|policy options|to do|next steps)\b", re.I
)
# What may stand between a country's name and "should": who acts for it, and how.
ACTING: Final = re.compile(
    r"(?:['’]s?|[,\s–—-]|\b(?:government|authorities|administration|leaders?|leadership|cabinet|officials?|diplomats|"
    r"side|navy|coast|guard|military|forces|alike|both|all|themselves|itself|also|too|now|therefore|then|thus|\w+ly)\b)*"
)
# What follows is said by somebody in the paper: after a claim to the end of the sentence, after a wish up to a comma.
REPORTED: Final = re.compile(
    r"\b(?:insist\w*|argu(?:es?|ed|ing)|contend\w*|demand(?:s|ed|ing)?|claim(?:s|ed|ing)?|declar\w+|"
    r"(?:stat(?:es?|ed|ing)|maintain\w*|policy|view|position|opinion) that)\b[^.;]*$"
    r"|\b(?:says?|said|believ\w+|ask\w*|want\w*|holds?|call\w* for|agreed|announced|warn\w*|understand\w*)\b[^.;,]*$",
    re.I,
)
CONDITION: Final = re.compile(r"\b(?:if|unless|whether|in case|should)\b[^,;]*$", re.I)
EVERYBODY: Final = re.compile(
    r"\b(?:all|the) (?:(?:two|three|four|five|six|seven|other|of the) )?(?:parties|governments|countries|states|powers|"
    r"capitals|shores|nations|participants|delegations)\W*$",
    re.I,
)
FOR_ALL: Final = re.compile(r"\b(?:all|the (?:two|three|four|five|six|seven|parties))\b", re.I)
PRONOUN: Final = re.compile(r"^(?:It|They)\b(?: (?:also|therefore|now))?$")
AFTER_LINK: Final = re.compile(
    r"\b(?:of|with|by|between|from|in|to|for|against|towards?|on|over|among|via|under)\s+"
    r"(?:[A-Z][\w.]*[\s–-]+|the\s+|and\s+)*$"
)
QUOTED: Final = re.compile(r"[\"“][^\"“”]*[\"”]")


@dataclass(frozen=True, slots=True)
class Advice:
    """A piece of advice: to whom (keys of the gazetteer, empty for all), its sentence, what is to be done, and why
    we think so."""

    keys: tuple[str, ...]
    passage: Readable
    sentence: Sentence
    deed: str
    why: str


def advice(passages: Sequence[Readable], gazetteer: Gazetteer) -> Iterator[Advice]:
    """Every recommendation to a country, in the paper's order; the copy of an inline list is left out."""
    led = _led_in(passages, gazetteer)
    for place, passage in enumerate(passages):
        if passage.kind == PassageKind.FOOTNOTE or is_inline(section=passage.section):
            continue
        if place in led:
            first = next(sentences(passage.text), None)
            if first:
                keys, why = led[place]
                yield Advice(keys, passage, first, _bare(first.text), why)
        else:
            yield from _in_running_text(passage, gazetteer)


def _led_in(passages: Sequence[Readable], gazetteer: Gazetteer) -> dict[int, tuple[tuple[str, ...], str]]:
    """For each item of an "X should" list: whom it is for, and by what that is known."""
    led: dict[int, tuple[tuple[str, ...], str]] = {}
    current: tuple[tuple[str, ...], str] | None = None
    running = [(place, one) for place, one in enumerate(passages) if one.kind != PassageKind.FOOTNOTE]
    before: Readable | None = None
    for place, passage in running:
        if passage.kind != PassageKind.LIST_ITEM or is_inline(section=passage.section):
            current, before = None, passage
            continue
        if before is not None:
            current = _leader(before, passage, gazetteer)
            before = None
        if current and _is_deed(passage.text, gazetteer):
            led[place] = current
    return led


def _leader(before: Readable, item: Readable, gazetteer: Gazetteer) -> tuple[tuple[str, ...], str] | None:
    """Whom a list is for: the subject of the line above it, else the country that its heading names."""
    same = before.section == item.section
    line = list(sentences(before.text))[-1].text if same and before.text else ""
    if same and LEADS.search(line):
        keys = _subjects(line[: _last_modal(line)], gazetteer, line) or _countries(line, gazetteer)
        if keys:
            return keys, "a list under what the country should do"
    heading = item.section.rpartition(", ")[2]
    keys = _countries(heading, gazetteer)
    if keys and (line.endswith(":") or ADVISING.search(item.section) or not same):
        return keys, "a list under the country's heading"
    return None


def _last_modal(line: str) -> int:
    found = list(MODAL.finditer(line))
    return found[-1].start() if found else len(line)


def _is_deed(text: str, gazetteer: Gazetteer) -> bool:
    """Items of a list of advice begin with what is to be done, not with an article or a country."""
    first = re.match(r"\W*([A-Za-z'’-]+)", text)
    if not first or first[1].casefold() in ("the", "a", "an", "this", "these", "its", "their", "it", "there"):
        return False
    return not any(mention.start <= first.start(1) for mention in gazetteer.mentions(text[:60]))


def _in_running_text(passage: Readable, gazetteer: Gazetteer) -> Iterator[Advice]:
    whole = list(sentences(passage.text))
    for before, sentence in pairwise([None, *whole]):
        if sentence is None or (sentence.text.endswith((":", "?")) and LEADS.search(sentence.text)):
            continue
        yield from _in_sentence(passage, sentence, before, gazetteer)


def _in_sentence(
    passage: Readable, sentence: Sentence, before: Sentence | None, gazetteer: Gazetteer
) -> Iterator[Advice]:
    text = QUOTED.sub(lambda match: " " * len(match[0]), sentence.text)
    seen: set[tuple[str, ...]] = set()
    for match in MODAL.finditer(text):
        clause = text[: match.start()]
        if not clause.strip() or re.match(r"\s*(?:not )?(?:have\b|it\b)", text[match.end() :]) or _not_ours(clause):
            continue
        keys = _subjects(clause, gazetteer, passage.section)
        everybody = not keys and bool(EVERYBODY.search(clause)) and bool(FOR_ALL.search(clause))
        if not keys and not everybody and PRONOUN.match(clause.strip()) and before is not None:
            keys = opening(before.text, gazetteer)
        if (keys or everybody) and keys not in seen:
            seen.add(keys)
            yield Advice(
                keys, passage, sentence, text[match.end() :], f"“{match[0].split()[0]}” with the country as subject"
            )
    for pattern in (ESSENTIAL, URGED):
        for match in pattern.finditer(text):
            who = match.groupdict().get("who") or match.groupdict().get("that") or ""
            keys = _subjects(who, gazetteer, passage.section)
            if keys and keys not in seen and not _not_ours(text[: match.start()]):
                seen.add(keys)
                yield Advice(keys, passage, sentence, text[match.end() :], "said to be essential for the country")


def _not_ours(clause: str) -> bool:
    """Under a condition, or what somebody in the paper says that somebody else should do."""
    return bool(CONDITION.search(clause)) or bool(REPORTED.search(clause))


def _subjects(clause: str, gazetteer: Gazetteer, around: str) -> tuple[str, ...]:
    """The countries that a clause has as its subject: named last in it, with nothing but who acts for them behind."""
    mentions = [one for one in gazetteer.mentions(clause, around=around) if one.entry.kind == "country"]
    if not mentions or not ACTING.fullmatch(clause[mentions[-1].end :]):
        return ()
    subjects = [mentions[-1]]
    for mention in reversed(mentions[:-1]):
        if not _coordinated(clause, mention, subjects[-1]):
            break
        subjects.append(mention)
    # "relations with Japan should": the country is not the subject but part of it.
    if AFTER_LINK.search(clause[: subjects[-1].start]):
        return ()
    return tuple(dict.fromkeys(mention.entry.key for mention in reversed(subjects)))


def _coordinated(clause: str, one: Mention, next_one: Mention) -> bool:
    return bool(
        re.fullmatch(r"\s*(?:,|and|, and|, as well as|as well as|or)\s*(?:the\s+)?", clause[one.end : next_one.start])
    )


def opening(sentence: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The country with which a sentence begins, for the "it" of the next one."""
    mentions = gazetteer.mentions(sentence)
    opens = mentions and mentions[0].entry.kind == "country" and mentions[0].start <= len("The ")
    return (mentions[0].entry.key,) if opens else ()


def _countries(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    keys = {one.entry.key: None for one in gazetteer.mentions(text) if one.entry.kind == "country"}
    return tuple(keys) if len(keys) == 1 else ()


def _bare(text: str) -> str:
    return re.sub(r"[;,.:]?\s*(?:and|or)?\s*[;,.:]?$", "", text)
