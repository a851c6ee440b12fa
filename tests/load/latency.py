"""From an event that was committed to the frame that shows it, on every socket that may see it, in a room at work.

An event's `at` is stamped by the server before it is written, so that writing it is counted too. A browser's frame
with cursor k shows event k of its audience; the witness of that audience says when event k was stamped.
"""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from tests.load.audience import Hall, Viewer, Witness, filled
from tests.load.figures import Spread, spread
from tests.load.report import Row, at_most, ms
from tests.load.run import Run, say, within
from tests.load.server import Server, serving

OBSERVERS = 100  # beside 6 delegations of 5 and the chair
EVENTS_PER_SECOND = 5
MOST_MS = 100
SETTLE = 1.0  # seconds before and after, so that nothing of the connecting is measured and nothing is cut off
SENTENCES = (
    "My delegation thanks the chair and recalls that a dialogue of this kind lives by small steps that can be kept.",
    "We could support a notification of exercises well ahead, provided that observers from every side are invited.",
    "On this point our mandate is narrow; we ask that the wording leave open who reports to whom, and how often.",
)


@dataclass
class Latency:
    """Seconds. `shown`: stamped to shown, over sockets and events; `witnessed`: the same for programs; `answered`:
    a command to its acknowledgement, as the browser sees it. `server_cpu` and `server_waited` are shares of the
    time: running, and ready to run while somebody else had the core."""

    sockets: int
    events: int
    seconds: float
    shown: Spread
    witnessed: Spread
    answered: Spread
    refused: int
    unseen: int
    lost: int
    server_cpu: float
    server_waited: float
    event_bytes: int
    frame_bytes: int


class Sitting:
    """A moderated discussion, told as the commands that make it: ten events in nine commands."""

    def __init__(self, hall: Hall, issues: list[dict[str, Any]]) -> None:
        self.chair = hall.chair
        self.turns = itertools.cycle(_by_turns(hall.delegates))
        self.wishes = itertools.cycle([(one["id"], option) for one in issues for option in one["options"]])
        self.words = itertools.cycle(SENTENCES)
        self.answered: list[float] = []
        self.refused = 0

    async def _do(self, who: Viewer, command: str, **fields: Any) -> None:
        began = time.time()
        answer = await who.line.ask(command, **fields)
        self.answered.append(time.time() - began)
        self.refused += "refused" in answer

    def steps(self) -> Iterator[Callable[[], Awaitable[None]]]:
        """The commands of one round after another, for ever."""
        for number in itertools.count(1):
            first, second, third, fourth, fifth = (next(self.turns) for _ in range(5))
            issue, option = next(self.wishes)
            words = f"{next(self.words)} ({number})"
            yield partial(self._do, first, "ask_for_floor", kind="statement")
            yield partial(self._do, second, "ask_for_floor", kind="question")
            yield partial(self._do, third, "say_in_delegation", text=words)
            yield partial(self._do, self.chair, "next_speaker", seen="")
            yield partial(
                self._do, fourth, "declare_position", issue=issue, preferred=option, reason=words, public="on"
            )
            yield partial(self._do, first, "make_statement", text=words)
            yield partial(self._do, self.chair, "next_speaker", seen="")
            yield partial(self._do, fifth, "propose_paragraph", text=words)
            yield partial(self._do, second, "yield_floor")


ROUND_EVENTS, ROUND_COMMANDS = 10, 9


def _by_turns(delegates: list[Viewer]) -> list[Viewer]:
    """One of each delegation after the other, so that a round is held between delegations."""
    sides: dict[str, list[Viewer]] = {}
    for one in delegates:
        sides.setdefault(one.side, []).append(one)
    return [one for row in itertools.zip_longest(*sides.values()) for one in row if one]


async def measure(server: Server, room: dict[str, Any], seconds: float) -> Latency:
    """Play for so many seconds, five events in each, on a beat that does not wait for answers of others."""
    hall = await filled(server.port, room, witnesses=True)
    await asyncio.sleep(SETTLE)
    server.begin()
    starts = {side: witness.last for side, witness in hall.witnesses.items()}
    frames_before = sum(one.line.frames for one in hall.viewers), sum(one.line.bytes for one in hall.viewers)
    for one in hall.viewers:
        one.line.shown.clear()
    sitting, began = Sitting(hall, room["issues"]), time.time()
    cpu, waited = server.cpu(), server.kept_waiting()
    await _play(sitting, began, seconds)
    took, cpu, waited = time.time() - began, server.cpu() - cpu, server.kept_waiting() - waited
    await asyncio.sleep(SETTLE)
    frames = sum(one.line.frames for one in hall.viewers) - frames_before[0]
    amount = sum(one.line.bytes for one in hall.viewers) - frames_before[1]
    shown, unseen = _waits(hall, starts)
    chair = hall.witnesses["moderator"]
    witnessed = [
        heard - witness.at[cursor]
        for side, witness in hall.witnesses.items()
        for cursor, heard in witness.heard.items()
        if cursor > starts[side]
    ]
    sizes = sorted(chair.sizes[-(chair.last - starts["moderator"]) :])
    result = Latency(
        sockets=len(hall.viewers) + len(hall.witnesses),
        events=_written(hall, starts),
        seconds=took,
        shown=spread(shown),
        witnessed=spread(witnessed),
        answered=spread(sitting.answered),
        refused=sitting.refused,
        unseen=unseen,
        lost=hall.lost(),
        server_cpu=cpu / took,
        server_waited=waited / took,
        event_bytes=sizes[len(sizes) // 2],
        frame_bytes=amount // max(1, frames),
    )
    hall.close()
    return result


async def _play(sitting: Sitting, began: float, seconds: float) -> None:
    beat = ROUND_EVENTS / ROUND_COMMANDS / EVENTS_PER_SECOND
    for number, step in enumerate(sitting.steps()):
        due = began + number * beat
        if due - began > seconds:
            return
        await asyncio.sleep(max(0.0, due - time.time()))
        await step()


def _written(hall: Hall, starts: dict[str, int]) -> int:
    """Events written while it was played: what everybody saw, and each delegation's own on top."""
    everybody = hall.witnesses["observer"].last - starts["observer"]
    own = [one.last - starts[side] - everybody for side, one in hall.witnesses.items() if side != "observer"]
    return everybody + sum(own)


def _waits(hall: Hall, starts: dict[str, int]) -> tuple[list[float], int]:
    """How long each event took to each socket that may see it, and how many never came."""
    waits: list[float] = []
    unseen = 0
    for viewer in hall.viewers:
        witness = hall.witnesses[viewer.side]
        came = _came(viewer, starts[viewer.side], witness)
        waits += [came[cursor] - witness.at[cursor] for cursor in came]
        unseen += witness.last - starts[viewer.side] - len(came)
    return waits, unseen


def _came(viewer: Viewer, start: int, witness: Witness) -> dict[int, float]:
    """When each event was first shown, by cursor."""
    came: dict[int, float] = {}
    upto = start
    for moment, cursor in viewer.line.shown:
        for one in range(upto + 1, min(cursor, witness.last) + 1):
            came[one] = moment
        upto = max(upto, cursor)
    return came


def measured(run: Run) -> dict[str, Any]:
    (room,) = run.cast({"observers": OBSERVERS})
    seconds = run.seconds(20.0, 8.0)
    say(f"a sitting of {seconds:.0f} s ...")
    with serving("neacd", run.var, profile=run.profile("latency")) as server:
        return asdict(within(seconds, measure(server, room, seconds)))


def rows(found: dict[str, Any]) -> list[Row]:
    rate = found["events"] / found["seconds"]
    return [
        Row("room", f"{found['sockets']} sockets; {found['events']} events in {found['seconds']:.0f} s = {rate:.1f}/s"),
        at_most(
            "stamped to shown, browsers, p99",
            found["shown"]["p99"] * 1000,
            MOST_MS,
            "ms",
            f"{ms(found['shown'])} over {found['shown']['count']:,}",
        ),
        Row("stamped to heard, programs", ms(found["witnessed"])),
        Row("command to its answer", ms(found["answered"])),
        Row(
            "the server's core",
            f"in use {found['server_cpu']:.0%}, taken by others when wanted {found['server_waited']:.0%};"
            f" a frame {found['frame_bytes'] / 1024:.1f} KB on average",
        ),
        Row("refused, never shown, lines lost", f"{found['refused']}, {found['unseen']}, {found['lost']}"),
    ]
