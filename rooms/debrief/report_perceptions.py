"""What a report holds of the questions before and after: frozen records, as in `report`.

A figure is a median or a distribution of answers nobody reads one by one. Its `status` is "told" or says why it is
not: "none", since nobody answered; "few", since fewer answered than may be told of; "kept", since beside the others it
would tell of the answers of fewer. `n` is always told. Delegations go by code, "" is over all who were asked.
"""

from dataclasses import dataclass, field

TOLD, NONE, FEW, KEPT = "told", "none", "few", "kept"


@dataclass(frozen=True, slots=True)
class Figure:
    """A median from 1 to 7 of `n` answers, `median` None where it is not told."""

    n: int
    median: float | None
    status: str

    @property
    def place(self) -> int:
        """Where the median lies on a line from 1 to 7, from 0 to 1000; for pictures."""
        return 0 if self.median is None else round((self.median - 1) * 1000 / 6)


@dataclass(frozen=True, slots=True)
class Change:
    """One question before and after. `about` is whom it was asked about, "" for the likelihood of conflict. `change` is
    that of the medians, not of people; None where either is missing."""

    by: str
    about: str
    before: Figure
    after: Figure
    change: float | None


@dataclass(frozen=True, slots=True)
class Named:
    """An option with how many guessed that it is the one preferred; `is_truth`: it is what was declared."""

    option: str
    label: str
    times: int
    is_truth: bool


@dataclass(frozen=True, slots=True)
class Guess:
    """What `by` guessed that `about` prefers on an issue, `n` people in a round. The truth is the first option that it
    preferred in public for the round before, the last one for the round after; "" where it declared nothing, and then
    nothing is right or wrong. `truth_cursor` opens the record where it was declared. `right` of `n`, None if that is
    not told or not known; `named` are all options of the issue, none where they are not told."""

    round: str
    by: str
    about: str
    issue: str
    title: str
    n: int
    status: str
    named: tuple[Named, ...]
    truth: str
    truth_label: str
    truth_cursor: int | None
    right: int | None


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `n` guesses, at least one."""

    right: int
    n: int

    @property
    def place(self) -> int:
        """The share that is right, from 0 to 1000; for pictures."""
        return round(self.right * 1000 / self.n)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many guesses were right in each round, None if none can be told, taken together for a delegation guessed at
    (`about`), for an issue (`issue`, with its `title`), or for all of them. Only guesses that are told and have a truth
    are in it."""

    about: str
    issue: str
    title: str
    before: Share | None
    after: Share | None


@dataclass(frozen=True, slots=True)
class Round:
    """A round that was asked. `name` is before or after; `answers` by delegation, of those that answered; `counted_at`
    None while it is open; `cursor` opens the record where it was counted, or else asked."""

    name: str
    asked_at: int
    counted_at: int | None
    cursor: int
    n: int
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PerceptionsReport:
    """All of it; nothing was asked if there are no `rounds`. `trust` has every pair of which anybody answered, and each
    delegation over all; `conflict` each delegation that answered, and all. `fewest` answers may be told of."""

    rounds: tuple[Round, ...] = ()
    trust: tuple[Change, ...] = ()
    conflict: tuple[Change, ...] = ()
    guesses: tuple[Guess, ...] = ()
    accuracy: tuple[Accuracy, ...] = ()
    finding: str = ""
    limits: tuple[str, ...] = ()
    fewest: int = 3

    @property
    def counted(self) -> tuple[Round, ...]:
        return tuple(one for one in self.rounds if one.counted_at is not None)

    @property
    def guessed(self) -> tuple[tuple[str, str, Guess | None, Guess | None], ...]:
        """What all who were asked guessed: about whom, the issue's title, before, after; None where nobody did."""
        over_all = {(one.about, one.issue, one.round): one for one in self.guesses if not one.by}
        asked = {(about, issue): one.title for (about, issue, _round), one in over_all.items()}
        return tuple(
            (about, title, over_all.get((about, issue, "before")), over_all.get((about, issue, "after")))
            for (about, issue), title in asked.items()
        )

    @property
    def accuracy_by_delegation(self) -> tuple[Accuracy, ...]:
        return tuple(one for one in self.accuracy if one.about)


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """What one person answered to one question from 1 to 7, beside the medians of their delegation and of all."""

    about: str
    given: int
    delegation: Figure
    everybody: Figure


@dataclass(frozen=True, slots=True)
class OwnGuess:
    """A person's guess, and what was declared; `right` None where nothing was."""

    about: str
    issue: str
    title: str
    option: str
    label: str
    truth: str
    truth_label: str
    right: bool | None


@dataclass(frozen=True, slots=True)
class OwnRound:
    """What one person answered in a round, for their eyes alone. `conflict` None if they left it out."""

    name: str
    at: int
    delegation: str
    trust: tuple[OwnAnswer, ...] = ()
    conflict: OwnAnswer | None = None
    guesses: tuple[OwnGuess, ...] = field(default_factory=tuple)

    @property
    def right(self) -> int:
        return sum(one.right is True for one in self.guesses)

    @property
    def judged(self) -> int:
        """How many of the guesses have a truth."""
        return sum(one.right is not None for one in self.guesses)
