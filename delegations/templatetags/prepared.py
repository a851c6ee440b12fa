"""Words for prepared material on pages: citations and seat kinds. No queries: rows come with their paper loaded."""

from collections.abc import Iterable

from django import template

from delegations.citations import cite_row
from delegations.models import Sourced
from delegations.words import SeatKind

register = template.Library()


@register.filter
def citation(row: Sourced) -> str:
    """Where a sentence comes from, for a reader."""
    return cite_row(row)


@register.filter
def seat_kinds(kinds: Iterable[str]) -> str:
    """["MOD", "MIL"] as "Defence ministry, Uniformed officer"."""
    return ", ".join(str(SeatKind(kind).label) for kind in kinds)
