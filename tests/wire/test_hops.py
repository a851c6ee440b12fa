"""A command costs a known number of changes of thread: one there, to be written down, and two back, to tell everybody
and to answer; however many look on."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from tests.rooms.kit import live_played
from tests.wire.client import Client
from tests.wire.conftest import Server

pytestmark = pytest.mark.django_db(transaction=True)

COMMANDS = 11  # the last one leaves something to be seen, whatever was shown together
HOUSEKEEPING = {"clock", "presence", "keeping", "retention"}  # goes on by itself meanwhile


@contextmanager
def hops(server: Server) -> Iterator[tuple[list[str], list[str]]]:
    """The threads that call into the event loop meanwhile, and those to which it gives work."""
    back: list[str] = []
    there: list[str] = []
    loop: Any = server.loop
    call, give = loop.call_soon_threadsafe, loop.run_in_executor

    def called(*args: Any, **kwargs: Any) -> Any:
        back.append(threading.current_thread().name)
        return call(*args, **kwargs)

    def given(executor: Any, *args: Any) -> Any:
        there.append(getattr(executor, "_thread_name_prefix", ""))
        return give(executor, *args)

    loop.call_soon_threadsafe, loop.run_in_executor = called, given
    try:
        yield back, there
    finally:
        del loop.call_soon_threadsafe, loop.run_in_executor


@pytest.mark.parametrize("looking_on", [1, 4])
def test_a_command_changes_threads_three_times_however_many_look_on(server: Server, looking_on: int) -> None:
    played = live_played()
    seats = ("moderator", "PRC-MFA", "ROK-MFA", "JPN-MOD")[:looking_on]
    with ExitStack() as leaving:
        others = [leaving.enter_context(Client(server, played.people[seat], dialect="html")) for seat in seats]
        japan = leaving.enter_context(Client(server, played.people["JPN-MFA"]))
        for one in (*others, japan):
            one.until(1)
        with hops(server) as (back, there):
            for number in range(COMMANDS):
                japan.ask("withdraw_request" if number % 2 else "ask_for_floor")
            for one in others:
                one.until(japan.cursor)
    more = back.count("writer") - 2 * COMMANDS
    assert 0 <= more < COMMANDS, "one hop more a command, where the room's clock writes something now and then"
    assert set(there) <= HOUSEKEEPING, "nobody asks the database for what was just written"
