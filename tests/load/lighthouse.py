"""What Lighthouse says of our pages on a slow phone: `python -m tests.load.lighthouse [FOLDER]`.

Starts a server of its own, plays a short and a long session up to their closing and one to its end, and prints for
each page the scores in performance and accessibility, of 100, with what kept them down: of three runs the middle one.
Lighthouse itself is installed by npm under var/ when it is not there; where npm is missing or says no, that is said
and nothing is measured. It slows the processor down four times from what it finds, so a machine that is busy with
other things gets worse figures than a phone: `benchmark` is what it found, and should be above a thousand. The
reports are kept in the folder, if one is named.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from tests.browser.midway import in_full_swing
from tests.browser.people import QUIET
from tests.programs import ROOT, Served, find_chromium

SCRATCH = ROOT / "var" / "lighthouse"
WANTED = 95
WITHIN = 300  # seconds for npm, and for each page
RUNS = 3
MEASURED = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")


def installed() -> str:
    """Put Lighthouse where it is called; what prevents it, or ""."""
    if (SCRATCH / "node_modules" / ".bin" / "lighthouse").exists():
        return ""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return "node and npm are not installed"
    command = [npm, "install", "--no-audit", "--no-fund", "--silent", "--ignore-scripts", "--prefix", str(SCRATCH)]
    SCRATCH.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run([*command, "lighthouse@12"], capture_output=True, timeout=WITHIN, check=False)
    except subprocess.TimeoutExpired:
        return f"npm did not answer within {WITHIN} s"
    return "" if done.returncode == 0 else f"npm said no ({done.returncode})"


def opened(server: Served, link: str) -> tuple[str, str]:
    """The address that a seat's link leads to, and the cookies that it gave."""
    with httpx.Client(base_url=server.base_url, follow_redirects=True, timeout=60) as client:
        url = str(client.get(link).url)
        return url, "; ".join(f"{one.name}={one.value}" for one in client.cookies.jar)


def pages(server: Served, folder: Path) -> Iterator[tuple[str, str, str]]:
    """What is looked at: its name, its address, the cookies to ask with."""
    yield "sign-in", f"{server.base_url}/sign-in/", ""
    for rehearsal in ("first_session", "two_hours"):
        midway = in_full_swing(server, folder, rehearsal)
        if rehearsal == "first_session":
            yield "join", f"{server.base_url}/join/{midway.code}/", ""
        for role in ("delegate", "observer", "moderator"):
            url, cookies = opened(server, midway.links[role])
            yield f"{rehearsal}-{role}", url, cookies
    ended = in_full_swing(server, folder, to_the_end=True)
    url, cookies = opened(server, ended.links["delegate"])
    yield "debrief", f"{url.rstrip('/')}/debrief/", cookies


def report_on(url: str, cookies: str, path: Path) -> dict[str, Any]:
    """The middle one of some runs, by its performance; its report is kept at that path."""
    found = sorted((_once(url, cookies, path) for _ in range(RUNS)), key=performance)
    middle = found[len(found) // 2]
    path.write_text(json.dumps(middle), encoding="utf-8")
    return middle


def performance(report: dict[str, Any]) -> float:
    return float(report["categories"]["performance"]["score"] or 0)


def _once(url: str, cookies: str, path: Path) -> dict[str, Any]:
    command = [
        *(str(SCRATCH / "node_modules" / ".bin" / "lighthouse"), url, "--quiet", "--output=json"),
        *(f"--output-path={path}", "--only-categories=performance,accessibility"),
        "--chrome-flags=" + " ".join(["--headless=new", *QUIET]),
        *(["--extra-headers=" + json.dumps({"Cookie": cookies})] if cookies else []),
    ]
    env = {**os.environ, "CHROME_PATH": str(find_chromium())}
    subprocess.run(command, env=env, check=True, capture_output=True, timeout=WITHIN)
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return report


def told(name: str, report: dict[str, Any]) -> Iterator[str]:
    scores = {kind: round(100 * it["score"]) for kind, it in report["categories"].items()}
    audits = report["audits"]
    figures = ", ".join(f"{key} {audits[key]['displayValue']}" for key in MEASURED)
    yield f"{name:24} " + ", ".join(f"{kind} {score}" for kind, score in scores.items()) + f"  ({figures})"
    yield f"{'':24} benchmark {report['environment']['benchmarkIndex']:.0f}"
    for kind, it in report["categories"].items():
        if scores[kind] < WANTED:
            low = [one["id"] for one in it["auditRefs"] if one["weight"] and (audits[one["id"]]["score"] or 0) < 0.9]
            yield f"{'':24} {kind} is held down by {', '.join(low)}"


def main() -> None:
    reason = installed() if find_chromium() else "Chromium is not installed"
    if reason:
        sys.exit(f"Lighthouse is left out: {reason}.")
    with tempfile.TemporaryDirectory() as var, Served(Path(var)) as server:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(var)
        folder.mkdir(parents=True, exist_ok=True)
        server.start()
        for name, url, cookies in pages(server, folder):
            try:
                lines = told(name, report_on(url, cookies, folder / f"lighthouse-{name}.json"))
            except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
                lines = iter([f"{name:24} could not be measured: {(error.stderr or b'').decode()[-200:]}"])
            for line in lines:
                print(line, flush=True)


if __name__ == "__main__":
    main()
