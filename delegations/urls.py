"""Addresses of what is prepared: the library, an exercise, a delegation's pack."""

from django.urls import path

from delegations import views

app_name = "delegations"

urlpatterns = [
    path("", views.show_library, name="library"),
    path("exercises/<slug:slug>/", views.show_scenario, name="scenario"),
    path("exercises/<slug:slug>/packs/<slug:code>/", views.show_pack, name="pack"),
]
