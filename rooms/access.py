"""Who is at the door: join codes, seat links and cookies, moderators' sign-in links. Decides identity, not rules.

A participant is known by a *ticket*: room code, participant id and generation, signed with the installation's key; it
is in their link and in an HttpOnly cookie, and nothing of it is stored. The cookie's name carries the participant id,
so that one browser can hold several seats (a teacher trying a room out alone).
"""

import contextlib
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from rooms import throttles
from rooms.actions import Done, act
from rooms.domain.refused import Refused
from rooms.domain.seats import JoinRoom
from rooms.forms import clean_text
from rooms.likeness import told_apart
from rooms.models import Participant, Room, SignInLink
from rooms.undecided import UNSURE

# No vowels (no words), nothing that reads like something else on a beamer.
CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"
CODE_LENGTH = 6  # 28^6 = 480 million; guessing is throttled besides
NAME_LENGTH = 40
COOKIE_DAYS = 30
# Seats that one browser keeps, the last ones: with the cookies of many more, no server or proxy takes its requests.
MOST_SEATS = 40
SEAT_COOKIE = "seat_"  # what the names of all seats' cookies begin with
LINK_HOURS = 12
JOIN_RACES = 3
# Wrong codes one address may try in ten minutes: a class behind one router mistypes less than this.
WRONG_CODES = 60
WRONG_CODES_SECONDS = 600
# Commands a participant may post in that many seconds: the rate a socket allows.
MOST_COMMANDS, COMMANDS_SECONDS = 100, 10


def new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def new_room(title: str, scenario: Any, user: Any) -> Room:
    """A room of the user's with a code of its own; it exists for the rules only once `OpenRoom` was carried out."""
    while True:
        with contextlib.suppress(IntegrityError), transaction.atomic():  # the code is taken; there are 480 million
            return Room.objects.create(code=new_code(), title=title, scenario=scenario, opened_by=user)


def digest(secret: str) -> str:
    """SHA-256; the secrets are random, so nothing slower is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def spelled(code: str) -> str:
    """A join code as people type it: any case, with spaces or dashes."""
    return "".join(letter for letter in code.upper() if letter.isalnum())[:12]


def room_by_code(code: str, address: str) -> Room:
    """The room of a join code. Guessing is throttled by address."""
    key = f"wrong-codes:{address}"
    if throttles.counted(key) >= WRONG_CODES:
        raise Refused("too_many_codes", "Too many wrong codes from here. Wait ten minutes, or ask for the link.")
    room = Room.objects.filter(code=spelled(code)).first()
    if room is None:
        throttles.count(key, WRONG_CODES_SECONDS)
        raise Refused("unknown_code", "No room has that code. Check it with your moderator and type it again.")
    return room


def new_participant(room: Room, name: str, role: str, user: Any = None) -> Participant:
    """A new person for a room. They are in the room only once `JoinRoom` has been carried out. Who is called nearly as
    somebody else there gets a number, and is not refused: the door tells nobody who is inside."""
    shown = " ".join(clean_text(name).split())
    if not shown:
        raise Refused("name_needed", "Type the name the others shall see.", field="name")
    if len(shown) > NAME_LENGTH:
        raise Refused("name_long", f"Use at most {NAME_LENGTH} characters for your name.", field="name")
    if role != "projector":  # a screen is nobody, and there may be several
        named = room.participants.filter(forgotten_at=None).exclude(role="projector")
        shown = told_apart(shown, named.values_list("name", flat=True))
    for _ in range(JOIN_RACES):
        with contextlib.suppress(IntegrityError), transaction.atomic():  # the one chance in four billion
            pid = f"p-{secrets.token_hex(4)}"
            return Participant.objects.create(room=room, pid=pid, name=shown, role=role, user=user)
    raise Refused("busy", "Many people are joining at once. Try again.")


def join(room: Room, name: str, role: str, seat: str = "", user: Any = None) -> Participant:
    """Make a participant and bring them into the room; if the room refuses, nobody was made."""
    participant = new_participant(room, name, role, user)
    bring_in(participant, JoinRoom(role, seat))
    return participant


def bring_in(participant: Participant, command: JoinRoom, at: int | None = None) -> Done:
    """Bring a new participant into their room. Whom it refuses is no participant; who may have come in after all, for
    the line to the database broke (`UNSURE`), stays one."""
    try:
        # Nobody else has this id, so that it serves as the request's: what became of that can be asked.
        return act(participant.room_id, participant.pid, command, request_id=participant.pid, at=at)
    except Refused as refused:
        if refused.code != UNSURE:
            participant.delete()
        raise


# Tickets


def _signer() -> signing.Signer:
    return signing.Signer(salt="neacd.seat")


def ticket_of(participant: Participant) -> str:
    """What opens this seat, in a link, a cookie or as a bearer token, until its generation is raised."""
    return _signer().sign(f"{participant.room.code}.{participant.pid}.{participant.generation}")


def cookie_name(code: str, pid: str) -> str:
    return f"{SEAT_COOKIE}{code}_{pid}"


def remember(request: HttpRequest, response: HttpResponse, participant: Participant) -> None:
    """Let this browser come back to its seat. The seats that it has had for longest are forgotten beyond so many; their
    links open them again, and a moderator's own rooms open from the list."""
    own = cookie_name(participant.room.code, participant.pid)
    held = [
        name for name in request.COOKIES if name.startswith(SEAT_COOKIE) and name != own
    ]  # browsers say old ones first
    for name in held[: max(0, len(held) + 1 - MOST_SEATS)]:
        response.delete_cookie(name, samesite="Lax")
    response.set_cookie(
        own,
        ticket_of(participant),
        max_age=timedelta(days=COOKIE_DAYS),
        httponly=True,
        secure=settings.SECURE_COOKIES,
        samesite="Lax",
    )


@dataclass(frozen=True, slots=True)
class Claim:
    """A seat that somebody comes for with a ticket of ours. Whether that still opens it, the database knows."""

    code: str
    pid: str
    generation: int


def claim_of(cookies: Mapping[str, str], code: str, pid: str, bearer: str = "") -> Claim | None:
    """What the ticket says that came along, in the seat's cookie or as a bearer token; None if it is not ours, or
    another seat's."""
    ticket = bearer or cookies.get(cookie_name(code, pid), "")
    try:
        ticket_code, ticket_pid, generation = _signer().unsign(ticket).split(".")
    except (signing.BadSignature, ValueError):
        return None
    return Claim(code, pid, int(generation)) if (ticket_code, ticket_pid) == (code, pid) else None


def participant_from(cookies: Mapping[str, str], code: str, pid: str, bearer: str = "") -> Participant | None:
    """The participant whose ticket came along; None for anybody else. (Sockets ask `arriving`.)"""
    claim = claim_of(cookies, code, pid, bearer)
    if claim is None:
        return None
    found = Participant.objects.select_related("room").filter(room__code=claim.code, pid=claim.pid, revoked=False)
    return found.filter(generation=claim.generation).first()


def bearer_of(request: HttpRequest) -> str:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def count_command(participant: Participant) -> None:
    """One more command of somebody's that came by a POST, or `Refused` when there were too many."""
    if throttles.count(f"commands:{participant.pk}", COMMANDS_SECONDS) > MOST_COMMANDS:
        raise Refused("slow_down", "That was too much at once. Wait a moment, then go on.")


def seats_held(request: HttpRequest, room: Room) -> list[Participant]:
    """The participants of a room this browser already is."""
    prefix = cookie_name(room.code, "")
    pids = [name.removeprefix(prefix) for name in request.COOKIES if name.startswith(prefix)][:10]
    found = [participant_from(request.COOKIES, room.code, pid) for pid in pids]
    return [one for one in found if one is not None]


def is_same_origin(request: HttpRequest) -> bool:
    """Whether a POST comes from our own pages. The room's panels are shared by many viewers and cannot carry
    anybody's CSRF token; a browser always says where a POST comes from, and the seat's cookie is SameSite."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return is_own_origin(request.headers.get("Origin", ""), request.get_host())


def is_own_origin(origin: str, host: str) -> bool:
    """Whether an Origin header names the host that was asked. A browser cannot forge it."""
    return bool(origin) and urlsplit(origin).netloc == host


# Moderators


def sign_in_link_for(user: Any) -> str:
    """A new one-time path that signs a moderator in; valid for half a day."""
    secret = secrets.token_urlsafe(24)
    expires = timezone.now() + timedelta(hours=LINK_HOURS)
    SignInLink.objects.create(user=user, digest=digest(secret), expires_at=expires)
    return f"/sign-in/{secret}/"


def use_sign_in_link(secret: str) -> Any:
    """The user of a link, which is thereby used up; `Refused` if it is used, old or unknown."""
    now = timezone.now()
    used = SignInLink.objects.filter(digest=digest(secret), used_at=None, expires_at__gt=now).update(used_at=now)
    if not used:
        raise Refused("link_used", "This sign-in link was used or is too old. Ask for a new one: make run prints it.")
    return SignInLink.objects.select_related("user").get(digest=digest(secret)).user
