"""Positions: declared for all, or noted for the delegation alone."""

import pytest

from rooms.domain import room
from rooms.domain.fold import fold
from rooms.domain.positions import DeclarePosition, PositionDeclared, PositionNoted
from rooms.domain.seats import MovePerson
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, members_of, visible

from .play import CHINA, JAPAN, JAPAN_MOD, M1, NOON, OUTSIDERS, Session

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
