"""Positions: declared for all, or noted for the delegation alone."""

from dataclasses import replace
from typing import Any

import pytest

from rooms.domain import room
from rooms.domain.codec import from_data
from rooms.domain.fold import fold
from rooms.domain.positions import (
    DeclarePosition,
    NoteTakenBack,
    PositionDeclared,
    PositionNoted,
    TakeBackNote,
    conditions_in_words,
)
from rooms.domain.seats import AdmitPerson, JoinRoom, MovePerson
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, members_of, visible

from .play import CHINA, JAPAN, JAPAN_MOD, M1, NOON, OUTSIDERS, Session, opening, snapshot

PUBLIC = DeclarePosition("scope", "b", ("c", "b"), "if all join", "calm seas", public=True)


def test_a_delegate_declares_for_the_delegation(session: Session) -> None:
    session.when(JAPAN, PUBLIC)
    session.then(PositionDeclared("JPN", "scope", "b", ("b", "c"), "if all join", "calm seas"))
    held = session.state.positions.public_of("JPN", "scope")
    assert held is not None
    assert (held.at, held.changes, held.before) == (NOON, 0, "")
    assert session.state.positions.private_of("JPN", "scope") is None


def test_what_is_preferred_is_always_acceptable_in_the_issues_order(session: Session) -> None:
    session.when(JAPAN, DeclarePosition("scope", "b", ("c", "a", "c"), public=True))
    assert session.new[0].acceptable == ("a", "b", "c")
    session.when(JAPAN, DeclarePosition("scope", "a", public=True))
    assert session.new[0].acceptable == ("a",)


def test_a_position_is_for_the_delegation_alone_unless_it_is_said_to_be_public(session: Session) -> None:
    session.when(JAPAN, DeclarePosition("scope", "c")).then(PositionNoted("JPN", "scope", "c", ("c",), "", ""))
    assert session.entries[-1].audience == ("delegation:JPN",)


def test_a_private_position_never_replaces_the_public_one(session: Session) -> None:
    session.done((JAPAN, PUBLIC))
    declared = session.state.positions.declared
    session.done((JAPAN, DeclarePosition("scope", "c")))
    assert session.state.positions.declared == declared
    assert session.state.positions.private_of("JPN", "scope") is not None


@pytest.mark.parametrize("audience", [OBSERVERS, THE_MODERATORS, members_of("PRC")])
def test_others_fold_no_private_position(session: Session, audience: object) -> None:
    session.done((JAPAN, PUBLIC), (JAPAN, DeclarePosition("scope", "c")))
    seen = fold(visible(session.entries, audience)).positions  # type: ignore[arg-type]
    assert seen.private == {}
    assert seen.declared == session.state.positions.declared


def test_a_revision_counts_and_keeps_what_was_preferred_before(session: Session) -> None:
    session.done((JAPAN, PUBLIC), (JAPAN_MOD, DeclarePosition("scope", "c", public=True)))
    held = session.state.positions.public_of("JPN", "scope")
    assert held is not None
    assert (held.preferred, held.changes, held.before) == ("c", 1, "b")


@pytest.mark.parametrize("public", [True, False])
def test_saying_the_same_again_changes_nothing(session: Session, public: bool) -> None:
    command = DeclarePosition("scope", "b", ("b", "c"), public=public)
    session.done((JAPAN, command)).when(JAPAN_MOD, command).then()
    session.when(CHINA, command)
    assert session.new[0].delegation == "PRC"


def test_an_unknown_issue_or_option_is_refused(session: Session) -> None:
    session.when(JAPAN, DeclarePosition("weather", "a")).refused("unknown_issue")
    session.when(JAPAN, DeclarePosition("scope", "z")).refused("option_needed")
    session.when(JAPAN, DeclarePosition("scope", "")).refused("option_needed")
    session.when(JAPAN, DeclarePosition("scope", "a", ("b", "z"))).refused("unknown_option")


@pytest.mark.parametrize("person", [*OUTSIDERS, M1])
def test_only_seated_delegates_declare(session: Session, person: str) -> None:
    session.when(person, PUBLIC)
    session.refused("not_admitted" if person == "waiting" else "not_delegate")


def test_positions_are_filed_before_the_session_and_in_a_pause_but_not_after_it(lobby: Session) -> None:
    lobby.done((JAPAN, PUBLIC), (M1, room.StartSession()), (M1, room.PauseSession()), (CHINA, PUBLIC))
    lobby.done((M1, room.CloseSession())).when(JAPAN, PUBLIC).refused("closed")


def test_who_is_moved_declares_for_the_new_delegation(session: Session) -> None:
    session.done((M1, MovePerson(JAPAN, "PRC-EXP-1"))).when(JAPAN, PUBLIC)
    assert session.new[0].delegation == "PRC"


# Conditions, sources, history

ON_CONDITION = DeclarePosition(
    "scope", "b", ("c",), public=True, condition_issue=("hotline", ""), condition_option=("b", "")
)


def test_what_is_acceptable_can_hang_on_another_issue(session: Session) -> None:
    session.when(JAPAN, ON_CONDITION)
    session.then(PositionDeclared("JPN", "scope", "b", ("b", "c"), "", "", (("hotline", "b"),)))
    held = session.state.positions.public_of("JPN", "scope")
    assert held is not None
    assert conditions_in_words(session.state, held) == "if “Scope” ends at “Option b” or beyond"


def test_of_two_conditions_on_one_issue_the_further_one_counts(session: Session) -> None:
    twice = replace(ON_CONDITION, condition_issue=("hotline", "hotline"), condition_option=("c", "a"))
    session.when(JAPAN, twice)
    assert session.new[0].links == (("hotline", "c"),)


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ((("hotline",), ()), "condition_incomplete"),
        ((("hotline",), ("",)), "condition_incomplete"),
        ((("",), ("b",)), "condition_incomplete"),
        ((("scope",), ("b",)), "own_issue"),
        ((("weather",), ("b",)), "unknown_issue"),
        ((("hotline",), ("z",)), "unknown_option"),
    ],
)
def test_a_condition_names_another_issue_and_one_of_its_options(session: Session, pairs: Any, code: str) -> None:
    session.when(JAPAN, replace(ON_CONDITION, condition_issue=pairs[0], condition_option=pairs[1])).refused(code)


def test_a_condition_needs_something_that_hangs_on_it(session: Session) -> None:
    session.when(JAPAN, replace(ON_CONDITION, acceptable=("b",))).refused("nothing_conditional")


def test_a_position_hangs_on_three_other_issues_at_most() -> None:
    wide = snapshot()
    more = [{**wide["issues"][0], "id": f"more-{n}"} for n in range(4)]
    session = Session().done((M1, opening(snapshot={**wide, "issues": [*wide["issues"], *more]})))
    session.done((JAPAN, JoinRoom("delegate", "JPN-MFA")), (M1, JoinRoom("moderator")), (M1, AdmitPerson(JAPAN)))
    several = replace(ON_CONDITION, condition_issue=tuple(one["id"] for one in more), condition_option=("b",) * 4)
    session.when(JAPAN, several).refused("too_many_conditions")
    session.when(JAPAN, replace(several, condition_issue=several.condition_issue[:3], condition_option=("b",) * 3))
    assert len(session.new[0].links) == 3


def test_sources_are_kept_once_each(session: Session) -> None:
    session.when(JAPAN, replace(PUBLIC, sources=("Ahn, 2", "", "Ahn, 2", "Sarkisov, 4")))
    assert session.new[0].sources == ("Ahn, 2", "Sarkisov, 4")


def test_another_condition_or_source_is_another_position(session: Session) -> None:
    session.done((JAPAN, PUBLIC), (JAPAN, replace(PUBLIC, sources=("Ahn, 2",))))
    session.done((JAPAN, replace(PUBLIC, condition_issue=("hotline",), condition_option=("b",))))
    assert [one.changes for one in session.state.positions.history_of("JPN", "scope")] == [0, 1, 2]


def test_every_change_is_kept_with_what_it_replaced(session: Session) -> None:
    session.done((JAPAN, PUBLIC), (JAPAN, replace(PUBLIC, preferred="c")))
    session.when(JAPAN, replace(PUBLIC, preferred="a"), at=NOON + 1)
    history = session.state.positions.history_of("JPN", "scope")
    assert [(one.preferred, one.at) for one in history] == [("b", NOON), ("c", NOON), ("a", NOON + 1)]
    assert session.state.positions.history_of("PRC", "scope") == ()


def test_what_was_noted_can_be_taken_back_and_stays_among_the_delegations_own(session: Session) -> None:
    session.done((JAPAN, PUBLIC), (JAPAN, DeclarePosition("scope", "c")))
    session.when(JAPAN_MOD, TakeBackNote("scope")).then(NoteTakenBack("JPN", "scope"))
    assert session.entries[-1].audience == ("delegation:JPN",)
    held = session.state.positions
    assert held.private_of("JPN", "scope") is None
    assert held.public_of("JPN", "scope") is not None
    assert [one.preferred for one in held.privately_replaced["JPN", "scope"]] == ["c"]
    session.done((JAPAN, DeclarePosition("scope", "a")))
    assert session.state.positions.private["JPN", "scope"].changes == 0


def test_only_what_is_noted_is_taken_back(session: Session) -> None:
    session.done((JAPAN, PUBLIC), (CHINA, DeclarePosition("scope", "c")))
    session.when(JAPAN, TakeBackNote("scope")).refused("nothing_noted")
    session.when(JAPAN, TakeBackNote("weather")).refused("unknown_issue")
    session.when(M1, TakeBackNote("scope")).refused("not_delegate")
    session.done((M1, room.CloseSession())).when(CHINA, TakeBackNote("scope")).refused("closed")


@pytest.mark.parametrize("audience", [OBSERVERS, THE_MODERATORS, members_of("PRC")])
def test_others_fold_nothing_of_a_note_taken_back(session: Session, audience: Any) -> None:
    session.done((JAPAN, PUBLIC))
    before = fold(visible(session.entries, audience)).positions
    session.done((JAPAN, DeclarePosition("scope", "c")), (JAPAN, TakeBackNote("scope")))
    assert fold(visible(session.entries, audience)).positions == before


def test_a_position_stored_before_there_were_conditions_is_read() -> None:
    old = {"delegation": "JPN", "issue": "scope", "preferred": "b", "acceptable": ["b"], "conditions": "", "reason": ""}
    event = from_data("positions.declared", 1, old)
    assert (event.links, event.sources) == ((), ())
