"""A Redis at the end of wires that can be cut: in a network namespace of its own, with one pair of addresses for each
process that asks it. What is cut vanishes without a word to anybody, as behind a switch that lost its power.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import IPv4Network

import redis

from tests.programs import Output, Redis, end, find_redis

NOBODY = "02:00:00:00:00:99"  # a hardware address that no interface has: what is sent there nobody takes
THERE, BACK = "there", "back"  # from a process to Redis, and from Redis to the process
# For measurements and for examples (RFC 2544, RFC 5737): nobody's, but a machine in a laboratory may stand in one.
NETWORKS = ("198.18.0.0/15", "203.0.113.0/24", "198.51.100.0/24", "192.0.2.0/24")
TRIES = 64  # small ones in each
OF_THE_WORLD = 8  # bits: a route that says less of where it leads is a way out


def ip(*words: str) -> str:
    done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"ip {' '.join(words)}: {done.stderr}"
    return done.stdout


def taken() -> list[IPv4Network]:
    """The networks that this machine reaches by a route of its own, or has an address in; not the ways to all the
    world, however many pieces a tunnel makes of it."""
    routes = [route["dst"] for route in json.loads(ip("-4", "-json", "route", "show", "table", "all"))]
    networks = [IPv4Network(to, strict=False) for to in routes if to != "default"]
    return [one for one in networks if one.prefixlen >= OF_THE_WORLD]


def free(number: int) -> list[IPv4Network]:
    """Two small networks for two wires that nothing here uses; other numbers, most likely others."""
    used, found = taken(), []
    for network in map(IPv4Network, NETWORKS):
        first, room = int(network.network_address), network.num_addresses // 4
        small = [IPv4Network((first + (2 * number + n) % room * 4, 30)) for n in range(TRIES)]
        found += [one for one in small if not any(one.overlaps(other) for other in used)]
    assert len(found) > 1, f"no network is free for wires beside {used}"
    return found[:2]


def find_namespaces() -> bool:
    """Whether networks can be made here."""
    if os.geteuid() != 0 or not shutil.which("ip"):
        return False
    name = f"neacd-try-{os.getpid()}"
    with suppress(AssertionError):
        ip("netns", "add", name)
        ip("netns", "del", name)
        return True
    return False


class RedisOnWires(Redis):
    """`urls`: where each of two processes finds it."""

    def __init__(self) -> None:
        super().__init__()
        self.space = f"neacd-{os.getpid()}"
        self.ends = [(str(one[1]), str(one[2])) for one in free(os.getpid())]
        self.urls = [f"redis://{far}:{self.port}/0" for _near, far in self.ends]
        self.url = self.urls[0]

    def __enter__(self) -> "RedisOnWires":
        ip("netns", "add", self.space)
        for n, (near, far) in enumerate(self.ends):
            here, there = self._names(n)
            ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", self.space)
            ip("addr", "add", f"{near}/30", "dev", here)
            ip("-n", self.space, "addr", "add", f"{far}/30", "dev", there)
            ip("link", "set", here, "up")
            ip("-n", self.space, "link", "set", there, "up")
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        ip("netns", "del", self.space)  # and the wires with it

    def _names(self, n: int) -> tuple[str, str]:
        return f"nd{os.getpid() % 100_000}h{n}", f"nd{os.getpid() % 100_000}r{n}"

    def start(self) -> "RedisOnWires":
        program = find_redis()
        assert program, "there is no redis-server here"
        keeps_nothing = ["--port", str(self.port), "--protected-mode", "no", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(
            ["ip", "netns", "exec", self.space, program, *keeps_nothing],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        Output(self._process).wait_for("eady to accept connections")
        return self

    def stop(self) -> None:
        if self._process is not None:
            end(self._process)

    @contextmanager
    def lost(self, n: int, *ways: str) -> Iterator[None]:
        """Nothing arrives of what is sent these ways on that wire."""
        near, far = self.ends[n]
        here, there = self._names(n)
        ends = {THERE: (["neigh"], far, here), BACK: (["-n", self.space, "neigh"], near, there)}
        for way in ways:
            side, address, device = ends[way]
            ip(*side, "replace", address, "lladdr", NOBODY, "dev", device, "nud", "permanent")
        try:
            assert not self.answers(n), "the wire is not cut"
            yield
        finally:
            for way in ways:
                side, address, device = ends[way]
                ip(*side, "del", address, "dev", device)

    def answers(self, n: int) -> bool:
        """Whether it answers over that wire."""
        try:
            with redis.Redis.from_url(self.urls[n], socket_timeout=1, socket_connect_timeout=1) as asking:
                return bool(asking.ping())
        except redis.RedisError:
            return False

    def give_up(self, n: int) -> None:
        """Forget everybody who listens from the near end of that wire, as happens when a line is silent for long."""
        near, _far = self.ends[n]
        with redis.Redis.from_url(self.urls[1 - n]) as asking:
            for client in asking.client_list():
                if client["addr"].startswith(f"{near}:"):
                    asking.client_kill_filter(_id=client["id"])
