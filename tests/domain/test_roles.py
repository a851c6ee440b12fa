"""Every door, tried by everybody: made from the table of commands, so that no new command is forgotten."""

from dataclasses import replace

import pytest

from rooms.domain import calls, decisions, muting, offices, roles, room
from rooms.domain.fold import COMMANDS, INTERNAL, RULES, decide
from rooms.domain.refused import Refused
from rooms.domain.seats import TakeSeat
from rooms.domain.state import RoomState

from . import commitments_play, wash_play
from .every_command import USES
from .play import (
    CAST,
    DELEGATES,
    JAPAN,
    M1,
    MODERATORS,
    NOON,
    OBSERVER,
    OUTSIDERS,
    STRANGER,
    WAITING,
    Session,
    cast_live,
)

CHAIRS = sorted(name for name, use in USES.items() if use.actor == M1)
DELEGATIONS = sorted(name for name, use in USES.items() if use.actor != M1)
# What either side does in its own name.
BOTH = {
    *("propose_paragraph", "revise_paragraph", "withdraw_paragraph", "withdraw_statement", "name_head"),
    *("drop_question", "leave_sponsors", "link_paragraph", "reopen_paragraph", "keep_draft", "drop_draft"),
    *("table_draft", "circulate_non_paper", "accept_wording", "accept_amendment", "withdraw_amendment"),
    *commitments_play.BOTH,
    "add_wash_note",
}
# What a moderator or rapporteur does to keep the record.
KEEPERS = {"log_gist"}
# What a moderator does, or somebody who is appointed as that delegation's capital.
OF_CAPITALS = {"instruct", "write_from_capital"}
# What is done in the debrief, of which some begins before the session is closed.
IN_THE_DEBRIEF = {"close_perceptions", *wash_play.AFTER_CLOSING}
# The one thing to do while waiting, and the one thing that observers do; see test_seats and test_hot_wash.
MAY = {("take_seat", WAITING), ("add_wash_note", OBSERVER)}
NOBODY_HERE = ("not_moderator", "not_keeper", "not_capital", "not_delegate", "not_admitted")


def test_every_command_has_a_legal_use() -> None:
    assert set(USES) == set(COMMANDS)
    for name, use in USES.items():
        assert type(use.command) is COMMANDS[name][0]


def test_nothing_that_only_our_own_code_issues_comes_over_the_wire() -> None:
    assert not {row[0] for row in COMMANDS.values()} & {row[0] for row in INTERNAL.values()}
    assert len(RULES) == len(COMMANDS) + len(INTERNAL)


@pytest.mark.parametrize("name", sorted(USES))
def test_the_legal_use_is_carried_out(name: str) -> None:
    use = USES[name]
    session = use.stage().done((use.actor, use.command))
    assert session.new, "it changes something"


@pytest.mark.parametrize("name", sorted(USES))
@pytest.mark.parametrize("person", OUTSIDERS)
def test_whoever_is_not_at_the_table_is_refused_everything(name: str, person: str) -> None:
    use = USES[name]
    if (name, person) in MAY:
        return
    session = use.stage()
    before = session.state
    session.when(person, use.command)
    assert session.refusal is not None
    assert session.refusal.code in NOBODY_HERE
    assert (session.state, session.new) == (before, [])


@pytest.mark.parametrize("person", OUTSIDERS)
def test_from_outside_a_refusal_tells_nothing_of_what_happens_inside(person: str) -> None:
    """The same refusal for the same command, whatever the room has been doing."""
    for name, use in USES.items():
        if name == "take_seat" or (name, person) in MAY:
            continue
        codes = set()
        for session in (cast_live(), use.stage()):
            session.when(person, use.command)
            assert session.refusal is not None
            codes.add((session.refusal.code, session.refusal.message))
        assert len(codes) == 1, name


@pytest.mark.parametrize("name", CHAIRS)
@pytest.mark.parametrize("person", DELEGATES)
def test_no_delegate_does_what_is_the_chairs(name: str, person: str) -> None:
    use = USES[name]
    code = "not_keeper" if name in KEEPERS else "not_capital" if name in OF_CAPITALS else "not_moderator"
    use.stage().when(person, use.command).refused(code)


@pytest.mark.parametrize("name", CHAIRS)
def test_every_moderator_does_what_is_the_chairs(name: str) -> None:
    use = USES[name]
    use.stage().done(("m2", use.command))


@pytest.mark.parametrize("name", sorted(set(DELEGATIONS) - BOTH))
@pytest.mark.parametrize("person", MODERATORS)
def test_no_moderator_does_what_is_a_delegates(name: str, person: str) -> None:
    use = USES[name]
    use.stage().when(person, use.command).refused("not_delegate")


@pytest.mark.parametrize("name", wash_play.AFTER_CLOSING)
def test_what_the_hot_wash_does_in_a_closed_room_changes_nothing_else_in_it(name: str) -> None:
    use = USES[name]
    session = _closed(use.stage())
    before = session.state
    now = session.done((use.actor, use.command)).state
    assert session.new
    assert now == replace(before, hot_wash=now.hot_wash, sharing=now.sharing, count=now.count, at=now.at)


@pytest.mark.parametrize("name", sorted(set(USES) - IN_THE_DEBRIEF))
def test_a_closed_room_refuses_every_command(name: str) -> None:
    use = USES[name]
    session = _closed(use.stage())
    for person in (use.actor, *CAST):
        before = session.state
        session.when(person, use.command)
        assert session.refusal is not None, f"{person} {name}"
        assert session.refusal.code in ("closed", *NOBODY_HERE)
        session.refusal = None
        assert (session.state, session.new) == (before, [])
    session.when(use.actor, use.command).refused("closed")


def _closed(session: Session) -> Session:
    call = calls.open_call(session.state)
    if call:
        session.done((M1, decisions.WithdrawCall(call.id)))
    return session.done((M1, room.CloseSession()))


@pytest.mark.parametrize("name", sorted(USES))
def test_a_room_that_was_never_opened_refuses_every_command(name: str) -> None:
    use = USES[name]
    for person in (use.actor, STRANGER):
        with pytest.raises(Refused):
            decide(RoomState(), person, use.command, NOON)


@pytest.mark.parametrize("person", MODERATORS)
def test_a_moderator_keeps_the_record(session: Session, person: str) -> None:
    assert roles.keeper(session.state, person).id == person


def test_a_rapporteur_keeps_the_record_while_in_office(session: Session) -> None:
    session.done((M1, offices.AppointRapporteur(OBSERVER)))
    assert roles.keeper(session.state, OBSERVER).id == OBSERVER
    session.done((M1, offices.ReleaseRapporteur(OBSERVER)))
    with pytest.raises(Refused) as refusal:
        roles.keeper(session.state, OBSERVER)
    assert refusal.value.code == "not_keeper"


@pytest.mark.parametrize("person", [*OUTSIDERS, *DELEGATES])
def test_nobody_else_keeps_the_record(session: Session, person: str) -> None:
    with pytest.raises(Refused) as refusal:
        roles.keeper(session.state, person)
    assert refusal.value.code == "not_keeper"


# What also somebody muted does: it says nothing to other delegations.
SILENT = {
    *("take_seat", "leave_seat", "answer_question", "leave_caucus", "withdraw_caucus", "note_to_chair", "see_news"),
    *("give_perceptions", "step_out_of_role"),
}
SPOKEN = sorted(set(DELEGATIONS) - SILENT)


@pytest.mark.parametrize("name", SPOKEN)
def test_whoever_is_muted_can_say_and_file_nothing(name: str) -> None:
    use = USES[name]
    session = use.stage().done((M1, muting.MutePerson(use.actor)))
    session.when(use.actor, use.command).refused("muted")


def test_whoever_is_muted_can_leave_and_check_what_they_read(session: Session) -> None:
    session.done((M1, muting.MutePerson(JAPAN)))
    session.done((JAPAN, USES["answer_question"].command), (JAPAN, USES["leave_seat"].command))


def test_what_is_no_command_at_all_is_refused(session: Session) -> None:
    session.when(M1, object()).refused("unknown_command")
    session.when(M1, TakeSeat).refused("unknown_command")
