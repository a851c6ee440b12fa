"""Fill an empty installation for a measurement: the scenarios, and rooms with people in them.

    echo '[{"observers": 100}, {"observers": 9, "delegates": 10}]' | NEACD_VAR=FOLDER python -m tests.load.casting

Prints what a client must know of each room, as JSON. Run before the server starts.
"""

import json
import os
import sys
import time
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "neacd.settings")
django.setup()

from neacd import ready  # noqa: E402  models need Django to be set up first
from rooms import access  # noqa: E402
from rooms.domain.agenda import StartItem  # noqa: E402
from rooms.domain.floor import CallOn  # noqa: E402
from rooms.domain.room import StartSession  # noqa: E402
from rooms.domain.speeches import SetSpeechSeconds  # noqa: E402
from rooms.domain.texts import OpenDocument  # noqa: E402
from rooms.models import Participant  # noqa: E402
from tests.load.making import EVERY_MS, Draft, converse, plan_of  # noqa: E402


def cast(observers: int = 0, delegates: int = 30, seats: int = 0, events: int = 0) -> dict[str, Any]:
    """A session under way: a moderator, so many delegates (one of each delegation after the other), observers;
    discussion has begun and a text is on the table. `seats` gives each delegation so many; `events`: it has gone on
    until its record had as many."""
    plan = plan_of(seats)
    began = time.time_ns() // 1_000_000 - events * EVERY_MS * 2
    draft = Draft("Measured", plan, began)
    chair = draft.join("Chair", "moderator")
    people = [_known(chair, "moderator")]
    for code, seat in _by_turns(plan)[:delegates]:
        people.append(_known(draft.join(f"Delegate {seat}", "delegate", seat), code, seat))
    people += [_known(draft.join(f"Observer {n}", "observer"), "observer") for n in range(1, observers + 1)]
    discussion = next(one["id"] for one in plan["agenda"] if one["kind"] == "discussion")
    for command in (StartSession(), StartItem(discussion), OpenDocument("Chair's summary")):
        draft.do(chair.pid, command)
    converse(draft, chair.pid, [one["pid"] for one in people if one["seat"]], _issues(plan), events)
    draft.keep()
    return {"code": draft.room.code, "room": draft.room.pk, "people": people, "issues": _issues(plan)}


def due(title: str, seconds: int) -> dict[str, Any]:
    """A session in which a speech's time will be up in so many seconds."""
    draft = Draft(title, plan_of())
    seat = draft.plan["delegations"][0]["seats"][0]["id"]
    chair = draft.join("Chair", "moderator")
    draft.join("Delegate", "delegate", seat)
    for command in (StartSession(), SetSpeechSeconds(seconds), CallOn(seat)):
        draft.do(chair.pid, command)
    draft.keep()
    return {"code": draft.room.code}


def _by_turns(plan: dict[str, Any]) -> list[tuple[str, str]]:
    """(delegation, seat): the first of each delegation, then the second of each."""
    sides = [[(one["code"], seat["id"]) for seat in one["seats"]] for one in plan["delegations"]]
    most = max(map(len, sides))
    return [side[n] for n in range(most) for side in sides if n < len(side)]


def _known(one: Participant, side: str, seat: str = "") -> dict[str, str]:
    return {"pid": one.pid, "ticket": access.ticket_of(one), "side": side, "seat": seat}


def _issues(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"id": one["id"], "options": [option["id"] for option in one["options"]]} for one in plan["issues"]]


def main() -> None:
    ready.migrate()
    ready.load_scenarios()
    print(json.dumps([(due if "seconds" in wanted else cast)(**wanted) for wanted in json.load(sys.stdin)]))


if __name__ == "__main__":
    main()
