"""A room that is made in memory is the room that the one door would have written, and goes on by it."""

from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from delegations.loading import store, store_papers
from delegations.paper_files import parse_papers
from delegations.scenario_files import parse_scenario
from rooms import access, log
from rooms.actions import act
from rooms.domain.fold import NAMES, fold
from rooms.domain.speakers import AskForFloor
from rooms.models import Room
from rooms.process import folds
from tests.load.casting import cast, due
from tests.load.making import SCENARIO

pytestmark = pytest.mark.django_db
FIXTURES = Path(settings.BASE_DIR) / "fixtures"


@pytest.fixture(autouse=True)
def _scenario(db: None) -> None:
    papers = parse_papers(FIXTURES / "papers.toml")
    store_papers(papers=papers)
    store(scenario=parse_scenario(FIXTURES / "scenarios" / SCENARIO, papers=[paper.slug for paper in papers]))


def test_the_record_holds_and_goes_on_by_the_one_door() -> None:
    made = cast(observers=3, delegates=9)
    room = Room.objects.get(code=made["code"])
    assert log.verify(room) is None
    entries = log.read(room.pk)
    assert [one.seq for one in entries] == list(range(1, room.head + 1))
    assert folds.at_head(room.pk).state == fold(entries)
    sides = [one["side"] for one in made["people"]]
    assert (sides[0], sides[-3:]) == ("moderator", ["observer"] * 3)
    assert sides[1:4] == sides[7:10]  # one of each of the six, and then the second of each
    assert len(set(sides[1:7])) == 6
    speaker = made["people"][1]
    assert act(room.pk, speaker["pid"], AskForFloor()).last_seq == room.head + 1
    room.refresh_from_db()
    assert log.verify(room) is None


def test_everybody_is_let_in_by_the_ticket_that_was_given_out() -> None:
    made = cast(observers=1, delegates=1)
    for one in made["people"]:
        found = access.participant_from({}, made["code"], one["pid"], one["ticket"])
        assert found is not None
        assert found.pid == one["pid"]


def test_a_long_session_has_its_length_and_a_bit_of_everything() -> None:
    made = cast(events=400)
    room = Room.objects.get(code=made["code"])
    assert 400 <= room.head < 410
    assert log.verify(room) is None
    names = Counter(NAMES[type(one.event)] for one in log.read(room.pk))
    for name in (
        "floor.given",
        "floor.statement_made",
        "channels.said_in_delegation",
        "positions.declared",
        "texts.paragraph_proposed",
    ):
        assert names[name] > 3, names


def test_a_delegation_may_have_more_seats_than_in_a_class() -> None:
    made = cast(seats=8, delegates=48)
    assert set(Counter(one["side"] for one in made["people"] if one["seat"]).values()) == {8}
    state = folds.at_head(made["room"]).state
    assert len({person.seat for person in state.seats.people.values() if person.seat}) == 48


def test_a_speech_that_is_due_has_its_deadline() -> None:
    made = due("Due", 20)
    assert Room.objects.get(code=made["code"]).next_deadline is not None
