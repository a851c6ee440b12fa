"""What is proposed: values only. A proposal says what it is, for whom, in a few words of its own, and where."""

import hashlib
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """In the order in which a person goes through them. The values are stored."""

    DELEGATION = "delegation"
    RECOMMENDATION = "recommendation"
    ISSUE = "issue"
    INTEREST = "interest"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of the paper: its passage, and words to find it again. `sentence` is for the screen only."""

    locator: str
    anchor: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """`codes`: the delegations it is for. `label`: our own words. `why`: by what it was found, in words.

    `value`: of a figure, the number with its unit. `options`: of an issue, the alternatives where the paper names
    them. `full_name`, `optional`: of a delegation.
    """

    kind: Kind
    codes: tuple[str, ...]
    label: str
    why: str
    places: tuple[Place, ...]
    value: str = ""
    options: tuple[str, ...] = ()
    full_name: str = ""
    optional: bool = False

    @property
    def key(self) -> str:
        """The same for the same proposal from the same paper, however often it is read."""
        first = self.places[0] if self.places else Place("", "", "")
        own = self.codes if self.kind is Kind.DELEGATION else (first.locator, first.sentence, self.value, *self.codes)
        return hashlib.sha256("\n".join([self.kind.value, *own]).encode()).hexdigest()[:32]
