"""Every address of the site, from the routes themselves, and whose it is.

A new address that stands in no line below fails by name: say there who may read it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.urls import URLPattern, URLResolver, get_resolver

# Who may read what an address tells, from the widest on.
ALL = "anybody"
SEAT = "who has a seat, also in the lobby"
ADMITTED = "who was let in"
PAST = "who was let in, once the session is closed; a moderator always"
CHAIR = "a moderator of the room"
MODERATORS = "every moderator's account"
OWNER = "the account that opened the room"

ROOM = "rooms/<str:code>/<str:pid>/"
API = "api/rooms/<str:code>/<str:pid>/"
AT = f"{ROOM}at/<int:cursor>/"

# These look at the server's own connections; see tests/operations.
OF_THE_HOUSE = ("healthz", "readyz", "metrics")

# route -> who may GET it. A redirect that tells nothing of a room is for all.
READS: Final[dict[str, str]] = {
    "": ALL,
    "healthz": ALL,
    "readyz": ALL,
    "metrics": ALL,  # told to loopback or by a token; see tests/operations
    "privacy/": ALL,
    "join/": ALL,
    "join/<str:code>/": ALL,
    "seat/<str:code>/<str:pid>/<str:ticket>/": ALL,
    "sign-in/": ALL,
    "sign-in/<str:secret>/": ALL,
    "exercises/<slug:slug>/": ALL,
    "api/openapi.json": ALL,
    "api/scenarios/": ALL,
    "api/scenarios/<slug:slug>/": ALL,
    "api/": ALL,
    "papers/<slug:slug>/passages/<int:passage_id>/": MODERATORS,
    "rooms/<str:code>/moment/<int:at>/": PAST,
    ROOM: SEAT,
    f"{ROOM}earlier/": SEAT,
    f"{ROOM}panel/<str:name>/": SEAT,
    f"{ROOM}check/": SEAT,
    f"{ROOM}pack/<str:delegation>/": SEAT,
    f"{ROOM}paper/<str:paper>/": ADMITTED,
    f"{ROOM}paper/<str:paper>.<str:form>": ADMITTED,
    f"{ROOM}mine/": PAST,
    f"{ROOM}names/": ADMITTED,
    f"{ROOM}debrief/": PAST,
    f"{ROOM}debrief.<str:form>": PAST,
    f"{ROOM}show/": PAST,
    f"{ROOM}moment/<int:at>/": PAST,
    f"{ROOM}find/": PAST,
    f"{ROOM}fork/": CHAIR,
    f"{ROOM}fork/<str:fork>/": SEAT,
    f"{ROOM}at/": PAST,
    f"{ROOM}at/tape/": PAST,
    AT: PAST,
    f"{AT}panels/": PAST,
    f"{AT}moment/<int:at>/": PAST,
    # These lead on to the same page of the room, which asks who it is.
    f"{AT}paper/<str:paper>/": ALL,
    f"{AT}paper/<str:paper>.<str:form>": ALL,
    f"{AT}fork/<str:fork>/": ALL,
    f"{AT}<str:page>/": ALL,
    API: SEAT,
    f"{API}events/": SEAT,
    f"{API}texts/": SEAT,
    f"{API}positions/": SEAT,
    f"{API}agreements/": SEAT,
    f"{API}debrief/": PAST,
    "rooms/<str:code>/chair/": OWNER,
    "rooms/<str:code>/chair/debrief/": OWNER,
    "rooms/": MODERATORS,
    "rooms/compare/": MODERATORS,
    "rooms/bring-in/": MODERATORS,
    "rooms/new/<slug:slug>/": MODERATORS,
    "api/rooms/": MODERATORS,
    "api/scenarios/<slug:slug>/packs/<slug:code>/": MODERATORS,
    "exercises/<slug:slug>/packs/<slug:code>/": MODERATORS,
    "exercises/<slug:slug>/export/": MODERATORS,
    "papers/": MODERATORS,
    "papers/<slug:slug>/": MODERATORS,
    "papers/<slug:slug>/draft/": MODERATORS,
    "search/": MODERATORS,
    "drafts/": MODERATORS,
    "drafts/<int:pk>/": MODERATORS,
    "drafts/<int:pk>/export/": MODERATORS,
    "drafts/<int:pk>/preview/": MODERATORS,
    "drafts/<int:pk>/preview/<slug:code>/": MODERATORS,
    "drafts/<int:pk>/pages/<slug:page>/": MODERATORS,
    "drafts/<int:pk>/pages/<slug:page>/new/": MODERATORS,
    "drafts/<int:pk>/pages/<slug:page>/<int:number>/": MODERATORS,
}
# route -> who may POST to it; what stands above and not here takes no POST from anybody, or the same people's.
WRITES_ALONE: Final[dict[str, str]] = {
    "sign-out/": ALL,
    f"{ROOM}act/": SEAT,
    f"{ROOM}invite/": CHAIR,
    f"{ROOM}projector/": CHAIR,
    f"{ROOM}share/": CHAIR,
    f"{API}commands/": SEAT,
    "drafts/new/": MODERATORS,
    "drafts/import/": MODERATORS,
    "drafts/<int:pk>/publish/": MODERATORS,
    "drafts/<int:pk>/undo/": MODERATORS,
    "drafts/<int:pk>/discard/": MODERATORS,
    "papers/<slug:slug>/draft/judge/": MODERATORS,
    "papers/<slug:slug>/draft/accept/": MODERATORS,
    "papers/<slug:slug>/draft/make/": MODERATORS,
}
PART = re.compile(r"<\w+:(\w+)>")
ANYTHING: Final = {
    **{
        "ticket": "made.up",
        "secret": "made-up",
        "delegation": "JPN",
        "paper": "t1",
        "form": "md",
        "at": "881150400000",
        "name": "status",
    },
    **{"cursor": "1", "fork": "BCDFGH", "page": "debrief", "slug": "harbour", "pk": "1", "number": "1"},
    **{"passage_id": "1"},
}


@dataclass(frozen=True, slots=True)
class Address:
    route: str

    def path(self, **parts: Any) -> str:
        """With a room's own parts, and likely ones for what is not said. `code` of an exercise is a delegation's."""
        known = ANYTHING | parts
        if "slug" in self.route:
            known["code"] = "JPN"
        if self.route.startswith("drafts/"):
            known |= {"code": "JPN", "page": "issues"}
        return "/" + PART.sub(lambda found: str(known[found[1]]), self.route)


def every() -> list[Address]:
    """All addresses of the site, in the order in which they are tried."""
    return [Address(route) for route in _routes(get_resolver().url_patterns)]


def _routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _routes(one.url_patterns, route)
        elif isinstance(one, URLPattern):
            yield route
