"""The later sections of the report's page: how the texts came about, who met whom, injects, commitments, decision
points, quotes. A count that the record cannot tell is a dash, never a nought.
"""

from collections.abc import Iterator

from rooms.debrief import wording
from rooms.debrief.marked import clock, listed, plain, quoted, table
from rooms.debrief.report import Report
from rooms.debrief.report_parts import InjectReport
from rooms.debrief.report_texts import BracketStory, ParagraphStory, TextHistory


def _known(count: int | None) -> str:
    return "–" if count is None else str(count)


def _after(ms: int | None) -> str:
    return "–" if ms is None else wording.lasting(ms)


def in_short(report: Report) -> Iterator[str]:
    """The timeline on one page."""
    if report.one_page.moments:
        yield "## In short"
        yield plain(report.one_page.rule)
        yield listed([f"{clock(one.at)} {plain(one.sentence)}" for one in report.one_page.moments])


# Texts


def text_history(report: Report) -> Iterator[str]:
    """How each text came about."""
    for text in report.histories:
        yield f"## How “{plain(text.title)}” came about"
        yield from _brackets(text)
        yield from _wordings(text)
        if text.amendments:
            rows = [
                (
                    clock(one.tabled_at),
                    plain(", ".join(one.sponsor_names)),
                    " ".join((one.kind, plain(one.called))).strip(),
                    one.fate,
                    plain(one.text),
                )
                for one in text.amendments
            ]
            yield table(("Tabled", "Sponsors", "Amendment", "Fate", "Words"), rows)


def _brackets(text: TextHistory) -> Iterator[str]:
    if not text.opened:
        yield "Nobody put brackets in it."
        return
    ends = ", ".join(f"{times} {ending.replace('_', ' ')}" for ending, times in text.ended)
    yield f"Brackets: {text.opened} opened, at most {text.most} at once, {text.left} left ({ends})."
    yield table(("From", "Open brackets"), [(clock(one.at), str(one.open)) for one in text.burn])
    for one in text.brackets:
        yield from _bracket(one)


def _bracket(one: BracketStory) -> Iterator[str]:
    words = f"“{plain(one.words)}”" if one.words else "all of it"
    yield f"### Paragraph {plain(one.called)}: {words}"
    why = f": {plain(one.reason)}" if one.reason else ""
    opened = wording.sentence(f"opened by {plain(one.opened_by_name)}, {clock(one.opened_at)}{why}")
    yield f"{opened} Open for {wording.lasting(one.open_ms)}."
    if one.offers:
        yield listed(
            [f"{plain(each.author_name)} offered: {plain(each.text) or 'none of these words'}" for each in one.offers]
        )
    holders = [f"{plain(each.name)}{_for(each.words, each.without)}" for each in one.holds]
    if holders:
        yield f"Held by {'; '.join(holders)}."
    yield plain(one.how) if one.how else "It is still open."
    if one.before:
        before = [f"{wording.lasting(each.ms)} before: {plain(each.sentence)}" for each in one.before]
        yield "What came before its end, a sequence and not a cause:\n\n" + listed(before)


def _for(words: str, without: bool) -> str:
    return f" for “{plain(words)}”" if words else " for doing without" if without else ""


def _wordings(text: TextHistory) -> Iterator[str]:
    rows = [row for one in text.paragraphs for row in _paragraph(one)]
    if rows:
        yield table(("Paragraph", "Wording", "By", "How", "Words", "New", "Left out"), rows)


def _paragraph(paragraph: ParagraphStory) -> Iterator[tuple[str, ...]]:
    called = plain(paragraph.called) + (" (off)" if paragraph.status == "off" else "")
    for one in paragraph.wordings:
        counts = (str(one.words), str(one.words_in), str(one.words_out))
        yield called, str(one.number), plain(one.author_name), one.cause, *counts


# Meetings


def who_met_whom(report: Report) -> Iterator[str]:
    """Caucuses, pairs, taking part, exchanges."""
    made = report.meetings
    if not made.presence:
        return
    yield "## Who met whom"
    yield listed([plain(one.sentence) for one in made.left_out])
    if made.sittings:
        rows = [
            (clock(one.began_at), plain(wording.listed(one.names)), wording.lasting(one.ms), str(len(one.reports)))
            for one in made.sittings
        ]
        yield table(("Began", "Caucus of", "For", "Reports"), rows)
        pairs = [
            (plain(f"{report.name(one.first)} and {report.name(one.second)}"), str(one.times), wording.lasting(one.ms))
            for one in made.pairs
        ]
        yield table(("In one caucus", "Times", "Together for"), pairs)
    taking_part = [
        (
            *(plain(one.name), str(one.sittings), str(one.met), wording.lasting(one.floor_ms)),
            *(_beyond(one.beyond_ms), str(one.filed), f"{one.answered} of {one.calls}"),
        )
        for one in made.presence
    ]
    header = ("Delegation", "Caucuses", "Met", "With the floor", "Beyond even", "Positions filed", "Calls answered")
    yield table(header, taking_part)
    if made.exchanges:
        turns = [
            (plain(report.name(one.first)), plain(report.name(one.second)), one.kind.replace("_", " "), str(one.times))
            for one in made.exchanges
        ]
        yield table(("Who", "To whom", "Kind", "Times"), turns)


def _beyond(ms: int) -> str:
    return f"{'–' if ms < 0 else '+'}{wording.lasting(abs(ms))}" if ms else "0 s"


# Injects


def injects(report: Report) -> Iterator[str]:
    """Injects, or news, and what followed."""
    if not report.reactions:
        return
    yield "## Injects and what followed" if report.reactions[0].inject else "## News and what followed"
    rows = [
        (
            *(str(one.number or ""), plain(one.title), plain(one.to_words), plain(one.planned)),
            *(one.status, clock(one.released_at), _read(one), _after(one.median_ms)),
            _known(None if one.responses is None else len(one.responses)),
            ", ".join(f"{each.times} {each.kind}" for each in one.after if each.times),
        )
        for one in report.reactions
    ]
    header = ("No.", "What", "To", "Planned", "Status", "Released", "Read by", "Half of them within", "Answers")
    yield table((*header, "Within ten minutes"), rows)
    for one in report.reactions:
        for each in one.responses or ():
            yield f"{plain(each.name)} on “{plain(one.title)}”:\n\n{quoted(each.text)}"


def _read(one: InjectReport) -> str:
    return "–" if one.seen is None else f"{one.seen} of {_known(one.seats)} seats"


# Commitments


def commitments(report: Report) -> Iterator[str]:
    """Commitments, their balance, order and warnings."""
    made = report.promises
    if not made.commitments:
        return
    yield "## Commitments"
    yield listed([plain(f"{one.times} {one.kind.replace('_', ' ')}: {', '.join(one.which)}") for one in made.by_status])
    rows = [
        (
            *(one.label, plain(one.actor_name), plain(one.beneficiary_name), plain(one.act), plain(one.track)),
            *(one.horizon, one.status, plain(one.verifier_name), ", ".join(one.waits_for)),
        )
        for one in made.commitments
    ]
    header = ("", "Who", "For", "What", "Track", "Horizon", "Status", "Verified by", "Waits for")
    yield table(header, rows)
    balance = [
        (plain(one.name), str(one.gives), str(one.given), str(one.receives), str(one.received), str(one.first))
        for one in made.balance
    ]
    yield table(("Delegation", "Gives", "Given", "Receives", "Received", "Acts first"), balance)
    if made.order:
        yield "\n".join(f"{n}. {', '.join(step)}" for n, step in enumerate(made.order, start=1))
    if made.warnings:
        yield listed([plain(one.sentence) for one in made.warnings])


# Decision points


def decision_points(report: Report) -> Iterator[str]:
    """How things stood at each decision, and what each side had."""
    if report.decision_points:
        yield "## Decision points"
    for one in report.decision_points:
        yield f"### {clock(one.at)} {plain(wording.capital(one.what))}"
        yield plain(one.result)
        then = (
            f"{wording.lasting(one.into_ms)} into the session; {one.paragraphs} paragraphs,"
            f" {one.brackets} brackets open; {one.filed} public positions on {one.issues} issues;"
            f" {one.seated} delegations at the table; {one.news} pieces of news to everybody."
        )
        yield wording.capital(then)
        if one.delegation:
            continue
        rows = [
            (
                *(plain(each.name), str(each.people), str(each.filed)),
                *(_known(each.news), _known(each.caucuses), _known(each.instructions)),
            )
            for each in one.knew
        ]
        yield table(("Delegation", "People", "Positions", "News", "Caucuses", "From its capital"), rows)


def quotes(report: Report) -> Iterator[str]:
    """Quotes, inside the attribution rule."""
    if report.quotes.chosen:
        yield "## Quotes"
        yield plain(report.quotes.rule)
    for one in report.quotes.chosen:
        where = f", “{plain(one.item_title)}”" if one.item_title else ""
        yield f"{plain(one.speaker)}{where} ({one.why}):\n\n{quoted(one.text)}"
