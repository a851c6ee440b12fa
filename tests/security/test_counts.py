"""A limit is one limit however many processes serve: they count in Redis; and each for itself while it is away."""

import os
import subprocess
import sys

import pytest

from neacd import shared_counts
from neacd.shared_counts import SharedCounts
from tests.programs import ROOT, Redis

pytestmark = pytest.mark.redis

JOIN = """
from rooms import throttles
from rooms.domain.refused import Refused
throttles.JOINS, let_in = 5, 0
for _ in range(4):
    try:
        throttles.count_join("192.0.2.7")
        let_in += 1
    except Refused as refused:
        assert refused.code == "too_many_joins"
print("let in", let_in)
"""


def let_in_by_a_process(url: str) -> int:
    """How many of four who come from one address a process of its own lets in, where five may come in a minute."""
    env = {**os.environ, "REDIS_URL": url, "SECRET_KEY": "the-same-in-both-" + "x" * 40}
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", JOIN],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout.split("let in")[1])


def test_two_processes_let_in_together_what_one_would(redis_server: str) -> None:
    assert [let_in_by_a_process(redis_server) for _ in range(2)] == [4, 1]


def counts(redis: Redis) -> SharedCounts:
    return SharedCounts(redis.url, {})


def one_more(where: SharedCounts, key: str) -> int:
    where.add(key, 0, 60)
    return where.incr(key)


def test_while_redis_is_away_each_counts_for_itself_and_then_together_again(
    redis_program: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_counts, "LOOK_AGAIN", 0.0)
    here = counts(redis_program)
    here.clear()
    assert [one_more(here, "a") for _ in range(3)] == [1, 2, 3]
    redis_program.stop()
    try:
        assert [one_more(here, "a") for _ in range(2)] == [1, 2]
        assert here.get("a", 0) == 2
        assert here.get("b", 0) == 0
    finally:
        redis_program.start()
    assert [one_more(here, "a") for _ in range(2)] == [1, 2], "it came back empty"
    assert counts(redis_program).get("a") == 2, "and is seen from elsewhere"


def test_a_redis_that_was_away_is_not_asked_again_at_every_page(redis_program: Redis) -> None:
    here = counts(redis_program)
    redis_program.stop()
    try:
        one_more(here, "c")
    finally:
        redis_program.start()
    assert one_more(here, "c") == 2, "still here, although Redis is back"
    here._place.away_until = 0.0
    assert one_more(here, "c") == 1


def test_what_has_lapsed_is_not_counted_on_without_an_end(redis_program: Redis) -> None:
    here = counts(redis_program)
    with pytest.raises(ValueError, match="nothing is counted"):
        here.incr("never added")
    one_more(here, "d")
    client = here._place.client.get_client(None, write=True)
    (name,) = client.keys(here.make_key("d"))
    assert 0 < client.ttl(name) <= 60


def test_redis_is_told_no_address(redis_program: Redis) -> None:
    here = counts(redis_program)
    one_more(here, "joins:192.0.2.7")
    names = here._place.client.get_client(None).keys("*")
    assert names, "something was counted"
    assert not [name for name in names if b"192.0" in name or b"joins" in name]
