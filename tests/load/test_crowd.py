"""The reader counts what comes, however the network cuts it up, and says what it is told to say; in C and in Python."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.conftest import require
from tests.load import crowd as crowds
from tests.load.crowd import Crowd, gathered
from tests.load.places import Place
from tests.load.plain_crowd import PlainCrowd

UPGRADED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"
HELLO = '{"hello": {"cursor": 0}}'
PATIENCE = 10


def frame(text: str) -> bytes:
    payload = text.encode()
    if len(payload) < 126:
        return bytes((129, len(payload))) + payload
    if len(payload) < 65_536:
        return bytes((129, 126)) + len(payload).to_bytes(2, "big") + payload
    return bytes((129, 127)) + len(payload).to_bytes(8, "big") + payload


def page(cursor: int, length: int = 0) -> bytes:
    return frame(f'{{"cursor":{cursor},"at":1000,"swap":"none","content":"{"x" * length}"}}')


async def read_text(reader: asyncio.StreamReader) -> str:
    """One masked frame of a client, whose masks are zeroes."""
    _opcode, length = await reader.readexactly(2)
    length &= 127
    if length == 126:
        length = int.from_bytes(await reader.readexactly(2), "big")
    elif length == 127:
        length = int.from_bytes(await reader.readexactly(8), "big")
    assert await reader.readexactly(4) == b"\0\0\0\0"
    return (await reader.readexactly(length)).decode()


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def talking(talk: Talk) -> AsyncIterator[int]:
    """A server that upgrades every line and then talks like that; its port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(UPGRADED)
            await asyncio.wait_for(talk(reader, writer), 3 * PATIENCE)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


@pytest.fixture(params=["C", "Python"])
def gather(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Awaitable[Crowd | PlainCrowd]]:
    """Make a crowd, with the compiled reader and with the plain one."""
    if request.param == "C":
        require(crowds.compiler(), "there is no C compiler")
    else:
        monkeypatch.setenv("PATH", str(tmp_path))

    async def made(port: int, places: list[Place], live: str = crowds.OURS) -> Crowd | PlainCrowd:
        one = await gathered(tmp_path, port, places, live)
        assert isinstance(one, PlainCrowd) == (request.param == "Python")
        return one

    return made


Gather = Callable[..., Awaitable[Crowd | PlainCrowd]]


@pytest.mark.parametrize("cut", [1, 7, 1_000, 10**9])
async def test_frames_are_counted_whole_wherever_they_are_cut(gather: Gather, cut: int) -> None:
    counting = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await read_text(reader) == HELLO
        writer.write(page(3))
        await counting.wait()
        stream = b"".join(page(4 + n, length) for n, length in enumerate((0, 90, 300, 3_000, 70_000 if cut > 1 else 5)))
        for start in range(0, len(stream), cut):
            writer.write(stream[start : start + cut])
            if cut > 1 or start % 50 == 0:
                await asyncio.sleep(0)
        writer.write(frame("the end"))
        await reader.read()

    async with talking(talk) as port:
        crowd = await gather(port, [Place("/a", "X: y", HELLO)] * 3)
        assert (await crowd.open()).live == 3
        assert (await crowd.count()).frames == 0
        counting.set()
        came = await _until(crowd, lambda frames: frames == 18)
        assert came == {"frames": 18, "deliveries": 15}
        await crowd.close()


async def _until(crowd: Crowd | PlainCrowd, enough: Callable[[int], bool]) -> dict[str, int]:
    """Counts added up until it is enough."""
    added = {"frames": 0, "deliveries": 0}
    async with asyncio.timeout(PATIENCE):
        while not enough(added["frames"]):
            tally = await crowd.count()
            added = {"frames": added["frames"] + tally.frames, "deliveries": added["deliveries"] + tally.deliveries}
            await asyncio.sleep(0.01)
    return added


async def test_a_line_that_is_refused_or_sent_away_is_not_live(gather: Gather) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_text(reader)
        writer.write(frame('{"reload": true}') + bytes((136, 2)) + (4_403).to_bytes(2, "big"))

    async with talking(refuse) as port:
        crowd = await gather(port, [Place("/a", "", HELLO)] * 2)
        opened = await crowd.open()
        await crowd.close()
        if isinstance(crowd, Crowd):  # the plain one takes any first frame for a greeting
            assert (opened.live, opened.failed) == (0, 2)
    nobody = await gather(port, [Place("/a", "", HELLO)])
    opened = await nobody.open()
    assert (opened.live, opened.failed) == (0, 1)
    await nobody.close()


async def test_each_driver_speaks_again_when_its_own_words_come_back(gather: Gather) -> None:
    writers: list[asyncio.StreamWriter] = []
    said: list[str] = []

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        while True:
            said.append(await read_text(reader))
            for one in writers:
                one.write(frame(said[-1]))

    async with talking(relay) as port:
        crowd = await gather(port, [Place("/a")] * 5, "")
        assert (await crowd.open()).live == 5
        await crowd.drive(2, f'["{"@" * 21}", "{"x" * 200}"]')
        await _until(crowd, lambda frames: frames >= 200)
        await crowd.quiet()
        await crowd.close()
    numbers = [json.loads(text)[0][1:5] for text in said]
    assert set(numbers) == {"0000", "0001"}
    assert all(len(text) == len(said[0]) for text in said)
    assert numbers.count("0000") > 10
    assert numbers.count("0001") > 10


@pytest.mark.parametrize("rate", [0, 100])
async def test_commands_go_on_the_list_and_off_it_and_their_answers_are_timed(gather: Gather, rate: float) -> None:
    said: list[list[str]] = []

    async def obey(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_text(reader)
        writer.write(page(1))
        mine: list[str] = []
        said.append(mine)
        while True:
            asked = json.loads(await read_text(reader))
            mine.append(asked["body"]["command"])
            request = asked["headers"]["HX-Request-ID"]
            answer = '"refused":{"code":"no"}' if len(mine) == 1 else '"done":true,"cursor":2'
            writer.write(frame(f'{{"request_id":"{request}",{answer}}}'))

    async with talking(obey) as port:
        crowd = await gather(port, [Place("/a", "", HELLO)] * 3)
        await crowd.open()
        await crowd.press(2, rate)
        answered = refused = 0
        async with asyncio.timeout(PATIENCE):
            while answered < 20:
                await asyncio.sleep(0.05)
                tally = await crowd.count()
                answered, refused = answered + tally.answered.count, refused + tally.refused
                assert tally.frames == 0
                assert tally.answered.most < PATIENCE
        await crowd.quiet()
        await crowd.close()
    assert refused == 2
    pressed = [commands for commands in said if commands]
    assert len(pressed) == 2
    for commands in pressed:
        assert set(commands[::2]) == {"ask_for_floor"}
        assert set(commands[1::2]) == {"withdraw_request"}


async def test_all_lines_can_be_lost_at_once_and_come_back(gather: Gather) -> None:
    gone = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_text(reader)
        writer.write(page(1))
        try:
            await reader.read()
        finally:
            gone.set()

    async with talking(talk) as port:
        crowd = await gather(port, [Place("/a", "", HELLO)] * 20)
        assert (await crowd.open(4)).live == 20
        assert (await crowd.count()).lost == 0
        await crowd.drop()
        await asyncio.wait_for(gone.wait(), PATIENCE)
        again = await crowd.open()
        assert (again.live, again.failed) == (20, 0)
        assert (await crowd.count()).lost == 0
        await crowd.close()


async def test_the_reader_is_compiled_once_for_a_run(tmp_path: Path) -> None:
    require(crowds.compiler(), "there is no C compiler")
    made = crowds.compiled(tmp_path)
    assert made is not None
    written = made.stat().st_mtime_ns
    assert crowds.compiled(tmp_path) == made
    assert made.stat().st_mtime_ns == written
    assert shutil.which(str(made))
