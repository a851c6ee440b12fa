"""Check yourself, as a student meets it and as the moderator sees it."""

import pytest
from django.test import Client

from rooms import access
from rooms.domain.sight import THE_MODERATORS, members_of
from rooms.models import Event
from rooms.panels import paint
from rooms.process import folds
from tests.rooms.kit import Played, open_played

pytestmark = pytest.mark.django_db


def browser_of(played: Played, who: str) -> Client:
    client = Client()
    person = played.people[who]
    client.cookies[access.cookie_name(played.room.code, person.pid)] = access.ticket_of(person)
    return client


def page(played: Played, who: str) -> str:
    return f"/rooms/{played.room.code}/{played.pid(who)}/check/"


def answer(played: Played, who: str, **ticked: str) -> str:
    address = page(played, who)
    response = browser_of(played, who).post(address, ticked, follow=True, headers={"sec-fetch-site": "same-origin"})
    return response.content.decode()


def test_one_answers_learns_what_is_right_and_why_and_may_go_on_later() -> None:
    played = open_played()
    before = browser_of(played, "JPN-MFA").get(page(played, "JPN-MFA")).content.decode()
    assert "How far?" in before
    assert "The sea is wide." not in before, "the answer is told after one's own"
    after = answer(played, "JPN-MFA", q0="1")
    assert "The sea is wide." in after
    assert "It is our harbour." not in after
    done = answer(played, "JPN-MFA", q1="1")
    assert "You had 1 of 2 right." in done


def test_the_first_answer_counts_also_by_another_form() -> None:
    played = open_played()
    answer(played, "JPN-MFA", q0="0")
    assert "Your first answer counts." in answer(played, "JPN-MFA", q0="1")
    assert Event.objects.filter(name="checks.question_answered").count() == 1


@pytest.mark.parametrize("ticked", [{}, {"q9": "0"}, {"q0": "9"}, {"q0": "x"}, {"qx": "1"}, {"q0": "<b>"}])
def test_what_cannot_be_an_answer_is_refused_in_a_sentence(ticked: dict[str, str]) -> None:
    played = open_played()
    assert 'role="alert"' in answer(played, "JPN-MFA", **ticked)
    assert not Event.objects.filter(name="checks.question_answered").exists()


def test_the_moderator_sees_it_by_delegation_and_a_rival_does_not() -> None:
    played = open_played()
    answer(played, "JPN-MFA", q0="1", q1="1")
    picture = folds.at_head(played.room.pk, [THE_MODERATORS, members_of("PRC")])
    chair = paint("moderator", THE_MODERATORS, picture.view(THE_MODERATORS), picture.names)["people"]
    assert "1 of 2 answers right" in chair
    assert picture.view(members_of("PRC")).checks.answers == {}


@pytest.mark.parametrize("who", ["moderator", "observer"])
def test_who_has_no_pack_has_no_questions(who: str) -> None:
    played = open_played()
    told = browser_of(played, who).get(page(played, who)).content.decode()
    assert "Your pack asks no questions." in told
    assert f'href="{page(played, who).removesuffix("check/")}">Back to the room' in told


def test_whose_seat_it_is_not_is_not_sent_to_it() -> None:
    played = open_played()
    told = Client().get(page(played, "JPN-MFA")).content.decode()
    assert "This seat is not yours" in told
    assert "Back to the room" not in told
    assert "Join with a code" in told


def test_a_form_from_another_site_answers_nothing() -> None:
    played = open_played()
    response = browser_of(played, "JPN-MFA").post(page(played, "JPN-MFA"), {"q0": "1"})
    assert response.status_code == 403
    assert not Event.objects.filter(name="checks.question_answered").exists()
