"""What a room that has gone on for long costs a phone: one statement more, and reading back, with a thousand
statements said against fifty.

Two people look at two rooms in Chromium while the chairs speak. Counted is the processor's time of the page's own
thread, less what it takes while nothing happens, so that ratios hold on a busy machine, too; the longest task is told
as it was felt.
"""

import itertools
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import httpx
from playwright.sync_api import CDPSession, Page, sync_playwright

from tests.browser.people import PHONE, QUIET
from tests.load.report import Row
from tests.load.run import Run, say
from tests.load.server import Server, serving
from tests.programs import find_chromium

EVENTS = {50: 500, 1_000: 9_700}  # statements said -> about how many events that takes here
STATEMENTS = 20
BETWEEN = 0.3  # seconds between two statements
FLAT = 1.5
WATCHED = """
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) (window.tasks ??= []).push(one.duration);
}).observe({ type: "longtask", buffered: false });
"""
READ_BACK = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  for (let n = 0; n < 40; n += 1) { window.scrollBy(0, 300); await frame(); }
  for (let n = 0; n < 40; n += 1) { window.scrollBy(0, -300); await frame(); }
}"""


@dataclass(frozen=True, slots=True)
class Looked:
    """Milliseconds of the page's thread for one statement more and for reading back, the longest task while
    statements came, and how many elements and statements the page holds of how many that were said."""

    said: int
    held: int
    elements: int
    statement: float
    reading: float
    longest: float


def measured(run: Run) -> list[dict[str, Any]]:
    chromium = find_chromium()
    if chromium is None:
        raise RuntimeError("Chromium is not installed")
    say(f"rooms in which {' and '.join(f'{said:,}' for said in EVENTS)} statements were made, in a browser ...")
    rooms = run.cast(*({"events": events} for events in EVENTS.values()))
    with serving("neacd", run.var) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        try:
            return [asdict(_looked(server, browser.new_context(**PHONE).new_page(), room)) for room in rooms]
        finally:
            browser.close()


def _looked(server: Server, page: Page, room: dict[str, Any]) -> Looked:
    reader = next(one for one in room["people"] if one["seat"])
    base = f"http://127.0.0.1:{server.port}"
    name = f"seat_{room['code']}_{reader['pid']}"
    page.context.add_cookies([{"name": name, "value": reader["ticket"], "url": base}])
    page.add_init_script(WATCHED)
    wire = page.context.new_cdp_session(page)
    wire.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(f"{base}/rooms/{room['code']}/{reader['pid']}/")
    shown = page.locator("#panel-transcript .statement")
    shown.last.wait_for(state="attached")
    earlier = page.locator("#panel-transcript .earlier")
    more = int(re.sub(r"\D", "", earlier.inner_text())) if earlier.count() else 0
    said, held = more + shown.count(), shown.count()
    with _speaking(base, room) as speak:
        speak()
        page.get_by_text("We go on. (0)").first.wait_for(state="attached")
        idle = _spent(wire, lambda: None)
        page.evaluate("() => { window.tasks = []; }")
        busy = _spent(wire, speak)
        longest = max(page.evaluate("() => window.tasks"), default=0.0)
    before = _thread(wire)
    page.evaluate(READ_BACK)
    reading = _thread(wire) - before
    elements = page.evaluate("() => document.querySelectorAll('*').length")
    return Looked(said, held, elements, max(0.0, busy - idle) / STATEMENTS * 1000, reading * 1000, longest)


@contextmanager
def _speaking(base: str, room: dict[str, Any]) -> Iterator[Any]:
    """What has the chair say a sentence, each time it is called."""
    chair, numbers = room["people"][0], itertools.count()
    headers = {"Authorization": f"Bearer {chair['ticket']}", "Origin": base, "Accept": "application/json"}
    with httpx.Client(base_url=base, headers=headers, timeout=60) as client:

        def speak() -> None:
            fields = {"command": "chair_statement", "text": f"We go on. ({next(numbers)})"}
            client.post(f"/rooms/{room['code']}/{chair['pid']}/act/", data=fields).raise_for_status()

        yield speak


def _spent(wire: CDPSession, deed: Any) -> float:
    """Seconds of the page's thread while something is done as many times as statements are made."""
    before = _thread(wire)
    for _ in range(STATEMENTS):
        after = time.monotonic() + BETWEEN
        deed()
        time.sleep(max(0.0, after - time.monotonic()))
    return _thread(wire) - before


def _thread(wire: CDPSession) -> float:
    found = {one["name"]: one["value"] for one in wire.send("Performance.getMetrics")["metrics"]}
    return float(found["TaskDuration"])


# In words


def rows(found: list[dict[str, Any]]) -> list[Row]:
    first, last = found[0], found[-1]
    told = [Row(f"{one['said']:,} statements said", _figure(one)) for one in found]
    for what, name in (("one statement more", "statement"), ("reading back", "reading")):
        times = last[name] / max(first[name], 0.1)
        told.append(Row(f"{what}, {last['said']:,} against {first['said']:,}", f"{times:.2f}x", _flat(), times <= FLAT))
    return told


def _flat() -> str:
    return f"flat: at most {FLAT:g}x"


def _figure(one: dict[str, Any]) -> str:
    return (
        f"{one['held']} of them held in {one['elements']:,} elements; one more {one['statement']:.1f} ms, longest task"
        f" {one['longest']:.0f} ms, reading back {one['reading']:.0f} ms"
    )
