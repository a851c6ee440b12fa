"""The capital: who is appointed, what they see, who decides, and what a delegation and its capital write."""

import pytest

from rooms.domain import capitals, offices, positions, room, seats, sight
from rooms.domain.attribution import readable
from rooms.domain.fold import fold
from rooms.domain.ratification import CapitalAnswered, Instruct, SeekInstructions
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, audience_of, capital_of, members_of, visible

from .capitals_play import CELL, agreed
from .play import CHINA, JAPAN, JAPAN_MOD, KOREA, M1, M2, OBSERVER, SCREEN, WAITING, Session, cast_live

ASK = capitals.WriteToCapital("How far may we go?")


@pytest.fixture
def celled() -> Session:
    """The observer is Japan's capital."""
    return cast_live().done(*CELL)


# Who decides


def test_the_moderator_is_every_capital_until_the_room_says_otherwise(session: Session) -> None:
    assert (session.state.capitals.kind, session.state.capitals.share) == ("moderator", 50)
    session.when(M1, capitals.SetCapitals("constituencies", 60)).then(capitals.CapitalsSet("constituencies", 60))
    session.when(M1, capitals.SetCapitals("constituencies", 60)).then()
    session.when(M1, capitals.SetCapitals("oracle")).refused("unknown_capital")
    session.when(M1, capitals.SetCapitals("cell", 49)).refused("share_range")
    session.when(M1, capitals.SetCapitals("cell", 101)).refused("share_range")
    session.when(JAPAN, capitals.SetCapitals("cell")).refused("not_moderator")
    session.done((M1, room.CloseSession())).when(M1, capitals.SetCapitals("cell")).refused("closed")


# Appointing


def test_an_observer_becomes_a_capital_and_has_the_pack_from_then_on(session: Session) -> None:
    pack = session.state.prepared.packs["JPN"]
    session.when(M1, capitals.AppointCapital(OBSERVER, "JPN")).then(
        capitals.CapitalAppointed(OBSERVER, "JPN"),
        capitals.CapitalBriefed("JPN", pack),
        capitals.CapitalsSet("cell", 50),
    )
    person = session.state.seats.people[OBSERVER]
    assert (person.role, person.instructs, person.delegation, person.sat_with) == ("capital", "JPN", "", "JPN")
    assert audience_of(person) == capital_of("JPN")
    assert dict(fold(visible(session.entries, capital_of("JPN"))).prepared.packs) == {"JPN": pack}
    told = [one for one in session.entries if isinstance(one.event, capitals.CapitalBriefed)]
    for outside in (members_of("JPN"), members_of("PRC"), capital_of("PRC"), OBSERVERS):
        assert visible(told, outside) == [], outside.name
    assert fold(visible(session.entries, OBSERVERS)).prepared.packs == {}
    assert fold(visible(session.entries, members_of("PRC"))).prepared.packs.keys() == {"PRC"}


def test_a_capital_is_no_member_and_takes_no_part_at_the_table(celled: Session) -> None:
    assert OBSERVER not in {one.id for one in celled.state.seats.members("JPN")}
    celled.when(OBSERVER, seats.TakeSeat("PRC-EXP-1")).refused("not_delegate")
    celled.when(M1, seats.MovePerson(OBSERVER, "PRC-EXP-1")).refused("not_delegate")
    celled.when(OBSERVER, ASK).refused("not_delegate")
    celled.when(OBSERVER, positions.DeclarePosition("scope", "a")).refused("not_delegate")


def test_a_capital_hears_neither_the_delegations_own_channel_nor_its_private_positions(celled: Session) -> None:
    celled.done((JAPAN, positions.DeclarePosition("scope", "a")))
    assert not capital_of("JPN").sees(celled.entries[-1])
    celled.done((JAPAN, ASK))
    assert capital_of("JPN").sees(celled.entries[-1])


def test_a_second_person_of_the_cell_gets_the_pack_that_the_first_has(celled: Session) -> None:
    celled.when(M1, capitals.AppointCapital(KOREA, "JPN")).then(
        seats.SeatLeft(KOREA, "ROK-MFA", "ROK", "became a capital", False), capitals.CapitalAppointed(KOREA, "JPN")
    )
    celled.when(M1, capitals.AppointCapital(KOREA, "JPN")).then()
    assert [one.id for one in capitals.cell_of(celled.state, "JPN")] == [OBSERVER, KOREA]


def test_a_capital_may_be_given_another_delegation_and_loses_the_first(celled: Session) -> None:
    celled.done((M1, capitals.AppointCapital(OBSERVER, "PRC")), (JAPAN, ASK))
    assert audience_of(celled.state.seats.people[OBSERVER]) == capital_of("PRC")
    assert not capital_of("PRC").sees(celled.entries[-1])
    celled.when(M1, capitals.ReleaseCapital(OBSERVER)).then(capitals.CapitalReleased(OBSERVER, "PRC", "observer"))


def test_who_is_appointed_is_a_person_who_can_be_and_a_delegation_that_is_here(session: Session) -> None:
    session.when(JAPAN, capitals.AppointCapital(OBSERVER, "JPN")).refused("not_moderator")
    session.when(M1, capitals.AppointCapital(OBSERVER, "RUS")).refused("unknown_delegation")
    session.when(M1, capitals.AppointCapital("nobody", "JPN")).refused("unknown_person")
    session.when(M1, capitals.AppointCapital(M2, "JPN")).refused("is_moderator")
    session.when(M1, capitals.AppointCapital(SCREEN, "JPN")).refused("is_screen")
    session.done((M1, capitals.AppointCapital(WAITING, "JPN")))
    assert session.state.seats.people[WAITING].admitted, "who waits is let in"


# Releasing


def test_a_released_capital_observes_and_learns_nothing_more(celled: Session) -> None:
    celled.when(M1, capitals.ReleaseCapital(OBSERVER)).then(capitals.CapitalReleased(OBSERVER, "JPN", "observer"))
    person = celled.state.seats.people[OBSERVER]
    assert audience_of(person) == OBSERVERS
    celled.done((JAPAN, ASK))
    assert not OBSERVERS.sees(celled.entries[-1])
    celled.when(OBSERVER, capitals.WriteFromCapital("JPN", "Still here.")).refused("not_capital")
    celled.when(M1, capitals.ReleaseCapital(OBSERVER)).refused("not_a_capital")
    celled.when(JAPAN, capitals.ReleaseCapital(OBSERVER)).refused("not_moderator")


def test_a_released_capital_enters_no_other_delegation_but_by_the_chairs_hand(session: Session) -> None:
    session.done((M1, capitals.AppointCapital(KOREA, "JPN")), (M1, capitals.ReleaseCapital(KOREA)))
    person = session.state.seats.people[KOREA]
    assert (person.role, person.seat, person.sat_with) == ("delegate", "", "JPN")
    session.when(KOREA, seats.TakeSeat("ROK-MFA")).refused("chair_seats")
    session.done((M1, seats.MovePerson(KOREA, "ROK-MFA")))


def test_another_office_ends_that_of_a_capital(celled: Session) -> None:
    celled.done((M1, offices.AppointRapporteur(OBSERVER)))
    assert celled.state.seats.people[OBSERVER].instructs == ""
    assert audience_of(celled.state.seats.people[OBSERVER]) == OBSERVERS
    celled.done((M1, seats.RemovePerson(OBSERVER)))
    assert audience_of(celled.state.seats.people[OBSERVER]) is None


def test_a_removed_capital_is_no_cell_any_more(celled: Session) -> None:
    celled.done((M1, seats.RemovePerson(OBSERVER)))
    assert capitals.cell_of(celled.state, "JPN") == ()
    celled.when(OBSERVER, capitals.WriteFromCapital("JPN", "Boo.")).refused("not_capital")


# What they write


def test_what_is_written_home_is_read_by_the_delegation_its_capital_and_the_chair(celled: Session) -> None:
    celled.when(JAPAN_MOD, ASK).then(
        capitals.CapitalWord("h-JPN-1", "JPN", "delegation", JAPAN_MOD, "JPN-MOD", "How far may we go?")
    )
    celled.when(OBSERVER, capitals.WriteFromCapital("JPN", "To the pier.")).then(
        capitals.CapitalWord("h-JPN-2", "JPN", "capital", OBSERVER, "", "To the pier.")
    )
    for entry in celled.entries[-2:]:
        assert all(one.sees(entry) for one in (members_of("JPN"), capital_of("JPN"), THE_MODERATORS))
        assert not any(one.sees(entry) for one in (members_of("PRC"), capital_of("PRC"), OBSERVERS, sight.WAITING))


def test_ids_do_not_tell_what_others_wrote(session: Session) -> None:
    session.done((JAPAN, ASK), (CHINA, ASK), (M1, capitals.WriteFromCapital("PRC", "Go.")))
    assert [one.id for one in session.state.capitals.words["PRC"]] == ["h-PRC-1", "h-PRC-2"]
    assert session.state.capitals.counts == {"JPN": 1, "PRC": 2}


def test_what_is_not_for_one_to_write_is_refused(celled: Session) -> None:
    celled.when(JAPAN, capitals.WriteToCapital("")).refused("words_needed")
    celled.when(M1, capitals.WriteFromCapital("JPN", "x" * 4_001)).refused("too_long")
    celled.when(M1, capitals.WriteFromCapital("RUS", "Go.")).refused("unknown_delegation")
    celled.when(OBSERVER, capitals.WriteFromCapital("PRC", "Go.")).refused("other_capital")
    celled.when(CHINA, capitals.WriteFromCapital("PRC", "Go.")).refused("not_capital")
    celled.done((M1, room.CloseSession()))
    celled.when(JAPAN, ASK).refused("closed")
    celled.when(M1, capitals.WriteFromCapital("JPN", "Go.")).refused("closed")


def test_a_screen_shows_the_last_words_and_counts_them_all(session: Session) -> None:
    session.done(*((JAPAN, capitals.WriteToCapital(f"Word {n}.")) for n in range(45)))
    words = session.state.capitals.words["JPN"]
    assert (len(words), words[0].text, words[-1].id) == (40, "Word 5.", "h-JPN-45")


# Who instructs


def test_the_cell_decides_for_its_own_delegation_where_cells_do() -> None:
    session = agreed().done(*CELL)
    session.when(OBSERVER, Instruct("d1", "PRC", "confirm")).refused("other_capital")
    session.done((OBSERVER, Instruct("d1", "JPN", "confirm", "Well done.")))
    session.done((M1, Instruct("d1", "PRC", "confirm")))


def test_when_the_kind_changes_midway_the_cell_can_only_advise() -> None:
    session = agreed().done(*CELL, (JAPAN, SeekInstructions("d1", "May we?")))
    for kind in ("moderator", "constituencies"):
        session.done((M1, capitals.SetCapitals(kind)))
        session.when(OBSERVER, Instruct("d1", "JPN", "confirm")).refused("cell_advises")
        session.done((OBSERVER, capitals.WriteFromCapital("JPN", "We would say yes.")))
    session.done((M1, Instruct("d1", "JPN", "confirm")))


# Afterwards


def test_what_was_written_home_is_nobodys_afterwards_but_the_answers_stay() -> None:
    session = agreed().done(*CELL, (JAPAN, SeekInstructions("d1", "May we?")), (JAPAN, ASK))
    session.done((OBSERVER, Instruct("d1", "JPN", "refuse", "Never.")), (M1, room.CloseSession()))
    for audience in (members_of("JPN"), capital_of("JPN"), OBSERVERS):
        read = readable(session.entries, audience, assesses=False)
        assert not [entry for entry in read if isinstance(entry.event, capitals.CapitalWord)]
        [answered] = [entry for entry in read if isinstance(entry.event, CapitalAnswered)]
        assert answered.actor == "", "the capital has answered, not a person"
        fold(read)
