"""The chat's entry. The tutorial wraps it in sessions and log-in; those cost at connect only, and are left out."""

import os
from typing import Any

import django
from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import re_path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.load.tutorial.settings"
django.setup()

from tests.load.tutorial.consumers import ChatConsumer  # noqa: E402  Django must be set up first

patterns: list[Any] = [re_path(r"^ws/chat/(?P<room>\w+)/$", ChatConsumer.as_asgi())]  # type: ignore[arg-type]  # an ASGI view
application = ProtocolTypeRouter({"websocket": URLRouter(patterns)})
