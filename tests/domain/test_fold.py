"""The fold: what is decided is written down in order, and folds the same from anywhere."""

from rooms.domain import room, speakers
from rooms.domain.fold import fold, next_deadline, record

from .every_command import USES
from .play import JAPAN, M1, NOON, Session, running, speaking


def test_entries_are_numbered_without_a_gap_from_one(session: Session) -> None:
    assert [entry.seq for entry in session.entries] == list(range(1, len(session.entries) + 1))
    assert session.state.count == len(session.entries)


def test_entries_of_one_command_share_instant_actor_and_request(session: Session) -> None:
    _, entries = record(session.state, M1, [speakers.ListClosed(), speakers.ListOpened()], NOON + 7, "abc")
    assert {(entry.at, entry.actor, entry.request_id) for entry in entries} == {(NOON + 7, M1, "abc")}


def test_the_state_knows_the_instant_of_its_last_entry(session: Session) -> None:
    session.done((M1, room.PauseSession()), at=NOON + 9)
    assert session.state.at == NOON + 9


def test_a_fold_goes_on_from_any_point() -> None:
    for use in USES.values():
        session = use.stage().done((use.actor, use.command))
        for cut in range(0, len(session.entries), 7):
            assert fold(session.entries[cut:], fold(session.entries[:cut])) == session.state


def test_an_entry_carries_the_rule_that_was_in_force_before_it(session: Session) -> None:
    running(session, "i3")
    assert session.entries[-1].attribution == "chatham_house"
    running(session, "i5")
    assert [entry.attribution for entry in session.entries[-2:]] == ["off_the_record", "chatham_house"]


def test_the_next_deadline_is_the_nearest_of_all_clocks(session: Session) -> None:
    assert next_deadline(session.state) is None
    running(session, "i1")
    assert next_deadline(session.state) == NOON + 300_000
    speaking(session, JAPAN)
    assert next_deadline(session.state) == NOON + 120_000
