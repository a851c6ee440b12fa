"""The hot wash in the report's page of Markdown."""

from collections.abc import Iterator, Sequence

from rooms.debrief.marked import clock, plain
from rooms.debrief.report import Report
from rooms.debrief.report_wash import NoteReport


def hot_wash(report: Report) -> Iterator[str]:
    """Its phases, the board, the moments that were talked about."""
    held = report.wash
    if not held.phases:
        return
    yield "## Hot wash"
    yield f"{plain(held.finding)}. {held.out} of {held.of} who played somebody stepped out of role."
    yield "\n".join(f"- {clock(one.at)} {plain(one.title)}" for one in held.phases)
    for title, notes in (("Keep", held.plus), ("Change", held.delta), ("Thoughts", held.thoughts)):
        yield from _notes(title, notes)
    if held.moments:
        yield "### Moments taken up"
        yield "\n".join(f"- {clock(one.instant)} {plain(one.text) or 'no words'}" for one in held.moments)


def _notes(title: str, notes: Sequence[NoteReport]) -> Iterator[str]:
    if notes:
        yield f"### {title}"
        yield "\n".join(f"- {plain(one.text)} ({plain(one.phase_title)})" for one in notes)
