"""What the tests of faults start from: the in-process server of the wire's tests, and real ones."""

from tests.wire.conftest import server

__all__ = ["server"]
