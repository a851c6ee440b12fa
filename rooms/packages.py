"""The package finder: which combinations of options all delegations could accept, and which of them are efficient.

Pure numbers in, pure numbers out; issues, options and delegations go by their places from 0. Exact, and the same on
every machine: it is bounded by work, not by a clock, and says when it had to stop early.

How a delegation judges a package: an issue that ends `steps` along its axis from what the delegation prefers costs it
`steps` times the weight of the issue. A package is *efficient* if no other that all could accept costs some delegation
less and none more (Pareto). Following the scoring of packages in Raiffa, *The Art and Science of Negotiation*.

How it is found: issue by issue from the last, keeping of what can follow only what no other beats. What can follow
depends only on which options are still open, so that issues without conditions are done once. Costs of all delegations
are held in one whole number each, and sets of packages in the bits of one, so that Python compares them all at a time.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

WORK = 6_000_000_000  # bits looked at; above what 8 issues, 5 options, 7 delegations take who accept everything
ROOM = 400_000  # packages compared at a time
BRANCHES = 60_000  # sets of options still open that are told apart
SHOWN = 6  # packages that are told in full
FIELD = 16  # bits for the cost of one delegation


@dataclass(frozen=True, slots=True)
class Wish:
    """What one delegation wants of one issue. `acceptable` contains `preferred`; what is acceptable beside it holds
    only if each issue of `conditions` (issue, option) ends at that option or beyond."""

    preferred: int
    acceptable: frozenset[int]
    weight: int = 1
    conditions: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """`options` counts those of each issue; `wishes` are by delegation, then by issue. None where nothing is known:
    then everything counts as acceptable and costs nothing."""

    options: tuple[int, ...]
    wishes: tuple[tuple[Wish | None, ...], ...]

    @property
    def issues(self) -> range:
        return range(len(self.options))

    @property
    def delegations(self) -> range:
        return range(len(self.wishes))

    def without(self, delegation: int) -> "Problem":
        """The same table with one delegation accepting everything."""
        free: tuple[Wish | None, ...] = (None,) * len(self.options)
        return Problem(self.options, tuple(free if n == delegation else row for n, row in enumerate(self.wishes)))


@dataclass(frozen=True, slots=True)
class Package:
    """One option for each issue. `nearness` tells for each delegation how much of what it wants it gets, in per cent of
    what it could lose; `alike` counts the packages that cost everybody the same, with this one."""

    options: tuple[int, ...]
    nearness: tuple[int, ...]
    alike: int = 1


@dataclass(frozen=True, slots=True)
class Blocked:
    """An issue without any option that all accept: for each option the delegations that it leaves out."""

    issue: int
    left_out: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """`count` packages are acceptable to all, `efficient` of them are efficient; `packages` are the best of
    these, first those whose worst-off delegation is best off. Not `complete`: the search stopped early, all that it
    tells of is acceptable to all, but `efficient` and `packages` may miss some and hold some that are not. Without any
    acceptable package, `blocked` names the issues where that is so whatever the others, and `without` tells how many
    there would be without one delegation. `front` holds the packed costs of all efficient packages, each with how many
    cost this and the number of one of them."""

    count: int
    efficient: int
    packages: tuple[Package, ...]
    complete: bool
    blocked: tuple[Blocked, ...] = ()
    without: tuple[tuple[int, int], ...] = ()
    front: Mapping[int, tuple[int, int]] = field(default_factory=dict, repr=False)


class TooMuch(Exception):
    """The bound of work was reached."""


Open = tuple[int, ...]  # for each issue a bit for each option that is still open
Costs = dict[int, tuple[int, int]]  # packed costs of all delegations -> (packages that cost this, one of them)


def steps(one: int, other: int) -> int:
    return abs(one - other)


class Table:
    """A problem made ready: the issues in the order in which they are settled, those with conditions last, and what
    settling one leaves open of the later ones."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        pairs = [
            (issue, other, wish.preferred, least)
            for row in problem.wishes
            for issue, wish in enumerate(row)
            if wish
            for other, least in wish.conditions
        ]
        linked = {issue for issue, other, *_ in pairs} | {other for _, other, *_ in pairs}
        self.order = sorted(problem.issues, key=lambda issue: (issue in linked, issue))
        self.start: Open = tuple(self._common(issue) for issue in self.order)
        self.prices = [[self._price(issue, option) for option in range(problem.options[issue])] for issue in self.order]
        self.bases = [1]  # of the mixed numbers that stand for packages
        for issue in self.order:
            self.bases.append(self.bases[-1] * problem.options[issue])
        self._narrowing = self._narrow(pairs)

    def _common(self, issue: int) -> int:
        """A bit for each option that nobody rules out, whatever happens elsewhere."""
        return sum(1 << option for option in range(self.problem.options[issue]) if not self.left_out(issue, option))

    def left_out(self, issue: int, option: int) -> tuple[int, ...]:
        """Who cannot accept an option under any conditions."""
        rows = enumerate(self.problem.wishes)
        return tuple(n for n, row in rows if (wish := row[issue]) and option not in wish.acceptable)

    def _price(self, issue: int, option: int) -> int:
        wishes = [row[issue] for row in self.problem.wishes]
        return sum(wish.weight * steps(option, wish.preferred) << FIELD * n for n, wish in enumerate(wishes) if wish)

    def _narrow(self, pairs: Iterable[tuple[int, int, int, int]]) -> list[list[list[tuple[int, int]]]]:
        """By place in the order and option: which later places keep which options (place, bits)."""
        place = {issue: n for n, issue in enumerate(self.order)}
        kept: list[list[dict[int, int]]] = [[{} for _ in row] for row in self.prices]
        for issue, other, preferred, least in pairs:
            beyond = sum(1 << option for option in range(least, self.problem.options[other]))
            first, second = place[issue], place[other]
            for option, later in enumerate(kept[min(first, second)]):
                if first < second and option != preferred:
                    later[second] = later.get(second, -1) & beyond
                elif second < first and option < least:
                    later[first] = later.get(first, -1) & 1 << preferred
        return [[list(later.items()) for later in row] for row in kept]

    def after(self, place: int, option: int, still: Open) -> Open | None:
        """What is open of the later issues once an option is chosen, None if one of them has no option left.
        `still` begins at `place`."""
        rest = list(still[1:])
        for later, bits in self._narrowing[place][option]:
            rest[later - place - 1] &= bits
        return tuple(rest) if all(rest) else None

    def choices(self, place: int, still: Open) -> Iterator[tuple[int, Open]]:
        """The options that can be chosen here, each with what then is open."""
        for option in range(len(self.prices[place])):
            rest = self.after(place, option, still) if still[0] >> option & 1 else None
            if rest is not None:
                yield option, rest

    def options_of(self, number: int) -> tuple[int, ...]:
        """The package for which a mixed number stands, in the problem's order of issues."""
        chosen = {issue: number // self.bases[n] % self.problem.options[issue] for n, issue in enumerate(self.order)}
        return tuple(chosen[issue] for issue in self.problem.issues)

    def costs_of(self, options: Sequence[int]) -> int:
        return sum(self.prices[n][options[issue]] for n, issue in enumerate(self.order))

    def split(self, costs: int) -> list[int]:
        return [costs >> FIELD * n & (1 << FIELD) - 1 for n in self.problem.delegations]

    def worst(self) -> list[int]:
        """The most that each delegation could lose."""
        per_issue = zip(
            *([max(one) for one in zip(*map(self.split, row), strict=True)] for row in self.prices), strict=True
        )
        return [sum(one) for one in per_issue] or [0 for _ in self.problem.delegations]


def counted(table: Table, start: Open | None = None) -> int:
    """How many packages all could accept, of those that `start` leaves open. Raises TooMuch."""
    known: dict[tuple[int, Open], int] = {}

    def count(place: int, still: Open) -> int:
        if not still:
            return 1
        if (place, still) not in known:
            if len(known) > BRANCHES:
                raise TooMuch
            known[place, still] = sum(count(place + 1, rest) for _, rest in table.choices(place, still))
        return known[place, still]

    begin = table.start if start is None else start
    return count(0, begin) if all(begin) else 0


class Search:
    """The efficient packages of a table. With `keep`, only that many of each stage go on: then it is quick, and what it
    finds is acceptable, but not all."""

    def __init__(self, table: Table, keep: int = 0) -> None:
        self.table, self.keep, self.work = table, keep, 0
        self._known: dict[tuple[int, Open], Costs] = {}

    def run(self) -> Costs:
        return self._front(0, self.table.start) if all(self.table.start) else {}

    def _front(self, place: int, still: Open) -> Costs:
        if not still:
            return {0: (1, 0)}
        if (place, still) not in self._known:
            if len(self._known) > BRANCHES:
                raise TooMuch
            self._known[place, still] = self._best(self._merged(place, still))
        return self._known[place, still]

    def _merged(self, place: int, still: Open) -> Costs:
        merged: Costs = {}
        for option, rest in self.table.choices(place, still):
            price, number = self.table.prices[place][option], option * self.table.bases[place]
            for costs, (alike, example) in self._front(place + 1, rest).items():
                total, code = costs + price, example + number
                before = merged.get(total)
                merged[total] = (alike, code) if before is None else (before[0] + alike, min(before[1], code))
            if len(merged) > ROOM:
                raise TooMuch
        return merged

    def _best(self, merged: Costs) -> Costs:
        """Those that no other beats."""
        if len(merged) < 2:
            return merged
        sums = map(sum, zip(*self._columns(list(merged)), strict=True))
        queue = [costs for _, costs in sorted(zip(sums, merged, strict=True), reverse=True)]
        if self.keep:
            queue = queue[-self.keep :]
        return {costs: merged[costs] for costs in self._unbeaten(queue)}

    def _columns(self, queue: Sequence[int]) -> list[list[int]]:
        """The costs of each delegation, for all packages of a queue."""
        delegations = len(self.table.problem.wishes)
        data = b"".join(costs.to_bytes(FIELD // 8 * delegations, sys.byteorder) for costs in queue)
        flat = memoryview(data).cast("H")
        places = range(delegations) if sys.byteorder == "little" else range(delegations - 1, -1, -1)
        return [flat[place::delegations].tolist() for place in places]

    def _unbeaten(self, queue: Sequence[int]) -> list[int]:
        """What nothing beats of a queue from dear to cheap in sum, in which whatever beats a package stands behind it.
        Bit n of a set stands for the n-th package: the highest that still stands is unbeaten, and strikes out all that
        cost everybody as much or more."""
        columns = self._columns(queue)
        dearer = [_at_least(column) for column in columns]
        standing, unbeaten = (1 << len(queue)) - 1, []
        while standing:
            top = standing.bit_length() - 1
            unbeaten.append(queue[top])
            beaten = standing  # and itself
            for sets, column in zip(dearer, columns, strict=True):
                beaten &= sets[column[top]]
            standing ^= beaten
            self.work += top
            if self.work > WORK:
                raise TooMuch
        return unbeaten


def _at_least(values: Sequence[int]) -> dict[int, int]:
    """For each cost that there is the set of the packages that cost as much or more; bit n is the n-th of them."""
    places: dict[int, list[int]] = {}
    for place, value in enumerate(values):
        places.setdefault(value, []).append(place)
    bits, sets = bytearray(len(values) // 8 + 1), {}
    for value in sorted(places, reverse=True):
        for place in places[value]:
            bits[place >> 3] |= 1 << (place & 7)
        sets[value] = int.from_bytes(bits, "little")
    return sets


KEPT = 400  # of each stage, once the search has stopped early


@lru_cache(maxsize=64)
def find(problem: Problem) -> Found:
    """All there is to find about a problem; remembered, because panels ask again."""
    table = Table(problem)
    try:
        count = counted(table)
    except TooMuch:
        return Found(0, 0, (), complete=False)
    if count == 0:
        return Found(0, 0, (), complete=True, blocked=_blocked(table), without=_without(problem))
    try:
        front, complete = Search(table).run(), True
    except TooMuch:
        front, complete = Search(table, keep=KEPT).run(), False
    efficient = sum(alike for alike, _ in front.values())
    return Found(count, efficient, _shown(table, front), complete, front=front)


def _blocked(table: Table) -> tuple[Blocked, ...]:
    problem = table.problem
    empty = sorted(table.order[n] for n, bits in enumerate(table.start) if not bits)
    return tuple(
        Blocked(issue, tuple(table.left_out(issue, option) for option in range(problem.options[issue])))
        for issue in empty
    )


def _without(problem: Problem) -> tuple[tuple[int, int], ...]:
    """(delegation, packages that the others could accept) where there are any."""
    found = []
    for delegation in problem.delegations:
        try:
            found.append((delegation, counted(Table(problem.without(delegation)))))
        except TooMuch:
            continue
    return tuple((delegation, count) for delegation, count in found if count)


def _shown(table: Table, front: Costs) -> tuple[Package, ...]:
    worst = table.worst()
    rated = []
    for costs, (alike, example) in front.items():
        lost = table.split(costs)
        nearness = tuple(100 if most == 0 else 100 - 100 * one // most for one, most in zip(lost, worst, strict=True))
        rated.append((-min(nearness, default=100), sum(lost), example, nearness, alike))
    best = sorted(rated)[:SHOWN]
    return tuple(Package(table.options_of(example), nearness, alike) for *_, example, nearness, alike in best)
