"""Whom and what a passage is about: countries, people, institutions and events by any of their names.

The names are data (`fixtures/gazetteer.toml`). Rules of reading: whole words only; capitals count, except in
words that the list has in small letters; of overlapping names the longest wins; names such as "the South" count
only where the passage speaks of Korea. Nothing is guessed: what is not in the list is not found.
"""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from django.conf import settings

KINDS: Final = ("country", "person", "institution", "event")
# "U.S." and "D.P.R.K." are one word each; the possessive is not part of a name.
TOKEN: Final = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’](?!s\b)[^\W_]+)*|[+&]")
CLOSE: Final = re.compile(r"\s?[-–—/'’]?\s?")
CAPITALISED_NEXT: Final = re.compile(r"[ ][A-Z][a-z]")


@dataclass(frozen=True, slots=True)
class Named:
    """One entry: somebody or something with all names."""

    key: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    in_context: tuple[str, ...] = ()
    context: str = ""
    misread: tuple[str, ...] = ()
    code: str = ""  # a country's code as scenarios have it, where it has one


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text, from `start` up to but without `end`."""

    entry: Named
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Alias:
    words: tuple[str, ...]
    entry: Named | None  # None: a name that must not be taken for another ("Washington Post")
    context: str = ""


@dataclass(frozen=True)
class Gazetteer:
    entries: tuple[Named, ...]
    asides: tuple[str, ...] = ()
    contexts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        by_first: dict[str, list[_Alias]] = defaultdict(list)
        for alias in self._aliases():
            by_first[alias.words[0].casefold()].append(alias)
        object.__setattr__(self, "_by_first", dict(by_first))
        object.__setattr__(self, "_countries", frozenset(self._country_names()))

    _by_first: Mapping[str, list[_Alias]] = field(init=False, repr=False, compare=False)
    _countries: frozenset[str] = field(init=False, repr=False, compare=False)

    def mentions(self, text: str, *, around: str = "") -> list[Mention]:
        """Every name in the text, in order. `around` (a heading, say) may give the context that names need."""
        tokens = [(match[0], match.start(), match.end()) for match in TOKEN.finditer(text)]
        spoken_of = self._contexts_of(f"{around} {text}")
        found = [
            (start, alias, tokens[place + len(alias.words) - 1][2])
            for place, (word, start, _) in enumerate(tokens)
            for alias in self._by_first.get(word.casefold(), ())
            if self._stands(alias, tokens, place, text) and (not alias.context or alias.context in spoken_of)
        ]
        found.sort(key=lambda one: (one[0] - one[2], one[0]))  # the longest first
        taken: list[tuple[int, int]] = []
        mentions: list[Mention] = []
        for start, alias, end in found:
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            taken.append((start, end))
            if alias.entry is not None:
                mentions.append(Mention(alias.entry, start, end))
        return sorted(mentions, key=lambda mention: mention.start)

    def about(self, text: str, *, around: str = "") -> tuple[Named, ...]:
        """Whom and what the text is about: each once, the most often named first."""
        counted = Counter(mention.entry.key for mention in self.mentions(text, around=around))
        by_key = {entry.key: entry for entry in self.entries}
        return tuple(by_key[key] for key, _ in counted.most_common())

    def is_country(self, text: str) -> bool:
        """Whether this is nothing but a country's name, as headings are that need the one above them."""
        return " ".join(re.findall(r"\w+", text.casefold())).removeprefix("the ") in self._countries

    def misreadings(self, texts: Iterable[str]) -> list[tuple[str, str, int]]:
        """Known slips of text recognition: the name meant, what stands there, and how often."""
        whole = "\n".join(texts)
        counted = [
            (entry.name, misread, len(re.findall(rf"\b{re.escape(misread)}\b", whole)))
            for entry in self.entries
            for misread in entry.misread
        ]
        return [one for one in counted if one[2]]

    def _contexts_of(self, text: str) -> frozenset[str]:
        return frozenset(
            name
            for name, marks in self.contexts.items()
            if any(re.search(rf"\b{re.escape(mark)}", text) for mark in marks)
        )

    def _stands(self, alias: _Alias, tokens: list[tuple[str, int, int]], place: int, text: str) -> bool:
        part = tokens[place : place + len(alias.words)]
        if len(part) < len(alias.words):
            return False
        if not all(_same(want, have) for want, (have, _, _) in zip(alias.words, part, strict=True)):
            return False
        # Words of one name stand close together: a sentence or a bracket between them parts them.
        pairs = pairwise(part)
        if not all(_is_close(word, text[end:start]) for (word, _, end), (_, start, _) in pairs):
            return False
        # "the South Pacific" is not "the South".
        return not (alias.context and CAPITALISED_NEXT.match(text, part[-1][2]))

    def _aliases(self) -> Iterator[_Alias]:
        for entry in self.entries:
            for name in (entry.name, *entry.aliases, *entry.misread):
                yield _Alias(_words(name), entry)
            for name in entry.in_context:
                yield _Alias(_words(name), entry, entry.context)
        for name in self.asides:
            yield _Alias(_words(name), None)

    def _country_names(self) -> Iterator[str]:
        for entry in self.entries:
            if entry.kind == "country":
                for name in (entry.name, *entry.aliases):
                    yield " ".join(re.findall(r"\w+", name.casefold())).removeprefix("the ")


def _words(name: str) -> tuple[str, ...]:
    return tuple(TOKEN.findall(name))


def _is_close(word: str, gap: str) -> bool:
    """Spaces, hyphens, a possessive; a full stop only behind an initial."""
    return bool(CLOSE.fullmatch(gap)) or (len(word) == 1 and gap in (".", ". "))


def _same(want: str, have: str) -> bool:
    if want == have:
        return True
    if want.islower():
        return want == have.casefold()
    # A name in the capitals of a heading; short words could be another's initials.
    return len(want) > 3 and have.isupper() and want.upper() == have


def parse_gazetteer(content: str) -> Gazetteer:
    """From TOML: [contexts] name = [marks]; [asides] names = [...]; one [[country]] ... table for each entry."""
    table: dict[str, Any] = tomllib.loads(content)
    entries = [
        Named(
            key=one["id"],
            kind=kind,
            name=one["name"],
            aliases=tuple(one.get("aliases", ())),
            in_context=tuple(one.get("in_context", ())),
            context=one.get("context", ""),
            misread=tuple(one.get("misread", ())),
            code=one.get("code", ""),
        )
        for kind in KINDS
        for one in table.get(kind, ())
    ]
    contexts = {name: tuple(marks) for name, marks in table.get("contexts", {}).items()}
    return Gazetteer(tuple(entries), tuple(table.get("asides", {}).get("names", ())), contexts)


@cache
def shipped_gazetteer() -> Gazetteer:
    """The names that come with the project."""
    return parse_gazetteer((Path(settings.BASE_DIR) / "fixtures" / "gazetteer.toml").read_text("utf-8"))
