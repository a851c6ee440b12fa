"""The report as Markdown: readable as it stands, and safe to render, since what people wrote is always text."""

from collections.abc import Iterator

from rooms.debrief import page_parts, wash_page, wording
from rooms.debrief.marked import clock, plain, quoted, table
from rooms.debrief.report import CallReport, IssueReport, Report, TextReport
from rooms.debrief.report_perceptions import Figure, Guess
from rooms.domain import attribution


def markdown(report: Report, record: str) -> str:
    """The whole page."""
    return "\n\n".join(_parts(report, record)) + "\n"


def _parts(report: Report, record: str) -> Iterator[str]:
    yield f"# {plain(report.title)}"
    yield f"Record: {record}"
    if report.headline:  # not where the outcome is kept back
        yield f"**{plain(report.headline)}**"
    yield from _rules(report)
    yield from page_parts.in_short(report)
    yield from _texts(report)
    yield from page_parts.text_history(report)
    yield from _calls(report)
    yield from page_parts.decision_points(report)
    yield from _positions(report)
    yield from page_parts.commitments(report)
    yield from _speaking(report)
    yield from page_parts.who_met_whom(report)
    yield from page_parts.injects(report)
    yield from _agenda(report)
    yield from page_parts.quotes(report)
    yield from _statements(report)
    yield from _perceptions(report)
    yield from wash_page.hot_wash(report)
    yield "## Timeline"
    yield "\n".join(f"- {clock(one.at)} {plain(one.sentence)}" for one in report.timeline)
    yield "## Limits"
    yield "\n".join(f"- {plain(line)}" for line in report.limits)


def _rules(report: Report) -> Iterator[str]:
    rules = report.rules
    lines = [
        f"Scenario: {plain(report.scenario)}; {plain(report.moment)}",
        *([f"The aim: {plain(rules.aim)}"] if rules.aim else []),
        f"Format: {plain(rules.format_name)}",
        plain(rules.words),
        *(f"For “{plain(one.title)}”: {plain(one.words)}" for one in rules.items),
        f"Decision rule: {plain(rules.decision)}; output: {plain(rules.output)}",
        f"In session for {wording.lasting(report.live_ms)}, pauses left out",
        f"From {clock(report.started_at) or 'not yet'} to {clock(report.closed_at) or 'not yet'} (UTC)",
    ]
    yield "## Rules in force"
    yield "\n".join(f"- {line}" for line in lines)


def _texts(report: Report) -> Iterator[str]:
    if report.texts:
        yield "## Texts"
    for text in report.texts:
        yield from _text(text)


def _text(text: TextReport) -> Iterator[str]:
    yield f"### {plain(text.title)}"
    yield plain(text.label)
    if text.paragraphs:
        yield "\n".join(
            f"{_numbered(one.called)} {plain(one.text)} ({plain(one.proposer_name)})" for one in text.paragraphs
        )
    if text.stand_asides:
        yield "\n".join(f"- {plain(one.name)} stood aside: {plain(one.reason)}" for one in text.stand_asides)


def _numbered(called: str) -> str:
    """The beginning of a list's line: Markdown numbers with figures alone."""
    return f"{called}." if called.isdigit() else f"- {called}."


def _calls(report: Report) -> Iterator[str]:
    if report.calls:
        yield "## Decisions"
    for n, call in enumerate(report.calls, start=1):
        yield from _call(n, call)


def _call(n: int, call: CallReport) -> Iterator[str]:
    yield f"### Call {n}: {plain(wording.capital(call.what))}"
    put = "amendment" if call.amendment else "text"
    yield f"{clock(call.opened_at)} {plain(call.result)} {plain(call.in_words)} The {put} as it was put:"
    yield "\n".join(f"{one.number}. {plain(one.text)}" for one in call.put)
    yield table(
        ("Delegation", "Answer", "Reason"), [(plain(one.name), one.words, plain(one.reason)) for one in call.answers]
    )


def _positions(report: Report) -> Iterator[str]:
    if report.issues:
        yield "## Positions"
    for issue in report.issues:
        yield from _issue(report, issue)


def _issue(report: Report, issue: IssueReport) -> Iterator[str]:
    yield f"### {plain(issue.title)}"
    yield plain(issue.question)
    yield plain(issue.finding)
    if issue.paths:
        rows = [
            (
                plain(report.name(path.delegation)),
                plain(path.first.label),
                plain(path.last.label),
                str(path.changes),
                f"{path.moved:+d}" if path.moved else "0",
                plain(path.last.conditions),
            )
            for path in issue.paths
        ]
        yield table(("Delegation", "First", "Last", "Filed again", "Places moved", "Conditions at the end"), rows)


def _speaking(report: Report) -> Iterator[str]:
    yield "## Speaking time"
    rows = [
        (
            plain(one.name),
            wording.lasting(one.ms),
            "" if one.share is None else f"{one.share:.0%}",
            str(one.speeches),
            str(one.statements),
        )
        for one in report.speaking
    ]
    yield table(("Delegation", "Time", "Share", "Speeches", "Statements"), rows)


def _agenda(report: Report) -> Iterator[str]:
    yield "## Agenda"
    rows = [
        (
            plain(one.title),
            attribution.name_of(one.attribution),
            f"{one.planned_minutes} min" + (f" + {one.extended_minutes}" if one.extended_minutes else ""),
            "" if one.actual_ms is None else wording.lasting(one.actual_ms),
            " ".join((one.status, plain(one.note))).strip(),
        )
        for one in report.agenda
    ]
    yield table(("Item", "Rule", "Planned", "Actual", "Status"), rows)


def _statements(report: Report) -> Iterator[str]:
    if report.statements:
        yield "## Statements"
    for one in report.statements:
        withdrawn = ", withdrawn later" if one.withdrawn else ""
        where = f", “{plain(one.item_title)}”" if one.item_title else ""
        yield f"{plain(one.speaker)}{where}{withdrawn}:\n\n{quoted(one.text)}"


def _perceptions(report: Report) -> Iterator[str]:
    found = report.perceptions
    if found.rounds:
        yield "## Perceptions before and after"
        yield f"{plain(found.finding)}."
    if found.conflict or found.trust:
        rows = [
            (
                f"Trust in {plain(report.name(one.about))}" if one.about else "Conflict is likely",
                plain(report.name(one.by)) if one.by else "all",
                _figure(one.before),
                _figure(one.after),
                "" if one.change is None else f"{one.change:+g}",
            )
            for one in (*found.conflict, *found.trust)
        ]
        yield table(("Question, from 1 to 7", "Answers of", "Before", "After", "Change"), rows)
    if found.guessed:
        guessed = [
            (plain(report.name(about)), plain(title), _guess(before), _guess(after))
            for about, title, before, after in found.guessed
        ]
        yield table(
            ("Guessed about", "Issue", "Before, against the first declared", "After, against the last"), guessed
        )
    if found.limits:
        yield "\n".join(f"- {plain(line)}" for line in found.limits)


UNTOLD = {"none": "", "few": "too few", "kept": "kept back"}


def _figure(one: Figure) -> str:
    median = f"{one.median:g}" if one.median is not None else UNTOLD[one.status]
    return f"{median} (n {one.n})" if one.n else ""


def _guess(one: Guess | None) -> str:
    if one is None:
        return ""
    if not one.named:
        return f"{UNTOLD[one.status]} (n {one.n})"
    named = ", ".join(f"{plain(each.option)} {each.times}" for each in one.named if each.times)
    truth = f"declared {plain(one.truth)}, {one.right} of {one.n} right" if one.truth else "nothing declared"
    return f"{named}; {truth}"
