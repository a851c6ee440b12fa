"""Addresses of the API."""

from django.urls import path, re_path

from delegations import api as prepared
from rooms import api

urlpatterns = [
    path("openapi.json", api.show_description),
    path("scenarios/", prepared.list_scenarios),
    path("scenarios/<slug:slug>/", prepared.show_scenario),
    path("scenarios/<slug:slug>/packs/<slug:code>/", prepared.show_pack),
    path("rooms/", api.list_rooms),
    path("rooms/<str:code>/<str:pid>/", api.show_state),
    path("rooms/<str:code>/<str:pid>/events/", api.show_events),
    path("rooms/<str:code>/<str:pid>/texts/", api.show_texts),
    path("rooms/<str:code>/<str:pid>/positions/", api.show_positions),
    path("rooms/<str:code>/<str:pid>/agreements/", api.show_agreements),
    path("rooms/<str:code>/<str:pid>/debrief/", api.show_debrief),
    path("rooms/<str:code>/<str:pid>/commands/", api.give_command),
    re_path("", api.show_nothing),
]
