"""What a process counts of itself for those who run it, in Prometheus' terms: how many and how fast, never who or
what. No label holds a room's code, a person or words; a refusal is counted by its code, which is ours.

Counted where it happens, by one call each. What stands at an instant (sockets, rooms, queues) is written down every
few seconds by `keep_standing`, because several processes on one port answer for each other.
"""

import asyncio
import logging
import re
from dataclasses import dataclass
from typing import Protocol

from django.utils.crypto import salted_hmac
from prometheus_client import Counter, Gauge, Histogram

logger = logging.getLogger(__name__)

STANDING_EVERY = 2.0  # seconds
# Seconds. The finest is a merge of one flush, the coarsest a room that had to be read anew.
STEPS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

# What a client calls its request by may hold words, or a name; not so a UUID, with or without dashes, nor a number of
# few digits, perhaps after one letter.
OF_A_MACHINE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}|[a-z]?[0-9]{1,6}")

EVENTS = Counter("neacd_events", "Events written to the record")
REFUSALS = Counter("neacd_refusals", "Commands refused, by the code of the refusal", ["code"])
DELIVERY = Histogram("neacd_deliver_seconds", "From an event's instant until its frames were handed on", buckets=STEPS)
COMMANDS = Histogram("neacd_command_seconds", "From a command's arrival until it was answered", buckets=STEPS)

SOCKETS = Gauge("neacd_sockets", "Connected sockets", multiprocess_mode="livesum")
ROOMS = Gauge("neacd_rooms", "Rooms that somebody here looks at", multiprocess_mode="livesum")
AUDIENCES = Gauge("neacd_audiences", "Audiences that are shown something, over all rooms", multiprocess_mode="livesum")
WAITING = Gauge("neacd_waiting_commands", "Commands that wait for their turn", multiprocess_mode="livesum")
QUEUED = Gauge("neacd_queued_bytes", "Waiting to be written to slow sockets", multiprocess_mode="livesum")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a hub stands at an instant."""

    sockets: int
    rooms: int
    audiences: int
    queued: int


class Stands(Protocol):
    """Who can be asked that."""

    def standing(self) -> Standing: ...


class Waits(Protocol):
    """Whose queue can be measured."""

    @property
    def depth(self) -> int: ...


def written(events: int) -> None:
    """So many events were committed."""
    EVENTS.inc(events)


def refused(code: str, request_id: str = "") -> None:
    """A command was refused: counted, and told in the log under the id that its sender knows."""
    REFUSALS.labels(code).inc()
    logger.info("refused", extra={"told": {"code": code, "command_id": in_the_log(request_id)}})


def in_the_log(request_id: str) -> str:
    """A client's request id as the log may have it: of one that could hold words "#" and a mark, the same for the same
    id in this installation, from which nobody else can guess it."""
    if not request_id or OF_A_MACHINE.fullmatch(request_id):
        return request_id
    return f"#{salted_hmac('request id', request_id.encode(errors='surrogatepass')).hexdigest()[:16]}"


def delivered(at: int, now: int) -> None:
    """What happened at an instant has been handed to everybody who may see it; both in ms UTC."""
    DELIVERY.observe(max(0, now - at) / 1_000)


def answered(seconds: float) -> None:
    """A command got its answer."""
    COMMANDS.observe(seconds)


def note(standing: Standing, waiting: int) -> None:
    SOCKETS.set(standing.sockets)
    ROOMS.set(standing.rooms)
    AUDIENCES.set(standing.audiences)
    QUEUED.set(standing.queued)
    WAITING.set(waiting)


async def keep_standing(hub: Stands, writer: Waits) -> None:
    """Write down how the hub stands and what waits for the writer, until cancelled."""
    while True:
        note(hub.standing(), writer.depth)
        await asyncio.sleep(STANDING_EVERY)
