"""One per process: the connected sockets by room, and when they are shown what is new (`fanout` says how).

Between processes only (room, seq) travels. A lost poke costs nothing: the next one, or the clock's heartbeat, carries
a higher number.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Iterable
from contextvars import Context
from typing import Any

from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.db import DatabaseError, InterfaceError

from rooms import figures, panels, wire
from rooms.database_threads import for_people
from rooms.domain import codec
from rooms.domain.sight import Audience, audience_of
from rooms.fanout import Fanout, LiveRoom, assesses
from rooms.folds import Folds, Picture
from rooms.painting import Painter
from rooms.resting import LAST_LOOK, LAST_RETRY, Resting, Turns, until_retry
from rooms.sockets import COME_BACK, Socket
from rooms.together import Together

logger = logging.getLogger(__name__)

GROUP = "rooms"
NOT_YET = -1  # as a room's `done`: somebody there has not been shown all of it


class Hub:
    """See the module. Only `announce` may be called from another thread than the event loop's."""

    def __init__(self, folds: Folds, painter: Painter) -> None:
        self._folds = folds
        self._fanout = Fanout(painter)
        self._pictures = Together(self._look)
        self._rooms: dict[int, LiveRoom] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listener: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        # One room is painted at a time: between two panels answers go out, whichever rooms they come from.
        self._painting = asyncio.Lock()
        self._welcoming = Turns()
        self._resting = Resting(time.monotonic())

    # Lifetime

    def start(self) -> None:
        """Begin to listen to the other processes. Called by the server, or by the first socket."""
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        self._loop, self._rooms, self._tasks = loop, {}, set()
        self._painting = asyncio.Lock()
        self._welcoming = Turns()
        self._listener = loop.create_task(self._listen()) if self._shared_layer() else None

    async def stop(self) -> None:
        """Let go of everything, closing sockets so that their clients resume elsewhere."""
        self.send_away()
        tasks = [task for task in (*self._tasks, self._listener) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._loop, self._rooms, self._listener = None, {}, None

    def send_away(self) -> None:
        """Ask everybody to come back, to whoever serves then: this process ends."""
        for room in self._rooms.values():
            for socket in list(room.sockets):
                socket.finish(COME_BACK)

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
        """The clock saw a room's head: only news if no poke had said so, or it could not be shown then."""
        room = self._rooms.get(room_id)
        if room and (seq > room.done or room.failures) and time.monotonic() >= room.again_at:
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

    def standing(self) -> figures.Standing:
        """How many are here, who see how many things, and what waits for them to read."""
        rooms = list(self._rooms.values())
        sockets = [socket for room in rooms for socket in room.sockets]
        audiences = sum(len(room.audiences) for room in rooms)
        return figures.Standing(len(sockets), len(rooms), audiences, sum(socket.waiting for socket in sockets))

    def _run(self, coroutine: Any) -> asyncio.Task[Any]:
        # In a context of its own: what the request or command that set it off is known by is not for this.
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
        await self._welcoming.wait()
        # No await from here on: what comes after this picture comes by a flush.
        picture = self._newest(socket.room_id, picture, [audience])
        person = picture.state.seats.people[socket.pid]
        if audience_of(person) != audience or page not in ("", panels.view_name(person)):
            return False
        if socket.generation < person.generation:  # its link was replaced while it was being opened
            return False
        socket.person = person
        self._take_in(socket, picture, earlier, cursor)
        return True

    def _take_in(self, socket: Socket, picture: Picture, earlier: wire.Missed | None, cursor: int) -> None:
        room = self._rooms.setdefault(socket.room_id, LiveRoom(done=picture.seq, wanted=picture.seq))
        if room.people is not picture.state.seats.people:
            room.people = None  # one of the two is behind: the next flush looks where everybody's place is
        if socket.straight is None:
            self._run(self._write(socket))
        try:
            if earlier is None:
                self._fanout.welcome(room, socket, picture, cursor)
            else:
                self._fanout.welcome_program(room, socket, picture, earlier, cursor)
        except Exception:
            self.leave(socket)
            raise
        if room.wanted > picture.seq or room.sockets[socket].is_behind(picture):
            room.done = NOT_YET  # a flush that is under way may have looked at the sockets before this one came
            self.poked(socket.room_id, room.wanted)

    def _newest(self, room_id: int, picture: Picture, audiences: Iterable[Audience]) -> Picture:
        kept = self._folds.kept(room_id)
        return kept if kept and kept.seq >= picture.seq and kept.shows(audiences) else picture

    async def _earlier(self, socket: Socket, picture: Picture, audience: Audience, cursor: int) -> wire.Missed | None:
        """For the JSON dialect: the entries after a cursor that this viewer may read."""
        if socket.dialect != "json":
            return None
        whole = assesses(picture, audience)
        return await for_people.ask(wire.missed, socket.room_id, picture, audience, cursor, assesses=whole)

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
        room.leave(socket)
        if not room.sockets and room.flushing is None:
            del self._rooms[socket.room_id]

    def cursor_of(self, socket: Socket) -> int:
        """How far this socket's audience has come, for an acknowledgement."""
        room, picture = self._rooms.get(socket.room_id), self._folds.kept(socket.room_id)
        alike = room.sockets.get(socket) if room else None
        if alike is None:
            return 0  # it has said no hello, or is being sent away
        view = picture.views.get(alike.audience) if picture else None
        return view.count if view else alike.cursor

    # Pictures

    async def _picture(self, room_id: int, audiences: Iterable[Audience]) -> Picture:
        return await self._pictures.ask(room_id, frozenset(audiences))

    def _look(self, room_id: int, asked: list[frozenset[Audience]]) -> dict[frozenset[Audience], Picture]:
        """One look for all that want to know at once where a room stands."""
        picture = self._folds.at_head(room_id, frozenset[Audience]().union(*asked))
        return dict.fromkeys(asked, picture)

    # What is new

    async def _flush_until_done(self, room_id: int, room: LiveRoom) -> None:
        """Show every audience what is new, again and again until nothing newer is wanted."""
        try:
            while room.sockets:
                await self._flush(room_id, room)
                if room.done >= room.wanted:
                    return
        except asyncio.CancelledError:
            raise
        except codec.WrittenLater:
            # A newer version writes in this room already: who is here goes where it is served.
            for socket in room.sockets:
                socket.finish(COME_BACK)
        except (DatabaseError, InterfaceError) as error:
            # A database that is away must not end the fan-out: the heartbeat asks again, and soon.
            self._failed(room_id, room, error, LAST_LOOK)
        except Exception as error:
            self._failed(room_id, room, error)
        finally:
            room.flushing = None
            if not room.sockets:
                self._rooms.pop(room_id, None)

    async def _flush(self, room_id: int, room: LiveRoom) -> None:
        """Show what is new, and rest."""
        wanted = room.audiences
        picture = self._folds.kept(room_id)
        if picture is None or picture.seq < room.wanted or not picture.shows(wanted):
            aim = room.wanted
            picture = await self._picture(room_id, wanted)
            if room.wanted == aim:
                room.wanted = picture.seq  # the record has no more than this, whatever a poke said
        async with self._painting:
            picture = self._newest(room_id, picture, room.audiences)
            shown_before, began = room.done, time.monotonic()
            # Who came while the picture was made, with an audience it has no view for, is not left out for good.
            room.done = picture.seq if picture.shows(room.audiences) else NOT_YET
            failure = await self._fanout.show(room_id, room, picture)
        if failure is not None:
            self._failed(room_id, room, failure)
        else:
            room.failures, room.again_at = 0, 0.0
            if NOT_YET < shown_before < picture.seq:
                figures.delivered(_first_after(picture, shown_before), time.time_ns() // 1_000_000)
        now = time.monotonic()
        await asyncio.sleep(self._resting.after(now - began, now))

    def _failed(self, room_id: int, room: LiveRoom, failure: Exception, most: float = LAST_RETRY) -> None:
        """Somebody there could not be shown what is new: it is tried again with the next event, or by the heartbeat
        after a while. Told in full the first time, or the log of a hot room would hold nothing else."""
        room.failures += 1
        room.again_at = time.monotonic() + until_retry(room.failures, most)
        full = failure if room.failures == 1 else None
        logger.error("room %s could not be shown to everybody, %s times now", room_id, room.failures, exc_info=full)


def _first_after(picture: Picture, seq: int) -> int:
    """The instant (ms) of the oldest entry after a seq that is still at hand."""
    at = picture.state.at
    for entry in reversed(picture.recent):
        if entry.seq <= seq:
            break
        at = entry.at
    return at
