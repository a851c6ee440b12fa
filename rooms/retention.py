"""How long names are kept: a room that nobody uses is closed, and some time after closing its names are forgotten.

Each server process looks now and then; two doing it at once are harmless, because both go through the one door. What
was said and decided stays, without names; see `domain.forgetting`.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.db.models import Max, Q

from rooms.actions import Asked, Done, Held, act_on, now_ms
from rooms.database_threads import DatabaseThreads
from rooms.domain.disuse import CloseUnused
from rooms.domain.forgetting import ForgetNames
from rooms.domain.record import CLOCK
from rooms.domain.refused import Refused
from rooms.models import Room
from rooms.process import folds

logger = logging.getLogger(__name__)

DAY = 24 * 60 * 60 * 1000
EVERY = 60 * 60.0  # seconds between two looks: what is counted in days need not be met to the minute
FIRST_LOOK = 60.0  # seconds after a start: a machine that is switched on for a class has other things to do first
# What a moderator may choose for a room, in days; 0 is not among them, because a debrief wants names for a while.
CHOICES = (30, 90, 180, 365, 1095)

threads = DatabaseThreads("retention")


def keep_days(room: Room) -> int:
    """For how many days after closing this room keeps the names of its people."""
    return settings.KEEP_NAMES_DAYS if room.keep_days is None else room.keep_days


def kept_until(room: Room, closed_at: int) -> int:
    """The instant (ms UTC) at which the names of a closed room are forgotten: so long after it was closed, or after
    its record was brought into this installation."""
    arrived = round(room.created_at.timestamp() * 1000)
    # What an archive says of when its session was closed may be anything.
    return (arrived if room.scope else max(closed_at, arrived)) + keep_days(room) * DAY


def sweep(at: int) -> tuple[list[str], list[str]]:
    """Do what is due at an instant (ms UTC): the codes of the rooms that were closed, and of those whose names went."""
    return _close_unused(at), _forget_names(at)


def _close_unused(at: int) -> list[str]:
    since = at - settings.CLOSE_UNUSED_DAYS * DAY
    arrived = datetime.fromtimestamp(since / 1000, UTC)
    left = Room.objects.exclude(status__in=("", "closed")).filter(created_at__lt=arrived)
    unused = left.annotate(last=Max("events__at")).filter(last__lt=since)
    return [room.code for room in unused if _done(room, _closed)]


def _closed(room: Room) -> bool:
    return bool(_act(room, CloseUnused(settings.CLOSE_UNUSED_DAYS)).entries)


def _forget_names(at: int) -> list[str]:
    named = Room.objects.filter(status="closed", participants__forgotten_at=None, participants__isnull=False).distinct()
    closed = named.annotate(closed_at=Max("events__at", filter=Q(events__name="room.session_closed")))
    due = [room for room in closed if room.closed_at is not None and kept_until(room, room.closed_at) <= at]
    return [room.code for room in due if _done(room, _forgotten)]


def _forgotten(room: Room) -> bool:
    """All names; those, too, of who never got in, because the line to the database broke while they joined: no record
    has them."""
    written = _act(room, ForgetNames()).entries
    known = folds.at_head(room.pk).state.seats.people
    strangers, _of_what = room.participants.filter(forgotten_at=None).exclude(pid__in=known).delete()
    return bool(written or strangers)


def _act(room: Room, command: CloseUnused | ForgetNames) -> Done:
    """Where somebody else holds the room it is not waited for (`Held`): it is done at the next look."""
    return act_on(Asked(room.pk, CLOCK, command), wait=False)


def _done(room: Room, deed: Callable[[Room], bool]) -> bool:
    try:
        return deed(room)
    except Held:
        logger.info("room %s is held by somebody: it is looked after at the next look", room.pk)
    except Refused as refused:
        logger.warning("room %s was not looked after: %s", room.pk, refused.code)
    except Exception as error:  # one room that cannot be read must not keep the names of all others
        logger.warning("room %s was not looked after: %s", room.pk, type(error).__name__)
    return False


async def run() -> None:
    """Look until cancelled, through any outage of the database."""
    await asyncio.sleep(FIRST_LOOK)
    while True:
        try:
            await threads.ask(sweep, now_ms())
        except asyncio.CancelledError:
            raise
        except Exception as error:
            logger.warning("nobody looked after old rooms: %s", type(error).__name__)
        await asyncio.sleep(EVERY)
