"""Non-interference: what somebody may not see changes nothing of what they are shown.

Once on the record (hidden entries dropped or altered), once on the rules (the same session, played again with other
confidences, lets every outsider see the same, to the id).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.domain.channels import SaidInDelegation
from rooms.domain.checks import QuestionAnswered
from rooms.domain.codec import name_of, to_data
from rooms.domain.fold import fold
from rooms.domain.positions import PositionNoted
from rooms.domain.record import Entry
from rooms.domain.room import PackDelivered
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, WAITING, Audience, members_of, visible

from .moves import PRIVATE, TOLD_BY_PACKS, Move, actor_of, at_random, instant_of, moves, play_as, played
from .moves import name_of as name_of_move
from .play import IN_USE, Session, cast_live

AUDIENCES = (OBSERVERS, WAITING, THE_MODERATORS, *(members_of(code) for code in IN_USE))
KEEP, DROP, ALTER = "keep", "drop", "alter"
fates = st.lists(st.sampled_from((KEEP, DROP, ALTER, ALTER)), min_size=12, max_size=12)


def altered(event: Any) -> Any:
    """The same kind of hidden event with other content."""
    if isinstance(event, PackDelivered):
        return replace(event, pack={"who": "Somebody else."})
    if isinstance(event, SaidInDelegation):
        return replace(event, text=event.text[::-1], message="m-other-99")
    if isinstance(event, PositionNoted):
        return replace(event, preferred="z", acceptable=("z",), reason="Another reason.")
    if isinstance(event, QuestionAnswered):
        return replace(event, answer=event.answer + 7, right=not event.right)
    raise AssertionError(f"{name_of(event)} is hidden from somebody: say here how it could be otherwise")


def spoiled(entries: Sequence[Entry], audience: Audience, fate: Sequence[str]) -> list[Entry]:
    """The record with what the audience may not see dropped or altered."""
    result = []
    for entry in entries:
        what = KEEP if audience.sees(entry) else fate[entry.seq % len(fate)]
        if what != DROP:
            result.append(replace(entry, event=altered(entry.event)) if what == ALTER else entry)
    return result


@at_random
@given(drawn=moves(), fate=fates)
def test_a_fold_of_what_is_visible_does_not_know_what_is_hidden(drawn: list[Move], fate: list[str]) -> None:
    entries = played(drawn).entries
    for audience in AUDIENCES:
        if audience is WAITING:
            continue  # nearly everything is hidden from the lobby; see the next test
        seen = visible(entries, audience)
        assert visible(spoiled(entries, audience, fate), audience) == seen
        assert fold(visible(spoiled(entries, audience, fate), audience)) == fold(seen)


@at_random
@given(drawn=moves(), fate=fates)
def test_a_fold_for_the_lobby_does_not_know_what_happens_inside(drawn: list[Move], fate: list[str]) -> None:
    entries = played(drawn).entries
    kept = [entry for entry in entries if WAITING.sees(entry) or fate[entry.seq % len(fate)] == KEEP]
    assert fold(visible(kept, WAITING)) == fold(visible(entries, WAITING))


@at_random
@given(drawn=moves())
def test_everybody_inside_folds_the_same_public_room(drawn: list[Move]) -> None:
    session = played(drawn)
    whole = session.state
    for audience in AUDIENCES:
        if audience is WAITING:
            continue
        own = fold(visible(session.entries, audience))
        assert (own.room, own.seats, own.agenda, own.floor) == (whole.room, whole.seats, whole.agenda, whole.floor)
        assert (own.texts, own.decisions) == (whole.texts, whole.decisions)
        assert own.positions.declared == whole.positions.declared
        nothing_of_others(own, audience)
    outside = fold(visible(session.entries, WAITING))
    assert (outside.seats, outside.room) == (whole.seats, whole.room)
    assert (outside.floor.transcript, outside.texts.documents) == ((), ())


def nothing_of_others(own: Any, audience: Audience) -> None:
    assert set(own.channels.messages) <= {audience.delegation}
    assert set(own.channels.counts) <= {audience.delegation}
    assert {code for code, _ in own.positions.private} <= {audience.delegation}
    packs = set(IN_USE) if audience is THE_MODERATORS else {audience.delegation} & set(IN_USE)
    assert set(own.prepared.packs) == packs


# Twins: the same session with other confidences


def with_other_packs(audience: Audience) -> Session:
    """The live cast, in a room where the packs that the audience may not see say something else."""
    twin = Session()
    for entry in cast_live().entries:
        twin.given(entry.event if audience.sees(entry) else altered(entry.event), actor=entry.actor, at=entry.at)
    return twin


def is_confidence_of_others(name: str, move: Move, session: Session, audience: Audience) -> bool:
    person = session.state.seats.people.get(actor_of(name, move, session.state))
    own = person is not None and audience.delegation != "" and person.delegation == audience.delegation
    return not own and (name in PRIVATE or (name == TOLD_BY_PACKS and audience != THE_MODERATORS))


def play_twin(twin: Session, name: str, move: Move, fate: str, at: int) -> None:
    """The confidence dropped, or another one in its place; time goes by as before."""
    if fate == DROP:
        twin.refusal, twin.now = None, at
    else:
        play_as(twin, name, replace(move, n=move.n + 1) if fate == ALTER else move, at)


def sight_of(entries: Sequence[Entry], audience: Audience) -> list[Any]:
    """All that a viewer could be told of an entry but its place in the record, which is for the log alone."""
    return [
        (name_of(one.event), one.at, to_data(one.event), one.audience, one.actor, one.attribution)
        for one in visible(entries, audience)
    ]


def outcome(session: Session) -> Any:
    refusal = session.refusal
    return (refusal.code, refusal.message, refusal.data) if refusal else session.new


@pytest.mark.parametrize("audience", AUDIENCES, ids=lambda one: one.name)
@at_random
@given(drawn=moves(), fate=fates)
def test_other_confidences_let_outsiders_see_and_do_the_same(
    audience: Audience, drawn: list[Move], fate: list[str]
) -> None:
    session, twin = cast_live(), with_other_packs(audience)
    for n, move in enumerate(drawn):
        at = instant_of(move, session)
        name = name_of_move(move, session.state, at)
        assert (instant_of(move, twin), name_of_move(move, twin.state, at)) == (at, name)
        confidence = is_confidence_of_others(name, move, session, audience)
        play_as(session, name, move, at)
        if confidence:
            play_twin(twin, name, move, fate[n % len(fate)], at)
        else:
            play_as(twin, name, move, at)
            assert outcome(twin) == outcome(session)
    session.refusal = twin.refusal = None
    assert sight_of(twin.entries, audience) == sight_of(session.entries, audience)
    assert fold(visible(twin.entries, audience)) == fold(visible(session.entries, audience))
