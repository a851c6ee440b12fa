"""Whoever is appointed as a delegation's capital: the page they get, the pack they may open, what others never see."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from django.test import Client

from rooms import access, panels
from rooms.domain import room
from rooms.domain.fold import fold
from rooms.domain.ratification import Instruct, SeekInstructions
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, Audience, capital_of, members_of, visible
from tests.domain.capitals_play import agreed, with_constituencies
from tests.domain.play import CAST, JAPAN, M1, OBSERVER, Session, cast_live
from tests.rooms.kit import Played, live_played

from .test_panels import Page

NAMES = {pid: pid.title() for pid in CAST}
SECRET = "Sell the pier, not the light."


def browser_of(played: Played, who: str) -> Client:
    client, person = Client(), played.people[who]
    client.cookies[access.cookie_name(played.room.code, person.pid)] = access.ticket_of(person)
    return client


def page(played: Played, who: str, more: str = "") -> tuple[int, str]:
    response = browser_of(played, who).get(f"/rooms/{played.room.code}/{played.pid(who)}/{more}")
    return response.status_code, response.content.decode()


@pytest.mark.django_db
def test_an_observer_who_is_appointed_gets_the_capitals_page_and_the_pack() -> None:
    played = live_played()
    assert "You speak for JPN." not in page(played, "observer")[1]
    assert page(played, "observer", "pack/JPN/")[0] != 200
    played.do("moderator", "appoint_capital", person=played.pid("observer"), delegation="JPN")
    status, html = page(played, "observer")
    assert status == 200
    assert 'data-screen="capital"' in html
    assert "the capital of Land JPN" in html
    assert "You speak for JPN." in html
    assert page(played, "observer", "pack/JPN/")[0] == 200
    assert page(played, "observer", "pack/PRC/")[0] != 200


@pytest.mark.django_db
def test_a_released_capital_has_neither_the_page_nor_the_pack_any_more() -> None:
    played = live_played()
    played.do("moderator", "appoint_capital", person=played.pid("observer"), delegation="JPN")
    played.do("moderator", "release_capital", person=played.pid("observer"))
    played.do("JPN-MFA", "write_to_capital", words=SECRET)
    _, html = page(played, "observer")
    assert 'data-screen="observer"' in html
    assert "You speak for JPN." not in html
    assert SECRET not in html
    assert page(played, "observer", "pack/JPN/")[0] != 200


@pytest.mark.django_db
def test_a_capital_that_is_given_another_delegation_needs_another_page() -> None:
    played = live_played()
    for code in ("JPN", "PRC"):
        played.do("moderator", "appoint_capital", person=played.pid("observer"), delegation=code)
        assert f'data-view="capital:{code}"' in page(played, "observer")[1]
    assert page(played, "observer", "pack/JPN/")[0] != 200


@pytest.mark.django_db
def test_the_forms_work_without_a_socket() -> None:
    played = live_played()
    played.do("moderator", "appoint_capital", person=played.pid("observer"), delegation="JPN")
    client, path = browser_of(played, "observer"), f"/rooms/{played.room.code}/{played.pid('observer')}/act/"
    form = {"command": "write_from_capital", "delegation": "JPN", "words": "As far as the pier."}
    assert client.post(path, form, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 302
    assert "As far as the pier." in page(played, "JPN-MOD")[1]
    for who in ("PRC-MFA", "ROK-MFA"):
        assert "As far as the pier." not in page(played, who)[1]


# What each audience is shown


def painted(session: Session, screen: str, audience: Audience) -> dict[str, str]:
    return panels.paint(screen, audience, fold(visible(session.entries, audience)), NAMES)


def asked() -> Session:
    """Japan has constituencies at home, and has asked; its text lands where some of them are hurt."""
    return agreed(with_constituencies(cast_live())).done((JAPAN, SeekInstructions("d1", SECRET)))


def test_support_at_home_and_telegrams_are_shown_to_the_delegation_its_capital_and_the_chair_alone() -> None:
    session = asked()
    for screen, audience in (
        ("delegate", members_of("JPN")),
        ("capital", capital_of("JPN")),
        ("moderator", THE_MODERATORS),
    ):
        html = painted(session, screen, audience)["capital"]
        assert SECRET in html
        # the pack of the cell comes with its appointment
        assert ("Fishermen" in html) == (screen != "capital")
    others: Iterable[tuple[str, Audience]] = (
        ("delegate", members_of("PRC")),
        ("capital", capital_of("PRC")),
        ("observer", OBSERVERS),
        ("rapporteur", OBSERVERS),
        ("projector", OBSERVERS),
    )
    for screen, audience in others:
        everything = "".join(painted(session, screen, audience).values())
        assert SECRET not in everything
        assert "Fishermen" not in everything


def test_a_capital_is_offered_its_own_forms_and_no_others() -> None:
    session = asked().done((M1, Instruct("d1", "PRC", "confirm")))
    shown = painted(session, "capital", capital_of("JPN"))
    assert not [name for name, html in shown.items() if name != "capital" and "<form" in html]
    offered = {command for command, _ in Page(shown["capital"]).forms()}
    assert offered == {"write_from_capital"}, "it only advises until the room lets cells decide"


def test_all_read_where_each_capital_stands() -> None:
    session = asked().done((M1, Instruct("d1", "PRC", "refuse", SECRET)))
    html = painted(session, "observer", OBSERVERS)["ratification"]
    assert "has asked home for instructions" in html
    assert "It is not in force." in html
    assert SECRET not in html
    assert OBSERVER not in html


@pytest.mark.parametrize("kept", [True, False])
def test_the_chair_keeps_telegrams_after_the_end_only_with_an_assessment_record(kept: bool) -> None:
    session = asked().done((M1, room.CloseSession("Thank you.")))
    record = [
        replace(one, event=replace(one.event, assessment_record=kept))
        if isinstance(one.event, room.RoomOpened)
        else one
        for one in session.entries
    ]
    session.entries[:] = record
    assert (SECRET in painted(session, "moderator", THE_MODERATORS)["capital"]) == kept
    for audience in (members_of("JPN"), members_of("PRC")):
        assert (SECRET in painted(session, "delegate", audience)["capital"]) == (audience == members_of("JPN"))
