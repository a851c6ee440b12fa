"""The server dies as in a power cut, again and again, in the middle of a session. Afterwards every acknowledged event
is there once, the chain holds, and everybody has come back by themselves to the same room as somebody fresh.
"""

import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

import pytest

from tests.faults.conftest import Recovers
from tests.faults.door import Door
from tests.faults.record import events_of, holds
from tests.faults.steadfast import Steadfast, present, sees_what_is_there
from tests.faults.talk import all_is_well, heard_by_all, kept_once, remarks, statements, until_more_answers
from tests.programs import PATIENCE, ROOT, Output, Served, end
from tests.wire.client import Place

pytestmark = pytest.mark.served

SEED = 19971203
KILLS = 4
SPEED = "400"  # a session of three quarters of an hour in seven seconds


def test_no_kill_loses_or_doubles_anything_and_everybody_comes_back(
    served: Callable[..., Served], recovers: Recovers
) -> None:
    chance = Random(SEED)
    server = served()
    with Door(server) as door:
        chair = door.open_room()
        japan, defence, china = (door.join(chair.code, seat) for seat in ("JPN-MFA", "JPN-MOD", "PRC-MFA"))
        observer = door.join(chair.code)
    ports, news = [server.port], threading.Condition()
    people = (
        Steadfast(chair, ports, "html", statements(), news=news),
        Steadfast(japan, ports, "html", remarks("Japan"), news=news),
        Steadfast(defence, ports, "json", remarks("Defence"), news=news),
        Steadfast(china, ports, "json", remarks("China"), news=news),
        Steadfast(observer, ports, "html", news=news),
        Steadfast(observer, ports, "json", news=news),
    )
    moderator = Steadfast(chair, ports, "json")
    with present(moderator):
        moderator.done("set_speech_seconds", seconds=10)
        moderator.done("start_session")
        moderator.done("call_on", seat="PRC-MFA")
        with present(*people):
            for number in range(KILLS):
                until_more_answers(news, people, chance.randint(10, 25))
                server.kill()
                kept_once(server, chair.code, people)
                with recovers("the only process killed and started again"):
                    server.start()
                    heard_by_all(people[0], people, f"We are back {number}")
                for one in people:
                    for request_id in chance.sample(sorted(dict(one.answers)), min(2, len(one.answers))):
                        one.repeat(request_id)
            for one in people:
                one.finish()
            kept_once(server, chair.code, people)
            moderator.until(lambda one: any(event["name"] == "floor.speech_time_up" for event in one.events))
            assert [one.name for one in events_of(server, chair.code)].count("floor.speech_time_up") == 1
            for one in (*people, moderator):
                assert one.faults == []
                assert one.lines > 1
                sees_what_is_there(one, server.port)
    holds(server, chair.code)


@contextmanager
def rehearsing(server: Served, code: str) -> Iterator[tuple["subprocess.Popen[str]", Output]]:
    """A rehearsal that plays in the room from a process of its own, and what it prints."""
    command = [sys.executable, "manage.py", "rehearse", "first_session", "--speed", SPEED, "--room", code]
    playing = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**server.env, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield playing, Output(playing)
    finally:
        end(playing)


def has_done(output: Output, step: int) -> None:
    """Wait until the rehearsal has said that this step is done."""
    output.wait_for(f"  {step:>3}  ")


def sayings(output: Output) -> list[str]:
    """The beginnings of what the rehearsal has said was said; a step that was refused has another ending."""
    return re.findall("“([^…”]+)…?”$", output.text, re.MULTILINE)


def said_once(server: Served, code: str, output: Output) -> None:
    """All that the rehearsal has said was said is in the record, once."""
    texts = [value for event in events_of(server, code) for value in event.data.values() if isinstance(value, str)]
    kept = [" ".join(text.split()) for text in texts]
    said = sayings(output)
    assert said
    assert {one: sum(text.startswith(one) for text in kept) for one in said} == Counter(said)


def watchers(chair: Place, observer: Place, server: Served) -> tuple[Steadfast, ...]:
    ports = [server.port]
    return tuple(Steadfast(place, ports, dialect) for place in (chair, observer) for dialect in ("html", "json"))


def waiting_room(server: Served) -> tuple[Place, Place]:
    """A room in its lobby: its chair, and an observer who waits to be let in by the script."""
    with Door(server) as door:
        chair = door.open_room(automatic_admission=False)
        return chair, door.join(chair.code)


def test_the_server_may_die_while_a_rehearsal_plays_and_people_watch(
    served: Callable[..., Served], recovers: Recovers
) -> None:
    chance = Random(SEED)
    server = served()
    chair, observer = waiting_room(server)
    with (
        present(*watchers(chair, observer, server)) as people,
        rehearsing(server, chair.code) as (playing, output),
    ):
        for number, step in enumerate((chance.randint(15, 50), chance.randint(60, 100))):
            has_done(output, step)
            people[0].say("chair_statement", text=f"Said into the dark {number}")
            lines = {one: one.lines for one in people}
            server.kill()
            with recovers("the server killed while a rehearsal plays"):
                server.start()
                for one in people:
                    one.until(lambda one: one.lines > lines[one], "a line to the new process")  # noqa: B023
        assert playing.wait(PATIENCE) == 0, output.text
        output.wait_for("its chain holds")
        all_is_well([server], chair.code, people)
    said_once(server, chair.code, output)


def test_server_and_rehearsal_may_die_together_and_the_moderator_goes_on(
    served: Callable[..., Served], recovers: Recovers
) -> None:
    chance = Random(SEED + 1)
    server = served()
    chair, observer = waiting_room(server)
    with (
        present(*watchers(chair, observer, server)) as people,
        rehearsing(server, chair.code) as (playing, output),
    ):
        has_done(output, chance.randint(60, 110))
        playing.kill()
        server.kill()
        playing.wait()
        output.finish()
        said_once(server, chair.code, output)
        with recovers("the server and a rehearsal killed together"):
            server.start()
            heard_by_all(people[0], people, "We go on.")
        all_is_well([server], chair.code, people)
    said_once(server, chair.code, output)
