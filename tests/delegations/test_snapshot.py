"""The snapshot is the contract between what is prepared and what happens in rooms."""

import json

import pytest
from pytest_django import DjangoAssertNumQueries

from delegations.models import Delegation, Issue, Scenario, Seat
from delegations.snapshot import snapshot

pytestmark = pytest.mark.django_db

DESIGN = {"kind": "design"}
# Paragraphs, delegations, seats, issues, options, agenda, injects, road map, packs, their items, their positions.
QUERIES = 11
EMPTY = ("red_lines", "knows", "relations", "constituencies", "figures", "recommendations", "questions")


def sourced(source: dict[str, str]) -> dict[str, object]:
    """The one source of a line, alone and among all of them."""
    return {"source": source, "sources": [source]}


def pack_of(coast: str) -> dict[str, object]:
    return {
        "who": "You speak for a coast.",
        "interests": [
            {
                "text": f"Ships of {coast} must pass.",
                **sourced(
                    {
                        "kind": "paper",
                        "paper": "harbour-paper",
                        "locator": "Anker, Ships, 1",
                        "anchor": "must pass",
                    }
                ),
            }
        ],
        "positions": [
            {
                "issue": "dredging",
                "preferred": "b",
                "acceptable": ["b", "c"],
                "red_lines": ["a"],
                "priority": 1,
                "text": f"Hold out for seven fathoms, says the secret of {coast}.",
                "conditions": "",
                "fallback": "",
                **sourced(DESIGN),
            }
        ],
        "constraints": [{"text": "The treasury is empty.", **sourced(DESIGN)}],
        "talking_points": [{"text": "The sea belongs to nobody.", **sourced(DESIGN)}],
        **{name: [] for name in EMPTY},
    }


def test_a_snapshot_has_exactly_the_shape_that_rooms_freeze(scenario: Scenario) -> None:
    assert snapshot(scenario) == {
        "slug": "harbour-talks",
        "version": 1,
        "title": "Harbour Talks",
        "moment": "Oslo, May 1998",
        "summary": "Two coasts talk about one harbour.",
        "brief": ["The harbour lies between two coasts.", "Both want it open."],
        "brief_sourced": [
            {"heading": "", "text": "The harbour lies between two coasts.", "sources": []},
            {"heading": "", "text": "Both want it open.", "sources": []},
        ],
        "injects": [],
        "history": [],
        "roadmap": [],
        "format": {
            "name": "Plenary",
            "attribution": "chatham_house",
            "decision": "consensus",
            "output": "chair's summary",
            "speech_seconds": 120,
            "points_of_order": False,
            "votes": True,
            "caucus_existence": "announced",
            "caucus_readable_by_chair": False,
            "caucus_at_any_time": False,
            "rules": [],
        },
        "delegations": [
            {
                "code": "AAA",
                "name": "Alfa",
                "full_name": "Republic of Alfa",
                "hue": 1,
                "pattern": 1,
                "optional": False,
                "seats": [
                    {"id": "AAA-MFA", "kind": "MFA", "title": "Foreign Office"},
                    {"id": "AAA-EXP-1", "kind": "EXP", "title": "Private expert"},
                ],
            },
            {
                "code": "BBB",
                "name": "Bravo",
                "full_name": "Kingdom of Bravo",
                "hue": 2,
                "pattern": 2,
                "optional": True,
                "seats": [{"id": "BBB-MFA", "kind": "MFA", "title": "Royal Office"}],
            },
        ],
        "issues": [
            {
                "id": "dredging",
                "title": "Dredging",
                "question": "How deep should the harbour be?",
                "options": [
                    {"id": "a", "label": "Leave it", "detail": "Nobody dredges."},
                    {"id": "b", "label": "Seven fathoms", "detail": "Dredge to seven fathoms."},
                    {"id": "c", "label": "Ten fathoms", "detail": "Dredge to ten fathoms."},
                ],
                "axis": "from shallow to deep",
                **sourced(
                    {
                        "kind": "paper",
                        "paper": "harbour-paper",
                        "locator": "Boje, Depths, 2",
                        "anchor": "seven fathoms",
                    }
                ),
            }
        ],
        "agenda": [
            {
                "id": "i1",
                "title": "Opening",
                "kind": "opening",
                "minutes": 5,
                "attribution": "",
                "may_speak": [],
                "issue": "",
                "presenters": [],
            },
            {
                "id": "i2",
                "title": "On depth",
                "kind": "discussion",
                "minutes": 20,
                "attribution": "off_the_record",
                "may_speak": ["MFA"],
                "issue": "dredging",
                "presenters": ["MFA"],
            },
        ],
        "packs": {"AAA": pack_of("Alfa"), "BBB": pack_of("Bravo")},
    }


def test_a_snapshot_survives_json_unchanged(scenario: Scenario) -> None:
    taken = snapshot(scenario)
    assert json.loads(json.dumps(taken)) == taken


def test_a_snapshot_costs_the_same_queries_whatever_the_size(
    scenario: Scenario, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        code = "ABCDE"[number] * 3 + "X"
        extra = Delegation.objects.create(
            scenario=scenario, order=10 + number, code=code, name=code, full_name=code, hue=3 + number, pattern=0
        )
        Seat.objects.create(delegation=extra, order=0, key=f"{code}-MFA", kind="MFA", title="Office")
        Issue.objects.create(scenario=scenario, order=10 + number, key=f"issue-{number}", title="T", question="Q")
    with django_assert_num_queries(QUERIES):
        taken = snapshot(scenario)
    assert len(taken["delegations"]) == 7
    assert set(taken["packs"]) == {"AAA", "BBB"}
