"""The chat's entry. The tutorial wraps it in sessions and log-in; those cost at connect only, and are left out."""

import os

import django
from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.load.tutorial.settings"
django.setup()

from tests.load.tutorial.consumers import ChatConsumer  # noqa: E402  Django must be set up first

application = ProtocolTypeRouter({"websocket": URLRouter([path("ws/chat/<slug:room>/", ChatConsumer.as_asgi())])})
