"""Counting sealed answers so that no single one can be told from what is published. Exact, pure, without names.

- Of fewer than `FEWEST` answers to a question nothing is published but how many there were.
- A figure over all is published only if the answers that no delegation's own figure holds are none, or `FEWEST` at
  least: else they could be had by difference.
- What each question was answered is counted for itself, since whoever answers may leave any of them out.

Where all who answered say the same, what each of them said can be told; no smallest number prevents that, so those who
are asked are told it beforehand.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# Two answers tell each of the two what the other said, and a median of two nearly does; with three, who knows one's own
# still cannot tell the other two apart. More would leave a delegation of three, the usual one in a class, without any.
FEWEST = 3
ALL = ""  # in place of a delegation's code: over everybody who answered
Row = Mapping[str, Any]
Asked = tuple[str, str]  # of which delegation, on which issue


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person answered. `trust` from 1 to 7 by delegation; `conflict` from 1 to 7, 0 for none; `guesses` are
    option ids. What was left out is not in it."""

    delegation: str
    trust: Mapping[str, int] = field(default_factory=dict)
    conflict: int = 0
    guesses: Mapping[Asked, str] = field(default_factory=dict)


def halves(values: Iterable[int]) -> int:
    """Twice the median, which is whole: 9 is a median of 4.5. Of at least one value."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return 2 * ordered[middle] if len(ordered) % 2 else ordered[middle - 1] + ordered[middle]


def may_tell_all(sizes: Iterable[int]) -> bool:
    """Whether a figure over groups of these sizes can be published beside those of the groups that are large enough."""
    sizes = list(sizes)
    rest = sum(size for size in sizes if size < FEWEST)
    return sum(sizes) >= FEWEST and (rest == 0 or rest >= FEWEST)


def answers_by(answers: Sequence[Answer], codes: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How many answered of each delegation that answered at all."""
    counts = Counter(one.delegation for one in answers)
    return tuple((code, counts[code]) for code in codes if counts[code])


def trust_rows(answers: Sequence[Answer], codes: Sequence[str]) -> tuple[Row, ...]:
    """By answering delegation, then over all: the median trust in each other one. `halves` is None where it is not
    published."""
    asked = [(about, _grouped(answers, codes, lambda one, about=about: one.trust.get(about))) for about in codes]
    return tuple({"about": about, **row} for about, groups in asked for row in _medians(groups))


def conflict_rows(answers: Sequence[Answer], codes: Sequence[str]) -> tuple[Row, ...]:
    """The same for the likelihood of conflict."""
    return tuple(_medians(_grouped(answers, codes, lambda one: one.conflict or None)))


def guess_rows(answers: Sequence[Answer], codes: Sequence[str], issues: Mapping[str, Sequence[str]]) -> tuple[Row, ...]:
    """Of each delegation and issue that anybody guessed at: how many named which option, over all, and by delegation
    where enough of it did. `issues`: the option ids by issue. `options` is None where it is not published."""
    return tuple(
        {"about": about, "issue": issue, **row}
        for about in codes
        for issue, options in issues.items()
        for row in _named(_grouped(answers, codes, lambda one, key=(about, issue): one.guesses.get(key)), options)
    )


def _grouped(answers: Sequence[Answer], codes: Sequence[str], said: Any) -> dict[str, list[Any]]:
    """What was answered to one question, by delegation; without those that left it out."""
    groups: dict[str, list[Any]] = {code: [] for code in codes}
    for one in answers:
        value = said(one)
        if value is not None:
            groups[one.delegation].append(value)
    return {code: values for code, values in groups.items() if values}


def _together(groups: Mapping[str, list[Any]]) -> list[Any]:
    return [value for values in groups.values() for value in values]


def _medians(groups: Mapping[str, list[int]]) -> list[Row]:
    rows = [
        {"by": code, "n": len(values), "halves": halves(values) if len(values) >= FEWEST else None}
        for code, values in groups.items()
    ]
    values = _together(groups)
    told = may_tell_all(map(len, groups.values()))
    return [*rows, {"by": ALL, "n": len(values), "halves": halves(values) if told else None}] if values else []


def _named(groups: Mapping[str, list[str]], options: Sequence[str]) -> list[Row]:
    def counts(values: list[str]) -> Mapping[str, int]:
        return {option: values.count(option) for option in options}

    large = [
        {"by": code, "n": len(values), "options": counts(values)}
        for code, values in groups.items()
        if len(values) >= FEWEST
    ]
    values = _together(groups)
    told = may_tell_all(map(len, groups.values()))
    return [*large, {"by": ALL, "n": len(values), "options": counts(values) if told else None}] if values else []
