"""What goes out to the sockets of one room. The work grows with audiences, not with sockets.

Sockets that were shown the same stand together (`Alike`): what is new is found out, painted and encoded once for all
of them, and the same bytes are put to each. Knows nothing of where pictures come from, nor when (see `hub`).
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from rooms import panels, wire
from rooms.domain.seats import Person
from rooms.domain.sight import THE_MODERATORS, Audience, audience_of
from rooms.domain.state import RoomState
from rooms.folds import Picture
from rooms.painting import Painter
from rooms.sockets import COME_BACK, NOT_YOURS, Frame, Socket

NO_MORE = 2**62  # as a cursor: it has read the closed record, and no live event may follow
STORM = 2.0  # seconds: when many come at once, a whole page is made once; kept longer, it would only take room
AT_ONCE = 200  # sockets written to before commands and other rooms have their turn


@dataclass(eq=False, slots=True)
class Page:
    """One screen for one audience, as it was made from these folds. `whole` frames by what is personal in them."""

    view: RoomState
    of_circle: RoomState
    names: Mapping[str, str]
    shown: Mapping[str, str]
    whole: dict[str, Frame] = field(default_factory=dict)

    def is_of(self, picture: Picture, audience: Audience) -> bool:
        """Whether it would be made from the same again."""
        if self.view is not picture.view(audience) or self.of_circle is not picture.view(audience.circle):
            return False
        return self.names is picture.names or self.names == picture.names


Key = tuple[str, str, str, str, int, int, str]


@dataclass(eq=False, slots=True)
class Alike:
    """Sockets that have been shown the same. `person`: whose, on a screen with a personal panel; `page`: on a screen,
    not for programs."""

    audience: Audience
    screen: str
    dialect: str
    cursor: int
    person: Person | None = None
    page: Page | None = None
    personal: str = ""
    sockets: set[Socket] = field(default_factory=set)

    @property
    def key(self) -> Key:
        """Equal for two that can be one."""
        pid = self.person.id if self.person else ""
        shown = id(self.page.shown) if self.page else 0
        return (self.audience.name, self.screen, self.dialect, pid, self.cursor, shown, self.personal)

    def is_behind(self, picture: Picture) -> bool:
        """Whether the picture has something new for them."""
        return self.cursor < picture.view(self.audience).count

    @property
    def turn(self) -> tuple[bool, str]:
        """When it is shown what is new: the chair first, then one audience after the other."""
        return self.audience != THE_MODERATORS, self.audience.name


@dataclass(eq=False)
class LiveRoom:
    """The sockets of one room here, with whom each stands, and the flush that is under way. `done` is the seq all have
    been shown, `wanted` the highest that anybody spoke of; `people` as last looked at. `failures`: how often in a row
    some could not be shown it; if no event comes, they are tried again from `again_at` on (monotonic seconds)."""

    sockets: dict[Socket, Alike] = field(default_factory=dict)
    alike: dict[Key, Alike] = field(default_factory=dict)
    pages: dict[tuple[str, str], Page] = field(default_factory=dict)
    people: Mapping[str, Person] | None = None
    done: int = 0
    wanted: int = 0
    failures: int = 0
    again_at: float = 0.0
    flushing: asyncio.Task[None] | None = None

    @property
    def audiences(self) -> set[Audience]:
        return {one.audience for one in self.alike.values()}

    def stand(self, alike: Alike) -> Alike:
        """Let sockets stand together with those that were shown the same."""
        other = self.alike.setdefault(alike.key, alike)
        if other is not alike:
            other.sockets |= alike.sockets
            self.sockets.update(dict.fromkeys(alike.sockets, other))
        return other

    def leave(self, socket: Socket) -> None:
        """Let a socket go."""
        alike = self.sockets.pop(socket, None)
        if alike is not None:
            alike.sockets.discard(socket)
            if not alike.sockets and self.alike.get(alike.key) is alike:
                del self.alike[alike.key]

    def forget_pages(self) -> None:
        """Those of screens nobody looks at any more."""
        seen = {(one.audience.name, one.screen) for one in self.alike.values()}
        self.pages = {key: page for key, page in self.pages.items() if key in seen}


class Fanout:
    """See the module."""

    def __init__(self, painter: Painter) -> None:
        self._painter = painter

    # Who comes

    def welcome(self, room: LiveRoom, socket: Socket, picture: Picture, cursor: int) -> None:
        """Show a browser where the room is. `socket.person` is in the picture, which shows their audience."""
        person, audience = _who(socket)
        page = self._page(room, socket.room_id, panels.screen_of(person), audience, picture)
        own = self._own(socket.room_id, panels.screen_of(person), audience, picture, person)
        personal = "".join(own.values())
        alike = Alike(audience, panels.screen_of(person), socket.dialect, page.view.count, page=page, personal=personal)
        alike.person = person if own else None
        self._take_in(room, socket, alike)
        if cursor == page.view.count:
            socket.put(Frame(wire.frame(cursor, at=page.view.at)))
            return
        socket.put(self._whole(page, own, personal))

    def welcome_program(
        self, room: LiveRoom, socket: Socket, picture: Picture, missed: wire.Missed, cursor: int
    ) -> None:
        """Send a program what it missed."""
        person, audience = _who(socket)
        # What was read is what is sent; anything newer comes by a flush.
        told = missed.entries[-1][0] if missed.entries else min(cursor, picture.view(audience).count)
        at = NO_MORE if missed.over else told
        self._take_in(room, socket, Alike(audience, panels.screen_of(person), socket.dialect, at))
        socket.put(Frame(wire.events_frame(told, missed.entries, again=missed.anew)))

    def _whole(self, page: Page, own: Mapping[str, str], personal: str) -> Frame:
        if not page.whole:
            asyncio.get_running_loop().call_later(STORM, page.whole.clear)
        if personal not in page.whole:
            content = panels.as_partials({**page.shown, **own})
            page.whole[personal] = Frame(wire.frame(page.view.count, content, at=page.view.at))
        return page.whole[personal]

    def _take_in(self, room: LiveRoom, socket: Socket, alike: Alike) -> None:
        alike.sockets.add(socket)
        room.sockets[socket] = alike
        room.stand(alike)

    # What is new

    async def show(self, room_id: int, room: LiveRoom, picture: Picture) -> Exception | None:
        """Bring everybody in the room up to date with a picture, as far as it shows their audience. What cannot be
        painted for some is shown to the others all the same; it stays new for them. The first reason for that."""
        self._send_away_who_moved(room, picture)
        news = _News()
        failure = None
        for alike in sorted(room.alike.values(), key=lambda one: one.turn):
            await asyncio.sleep(0)  # what was put is written, and answers to commands go out
            # A picture may be behind who came with a newer one meanwhile.
            if picture.has_views_for(alike.audience) and picture.view(alike.audience).count >= alike.cursor:
                try:
                    if alike.page is not None:
                        for _ in self._painter.in_turn(room_id, alike.screen, alike.audience, picture):
                            await asyncio.sleep(0)  # between two panels, too
                    await self._show(room_id, room, alike, picture, news)
                except Exception as error:
                    failure = failure or error
        room.forget_pages()
        return failure

    async def _show(self, room_id: int, room: LiveRoom, alike: Alike, picture: Picture, news: "_News") -> None:
        before = alike.key
        if alike.page is None:
            frame, last = _events(alike, picture, news)
        else:
            frame, last = self._panels(room_id, room, alike, picture, news), False
        sockets = list(alike.sockets)
        if alike.key != before:
            if room.alike.get(before) is alike:
                del room.alike[before]
            if sockets:
                room.stand(alike)
        if frame is None and not last:
            return
        for number, socket in enumerate(sockets, start=1):
            if frame is not None:
                socket.put(frame)
            if last:
                socket.finish(COME_BACK)
            if number % AT_ONCE == 0:
                await asyncio.sleep(0)

    def _panels(self, room_id: int, room: LiveRoom, alike: Alike, picture: Picture, news: "_News") -> Frame | None:
        """What changed for these browsers, if anything did; they are then where the picture is."""
        audience, screen, old = alike.audience, alike.screen, alike.page
        page = self._page(room, room_id, screen, audience, picture)
        person = picture.state.seats.people[alike.person.id] if alike.person else None
        if old is None or (page is old and person is alike.person):
            return None
        own = self._own(room_id, screen, audience, picture, person) if person else {}
        personal = "".join(own.values())
        own = own if personal != alike.personal else {}
        # From what these were shown themselves: who came between two flushes may have seen more than the others.
        frame = news.panels(old.shown, page, own) if own or news.between(old.shown, page.shown) else None
        # Last: what could not be made is new to them still.
        alike.page, alike.person, alike.personal, alike.cursor = page, person, personal, page.view.count
        return frame

    def _page(self, room: LiveRoom, room_id: int, screen: str, audience: Audience, picture: Picture) -> Page:
        key = (audience.name, screen)
        held = room.pages.get(key)
        if held is not None and held.is_of(picture, audience):
            return held
        shown: Mapping[str, str] = self._painter.paint_of(room_id, screen, audience, picture)
        if held is not None and held.shown == shown:
            shown = held.shown  # the same object, so that whoever was shown it needs no second look
        view, of_circle = picture.view(audience), picture.view(audience.circle)
        room.pages[key] = page = Page(view, of_circle, picture.names, shown)
        return page

    def _own(
        self, room_id: int, screen: str, audience: Audience, picture: Picture, person: Person
    ) -> Mapping[str, str]:
        if screen not in panels.PERSONAL:
            return {}
        return self._painter.personal(room_id, screen, audience, picture.view(audience), picture.names, person)

    def _send_away_who_moved(self, room: LiveRoom, picture: Picture) -> None:
        """A person whose audience or screen changed gets a new page, not new panels: let them load it. So does who
        came by a link that has been replaced; they are told not to come back by it."""
        people = picture.state.seats.people
        if people is room.people:
            return
        room.people = people
        for socket in list(room.sockets):
            person, before = people.get(socket.pid), socket.person
            if person is before and person is not None:
                continue
            replaced = person is not None and socket.generation < person.generation
            if person and not replaced and before and _place(person) == _place(before):
                socket.person = person
                continue
            socket.put(Frame(wire.RELOAD))
            socket.finish(NOT_YOURS if replaced else COME_BACK)
            room.leave(socket)


class _News:
    """What one flush has made, for all that were shown the same before."""

    def __init__(self) -> None:
        # Known by their ids, and held meanwhile so that no other object is given one of them.
        self._changed: dict[tuple[int, int], tuple[object, object, Mapping[str, str]]] = {}
        self._told: dict[tuple[str, int, int], tuple[object, object, str]] = {}
        self._frames: dict[tuple[object, ...], Frame] = {}

    def between(self, before: Mapping[str, str], now: Mapping[str, str]) -> Mapping[str, str]:
        """The panels that changed."""
        if before is now:
            return {}
        key = (id(before), id(now))
        if key not in self._changed:
            changed = {name: html for name, html in now.items() if before.get(name) != html}
            self._changed[key] = (before, now, changed)
        return self._changed[key][2]

    def panels(self, before: Mapping[str, str], page: Page, own: Mapping[str, str]) -> Frame:
        """What changed on a page, and what is personal; one of the two has something."""
        key = (id(before), id(page.shown), *own.values())
        if key not in self._frames:
            changed = {**self.between(before, page.shown), **own}
            content = "".join(self._partials(name, html, before.get(name)) for name, html in changed.items())
            self._frames[key] = Frame(wire.frame(page.view.count, content, at=page.view.at))
        return self._frames[key]

    def _partials(self, name: str, html: str, before: str | None) -> str:
        key = (name, id(before), id(html))
        if key not in self._told:
            told = panels.as_partials({name: html}, {} if before is None else {name: before})
            self._told[key] = (before, html, told)
        return self._told[key][2]

    def events(self, audience: Audience, picture: Picture, cursor: int) -> Frame | None:
        """The entries after a cursor, or None if memory does not reach back so far."""
        key = (audience.name, cursor)
        if key not in self._frames:
            count = picture.view(audience).count
            seen = [entry for entry in picture.recent if audience.sees(entry)]
            first = count - len(seen)
            if cursor < first:
                return None
            fresh = [(number, entry) for number, entry in enumerate(seen, start=first + 1) if number > cursor]
            self._frames[key] = Frame(wire.events_frame(count, fresh))
        return self._frames[key]


def _events(alike: Alike, picture: Picture, news: _News) -> tuple[Frame | None, bool]:
    """What is new for these programs, and whether it is the last they get here."""
    count = picture.view(alike.audience).count
    if count <= alike.cursor:
        return None, False
    frame = news.events(alike.audience, picture, alike.cursor)
    if frame is None:
        return None, True  # further behind than memory reaches: come back and say where you are
    alike.cursor = count
    # After the end they come back to the record as all read it then, within the rule.
    return frame, picture.state.room.status == "closed" and not assesses(picture, alike.audience)


def assesses(picture: Picture, audience: Audience) -> bool:
    """Whether this audience keeps the assessment record: it reads names also after the end."""
    return audience == THE_MODERATORS and picture.state.room.assessment_record


def _place(person: Person) -> tuple[Audience | None, str]:
    """What somebody sees: two of the same place can be shown the same."""
    return audience_of(person), panels.screen_of(person)


def _who(socket: Socket) -> tuple[Person, Audience]:
    audience = audience_of(socket.person)
    assert socket.person is not None
    assert audience is not None
    return socket.person, audience
