"""The people of a measured room on their sockets: browsers on the HTML dialect, and one witness for each kind of
viewer on the JSON dialect, who writes down when each event that this audience may see was stamped by the server."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from tests.load.sockets import Line, opened

AT_ONCE = 25  # lines opened at the same time


@dataclass
class Viewer:
    """A participant on their line. `side`: moderator, observer, or the delegation's code."""

    side: str
    seat: str
    line: Line


@dataclass
class Witness:
    """`at` by cursor, in seconds; `sizes` of the events in bytes of JSON; `heard` when they came, in seconds."""

    line: Line | None = None
    at: dict[int, float] = field(default_factory=dict)
    heard: dict[int, float] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)

    def hear(self, now: float, text: bytes) -> None:
        for event in json.loads(text).get("events", ()):
            self.at[event["cursor"]] = event["at"] / 1_000
            self.heard[event["cursor"]] = now
            self.sizes.append(len(json.dumps(event, separators=(",", ":"), ensure_ascii=False).encode()))

    @property
    def last(self) -> int:
        return max(self.at, default=0)


@dataclass
class Hall:
    """Everybody in the room."""

    viewers: list[Viewer]
    witnesses: dict[str, Witness]

    @property
    def chair(self) -> Viewer:
        return next(one for one in self.viewers if one.side == "moderator")

    @property
    def delegates(self) -> list[Viewer]:
        return [one for one in self.viewers if one.seat]

    def close(self) -> None:
        for line in (*(one.line for one in self.viewers), *(one.line for one in self.witnesses.values() if one.line)):
            line.close()

    def lost(self) -> int:
        """Lines the server closed."""
        return sum(one.line.closed_with is not None for one in self.viewers)


async def filled(port: int, room: dict[str, Any], *, witnesses: bool) -> Hall:
    """Everybody of a room that `casting` made, connected and shown where the room is."""
    few = asyncio.Semaphore(AT_ONCE)

    async def come(person: dict[str, str]) -> Viewer:
        async with few:
            return Viewer(person["side"], person["seat"], await _line(port, room["code"], person))

    viewers = await asyncio.gather(*(come(person) for person in room["people"]))
    sides = {person["side"]: person for person in reversed(room["people"])}
    seen = {side: await _witness(port, room["code"], one) for side, one in sides.items()} if witnesses else {}
    return Hall(list(viewers), seen)


async def _line(port: int, code: str, person: dict[str, str]) -> Line:
    path = f"/ws/rooms/{code}/{person['pid']}/"
    return await opened(port, path, headers=_ticket(person), hello={"hello": {"cursor": 0}})


async def _witness(port: int, code: str, person: dict[str, str]) -> Witness:
    witness = Witness()
    path = f"/ws/rooms/{code}/{person['pid']}/?dialect=json"
    hello = {"hello": {"cursor": 0}}
    witness.line = await opened(port, path, headers=_ticket(person), hello=hello, on_text=witness.hear)
    return witness


def _ticket(person: dict[str, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {person['ticket']}"}
