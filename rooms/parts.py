"""A large panel in parts, each an element with an id of its own: when one paragraph of sixty changes, that one is made
again and sent, and the others stay.

A template says `{{ part(TEMPLATE, ID, name=value, …) }}`, or `part_each` for a list (see `panel_templates`). A part is
made of what it is given, of what all parts of its panel know, and of nothing else, so it is the same for as long as
that is. Parts do not stand in one another.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from rooms.domain.prepared import Prepared
from rooms.domain.room import Room

NAME = re.compile(r"[A-Za-z0-9_-]+")  # of an element, where nothing has to be escaped
MAKING = "making_parts"  # in a template's context: the `Making` that is under way


@dataclass(frozen=True, slots=True)
class Known:
    """What every part knows of the state."""

    room: Room
    prepared: Prepared


class Part(NamedTuple):
    """What a part was given, and what was made of it. A part that stays is the same object from panel to panel."""

    given: Mapping[str, Any]
    words: str


class InParts(str):
    """A panel's HTML that knows its parts by id, in the order in which they stand, the words before, between and
    behind them, and what all of them knew."""

    parts: Mapping[str, Part]
    between: tuple[str, ...]
    known: Mapping[str, Any]

    @cached_property
    def gaps(self) -> tuple[str, ...]:
        """The words between the parts; blanks do not count."""
        return tuple(words.strip() for words in self.between)

    def each(self, otherwise: Callable[[str], str]) -> "InParts":
        """The panel with each of its parts otherwise, and all that stands between them."""
        between = tuple(map(otherwise, self.between))
        parts = {element: Part(given, otherwise(words)) for element, (given, words) in self.parts.items()}
        pieces = [between[0]]
        for part, words in zip(parts.values(), between[1:], strict=True):
            pieces += (part.words, words)
        return _in_parts("".join(pieces), parts, between, self.known)


def _in_parts(html: str, parts: Mapping[str, Part], between: tuple[str, ...], known: Mapping[str, Any]) -> InParts:
    whole = InParts(html)
    whole.parts, whole.between, whole.known = parts, between, known
    return whole


@dataclass(slots=True)
class Making:
    """A panel while it is made; `before`: as it was made the last time, for the same. `known`: what all its parts
    know."""

    before: str | None = None
    known: Mapping[str, Any] = field(default_factory=dict)
    made: list[tuple[str, Mapping[str, Any], str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not isinstance(self.before, InParts) or self.before.known != self.known:
            self.before = None

    def kept(self, element: str, given: Mapping[str, Any]) -> str | None:
        """The part as it was before, if it was made of the same."""
        if not isinstance(self.before, InParts):
            return None
        part = self.before.parts.get(element)
        return part.words if part and part.given == given else None

    def whole(self, html: str) -> str:
        """The panel, once it is made."""
        if not self.made:
            return html
        names = {element for element, _given, _words in self.made}
        if len(names) < len(self.made) or not all(map(NAME.fullmatch, names)):
            return html  # two of one name cannot be told apart, others not be named: the panel goes as a whole
        at, between = 0, list[str]()
        for _element, _given, words in self.made:
            start = html.index(words, at)
            between.append(html[at:start])
            at = start + len(words)
        parts = {element: Part(given, words) for element, given, words in self.made}
        return _in_parts(html, parts, (*between, html[at:]), self.known)


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be done on a page: to morph or to delete the element with this id, or to put `html` beside it, each
    element on a line of its own."""

    element: str
    swap: str
    html: str = ""


def changes(before: str | None, now: str) -> list[Change] | None:
    """How one panel becomes the other by its parts alone; None where more has changed than parts, or their order."""
    if not isinstance(before, InParts) or not isinstance(now, InParts):
        return None
    if before.parts.keys() == now.parts.keys() and before.gaps == now.gaps and [*before.parts] == [*now.parts]:
        return _morphed(before, now, now.parts)
    stay = [one for one in now.parts if one in before.parts]
    if not stay or stay != [one for one in before.parts if one in now.parts]:
        return None
    gone, come = [], list[Change]()
    for old, new in zip(_stretches(before, stay), _stretches(now, stay), strict=True):
        if old.gaps != new.gaps and old.fixed != new.fixed:
            return None
        gone += [Change(one, "delete") for one in old.parts]
        beside = new.put_beside(now) if new.parts else []
        if beside is None:
            return None
        come += beside
    return [*gone, *come, *_morphed(before, now, stay)]


def _morphed(before: InParts, now: InParts, stay: Iterable[str]) -> list[Change]:
    """Of the parts that stay, those that read otherwise."""
    pairs = ((one, before.parts[one].words, now.parts[one].words) for one in stay)
    return [Change(one, "outerMorph", words) for one, old, words in pairs if old is not words and old != words]


class _Stretch(NamedTuple):
    """What stands between two parts that stay, `first` and `second` ("" for the panel's own ends): other parts, and
    the words before, between and behind them."""

    first: str
    second: str
    parts: tuple[str, ...]
    gaps: tuple[str, ...]

    @property
    def fixed(self) -> str:
        return "".join(self.gaps)

    def put_beside(self, panel: InParts) -> list[Change] | None:
        """These parts put behind the one before them, or before the one behind them; None if both are out of reach."""
        reach = next((n for n, gap in enumerate(self.gaps) if gap), len(self.gaps))
        back = len(self.gaps) - next((n for n, gap in enumerate(reversed(self.gaps)) if gap), 0)
        behind, ahead = (self.parts, ()) if reach == len(self.gaps) else (self.parts[:reach], self.parts[back - 1 :])
        if behind + ahead != self.parts or (behind and not self.first) or (ahead and not self.second):
            return None
        found = list[Change]()
        if behind:
            found.append(Change(self.first, "afterend", "".join(f"\n{panel.parts[one].words}" for one in behind)))
        if ahead:
            found.append(Change(self.second, "beforebegin", "".join(f"{panel.parts[one].words}\n" for one in ahead)))
        return found


def _stretches(panel: InParts, stay: Iterable[str]) -> Iterator[_Stretch]:
    staying, all_of_them, first, since = set(stay), tuple(panel.parts), "", 0
    for place, element in enumerate(all_of_them):
        if element in staying:
            yield _Stretch(first, element, all_of_them[since:place], panel.gaps[since : place + 1])
            first, since = element, place + 1
    yield _Stretch(first, "", all_of_them[since:], panel.gaps[since:])
