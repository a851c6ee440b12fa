"""Perceptions in the report: medians before and after, guesses against what was declared, what is too small to tell.

Everything comes from the counts that all may see (`perceptions.counted`); nobody's answer is read here but in `own`,
which is for that person alone.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from rooms.debrief.report import IssueReport
from rooms.debrief.report_perceptions import (
    FEW,
    KEPT,
    NONE,
    TOLD,
    Accuracy,
    Change,
    Figure,
    Guess,
    Named,
    OwnAnswer,
    OwnGuess,
    OwnRound,
    PerceptionsReport,
    Round,
    Share,
)
from rooms.debrief.wording import capital, counted
from rooms.domain import sight
from rooms.domain.fold import fold
from rooms.domain.perceptions import (
    AFTER,
    BEFORE,
    ROUNDS,
    Counted,
    Guessed,
    Median,
    PerceptionsCounted,
    PerceptionsGiven,
    PerceptionsOpened,
    answer_of,
)
from rooms.domain.positions import PositionDeclared
from rooms.domain.prepared import Issue
from rooms.domain.record import Entry
from rooms.domain.room import RoomOpened
from rooms.domain.sharing import PARTS
from rooms.domain.state import RoomState
from rooms.domain.tallying import ALL, FEWEST

Truth = tuple[str, str, int | None]  # option, its label, where it was declared
Truths = Mapping[tuple[str, str, str], Truth]  # by round, delegation, issue
NOTHING: Truth = ("", "", None)


def measured(entries: Sequence[Entry], state: RoomState, issues: Sequence[IssueReport]) -> PerceptionsReport:
    """What was counted, over the entries that the reader may see; `state` and `issues` are made from the same."""
    rounds = _rounds(entries, state)
    if not rounds:
        return PerceptionsReport()
    codes = [one.code for one in state.prepared.delegations]
    held = state.perceptions.counted
    trust = tuple(_changes(held, codes, codes))
    conflict = tuple(_changes(held, codes, [""]))
    guesses = tuple(_guesses(held, state, _declared(issues)))
    return PerceptionsReport(
        rounds,
        trust,
        conflict,
        guesses,
        tuple(_accuracy(guesses, codes, state.prepared.issues)),
        _finding(rounds, conflict, trust),
        tuple(_limits(rounds, (*trust, *conflict), guesses)),
        FEWEST,
    )


def _rounds(entries: Sequence[Entry], state: RoomState) -> tuple[Round, ...]:
    asked: dict[str, tuple[int, int]] = {}
    closed: dict[str, int] = {}
    for cursor, entry in enumerate(entries, start=1):
        if isinstance(entry.event, PerceptionsOpened):
            asked[entry.event.round] = (entry.at, cursor)
            closed.pop(entry.event.round, None)
        elif isinstance(entry.event, PerceptionsCounted):
            closed[entry.event.round] = cursor
    return tuple(_round(name, asked[name], closed.get(name), state) for name in ROUNDS if name in asked)


def _round(name: str, asked: tuple[int, int], closed: int | None, state: RoomState) -> Round:
    held = state.perceptions.counted.get(name)
    if closed is None or held is None:
        return Round(name, asked[0], None, asked[1], 0, ())
    return Round(name, asked[0], held.at, closed, held.n, tuple(held.answers.items()))


# Medians


def figure(one: Median) -> Figure:
    """A median as it is told, or why it is not."""
    return Figure(one.n, one.value, _status(one.n, one.halves is not None))


def _status(n: int, told: bool) -> str:
    if told:
        return TOLD
    return NONE if n == 0 else FEW if n < FEWEST else KEPT


def _median(held: Mapping[str, Counted], name: str, by: str, about: str) -> Figure:
    if name not in held:
        return Figure(0, None, NONE)
    return figure(held[name].trust_of(by, about) if about else held[name].conflict_by(by))


def _changes(held: Mapping[str, Counted], codes: Sequence[str], asked: Iterable[str]) -> Iterator[Change]:
    for about in asked:
        for by in (*codes, ALL):
            before, after = _median(held, BEFORE, by, about), _median(held, AFTER, by, about)
            if before.n or after.n:
                both = before.median is not None and after.median is not None
                change = (after.median or 0) - (before.median or 0) if both else None
                yield Change(by, about, before, after, change)


# Guesses


def _declared(issues: Sequence[IssueReport]) -> Truths:
    """What each delegation declared first and last."""
    return {
        (name, path.delegation, issue.id): (filed.preferred, filed.label, filed.cursor)
        for issue in issues
        for path in issue.paths
        for name, filed in ((BEFORE, path.first), (AFTER, path.last))
    }


def _guesses(held: Mapping[str, Counted], state: RoomState, truths: Truths) -> Iterator[Guess]:
    for name in ROUNDS:
        for one in held[name].guesses if name in held else ():
            issue = state.prepared.issue(one.issue)
            if issue is not None:
                yield _guess(name, one, issue, truths.get((name, one.about, one.issue), NOTHING))


def _guess(name: str, one: Guessed, issue: Issue, truth: Truth) -> Guess:
    option, label, cursor = truth
    told = one.options or {}
    named = tuple(Named(each.id, each.label, told.get(each.id, 0), each.id == option) for each in issue.options)
    right = told.get(option, 0) if one.options is not None and option else None
    status = _status(one.n, one.options is not None)
    shown = named if one.options is not None else ()
    return Guess(name, one.by, one.about, issue.id, issue.title, one.n, status, shown, option, label, cursor, right)


def _accuracy(guesses: Sequence[Guess], codes: Sequence[str], issues: Sequence[Issue]) -> Iterator[Accuracy]:
    """Over all who guessed; a delegation's own figures are in them already."""
    judged = [one for one in guesses if one.by == ALL and one.right is not None]
    groups = [("", "", "", judged)]
    groups += [(code, "", "", [one for one in judged if one.about == code]) for code in codes]
    groups += [("", issue.id, issue.title, [one for one in judged if one.issue == issue.id]) for issue in issues]
    for about, issue_id, title, group in groups:
        if group:
            yield Accuracy(about, issue_id, title, _share(group, BEFORE), _share(group, AFTER))


def _share(group: Sequence[Guess], name: str) -> Share | None:
    rights = [(one.right or 0, one.n) for one in group if one.round == name]
    return Share(sum(right for right, _n in rights), sum(n for _right, n in rights)) if rights else None


# Sentences


def number(value: float) -> str:
    """A median as it is read: 4 or 4.5."""
    return f"{value:g}"


def _finding(rounds: Sequence[Round], conflict: Sequence[Change], trust: Sequence[Change]) -> str:
    everybody = next((one for one in conflict if one.by == ALL and one.change is not None), None)
    if everybody and everybody.change == 0:
        return f"Conflict was thought as likely after as before: {number(everybody.after.median or 0)} of 7"
    if everybody:
        way = "more" if (everybody.change or 0) > 0 else "less"
        before, after = number(everybody.before.median or 0), number(everybody.after.median or 0)
        return f"Conflict was thought {way} likely after than before: {after} of 7, from {before}"
    if not any(one.counted_at for one in rounds):
        return "The questions are still open"
    if any(TOLD in (one.before.status, one.after.status) for one in (*conflict, *trust)):
        return "What was counted of the answers"
    return "Too few answered to tell anything"


def _limits(rounds: Sequence[Round], changes: Sequence[Change], guesses: Sequence[Guess]) -> Iterator[str]:
    names = {one.name for one in rounds if one.counted_at is not None}
    if len(names) == 1:
        missing = AFTER if BEFORE in names else BEFORE
        yield f"The questions {missing} were not asked or not counted, so nothing is known of any change."
    told = [each.status for one in changes for each in (one.before, one.after)] + [one.status for one in guesses]
    few, kept = told.count(FEW), told.count(KEPT)
    if few:
        yield f"{capital(counted(few, 'figure'))} of fewer than {FEWEST} answers: too few to show."
    if kept:
        yield (
            f"{capital(counted(kept, 'figure'))} over all: not shown, since beside the others"
            f" the answers of fewer than {FEWEST} could be had from {'it' if kept == 1 else 'them'}."
        )
    unknown = {(one.round, one.about, one.issue) for one in guesses if not one.truth}
    if unknown:
        what = counted(len(unknown), "question", "questions")
        yield f"On {what} the delegation guessed at declared nothing, so no guess is right or wrong there."
    if len(names) == 2:
        yield "Not the same people need have answered before and after; a change is that of medians, not of people."


# One's own


PUBLIC = (RoomOpened, PositionDeclared, PerceptionsCounted)
BESIDE = (("positions", PositionDeclared), ("perceptions", PerceptionsCounted))  # part of the debrief, what it shows


def own(entries: Sequence[Entry], person: str, shown: Collection[str] = tuple(PARTS)) -> tuple[OwnRound, ...]:
    """What somebody answered in each round, from the whole record: for their own page, and nobody else's. Beside it,
    what was counted and what was declared, where these parts of the debrief are `shown`."""
    last = {
        one.event.round: one for one in sight.own_sealed(entries, person) if isinstance(one.event, PerceptionsGiven)
    }
    if not last:
        return ()
    hidden = tuple(kind for part, kind in BESIDE if part not in shown)
    state = fold(one for one in entries if isinstance(one.event, PUBLIC) and not isinstance(one.event, hidden))
    truths = _truths(state)
    return tuple(_own(last[name], state, truths) for name in ROUNDS if name in last)


def _truths(state: RoomState) -> Mapping[tuple[str, str, str], str]:
    """The option first and last preferred in public, by round, delegation, issue."""
    found = {}
    for code, issue in state.positions.declared:
        history = state.positions.history_of(code, issue)
        found[BEFORE, code, issue] = history[0].preferred
        found[AFTER, code, issue] = history[-1].preferred
    return found


def _own(entry: Entry, state: RoomState, truths: Mapping[tuple[str, str, str], str]) -> OwnRound:
    name, answer = entry.event.round, answer_of(entry.event)
    code, held = answer.delegation, state.perceptions.counted

    def beside(about: str, given: int) -> OwnAnswer:
        return OwnAnswer(about, given, _median(held, name, code, about), _median(held, name, ALL, about))

    return OwnRound(
        name,
        entry.at,
        code,
        tuple(beside(about, given) for about, given in answer.trust.items()),
        beside("", answer.conflict) if answer.conflict else None,
        tuple(
            _own_guess(state, about, issue, option, truths.get((name, about, issue), ""))
            for (about, issue), option in answer.guesses.items()
        ),
    )


def _own_guess(state: RoomState, about: str, issue_id: str, option: str, truth: str) -> OwnGuess:
    issue = state.prepared.issue(issue_id)
    labels = {one.id: one.label for one in issue.options} if issue else {}
    right = option == truth if truth else None
    title = issue.title if issue else issue_id
    return OwnGuess(about, issue_id, title, option, labels.get(option, ""), truth, labels.get(truth, ""), right)
