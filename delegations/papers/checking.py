"""Every citation of an exercise with what it leads to, so that none is dropped in silence.

Looks at the snapshot, because that is what a room shows: whatever has a source there is checked, also what is
added to packs later.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from delegations.citations import Source
from delegations.models import Scenario
from delegations.papers.finding import Finder, Found
from delegations.snapshot import snapshot
from delegations.words import SourceKind


@dataclass(frozen=True, slots=True)
class Checked:
    """One citation: where in the exercise it stands, and where it leads."""

    where: str
    source: Source
    found: Found


def check_citations(*, scenario: Scenario, finder: Finder) -> list[Checked]:
    """All citations of papers in the scenario, in its order."""
    return [Checked(where, source, finder.find(source)) for where, source in citations_in(snapshot(scenario))]


def citations_in(value: Any, where: str = "") -> Iterator[tuple[str, Source]]:
    """Every citation of a paper within plain JSON values, each with its place in words: "packs, PRC, interests 2"."""
    if isinstance(value, dict):
        if value.get("kind") == SourceKind.PAPER and "locator" in value:
            yield where, {key: str(one) for key, one in value.items()}  # type: ignore[misc]  # keys of a Source
            return
        for key, one in value.items():
            if key == "source" and "sources" in value:
                continue  # the first of the sources once more, for rooms that knew only one
            name = where if key in ("source", "sources") else f"{where}, {key}" if where else str(key)
            yield from citations_in(one, name)
    elif isinstance(value, list):
        for number, one in enumerate(value, 1):
            known = isinstance(one, dict) and "locator" in one
            yield from citations_in(one, where if known else f"{where} {number}")
