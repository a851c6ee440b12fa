"""Is this process alive, and is it fit to serve? Asked by the people who run it and their machines.

Alive is who answers at all: one that does not is to be started anew. Ready is whose database, channel layer and tables
are as they should be: one that is not gets no visitors for now, and starting it anew would not help.
"""

import asyncio
from collections.abc import Awaitable
from typing import Any

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.db import connection
from django.http import HttpRequest, JsonResponse

from neacd import ready

PATIENCE = 2.0  # seconds; a layer that takes longer is as good as gone


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def _ask_tables() -> None:
    if ready.migrations_waiting():
        raise LookupError("there are migrations to be applied")


async def _ask_layer() -> None:
    layer: Any = get_channel_layer()
    channel = await layer.new_channel("health")
    await layer.send(channel, {"type": "health"})
    await layer.receive(channel)


async def _answers(question: Awaitable[None]) -> bool:
    try:
        await asyncio.wait_for(question, PATIENCE)
    except Exception:
        return False
    return True


async def show_alive(_request: HttpRequest) -> JsonResponse:
    """200, and nothing asked of anybody else."""
    return JsonResponse({"alive": True})


async def show_ready(_request: HttpRequest) -> JsonResponse:
    """200 when the database and the channel layer answer and no migration waits; else 503 and which does not hold.
    Tables that a newer version has laid are no hindrance: while versions change, the older still serves."""
    found = {
        "database": await _answers(database_sync_to_async(_ask_database)()),
        "channel_layer": await _answers(_ask_layer()),
    }
    found["migrations"] = found["database"] and await _answers(database_sync_to_async(_ask_tables)())
    return JsonResponse(found, status=200 if all(found.values()) else 503)
