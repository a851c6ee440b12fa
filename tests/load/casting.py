"""Fill an empty installation for a measurement: the scenarios, and rooms with people in them, through the one door.

    NEACD_VAR=FOLDER python -m tests.load.casting '[{"observers": 100}, {"observers": 169}]'

Prints what a client must know of each room, as JSON. Run before the server starts.
"""

import json
import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "neacd.settings")
django.setup()

from delegations.models import Scenario  # noqa: E402  models need Django to be set up first
from delegations.snapshot import snapshot  # noqa: E402
from neacd import ready  # noqa: E402
from rooms import access  # noqa: E402
from rooms.actions import act  # noqa: E402
from rooms.domain.agenda import StartItem  # noqa: E402
from rooms.domain.floor import CallOn  # noqa: E402
from rooms.domain.room import OpenRoom, StartSession  # noqa: E402
from rooms.domain.speeches import SetSpeechSeconds  # noqa: E402
from rooms.domain.texts import OpenDocument  # noqa: E402
from rooms.models import Participant, Room  # noqa: E402

SCENARIO = "neacd-vii-tokyo-1997"


def cast(observers: int) -> dict[str, Any]:
    """A session under way: a moderator, somebody on every seat of every delegation, observers; discussion has begun
    and a text is on the table."""
    plan = snapshot(Scenario.objects.get(slug=SCENARIO))
    room = Room.objects.create(code=access.new_code(), title="Measured")
    delegations = [(one["code"], [seat["id"] for seat in one["seats"]]) for one in plan["delegations"]]
    codes = tuple(code for code, _seats in delegations)
    act(room.pk, "", OpenRoom("Measured", plan, codes, plan["format"]["attribution"], True, True))
    chair = access.join(room, "Chair", "moderator")
    people = [_known(chair, "moderator")]
    for code, seats in delegations:
        people += [_known(access.join(room, f"Delegate {seat}", "delegate", seat), code, seat) for seat in seats]
    people += [_known(access.join(room, f"Observer {n}", "observer"), "observer") for n in range(1, observers + 1)]
    discussion = next(one["id"] for one in plan["agenda"] if one["kind"] == "discussion")
    for command in (StartSession(), StartItem(discussion), OpenDocument("Chair's summary")):
        act(room.pk, chair.pid, command)
    return {"code": room.code, "people": people, "issues": _issues(plan)}


def due(title: str, seconds: int) -> dict[str, Any]:
    """A session in which a speech's time will be up in so many seconds."""
    plan = snapshot(Scenario.objects.get(slug=SCENARIO))
    room = Room.objects.create(code=access.new_code(), title=title)
    code, seat = plan["delegations"][0]["code"], plan["delegations"][0]["seats"][0]["id"]
    act(room.pk, "", OpenRoom(title, plan, (code, plan["delegations"][1]["code"]), "chatham_house", True, True))
    chair = access.join(room, "Chair", "moderator")
    access.join(room, "Delegate", "delegate", seat)
    for command in (StartSession(), SetSpeechSeconds(seconds), CallOn(seat)):
        act(room.pk, chair.pid, command)
    return {"code": room.code}


def _known(one: Participant, side: str, seat: str = "") -> dict[str, str]:
    return {"pid": one.pid, "ticket": access.ticket_of(one), "side": side, "seat": seat}


def _issues(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"id": one["id"], "options": [option["id"] for option in one["options"]]} for one in plan["issues"]]


def main() -> None:
    ready.migrate()
    ready.load_scenarios()
    print(json.dumps([(due if "seconds" in wanted else cast)(**wanted) for wanted in json.loads(sys.argv[1])]))


if __name__ == "__main__":
    main()
