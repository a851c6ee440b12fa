"""The delegation channel: members only, and nobody else can tell that anything was said."""

import pytest

from rooms.domain import room
from rooms.domain.channels import WINDOW, SaidInDelegation, SayInDelegation
from rooms.domain.fold import fold
from rooms.domain.seats import LeaveSeat, MovePerson
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, WAITING, Audience, audience_of, members_of, visible

from .play import CHINA, JAPAN, JAPAN_MOD, M1, NOON, OUTSIDERS, Session


def test_a_delegate_writes_to_the_own_delegation(session: Session) -> None:
    session.when(JAPAN, SayInDelegation("Psst."))
    session.then(SaidInDelegation("m-JPN-1", "JPN", JAPAN, "JPN-MFA", "Psst."))
    assert session.entries[-1].audience == ("delegation:JPN",)
    message = session.state.channels.messages["JPN"][0]
    assert (message.text, message.at) == ("Psst.", NOON)


def test_messages_are_numbered_in_their_delegation_alone(session: Session) -> None:
    session.done((CHINA, SayInDelegation("One.")), (CHINA, SayInDelegation("Two.")))
    session.when(JAPAN_MOD, SayInDelegation("First."))
    assert session.new[0].message == "m-JPN-1"
    session.when(CHINA, SayInDelegation("Three."))
    assert session.new[0].message == "m-PRC-3"


def test_nothing_is_written_without_words(session: Session) -> None:
    session.when(JAPAN, SayInDelegation("")).refused("text_needed")


@pytest.mark.parametrize("person", [*OUTSIDERS, M1])
def test_only_seated_delegates_write(session: Session, person: str) -> None:
    session.when(person, SayInDelegation("Let me in."))
    session.refused("not_admitted" if person == "waiting" else "not_delegate")


def test_the_channel_is_open_in_the_lobby_and_in_a_pause_but_not_after_closing(lobby: Session) -> None:
    lobby.done((JAPAN, SayInDelegation("Early.")), (M1, room.StartSession()), (M1, room.PauseSession()))
    lobby.done((JAPAN, SayInDelegation("Meanwhile.")), (M1, room.CloseSession()))
    lobby.when(JAPAN, SayInDelegation("Late.")).refused("closed")


@pytest.mark.parametrize("audience", [OBSERVERS, THE_MODERATORS, WAITING, members_of("PRC")])
def test_nobody_else_folds_a_message_or_a_count(session: Session, audience: Audience) -> None:
    session.done((JAPAN, SayInDelegation("Psst.")))
    channels = fold(visible(session.entries, audience)).channels
    assert (channels.messages, channels.counts) == ({}, {})


def test_who_is_moved_reads_and_writes_with_the_new_delegation_only(session: Session) -> None:
    session.done((JAPAN, SayInDelegation("Ours.")), (M1, MovePerson(JAPAN, "PRC-EXP-1")))
    audience = audience_of(session.state.seats.people[JAPAN])
    assert audience is not None
    assert list(fold(visible(session.entries, audience)).channels.messages) == []
    session.when(JAPAN, SayInDelegation("Hello."))
    assert session.new[0].delegation == "PRC"


def test_who_left_no_longer_reads_or_writes(session: Session) -> None:
    session.done((JAPAN, SayInDelegation("Ours.")), (JAPAN, LeaveSeat()))
    assert audience_of(session.state.seats.people[JAPAN]) == WAITING
    session.when(JAPAN, SayInDelegation("Still here.")).refused("not_delegate")


def test_a_screen_holds_the_last_messages_and_the_count_goes_on(session: Session) -> None:
    session.done(*[(JAPAN, SayInDelegation(f"Number {n}.")) for n in range(1, WINDOW + 2)])
    assert len(session.state.channels.messages["JPN"]) == WINDOW
    assert session.state.channels.messages["JPN"][0].text == "Number 2."
    assert session.state.channels.counts["JPN"] == WINDOW + 1
