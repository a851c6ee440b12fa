"""Several runs of one exercise beside each other: what came of each, where every delegation went, the way to each
decision, and where they parted.

Each run is given as a report that its reader may read. Nothing is said about why they differ: runs differ in people,
and a handful of runs is no experiment.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rooms.debrief import wording
from rooms.debrief.report import Path, Report, Spread

MOST = 4  # runs beside each other on one page; more would not fit a laptop


@dataclass(frozen=True, slots=True)
class Run:
    """`key` is the room's code; `origin` the code of the room that it goes on from, "" for none, and `from_at` the
    instant (ms) of it."""

    key: str
    title: str
    report: Report
    origin: str = ""
    from_at: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one run shows in a row; `cursor` opens that run's record there, None where nothing is to be opened."""

    run: str
    words: str
    cursor: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One thing in all runs, in their order; `differs`: not all say the same."""

    label: str
    cells: tuple[Cell, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class IssueBeside:
    """One issue in all runs: where the delegations ended, row by row, and how wide they lay apart."""

    id: str
    title: str
    question: str
    ends: tuple[Row, ...]
    spread: Row


@dataclass(frozen=True, slots=True)
class Parting:
    """Where runs parted in one matter: `alike` steps went the same way; `cells` say what each did next. `sentence`
    tells it."""

    matter: str
    sentence: str
    alike: int
    cells: tuple[Cell, ...]
    parted: bool


@dataclass(frozen=True, slots=True)
class Step:
    """Something that a run did, told without its time, so that it can be held against another run's."""

    words: str
    cursor: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`same_exercise`: all are runs of one scenario. `decisions` has one list of cells for each run."""

    runs: tuple[Run, ...]
    same_exercise: bool
    outcomes: tuple[Row, ...]
    numbers: tuple[Row, ...]
    issues: tuple[IssueBeside, ...]
    decisions: tuple[tuple[Cell, ...], ...]
    partings: tuple[Parting, ...]
    forks: tuple[str, ...]


def compared(runs: Sequence[Run]) -> Comparison:
    """The comparison of two or more runs, in the order in which they are given."""
    return Comparison(
        tuple(runs),
        len({run.report.scenario for run in runs}) == 1,
        tuple(_row(label, runs, told) for label, told in OUTCOMES),
        tuple(_row(label, runs, told) for label, told in NUMBERS),
        tuple(_issue(issue, runs) for issue in _issues_of_all(runs)),
        tuple(tuple(_decided(run)) for run in runs),
        tuple(_parting(matter, what, runs, steps) for matter, what, steps in MATTERS),
        tuple(_forked(runs)),
    )


Told = Callable[[Report], tuple[str, int | None]]


def _row(label: str, runs: Sequence[Run], told: Told) -> Row:
    return _of_cells(label, [Cell(run.key, *told(run.report)) for run in runs])


def _of_cells(label: str, cells: Sequence[Cell]) -> Row:
    return Row(label, tuple(cells), len({cell.words for cell in cells}) > 1)


# Outcomes and numbers


def _headline(report: Report) -> tuple[str, int | None]:
    last = report.decision_points[-1] if report.decision_points else None
    return report.headline, last.ended_cursor or last.cursor if last else None


def _adopted(report: Report) -> tuple[str, int | None]:
    texts = [f"“{text.title}”: {text.label}" for text in report.texts]
    return wording.listed(texts) or "no text", None


def _stood_aside(report: Report) -> tuple[str, int | None]:
    return wording.listed(list(dict.fromkeys(one.name for one in report.stand_asides))) or "nobody", None


def _objected(report: Report) -> tuple[str, int | None]:
    names = [one.name for call in report.calls for one in call.answers if one.answer == "object"]
    return wording.listed(list(dict.fromkeys(names))) or "nobody", None


def _left_open(report: Report) -> tuple[str, int | None]:
    left = sum(text.left for text in report.histories)
    return wording.counted(left, "bracket"), None


OUTCOMES: tuple[tuple[str, Told], ...] = (
    ("In a sentence", _headline),
    ("Texts", _adopted),
    ("Objected", _objected),
    ("Stood aside", _stood_aside),
    ("Brackets still open", _left_open),
)


def _minutes(ms: int) -> str:
    return f"{round(ms / 60_000)} min"


def _widest_share(report: Report) -> str:
    shares = [line.share for line in report.speaking if line.share is not None]
    return f"{min(shares):.0%} to {max(shares):.0%}" if shares else "not told"


def _number(of: Callable[[Report], object]) -> Told:
    return lambda report: (str(of(report)), None)


NUMBERS: tuple[tuple[str, Told], ...] = (
    ("Delegations seated", _number(lambda report: sum(one.seated for one in report.delegations))),
    ("In session", _number(lambda report: _minutes(report.live_ms))),
    ("Statements", _number(lambda report: report.said.total)),
    ("Floor share, least to most", _number(_widest_share)),
    ("Caucuses", _number(lambda report: len(report.meetings.sittings))),
    ("Positions filed", _number(lambda report: sum(len(p.filed) for i in report.issues for p in i.paths))),
    ("Preferred option changed", _number(lambda report: sum(p.moves for i in report.issues for p in i.paths))),
    ("Brackets opened", _number(lambda report: sum(text.opened for text in report.histories))),
    ("Calls", _number(lambda report: len(report.calls))),
    ("Commitments", _number(lambda report: len(report.promises.standing))),
)


# Issues


def _issues_of_all(runs: Sequence[Run]) -> list[tuple[str, str, str]]:
    """The issues that every run had, in the order of the first."""
    shared = set.intersection(*({issue.id for issue in run.report.issues} for run in runs)) if runs else set()
    return [(one.id, one.title, one.question) for one in runs[0].report.issues if one.id in shared] if runs else []


def _issue(issue: tuple[str, str, str], runs: Sequence[Run]) -> IssueBeside:
    number, title, question = issue
    found = {run.key: next(one for one in run.report.issues if one.id == number) for run in runs}
    names = {one.code: one.name for run in runs for one in run.report.delegations}
    filed = [code for code in names if any(path.delegation == code for one in found.values() for path in one.paths)]
    ends = tuple(
        _of_cells(names[code], [_end(run.key, _path(found[run.key].paths, code)) for run in runs]) for code in filed
    )
    spread = [Cell(run.key, _apart(found[run.key].at_end)) for run in runs]
    return IssueBeside(number, title, question, ends, _of_cells("Options held at the end", spread))


def _path(paths: Sequence[Path], code: str) -> Path | None:
    return next((path for path in paths if path.delegation == code), None)


def _end(run: str, path: Path | None) -> Cell:
    if path is None:
        return Cell(run, "declared nothing")
    came = f", from {path.first.preferred}" if path.moved else ""
    return Cell(run, f"{path.last.preferred}, {path.last.label}{came}", path.last.cursor)


def _apart(spread: Spread | None) -> str:
    if spread is None:
        return "nothing declared"
    return f"{wording.counted(spread.options, 'option')} among {wording.counted(spread.n, 'delegation')}"


# The ways to decisions


def _decided(run: Run) -> list[Cell]:
    """Each decision of a run in one sentence, with how things stood when it was opened."""
    return [
        Cell(
            run.key,
            f"Minute {one.into_ms // 60_000}, {one.what}: {one.result.rstrip('.')}. "
            f"{wording.capital(wording.counted(one.brackets, 'bracket'))} open then, "
            f"{wording.counted(one.filed, 'position')} declared.",
            one.cursor,
        )
        for one in run.report.decision_points
    ]


# Where they parted


def _agenda(report: Report) -> list[Step]:
    begun = sorted((one for one in report.agenda if one.started_at is not None), key=lambda one: one.cursor or 0)
    return [Step(f"“{one.title}”", one.cursor) for one in begun]


def _positions(report: Report) -> list[Step]:
    filed = [
        (one.cursor, path.delegation, issue.title, one)
        for issue in report.issues
        for path in issue.paths
        for one in path.filed
    ]
    return [
        Step(f"{report.name(code)} on “{title}”: {one.preferred}, {one.label}", cursor)
        for cursor, code, title, one in sorted(filed, key=lambda each: each[0])
    ]


def _meetings(report: Report) -> list[Step]:
    return [Step(wording.listed(one.names), one.cursor) for one in report.meetings.sittings]


def _calls(report: Report) -> list[Step]:
    return [Step(f"{wording.capital(one.what)}: {one.result}", one.cursor) for one in report.calls]


MATTERS: tuple[tuple[str, str, Callable[[Report], list[Step]]], ...] = (
    ("The agenda", "items", _agenda),
    ("Positions", "positions", _positions),
    ("Caucuses", "caucuses", _meetings),
    ("Decisions", "decisions", _calls),
)


def _parting(matter: str, what: str, runs: Sequence[Run], steps_of: Callable[[Report], list[Step]]) -> Parting:
    steps = [steps_of(run.report) for run in runs]
    longest = max(map(len, steps), default=0)
    alike = next((n for n in range(longest) if len({_at(each, n).words for each in steps}) > 1), longest)
    parted = alike < longest
    cells = tuple(
        Cell(run.key, _at(each, alike).words, _at(each, alike).cursor) for run, each in zip(runs, steps, strict=True)
    )
    return Parting(matter, _told(what, alike, parted=parted), alike, cells if parted else (), parted)


def _at(steps: Sequence[Step], n: int) -> Step:
    return steps[n] if n < len(steps) else Step("nothing more", None)


def _told(what: str, alike: int, *, parted: bool) -> str:
    if not parted:
        if alike == 1:
            return f"The one of their {what} is the same."
        return (
            f"All {wording.number(alike)} {what} are the same, in the same order."
            if alike
            else f"There were no {what}."
        )
    if not alike:
        return f"They differ from the first of their {what} on:"
    first = "The first of their" if alike == 1 else f"The first {wording.number(alike)} of their"
    return f"{first} {what} {'is' if alike == 1 else 'are'} the same; then:"


def _forked(runs: Sequence[Run]) -> list[str]:
    """Which of these runs goes on from which."""
    titles = {run.key: run.title for run in runs}
    return [
        f"“{run.title}” ({run.key}) goes on from a moment of “{titles[run.origin]}” ({run.origin}): "
        "up to there the two are one session."
        for run in runs
        if run.origin in titles
    ]
