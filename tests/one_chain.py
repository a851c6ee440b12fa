"""Test clients share one chain of middleware, as all requests to a server do.

Django puts it together anew for each client. Ours then lists every style and script and packs them into bundles: a
tenth of a second, thousands of times.
"""

from typing import Any

from django.core.signals import setting_changed
from django.test.client import ClientHandler

_put_together = ClientHandler.load_middleware
_kept: dict[str, Any] = {}


def _forget(**_changed: Any) -> None:
    """A setting that a test changes is read by a chain of its own."""
    _kept.clear()


def _load(handler: ClientHandler, is_async: bool = False) -> None:
    if not _kept:
        _put_together(handler, is_async)
        _kept["chain"] = handler._middleware_chain
    handler._middleware_chain = _kept["chain"]


def share() -> None:
    ClientHandler.load_middleware = _load
    setting_changed.connect(_forget)
