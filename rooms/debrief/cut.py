"""The report cut to the parts of it that a reader is given: what is left out is nowhere in what remains.

Parts are those of `sharing.PARTS`. A figure that counts something of another part goes with that part, too: a timeline
without the calls has no line about one.
"""

from collections.abc import Collection
from dataclasses import replace

from rooms.debrief import findings
from rooms.debrief.report import Report, Said
from rooms.debrief.report_parts import InjectReport, Meetings, Moment, OnePage, Promises, Quotes
from rooms.debrief.report_perceptions import PerceptionsReport
from rooms.debrief.report_prepared import Papers
from rooms.debrief.report_texts import TextHistory
from rooms.debrief.report_wash import WashReport

# What a moment of the timeline tells of, by its kind; of the others there is nothing to hide.
OF_KIND = {
    "positions": "positions",
    "texts": "texts",
    "decisions": "decisions",
    "commitments": "commitments",
    "caucuses": "caucuses",
    "injects": "injects",
    "floor": "floor",
}
# The same for what followed an inject, went before the end of a bracket, or went on without somebody.
OF_SIGN = {
    "moves": "positions",
    "brackets": "texts",
    "calls": "decisions",
    "caucus": "caucuses",
    "inject": "injects",
    "statement": "floor",
    **OF_KIND,
}
# What one must know of to be told what each delegation had when something was decided.
KNOWN_THEN = ("decisions", "positions", "texts", "caucuses", "injects")
TAKING_PART = ("caucuses", "floor", "positions", "decisions")

# What stands beside the thing itself all through, so that it is shown only to whom both are.
BESIDE = {
    "mandates": ("outcome", "positions"),
    "papers": ("outcome", "commitments"),
    "packages": ("positions",),
}


def may_stand(part: str, shown: Collection[str]) -> bool:
    """Whether a part is shown, and all that stands beside it."""
    return part in shown and all(one in shown for one in BESIDE.get(part, ()))


def cut(report: Report, shown: Collection[str]) -> Report:
    """The report with nothing in it but the parts named."""
    made = report
    if "outcome" not in shown:
        made = replace(made, headline="", texts=())
    if "positions" not in shown:
        seated = [one for one in made.delegations if one.seated]
        unfiled = set(findings.unfiled(seated, made.issues))
        told = replace(made.perceptions, guesses=(), accuracy=(), finding="")
        limits = tuple(line for line in made.limits if line not in unfiled)
        made = replace(made, issues=(), perceptions=told, limits=limits)
    if "decisions" not in shown:
        made = replace(made, calls=())
    if not all(part in shown for part in KNOWN_THEN):
        made = replace(made, decision_points=())
    if "texts" not in shown:
        made = replace(made, histories=())
    if "commitments" not in shown:
        made = replace(made, promises=Promises())
    if "floor" not in shown:
        made = replace(made, speaking=(), statements=(), said=Said(0, 0, 0, 0, 0), quotes=Quotes())
    if not may_stand("mandates", shown):
        made = replace(made, mandates=())
    if not may_stand("papers", shown):
        made = replace(made, papers=Papers())
    if "history" not in shown:
        made = replace(made, in_fact=())
    if "perceptions" not in shown:
        made = replace(made, perceptions=PerceptionsReport())
    if "wash" not in shown:
        made = replace(made, wash=WashReport())
    return replace(
        made,
        histories=tuple(_history(one, shown) for one in made.histories),
        meetings=_meetings(made.meetings, shown),
        reactions=tuple(_reaction(one, shown) for one in made.reactions) if "injects" in shown else (),
        timeline=_told(made.timeline, shown),
        one_page=_page(made.one_page, shown),
    )


def _told(moments: tuple[Moment, ...], shown: Collection[str]) -> tuple[Moment, ...]:
    if "timeline" not in shown:
        return ()
    return tuple(one for one in moments if OF_KIND.get(one.kind, "timeline") in shown)


def _page(page: OnePage, shown: Collection[str]) -> OnePage:
    moments = _told(page.moments, shown)
    return page if moments == page.moments else OnePage("", 0, moments)


def _history(text: TextHistory, shown: Collection[str]) -> TextHistory:
    brackets = tuple(
        replace(one, before=tuple(sign for sign in one.before if OF_SIGN.get(sign.kind, "texts") in shown))
        for one in text.brackets
    )
    return replace(text, brackets=brackets)


def _reaction(one: InjectReport, shown: Collection[str]) -> InjectReport:
    return replace(one, after=tuple(sign for sign in one.after if OF_SIGN.get(sign.kind, "injects") in shown))


def _meetings(meetings: Meetings, shown: Collection[str]) -> Meetings:
    """Who asked whom belongs to the floor; what each took part in counts of four parts at once."""
    exchanges = meetings.exchanges if "floor" in shown else ()
    if "caucuses" not in shown:
        return Meetings(exchanges=exchanges)
    if all(part in shown for part in TAKING_PART):
        return meetings
    left_out = tuple(one for one in meetings.left_out if _of_left_out(one.kind) in shown)
    return replace(meetings, presence=(), left_out=left_out, exchanges=exchanges)


def _of_left_out(kind: str) -> str:
    return OF_SIGN.get(kind, kind)
