"""The server on a real socket that `tests/wire` has."""

from tests.wire.conftest import server

__all__ = ["server"]
