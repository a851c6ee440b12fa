"""Every address of the site. Wiring only."""

from django.urls import include, path

from neacd.health import show_alive, show_ready
from neacd.metrics import show_metrics
from neacd.privacy import show_privacy

urlpatterns = [
    path("healthz", show_alive, name="healthz"),
    path("readyz", show_ready, name="readyz"),
    path("metrics", show_metrics, name="metrics"),
    path("privacy/", show_privacy, name="privacy"),
    path("api/", include("rooms.api_urls")),
    path("", include("rooms.urls")),
    path("", include("delegations.urls")),
]
handler404 = "neacd.errors.not_found"
handler500 = "neacd.errors.server_error"
