"""Is this process fit to serve? Asked by the people who run it and their machines."""

import asyncio
from typing import Any

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.db import connection
from django.http import HttpRequest, JsonResponse

PATIENCE = 2.0  # seconds; a layer that takes longer is as good as gone


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


async def _ask_layer() -> None:
    layer: Any = get_channel_layer()
    channel = await layer.new_channel("health")
    await layer.send(channel, {"type": "health"})
    await layer.receive(channel)


async def _answers(question: object) -> bool:
    try:
        await asyncio.wait_for(question, PATIENCE)  # type: ignore[arg-type]  # an awaitable, whichever it is
    except Exception:
        return False
    return True


async def show_health(_request: HttpRequest) -> JsonResponse:
    """200 when the database and the channel layer answer, else 503 and which of them does not."""
    found = {
        "database": await _answers(database_sync_to_async(_ask_database)()),
        "channel_layer": await _answers(_ask_layer()),
    }
    return JsonResponse(found, status=200 if all(found.values()) else 503)
