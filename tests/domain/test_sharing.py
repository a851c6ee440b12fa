"""Sharing parts of the debrief: with whom, when, what travels with it, and in whose fold it never is."""

from typing import Any

import pytest

from rooms.domain import capitals, room, seats
from rooms.domain.attribution import readable
from rooms.domain.fold import fold
from rooms.domain.sharing import PARTS, SECRET, TO, MaterialShared, PartShared, SharePart, may_read
from rooms.domain.sight import (
    OBSERVERS,
    THE_MODERATORS,
    WAITING,
    Audience,
    capital_of,
    members_of,
    on_seat,
    visible,
)
from rooms.domain.state import RoomState

from .play import IN_USE, M1, M2, OBSERVER, Session, cast_live, opening, snapshot
from .wash_play import closed

SEAT = on_seat("PRC-EXP-1", "PRC", officials=False)
DELEGATES = (members_of("JPN"), SEAT, capital_of("ROK"))
READERS = (OBSERVERS, WAITING, THE_MODERATORS, *DELEGATES)
HISTORY = [{"heading": "After", "text": "The bell rang in the end.", "sources": []}]


def over(**more: Any) -> Session:
    """A session is over in a room that knows what in fact happened, too."""
    scenario = {**snapshot(), "history": HISTORY, **more}
    session = Session().done((M1, opening(snapshot=scenario)), (M1, seats.JoinRoom("moderator")))
    return closed(session.done((M1, room.StartSession())))


def seen_by(session: Session, audience: Audience) -> RoomState:
    return fold(visible(session.entries, audience))


@pytest.mark.parametrize("part", PARTS)
def test_before_anything_is_shared_all_read_all_but_the_secrets(part: str) -> None:
    state = RoomState()
    expected = {one.name: part not in SECRET and one is not WAITING for one in READERS} | {"moderators": True}
    assert {one.name: may_read(state, part, one) for one in READERS} == expected


@pytest.mark.parametrize(
    ("to", "who"),
    [
        ("chair", (THE_MODERATORS,)),
        ("delegates", (THE_MODERATORS, *DELEGATES)),
        ("all", (THE_MODERATORS, OBSERVERS, *DELEGATES)),
    ],
)
@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_read_by_those_it_is_shared_with_and_all_know_it(part: str, to: str, who: Any) -> None:
    session = over().done((M1, SharePart(part, to)))
    for reader in READERS:
        assert may_read(session.state, part, reader) == (reader in who)
        if reader is not WAITING:
            assert may_read(seen_by(session, reader), part, reader) == (reader in who)


def test_no_one_reads_a_part_that_there_is_not() -> None:
    assert not any(may_read(RoomState(), "gossip", one) for one in READERS)


@pytest.mark.parametrize("part", sorted(set(PARTS) - set(SECRET)))
def test_what_is_no_secret_is_shared_at_any_time(part: str) -> None:
    session = cast_live()
    session.when(M1, SharePart(part, "delegates")).then(PartShared(part, "delegates"))
    session.when(M2, SharePart(part, "delegates")).then()
    session.when(M2, SharePart(part, "all")).then(PartShared(part, "all"))
    session.when(M1, SharePart(part, "all")).then()


@pytest.mark.parametrize("part", SECRET)
@pytest.mark.parametrize("to", ["delegates", "all"])
def test_no_secret_is_shared_while_it_is_played(part: str, to: str) -> None:
    session = cast_live()
    for goes_on in ((), ((M1, room.PauseSession()),)):
        session.done(*goes_on)
        session.when(M1, SharePart(part, to)).refused("still_playing")
    session.when(M1, SharePart(part, "chair")).then()
    closed(session).done((M1, SharePart(part, to)))


def test_only_parts_and_readers_that_there_are() -> None:
    session = cast_live()
    session.when(M1, SharePart("gossip", "all")).refused("unknown_part")
    session.when(M1, SharePart("floor", "press")).refused("unknown_readers")


# What travels


def test_mandates_travel_as_the_packs_have_them_and_no_more_of_the_packs() -> None:
    session = over()
    session.when(M1, SharePart("mandates", "all"))
    material = {code: session.state.sharing.material["mandates"][code] for code in IN_USE}
    session.then(PartShared("mandates", "all"), MaterialShared("mandates", "all", IN_USE, material))
    assert material["JPN"]["positions"] == session.state.prepared.packs["JPN"]["positions"]
    assert {name for one in material.values() for name in one} == {"positions", "red_lines"}


def test_with_the_papers_travel_recommendations_and_the_scenarios_measures() -> None:
    packs = snapshot()["packs"]
    packs["JPN"]["recommendations"] = [{"text": "Ring the bell.", "sources": []}]
    session = over(packs=packs).done((M1, SharePart("papers", "delegates")))
    material = seen_by(session, SEAT).sharing.material["papers"]
    assert material["recommendations"]["JPN"] == ({"text": "Ring the bell.", "sources": ()},)
    measures = {one.id: one.text for one in session.state.prepared.measures}
    assert {one["id"]: one["text"] for one in material["measures"]} == measures


def test_with_the_history_travel_its_paragraphs() -> None:
    session = over().done((M1, SharePart("history", "all")))
    assert seen_by(session, OBSERVERS).sharing.material["history"]["paragraphs"][0]["heading"] == "After"


@pytest.mark.parametrize("part", SECRET)
def test_a_secret_is_in_the_folds_of_those_alone_with_whom_it_is_shared(part: str) -> None:
    session = over()
    for to, who in (("delegates", DELEGATES), ("all", (OBSERVERS, *DELEGATES)), ("chair", ())):
        session.done((M1, SharePart(part, to)))
        for reader in (OBSERVERS, *DELEGATES):
            assert (part in seen_by(session, reader).sharing.material) == (reader in who), (reader.name, to)


@pytest.mark.parametrize("part", SECRET)
def test_what_is_not_shared_changes_no_byte_of_what_others_read(part: str) -> None:
    """Two rooms whose secrets differ are one room to everybody but the moderators, until the secret is shared."""
    other = {"packs": {code: {"who": code, "positions": []} for code in IN_USE}}
    if part == "history":
        other = {"history": [{"heading": "Else", "text": "It never rang.", "sources": []}]}
    if part == "papers":
        other = {"roadmap": [{**one, "text": "Another bell."} for one in snapshot()["roadmap"]]}
    rooms = [over(), over(**other)]
    for session in rooms:
        session.done((M1, SharePart("floor", "delegates")), (M1, SharePart(part, "delegates")))
    one, two = (readable(session.entries, OBSERVERS, assesses=False) for session in rooms)
    assert one == two
    one, two = (readable(session.entries, SEAT, assesses=False) for session in rooms)
    assert one != two


def test_a_file_that_goes_from_hand_to_hand_holds_what_all_may_read() -> None:
    session = over().done((M1, SharePart("mandates", "delegates")))
    held = readable(session.entries, OBSERVERS, assesses=False)
    assert not any(isinstance(one.event, MaterialShared) for one in held)
    session.done((M1, SharePart("mandates", "all")))
    held = readable(session.entries, OBSERVERS, assesses=False)
    assert any(isinstance(one.event, MaterialShared) for one in held)


def test_a_capital_that_was_appointed_is_one_of_its_delegation_here() -> None:
    session = cast_live().done((M1, capitals.AppointCapital(OBSERVER, "JPN")))
    closed(session).done((M1, SharePart("history", "delegates")), (M1, SharePart("mandates", "delegates")))
    assert set(seen_by(session, capital_of("JPN")).sharing.material["mandates"]) == set(IN_USE)
    assert seen_by(session, OBSERVERS).sharing.material == {}


def test_every_choice_and_every_part_is_called_something() -> None:
    assert all(title and words.endswith(".") for title, words in PARTS.values())
    assert set(TO) == {"chair", "delegates", "all"}
