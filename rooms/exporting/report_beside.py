"""Sections of a report on paper, second half: what was promised, news, perceptions, the hot wash, rules and limits."""

from collections.abc import Iterator
from itertools import groupby

from rooms.debrief import headings, wording
from rooms.debrief.report import Report
from rooms.debrief.report_parts import CommitmentReport, InjectReport
from rooms.debrief.report_perceptions import Figure as Median
from rooms.debrief.report_perceptions import Guess
from rooms.debrief.report_wash import NoteReport
from rooms.exporting.blocks import Block, Heading, Listing, Material, Quote, Table, Words
from rooms.exporting.report_words import NOT_TOLD, figure, joined, several, when, within

# Promises


def commitments(material: Material) -> Iterator[Block]:
    """Who is to do what, in which order, and what stands in the way."""
    report, made = material.report, material.report.promises
    caption = "Who is to do, who is to receive, in commitments. Filled: claimed done or verified."
    yield from figure("balance", material.pictures.get("balance"), caption)
    if made.balance:
        balance = tuple(
            (one.name, *map(str, (one.gives, one.given, one.receives, one.received, one.first))) for one in made.balance
        )
        header = ("Delegation", "Is to do", "Has done", "Is to receive", "Has received", "Acts first in")
        yield Table(header, balance, (4, 2, 2, 2, 2, 2), (1, 2, 3, 4, 5))
    caption = "In which order. A whole line: waits until it is done. A broken line: waits until it is verified."
    yield from figure("roadmap", material.pictures.get("roadmap"), caption)
    if made.waits:
        yield Listing(tuple(wording.sentence(headings.waits(one)) for one in made.waits))
    if made.warnings:
        yield Heading("What stands in the way")
        yield Listing(tuple(one.sentence for one in made.warnings))
    yield Heading("Every commitment")
    rows = tuple(_commitment(report, one) for one in made.commitments)
    yield Table(("", "Who, for whom", "Does what", "Waits for", "At the end"), rows, (1, 3, 7, 2, 3), said=(2,))


def _commitment(report: Report, one: CommitmentReport) -> tuple[str, ...]:
    whom = within(report, one.beneficiary) if one.beneficiary else "all"
    measured = f"Measured by: {one.standard}" if one.standard else ""
    verifier = f"Verified by: {wording.within(one.verifier_name)}" if one.verifier_name else ""
    return (
        one.label,
        joined(f"{one.actor_name}, for {whom}", f"drawn {when(report, one.drawn_at)}"),
        joined(one.act, measured, verifier),
        ", ".join(one.waits_for),
        joined(
            f"{one.status}, {when(report, one.moved_at)}",
            "was overdue" if one.overdue and one.status != "overdue" else "",
            "was held back" if one.withheld and one.status != "suspended" else "",
        ),
    )


# News


def injects(material: Material) -> Iterator[Block]:
    """What reached the table, and what followed."""
    report = material.report
    for one in report.reactions:
        if one.released_at is not None:
            yield from _inject(report, one)
    if held := headings.not_released(report):
        yield Heading("Prepared and not released")
        yield Listing(
            tuple(
                wording.sentence(". ".join(filter(None, (str(one.number or ""), one.title, one.planned, one.outcome))))
                for one in held
            )
        )


def _inject(report: Report, one: InjectReport) -> Iterator[Block]:
    yield Heading(f"{f'Inject {one.number}. ' if one.number else ''}{one.title}")
    source, to = f", from {one.sender}" if one.sender else "", f", to {one.to_words}" if one.to_words else ""
    into = f", {headings.in_minutes(one.into_ms)} into the session"
    yield Words(f"{when(report, one.released_at)}{into}{source}{to}", hint=True)
    if one.seats:
        half = f", half of them within {wording.lasting(one.median_ms)}" if one.median_ms is not None else ""
        yield Words(f"{one.seen} of {several(one.seats, 'seat')} read it{half}.")
    for each in one.responses or ():
        yield Quote(each.text, f"{each.name}, {when(report, each.at)}")
    if after := headings.that_happened(one.after):
        told = "; ".join(f"{each.times} {headings.followed(each.kind, each.times)}" for each in after)
        yield Words(f"Within ten minutes: {told}. A sequence, not a cause.", hint=True)
    facts = (("Meant to", one.objective), ("Expected", one.expected), ("What came of it", one.outcome))
    if told_facts := tuple(row for row in facts if row[1]):
        yield Table(("", ""), told_facts, (2, 8))


# Perceptions


UNTOLD = {"none": NOT_TOLD, "few": "too few", "kept": "kept back", "told": ""}


def perceptions(material: Material) -> Iterator[Block]:
    """Medians before and after, guesses against what was declared; never a person."""
    report, found = material.report, material.report.perceptions
    rounds = [
        f"The questions {one.name}: "
        + ("still open." if one.counted_at is None else f"{several(one.n, 'person', 'people')} answered.")
        for one in found.rounds
    ]
    yield Words(
        f"{' '.join(rounds)} Medians and numbers of sealed answers, from 1 to 7; of fewer than {found.fewest} nothing"
        " is told.",
        hint=True,
    )
    if found.conflict or found.trust:
        rows = tuple(
            (
                f"Trust in {within(report, one.about)}" if one.about else "Conflict is likely",
                report.name(one.by) if one.by else "all",
                *(_median(one.before), str(one.before.n), _median(one.after), str(one.after.n)),
                NOT_TOLD if one.change is None else f"{one.change:+g}" if one.change else "0",
            )
            for one in (*found.conflict, *found.trust)
        )
        header = ("Question", "Answers of", "Before", "n", "After", "n", "Change")
        yield Table(header, rows, (5, 4, 2, 1, 2, 1, 2), (2, 3, 4, 5, 6))
    if found.guessed:
        yield Heading(headings.guesses_heading(found))
        yield Words(
            "A guess before is held against the first option that the delegation declared in public, a guess after"
            " against the last one. A public position need not be the whole truth.",
            hint=True,
        )
        guesses = tuple(
            (report.name(about), title, *_guess(before), *_guess(after))
            for about, title, before, after in found.guessed
        )
        guess_header = ("About", "Issue", "Guessed before", "Declared first", "Guessed after", "Declared last")
        yield Table(guess_header, guesses, (3, 4, 3, 4, 3, 4))
    if found.limits:
        yield Listing(found.limits)


def _median(one: Median) -> str:
    return f"{one.median:g}" if one.median is not None else UNTOLD[one.status]


def _guess(one: Guess | None) -> tuple[str, str]:
    if one is None:
        return NOT_TOLD, NOT_TOLD
    named = "\n".join(
        f"{each.option} × {each.times}{', right' if each.is_truth else ''}" for each in one.named if each.times
    )
    told = named or f"n {one.n}, {UNTOLD[one.status] or NOT_TOLD}"
    return told, f"{one.truth} {one.truth_label}" if one.truth else "nothing"


# The hot wash, rules, limits


def wash(material: Material) -> Iterator[Block]:
    """The board, and the moments they talked about. Nobody signed a note."""
    report, held = material.report, material.report.wash
    told = [wording.listed([f"{one.title} at {when(report, one.at)}" for one in held.phases]) + "."]
    if held.of:
        told.append(f"{held.out} of {held.of} who played somebody stepped out of role.")
    if held.taken_down:
        told.append(f"The chair took {several(held.taken_down, 'note')} off the board.")
    yield Words(" ".join(told))
    if held.plus or held.delta:
        longest = max(len(held.plus), len(held.delta))
        rows = tuple((_note(held.plus, n), _note(held.delta, n)) for n in range(longest))
        yield Table((f"+ Keep: {len(held.plus)}", f"Δ Change: {len(held.delta)}"), rows, (1, 1), said=(0, 1))
    for title, notes in groupby(held.thoughts, key=lambda one: one.phase_title):
        yield Heading(title)
        for one in notes:
            yield Quote(one.text, "")
    if held.moments:
        yield Heading("Moments they talked about")
        marked = tuple(
            (when(report, one.instant), one.text or "A moment the chair had marked", one.item_title)
            for one in held.moments
        )
        yield Table(("When", "Marked as", "Item"), marked, (1, 6, 4), said=(1,))
    yield Words("Nobody signed a note.", hint=True)


def _note(notes: tuple[NoteReport, ...], n: int) -> str:
    return notes[n].text if n < len(notes) else ""


def rules(material: Material) -> Iterator[Block]:
    """What was agreed before anybody spoke."""
    report = material.report
    pauses = f", and {headings.in_minutes(report.paused_ms)} of pause" if report.paused_ms else ""
    adjourned = "; adjourned in between" if report.adjourned_ms else ""
    rows = (
        ("Attribution", report.rules.words),
        *((f"“{one.title}”", one.words) for one in report.rules.items),
        *([("The aim", report.rules.aim)] if report.rules.aim else []),
        ("Exercise", joined(report.scenario, report.moment)),
        ("Format", report.rules.format_name),
        ("Decisions", f"by {report.rules.decision}, to end in a {report.rules.output}"),
        ("In session", f"{headings.in_minutes(report.live_ms)}{pauses}{adjourned}"),
    )
    yield Table(("", ""), rows, (3, 8))


def limits(material: Material) -> Iterator[Block]:
    """What no reader should conclude."""
    yield Listing(material.report.limits)
    yield Words("Counts of one session describe it. They grade nobody.", hint=True)


def forks(material: Material) -> Iterator[Block]:
    """Where this session comes from, and which go on from it."""
    made, report = material.state.forks, material.report
    who = {True: "the same people", False: "other people"}
    if made.origin:
        one = made.origin
        day = headings.day(one.moment)
        yield Words(f"It goes on from “{one.title}”, {when(report, one.moment)}, {day}, with {who[one.same_people]}.")
    if made.made:
        yield Listing(
            tuple(f"“{one.title}”, from {when(report, one.moment)}, with {who[one.same_people]}." for one in made.made)
        )
