"""What the timeline tells of capitals and of dissent; and that it tells nothing of what was written home."""

from rooms.debrief import timeline
from rooms.domain import capitals, ratification
from tests.domain.capitals_play import agreed
from tests.domain.play import JAPAN, M1, cast_live
from tests.rooms.capital_stages import capital_stages

SECRET = "Sell the pier, not the light."


def _lines() -> list[str]:
    found: list[str] = []
    for _, session in capital_stages(cast_live(), SECRET):
        told = (timeline.moment(*step) for step in timeline.walk(session.entries))
        found += [one.sentence for one in told if one]
    return found


def test_each_turn_is_one_sentence() -> None:
    lines = set(_lines())
    for said in (
        "Somebody became the capital of Land JPN.",
        "Land JPN asked its capital for instructions on",
        "The constituencies of Land JPN refused:",
        "The capital of Land ROK confirmed with a reservation:",
        "The time for an answer lapsed without one from Land PRC:",
        "again as a new draft",
        "Land JPN made a reservation on paragraph 2 of",
        "The constituencies of the packs decide for the capitals from here on, 50 of 100 on one side.",
    ):
        assert any(said in line for line in lines), said


def test_what_was_written_home_is_not_told() -> None:
    session = agreed().done((JAPAN, ratification.SeekInstructions("d1", SECRET)))
    session.done((M1, capitals.WriteFromCapital("JPN", SECRET)), (JAPAN, capitals.WriteToCapital(SECRET)))
    session.done((M1, ratification.Instruct("d1", "JPN", "refuse", SECRET)))
    told = [one.sentence for step in timeline.walk(session.entries) if (one := timeline.moment(*step))]
    assert "The capital of Land JPN refused: “Joint text”." in told
    assert not [line for line in told if SECRET in line]
