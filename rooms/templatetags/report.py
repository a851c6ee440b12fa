"""What the report repeats: pictures, and numbers that open the record at the moment where they come from.

Pure: works on what the view has cut to what its reader may read. `linked` in the context: whether that reader may open
the record; where not, the same words stand there without a link.
"""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rooms.debrief import pictures, wording
from rooms.debrief.pictures.scale import by_code
from rooms.debrief.report import Report
from rooms.debrief.report_parts import Afterwards, InjectReport
from rooms.debrief.report_prepared import MeasureReport
from rooms.debrief.report_texts import TextHistory
from rooms.templatetags.room import clock_time, instant

register = template.Library()


@register.simple_tag(takes_context=True)
def picture(context: dict[str, Any], name: str, made: Any) -> SafeString:
    """A picture by the name of its module; nothing where there is none to draw."""
    return pictures.drawn(name, made, linked=context["linked"]) if made is not None else SafeString("")


@register.simple_tag(takes_context=True)
def opens(context: dict[str, Any], cursor: int | None, words: object, eyes: str = "", about: str = "") -> SafeString:
    """Words that open the record at a moment, seen from a seat if `eyes` names one. `about` is read out after them,
    for who cannot see what stands around."""
    if not cursor or not context["linked"]:
        return format_html("{}", words)
    told = format_html('<span class="sr-only">, {}</span>', about) if about else ""
    return format_html('<a href="../at/{}/{}">{}{}</a>', cursor, f"?from={eyes}" if eyes else "", words, told)


@register.simple_tag(takes_context=True)
def opens_at(context: dict[str, Any], cursor: int | None, at: int | None) -> SafeString:
    """A moment's time of day, opening it."""
    if at is None:
        return SafeString("")
    clock = format_html('<time data-at datetime="{}">{}</time>', instant(at), clock_time(at))
    return opens(context, cursor, clock)


@register.filter
def hue(code: str, report: Report) -> int:
    """The hue of a delegation of the report."""
    return by_code(report.delegations)[code].hue


@register.filter
def named(code: str, report: Report) -> str:
    """A delegation's name within a sentence."""
    return wording.within(report.name(code))


# Headings that are findings. Counts only.


@register.filter
def outcome_heading(report: Report) -> str:
    """What became of the texts, together."""
    adopted = len(report.adopted)
    if not report.texts:
        return "No text was drafted"
    of = wording.counted(len(report.texts), "text")
    if adopted == len(report.texts):
        return wording.capital(f"{of} drafted, and adopted")
    return wording.capital(f"{of} drafted, {wording.number(adopted) if adopted else 'none'} adopted")


@register.filter
def texts_history_heading(report: Report) -> str:
    """How many brackets there were, and how many are left."""
    opened, left = (sum(getattr(one, name) for one in report.histories) for name in ("opened", "left"))
    wordings = sum(len(paragraph.wordings) for one in report.histories for paragraph in one.paragraphs)
    if not opened:
        return wording.capital(f"{wording.counted(wordings, 'wording')}, and nobody put brackets")
    rest = f"{wording.number(left)} left" if left else "none left"
    return wording.capital(f"{wording.counted(opened, 'bracket')} opened, {rest}")


BECAME = {"open": "still open", "set_aside": "set aside", "withdrawn": "withdrawn with their paragraph"}


@register.filter
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


@register.filter
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


@register.filter
def promises_heading(report: Report) -> str:
    """How many commitments there are, and how many are done."""
    standing = [one for one in report.promises.commitments if one.status != "dropped"]
    verified = sum(one.verified for one in standing)
    claimed = sum(one.status == "claimed" for one in standing)
    rest = f"{wording.number(verified) if verified else 'none'} verified"
    more = f", {wording.number(claimed)} only claimed done" if claimed else ""
    return wording.capital(f"{wording.counted(len(standing), 'commitment')}, {rest}{more}")


@register.filter
def injects_heading(report: Report) -> str:
    """How much news reached the table."""
    released = sum(one.released_at is not None for one in report.reactions)
    if not released:
        return "No news reached the table"
    answers = sum(len(one.responses or ()) for one in report.reactions)
    words = f"{wording.counted(released, 'piece')} of news"
    return wording.capital(f"{words}, {wording.counted(answers, 'answer')}" if answers else words)


@register.filter
def not_released(report: Report) -> Sequence[InjectReport]:
    """The injects that nobody got; only who knows of injects has any here."""
    return [one for one in report.reactions if one.released_at is None]


FOLLOWED = {
    "moves": ("move of position", "moves of position"),
    "brackets": ("bracket opened", "brackets opened"),
    "caucuses": ("caucus began", "caucuses began"),
    "calls": ("call opened", "calls opened"),
}


@register.filter
def that_happened(after: Sequence[Afterwards]) -> Sequence[Afterwards]:
    """What followed an inject at all."""
    return [one for one in after if one.times]


@register.filter
def followed(kind: str, times: int) -> str:
    """What followed an inject, in words after its number."""
    one, several = FOLLOWED[kind]
    return one if times == 1 else several


@register.filter
def in_figures(report: Report) -> Sequence[tuple[int, str, str]]:
    """The few numbers that a reader takes away: (number, of what, the section that tells)."""
    brackets = sum(one.opened for one in report.histories)
    moved = sum(path.moves for issue in report.issues for path in issue.paths)
    standing = sum(one.status != "dropped" for one in report.promises.commitments)
    told = (
        (report.said.total, "statements", "floor"),
        (moved, "moves of position", "positions"),
        (brackets, "brackets opened", "texts"),
        (len(report.meetings.sittings), "caucuses", "caucuses"),
        (len(report.calls), "calls for a decision", "decisions"),
        (standing, "commitments", "commitments"),
    )
    return [(n, words if n != 1 else _single(words), where) for n, words, where in told if n]


def _single(words: str) -> str:
    return {
        "statements": "statement",
        "moves of position": "move of position",
        "brackets opened": "bracket opened",
        "caucuses": "caucus",
        "calls for a decision": "call for a decision",
        "commitments": "commitment",
    }[words]


@register.filter
def mandates_heading(report: Report) -> str:
    """How far the text goes for whom, as counts."""
    crossed = sum(one.crossed for one in report.mandates)
    settled = [one for one in report.mandates if one.settled]
    if not settled:
        return "The text settles none of the issues in the mandates"
    whole = sum(one.met == one.settled for one in settled)
    words = f"{wording.counted(whole, 'mandate')} met wherever the text speaks, of {wording.number(len(settled))}"
    rest = f"{wording.counted(crossed, 'red line')} crossed" if crossed else "no red line crossed"
    return wording.capital(f"{words}; {rest}")


@register.filter
def papers_heading(report: Report) -> str:
    """How much of what the papers raise the text speaks to."""
    said, of = sum(bool(one.options) for one in report.papers.issues), len(report.papers.issues)
    if not of:
        return "What the papers recommend, beside what was agreed"
    if not said:
        return f"The papers raise {wording.counted(of, 'question')}; the text answers none of them"
    return f"The papers raise {wording.counted(of, 'question')}; the text speaks to {wording.number(said)}"


@register.filter
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


@register.filter
def standing_words(standing: str) -> str:
    """How an outcome stands to a mandate."""
    return STANDING[standing]
