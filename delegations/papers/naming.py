"""Names of authors and headings, as locators and citations use them. Pure words: nothing is read or stored."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from rapidfuzz import fuzz

from delegations.papers.noise import WORD

ENUMERATOR: Final = re.compile(
    r"^(?:(?:chapter|part|section)\s+)?(?:[IVXivx]{1,5}|\d{1,2}(?:\.\d{1,2})*|[A-H])(?:[.):]|\.\d)\s+", re.IGNORECASE
)
ROLE: Final = re.compile(r"\s*\(.*?\)")
# Parts that are known by their kind: "Preface: The Bilateral ..." is cited as the preface.
FRAME: Final = re.compile(
    r"(preface|foreword|introduction|conclusions?|epilogue|afterword|appendix(?: [A-Z\d]+)?)\s*[:.—–]\s+\S",
    re.IGNORECASE,
)
SMALL: Final = frozenset(
    {
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "nor",
        "of",
        "on",
        "onto",
        "or",
        "over",
        "per",
        "the",
        "to",
        "toward",
        "towards",
        "via",
        "vs",
        "with",
    }
)
CUT: Final = re.compile(r"(?:\s+(?:for|of|in|on|to|toward|towards|from|between|among|with)\s+|\s*[:;—–]\s+)")
MOST_PARENT: Final = 60
BY: Final = re.compile(r"^(?:by|edited by|author[s]?:)\s+", re.IGNORECASE)
NOT_IN_NAMES: Final = frozenset(
    {"the", "of", "and", "for", "in", "on", "to", "from", "a", "an", "policy", "paper", "papers", "press", "university"}
)
SAME_NAME: Final = 82


def author_names(authors: str) -> list[str]:
    """The names in a paper's list of authors, without what they did: "Michael Stankiewicz (editor)"."""
    names = [ROLE.sub("", name).strip() for name in authors.split(";")]
    return [name for name in names if name]


def known_author(text: str, names: Collection[str]) -> str:
    """The one of `names` that this line is, whatever its order and capitals; else empty."""
    line = BY.sub("", text).strip(" .,*_")
    if not line or len(line) > 60:
        return ""
    scored = [(fuzz.token_sort_ratio(_folded(line), _folded(name)), name) for name in names]
    best, name = max(scored, default=(0, ""))
    return name if best >= SAME_NAME else ""


def looks_like_name(text: str) -> bool:
    """Whether a line by itself may be a person's name: two to five words, each with a capital or an initial."""
    line = BY.sub("", text).strip(" .,*_")
    words = line.split()
    if not 2 <= len(words) <= 5 or any(character.isdigit() for character in line):
        return False
    if any(word.casefold().strip(".,") in NOT_IN_NAMES for word in words):
        return False
    return all(re.fullmatch(r"[A-Z][\w'’.\-]*", word) or word in ("de", "van", "von", "der", "di") for word in words)


def clean_name(text: str) -> str:
    return BY.sub("", text).strip(" .,*_")


def family_name(name: str, *, names: Sequence[str] = ()) -> str:
    """The word of a name by which one cites: the one in capitals, else by the order that the name shows.

    "Ahn Byung-joon" keeps the Korean order: a hyphenated given name comes last.
    """
    words = name.split()
    if not words:
        return ""
    capitals = [word for word in words if word.isupper() and len(word) > 2]
    if capitals:
        return capitals[0].title()
    return words[0] if len(words) == 2 and "-" in words[1] and "-" not in words[0] else words[-1]


def heading_name(text: str, *, acronyms: Collection[str]) -> str:
    """A heading as a locator has it: without its enumerator and full stop, capitals eased."""
    bare = ENUMERATOR.sub("", text).strip()
    bare = re.sub(r"(?<!\b[A-Z])\.$", "", bare).strip() or text.strip()
    if frame := FRAME.match(bare):
        return frame[1].capitalize()
    return _eased(bare, acronyms) if bare.isupper() and len(bare) > 4 else bare


def short_parent(name: str) -> str:
    """A long heading as it stands before another one: "Country agendas for ..." is "Country agendas"."""
    if len(name) <= MOST_PARENT:
        return name
    cut = CUT.split(name)[0].strip(" ,")
    return cut if len(cut.split()) >= 2 else name


def same_heading(one: str, other: str) -> bool:
    return fuzz.ratio(_folded(one), _folded(other)) >= 90


def _eased(text: str, acronyms: Collection[str]) -> str:
    """A heading in capitals as a title: "NEW DEVELOPMENTS ON THE ..." becomes "New Developments on the ..."."""
    first = True
    eased: list[str] = []
    for word in text.split(" "):
        eased.append(_eased_word(word, acronyms, first=first))
        first = word.endswith(":")
    return " ".join(eased)


def _eased_word(word: str, acronyms: Collection[str], *, first: bool) -> str:
    if word.lower() in SMALL and not first:
        return word.lower()
    return WORD.sub(lambda match: "-".join(_eased_part(part, acronyms) for part in match[0].split("-")), word)


def _eased_part(part: str, acronyms: Collection[str]) -> str:
    base = re.sub(r"['’]S$", "", part)
    if base in acronyms or len(part) == 1:
        return base + part[len(base) :].lower()
    return part[0] + part[1:].lower()


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
