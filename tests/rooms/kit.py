"""A room in the database with a small cast, played through the one door."""

from dataclasses import dataclass, field
from typing import Any

from rooms import access
from rooms.actions import Done, act
from rooms.domain.fold import COMMANDS
from rooms.domain.room import OpenRoom
from rooms.models import Participant, Room
from tests.domain.play import snapshot

IN_USE = ("JPN", "PRC", "ROK", "USA")


@dataclass
class Played:
    """A room and who is in it. `do("JPN-MFA", "ask_for_floor")` acts for whoever sits there."""

    room: Room
    people: dict[str, Participant] = field(default_factory=dict)

    def join(self, who: str, role: str = "delegate", name: str = "") -> Participant:
        seat = who if role == "delegate" else ""
        self.people[who] = access.join(self.room, name or who, role, seat)
        return self.people[who]

    def pid(self, who: str) -> str:
        return self.people[who].pid

    def do(self, who: str, command: str, request_id: str = "", at: int | None = None, **fields: Any) -> Done:
        made = COMMANDS[command][0](**fields)
        return act(self.room.pk, self.pid(who), made, request_id=request_id, at=at)


def open_played(
    *, automatic: bool = True, attribution: str = "chatham_house", code: str = "", assessment_record: bool = True
) -> Played:
    """A room with a moderator, Japan's and China's foreign ministries, Japan's defence ministry and an observer."""
    room = Room.objects.create(code=code or access.new_code(), title="Thursday group")
    act(room.pk, "", OpenRoom("Thursday group", snapshot(), IN_USE, attribution, assessment_record, automatic))
    played = Played(room)
    played.join("moderator", "moderator")
    for seat in ("JPN-MFA", "JPN-MOD", "PRC-MFA", "ROK-MFA"):
        played.join(seat)
    played.join("observer", "observer")
    return played


def live_played(**options: Any) -> Played:
    played = open_played(**options)
    played.do("moderator", "start_session")
    return played
