"""What the tests of faults start from: the in-process server of the wire's tests, and real ones; and who measures how
long each fault takes to recover from."""

from tests.faults.recovered import Recovers, recovers
from tests.wire.conftest import server

__all__ = ["Recovers", "recovers", "server"]
