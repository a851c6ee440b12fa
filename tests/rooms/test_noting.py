"""What is read of a state, noted: enough to tell whether it would be read again the same."""

from dataclasses import fields, replace

from rooms.domain.items import Agenda
from rooms.domain.state import RoomState
from rooms.noting import PARTS, Noting, differing, still


def test_a_state_is_nothing_but_its_parts() -> None:
    """A property of a state would be read past the notes."""
    names = {one.name for one in fields(RoomState)}
    assert {name for name in vars(RoomState) if not name.startswith("_")} == names
    assert set(PARTS) == names


def test_what_was_read_is_still_the_same_until_one_of_it_is_another() -> None:
    state = RoomState()
    noting = Noting(state)
    assert (noting.room.status, noting.agenda) == (state.room.status, state.agenda)
    assert noting.parts.keys() == {"room", "agenda"}
    assert still(noting.parts, state)
    assert still(noting.parts, replace(state, count=1_000, texts=replace(state.texts)))
    assert not still(noting.parts, replace(state, agenda=replace(state.agenda)))


def test_two_states_differ_in_the_parts_that_are_others() -> None:
    state = RoomState()
    assert differing(state, state) == frozenset()
    assert differing(state, replace(state, count=1_000, agenda=Agenda())) == {"count", "agenda"}
