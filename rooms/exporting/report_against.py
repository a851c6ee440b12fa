"""Sections of a report on paper that hold the session against what had been prepared: mandates, papers, what in fact
happened, and the packages that were open to all."""

from collections.abc import Iterator, Mapping
from typing import Any

from rooms.debrief import headings, wording
from rooms.debrief.report import Report
from rooms.debrief.report_prepared import Landed, MandateLine, MandateReport, MeasureReport
from rooms.exporting.blocks import Block, Heading, Listing, Material, Table, Wordings, Words
from rooms.exporting.report_words import NOT_TOLD, cited, joined, names, several


def mandates(material: Material) -> Iterator[Block]:
    """Each mandate beside the outcome."""
    yield Words(
        "The outcome on an issue is the option at which the chair placed the text. A mandate is where a delegation"
        " began; what it gave up may have bought it something else.",
        hint=True,
    )
    for one in material.report.mandates:
        yield from _mandate(material, one)


def _mandate(material: Material, one: MandateReport) -> Iterator[Block]:
    yield Heading(one.name)
    yield Words(one.sentence)
    rows = tuple(_mandate_line(material, line) for line in one.lines)
    yield Table(("Issue", "The mandate", "Last declared", "In the text"), rows, (4, 12, 3, 3), titled=(0, 1))
    if one.red_lines:
        yield Words(f"Its red lines in words, which nobody counts: {' '.join(one.red_lines)}", hint=True)


def _mandate_line(material: Material, line: MandateLine) -> tuple[str, ...]:
    declared = joined(line.declared, headings.standing_words(line.declared_standing)) if line.declared else ""
    landed = joined(", ".join(line.landed), headings.standing_words(line.standing)) if line.landed else ""
    return (
        joined(line.title, f"priority {line.priority}" if line.priority else ""),
        joined(
            f"{line.preferred} {line.preferred_label}",
            f"could live with {', '.join(line.acceptable)}" if line.acceptable else "",
            f"not {', '.join(line.red_lines)}" if line.red_lines else "",
            line.text,
            cited(material, line.sources),
        ),
        declared or "nothing in public",
        landed or "not placed on it",
    )


def papers(material: Material) -> Iterator[Block]:
    """What the papers say, beside what this session wrote."""
    made = material.report.papers
    yield Words(
        "On the left what the papers say, in the words of the exercise and with the place where each says it; on the"
        " right what this session wrote. Whether it is the same thing is yours to judge.",
        hint=True,
    )
    facing = ("What the papers say", "What this session wrote")
    if made.issues:
        yield Heading("The questions they raise")
        yield Table(facing, tuple(_landed(material, one) for one in made.issues), (1, 1), titled=(0, 1))
    if made.unplaced:
        placed = several(len(made.unplaced), "paragraph")
        yield Heading(f"What was written, and placed on no issue: {placed}")
        yield Wordings(tuple(("", one, "") for one in made.unplaced))
    if made.measures:
        yield Heading("The steps of their road map")
        steps = several(len(made.measures), "step")
        yield Words(wording.sentence(f"{steps}, {headings.taken_up(made.measures)} taken up"), hint=True)
        yield Table(facing, tuple(_measure(material, one) for one in made.measures), (1, 1), titled=(0,))
    if made.recommendations:
        yield Heading("What they recommend")
        rows = tuple((one.name, one.text, cited(material, one.sources)) for one in made.recommendations)
        yield Table(("For", "Recommendation", "Place"), rows, (2, 7, 4))


def _landed(material: Material, one: Landed) -> tuple[str, str]:
    if not one.options:
        return joined(one.title, one.question, cited(material, one.sources)), "No paragraph was placed on it."
    option = f"{wording.capital(one.by)}: {' and '.join(one.labels)}"
    return joined(one.title, one.question, cited(material, one.sources)), joined(option, *one.paragraphs)


def _measure(material: Material, one: MeasureReport) -> tuple[str, str]:
    place = ", ".join(filter(None, (one.track, one.horizon)))
    taken = [f"{each.label} {each.status}: {each.act}" for each in one.taken_up]
    return joined(place, one.text, cited(material, one.sources)), joined(*taken) or "Nobody took it up."


def history(material: Material) -> Iterator[Block]:
    """What the governments did."""
    for one in material.report.in_fact:
        if one.heading:
            yield Heading(one.heading)
        yield Words(one.text)
        if place := cited(material, one.sources):
            yield Words(place, hint=True)
    yield Words("What happened is not the right answer: it is one run, with other people.", hint=True)


def packages(material: Material) -> Iterator[Block]:
    """What the package finder says, on each basis."""
    yield Words(
        "A package is one option for each issue. Conditions on other issues are weighed, conditions in words are not.",
        hint=True,
    )
    for basis in material.bases:
        declared = basis["key"] == "declared"
        yield Heading("By what was on the table at the end" if declared else "By the mandates, for the moderator alone")
        yield from _basis(material.report, basis)


def _basis(report: Report, basis: Mapping[str, Any]) -> Iterator[Block]:
    found, beyond = basis["found"], basis["beyond"]
    if found.count:
        efficient = f" {found.efficient} efficient: nobody could get more without somebody getting less."
        count = f"{found.count} of {several(basis['possible'], 'package')} acceptable to all;"
        yield Words(f"{count}{efficient}" if found.complete else f"{count[:-1]}. The search stopped early.")
    elif found.complete:
        yield Words("No package is acceptable to all.")
    else:
        yield Words("The search stopped early: there are too many combinations of conditions to count.")
    if basis["blocked"]:
        yield Listing(
            tuple(
                f"{row['issue'].title}: every option leaves somebody out: "
                + "; ".join(f"“{option.id}” {names(report, codes)}" for option, codes in row["options"])
                + "."
                for row in basis["blocked"]
            )
        )
    if beyond:
        yield Words(
            f"{several(beyond.count, 'package')} on nobody’s red line, if each gives way where its mandate is silent."
            if beyond.count
            else "Every package crosses somebody’s red line."
        )
    yield from _best(report, basis)
    if basis["unknown"]:
        who = names(report, basis["unknown"])
        yield Words(f"Of {who} not everything is known; there, any option counts as acceptable.", hint=True)


def _best(report: Report, basis: Mapping[str, Any]) -> Iterator[Block]:
    """The best packages, a column each; below them how near each delegation comes to all it prefers."""
    rows = basis["rows"]
    if not rows or not rows[0]["cells"]:
        return
    text = bool(basis["text"])
    count = len(rows[0]["cells"])
    header = ("Issue", *(["Text"] if text else []), *map(str, range(1, count + 1)))
    options = [
        (
            row["issue"].title,
            *([row["text"].id if row["text"] else NOT_TOLD] if text else []),
            *(option.id for option, _moved in row["cells"]),
        )
        for row in rows
    ]
    near = [
        (report.name(code), *([""] if text else []), *(f"{one} %" for one, _asked in shares))
        for code, shares in basis["nearness"]
    ]
    figures = tuple(range(1, len(header)))
    yield Table(header, (*options, *near), (5, *([1] * (len(header) - 1))), figures)
    yield Words("In per cent: how near each delegation comes to all it prefers.", hint=True)
