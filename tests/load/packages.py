"""How long the package finder takes at its full size: 8 issues, 5 options, 7 delegations who accept everything."""

import random
import time
from collections.abc import Mapping

from rooms.packages import Problem, Wish, find
from tests.load.report import Row
from tests.load.run import Run, say

ISSUES, OPTIONS, DELEGATIONS = 8, 5, 7
CONDITIONS = (0.0, 0.05, 0.1, 0.2, 0.4)  # the share of wishes that hang on another issue
TABLES = 3  # of each kind


def full_table(seed: int, *, issues: int = ISSUES, conditions: float = 0.0) -> Problem:
    """Delegations that prefer anything in any order of importance, and accept everything."""
    drawn = random.Random(seed)  # the same everywhere
    rows = []
    for _ in range(DELEGATIONS):
        weights = drawn.sample(range(1, issues + 1), issues)
        row = []
        for issue in range(issues):
            others = [one for one in range(issues) if one != issue]
            linked = ((drawn.choice(others), 1),) if drawn.random() < conditions else ()
            row.append(Wish(drawn.randrange(OPTIONS), frozenset(range(OPTIONS)), weights[issue], linked))
        rows.append(tuple(row))
    return Problem((OPTIONS,) * issues, tuple(rows))


def measured(_run: Run) -> dict[str, object]:
    """The slowest of some tables, in seconds, and whether all were exact."""
    say("the package finder ...")
    slowest, exact, packages = 0.0, True, 0
    for share in CONDITIONS:
        for seed in range(TABLES):
            problem = full_table(seed, conditions=share)
            find.cache_clear()
            begun = time.perf_counter()
            found = find(problem)
            slowest = max(slowest, time.perf_counter() - begun)
            exact, packages = exact and found.complete, max(packages, found.count)
    return {
        "tables": len(CONDITIONS) * TABLES,
        "slowest_seconds": round(slowest, 2),
        "exact": exact,
        "packages": packages,
    }


def rows(found: Mapping[str, object]) -> list[Row]:
    exact = "all exact" if found["exact"] else "not all exact"
    tables = f"{found['tables']} tables of up to {found['packages']:,} packages"
    return [Row("the package finder", f"{found['slowest_seconds']} s at most over {tables}, {exact}")]
