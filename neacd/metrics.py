"""`/metrics`: what this process counts of itself (see `rooms.figures`), for Prometheus.

For this machine alone, or for who has the token. With several processes on one port (`serve --workers`) the one that
is asked answers for all of them.
"""

import hmac
import ipaddress
import os

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from neacd.listening import LOOPBACK_NAMES

# What a proxy adds: then the visitor is not of this machine, even if the proxy is.
PROXIED = ("X-Forwarded-For", "X-Real-Ip", "Forwarded")


def _registry() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # it has no types
    return registry


def _is_here(request: HttpRequest) -> bool:
    if any(name in request.headers for name in PROXIED):
        return False
    name, _port = _host(request)
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return address.is_loopback and name in LOOPBACK_NAMES


def _host(request: HttpRequest) -> tuple[str, str]:
    name, _colon, port = request.get_host().rpartition(":")
    return (name, port) if name and port.isdigit() else (request.get_host(), "")


def _may_read(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    if not token:
        return _is_here(request)
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return hmac.compare_digest(given.encode(), token.encode())


def show_metrics(request: HttpRequest) -> HttpResponse:
    """The figures as text; to all others there is no such page."""
    if not _may_read(request):
        return HttpResponseNotFound("There is no such page here.\n", content_type="text/plain; charset=utf-8")
    return HttpResponse(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)
