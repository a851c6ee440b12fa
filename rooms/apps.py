"""The app that holds what happens live."""

from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "rooms"
