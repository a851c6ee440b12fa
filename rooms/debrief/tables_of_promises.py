"""The tables about commitments: each of them, what waits for what, who gives how much to whom, what does not hold."""

from collections.abc import Iterator
from typing import Any

from rooms.debrief import wording
from rooms.debrief.cells import CODE, CODES, CURSOR, WHEN
from rooms.debrief.report import Report

Values = Iterator[tuple[Any, ...]]
LIVES = "proposed, dormant, due, claimed, verified, disputed, overdue, suspended, waived or dropped"
COLUMNS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "commitments": (
        ("commitment", "identifier of the commitment", ""),
        ("label", "what the room called it", ""),
        ("act", "what is to be done", ""),
        ("actor", "who is to do it", CODE),
        ("beneficiary", "for whom; empty for all others", CODE),
        ("verifier", "who verifies it: a delegation, the chair, another body, or nobody", ""),
        ("standard", "how it can be measured", ""),
        ("track", "of which track it is", ""),
        ("horizon", "short, mid or long", ""),
        ("date", "by when, in words", ""),
        ("status", LIVES, ""),
        ("document", "identifier of the text it rests on", ""),
        ("paragraph", "identifier of the paragraph", ""),
        ("drawn_at", "when it was drawn", WHEN),
        ("cursor", "where in the record", CURSOR),
        ("moved_at", "when something became of it last", WHEN),
        ("moved_cursor", "where in the record", CURSOR),
        ("claims", "how often it was claimed done", "claims"),
        ("overdue", "it was overdue at some moment", "yes or no"),
        ("withheld", "it was held back at some moment", "yes or no"),
        ("verified", "it is verified", "yes or no"),
        ("place", "which step of the road map it belongs to; empty if it is linked with nothing", "count from 1"),
        ("waits_for", "what it waits for, with blanks between", ""),
    ),
    "commitment_links": (
        ("first", "what is waited for", ""),
        ("second", "what waits for it, or goes with it", ""),
        ("kind", "parallel, after or verification", ""),
        ("met", "it need not wait any more", "yes or no"),
        ("cursor", "where in the record they were linked", CURSOR),
    ),
    "commitment_counts": (
        ("by", "status, link, horizon or track", ""),
        ("kind", "which one", ""),
        ("times", "how many", "commitments or links"),
        ("which", "their labels, with commas between", ""),
    ),
    "commitment_balance": (
        ("delegation", "who", CODE),
        ("gives", "what it is to do", "commitments"),
        ("given", "of that, claimed done or verified", "commitments"),
        ("receives", "what it is to receive; what is for all is received by each of the others", "commitments"),
        ("received", "of that, claimed done or verified", "commitments"),
        ("first", "of its own, for which others wait while these wait for nothing", "commitments"),
    ),
    "commitments_to_whom": (
        ("actor", "who", CODE),
        ("beneficiary", "for whom; empty for all others", CODE),
        ("times", "how many", "commitments"),
        ("done", "of these, claimed done or verified", "commitments"),
        ("which", "their labels, with blanks between", ""),
    ),
    "commitment_warnings": (
        ("kind", "circle, unpromised, front_loaded, no_verifier or no_text", ""),
        ("about", "the labels of those concerned, with blanks between", ""),
        ("delegations", "who acts first, then for whom, if that is what it is about", CODES),
        ("sentence", "the same in words", ""),
    ),
}


def rows(report: Report) -> dict[str, Values]:
    """The rows of these tables, by table."""
    made = report.promises
    return {
        "commitments": _commitments(report),
        "commitment_links": ((one.first, one.second, one.kind, one.met, one.cursor) for one in made.waits),
        "commitment_counts": _counts(report),
        "commitment_balance": _balance(report),
        "commitments_to_whom": (
            (one.actor, one.beneficiary, one.times, one.done, " ".join(one.which)) for one in made.to_whom
        ),
        "commitment_warnings": (
            (one.kind, " ".join(one.about), " ".join(one.delegations), one.sentence) for one in made.warnings
        ),
    }


def _commitments(report: Report) -> Values:
    for one in report.promises.commitments:
        who = (one.commitment, one.label, one.act, one.actor, one.beneficiary, one.verifier_name)
        what = (one.standard, one.track, one.horizon, one.date, one.status, one.document, one.paragraph)
        drawn, moved = wording.instant(one.drawn_at), wording.instant(one.moved_at)
        lived = (one.claims, one.overdue, one.withheld, one.verified, one.place, " ".join(one.waits_for))
        yield *who, *what, drawn, one.cursor, moved, one.moved_cursor, *lived


def _counts(report: Report) -> Values:
    made = report.promises
    by = (("status", made.by_status), ("link", made.by_link), ("horizon", made.by_horizon), ("track", made.by_track))
    for name, tallies in by:
        yield from ((name, one.kind, one.times, ", ".join(one.which)) for one in tallies)


def _balance(report: Report) -> Values:
    for one in report.promises.balance:
        yield one.delegation, one.gives, one.given, one.receives, one.received, one.first
