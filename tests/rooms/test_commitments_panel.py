"""The road map's panel: who is offered what, and that nothing is offered which the rules would refuse."""

import re
import tomllib
from dataclasses import fields

import pytest

from rooms import panels, showing_commitments
from rooms.domain import room, seats
from rooms.domain.fold import COMMANDS, decide, fold
from rooms.domain.measures import DrawMeasures
from rooms.domain.refused import Refused
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, Audience, members_of, visible
from tests.domain.commitments_play import CLAIMED, DUE, LINKED, OFFERED, PROMISED, SUSPENDED
from tests.domain.play import CHINA, JAPAN, KOREA, M1, OBSERVER, Session, cast_live, opening, snapshot
from tests.programs import ROOT

from .roadmap_stages import roadmap_stages

WHO: dict[str, tuple[str, Audience]] = {
    M1: ("moderator", THE_MODERATORS),
    JAPAN: ("delegate", members_of("JPN", officials=True)),
    CHINA: ("delegate", members_of("PRC", officials=True)),
    KOREA: ("delegate", members_of("ROK", officials=True)),
    OBSERVER: ("observer", OBSERVERS),
}
FORM = re.compile(r"<form.*?</form>", re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">')


def shown(session: Session, person: str) -> str:
    screen, audience = WHO[person]
    view = fold(visible(session.entries, audience))
    return panels.paint(screen, audience, view, {})["commitments"]


def offered(html: str, command: str) -> list[dict[str, str]]:
    """The hidden fields of each form of a command."""
    made = [dict(HIDDEN.findall(form)) for form in FORM.findall(html)]
    return [one for one in made if one["command"] == command]


@pytest.mark.parametrize(
    ("person", "words"),
    [(M1, "put the scenario’s own measures on the table"), (JAPAN, "It binds nobody"), (OBSERVER, "by track and term")],
)
def test_an_empty_road_map_says_what_it_is_for(person: str, words: str) -> None:
    html = shown(cast_live(), person)
    assert "Nobody has promised anything yet" in html
    assert words in html


def test_only_the_chair_reads_that_the_scenario_has_measures() -> None:
    session = cast_live()
    assert "Put Coast on the table (2)" in shown(session, M1)
    assert not any("Coast" in shown(session, one) for one in (JAPAN, CHINA, OBSERVER))


def test_each_is_asked_for_its_own_promise() -> None:
    session = cast_live().done(*OFFERED)
    assert [one["commitment"] for one in offered(shown(session, JAPAN), "accept_commitment")] == ["cm1"]
    assert [one["commitment"] for one in offered(shown(session, CHINA), "accept_commitment")] == ["cm2"]
    assert offered(shown(session, M1), "accept_commitment") == []


def test_who_promised_claims_and_who_verifies_verifies() -> None:
    due, claimed = cast_live().done(*DUE), cast_live().done(*CLAIMED)
    assert [one["commitment"] for one in offered(shown(due, JAPAN), "claim_done")] == ["cm1"]
    assert offered(shown(claimed, JAPAN), "claim_done") == []
    assert [one["commitment"] for one in offered(shown(claimed, M1), "verify_claim")] == ["cm1"]
    assert offered(shown(claimed, KOREA), "verify_claim") == []


def test_who_receives_it_suspends_resumes_and_waives() -> None:
    due, suspended = cast_live().done(*DUE), cast_live().done(*SUSPENDED)
    assert {"command": "waive_commitment", "commitment": "cm1"} in offered(shown(due, CHINA), "waive_commitment")
    assert offered(shown(due, KOREA), "waive_commitment") == []
    assert [one["commitment"] for one in offered(shown(suspended, CHINA), "resume_commitment")] == ["cm1"]
    assert offered(shown(suspended, JAPAN), "resume_commitment") == []


def test_nothing_is_offered_that_the_rules_would_refuse() -> None:
    """Every form with all its hidden fields, filled in with words where it asks for some, is carried out."""
    tried = set()
    stages = [*roadmap_stages(cast_live(), "Words."), ("linked", cast_live().done(*LINKED))]
    for stage, session in [(name, one) for name, one in stages] + [("promised", cast_live().done(*PROMISED))]:
        for person in WHO:
            for form in FORM.findall(shown(session, person)):
                given = dict(HIDDEN.findall(form))
                name = given.pop("command")
                if name in ("draw_commitment", "link_commitments", "change_commitment"):
                    continue  # what is chosen in them decides
                kind = COMMANDS[name][0]
                known = {one.name: one.type for one in fields(kind)}
                plain = {"words": "It is done.", "reason": "Because.", "minutes": 5}
                values = {key: value for key, value in plain.items() if key in known} | given
                if "seen" in values:
                    values["seen"] = int(str(values["seen"]))
                tried.add(name)
                try:
                    decide(session.state, person, kind(**values), session.now)
                except Refused as refusal:
                    raise AssertionError(f"{stage}: {person} {name} {values}: {refusal.code}") from refusal
    assert len(tried) == 11


def test_in_a_closed_room_nothing_is_offered() -> None:
    session = cast_live().done(*PROMISED, (M1, room.CloseSession()))
    assert not any("<form" in shown(session, person) for person in WHO)


def test_the_longest_road_map_that_ships_is_shown_whole() -> None:
    folder = ROOT / "fixtures" / "scenarios" / "tcog-comprehensive-approach-2001"
    plan = snapshot() | {"packs": {}}
    plan["delegations"] = tomllib.loads((folder / "scenario.toml").read_text(encoding="utf-8"))["delegations"]
    plan["roadmap"] = tomllib.loads((folder / "roadmap.toml").read_text(encoding="utf-8"))["measure"]
    session = Session().done((M1, opening(snapshot=plan, delegations=("USA", "ROK", "JPN", "DPRK"))))
    session.done((M1, seats.JoinRoom("moderator")), (M1, DrawMeasures()))
    assert len({one.measure for one in session.state.commitments.drawn}) == 26
    assert len(session.state.commitments.drawn) == 41
    html = shown(session, M1)
    assert html.count('<details class="rm-entry') == 41
    assert [words for words in ("US-DPRK", "Japan-DPRK", "inter-Korean") if words in html]
    assert html.count('class="rm-node') == 15, "what is asked of two goes in parallel; the rest is linked to nothing"
    wall = showing_commitments.wall(session.state)
    assert wall["counts"] == [("?", 41, "proposed")]
    assert (len(wall["commitments"]), wall["more"]) == (4, 37)
