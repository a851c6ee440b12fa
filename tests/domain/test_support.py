"""What constituencies at home say of a text as it stands."""

from hypothesis import given
from hypothesis import strategies as st

from rooms.domain.support import Move, Reason, Support, support_of

from .capitals_play import AT_HOME

PACK = {"constituencies": AT_HOME}


def stances(landed: dict[str, tuple[str, ...]]) -> list[str]:
    return [one.stance for one in support_of(PACK, landed).stances]


def test_who_accepts_what_touches_it_is_for_and_who_would_punish_it_against() -> None:
    assert stances({"scope": ("b",)}) == ["for", "for", "undecided"]
    assert stances({"scope": ("a",)}) == ["against", "for", "undecided"]


def test_who_can_neither_accept_nor_punishes_it_is_undecided() -> None:
    assert stances({"scope": ("c",)}) == ["for", "undecided", "undecided"]
    [_, owners, _] = support_of(PACK, {"scope": ("c",)}).stances
    assert owners.why == (Reason("scope", "c", "cannot_accept"),)
    assert owners.moves == (Move("scope", ("a", "b")),)


def test_a_text_that_lands_on_two_options_is_judged_by_both() -> None:
    assert stances({"scope": ("b", "a")}) == ["against", "for", "undecided"]


def test_whom_the_text_does_not_touch_is_undecided_and_says_where_it_could_begin() -> None:
    held = support_of(PACK, {"fish": ("a",)})
    assert [one.stance for one in held.stances] == ["undecided"] * 3
    assert held.stances[0].moves == (Move("scope", ("b", "c")),)
    assert held.stances[2].moves == ()


def test_weights_are_added_up_by_side() -> None:
    held = support_of(PACK, {"scope": ("a",)})
    assert (held.in_favour, held.against, held.undecided) == (30, 60, 10)


def test_a_pack_without_constituencies_has_no_support_to_show() -> None:
    assert support_of({}, {"scope": ("a",)}) == Support((), 0, 0)
    assert support_of({}, {}).undecided == 0


@given(st.lists(st.integers(0, 1_000), min_size=1, max_size=8))
def test_whatever_the_weights_they_are_hundredths_of_all(weights: list[int]) -> None:
    held = support_of({"constituencies": [{"name": "x", "weight": one} for one in weights]}, {})
    assert sum(one.weight for one in held.stances) == (100 if sum(weights) else 0)
    assert held.in_favour + held.against + held.undecided == 100
