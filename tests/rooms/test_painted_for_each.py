"""What a painter that remembers shows to everybody who looks at one room: each reads what would have been made for them
alone. The views are as a process has them, where audiences that have seen the same so far share one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rooms import panels
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
    on_seat,
)
from rooms.folds import Picture, advanced, with_theirs
from rooms.painting import Painter

from .painted import paint_personal
from .test_panels import NAMES, _stages

SEATS = (
    *(on_seat(seat, seat[:3], officials=True) for seat in ("JPN-MFA", "JPN-MOD", "PRC-MFA", "ROK-MFA")),
    on_seat("PRC-EXP-1", "PRC", officials=False),
)
LOOKING = (
    *(("moderator", THE_MODERATORS), ("observer", OBSERVERS), ("projector", OBSERVERS), ("rapporteur", OBSERVERS)),
    *(("capital", capital_of("JPN")), ("capital", capital_of("PRC")), ("lobby", WAITING)),
    *(("delegate", one) for one in SEATS),
)
EVERY = 5  # stages, from the lobby on: enough of all that a room can be in, in a few seconds


def before_anything() -> Picture:
    empty = Picture(names=NAMES)
    return replace(empty, views={one: empty.state for one in with_theirs(one for _screen, one in LOOKING)})


def pictures() -> Iterator[tuple[str, Picture]]:
    """One room at its turns, each picture made from the one before it, as a process does it."""
    picture, read = before_anything(), list[Entry]()
    for name, session in _stages()[1::EVERY]:
        if session.entries[: len(read)] != read:
            picture, read = before_anything(), []
        picture, read = advanced(picture, session.entries[len(read) :], ""), list(session.entries)
        yield name, picture


def alone(picture: Picture, screen: str, audience: Audience) -> Mapping[str, str]:
    """Its shared panels as they are made for one audience, without any memory."""
    circle = audience.circle
    shared = panels.paint(screen, circle, picture.view(circle), NAMES)
    own = shared if circle is audience else panels.paint(screen, audience, picture.view(audience), NAMES)
    return {name: (own if panels.PANELS[name].own else shared)[name] for name in panels.SCREENS[screen]}


def people_of(picture: Picture, screen: str, audience: Audience) -> Sequence[Person]:
    found = picture.state.seats.people.values()
    return [one for one in found if audience_of(one) == audience and panels.screen_of(one) == screen]


def test_everybody_is_shown_what_would_have_been_made_for_them_alone() -> None:
    painter, shared, personal = Painter(), 0, 0
    for stage, picture in pictures():
        shared += len(picture.views) - len({id(view) for view in picture.views.values()})
        for screen, audience in LOOKING:
            shown, wanted = painter.paint_of(1, screen, audience, picture), alone(picture, screen, audience)
            for name, html in wanted.items():
                assert shown[name] == html, (stage, screen, audience.name, name)
            view = picture.view(audience)
            for person in people_of(picture, screen, audience):
                own = painter.personal(1, screen, audience, view, NAMES, person)
                assert own == paint_personal(screen, audience, view, NAMES, person), (stage, screen, person.id)
                personal += bool(own)
    assert shared, "some have seen the same, and share a view"
    assert personal


def test_two_who_have_seen_the_same_so_far_are_each_shown_what_is_for_them() -> None:
    """Nothing was ever said to either alone, so that they share one view; whose is whose stands in the words."""
    name, session = next((name, one) for name, one in _stages() if name == "three wait")
    public = [entry for entry in session.entries if OBSERVERS.sees(entry)]
    sides = [members_of(code, officials=True) for code in ("JPN", "PRC", "ROK")]
    picture = replace(Picture(names=NAMES), views=dict.fromkeys((*sides, OBSERVERS), Picture().state))
    picture = advanced(picture, public, "")
    assert len({id(view) for view in picture.views.values()}) == 1
    painter = Painter()
    tables = {}
    for side in sides:
        shown = painter.paint_of(1, "delegate", side, picture)
        assert shown == panels.paint("delegate", side, picture.view(side), NAMES), (name, side.name)
        tables[side.name] = shown["table"]
    assert len(set(tables.values())) == len(sides), "each finds its own name on the list marked"


def test_a_screen_that_was_not_looked_at_for_a_while_is_shown_all_that_changed_since() -> None:
    """Two screens of one audience, brought up to date at different times."""
    painter, looked = Painter(), list[Picture]()
    for number, (stage, picture) in enumerate(pictures()):
        if looked and looked[-1].seq >= picture.seq:
            painter, looked = Painter(), []
        looked.append(picture)
        for screen in ("observer", "rapporteur") if number % 2 else ("observer",):
            shown = painter.paint_of(1, screen, OBSERVERS, picture)
            assert shown == panels.paint(screen, OBSERVERS, picture.view(OBSERVERS), NAMES), (stage, screen)
