"""The fixtures of the stage: a room nobody opened, one in the lobby, one that runs."""

from collections.abc import Iterator

import pytest

from .play import Session, cast_joined, cast_live


@pytest.fixture
def nothing() -> Iterator[Session]:
    session = Session()
    yield session
    session.read()


@pytest.fixture
def lobby() -> Iterator[Session]:
    session = cast_joined()
    yield session
    session.read()


@pytest.fixture
def session() -> Iterator[Session]:
    session = cast_live()
    yield session
    session.read()
