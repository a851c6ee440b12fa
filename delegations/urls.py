"""Addresses of what is prepared: the library, an exercise, a delegation's pack."""

from django.urls import URLPattern

app_name = "delegations"

urlpatterns: list[URLPattern] = []
