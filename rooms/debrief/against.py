"""What had been prepared, held against what came of it: mandates, what the papers recommend, what in fact happened.

Whose mandates and which recommendations there are is a matter of the fold that is given: a moderator's has the packs,
another's what was shared. Nobody is graded: a mandate that is not met may have been traded for a better peace.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from rooms.debrief import wording
from rooms.debrief.report import Delegation, Filed, IssueReport
from rooms.debrief.report_parts import Promises
from rooms.debrief.report_prepared import (
    InFact,
    Landed,
    MandateLine,
    MandateReport,
    MeasureReport,
    Papers,
    Recommendation,
    TakenUp,
)
from rooms.domain import documents
from rooms.domain.prepared import Issue, Measure, measure_from, sources_from
from rooms.domain.state import RoomState
from rooms.domain.wording import runs

Packs = Mapping[str, Mapping[str, Any]]


# Where the text lands


def _text(state: RoomState) -> documents.Document | None:
    """The text that counts: the last one adopted, or else the one on the table."""
    adopted = (one for one in reversed(state.texts.documents) if one.status == "adopted")
    return next(adopted, documents.open_document(state))


def landed(state: RoomState) -> tuple[Landed, ...]:
    """For each issue what the text says of it: the last one adopted, or else the one on the table."""
    document = _text(state)
    return tuple(_landed(issue, document) for issue in state.prepared.issues)


def _words(document: documents.Document, paragraph: documents.Paragraph) -> str:
    """A paragraph as it reads, brackets and all."""
    return "".join(run.text for run in runs(document, paragraph))


def _unplaced(state: RoomState) -> tuple[str, ...]:
    """The paragraphs of the same text that the chair placed on no issue."""
    document = _text(state)
    if document is None:
        return ()
    return tuple(_words(document, one) for _, one in documents.numbered(document) if not one.lands)


def _landed(issue: Issue, document: documents.Document | None) -> Landed:
    lands = [
        (called, paragraph, option)
        for called, paragraph in (documents.numbered(document) if document else ())
        for about, option in paragraph.lands
        if about == issue.id
    ]
    found = {option: issue.option(option) for _, _, option in lands}
    by = "" if document is None or not lands else ("adopted" if document.status == "adopted" else "on the table")
    return Landed(
        issue.id,
        issue.title,
        issue.question,
        tuple(found),
        tuple(one.label if one else option for option, one in found.items()),
        by,
        tuple(called for called, _, _ in lands),
        tuple(_words(document, paragraph) for _, paragraph, _ in lands) if document else (),
        issue.sources,
    )


# Mandates


def mandates(
    state: RoomState, delegations: Sequence[Delegation], issues: Sequence[IssueReport], ends: Sequence[Landed]
) -> tuple[MandateReport, ...]:
    """Each mandate that the fold knows beside the outcome, in the order of the delegations."""
    packs = _packs(state)
    return tuple(_mandate(one, packs[one.code], issues, ends) for one in delegations if packs.get(one.code))


def _packs(state: RoomState) -> Packs:
    shared: Packs | None = state.sharing.material.get("mandates")
    return state.prepared.packs if shared is None else shared


def _mandate(
    one: Delegation, pack: Mapping[str, Any], issues: Sequence[IssueReport], ends: Sequence[Landed]
) -> MandateReport:
    by_issue = {end.issue: end for end in ends}
    last = {issue.id: _last(issue, one.code) for issue in issues}
    lines = tuple(
        _line(position, by_issue[position["issue"]], last.get(position["issue"]), _label(issues, position))
        for position in pack.get("positions", ())
        if position["issue"] in by_issue
    )
    settled = [line for line in lines if line.standing != "open"]
    met = sum(line.standing in ("preferred", "acceptable") for line in settled)
    crossed = sum(line.standing == "red_line" for line in settled)
    told = tuple(str(red["text"]) for red in pack.get("red_lines", ()))
    return MandateReport(
        one.code,
        one.name,
        lines,
        told,
        len(settled),
        met,
        crossed,
        _sentence(one, len(lines), len(settled), met, crossed),
    )


def _last(issue: IssueReport, code: str) -> Filed | None:
    return next((path.last for path in issue.paths if path.delegation == code), None)


def _label(issues: Sequence[IssueReport], position: Mapping[str, Any]) -> str:
    options = next((dict(issue.options) for issue in issues if issue.id == position["issue"]), {})
    return options.get(position["preferred"], "")


def _line(position: Mapping[str, Any], end: Landed, last: Filed | None, label: str) -> MandateLine:
    declared = last.preferred if last else ""
    return MandateLine(
        end.issue,
        end.title,
        int(position.get("priority") or 0),
        position["preferred"],
        label,
        tuple(position.get("acceptable", ())),
        tuple(position.get("red_lines", ())),
        str(position.get("text", "")),
        sources_from(position),
        end.options,
        _standing(position, end.options),
        declared,
        _standing(position, (declared,) if declared else ()),
        last.cursor if last else None,
    )


def _standing(position: Mapping[str, Any], options: Sequence[str]) -> str:
    """How an outcome stands to a mandate: of several options at once the worst counts."""
    if not options:
        return "open"
    if any(option in position.get("red_lines", ()) for option in options):
        return "red_line"
    if all(option == position["preferred"] for option in options):
        return "preferred"
    good = {position["preferred"], *position.get("acceptable", ())}
    return "acceptable" if good.issuperset(options) else "outside"


def _sentence(one: Delegation, lines: int, settled: int, met: int, crossed: int) -> str:
    who = wording.within(one.name)
    if not settled:
        on = f"any of the {wording.counted(lines, 'issue')} in the mandate of {who}"
        return wording.sentence(f"the chair placed no paragraph of the text on {on}")
    words = f"of {wording.counted(settled, 'issue')} that the text settles, {wording.number(met)} "
    words += f"{'is' if met == 1 else 'are'} as the mandate of {who} wished or allowed"
    words += f"; {wording.number(crossed)} {'is' if crossed == 1 else 'are'} on a red line" if crossed else ""
    return wording.sentence(words)


# Papers and history


def papers(state: RoomState, delegations: Sequence[Delegation], promises: Promises, ends: Sequence[Landed]) -> Papers:
    """What the papers recommend, as far as the fold knows it, beside what was agreed."""
    shared: Mapping[str, Any] | None = state.sharing.material.get("papers")
    if shared is None:
        recommended = {code: pack.get("recommendations", ()) for code, pack in state.prepared.packs.items()}
        measures = state.prepared.measures
    else:
        recommended = shared["recommendations"]
        measures = tuple(measure_from(one) for one in shared["measures"])
    if not measures and not any(recommended.values()):
        return Papers()
    return Papers(
        tuple(end for end in ends if end.sources),
        tuple(
            Recommendation(one.code, one.name, str(line["text"]), sources_from(line))
            for one in delegations
            for line in recommended.get(one.code, ())
        ),
        tuple(_measure(one, state, promises) for one in measures),
        _unplaced(state),
    )


def _measure(measure: Measure, state: RoomState, promises: Promises) -> MeasureReport:
    drawn = {one.id for one in state.commitments.drawn if one.measure == measure.id}
    taken_up = tuple(
        TakenUp(one.label, one.act, one.status, one.cursor) for one in promises.commitments if one.commitment in drawn
    )
    return MeasureReport(
        measure.id, measure.track, measure.horizon, measure.text, measure.actors, measure.sources, taken_up
    )


def in_fact(state: RoomState) -> tuple[InFact, ...]:
    """What in fact happened, as far as the fold knows it."""
    shared: Mapping[str, Any] | None = state.sharing.material.get("history")
    paragraphs = state.prepared.history if shared is None else shared["paragraphs"]
    return tuple(InFact(str(one.get("heading", "")), str(one["text"]), sources_from(one)) for one in paragraphs)
