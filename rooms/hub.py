"""One per process: the connected sockets by room, and the fan-out to them.

Between processes only (room, seq) travels; inside one, each changed panel is rendered once per audience, encoded
once, and the same text is put to every socket of that audience. A lost poke costs nothing: the next one, or the
clock's heartbeat, carries a higher number.
"""

import asyncio
import contextlib
import logging
from collections.abc import Iterable
from contextvars import Context
from itertools import groupby
from typing import Any

from channels.db import database_sync_to_async
from channels.layers import InMemoryChannelLayer, get_channel_layer

from rooms import panels, wire
from rooms.domain.seats import Person
from rooms.domain.sight import THE_MODERATORS, Audience, audience_of
from rooms.folds import Folds, Picture
from rooms.panels import Painter
from rooms.sockets import COME_BACK, NOT_YET, NOT_YOURS, LiveRoom, Socket

logger = logging.getLogger(__name__)

GROUP = "rooms"
# Seconds between two flushes of one room: a burst becomes one frame, and nobody feels a twentieth of a second.
MERGE = 0.05
NO_MORE = 2**62  # as a socket's cursor: it has read the closed record, and no live event may follow


class Hub:
    """See the module. Only `announce` may be called from another thread than the event loop's."""

    def __init__(self, folds: Folds, painter: Painter) -> None:
        self._folds = folds
        self._painter = painter
        self._rooms: dict[int, LiveRoom] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listener: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[Any]] = set()

    # Lifetime

    def start(self) -> None:
        """Begin to listen to the other processes. Called by the server, or by the first socket."""
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        self._loop, self._rooms, self._tasks = loop, {}, set()
        self._listener = loop.create_task(self._listen()) if self._shared_layer() else None

    async def stop(self) -> None:
        """Let go of everything, closing sockets so that their clients resume elsewhere."""
        for room in self._rooms.values():
            for socket in room.sockets:
                socket.finish(COME_BACK)
        tasks = [task for task in (*self._tasks, self._listener) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._loop, self._rooms, self._listener = None, {}, None

    def _shared_layer(self) -> Any:
        """The layer between processes, or None where this process is alone with itself."""
        layer = get_channel_layer()
        return None if isinstance(layer, InMemoryChannelLayer) else layer

    async def _listen(self) -> None:
        """Take pokes from the other processes for as long as we live, through any outage of the layer."""
        layer = self._shared_layer()
        while True:
            try:
                channel = await layer.new_channel()
                await layer.group_add(GROUP, channel)
                while True:
                    message = await layer.receive(channel)
                    self.poked(int(message["room"]), int(message["seq"]))
            except asyncio.CancelledError:
                raise
            except Exception as error:
                logger.warning("the channel layer is away (%s); the heartbeat carries on", type(error).__name__)
                await asyncio.sleep(1)

    # Pokes

    def announce(self, room_id: int, seq: int) -> None:
        """Something was committed: tell this process at once and the others as well as can be. Any thread."""
        loop = self._loop
        if loop is not None and loop.is_running():
            with contextlib.suppress(RuntimeError):  # the loop may close between the question and the call
                loop.call_soon_threadsafe(self._announce_here, room_id, seq)
        elif self._shared_layer():
            wire.send_poke_from_thread(self._shared_layer(), GROUP, self._poke(room_id, seq))

    def _announce_here(self, room_id: int, seq: int) -> None:
        self.poked(room_id, seq)
        layer = self._shared_layer()
        if layer:
            self._run(wire.send_poke(layer, GROUP, self._poke(room_id, seq)))

    @staticmethod
    def _poke(room_id: int, seq: int) -> dict[str, Any]:
        return {"type": "poke", "room": room_id, "seq": seq}

    def poked(self, room_id: int, seq: int) -> None:
        """A room has got at least this far. Late, doubled and reordered pokes are harmless."""
        room = self._rooms.get(room_id)
        if room is None:
            return
        room.wanted = max(room.wanted, seq)
        if room.flushing is None:
            room.flushing = self._run(self._flush_until_done(room_id, room))

    def heartbeat(self, room_id: int, seq: int) -> None:
        """The clock saw a room's head: only news if no poke had said so."""
        room = self._rooms.get(room_id)
        if room and seq > room.done:
            self.poked(room_id, seq)

    def watched(self) -> list[int]:
        """The rooms somebody here looks at."""
        return list(self._rooms)

    def connected(self) -> dict[int, frozenset[str]]:
        """Who has a connection here, by room."""
        return {
            room_id: frozenset(socket.pid for socket in room.sockets if not socket.closing)
            for room_id, room in self._rooms.items()
        }

    def _run(self, coroutine: Any) -> asyncio.Task[Any]:
        # In a context of its own: that of the request or command that set it off says which thread may use the
        # database, and that thread is busy with it, or gone, when this one asks.
        task = asyncio.get_running_loop().create_task(coroutine, context=Context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    # Sockets

    async def join(self, socket: Socket, cursor: int, page: str = "") -> bool:
        """Take a socket in and send what it missed. `page` names the view its page was made for (see
        `panels.view_name`), "" if it has none. False if that page can no longer be brought up to date: its person
        has left the room, or was given another place in it."""
        self.start()
        known = self._folds.kept(socket.room_id)
        person = known.state.seats.people.get(socket.pid) if known else None
        audience = audience_of(person)
        picture = await self._picture(socket.room_id, [audience] if audience else [])
        person = picture.state.seats.people.get(socket.pid)
        audience = audience_of(person)
        if person is None or audience is None:
            return False
        if not picture.shows([audience]):
            picture = await self._picture(socket.room_id, [audience])
        earlier = await self._earlier(socket, picture, audience, cursor)
        # No await from here on: what comes after this picture comes by a flush.
        picture = self._newest(socket.room_id, picture, audience)
        person = picture.state.seats.people[socket.pid]
        if audience_of(person) != audience or page not in ("", panels.view_name(person)):
            return False
        if socket.generation < person.generation:  # its link was replaced while it was being opened
            return False
        socket.audience, socket.screen = audience, panels.screen_of(person)
        room = self._rooms.setdefault(socket.room_id, LiveRoom(done=picture.seq, wanted=picture.seq))
        room.sockets.add(socket)
        self._run(self._write(socket))
        if socket.dialect == "json":
            self._send_events(socket, picture.view(audience).count, earlier, cursor)
        else:
            self._send_whole_page(socket, picture, audience, person, cursor)
        if room.wanted > picture.seq or socket.cursor < picture.view(audience).count:
            room.done = NOT_YET  # a flush that is under way may have looked at the sockets before this one came
            self.poked(socket.room_id, room.wanted)
        return True

    def _newest(self, room_id: int, picture: Picture, audience: Audience) -> Picture:
        kept = self._folds.kept(room_id)
        return kept if kept and kept.seq >= picture.seq and kept.shows([audience]) else picture

    async def _write(self, socket: Socket) -> None:
        try:
            await socket.write()
        except Exception:
            logger.debug("a socket went away while it was written to")
        finally:
            self.leave(socket)

    def leave(self, socket: Socket) -> None:
        """Let a socket go; the last one out closes the room's books here."""
        socket.finish(COME_BACK)
        room = self._rooms.get(socket.room_id)
        if room is None:
            return
        room.sockets.discard(socket)
        if not room.sockets and room.flushing is None:
            del self._rooms[socket.room_id]

    def cursor_of(self, socket: Socket) -> int:
        """How far this socket's audience has come, for an acknowledgement."""
        picture = self._folds.kept(socket.room_id)
        view = picture.views.get(socket.audience) if picture and socket.audience else None
        return view.count if view else socket.cursor

    async def _picture(self, room_id: int, audiences: Iterable[Audience]) -> Picture:
        return await database_sync_to_async(self._folds.at_head)(room_id, list(audiences))

    # What goes out

    def _send_whole_page(
        self, socket: Socket, picture: Picture, audience: Audience, person: Person, cursor: int
    ) -> None:
        view = picture.view(audience)
        of_circle = picture.view(audience.circle)
        shared = self._painter.paint(socket.room_id, socket.screen, audience, view, picture.names, of_circle)
        personal = self._painter.personal(socket.room_id, socket.screen, audience, view, picture.names, person)
        socket.shown, socket.personal = shared, "".join(personal.values())
        socket.cursor = view.count
        if cursor == view.count:
            socket.put(wire.frame(view.count, at=view.at))
            return
        socket.put(wire.frame(view.count, panels.as_partials({**shared, **personal}), at=view.at))

    async def _earlier(self, socket: Socket, picture: Picture, audience: Audience, cursor: int) -> wire.Missed:
        """For the JSON dialect: the entries after a cursor that this viewer may read."""
        if socket.dialect != "json":
            return wire.Missed([])
        assesses = _assesses(picture, audience)
        return await database_sync_to_async(wire.missed)(socket.room_id, audience, cursor, assesses=assesses)

    def _send_events(self, socket: Socket, count: int, missed: wire.Missed, cursor: int) -> None:
        # What was read is what was sent; anything newer comes by a flush.
        told = missed.entries[-1][0] if missed.entries else min(cursor, count)
        socket.cursor = NO_MORE if missed.over else told
        socket.put(wire.events_frame(told, missed.entries, again=missed.anew))

    async def _flush_until_done(self, room_id: int, room: LiveRoom) -> None:
        """Show every audience what is new, again and again until nothing newer is wanted."""
        try:
            while room.sockets:
                await self._flush(room_id, room)
                await asyncio.sleep(MERGE)
                if room.done >= room.wanted:
                    return
        except asyncio.CancelledError:
            raise
        except Exception:
            # A database that is away must not end the fan-out: the heartbeat asks again.
            logger.exception("room %s could not be shown", room_id)
        finally:
            room.flushing = None
            if not room.sockets:
                self._rooms.pop(room_id, None)

    async def _flush(self, room_id: int, room: LiveRoom) -> None:
        wanted = {one.audience for one in room.sockets if one.audience}
        picture = self._folds.kept(room_id)
        if picture is None or picture.seq < room.wanted or not picture.shows(wanted):
            aim = room.wanted
            picture = await self._picture(room_id, wanted)
            if room.wanted == aim:
                room.wanted = picture.seq  # the record has no more than this, whatever a poke said
        # Who came while the picture was made, with an audience it has no view for, is not left out for good.
        room.done = picture.seq if picture.shows({one.audience for one in room.sockets if one.audience}) else NOT_YET
        self._send_away_who_moved(room, picture)
        frames: dict[Any, str] = {}
        painted: dict[tuple[str, str], dict[str, str]] = {}
        changes: dict[tuple[int, int], dict[str, str]] = {}
        for _audience, sockets in groupby(sorted(room.sockets, key=_turn), key=_turn):
            for socket in sockets:
                if socket.closing or socket.audience is None or not picture.has_views_for(socket.audience):
                    continue
                if socket.dialect == "json":
                    self._flush_events(socket, picture, frames)
                else:
                    self._flush_panels(socket, picture, painted, changes, frames)
            await asyncio.sleep(0)  # what these see is written while the next audience's panels are made

    def _send_away_who_moved(self, room: LiveRoom, picture: Picture) -> None:
        """A person whose audience or screen changed gets a new page, not new panels: let them load it. So does who
        came by a link that has been replaced; they are told not to come back by it."""
        people = picture.state.seats.people
        for socket in room.sockets:
            person = people.get(socket.pid)
            audience = audience_of(person)
            replaced = person is not None and socket.generation < person.generation
            if person and audience == socket.audience and panels.screen_of(person) == socket.screen and not replaced:
                continue
            socket.put(wire.RELOAD)
            socket.finish(NOT_YOURS if replaced else COME_BACK)

    def _flush_panels(
        self,
        socket: Socket,
        picture: Picture,
        painted: dict[tuple[str, str], dict[str, str]],
        changes: dict[tuple[int, int], dict[str, str]],
        frames: dict[Any, str],
    ) -> None:
        audience = socket.audience
        assert audience is not None
        view = picture.view(audience)
        screen = (socket.screen, audience.name)
        if screen not in painted:
            of_circle = picture.view(audience.circle)
            painted[screen] = self._painter.paint(
                socket.room_id, socket.screen, audience, view, picture.names, of_circle
            )
        now, before = painted[screen], socket.shown
        # From what this socket was shown itself: who came between two flushes may have seen more than the others.
        key = (id(before), id(now))
        if key not in changes:
            changes[key] = {name: html for name, html in now.items() if before.get(name) != html}
        socket.shown = now
        person = picture.state.seats.people[socket.pid]
        own = self._painter.personal(socket.room_id, socket.screen, audience, view, picture.names, person)
        personal = "".join(own.values())
        news = own if personal != socket.personal else {}
        socket.personal, socket.cursor = personal, view.count
        if not changes[key] and not news:
            return
        frame_key = (key, personal if news else None)
        if frame_key not in frames:
            frames[frame_key] = wire.frame(view.count, panels.as_partials({**changes[key], **news}), at=view.at)
        socket.put(frames[frame_key])

    def _flush_events(self, socket: Socket, picture: Picture, frames: dict[Any, str]) -> None:
        audience = socket.audience
        assert audience is not None
        count = picture.view(audience).count
        if count <= socket.cursor:
            return
        frame_key = (audience.name, socket.cursor)
        if frame_key not in frames:
            seen = [entry for entry in picture.recent if audience.sees(entry)]
            first = count - len(seen)
            fresh = [(first + n, entry) for n, entry in enumerate(seen, start=1) if first + n > socket.cursor]
            frames[frame_key] = wire.events_frame(count, fresh) if socket.cursor >= first else ""
        if not frames[frame_key]:
            socket.finish(COME_BACK)  # further behind than memory reaches: come back and say where you are
            return
        socket.cursor = count
        socket.put(frames[frame_key])
        if picture.state.room.status == "closed" and not _assesses(picture, audience):
            socket.finish(COME_BACK)  # it comes back to the record as all read it now, within the rule


def _assesses(picture: Picture, audience: Audience) -> bool:
    """Whether this audience keeps the assessment record: it reads names also after the end."""
    return audience == THE_MODERATORS and picture.state.room.assessment_record


def _turn(socket: Socket) -> tuple[bool, str]:
    """In whose turn a socket is shown what is new: the chair's first, then one audience after the other."""
    return socket.audience != THE_MODERATORS, socket.audience.name if socket.audience else ""
