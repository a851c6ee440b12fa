"""Every address of the site. Wiring only."""

from django.urls import include, path

urlpatterns = [
    path("", include("delegations.urls")),
]
