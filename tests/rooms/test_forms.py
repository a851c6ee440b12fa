"""The shape of a command on the wire: what a hostile or clumsy client may send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.domain.agenda import ExtendItem
from rooms.domain.fold import COMMANDS
from rooms.domain.positions import DeclarePosition
from rooms.domain.refused import Refused
from rooms.domain.room import SetAdmission
from rooms.domain.speakers import AskForFloor
from rooms.domain.statements import MakeStatement
from rooms.forms import clean_text, command_from, request_id_from


def code_of(name: object, data: object) -> str:
    with pytest.raises(Refused) as refused:
        command_from(name, data)
    return refused.value.code


def test_a_form_and_a_program_say_the_same() -> None:
    from_form = {"issue": "scope", "preferred": "b", "acceptable": "c", "public": "on"}
    from_program = {"issue": "scope", "preferred": "b", "acceptable": ["c"], "public": True}
    wanted = DeclarePosition("scope", "b", ("c",), public=True)
    assert command_from("declare_position", from_form) == command_from("declare_position", from_program) == wanted


def test_defaults_stand_in_for_what_was_not_sent() -> None:
    assert command_from("ask_for_floor", {}) == AskForFloor("statement")


def test_an_unticked_box_sends_nothing_and_means_no() -> None:
    assert command_from("set_admission", {}) == SetAdmission(False)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("overthrow", {}, "unknown_command"),
        (None, {}, "unknown_command"),
        (["ask_for_floor"], {}, "unknown_command"),
        ("open_room", {}, "unknown_command"),
        ("join_room", {"role": "moderator"}, "unknown_command"),
        ("ask_for_floor", [], "bad_shape"),
        ("ask_for_floor", {"kinds": "statement"}, "unknown_field"),
        ("make_statement", {}, "field_needed"),
        ("make_statement", {"text": 5}, "bad_type"),
        ("make_statement", {"text": ["a", "b"]}, "bad_type"),
        ("make_statement", {"text": "x" * 16_001}, "too_long"),
        ("extend_item", {"item": "i1", "minutes": "five"}, "bad_type"),
        ("extend_item", {"item": "i1", "minutes": 5.5}, "bad_type"),
        ("extend_item", {"item": "i1", "minutes": True}, "bad_type"),
        ("extend_item", {"item": "i1", "minutes": 10**12}, "bad_type"),
        ("set_admission", {"automatic": "perhaps"}, "bad_type"),
        ("declare_position", {"issue": "s", "preferred": "a", "acceptable": ["a"] * 21}, "too_many"),
        ("declare_position", {"issue": "s", "preferred": "a", "acceptable": [{"a": 1}]}, "bad_type"),
    ],
)
def test_what_has_not_the_right_shape_is_refused_with_its_code(name: object, data: object, code: str) -> None:
    assert code_of(name, data) == code


def test_numbers_may_come_as_strings() -> None:
    assert command_from("extend_item", {"item": "i1", "minutes": " 5 "}) == ExtendItem("i1", 5)


def test_text_is_kept_as_text_without_control_characters() -> None:
    command = command_from("make_statement", {"text": " <b>hi</b>\x00\x07\r\n\u202eevil\ud800 \n"})
    assert command == MakeStatement("<b>hi</b>\nevil")


@pytest.mark.parametrize("unseen", ["\u200b", "\u200f", " \u200d\n\ufeff ", "\u061c", "\u00ad", "\U000e0041"])
def test_what_nobody_would_see_is_nothing(unseen: str) -> None:
    assert command_from("propose_paragraph", {"text": unseen}).text == ""
    assert clean_text(f"{unseen}words") == f"{unseen}words".strip()


def test_one_spelling_of_the_same_letters() -> None:
    assert clean_text("Se\u0301oul") == clean_text("S\u00e9oul")


@given(
    st.sampled_from(sorted(COMMANDS)),
    st.dictionaries(
        st.text(max_size=12),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=50),
            lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
            max_leaves=8,
        ),
    ),
)
def test_nothing_that_is_sent_makes_anything_but_a_command_or_a_refusal(name: str, data: dict[str, object]) -> None:
    made: object = None
    refusal = None
    try:
        made = command_from(name, data)
    except Refused as refused:
        refusal = refused
    assert isinstance(made, COMMANDS[name][0]) or (refusal and refusal.code and refusal.message.endswith("."))


@pytest.mark.parametrize("value", ["a b", "x" * 65, 7, ["a"], "é", "<script>"])
def test_a_strange_request_id_is_refused(value: object) -> None:
    with pytest.raises(Refused) as refused:
        request_id_from(value)
    assert refused.value.code == "bad_request_id"
