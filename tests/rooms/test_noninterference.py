"""Non-interference, to the byte: what a viewer may not see changes nothing of what they are sent.

For random sessions the record is played twice into the process's memory, the second time with hidden entries dropped
or altered and everything renumbered; panels, frames and debrief of each viewer must be the same bytes.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rooms import panels, wire
from rooms.debrief import exports
from rooms.debrief.measures import report
from rooms.domain.attribution import afterwards
from rooms.domain.record import Entry
from rooms.domain.seats import Person
from rooms.domain.sight import (
    OBSERVERS,
    THE_MODERATORS,
    WAITING,
    Audience,
    audience_of,
    capital_of,
    members_of,
    visible,
)
from rooms.folds import Picture, advanced, with_theirs
from rooms.painting import Painter
from tests.domain.moves import Move, at_random, moves, played
from tests.domain.test_noninterference import RULES, SEATS, fates, spoiled

from .painted import paint_personal

View = tuple[str, Audience]  # a screen, and whose
EVERYBODYS: tuple[View, ...] = (
    *(("observer", OBSERVERS), ("projector", OBSERVERS), ("lobby", WAITING), ("moderator", THE_MODERATORS)),
    *(("rapporteur", OBSERVERS), ("capital", capital_of("JPN")), ("capital", capital_of("PRC"))),
)
some_seats = st.lists(st.sampled_from(SEATS), min_size=3, max_size=3, unique=True)
rules_of_caucuses = st.sampled_from(tuple(RULES.values()))


def renumbered(entries: Sequence[Entry]) -> list[Entry]:
    return [replace(entry, seq=seq) for seq, entry in enumerate(entries, start=1)]


def picture_of(entries: Sequence[Entry], views: Sequence[View]) -> Picture:
    """What a process remembers of this record, as the hub has it."""
    empty = Picture()
    audiences = with_theirs(audience for _, audience in views)
    return advanced(replace(empty, views={one: empty.state for one in audiences}), renumbered(entries), "")


def sent(picture: Picture, entries: Sequence[Entry], screen: str, audience: Audience) -> dict[str, Any]:
    """Everything a viewer of this audience is sent: first page, frames in both dialects, personal panels."""
    view = picture.view(audience)
    names = {pid: f"Name of {pid}" for pid in view.seats.people}
    painted = Painter().paint(1, screen, audience, view, names, picture.view(audience.circle), picture.of_all)
    mine = [one for one in view.seats.people.values() if belongs(one, screen, audience)]
    personal = {one.id: paint_personal(screen, audience, view, names, one) for one in mine}
    seen = list(enumerate(visible(entries, audience), start=1))
    return {
        "html": wire.frame(view.count, panels.as_partials(painted)),
        "personal": personal,
        "json": wire.events_frame(view.count, seen),
    }


def belongs(person: Person, screen: str, audience: Audience) -> bool:
    return audience_of(person) == audience and panels.screen_of(person) == screen


@at_random
@given(drawn=moves(), fate=fates, seats=some_seats, rules=rules_of_caucuses)
def test_no_byte_of_what_a_viewer_is_sent_depends_on_what_is_hidden(
    drawn: list[Move], fate: list[str], seats: list[Audience], rules: dict[str, Any]
) -> None:
    entries = played(drawn, **rules).entries
    views = [*EVERYBODYS, *(("delegate", seat) for seat in seats)]
    plain = picture_of(entries, views)
    for screen, audience in views:
        if audience is WAITING:
            continue  # see below: a fold for the lobby is of its own few events
        other = spoiled(entries, audience, fate)
        spoiled_picture = picture_of(other, [(screen, audience)])
        assert sent(spoiled_picture, renumbered(other), screen, audience) == sent(plain, entries, screen, audience)


@at_random
@given(drawn=moves())
def test_who_waits_outside_is_sent_nothing_of_what_happens_inside(drawn: list[Move]) -> None:
    entries = played(drawn).entries
    outside = visible(entries, WAITING)
    frame = sent(picture_of(entries, EVERYBODYS), entries, "lobby", WAITING)
    assert wire.events_frame(len(outside), list(enumerate(outside, start=1))) == frame["json"]
    for told in json.loads(frame["json"])["events"]:
        # What the door itself tells, and where a room goes on whose seats those who wait have, too.
        assert told["name"].startswith(("room.", "seats.")) or (
            told["name"] == "forks.made" and told["data"]["same_people"]
        )
        assert told["name"] != "room.pack_delivered"


@at_random
@given(drawn=moves(), fate=fates)
def test_no_byte_of_a_debrief_depends_on_what_is_hidden(drawn: list[Move], fate: list[str]) -> None:
    entries = played(drawn).entries
    for audience in (
        OBSERVERS,
        members_of("JPN"),
        capital_of("JPN"),
        *(seat for seat in SEATS if seat.delegation == "PRC"),
    ):
        one = afterwards(visible(entries, audience))
        two = afterwards(visible(renumbered(spoiled(entries, audience, fate)), audience))
        assert exports.as_json(report(one), one, exports.PARTICIPANTS) == exports.as_json(
            report(two), two, exports.PARTICIPANTS
        )
        assert exports.as_csv_zip(report(one), exports.PARTICIPANTS) == exports.as_csv_zip(
            report(two), exports.PARTICIPANTS
        )
