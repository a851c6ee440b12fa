"""A room full of secrets, and everybody who would like to read them.

Each secret is a word that stands nowhere else, so that any page, answer or file that holds it has leaked it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.auth.models import User
from django.test import Client

from rooms import access
from rooms.actions import act
from rooms.domain.room import OpenRoom
from rooms.models import Room
from tests.domain.play import IN_USE, snapshot
from tests.rooms.kit import Played

OWNER, OTHER_ACCOUNT = "mira", "omar"
# Who is at the doors: nobody at all, another moderator's account, a delegate of another room, somebody who waits in the
# lobby, somebody who was removed; and who is inside.
NOBODY, ACCOUNT, ELSEWHERE, WAITING, REMOVED = "nobody", "account", "elsewhere", "waiting", "removed"
DELEGATE, RIVAL, OBSERVER, SCREEN, CHAIR = "JPN-MFA", "ROK-MFA", "observer", "screen", "moderator"
OUTSIDE: Final = (NOBODY, ACCOUNT, ELSEWHERE, WAITING, REMOVED)
INSIDE: Final = (DELEGATE, RIVAL, OBSERVER, SCREEN, CHAIR)
EVERYBODY: Final = (*OUTSIDE, *INSIDE)


@dataclass
class Stage:
    """One room in the database; `client(who)` is their browser, `pid(who)` the seat whose addresses they try."""

    played: Played
    owner: User
    clients: dict[str, Client] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.played.room.code

    def pid(self, who: str) -> str:
        """Whoever has no seat here tries Japan's."""
        one = self.played.people.get(who)
        return (one or self.played.people[DELEGATE]).pid

    def do(self, who: str, command: str, **fields: Any) -> None:
        self.played.do(who, command, **fields)

    def client(self, who: str) -> Client:
        return self.clients[who]


def plan(packs: Callable[[str], str] | None = None) -> dict[str, Any]:
    """The exercise, with a word of its own in every delegation's pack."""
    made = snapshot()
    if packs:
        for code, pack in made["packs"].items():
            pack["who"] = packs(code)
    return made


def seated(played: Played, who: str) -> Client:
    """The browser of somebody with a seat."""
    client = Client()
    one = played.people[who]
    client.cookies[access.cookie_name(played.room.code, one.pid)] = access.ticket_of(one)
    return client


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def opened(owner: User, *, title: str = "Thursday group", packs: Callable[[str], str] | None = None) -> Played:
    room = Room.objects.create(code=access.new_code(), title=title, opened_by=owner)
    act(room.pk, "", OpenRoom(title, plan(packs), IN_USE, "chatham_house", True, False))
    played = Played(room)
    played.people[CHAIR] = access.join(room, "Mira", "moderator", user=owner)
    return played


def staged(packs: Callable[[str], str] | None = None) -> Stage:
    """A running room with somebody of every kind, and somebody of another room."""
    owner, other = User.objects.create_user(OWNER), User.objects.create_user(OTHER_ACCOUNT)
    played = opened(owner, packs=packs)
    for seat in (DELEGATE, "JPN-MOD", "PRC-MFA", "PRC-MOD", RIVAL):
        played.join(seat)
    played.join(OBSERVER, "observer")
    played.people[REMOVED] = access.join(played.room, "Remo", "delegate", "PRC-EXP-1")
    played.do(CHAIR, "admit_all")
    played.do(CHAIR, "start_session")
    played.do(CHAIR, "remove_person", person=played.pid(REMOVED))
    played.people[WAITING] = access.join(played.room, "Wanda", "delegate", "JPN-EXP-1")
    played.people[SCREEN] = access.join(played.room, "Projector", "projector")
    elsewhere = opened(other, title="Another group")
    elsewhere.join(DELEGATE)
    stage = Stage(played, owner)
    stage.clients = {who: seated(played, who) for who in (*INSIDE, WAITING, REMOVED)}
    stage.clients[CHAIR].force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    stage.clients |= {NOBODY: Client(), ACCOUNT: signed_in(other), ELSEWHERE: seated(elsewhere, DELEGATE)}
    # A ticket of another room, also under the name that the cookie of this one has.
    stolen = access.ticket_of(elsewhere.people[DELEGATE])
    stage.clients[ELSEWHERE].cookies[access.cookie_name(stage.code, stage.pid(DELEGATE))] = stolen
    return stage
