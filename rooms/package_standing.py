"""Where a text stands among the packages: whom it leaves out, what would bring it in, whether all could do better.

Numbers only, as in `packages`. A text that says nothing of an issue, or two things at once, leaves that issue open.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product

from rooms.packages import Found, Problem, Table, TooMuch, Wish, counted, find, steps

TRIED = 600  # changed texts that are looked at
FARTHEST = 3  # issues changed at once; a text that needs more is another text
NEAREST = 3  # of the packages nearest to the text, told in full

Said = tuple[int | None, ...]  # for each issue the option on which the text lands, None where that is open


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A delegation that cannot accept where the text lands on an issue; `instead` is the nearest option it could, and
    `others` those who could not accept that one."""

    delegation: int
    issue: int
    option: int
    instead: int
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unmet:
    """A delegation accepts where the text lands on an issue only if another ends at `least` or beyond; it does not."""

    delegation: int
    issue: int
    other: int
    least: int


@dataclass(frozen=True, slots=True)
class Change:
    """The options to which some issues of the text would have to move, (issue, option), so that all could accept it;
    `ways` counts the packages that then agree with it."""

    moves: tuple[tuple[int, int], ...]
    ways: int


@dataclass(frozen=True, slots=True)
class Standing:
    """`ways` counts the packages acceptable to all that agree with all that the text says; without any, `changes` are
    the smallest that give some, and not `complete` means that there may be others. Of a text that says something of
    every issue and that all could accept, `better` is a package that costs some less and none more, if there is one,
    and `efficient` tells whether there is none; None where that was not found out."""

    settled: tuple[int, ...]
    open: tuple[int, ...]
    left_out: tuple[LeftOut, ...]
    unmet: tuple[Unmet, ...]
    ways: int
    changes: tuple[Change, ...] = ()
    complete: bool = True
    efficient: bool | None = None
    better: tuple[int, ...] = ()


@lru_cache(maxsize=64)
def standing(problem: Problem, said: Said) -> Standing:
    """Where a text that says this stands."""
    table = Table(problem)
    settled = tuple(issue for issue in problem.issues if said[issue] is not None)
    still = tuple(issue for issue in problem.issues if said[issue] is None)
    left_out, unmet = tuple(_left_out(table, said)), tuple(_unmet(problem, said))
    try:
        ways = _ways(table, said)
    except TooMuch:
        return Standing(settled, still, left_out, unmet, 0, complete=False)
    if ways == 0:
        changes, complete = _changes(table, said, settled)
        return Standing(settled, still, left_out, unmet, 0, changes, complete)
    efficient, better = (None, ()) if still else _judged(table, find(problem), [one for one in said if one is not None])
    return Standing(settled, still, left_out, unmet, ways, efficient=efficient, better=better)


def _wishes(problem: Problem, said: Said) -> Iterator[tuple[int, int, int, Wish]]:
    for delegation, row in enumerate(problem.wishes):
        for issue, wish in enumerate(row):
            option = said[issue]
            if wish is not None and option is not None:
                yield delegation, issue, option, wish


def _left_out(table: Table, said: Said) -> Iterator[LeftOut]:
    for delegation, issue, option, wish in _wishes(table.problem, said):
        if option not in wish.acceptable:
            instead = min(wish.acceptable, key=lambda one: (steps(one, option), steps(one, wish.preferred)))
            yield LeftOut(delegation, issue, option, instead, table.left_out(issue, instead))


def _unmet(problem: Problem, said: Said) -> Iterator[Unmet]:
    for delegation, issue, option, wish in _wishes(problem, said):
        if option in wish.acceptable and option != wish.preferred:
            for other, least in wish.conditions:
                ends = said[other]
                if ends is not None and ends < least:
                    yield Unmet(delegation, issue, other, least)


def _ways(table: Table, said: Said, moved: Mapping[int, int] | None = None) -> int:
    moved = moved or {}
    begin = []
    for place, issue in enumerate(table.order):
        option = moved.get(issue, said[issue])
        begin.append(table.start[place] if option is None else table.start[place] & 1 << option)
    return counted(table, tuple(begin))


def _changes(table: Table, said: Said, settled: Iterable[int]) -> tuple[tuple[Change, ...], bool]:
    """The changes of as few issues as possible, the shortest first; and whether all such were looked at."""
    tried = 0
    issues = tuple(settled)
    for size in range(1, min(FARTHEST, len(issues)) + 1):
        found: list[Change] = []
        for moves in _moves(table.problem, said, issues, size):
            if tried == TRIED:
                return _shortest(said, found), False
            tried += 1
            try:
                ways = _ways(table, said, dict(moves))
            except TooMuch:
                continue
            if ways:
                found.append(Change(moves, ways))
        if found:
            return _shortest(said, found), True
    return (), len(issues) <= FARTHEST


def _moves(problem: Problem, said: Said, issues: Iterable[int], size: int) -> Iterator[tuple[tuple[int, int], ...]]:
    for changed in combinations(issues, size):
        others = ([option for option in range(problem.options[one]) if option != said[one]] for one in changed)
        for options in product(*others):
            yield tuple(zip(changed, options, strict=True))


def _shortest(said: Said, found: Iterable[Change]) -> tuple[Change, ...]:
    def length(change: Change) -> int:
        return sum(steps(option, before) for issue, option in change.moves if (before := said[issue]) is not None)

    return tuple(sorted(found, key=lambda change: (length(change), -change.ways, change.moves))[:NEAREST])


def _judged(table: Table, found: Found, options: list[int]) -> tuple[bool | None, tuple[int, ...]]:
    """Whether a package that all could accept is efficient, and one that beats it if not."""
    costs = table.costs_of(options)
    if costs in found.front:
        return (True if found.complete else None), ()
    own = table.split(costs)
    for other, (_, example) in found.front.items():
        if all(theirs <= ours for theirs, ours in zip(table.split(other), own, strict=True)):
            return False, table.options_of(example)
    return None, ()
