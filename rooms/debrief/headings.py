"""Headings that are findings, and the small words beside them: what a report's figures show, said in one sentence, for
the page and for the files. Counts only; nothing here grades anybody.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from rooms.debrief import wording
from rooms.debrief.report import Report, Said, TextReport
from rooms.debrief.report_parts import Afterwards, InjectReport, Wait
from rooms.debrief.report_perceptions import PerceptionsReport
from rooms.debrief.report_prepared import MeasureReport
from rooms.debrief.report_texts import TextHistory


def day(ms: int | None) -> str:
    """An instant in ms as a date in UTC: 3 December 1997."""
    if ms is None:
        return ""
    moment = datetime.fromtimestamp(ms / 1000, UTC)
    return f"{moment.day} {moment:%B %Y}"


def in_minutes(ms: int | None) -> str:
    """A length of time for a sentence: “less than a minute”, “1 minute”, “94 minutes”."""
    minutes = round((ms or 0) / 60_000)
    if minutes < 1:
        return "less than a minute"
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def percent(share: float | None) -> str:
    """A part of one as a whole percentage; "" where there is nothing to share."""
    return "" if share is None else f"{round(share * 100)}\u00a0%"


def standfirst(report: Report) -> str:
    """Who met for how long, and what it was meant to end in."""
    seated = sum(one.seated for one in report.delegations)
    if report.started_at is None:
        return "The session has not begun."
    met = f"{wording.counted(seated, 'delegation')} met for {in_minutes(report.live_ms)}"
    return wording.sentence(f"{met}, to decide by {report.rules.decision} and to end in a {report.rules.output}")


def positions_heading(report: Report) -> str:
    """On how many issues somebody moved."""
    filed = [issue for issue in report.issues if issue.paths]
    moved = sum(any(path.moves for path in issue.paths) for issue in filed)
    if not filed:
        return "No delegation declared a position"
    if not moved:
        return f"Positions on {wording.counted(len(filed), 'issue')}, and nobody moved"
    return f"Somebody moved on {wording.number(moved)} of {wording.counted(len(report.issues), 'issue')}"


def without_positions(report: Report) -> str:
    """The issues on which nobody declared anything, as a list of titles."""
    return wording.listed([f"“{issue.title}”" for issue in report.issues if not issue.paths])


def speaking_heading(report: Report) -> str:
    """Who held half of the floor, as far as the record may tell."""
    if not report.speaking_ms:
        return "How long each delegation spoke is not told here"
    held, names = 0, []
    for line in sorted(report.speaking, key=lambda line: -line.ms):
        held += line.ms
        names.append(wording.within(line.name))
        if 2 * held >= report.speaking_ms:
            break
    who = wording.listed(names) if len(names) < 3 else wording.counted(len(names), "delegation")
    return wording.capital(f"{who} held {percent(held / report.speaking_ms)} of the floor")


def agenda_heading(report: Report) -> str:
    """How many items were taken, and in what time against what was planned for them."""
    taken = [line for line in report.agenda if line.actual_ms is not None]
    if not taken:
        return "No item was taken"
    planned = sum(line.planned_minutes for line in taken)
    took = in_minutes(sum(line.actual_ms or 0 for line in taken))
    items = f"{wording.number(len(taken))} of {wording.counted(len(report.agenda), 'item')}"
    return wording.capital(f"{items} taken, in {took} instead of {planned}")


def calls_heading(report: Report) -> str:
    """How often the delegations were asked, and how often they agreed."""
    adopted = sum(call.status == "adopted" for call in report.calls)
    carried = f"{wording.number(adopted) if adopted else 'none'} carried"
    if all(call.kind == "consensus" and not call.amendment for call in report.calls):
        return wording.capital(f"{wording.counted(len(report.calls), 'call')} for consensus, {carried}")
    amendments = sum(call.amendment for call in report.calls)
    on = f"; {wording.number(amendments)} on amendments" if amendments else ""
    return wording.capital(f"{wording.counted(len(report.calls), 'call')} for a decision, {carried}{on}")


OUTCOMES = {
    "agreed": "What they agreed",
    "by_vote": "What was adopted by vote",
    "waiting": "What they agreed ad referendum",
    "failed": "What they agreed and not every capital confirmed",
    "shelved": "What was put aside",
}


def text_heading(text: TextReport) -> str:
    """What became of a text, as a heading."""
    return OUTCOMES.get(text.outcome, "What they did not agree")


def statements_counted(said: Said) -> str:
    """How many statements were written down, and whose they are as far as may be told."""
    parts = [
        (said.by_delegations, "by delegations"),
        (said.unnamed, "by participants who may not be named"),
        (said.by_chair, "by the chair"),
    ]
    told = wording.listed([f"{wording.number(n)} {whose}" for n, whose in parts if n])
    words = wording.counted(said.total, "statement") + " in writing" + (f": {told}" if told else "")
    return wording.sentence(words + (f"; {wording.number(said.withdrawn)} withdrawn" if said.withdrawn else ""))


def outcome_heading(report: Report) -> str:
    """What became of the texts, together."""
    adopted = len(report.adopted)
    if not report.texts:
        return "No text was drafted"
    of = wording.counted(len(report.texts), "text")
    if adopted == len(report.texts):
        return wording.capital(f"{of} drafted, and adopted")
    return wording.capital(f"{of} drafted, {wording.number(adopted) if adopted else 'none'} adopted")


def texts_history_heading(report: Report) -> str:
    """How many brackets there were, and how many are left."""
    opened, left = (sum(getattr(one, name) for one in report.histories) for name in ("opened", "left"))
    wordings = sum(len(paragraph.wordings) for one in report.histories for paragraph in one.paragraphs)
    if not opened:
        return wording.capital(f"{wording.counted(wordings, 'wording')}, and nobody put brackets")
    rest = f"{wording.number(left)} left" if left else "none left"
    return wording.capital(f"{wording.counted(opened, 'bracket')} opened, {rest}")


BECAME = {"open": "still open", "set_aside": "set aside", "withdrawn": "withdrawn with their paragraph"}


def brackets_told(text: TextHistory) -> str:
    """What became of a text's brackets, in a sentence or two."""
    wordings = sum(len(one.wordings) for one in text.paragraphs)
    written = wording.sentence(
        f"{wording.counted(len(text.paragraphs), 'paragraph')} in {wording.counted(wordings, 'wording')}"
    )
    if not text.opened:
        return f"{written} Nobody put brackets."
    ended = [f"{wording.number(n)} {BECAME.get(how, how)}" for how, n in text.ended if n]
    most = "one at a time" if text.most == 1 else f"at most {wording.number(text.most)} at once"
    opened = f"{wording.counted(text.opened, 'bracket')}, {most}"
    return f"{written} {wording.sentence(opened)} {wording.sentence(wording.listed(ended))}"


def meetings_heading(report: Report) -> str:
    """How many caucuses met, and how many pairs never did."""
    met = len(report.meetings.sittings)
    if not met:
        return "No caucus is known to have met"
    never = sum(not one.times for one in report.meetings.pairs)
    words = f"{wording.counted(met, 'caucus', 'caucuses')} met"
    if never and never == len(report.meetings.pairs):
        return wording.capital(words)
    rest = (
        f"{wording.counted(never, 'pair')} of delegations never did" if never else "every two delegations sat together"
    )
    return wording.capital(f"{words}; {rest}")


def promises_heading(report: Report) -> str:
    """How many commitments there are, and how many are done."""
    standing = report.promises.standing
    verified = sum(one.verified for one in standing)
    claimed = sum(one.status == "claimed" for one in standing)
    rest = f"{wording.number(verified) if verified else 'none'} verified"
    more = f", {wording.number(claimed)} only claimed done" if claimed else ""
    return wording.capital(f"{wording.counted(len(standing), 'commitment')}, {rest}{more}")


def waits(one: Wait) -> str:
    """What waits for what, and whether it still does."""
    if one.kind == "parallel":
        return f"{one.first} and {one.second} go in parallel"
    until = "done" if one.kind == "after" else "verified"
    return f"{one.second} waits until {one.first} is {until}: it {'is' if one.met else 'is not'}"


def packages_heading(bases: Sequence[Mapping[str, Any]]) -> str:
    """How many packages were open to all, on the first of the bases of the package finder."""
    found = bases[0]["found"]
    if found.count:
        return f"{found.count} {'package was' if found.count == 1 else 'packages were'} open to all"
    return "No package was open to all" if found.complete else "Too many packages to count"


def perceptions_heading(report: Report) -> str:
    """What changed in what they thought of each other."""
    return report.perceptions.finding or "What they thought before and after"


def guesses_heading(found: PerceptionsReport) -> str:
    """How many guesses were right, over all of them."""
    whole = next((one for one in found.accuracy if not one.about and not one.issue), None)
    shares = (("before", whole.before), ("after", whole.after)) if whole else ()
    told = [f"{name}, {one.right} of {one.n} guesses were right" for name, one in shares if one]
    return wording.capital("; ".join(told)) if told else "What they guessed the others prefer"


def injects_heading(report: Report) -> str:
    """How much news reached the table."""
    released = sum(one.released_at is not None for one in report.reactions)
    if not released:
        return "No news reached the table"
    answers = sum(len(one.responses or ()) for one in report.reactions)
    words = f"{wording.counted(released, 'piece')} of news"
    return wording.capital(f"{words}, {wording.counted(answers, 'answer')}" if answers else words)


def not_released(report: Report) -> Sequence[InjectReport]:
    """The injects that nobody got; only who knows of injects has any here."""
    return [one for one in report.reactions if one.released_at is None]


FOLLOWED = {
    "moves": ("move of position", "moves of position"),
    "brackets": ("bracket opened", "brackets opened"),
    "caucuses": ("caucus began", "caucuses began"),
    "calls": ("call opened", "calls opened"),
}


def that_happened(after: Sequence[Afterwards]) -> Sequence[Afterwards]:
    """What followed an inject at all."""
    return [one for one in after if one.times]


def followed(kind: str, times: int) -> str:
    """What followed an inject, in words after its number."""
    one, several = FOLLOWED[kind]
    return one if times == 1 else several


def in_figures(report: Report) -> Sequence[tuple[int, str, str]]:
    """The few numbers that a reader takes away: (number, of what, the section that tells)."""
    brackets = sum(one.opened for one in report.histories)
    moved = sum(path.moves for issue in report.issues for path in issue.paths)
    told = (
        (report.said.total, "statement", "statements", "floor"),
        (moved, "move of position", "moves of position", "positions"),
        (brackets, "bracket opened", "brackets opened", "texts"),
        (len(report.meetings.sittings), "caucus", "caucuses", "caucuses"),
        (len(report.calls), "call for a decision", "calls for a decision", "decisions"),
        (len(report.promises.standing), "commitment", "commitments", "commitments"),
    )
    return [(n, one if n == 1 else several, where) for n, one, several, where in told if n]


def mandates_heading(report: Report) -> str:
    """How far the text goes for whom, as counts."""
    crossed = sum(one.crossed for one in report.mandates)
    settled = [one for one in report.mandates if one.settled]
    if not settled:
        return "No paragraph was placed on an issue of the mandates"
    whole = sum(one.met == one.settled for one in settled)
    words = f"{wording.counted(whole, 'mandate')} met wherever the text was placed, of {wording.number(len(settled))}"
    rest = f"{wording.counted(crossed, 'red line')} crossed" if crossed else "no red line crossed"
    return wording.capital(f"{words}; {rest}")


def papers_heading(report: Report) -> str:
    """How much of what the papers raise the text speaks to."""
    said, of = sum(bool(one.options) for one in report.papers.issues), len(report.papers.issues)
    if not of:
        return "What the papers recommend, beside what was agreed"
    if not said:
        return f"The papers raise {wording.counted(of, 'question')}; no paragraph was placed on any of them"
    return f"The papers raise {wording.counted(of, 'question')}; the text speaks to {wording.number(said)}"


def taken_up(measures: Sequence[MeasureReport]) -> str:
    """How many of these became commitments."""
    n = sum(bool(one.taken_up) for one in measures)
    return wording.number(n) if n else "none"


STANDING = {
    "preferred": "as it preferred",
    "acceptable": "it could live with that",
    "outside": "outside what it could live with",
    "red_line": "on its red line",
    "open": "",
}


def standing_words(standing: str) -> str:
    """How an outcome stands to a mandate."""
    return STANDING[standing]
