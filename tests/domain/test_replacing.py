"""A copy with some fields changed is what the standard library makes, whatever the class."""

import dataclasses
from typing import Any

import pytest

from rooms.domain.podium import Floor
from rooms.domain.replacing import replace
from rooms.domain.seats import Person, Seats
from rooms.domain.state import RoomState


@dataclasses.dataclass(frozen=True, slots=True)
class Checked:
    low: int = 0
    high: int = 1

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError("low is above high")


@dataclasses.dataclass(frozen=True)
class WithoutSlots:
    one: int = 0
    other: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Counted:
    one: int = 0
    other: int = 0
    made: int = dataclasses.field(default=7, init=False)


SLICES = [dataclasses.fields(RoomState)[n].name for n in range(2, len(dataclasses.fields(RoomState)))]


@pytest.mark.parametrize("one", [RoomState(), *(getattr(RoomState(), name) for name in SLICES)], ids=["whole", *SLICES])
def test_any_field_of_any_slice_is_changed_as_by_the_standard_library(one: Any) -> None:
    assert replace(one) == one
    assert replace(one) is not one
    for field in dataclasses.fields(one):
        before, mark = getattr(one, field.name), object()
        changed, expected = replace(one, **{field.name: mark}), dataclasses.replace(one, **{field.name: mark})
        for other in dataclasses.fields(one):
            assert getattr(changed, other.name) is getattr(expected, other.name)
        assert getattr(one, field.name) is before


def test_a_field_that_is_not_there_is_an_error() -> None:
    with pytest.raises(TypeError, match="Floor has no field 'sofa'"):
        replace(Floor(), sofa=1)  # type: ignore[call-arg]  # that is the point


def test_a_class_whose_constructor_has_more_to_do_is_constructed() -> None:
    assert replace(Checked(), high=3) == Checked(0, 3)
    with pytest.raises(ValueError, match="low is above high"):
        replace(Checked(), low=2)
    assert replace(WithoutSlots(1, 2), other=3) == WithoutSlots(1, 3)
    assert replace(Counted(1, 2), other=3).made == 7


def test_what_was_found_out_about_people_is_not_copied_to_other_people() -> None:
    seats = Seats({"p1": Person("p1", "delegate", "a", admitted=True)})
    assert [one.id for one in seats.on("a")] == ["p1"]
    assert replace(seats, people={}).on("a") == ()


def test_a_copy_stays_frozen_and_of_its_class() -> None:
    assert type(replace(RoomState(), count=1)) is RoomState
    assert hash(replace(Person("p1", "delegate"), seat="a")) == hash(Person("p1", "delegate", "a"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        replace(RoomState(), count=1).count = 2  # type: ignore[misc]  # that is the point
