"""A session in full swing: a rehearsal played up to the closing, and the way in for each of its people."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import tomli_w

from tests.programs import ROOT, Served

CLOSING = "close_session"
LINKS = """
import json
from django.urls import reverse
from rooms import access
from rooms.models import Participant
print(json.dumps([[one.room.code, one.role, reverse("rooms:come_back", args=[one.room.code, one.pid,
    access.ticket_of(one)])] for one in Participant.objects.order_by("room", "pk")]))
"""


@dataclass(frozen=True, slots=True)
class Midway:
    """A room that is in session; `links` open the seat of the first of each role, on any device."""

    code: str
    links: Mapping[str, str]


def in_full_swing(
    server: Served, folder: Path, rehearsal: str = "first_session", *, to_the_end: bool = False
) -> Midway:
    """Play it in a new room of this server, as far as the first word of closing, or whole."""
    script = tomllib.loads((ROOT / f"fixtures/rehearsals/{rehearsal}.toml").read_text(encoding="utf-8"))
    steps = script["step"]
    closing = next(n for n, step in enumerate(steps) if step.get("do") == CLOSING)
    script["step"] = steps if to_the_end else steps[:closing]
    path = folder / "midway.toml"
    path.write_text(tomli_w.dumps(script), encoding="utf-8")
    told = server.manage("rehearse", str(path)).stdout
    code = next(line.split("room ")[1][:6] for line in told.splitlines() if " in room " in line)
    links: dict[str, str] = {}
    for room, role, link in json.loads(server.manage("shell", "-v", "0", "-c", LINKS).stdout):
        if room == code:
            links.setdefault(role, link)
    return Midway(code, links)
