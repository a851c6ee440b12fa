"""Every address of the site. Wiring only."""

from django.urls import include, path

from neacd.health import show_health

urlpatterns = [
    path("healthz", show_health, name="healthz"),
    path("api/", include("rooms.api_urls")),
    path("", include("rooms.urls")),
    path("", include("delegations.urls")),
]
handler404 = "neacd.errors.not_found"
handler500 = "neacd.errors.server_error"
