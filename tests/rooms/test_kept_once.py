"""Equal parts kept once: what comes out is what went in, and nothing of it is held twice."""

import pickle
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rooms.domain.channels import Message
from rooms.domain.fold import fold
from rooms.domain.podium import Floor
from rooms.domain.sight import THE_MODERATORS, on_seat, visible
from rooms.domain.state import RoomState
from rooms.kept_once import Once
from tests.domain.play import cast_live

words = st.text(max_size=3) | st.integers(-2, 2) | st.booleans() | st.none() | st.frozensets(st.integers(0, 2))
messages = st.builds(Message, st.text(max_size=2), st.just("p1"), st.sampled_from(["", "A"]), words, st.integers(0, 2))
values = st.recursive(
    words | messages,
    lambda inner: st.lists(inner, max_size=4).map(tuple) | st.dictionaries(st.text(max_size=2), inner, max_size=4),
    max_leaves=20,
)


@given(st.lists(values, max_size=6))
def test_what_comes_out_equals_what_went_in_in_every_part_kind_and_order(given_to_it: list[Any]) -> None:
    once = Once()
    made = [once.of(one) for one in given_to_it]
    assert repr(made) == repr(given_to_it)  # 1 is no True, and a mapping keeps its order


@given(values)
def test_two_equal_values_become_one(value: Any) -> None:
    copied = pickle.loads(pickle.dumps(value))
    once = Once()
    first, second = once.of((value, "first")), once.of((copied, "second"))
    assert first[0] is second[0]


def test_what_differs_in_order_alone_stays_apart() -> None:
    once = Once()
    assert list(once.of({"a": 1, "b": 2})) == ["a", "b"]
    assert list(once.of({"b": 2, "a": 1})) == ["b", "a"]


def test_the_views_of_a_room_are_made_of_the_parts_of_its_state() -> None:
    session = cast_live()
    chair = fold(visible(session.entries, THE_MODERATORS))
    japan = fold(visible(session.entries, on_seat("JPN-MFA", "JPN", officials=True)))
    once = Once()
    whole, mine, theirs = once.of(session.state), once.of(chair), once.of(japan)
    assert (mine, theirs) == (chair, japan)
    assert mine.agenda is theirs.agenda is whole.agenda
    assert japan.agenda is not chair.agenda


def test_what_is_of_no_kind_that_states_are_made_of_is_left_as_it_is() -> None:
    odd = [1, 2]
    assert Once().of((odd,))[0] is odd
    assert Once().of(RoomState()) == RoomState()
    assert Once().of(Floor()) == Floor()
