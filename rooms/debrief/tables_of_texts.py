"""The tables about how texts came about: brackets, who held them for what, wordings, whose words, amendments."""

from collections.abc import Iterator
from typing import Any

from rooms.debrief import wording
from rooms.debrief.cells import CODE, CODES, CURSOR, WHEN, seconds
from rooms.debrief.report import Report
from rooms.debrief.report_texts import BracketStory, TextHistory

Values = Iterator[tuple[Any, ...]]
ENDED = "open, settled, bridged, lifted, set_aside or withdrawn (with its paragraph)"
COLUMNS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "open_brackets": (
        ("document", "identifier of the text", ""),
        ("title", "the text", ""),
        ("at", "from when on", WHEN),
        ("cursor", "where in the record", CURSOR),
        ("open", "how many brackets were open in it from then on", "brackets"),
    ),
    "brackets": (
        ("document", "identifier of the text", ""),
        ("bracket", "identifier of the bracket within the text", ""),
        ("paragraph", "identifier of its paragraph", ""),
        ("called", "what the room called the paragraph last", ""),
        ("words", "the words it stood around when it was opened; empty for the whole paragraph", ""),
        ("reason", "why, as written", ""),
        ("opened_by", "who opened it", CODE),
        ("opened_at", "when", WHEN),
        ("cursor", "where in the record", CURSOR),
        ("ended", ENDED, ""),
        ("ended_by", "who came round last; empty for the chair", CODE),
        ("ended_at", "when; empty while it is open", WHEN),
        ("ended_cursor", "where in the record", CURSOR),
        ("open_seconds", "how long it was open, pauses left out", "s"),
        ("how", "how it ended, as the timeline says", ""),
    ),
    "bracket_holds": (
        ("document", "identifier of the text", ""),
        ("bracket", "identifier of the bracket", ""),
        ("delegation", "who held it", CODE),
        ("words", "what it would have taken; empty for nothing yet, or for none", ""),
        ("without", "it would have taken the text without these words", "yes or no"),
        ("since", "from when on", WHEN),
        ("cursor", "where in the record", CURSOR),
        ("until", "until when; empty if it still holds", WHEN),
        ("until_cursor", "where in the record", CURSOR),
    ),
    "bracket_offers": (
        ("document", "identifier of the text", ""),
        ("bracket", "identifier of the bracket", ""),
        ("alternative", "identifier of the other words", ""),
        ("author", "who offered them; empty for the chair", CODE),
        ("bridge", "the chair's offer", "yes or no"),
        ("text", "the other words; empty for none", ""),
        ("at", "when", WHEN),
        ("cursor", "where in the record", CURSOR),
    ),
    "before_brackets_ended": (
        ("document", "identifier of the text", ""),
        ("bracket", "identifier of the bracket", ""),
        ("kind", "bridge, alternative, hold, wording, amendment, caucus, inject, pause or statement", ""),
        ("seconds", "how long before the bracket ended, by the clock on the wall; a sequence, never a cause", "s"),
        ("at", "when", WHEN),
        ("cursor", "where in the record", CURSOR),
        ("sentence", "what happened", ""),
    ),
    "wordings": (
        ("document", "identifier of the text", ""),
        ("paragraph", "identifier of the paragraph", ""),
        ("called", "what the room called it last", ""),
        ("status", "agreed, on_the_table or off", ""),
        ("wording", "which wording of the paragraph", "count from 1"),
        ("author", "who brought in what is new in it; empty for the chair", CODE),
        ("cause", "proposed, reworded, alternative, bridged or amended", ""),
        ("words", "how many words it has", "words"),
        ("words_in", "how many of them the wording before did not have", "words"),
        ("words_out", "how many of the wording before it left out", "words"),
        ("at", "when", WHEN),
        ("cursor", "where in the record", CURSOR),
        ("text", "the wording", ""),
    ),
    "whose_words": (
        ("document", "identifier of the text", ""),
        ("paragraph", "identifier of the paragraph", ""),
        ("piece", "which piece of the last wording; together they are the wording", "count from 1"),
        ("author", "who brought it in; empty for the chair", CODE),
        ("words", "how many words it has", "words"),
        ("text", "the piece", ""),
    ),
    "amendments": (
        ("document", "identifier of the text", ""),
        ("amendment", "identifier of the amendment", ""),
        ("kind", "add, delete, alter or move", ""),
        ("paragraph", "identifier of the paragraph; empty for an addition", ""),
        ("called", "what the room called the paragraph last", ""),
        ("sponsors", "who sponsors it; the first answers for it", CODES),
        ("reason", "why, as written", ""),
        ("tabled_at", "when it was tabled", WHEN),
        ("cursor", "where in the record", CURSOR),
        ("fate", "tabled (nothing became of it), adopted, rejected, withdrawn or fallen", ""),
        ("ended_at", "when that was", WHEN),
        ("ended_cursor", "where in the record", CURSOR),
        ("call", "the call that decided it; empty if none did", ""),
        ("text", "the words it asks for", ""),
    ),
}


def rows(report: Report) -> dict[str, Values]:
    """The rows of these tables, by table."""
    every = [(text, one) for text in report.histories for one in text.brackets]
    return {
        "open_brackets": _open(report),
        "brackets": (_bracket(one) for _text, one in every),
        "bracket_holds": (row for _text, one in every for row in _holds(one)),
        "bracket_offers": (row for _text, one in every for row in _offers(one)),
        "before_brackets_ended": (row for _text, one in every for row in _before(one)),
        "wordings": (row for text in report.histories for row in _wordings(text)),
        "whose_words": (row for text in report.histories for row in _pieces(text)),
        "amendments": (row for text in report.histories for row in _amendments(text)),
    }


def _open(report: Report) -> Values:
    for text in report.histories:
        for one in text.burn:
            yield text.document, text.title, wording.instant(one.at), one.cursor, one.open


def _bracket(one: BracketStory) -> tuple[Any, ...]:
    where = (one.document, one.bracket, one.paragraph, one.called)
    opened = (one.words, one.reason, one.opened_by, wording.instant(one.opened_at), one.cursor)
    ended = (one.ended, one.ended_by, wording.instant(one.ended_at), one.ended_cursor)
    return (*where, *opened, *ended, seconds(one.open_ms), one.how)


def _holds(bracket: BracketStory) -> Values:
    for one in bracket.holds:
        since, until = wording.instant(one.since), wording.instant(one.until)
        held = (one.delegation, one.words, one.without)
        yield bracket.document, bracket.bracket, *held, since, one.cursor, until, one.until_cursor


def _offers(bracket: BracketStory) -> Values:
    for one in bracket.offers:
        what = (one.alternative, one.author, one.bridge, one.text)
        yield bracket.document, bracket.bracket, *what, wording.instant(one.at), one.cursor


def _before(bracket: BracketStory) -> Values:
    for one in bracket.before:
        when = (seconds(one.ms), wording.instant(one.at), one.cursor)
        yield bracket.document, bracket.bracket, one.kind, *when, one.sentence


def _wordings(text: TextHistory) -> Values:
    for paragraph in text.paragraphs:
        where = (text.document, paragraph.paragraph, paragraph.called, paragraph.status)
        for one in paragraph.wordings:
            counts = (one.words, one.words_in, one.words_out)
            yield *where, one.number, one.author, one.cause, *counts, wording.instant(one.at), one.cursor, one.text


def _pieces(text: TextHistory) -> Values:
    for paragraph in text.paragraphs:
        for piece, one in enumerate(paragraph.runs, start=1):
            yield text.document, paragraph.paragraph, piece, one.author, one.words, one.text


def _amendments(text: TextHistory) -> Values:
    for one in text.amendments:
        what = (one.amendment, one.kind, one.paragraph, one.called, " ".join(one.sponsors), one.reason)
        tabled, ended = wording.instant(one.tabled_at), wording.instant(one.ended_at)
        yield text.document, *what, tabled, one.cursor, one.fate, ended, one.ended_cursor, one.call, one.text
