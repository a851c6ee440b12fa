"""Domestic support: what a delegation's constituencies would say of a text as it stands (rulebook 11).

Pure: a pack and where the text lands, (see `documents.Document.landed`). It advises; who decides is in `capitals`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

FOR, UNDECIDED, AGAINST = "for", "undecided", "against"
ACCEPTS, CANNOT, PUNISHES = "accepts", "cannot_accept", "punishes"
HUNDRED = 100
MOVES_SHOWN = 3  # issues not yet in the text that would win over whoever it says nothing to


@dataclass(frozen=True, slots=True)
class Reason:
    """What a constituency holds of one option on which the text lands: `holds` is accepts, cannot_accept or
    punishes."""

    issue: str
    option: str
    holds: str


@dataclass(frozen=True, slots=True)
class Move:
    """What would move it: on this issue the text would have to land on one of these options."""

    issue: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stance:
    """Of one constituency to the text: for, undecided or against. `weight` in hundredths of all of them; `text` is what
    the pack says of it."""

    name: str
    weight: int
    stance: str
    text: str
    why: tuple[Reason, ...]
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Support:
    """All constituencies of a delegation, and how many hundredths of their weight stand where."""

    stances: tuple[Stance, ...]
    in_favour: int
    against: int

    @property
    def undecided(self) -> int:
        return HUNDRED - self.in_favour - self.against if self.stances else 0


def support_of(pack: Mapping[str, Any], landed: Mapping[str, Sequence[str]]) -> Support:
    """How the constituencies of a pack stand to a text. `landed`: by issue, the options on which the text lands.

    Who would punish one of these options is against; who accepts all that touches it is for; who can accept one of them
    only badly, or whom the text does not touch, is undecided.
    """
    known = pack.get("constituencies", ())
    weights = _hundredths([int(one.get("weight", 0)) for one in known])
    stances = tuple(_stance(one, weight, landed) for one, weight in zip(known, weights, strict=True))
    return Support(stances, *(sum(one.weight for one in stances if one.stance == side) for side in (FOR, AGAINST)))


def _hundredths(weights: Sequence[int]) -> list[int]:
    """The weights so that they sum to 100, whatever they were; what rounding leaves over goes to the last ones."""
    total, edges, so_far = sum(weights), [0], 0
    for one in weights:
        so_far += one
        edges.append(so_far * HUNDRED // total if total else 0)
    return [after - before for before, after in pairwise(edges)]


def _stance(one: Mapping[str, Any], weight: int, landed: Mapping[str, Sequence[str]]) -> Stance:
    accepts, punishes = one.get("accepts", {}), one.get("punishes", {})
    why = tuple(
        Reason(issue, option, _holds(option, accepts.get(issue), punishes.get(issue, ())))
        for issue, options in landed.items()
        for option in options
        if issue in accepts or option in punishes.get(issue, ())
    )
    held = {reason.holds for reason in why}
    stance = AGAINST if PUNISHES in held else FOR if held == {ACCEPTS} else UNDECIDED
    return Stance(one["name"], weight, stance, one.get("text", ""), why, _moves(why, accepts, landed))


def _holds(option: str, accepts: Sequence[str] | None, punishes: Sequence[str]) -> str:
    if option in punishes:
        return PUNISHES
    return ACCEPTS if accepts is None or option in accepts else CANNOT


def _moves(
    why: Sequence[Reason], accepts: Mapping[str, Sequence[str]], landed: Mapping[str, Sequence[str]]
) -> tuple[Move, ...]:
    """The issues on which the text would have to land elsewhere; for whom it does not touch, where it could begin."""
    hurt = dict.fromkeys(reason.issue for reason in why if reason.holds != ACCEPTS)
    if why:
        return tuple(Move(issue, tuple(accepts.get(issue, ()))) for issue in hurt)
    new = [Move(issue, tuple(options)) for issue, options in accepts.items() if issue not in landed and options]
    return tuple(new[:MOVES_SHOWN])
