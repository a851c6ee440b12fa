"""The shipped exercise, a moderator, a room of theirs, and people who join it through the real door."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from delegations.loading import store, store_papers
from delegations.models import Scenario
from delegations.paper_files import parse_papers
from delegations.prepared import PreparedPaper, PreparedScenario
from delegations.scenario_files import parse_scenario
from rooms import access
from rooms.actions import Done, act
from rooms.domain.room import OpenRoom
from rooms.models import Participant, Room
from tests.rooms.committing import committed_at_once
from tests.rooms.library import plan_of, stored
from tests.rooms.rehearsed import Heard, played

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
SLUG = "neacd-vii-tokyo-1997"
DELEGATIONS = ("PRC", "JPN", "ROK", "RUS", "USA")


@pytest.fixture(autouse=True)
def _committed_at_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where a test has one transaction from its begin to its end, what it does in it counts as committed."""
    marker = request.node.get_closest_marker("django_db")
    if "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction")):
        yield
        return
    with committed_at_once():
        yield


@pytest.fixture(scope="session")
def read() -> tuple[tuple[PreparedPaper, ...], PreparedScenario]:
    """The shipped files, read once for all tests."""
    papers = parse_papers(FIXTURES / "papers.toml")
    return papers, parse_scenario(FIXTURES / "scenarios" / SLUG, papers=[paper.slug for paper in papers])


@pytest.fixture
def scenario(db: None, read: tuple[tuple[PreparedPaper, ...], PreparedScenario]) -> Scenario:
    """NEACD VII as it ships."""
    papers, prepared = read

    def both() -> None:
        store_papers(papers=papers)
        store(scenario=prepared)

    stored(SLUG, both)
    return Scenario.objects.get(slug=SLUG)


@pytest.fixture
def moderator_user(db: None) -> User:
    return User.objects.create_user("mira")


@dataclass
class Played:
    """A room with its chair; `chair` and `by` carry commands out as people do."""

    room: Room
    chair_pid: str
    people: dict[str, Participant] = field(default_factory=dict)

    def chair(self, command: Any) -> Done:
        return act(self.room.pk, self.chair_pid, command)

    def by(self, pid: str, command: Any, *, at: int | None = None) -> Done:
        return act(self.room.pk, pid, command, at=at)

    def address(self, pid: str = "", rest: str = "") -> str:
        return f"/rooms/{self.room.code}/{pid or self.chair_pid}/{rest}"


@pytest.fixture
def open_room(scenario: Scenario, moderator_user: User) -> Callable[..., Played]:
    """Opens a room of the shipped exercise with its moderator in the chair; what is not said is as it ships."""

    def opened(
        title: str = "Tuesday group",
        *,
        delegations: tuple[str, ...] = DELEGATIONS,
        attribution: str = "chatham_house",
        assessment_record: bool = True,
        automatic_admission: bool = True,
        **changed: Any,
    ) -> Played:
        room = Room.objects.create(code=access.new_code(), title=title, scenario=scenario, opened_by=moderator_user)
        plan = {**plan_of(scenario), **changed}
        command = OpenRoom(title, plan, delegations, attribution, assessment_record, automatic_admission)
        act(room.pk, "", command)
        chair = access.join(room, "Mira the Moderator", "moderator", user=moderator_user)
        room.refresh_from_db()
        return Played(room, chair.pid)

    return opened


@pytest.fixture
def join() -> Callable[..., tuple[Client, str]]:
    """Somebody joins through the door's own page: (their browser, their pid). No seat: an observer."""

    def joined(played: Played, name: str, seat: str = "observe", client: Client | None = None) -> tuple[Client, str]:
        client = client or Client()
        response = client.post(f"/join/{played.room.code}/", {"name": name, "seat": seat})
        assert response.status_code == 302, response.content.decode()
        pid = response["Location"].rstrip("/").rpartition("/")[2]
        played.people[name] = Participant.objects.get(room=played.room, pid=pid)
        return client, pid

    return joined


@pytest.fixture
def in_chair(moderator_user: User) -> Callable[[Played], Client]:
    """The moderator's browser, signed in and with the chair's ticket."""

    def seated(played: Played) -> Client:
        client = Client()
        client.force_login(moderator_user)
        assert client.get(f"/rooms/{played.room.code}/chair/").status_code == 302
        return client

    return seated


@pytest.fixture(scope="session")
def shipped() -> tuple[PreparedScenario, ...]:
    """All exercises, read once for all tests."""
    papers = [paper.slug for paper in parse_papers(FIXTURES / "papers.toml")]
    return tuple(parse_scenario(folder, papers=papers) for folder in sorted((FIXTURES / "scenarios").iterdir()))


@pytest.fixture
def scenarios(
    db: None, read: tuple[tuple[PreparedPaper, ...], PreparedScenario], shipped: tuple[PreparedScenario, ...]
) -> None:
    """All papers and exercises that ship."""

    def all_of_them() -> None:
        store_papers(papers=read[0])
        for prepared in shipped:
            store(scenario=prepared)

    stored("all that ship", all_of_them)


@pytest.fixture
def user(scenarios: None) -> User:
    """Whose room a rehearsal is played in."""
    return User.objects.create_user("castellane")


@pytest.fixture(scope="session")
def kept() -> dict[str, Heard]:
    """The rehearsals that were played already, by name."""
    return {}


@pytest.fixture
def hear(kept: dict[str, Heard], request: pytest.FixtureRequest) -> Callable[[str], Heard]:
    """A rehearsal, played when somebody first asks for it."""

    def heard(name: str) -> Heard:
        if name not in kept:
            kept[name] = played(name, request.getfixturevalue("user"))
        return kept[name]

    return heard
