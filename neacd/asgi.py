"""The server's entry: HTTP to Django, WebSockets to the rooms, and the loops that live as long as the process."""

import asyncio
import os
import sys
from typing import Any

from channels.db import database_sync_to_async
from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import re_path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "neacd.settings")
django_application = get_asgi_application()

from neacd import ready, request_ids, tidying  # noqa: E402
from rooms import clock, figures, keeping, presence, retention  # noqa: E402  models need Django to be set up first
from rooms.process import folds, hub  # noqa: E402
from rooms.urls import websocket_urlpatterns  # noqa: E402
from rooms.writing import writer  # noqa: E402

# Seconds that a thread which computes keeps others from it. The writer asks the database in a few short steps and
# waits before each: with Python's five milliseconds a command would take as long as the panels of a room.
A_TURN = 0.0005


async def nowhere(_scope: Any, _receive: Any, send: Any) -> None:
    """No such address of sockets: as for a seat that is not theirs."""
    await send({"type": "websocket.close"})


protocols = ProtocolTypeRouter(
    {
        "http": django_application,
        # Who may open a socket: the consumer asks `access`. (The stubs know no path() of Django's here.)
        "websocket": URLRouter([*websocket_urlpatterns, re_path("", nowhere)]),  # type: ignore[arg-type, list-item]
    }
)


async def _live(receive: Any, send: Any) -> None:
    """The server's lifespan: the hub, the clock, who is here, old and long rooms are looked after meanwhile."""
    await receive()
    sys.setswitchinterval(A_TURN)
    await database_sync_to_async(ready.panels)()
    hub.start()
    # A loop for each, so that no deadline waits for a list of who is here, or for old rooms.
    loops = (
        clock.run(hub),
        presence.run(hub),
        retention.run(),
        keeping.run(folds, hub),
        figures.keep_standing(hub, writer),
        tidying.run(),
    )
    beating = asyncio.gather(*loops)
    with tidying.in_quiet_moments():
        await send({"type": "lifespan.startup.complete"})
        await receive()
    beating.cancel()
    await asyncio.gather(beating, return_exceptions=True)
    await hub.stop()
    await asyncio.to_thread(writer.finish)
    await send({"type": "lifespan.shutdown.complete"})


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        await _live(receive, send)
    else:
        if scope["type"] == "websocket":
            request_ids.begin_in(scope)  # the middleware does it for HTTP
        await protocols(scope, receive, send)
