"""What the screens say of people and of an adjourned session: who is here, who chairs, what the chair may do."""

import re

import pytest

from rooms import panels, showing_people
from rooms.domain.adjourning import AdjournSession
from rooms.domain.fold import fold
from rooms.domain.heads import NameHead
from rooms.domain.muting import MutePerson
from rooms.domain.offices import AppointRapporteur, HandOverChair
from rooms.domain.presence import NoteAway
from rooms.domain.record import CLOCK
from rooms.domain.seats import JoinRoom, MovePerson
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, Audience, audience_of, visible
from rooms.domain.sight import WAITING as OUTSIDE
from tests.domain.play import (
    CAST,
    CHINA,
    GONE,
    JAPAN,
    JAPAN_MOD,
    KOREA,
    M1,
    M2,
    OBSERVER,
    SCREEN,
    WAITING,
    Session,
    cast_live,
)

from .painted import paint_personal

NAMES = {pid: pid.title() for pid in CAST}
THURSDAY = "Thursday 26 November, 10:15, room 204"


@pytest.fixture
def session() -> Session:
    return cast_live()


def panel(session: Session, screen: str, audience: Audience, name: str) -> str:
    return panels.paint(screen, audience, fold(visible(session.entries, audience)), NAMES)[name]


def own(session: Session, pid: str) -> str:
    person = session.state.seats.people[pid]
    audience = audience_of(person)
    assert audience is not None
    view = fold(visible(session.entries, audience))
    return next(iter(paint_personal(panels.screen_of(person), audience, view, NAMES, person).values()))


def words(html: str) -> str:
    return re.sub("<[^>]+>", "", html)


def acts(html: str, pid: str) -> set[str]:
    """What is unfolded for one person: the commands of its buttons, and "invite" for the new link."""
    inside = html.split(f'id="person-{pid}"')[1].split("</details>")[0]
    commands = set(re.findall(r'name="command" value="(\w+)"', inside))
    return commands | ({"invite"} if 'action="invite/"' in inside else set())


def test_the_totals_count_who_is_here_and_who_is_missing(session: Session) -> None:
    session.done((CLOCK, NoteAway((JAPAN_MOD, CHINA))))
    told = showing_people.people(session.state, THE_MODERATORS)
    assert (told["here"], told["missing"], told["vacant"]) == (3, 2, 3)
    html = panel(session, "moderator", THE_MODERATORS, "people")
    assert "3 at the table" in html
    assert "2 missing" in html
    assert 'aria-label="Land JPN: 1 here, 1 away, 3 seats"' in html


def test_of_two_on_a_seat_one_who_is_here_is_enough(session: Session) -> None:
    session.done(("new", JoinRoom("delegate")), (M1, MovePerson("new", "PRC-MFA")), (CLOCK, NoteAway((CHINA,))))
    held = showing_people.people(session.state, THE_MODERATORS)["rows"][1]["seats"][0]
    assert (held["seat"].id, held["state"]) == ("PRC-MFA", "here")


@pytest.mark.parametrize(
    ("screen", "audience"), [("moderator", THE_MODERATORS), ("observer", OBSERVERS), ("lobby", OUTSIDE)]
)
def test_everybody_sees_who_is_away_and_who_is_muted(session: Session, screen: str, audience: Audience) -> None:
    assert "muted by the chair" not in panel(session, screen, audience, "people")
    session.done((M1, MutePerson(CHINA)), (CLOCK, NoteAway((KOREA,))))
    html = panel(session, screen, audience, "people")
    assert html.count("muted by the chair") == 1
    assert html.count('<span class="tag">away</span>') == 1


def test_the_one_who_presides_is_the_chair_and_the_other_a_co_moderator(session: Session) -> None:
    assert "M1 (chair), M2 (co-moderator)" in words(panel(session, "observer", OBSERVERS, "people"))
    session.done((M1, HandOverChair(M2)), (M1, AppointRapporteur(OBSERVER)))
    html = words(panel(session, "delegate", OBSERVERS, "people"))
    assert "M2 (chair), M1 (co-moderator)" in html
    assert "Keeping the record: Observer" in html


def test_the_chair_may_do_with_each_what_suits_them(session: Session) -> None:
    session.done((M1, MutePerson(CHINA)))
    html = panel(session, "moderator", THE_MODERATORS, "people")
    offices = {"appoint_moderator", "appoint_rapporteur", "appoint_capital", "remove_person", "invite"}
    assert acts(html, JAPAN) == {"move_person", "mute_person", *offices}, "who is head is not made head"
    assert acts(html, JAPAN_MOD) == {"move_person", "mute_person", "name_head", *offices}
    assert acts(html, CHINA) == {"move_person", "unmute_person", "name_head", *offices}
    assert acts(html, OBSERVER) == offices
    assert acts(html, SCREEN) == {"remove_person", "invite"}
    assert acts(html, M1) == {"invite"}, "who presides hands the chair over first"
    assert acts(html, M2) == {"hand_over_chair", "step_down", "invite"}
    assert f'id="person-{WAITING}"' not in html, "who waits is in the list of those who wait"
    waiting = panel(session, "moderator", THE_MODERATORS, "waiting")
    assert acts(waiting, WAITING) == {"move_person", "appoint_moderator", "appoint_rapporteur", "invite"}


def test_who_was_removed_can_be_invited_again(session: Session) -> None:
    html = panel(session, "moderator", THE_MODERATORS, "people")
    assert f'name="person" value="{GONE}"><button class="btn btn-s btn-quiet">Invite again' in html


def test_no_link_is_in_any_panel(session: Session) -> None:
    for screen, audience in (("moderator", THE_MODERATORS), ("observer", OBSERVERS), ("lobby", OUTSIDE)):
        view = fold(visible(session.entries, audience))
        assert "/seat/" not in "".join(panels.paint(screen, audience, view, NAMES).values())


def test_who_is_muted_reads_why_there_is_nothing_to_press(session: Session) -> None:
    assert "Ask for the floor" in own(session, JAPAN)
    session.done((M1, MutePerson(JAPAN)))
    html = own(session, JAPAN)
    assert "The chair has muted you" in html
    assert "<form" not in html


def test_only_the_head_may_pass_on_that_one_answers(session: Session) -> None:
    assert "name_head" in own(session, JAPAN)
    assert "name_head" not in own(session, JAPAN_MOD)
    session.done((JAPAN, NameHead("JPN-MOD")))
    assert "name_head" not in own(session, JAPAN)
    assert "name_head" in own(session, JAPAN_MOD)
    assert "name_head" not in own(session, KOREA), "nobody else is there"


def test_every_screen_says_when_an_adjourned_session_goes_on(session: Session) -> None:
    session.done((M1, AdjournSession(THURSDAY, "Well begun.")))
    for screen, audience, name in (
        ("moderator", THE_MODERATORS, "status"),
        ("moderator", THE_MODERATORS, "table"),
        ("delegate", OBSERVERS, "table"),
        ("observer", OBSERVERS, "table"),
        ("rapporteur", OBSERVERS, "table"),
        ("projector", OBSERVERS, "stage"),
        ("lobby", OUTSIDE, "status"),
    ):
        html = panel(session, screen, audience, name)
        assert "djourned" in html, (screen, name)
        assert THURSDAY in html, (screen, name)
    for pid in (JAPAN, WAITING):
        assert THURSDAY in own(session, pid)


def test_a_rapporteur_has_a_screen_of_their_own(session: Session) -> None:
    session.done((M1, AppointRapporteur(OBSERVER)))
    assert panels.screen_of(session.state.seats.people[OBSERVER]) == "rapporteur"
