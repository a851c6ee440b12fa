"""How much of what could be tried at random is: little while one works, more where all must pass, much by night.

NEACD_REQUIRE_ALL=1 (continuous integration) tries the same examples at each run: red stays red. NEACD_THOROUGH=1 tries
ten times as many, others at each run, and prints how to try again what failed.
"""

import os

REQUIRE_ALL = os.environ.get("NEACD_REQUIRE_ALL") == "1"
THOROUGH = os.environ.get("NEACD_THOROUGH") == "1"
PROFILE = "thorough" if THOROUGH else "all" if REQUIRE_ALL else "work"


def examples(all_must_pass: int) -> int:
    """How many are tried where so many are in continuous integration."""
    return all_must_pass * 10 if THOROUGH else all_must_pass if REQUIRE_ALL else all_must_pass // 2
