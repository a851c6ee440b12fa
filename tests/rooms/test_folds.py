"""What each kind of viewer knows: those who have seen the same share one view, and nobody sees by another's eyes."""

import pytest

from rooms import log
from rooms.domain.fold import fold
from rooms.domain.sight import Audience, audience_of, visible
from rooms.folds import Folds, Picture
from rooms.process import folds
from tests.rooms.kit import Played, live_played

pytestmark = pytest.mark.django_db


def audience(played: Played, who: str) -> Audience:
    found = audience_of(folds.at_head(played.room.pk).state.seats.people[played.pid(who)])
    assert found is not None
    return found


def looked_at(played: Played) -> Picture:
    """The room with the views of everybody in it, kept as a server keeps it."""
    everybody = [audience(played, who) for who in played.people]
    return folds.keep(played.room.pk, folds.at_head(played.room.pk, everybody))


def test_who_has_seen_the_same_shares_a_view_until_something_is_for_one_of_them() -> None:
    played = live_played()
    japan, second, china = (audience(played, who) for who in ("JPN-MFA", "JPN-MOD", "PRC-MFA"))
    before = looked_at(played)
    assert before.view(japan) is before.view(second)
    played.do("JPN-MFA", "ask_for_floor")
    after = looked_at(played)
    assert after.view(japan) is after.view(second)
    assert after.view(japan) != before.view(japan)
    played.do("PRC-MFA", "say_in_delegation", text="For China alone.")
    apart = looked_at(played)
    assert apart.view(china) != apart.view(japan)
    assert "For China alone." not in str(apart.view(japan))


def test_every_view_is_the_fold_of_what_its_audience_may_see_however_it_came_about() -> None:
    played = live_played()
    looked_at(played)
    played.join("late", "observer")
    for who, command, fields in (
        ("JPN-MFA", "say_in_delegation", {"text": "Between us."}),
        ("JPN-MOD", "note_to_chair", {"text": "A word."}),
        ("PRC-MFA", "declare_position", {"issue": "scope", "preferred": "a", "public": False}),
        ("JPN-MFA", "ask_for_floor", {}),
    ):
        played.do(who, command, **fields)
        looked_at(played)
    played.join("later", "observer")
    picture, entries = looked_at(played), log.read(played.room.pk)
    assert len({id(view) for view in picture.views.values()}) < len(picture.views)
    for one, view in picture.views.items():
        assert view == fold(visible(entries, one)), one.name


def test_who_comes_later_goes_on_from_nobodys_view_that_saw_more_or_less() -> None:
    played = live_played()
    played.do("JPN-MFA", "say_in_delegation", text="Between us.")
    played.do("JPN-MOD", "note_to_chair", text="A word.")
    entries = log.read(played.room.pk)
    everybody = [audience(played, who) for who in played.people]
    for first in everybody:
        known = Folds()
        known.at_head(played.room.pk, [first])
        for other in everybody:
            picture = known.at_head(played.room.pk, [other])
            assert picture.view(other) == fold(visible(entries, other)), (first.name, other.name)


def test_views_of_a_room_that_went_on_while_they_were_made_are_gone_on_from() -> None:
    played = live_played()
    japan, china = (audience(played, who) for who in ("JPN-MFA", "PRC-MFA"))
    made = Folds().at_head(played.room.pk, [japan])
    played.do("JPN-MFA", "say_in_delegation", text="Between us.")
    meanwhile = Folds()
    meanwhile.at_head(played.room.pk, [china])
    kept = meanwhile.keep(played.room.pk, made)
    assert kept.seq == made.seq + 1
    assert kept.resting[japan] == (made.seq, made.view(japan))
    assert meanwhile.kept(played.room.pk) is kept
    entries, caught_up = log.read(played.room.pk), meanwhile.at_head(played.room.pk, [japan, china])
    for one in (japan, china):
        assert caught_up.view(one) == fold(visible(entries, one))
    assert caught_up.resting == {}


def test_names_are_gone_through_once_for_all_who_come_and_again_when_somebody_is_new() -> None:
    played = live_played()
    before = looked_at(played)
    assert before.named is before.state.seats
    played.join("late", "observer")
    after = looked_at(played)
    assert after.named is after.state.seats
    assert after.named is not before.named
    assert after.names.keys() == {one.pid for one in played.people.values()}
