"""Every number of the report, once more from the raw events and by other means: over whole rehearsals, over the
moderator's assessment record and over what others read. A field that nobody recomputes fails here.
"""

from collections.abc import Callable
from dataclasses import asdict, fields
from pathlib import Path

import pytest

from rooms.debrief.measures import report
from rooms.debrief.report import Report
from rooms.domain.attribution import afterwards
from rooms.domain.record import Entry
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, Audience, on_seat, visible
from tests.debrief.recount import of_injects, of_meetings, of_points, of_promises, of_session, of_texts
from tests.debrief.recount.raw import Raw, numbers
from tests.debrief.session import plenary
from tests.domain.every_command import USES

# What is recomputed here: together they tell every number but those of the parts below.
PARTS = (of_session, of_texts, of_meetings, of_injects, of_promises, of_points)
# Parts whose numbers have their own tests, and where.
ELSEWHERE = {
    "perceptions": "test_perceived.py",
    "wash": "test_washed.py",
    "mandates": "test_against.py",
    "papers": "test_against.py",
}
REHEARSALS = ("two_hours", "principles_on_paper", "fuel_and_proof")
JAPAN = on_seat("JPN-MFA", "JPN", officials=True)


def recomputed(entries: list[Entry]) -> dict[str, float]:
    raw = Raw(entries)
    return {path: one for part in PARTS for path, one in numbers(part.counted(raw)).items()}


def in_report(entries: list[Entry]) -> dict[str, float]:
    made = asdict(report(entries))
    return numbers({name: value for name, value in made.items() if name not in ELSEWHERE})


@pytest.mark.parametrize("name", REHEARSALS)
@pytest.mark.parametrize("audience", [THE_MODERATORS, OBSERVERS, JAPAN], ids=lambda one: one.name)
@pytest.mark.parametrize("within_the_rule", [False, True])
def test_every_number_is_counted_again_from_the_raw_events(
    rehearse: Callable[[str], list[Entry]], name: str, audience: Audience, within_the_rule: bool
) -> None:
    seen = visible(rehearse(name), audience)
    entries = afterwards(seen) if within_the_rule else seen

    found = in_report(entries)

    assert found == recomputed(entries)
    assert len(found) > 800


@pytest.mark.parametrize("audience", [THE_MODERATORS, OBSERVERS, JAPAN], ids=lambda one: one.name)
def test_the_numbers_of_a_session_by_hand_are_counted_again(audience: Audience) -> None:
    entries = plenary().seen_by(audience)

    assert in_report(entries) == recomputed(entries)
    assert in_report(afterwards(entries)) == recomputed(afterwards(entries))


@pytest.mark.parametrize("name", sorted(USES))
def test_the_numbers_hold_whatever_somebody_does(name: str) -> None:
    use = USES[name]
    record = use.stage().done((use.actor, use.command)).entries

    for audience in (THE_MODERATORS, OBSERVERS):
        seen = visible(record, audience)
        assert in_report(seen) == recomputed(seen)
        assert in_report(afterwards(seen)) == recomputed(afterwards(seen))


def test_at_every_moment_the_numbers_are_those_of_the_record_so_far(rehearse: Callable[[str], list[Entry]]) -> None:
    record = visible(rehearse("principles_on_paper"), THE_MODERATORS)

    for upto in range(30, len(record), 17):
        assert in_report(record[:upto]) == recomputed(record[:upto]), upto


def test_what_is_counted_elsewhere_is_there() -> None:
    assert ELSEWHERE.keys() <= {field.name for field in fields(Report)}
    assert all((Path(__file__).parent / test).exists() for test in ELSEWHERE.values())


def test_a_number_that_nobody_recomputes_is_found() -> None:
    entries = plenary().seen_by(THE_MODERATORS)

    assert numbers({**asdict(report(entries)), "new": {"count": (1, True, None)}}).keys() - recomputed(
        entries
    ).keys() >= {"new.count[0]"}
