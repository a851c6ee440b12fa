"""Runs of one exercise beside each other: what is the same is not told as a difference, and what differs is found."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from rooms import access
from rooms.debrief.compared import MOST, Comparison, Run, compared
from rooms.debrief.measures import report
from rooms.domain import agenda, floor, positions, speakers, statements
from rooms.models import Participant, Room
from tests.domain.play import CHINA, JAPAN, M1, Session, cast_live
from tests.rooms.kit import Played, open_played


def ran(*more: tuple[str, object]) -> Session:
    """A session in which Japan declared a position, and then what is given."""
    session = cast_live().done((M1, agenda.StartItem("i1")))
    return session.done((JAPAN, positions.DeclarePosition("scope", "a", ("a", "b"), public=True)), *more)


def beside(*sessions: Session) -> Comparison:
    return compared([Run(f"RUN{n}", f"Run {n}", report(one.entries)) for n, one in enumerate(sessions, start=1)])


def test_a_run_held_against_itself_differs_in_nothing() -> None:
    one = ran()
    told = beside(one, one)
    assert not any(row.differs for row in (*told.outcomes, *told.numbers))
    assert not any(parting.parted for parting in told.partings)
    assert not any(row.differs for issue in told.issues for row in (*issue.ends, issue.spread))


def test_runs_part_where_the_first_thing_differs() -> None:
    moved = ran((CHINA, positions.DeclarePosition("scope", "c", ("c",), public=True)))
    other = ran((CHINA, positions.DeclarePosition("scope", "b", ("b",), public=True)))
    told = beside(moved, other)
    (parting,) = [one for one in told.partings if one.matter == "Positions"]
    assert (parting.parted, parting.alike) == (True, 1)
    assert [": c," in parting.cells[0].words, ": b," in parting.cells[1].words] == [True, True]
    assert "first" in parting.sentence


def test_a_run_that_goes_on_where_the_other_ends_is_said_to() -> None:
    told = beside(ran(), ran((CHINA, positions.DeclarePosition("scope", "b", ("b",), public=True))))
    (parting,) = [one for one in told.partings if one.matter == "Positions"]
    assert parting.cells[0].words == "nothing more"
    assert parting.cells[0].cursor is None


def test_each_row_has_a_cell_for_each_run_and_marks_what_differs() -> None:
    told = beside(ran(), ran((CHINA, positions.DeclarePosition("scope", "b", ("b",), public=True))), ran())
    for row in (*told.outcomes, *told.numbers):
        assert [cell.run for cell in row.cells] == ["RUN1", "RUN2", "RUN3"]
        assert row.differs == (len({cell.words for cell in row.cells}) > 1)
    (filed,) = [row for row in told.numbers if row.label == "Positions filed"]
    assert [cell.words for cell in filed.cells] == ["1", "2", "1"]


def test_a_delegation_that_declared_nothing_in_one_run_is_said_to() -> None:
    told = beside(ran(), ran((CHINA, positions.DeclarePosition("scope", "b", ("b",), public=True))))
    (issue,) = [one for one in told.issues if one.id == "scope"]
    ends = {row.label: [cell.words for cell in row.cells] for row in issue.ends}
    assert ends["Land PRC"][0] == "declared nothing"
    assert ends["Land PRC"][1].startswith("b, ")


def test_which_run_goes_on_from_which_is_said() -> None:
    made = report(ran().entries)
    told = compared([Run("RUN1", "First", made), Run("RUN2", "Second", made, "RUN1", 5)])
    assert len(told.forks) == 1
    assert told.forks[0].startswith("“Second” (RUN2) goes on from a moment of “First” (RUN1)")
    assert compared([Run("RUN2", "Second", made, "OTHER", 5), Run("RUN1", "First", made)]).forks == ()


def test_statements_are_counted_as_the_reports_count_them() -> None:
    spoken = ran(
        (M1, speakers.OpenList()),
        (JAPAN, speakers.AskForFloor()),
        (M1, floor.NextSpeaker()),
        (JAPAN, statements.MakeStatement("Calm seas.")),
    )
    (said,) = [row for row in beside(ran(), spoken).numbers if row.label == "Statements"]
    assert [cell.words for cell in said.cells] == ["0", "1"]


# The page


@pytest.fixture
def teacher(db: object) -> User:
    return User.objects.create_user("teacher")


def run_of(user: User, code: str, option: str) -> Played:
    played = open_played(code=code)
    Room.objects.filter(pk=played.room.pk).update(opened_by=user)
    Participant.objects.filter(room=played.room, pid=played.pid("moderator")).update(user=user)
    played.do("moderator", "start_session")
    played.do("JPN-MFA", "declare_position", issue="scope", preferred=option, acceptable=(option,), public=True)
    return played


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_moderator_reads_their_runs_beside_each_other(teacher: User) -> None:
    one, two = run_of(teacher, "ONERUN", "a"), run_of(teacher, "TWORUN", "c")
    client = signed_in(teacher)
    page = client.get("/rooms/compare/?room=ONERUN&room=TWORUN").content.decode()
    assert "2 runs beside each other" in page
    assert f"/rooms/ONERUN/{one.pid('moderator')}/at/" in page
    assert f"/rooms/TWORUN/{two.pid('moderator')}/at/" in page
    assert access.cookie_name("TWORUN", two.pid("moderator")) in client.cookies


def test_the_runs_to_choose_from_are_ones_own_and_have_begun(teacher: User) -> None:
    run_of(teacher, "ONERUN", "a")
    run_of(User.objects.create_user("other"), "THEIRS", "a")
    page = signed_in(teacher).get("/rooms/compare/").content.decode()
    assert "ONERUN" in page
    assert "THEIRS" not in page


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("room=ONERUN&room=THEIRS", "not_your_room"),
        ("room=ONERUN&room=NOSUCH", "not_your_room"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_a_sentence(teacher: User, query: str, code: str) -> None:
    run_of(teacher, "ONERUN", "a")
    run_of(User.objects.create_user("other"), "THEIRS", "a")
    answer = signed_in(teacher).get(f"/rooms/compare/?{query}", headers={"accept": "application/json"})
    assert answer.status_code in (400, 403, 404, 409)
    assert code in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("compare=", "Choose at least two rooms"),
        ("room=ONERUN&compare=", "Choose at least two rooms"),
        ("room=ONERUN&room=onerun", "Choose at least two rooms"),
        ("room=ONERUN&" + "&".join(f"room=R{n}" for n in range(MOST)), f"Choose at most {MOST} rooms"),
    ],
)
def test_who_chose_too_few_or_too_many_chooses_on(teacher: User, query: str, told: str) -> None:
    run_of(teacher, "ONERUN", "a")
    answer = signed_in(teacher).get(f"/rooms/compare/?{query}")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert told in page
    assert ('value="ONERUN" checked' in page) == ("ONERUN" in query)


def test_who_does_not_chair_a_run_any_more_compares_it_no_more(teacher: User) -> None:
    run_of(teacher, "ONERUN", "a")
    played = run_of(teacher, "TWORUN", "c")
    played.join("second", "moderator")
    played.do("moderator", "hand_over_chair", person=played.pid("second"))
    played.do("moderator", "step_down")
    answer = signed_in(teacher).get("/rooms/compare/?room=ONERUN&room=TWORUN", headers={"accept": "application/json"})
    assert (answer.status_code, "not_moderator" in answer.content.decode()) == (403, True)


def test_a_run_that_another_account_chairs_is_not_opened_by_who_set_it_up(teacher: User) -> None:
    """Neither here nor from the list of rooms is anybody given somebody else's seat."""
    run_of(teacher, "ONERUN", "a")
    played = run_of(teacher, "TWORUN", "c")
    Participant.objects.filter(pid=played.pid("moderator")).update(user=User.objects.create_user("other"))
    client = signed_in(teacher)
    answer = client.get("/rooms/compare/?room=ONERUN&room=TWORUN", headers={"accept": "application/json"})
    assert (answer.status_code, "not_moderator" in answer.content.decode()) == (403, True)
    assert [client.get(f"/rooms/TWORUN/chair/{rest}").status_code for rest in ("", "debrief/")] == [404, 404]
    assert access.cookie_name("TWORUN", played.pid("moderator")) not in client.cookies


def test_who_is_not_signed_in_is_asked_to(client: Client, db: object) -> None:
    assert client.get("/rooms/compare/").status_code == 302


def test_nobody_is_named(teacher: User) -> None:
    """Delegations are compared, not people."""
    run_of(teacher, "ONERUN", "a"), run_of(teacher, "TWORUN", "c")
    Participant.objects.filter(name="JPN-MFA").update(name="Kim Of-Japan")
    page = signed_in(teacher).get("/rooms/compare/?room=ONERUN&room=TWORUN").content.decode()
    assert "Land JPN" in page
    assert "Kim Of-Japan" not in page
