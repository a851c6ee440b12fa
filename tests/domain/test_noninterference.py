"""Non-interference: what somebody may not see changes nothing of what they are shown.

Once on the record (hidden entries dropped or altered), once on the rules (the same session, played again with other
confidences, lets every outsider see the same, to the id; see `twins`), and once for what officials say among
themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.domain.fold import fold
from rooms.domain.record import Entry
from rooms.domain.sight import (
    MODERATORS,
    OBSERVERS,
    OFFICIALS,
    THE_MODERATORS,
    WAITING,
    Audience,
    capital_of,
    members_of,
    on_seat,
    visible,
)
from rooms.domain.state import RoomState

from .moves import Move, at_random, moves, played, staged
from .play import ANNOUNCED, IN_USE, READABLE
from .twins import (
    ALTER,
    DROP,
    EVERYTHING,
    KEEP,
    aside,
    facts_of,
    fate_of,
    is_compared,
    known_of,
    otherwise_prepared,
    outcome,
    play_twin,
    sight_of,
    told,
)

CIRCLES = tuple(members_of(code, officials=officials) for code in IN_USE for officials in (False, True))
SEATS = (
    *(on_seat(seat, seat[:3], officials=True) for seat in ("JPN-MFA", "JPN-MOD", "PRC-MFA", "PRC-MOD", "ROK-MFA")),
    *(on_seat(seat, seat[:3], officials=False) for seat in ("JPN-EXP-1", "PRC-EXP-1")),
    on_seat("USA-MIL", "USA", officials=True),
)
CAPITALS = tuple(capital_of(code) for code in IN_USE)
AUDIENCES = (OBSERVERS, WAITING, THE_MODERATORS, *CIRCLES, *CAPITALS, *SEATS)
INSIDE = tuple(one for one in AUDIENCES if one is not WAITING)
RULES: Mapping[str, Mapping[str, Any]] = {"hidden": {}, "announced": ANNOUNCED, "readable": READABLE}
fates = st.lists(st.sampled_from((KEEP, DROP, ALTER, ALTER)), min_size=12, max_size=12)
some = st.lists(st.sampled_from((*CIRCLES, *CAPITALS, *SEATS)), min_size=4, max_size=4, unique=True)


# On the record


def altered(event: Any) -> Any:
    """The same kind of event with nothing in it as it was, but which of them it is of those it belongs to."""
    return replace(event, **{one.name: _altered(getattr(event, one.name)) for one in fields(event)})


def _altered(value: Any, *, is_row: bool = False) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 7
    if isinstance(value, str):
        return f"{value} otherwise"
    if isinstance(value, Mapping):
        return {**value, "who": "Somebody else."}
    return tuple(_altered(one, is_row=True) for one in (value if is_row else value[:1]))


def spoiled(entries: Sequence[Entry], audience: Audience, fate: Sequence[str]) -> list[Entry]:
    """The record with what the audience may not see dropped or altered."""
    result = []
    for entry in entries:
        what = KEEP if audience.sees(entry) else fate[entry.seq % len(fate)]
        if what != DROP:
            result.append(replace(entry, event=altered(entry.event)) if what == ALTER else entry)
    return result


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
@at_random
@given(drawn=moves(), fate=fates)
def test_a_fold_of_what_is_visible_does_not_know_what_is_hidden(
    rules: Mapping[str, Any], drawn: list[Move], fate: list[str]
) -> None:
    entries = played(drawn, **rules).entries
    for audience in INSIDE:  # nearly everything is hidden from the lobby; see the next test
        seen = visible(entries, audience)
        assert visible(spoiled(entries, audience, fate), audience) == seen
        fold(seen)


@at_random
@given(drawn=moves(), fate=fates)
def test_a_fold_for_the_lobby_does_not_know_what_happens_inside(drawn: list[Move], fate: list[str]) -> None:
    entries = played(drawn).entries
    kept = [entry for entry in entries if WAITING.sees(entry) or fate[entry.seq % len(fate)] == KEEP]
    assert fold(visible(kept, WAITING)) == fold(visible(entries, WAITING))


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
@at_random
@given(drawn=moves())
def test_everybody_inside_folds_the_same_public_room(rules: Mapping[str, Any], drawn: list[Move]) -> None:
    session = played(drawn, **rules)
    whole = session.state
    for audience in INSIDE:
        own = fold(visible(session.entries, audience))
        assert (own.room, own.seats, own.agenda) == (whole.room, whole.seats, whole.agenda)
        assert (own.texts, own.decisions, own.non_papers) == (whole.texts, whole.decisions, whole.non_papers)
        assert own.positions.declared == whole.positions.declared
        assert replace(own.hot_wash, out=()) == replace(whole.hot_wash, out=())
        assert own.sharing.shared == whole.sharing.shared
        if MODERATORS in audience.groups or OFFICIALS in audience.groups or not _officials_met(whole):
            assert (own.floor, own.questions, own.orders) == (whole.floor, whole.questions, whole.orders)
        nothing_of_others(own, audience)
        only_own_news(own, whole, audience)
        only_own_caucuses(own, whole, audience)
    outside = fold(visible(session.entries, WAITING))
    assert (outside.seats, outside.room) == (whole.seats, whole.room)
    assert (outside.floor.transcript, outside.texts.documents) == ((), ())
    assert (outside.caucuses.known, outside.news.pieces, outside.notes.threads) == ({}, {}, {})


def _officials_met(state: RoomState) -> bool:
    return any(item.kind == "officials" and item.began_at for item in state.agenda.items)


def nothing_of_others(own: RoomState, audience: Audience) -> None:
    member = "" if audience in CAPITALS else audience.delegation
    assert set(own.channels.messages) <= {member}
    assert set(own.channels.counts) <= {member}
    assert {code for code, _ in (*own.positions.private, *own.positions.privately_replaced)} <= {member}
    assert set(own.drafts.by_author) | set(own.drafts.begun) <= {
        "" if audience is THE_MODERATORS else member or "nobody's"
    }
    everybody = {one.code for one in own.prepared.delegations}
    exchanges = everybody if audience is THE_MODERATORS else {audience.delegation}
    assert set(own.capitals.words) | set(own.capitals.counts) | set(own.capitals.briefed) <= exchanges
    packs = set(IN_USE) if audience is THE_MODERATORS else {audience.delegation} & set(IN_USE)
    if audience in CAPITALS:
        packs &= set(own.capitals.briefed)
    assert set(own.prepared.packs) == packs
    assert audience is THE_MODERATORS or own.prepared.measures == ()
    assert own.perceptions.sealed == {}, "what somebody answered under seal is in nobody's fold"
    assert audience is THE_MODERATORS or own.perceptions.received == {}
    assert audience.seat or audience in CAPITALS or own.hot_wash.out == (), "who stepped out of role is counted only"
    if audience is not THE_MODERATORS:
        assert set(own.notes.threads) <= {audience.seat}
        assert set(own.notes.words) <= {member}
        assert (own.notes.bookmarks, own.notes.refusals, own.injects.prepared) == ((), (), {})
        assert all(checked.delegation == member for checked in own.checks.answers.values())


def only_own_news(own: RoomState, whole: RoomState, audience: Audience) -> None:
    member = "" if audience in CAPITALS else audience.delegation
    for piece in whole.news.pieces.values():
        if audience is THE_MODERATORS:
            assert own.news.pieces[piece.id] == piece
        elif piece.is_for(audience.seat, member):
            read = own.news.pieces[piece.id]
            ours = [one for one in piece.reactions if one.delegation == member]
            assert list(read.reactions) == ours
            assert {seat[:3] for seat, _ in read.seen} <= {member}
        else:
            assert piece.id not in own.news.pieces


def only_own_caucuses(own: RoomState, whole: RoomState, audience: Audience) -> None:
    announced = whole.prepared.caucus_existence == "announced"
    for caucus in whole.caucuses.known.values():
        known = own.caucuses.known.get(caucus.id)
        if audience.seat in caucus.seats:
            assert known == caucus, "who sits in a caucus knows all of it"
        elif audience is THE_MODERATORS and not whole.prepared.caucus_readable:
            assert known
            assert [one for one in known.messages if one.seat] == []
            assert known.report is None
        elif audience is not THE_MODERATORS and known:
            asked = audience.seat != "" and known.asked_at == caucus.asked_at
            assert announced or asked
            assert asked or (known.messages, known.topic, known.report) == ((), "", None)


# Twins: the same session with other confidences


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
@at_random
@given(drawn=moves(), fate=fates, watching=some)
def test_other_confidences_let_outsiders_see_and_do_the_same(
    rules: Mapping[str, Any], drawn: list[Move], fate: list[str], watching: list[Audience]
) -> None:
    session, steps = aside(drawn, **rules)
    stage, facts = staged(**rules), facts_of(session.entries)
    for audience in (OBSERVERS, WAITING, THE_MODERATORS, *watching):
        twin = otherwise_prepared(stage, audience)
        for number, step in enumerate(steps):
            known = known_of(step, audience, facts)
            play_twin(twin, step, known, fate_of(step, number, fate, facts))
            if known == EVERYTHING and is_compared(step, audience):
                assert told(outcome(twin), audience) == told(step.outcome, audience), (audience.name, number, step)
        assert sight_of(twin.entries, audience) == sight_of(session.entries, audience), audience.name
        assert fold(visible(twin.entries, audience)) == fold(visible(session.entries, audience))
