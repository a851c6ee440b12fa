"""What the peers are sent has the length of our frames and the mark where the reader looks; the tutorial's chat and a
room of ours are measured, small, as `make bench` does it."""

import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
import uvloop

from tests.conftest import require
from tests.load import fanout, relays
from tests.load.crowd import compiler
from tests.load.run import Run
from tests.load.server import serving

HEAD = 160  # bytes of a frame that the reader looks at


@pytest.mark.parametrize("name", relays.PEERS)
@pytest.mark.parametrize("length", [100, 5_000])
def test_what_is_said_has_the_length_of_our_frames_and_a_mark(name: str, length: int) -> None:
    said = relays.text(name, length)
    assert len(said) == length
    assert said.index(relays.MARK) + len(relays.MARK) <= HEAD


def test_each_peer_has_its_script() -> None:
    folder = Path(relays.__file__).with_name("peers")
    assert {path.name for path in folder.glob("*.js")} == set(relays.SCRIPTS.values())
    assert relays.PACKAGES.keys() == relays.SCRIPTS.keys()


@pytest.mark.served
def test_the_tutorials_chat_is_driven_and_counted(tmp_path: Path) -> None:
    require(compiler(), "there is no C compiler")
    with relays.relaying("tutorial", tmp_path) as server:
        found = uvloop.run(relays.measure("tutorial", server, tmp_path, 2, 3, 300, 0.5))
    assert found.sockets == 6
    assert found.frames > 6
    assert found.bytes > found.frames * 300
    assert (found.lost, found.waited.count) == (0, found.frames)


@pytest.mark.parametrize("script", relays.SCRIPTS.values())
def test_the_scripts_of_the_peers_can_be_read(script: str) -> None:
    node = shutil.which("node")
    require(node, "Node is not installed")
    path = Path(relays.__file__).with_name("peers") / script
    done = subprocess.run([str(node), "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_without_npm_the_peers_are_left_out_and_it_is_said_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert relays.installed(tmp_path) == "node and npm are not installed"
    assert relays.versions(tmp_path) == {}


@pytest.mark.served
def test_a_room_of_ours_beats_in_memory_one_event_after_the_other_or_all_at_once(tmp_path: Path) -> None:
    require(compiler(), "there is no C compiler")
    run = Run(tmp_path / "var", tmp_path, quick=True)
    run.var.mkdir()
    one, other = run.cast(*[{"observers": 3, "delegates": 6}] * 2)
    with serving("neacd", run.var) as server:
        found, painting = uvloop.run(fanout.beaten(run, server, [one], 0.5, hot=False))
        assert (found.sockets, found.lost) == (10, 0)
        assert found.deliveries == found.frames > 0
        assert 0 < painting < 1
        found, _painting = uvloop.run(fanout.beaten(run, server, [other], 0.5, hot=True))
        assert (found.sockets, found.lost) == (10, 0)
        assert found.deliveries > found.frames > 0


@pytest.mark.served
def test_a_room_of_ours_is_weighed_and_plays_on(tmp_path: Path) -> None:
    run = Run(tmp_path / "var", tmp_path, quick=True)
    run.var.mkdir()
    (room,) = run.cast({"observers": 1, "delegates": 6})

    async def soak() -> tuple[dict[str, Any], dict[str, Any]]:
        at = time.time_ns() // 1_000_000
        played = await server.told("soak", rooms=[room], at=at, every=60_000, commands=30)
        return played, await server.told("weigh")

    with serving("neacd", run.var) as server:
        played, weighed = uvloop.run(soak())
        with pytest.raises(RuntimeError, match="KeyError"):
            uvloop.run(server.told("fly"))
    assert played["events"] > 40
    assert weighed["resident"] >= weighed["left"] > 10_000_000
    assert weighed["objects"] > 10_000
