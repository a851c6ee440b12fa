"""Replay equals what was seen live, byte for byte, for every panel, seat and seq of every rehearsal.

What somebody sees is painted from how things stand for their audience, and from nothing else (see test_panels). So it
is shown of every audience at every seq that a tape says what the live fold said, and of every screen, in turn, that
what is painted from the tape, with a memory of its own and in whatever order, is what live people were sent.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import cycle, islice

import pytest

from rooms.domain.attribution import ON_THE_RECORD, afterwards
from rooms.domain.fold import apply
from rooms.domain.gists import GistLogged
from rooms.domain.record import Entry
from rooms.domain.sight import OBSERVERS, Audience, visible
from rooms.domain.state import RoomState
from rooms.folds import Picture, advanced
from rooms.management.commands.rehearse import FOLDER
from rooms.painting import Painter
from rooms.past import FRAME_EVERY, Tape, recorded
from tests.rooms.rehearsed import Heard
from tests.thorough import THOROUGH

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))
# One moment in so many is painted, the next one on another screen: all of them would take many minutes.
EVERY = 1 if THOROUGH else 4


@pytest.fixture(params=NAMES)
def heard(request: pytest.FixtureRequest, hear: Callable[[str], Heard]) -> Heard:
    return hear(request.param)


def lived(entries: Sequence[Entry]) -> Iterator[RoomState]:
    """How things stood live after each of these entries."""
    state = RoomState()
    for entry in entries:
        state = apply(state, entry)
        yield state


def test_a_tape_says_of_every_audience_at_every_seq_what_was_live(heard: Heard) -> None:
    for audience in heard.audiences:
        seen = visible(heard.record, audience)
        tape = recorded(seen)
        assert tape.steps == list(range(1, len(seen) + 1))
        for cursor, live in enumerate(lived(seen), start=1):
            assert tape.state_at(cursor) == live, (audience.name, cursor)
            if cursor % FRAME_EVERY == 0:
                assert tape.frames[cursor // FRAME_EVERY] == live, (audience.name, cursor)
        assert tape.state == tape.state_at(tape.last)


def test_what_is_painted_from_a_tape_is_what_was_sent_live(heard: Heard) -> None:
    """The live side goes as the hub does: one picture after the other, with the painter's memory and for circles what
    its seats share. The tape is asked for the same moments from the last to the first."""
    screens = [*heard.screens, (OBSERVERS, "rapporteur")]
    names = heard.steps[-1][1].names
    tapes = {audience: recorded(visible(heard.record, audience)) for audience, _screen in screens}
    painter, picture = Painter(), Picture(views=dict.fromkeys(heard.audiences, RoomState()))
    sent: list[tuple[Audience, str, int, dict[str, str]]] = []
    in_turn = cycle(screens)
    for entry in heard.record:
        picture = advanced(picture, [entry], "")
        last = entry is heard.record[-1]
        if entry.seq % EVERY and not last:
            continue
        for audience, screen in islice(in_turn, len(screens) if last else 1):
            view = picture.view(audience)
            html = painter.paint(1, screen, audience, view, names, picture.view(audience.circle), picture.of_all)
            sent.append((audience, screen, view.count, html))
    for audience, screen, cursor, html in reversed(sent):
        assert tapes[audience].paint(cursor, screen, audience, names) == html, (audience.name, screen, cursor)


def all_on_the_record(entries: Sequence[Entry]) -> list[Entry]:
    """The same session, had nothing in it been said under another rule."""
    return [replace(entry, attribution=ON_THE_RECORD, event=_on_the_record(entry.event)) for entry in entries]


def _on_the_record(event: object) -> object:
    return replace(event, rule=ON_THE_RECORD) if isinstance(event, GistLogged) else event


def test_where_the_rule_forbids_nothing_all_read_afterwards_what_they_saw_live(heard: Heard) -> None:
    """Every seat, also without an assessment record: the numbers of what they could not see are made up for."""
    record = all_on_the_record(heard.record)
    for audience in heard.audiences:
        seen = visible(record, audience)
        tape = recorded(afterwards(seen))
        assert tape.last == len(seen)
        for cursor, live in enumerate(lived(seen), start=1):
            assert tape.state_at(cursor) == live, (audience.name, cursor)


def test_through_the_eyes_of_a_seat_a_moderator_sees_it_without_what_is_kept_from_moderators(heard: Heard) -> None:
    moderators, *_ = heard.audiences
    tape = recorded(visible(heard.record, moderators))
    for audience in heard.audiences:
        through = recorded(tape.entries, audience)
        both = [entry for entry in heard.record if audience.sees(entry) and moderators.sees(entry)]
        assert [tape.entries[step - 1] for step in through.steps] == both
        assert [through.state_at(step) for step in through.steps] == list(lived(both)), audience.name
        assert nothing_in_between(through)


def nothing_in_between(tape: Tape) -> bool:
    """At a moment that these eyes did not see, all stands as at the one before."""
    unseen = set(range(1, tape.last + 1)) - set(tape.steps)
    return all(tape.state_at(cursor) == tape.state_at(tape.before(cursor)) for cursor in sorted(unseen)[::7])
