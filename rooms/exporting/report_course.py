"""Sections of a report on paper, first half: what came of it, the session on one page, decisions, positions, texts, who
met whom, the floor, the timeline."""

from collections.abc import Iterator

from rooms.debrief import headings, wording
from rooms.debrief.report import AgendaLine, CallReport, IssueReport, Report, TextReport
from rooms.debrief.report_parts import DecisionPoint, Moment
from rooms.debrief.report_texts import BracketStory, ParagraphStory, TextHistory
from rooms.exporting.blocks import Block, Heading, Listing, Material, Quote, Table, Wordings, Words
from rooms.exporting.report_words import NOT_TOLD, figure, joined, known, names, several, when, within

# What came of it


def outcome(material: Material) -> Iterator[Block]:
    """The texts as they stand, and what was issued."""
    report, issued = material.report, material.state.outputs.issued
    for text in report.texts:
        yield from _text(report, text)
    if issued:
        yield Heading("Issued")
        rows = tuple((when(report, one.at), one.title, joined(one.label, one.status)) for one in issued)
        yield Table(("When", "Title", "What it is"), rows, (1, 4, 5), said=(1,))
    if not report.texts and not issued:
        yield Words("No text was drafted, and nothing was issued. What came of it is what was said.")


def _text(report: Report, text: TextReport) -> Iterator[Block]:
    yield Heading(text.title)
    adopted = f", {when(report, text.adopted_at)}" if text.adopted_at else ""
    yield Words(f"{headings.text_heading(text)}{adopted}. {wording.sentence(text.label)}", hint=True)
    if not text.paragraphs:
        yield Words("No paragraph stands in it.")
    yield Wordings(
        tuple(
            (
                one.called,
                one.text,
                f"Proposed by {wording.within(one.proposer_name)}"
                + (f", {one.versions} wordings" if one.versions > 1 else ""),
            )
            for one in text.paragraphs
        )
    )
    for aside in text.stand_asides:
        yield Quote(aside.reason, f"{aside.name} stood aside")
    if text.taken_off:
        were = "was" if text.taken_off == 1 else "were"
        more = f"{several(text.taken_off, 'more paragraph')} {were} proposed and taken off the table."
        yield Words(more, hint=True)


# The session on one page


def one_page(material: Material) -> Iterator[Block]:
    """The strip, the short timeline, the agenda."""
    report, strip = material.report, material.pictures.get("strip")
    caption = "Minutes in session, from left to right. Signs are told below, thin lines in the whole timeline."
    yield from figure("strip", strip, caption + (" Dotted: the clocks stood." if strip and strip.stops else ""))
    if report.one_page.moments:
        yield moments(report, report.one_page.moments)
        yield Words(report.one_page.rule, hint=True)
    if report.agenda:
        yield Heading("The agenda, planned and actual")
        rows = tuple((one.title, _planned(one), _took(one), _note(one)) for one in report.agenda)
        yield Table(("Item", "Planned", "Took", "What is to be said of it"), rows, (5, 2, 2, 5), (1, 2))


def moments(report: Report, told: tuple[Moment, ...]) -> Table:
    """Lines of the timeline."""
    return Table(("When", "What happened"), tuple((when(report, one.at), one.sentence) for one in told), (1, 9))


def _planned(line: AgendaLine) -> str:
    return f"{line.planned_minutes} min" + (f" + {line.extended_minutes}" if line.extended_minutes else "")


def _took(line: AgendaLine) -> str:
    return NOT_TOLD if line.actual_ms is None else wording.lasting(line.actual_ms)


def _note(line: AgendaLine) -> str:
    if line.status == "skipped":
        return f"Left out{f': {line.note}' if line.note else ''}"
    return "Never begun" if line.actual_ms is None else line.note


def timeline(material: Material) -> Iterator[Block]:
    """All of it."""
    if material.report.timeline:
        yield moments(material.report, material.report.timeline)


# Decisions


def decisions(material: Material) -> Iterator[Block]:
    """Each call, and what each side knew then."""
    report = material.report
    if not report.calls:
        yield Words(
            "A text is agreed when the chair puts it to the delegations and none of them objects. The chair put none."
        )
    for call in report.calls:
        yield from _call(report, call)
    if report.decision_points:
        yield Heading("What each side knew then")
        yield Words("A dash: this record does not tell.", hint=True)
    for point in report.decision_points:
        yield from _point(report, point)


def _call(report: Report, call: CallReport) -> Iterator[Block]:
    yield Heading(call.result)
    how = f". {call.in_words}" if call.kind != "consensus" else "."
    yield Words(
        f"{wording.capital(call.what)}, put at {when(report, call.opened_at)} under the rule of {call.rule}{how}"
    )
    rows = tuple((one.name, wording.capital(one.words), one.reason) for one in call.answers)
    yield Table(("Delegation", "Answer", "Reason"), rows, (3, 3, 8), said=(2,))
    if call.put:
        yield Words("The amendment as it was put:" if call.amendment else "The text as it was put:", hint=True)
        yield Wordings(tuple((str(one.number), one.text, "") for one in call.put))


def _point(report: Report, point: DecisionPoint) -> Iterator[Block]:
    what = f"the capital of {within(report, point.delegation)} on {point.what}" if point.delegation else point.what
    text = f"; the text had {several(point.paragraphs, 'paragraph')} with {several(point.brackets, 'open bracket')}"
    told = f"By then {headings.in_minutes(point.into_ms)} had run{text if point.paragraphs else ''}."
    yield Words(f"{when(report, point.at)}, {what}: {point.result} {told}")
    rows = tuple(
        (
            *(one.name, str(one.people), str(one.filed)),
            *(known(one.news), known(one.caucuses), known(one.instructions)),
        )
        for one in point.knew
    )
    if rows:
        header = ("Delegation", "People", "Positions filed", "News received", "Caucuses sat in", "Instructions")
        yield Table(header, rows, (4, 2, 2, 2, 2, 2), (1, 2, 3, 4, 5))


# Positions


def positions(material: Material) -> Iterator[Block]:
    """Each issue on which somebody declared anything."""
    report = material.report
    yield Words(
        "Public positions only. Each band is an option, each line a delegation through the session: a ring where it"
        " first declared, a dot where it filed again.",
        hint=True,
    )
    for issue in report.issues:
        if issue.paths:
            yield from _issue(material, issue)
    if unfiled := headings.without_positions(report):
        yield Words(f"No delegation declared a public position on {unfiled}.", hint=True)


def _issue(material: Material, issue: IssueReport) -> Iterator[Block]:
    report = material.report
    yield Heading(issue.title)
    yield Words(f"{issue.question} {issue.finding}")
    yield from figure("positions", material.pictures.get("positions", {}).get(issue.id), "")
    rows = tuple(
        (
            report.name(path.delegation),
            when(report, one.at),
            f"{one.preferred} {one.label}",
            ", ".join(one.acceptable),
            joined(one.conditions, one.reason, f"Cites {'; '.join(one.sources)}" if one.sources else ""),
        )
        for path in issue.paths
        for one in path.filed
    )
    header = ("Delegation", "When", "Prefers", "Can live with", "Conditions and reason")
    yield Table(header, rows, (3, 2, 5, 2, 7), said=(4,))
    if issue.silent:
        yield Words(wording.sentence(f"Declared nothing: {names(report, issue.silent)}"), hint=True)


# How the text came about


def texts(material: Material) -> Iterator[Block]:
    """The history of each text: its brackets, its wordings, its amendments."""
    for text in material.report.histories:
        yield from _history(material, text)


def _history(material: Material, text: TextHistory) -> Iterator[Block]:
    report, drawn = material.report, material.pictures
    yield Heading(text.title)
    yield Words(f"Opened at {when(report, text.opened_at)}. {headings.brackets_told(text)}")
    if text.opened:
        burn, brackets = (drawn.get(name, {}).get(text.document) for name in ("burn", "brackets"))
        yield from figure("burn", burn, "Open brackets through the session")
        yield Table(
            ("From", "Open brackets"), tuple((when(report, one.at), str(one.open)) for one in text.burn), (), (1,)
        )
        yield from figure("brackets", brackets, "Each bracket, from who opened it to how it ended")
        header = ("Paragraph, words", "Opened", "Held by, offered", "Ended", "Shortly before its end")
        rows = tuple(_bracket(report, one) for one in text.brackets)
        yield Table(header, rows, (4, 3, 4, 4, 5), said=(0,))
        yield Words("What went before an end is a sequence, not a cause.", hint=True)
    for paragraph in text.paragraphs:
        called = f"Paragraph {paragraph.called}" if paragraph.called else "A paragraph"
        yield Words(wording.sentence(called + (", taken off" if paragraph.status == "off" else "")), hint=True)
        yield Wordings(tuple(_wordings(report, paragraph)))
    if text.amendments:
        rows = tuple(
            (
                when(report, one.tabled_at),
                wording.listed([wording.within(each) for each in one.sponsor_names]),
                f"to {one.kind}{f', paragraph {one.called}' if one.called else ''}: {one.fate}",
                joined(one.text, one.reason),
            )
            for one in text.amendments
        )
        yield Table(("Tabled", "Sponsors", "Amendment", "Words"), rows, (2, 3, 4, 7), said=(3,))


def _bracket(report: Report, one: BracketStory) -> tuple[str, ...]:
    opened = joined(f"{when(report, one.opened_at)}, {wording.within(one.opened_by_name)}", one.reason)
    held = wording.capital(names(report, dict.fromkeys(each.delegation for each in one.holds if each.delegation)))
    offers = [
        f"{each.author_name}: “{each.text}”" if each.text else f"{each.author_name}: without" for each in one.offers
    ]
    ended = f"{when(report, one.ended_at)}, {one.how}" if one.ended_at is not None else one.how or "still open"
    before = [f"{when(report, each.at)} {each.sentence}" for each in one.before]
    return (
        joined(f"Paragraph {one.called}", f"[{one.words}]" if one.words else "the whole paragraph"),
        opened,
        joined(held, *offers),
        joined(ended, f"open for {wording.lasting(one.open_ms)}"),
        joined(*before),
    )


def _wordings(report: Report, paragraph: ParagraphStory) -> Iterator[tuple[str, str, str]]:
    for one in paragraph.wordings:
        counts = f": {several(one.words_in, 'word')} in, {one.words_out} out" if one.number > 1 else ""
        by = f"{wording.capital(wording.within(one.author_name))}, {one.cause.replace('_', ' ')}{counts}"
        yield when(report, one.at), one.text, by


# Who met whom


def caucuses(material: Material) -> Iterator[Block]:
    """Who sat together, who was left out, who turned to whom."""
    report, made = material.report, material.report.meetings
    caption = (
        "Two delegations meet where their row and column cross: how often they sat in a caucus together, and for how"
        " long. The larger the circle, the longer."
    )
    yield from figure("meetings", material.pictures.get("meetings"), caption)
    if made.sittings:
        pairs = tuple(
            (f"{report.name(one.first)} and {within(report, one.second)}", str(one.times), wording.lasting(one.ms))
            for one in made.pairs
        )
        yield Table(("Two delegations", "Sat together", "For"), pairs, (6, 2, 2), (1, 2))
    if made.left_out:
        yield Listing(tuple(one.sentence for one in made.left_out))
    if made.sittings:
        yield Heading("Every caucus")
        rows = tuple(
            (
                when(report, one.began_at),
                wording.listed([wording.within(each) for each in one.names]),
                wording.lasting(one.ms),
                f"{one.how or 'still sits'}{', reported back' if one.reports else ''}",
            )
            for one in made.sittings
        )
        yield Table(("Began", "Delegations", "Lasted", "How it ended"), rows, (2, 7, 2, 4), (2,))
    elif not made.left_out:
        yield Words("No caucus met, as far as this record tells.")
    if made.exchanges:
        yield Heading("Who turned to whom at the table")
        turns = tuple(
            (report.name(one.first), report.name(one.second), one.kind.replace("_", " "), str(one.times))
            for one in made.exchanges
        )
        yield Table(("Who", "To whom", "With a", "Times"), turns, (4, 4, 4, 2), (3,))
    if made.presence:
        yield Heading("What each delegation took part in")
        taking_part = tuple(
            (
                *(one.name, str(one.sittings), wording.lasting(one.ms), str(one.met), wording.lasting(one.floor_ms)),
                *(str(one.speeches), str(one.filed), f"{one.answered} of {one.calls}"),
            )
            for one in made.presence
        )
        header = ("Delegation", "Caucuses", "In them", "Met", "Floor", "Speeches", "Positions", "Calls answered")
        yield Table(header, taking_part, (4, 2, 3, 1, 3, 2, 2, 3), (1, 2, 3, 4, 5, 6, 7))


# The floor


def floor(material: Material) -> Iterator[Block]:
    """Time with the floor, quotations, and what was said."""
    report = material.report
    if drawn := figure("floor", material.pictures.get("floor"), _floor_caption(report)):
        yield from drawn
        rows = tuple(
            (
                *(one.name, wording.lasting(one.ms), headings.percent(one.share)),
                *(str(one.speeches), str(one.statements)),
            )
            for one in report.speaking
        )
        yield Table(("Delegation", "Time", "Share", "Speeches", "Statements"), rows, (4, 3, 2, 2, 2), (1, 2, 3, 4))
    else:
        yield Words(
            "Speaking time is shown for what was said on the record. Nothing was, or nobody took the floor then."
        )
    yield Words(headings.statements_counted(report.said))
    if report.quotes.chosen:
        yield Heading("In their words")
        for one in report.quotes.chosen:
            yield Quote(one.text, f"{_where(one.speaker, one.item_title)}. {wording.sentence(one.why)}")
        yield Words(report.quotes.rule, hint=True)
    if report.statements:
        yield Heading("Every statement")
        for said in report.statements:
            yield Quote(
                said.text, _where(said.speaker, said.item_title) + (", withdrawn later" if said.withdrawn else "")
            )


def _where(speaker: str, item: str) -> str:
    return f"{speaker}{f', “{item}”' if item else ''}"


def _floor_caption(report: Report) -> str:
    counted = "" if report.names_speakers else " Only what was said on the record is counted."
    return f"Time with the floor by delegation, {wording.lasting(report.speaking_ms)} in all.{counted}"
