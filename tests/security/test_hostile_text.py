"""Markup in every text field of every command, on every screen that then shows it: text, and nothing else. What the
debrief and its files make of it is in tests/rooms/test_after.py, tests/debrief/test_exports.py and tests/exporting."""

import re
from dataclasses import fields, replace
from typing import Any, Final

import pytest

from rooms import panels
from rooms.domain.fold import fold
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, WAITING, visible
from rooms.forms import LIMITS
from tests.domain.aside_play import JPN_MFA
from tests.domain.every_command import USES
from tests.domain.play import CHINA, JAPAN, M1

HOSTILE: Final = """"'><x-owned onfocus="x()"><script>x()</script>{{ settings }}&lt;"""
WORDS: Final = sorted({*LIMITS, "sender", "verifier", "outcome", "note"})
# screen -> whose eyes
SHOWN: Final = (
    ("moderator", THE_MODERATORS),
    ("delegate", JPN_MFA),
    ("observer", OBSERVERS),
    ("projector", OBSERVERS),
    ("lobby", WAITING),
)
UNSAFE: Final = re.compile(r"<x-owned|<script>|onfocus=['\"]|\"'><")


def spoiled(command: Any) -> Any:
    """The same command with markup in each of its fields that takes words; None if it has none."""
    kinds = {one.name: getattr(command, one.name) for one in fields(command)}
    worded = {name: HOSTILE for name, value in kinds.items() if name in WORDS and isinstance(value, str)}
    return replace(command, **worded) if worded else None


SPOILED: Final = {name: one for name, use in USES.items() if (one := spoiled(use.command)) is not None}


def test_most_commands_take_words() -> None:
    assert len(SPOILED) > 30
    assert {"make_statement", "propose_paragraph", "say_in_delegation", "note_to_chair", "add_item"} <= SPOILED.keys()


@pytest.mark.parametrize("name", sorted(SPOILED))
def test_markup_is_shown_as_text_on_every_screen(name: str) -> None:
    use = USES[name]
    session = use.stage()
    session.when(use.actor, SPOILED[name])
    if session.refusal:
        assert "<x-owned" not in str(session.refusal.data), "a refusal may quote it, and its page escapes it"
        return
    people = {M1: HOSTILE, JAPAN: HOSTILE, CHINA: HOSTILE}
    for screen, audience in SHOWN:
        view = fold(visible(session.entries, audience))
        for panel, html in panels.paint(screen, audience, view, people).items():
            found = UNSAFE.search(html)
            assert not found, (screen, panel, html[max(0, found.start() - 80) : found.end() + 40])


def test_the_search_for_markup_finds_it() -> None:
    for bad in ('<p><x-owned a="1">', "<script>x()", '<a title="a"\'><b>'):
        assert UNSAFE.search(bad)
    assert not UNSAFE.search("&lt;x-owned onfocus=&quot;x()&quot;&gt;")
