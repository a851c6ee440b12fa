"""In each of the three scenarios a joint text is negotiated from its first words to the answers of the capitals."""

from collections import Counter
from typing import Any

import pytest

from rooms.domain.state import RoomState
from tests.rooms.rehearsed import played

pytestmark = pytest.mark.django_db(transaction=True)

ON_PAPER = {
    "principles_on_paper": "neacd-vii-tokyo-1997",
    "statement_of_honolulu": "tcog-comprehensive-approach-2001",
    "fuel_and_proof": "allies-north-korea-2009",
}


@pytest.fixture(params=ON_PAPER)
def state(request: pytest.FixtureRequest, user: Any) -> RoomState:
    heard = played(request.param, user)
    assert heard.fault is None
    assert heard.script.scenario == ON_PAPER[request.param]
    return heard.state


def test_a_joint_text_goes_from_brackets_to_the_capitals_and_to_a_road_map(state: RoomState) -> None:
    document = state.texts.documents[-1]
    assert (document.status, document.mode, document.output) == ("adopted", "negotiated", "joint_statement")
    assert len(document.standing) >= 8
    assert not document.open_brackets
    assert len(document.brackets) >= 2
    settled = [one for one in document.brackets if one.ended == "settled"]
    assert any(one.bridge and set(one.holds.values()) <= {one.bridge.id} for one in settled)
    assert all(len(one.versions) == one.version for one in document.paragraphs)

    silences = [one.status for one in state.decisions.calls if one.kind == "silence"]
    assert silences == ["broken", "adopted"]
    assert any(one.kind == "reservation" for one in state.dissents.entries)
    answers = Counter(one.status for one in state.ratifications.by_document[document.id].values())
    assert answers["refused"] == 1
    assert answers["confirmed"] >= 2

    promised = {one.id for one in state.commitments.drawn if one.binding and not one.measure}
    linked = {end for link in state.commitments.links for end in (link.first, link.second)}
    assert len(promised) == 6
    assert promised <= linked


def test_what_a_capital_refused_is_issued_under_the_chairs_own_name(state: RoomState) -> None:
    assert [one.kind for one in state.outputs.issued] == ["chairs_summary"]
    assert state.room.status == "closed"
