"""Markup in every text field of every command, on every screen that then shows it and in the debrief that tells of it:
text, and nothing else. What files and pages make of whole sessions is in test_hostile_files.py."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Final

import pytest

from rooms import panels
from rooms.debrief import exports, tables
from rooms.debrief.measures import report
from rooms.domain.fold import fold
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, WAITING, capital_of, visible
from rooms.exporting.report_as_pdf import as_data
from tests.domain.aside_play import JPN_MFA
from tests.domain.every_command import USES
from tests.domain.play import CAST, Session
from tests.exporting.reports import printed_of
from tests.security.spoiling import COMPUTED, HOSTILE, MARK, UNSAFE, WORDS

# screen -> whose eyes
SHOWN: Final = (
    ("moderator", THE_MODERATORS),
    ("delegate", JPN_MFA),
    ("capital", capital_of("JPN")),
    ("observer", OBSERVERS),
    ("projector", OBSERVERS),
    ("lobby", WAITING),
)
# What is called like words, and names something of the room or quotes it.
NO_WORDS: Final = {
    *("hold_bracket.alternative", "accept_wording.alternative", "put_brackets.words", "take_down_note.note"),
    *("draw_measures.track",),
}
# An amendment keeps most of what it alters.
KEEPS_WORDS: Final = {"table_amendment.text", "reword_amendment.text"}
# Own words stand in what is the chair's alone.
WITH: Final[Mapping[str, Mapping[str, Any]]] = {"issue_output": {"kind": "chairs_summary", "document": ""}}
# Answers of a questionnaire: they are chosen, and what is no choice is refused.
REFUSED: Final = {"give_perceptions"}
# Reasons that are told afterwards, and on no screen.
ON_NO_SCREEN: Final = {"leave_seat", "reopen_paragraph", "take_down_note"}


def spoiled(name: str, words: str = HOSTILE) -> Any:
    """The legal use of a command with markup in each of its fields that takes words, one or several; None if it has
    none."""
    command = replace(USES[name].command, **WITH.get(name, {}))
    changed: dict[str, Any] = {}
    for one in fields(command):
        value, own = getattr(command, one.name), f"{name}.{one.name}"
        if one.name in WORDS and own not in NO_WORDS and isinstance(value, str):
            changed[one.name] = f"{value} {words}" if own in KEEPS_WORDS else words
        elif one.name in WORDS and isinstance(value, tuple):
            changed[one.name] = (words,)
    return replace(command, **changed) if changed else None


SPOILED: Final = sorted(name for name in USES if spoiled(name) is not None)


def played(name: str, words: str = HOSTILE) -> Session:
    """The session in which that was said."""
    use = USES[name]
    return use.stage().done((use.actor, spoiled(name, words)))


def test_most_commands_take_words() -> None:
    assert len(SPOILED) > 65
    assert {"make_statement", "propose_paragraph", "say_in_delegation", "note_to_chair", "add_item"} <= set(SPOILED)
    assert spoiled("declare_position").sources == (HOSTILE,)


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_where_answers_are_chosen_words_are_refused(name: str) -> None:
    use = USES[name]
    session = use.stage()
    session.when(use.actor, spoiled(name))
    assert session.refusal is not None
    assert MARK not in str(session.refusal.as_data()), "a refusal may quote it, and its page escapes it"


@pytest.mark.parametrize("name", sorted(set(SPOILED) - REFUSED))
def test_markup_is_shown_as_text_on_every_screen(name: str) -> None:
    session, shown = played(name), 0
    people = dict.fromkeys(CAST, HOSTILE.replace(MARK, "x-named"))
    for screen, audience in SHOWN:
        view = fold(visible(session.entries, audience))
        for panel, html in panels.paint(screen, audience, view, people).items():
            found = UNSAFE.search(html.replace("x-named", MARK))
            assert not found, (screen, panel, html[max(0, found.start() - 80) : found.end() + 40])
            shown += html.count(MARK)
    assert (shown == 0) is (name in ON_NO_SCREEN)


def test_names_are_shown_as_text_on_every_screen() -> None:
    session = USES["make_statement"].stage()
    people, shown = dict.fromkeys(CAST, HOSTILE), {}
    for screen, audience in SHOWN:
        painted = "".join(panels.paint(screen, audience, fold(visible(session.entries, audience)), people).values())
        assert not UNSAFE.search(painted)
        shown[screen] = painted.count(MARK)
    assert shown["moderator"] >= len(CAST) - 3
    assert shown["delegate"] >= 1


def test_in_the_debrief_it_is_text_whatever_it_was_said_by() -> None:
    """The tables, the page of Markdown and what is handed to the typesetter, after each command."""
    told = set()
    for name in sorted(set(SPOILED) - REFUSED):
        entries = visible(played(name, COMPUTED).entries, THE_MODERATORS)
        made = report(entries)
        rows = [row for rows in exports.as_csv_tables(made, exports.ASSESSMENT).values() for row in rows]
        cells = [cell for row in rows for cell in row.values() if isinstance(cell, str)]
        assert [cell for cell in cells if cell.lstrip().startswith(tables.FORMULA)] == [], name
        page = exports.as_markdown(made, exports.ASSESSMENT)
        assert "<" not in page, name
        as_it_was = str(as_data(printed_of(entries, assesses=True)))
        if any(MARK in words for words in (*cells, page, as_it_was)):
            told.add(name)
    assert len(told) >= 46, "what is said in confidence is told in no debrief"


def test_the_search_for_markup_finds_it() -> None:
    for bad in ('<p><x-owned a="1">', "<script>x()", '<a title="a"\'><b>'):
        assert UNSAFE.search(bad)
    assert not UNSAFE.search("&lt;x-owned onfocus=&quot;x()&quot;&gt;")
