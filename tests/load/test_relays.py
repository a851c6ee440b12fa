"""What the peers are sent has the length of our frames and the mark where the reader looks; the tutorial's chat and a
room of ours are measured, small, as `make bench` does it."""

from pathlib import Path

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


@pytest.mark.served
@pytest.mark.parametrize("hot", [False, True])
def test_a_room_of_ours_beats_in_memory(tmp_path: Path, hot: bool) -> None:
    require(compiler(), "there is no C compiler")
    run = Run(tmp_path / "var", tmp_path, quick=True)
    run.var.mkdir()
    rooms = run.cast({"observers": 3, "delegates": 6})
    with serving("neacd", run.var) as server:
        found, painting = uvloop.run(fanout.beaten(run, server, rooms, 0.5, hot=hot))
    assert found.sockets == 10
    assert found.lost == 0
    assert found.deliveries >= found.frames >= 10
    assert 0 < painting < 1
