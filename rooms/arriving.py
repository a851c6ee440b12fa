"""Whose seat a connection comes for, and that somebody is back. Many that come at once are looked up together, and
noted together; each is looked up anew, so that a link that was replaced or revoked a moment ago opens nothing.
"""

from collections.abc import Mapping

from rooms import presence
from rooms.access import Claim, claim_of
from rooms.models import Participant
from rooms.together import Together


def _holders(code: str, claims: list[Claim]) -> Mapping[Claim, Participant | None]:
    """Who holds the seats of one room that are claimed; None where a claim opens nothing."""
    pids = {claim.pid for claim in claims}
    found = Participant.objects.filter(room__code=code, pid__in=pids, revoked=False)
    held = {(one.pid, one.generation): one for one in found}
    return {claim: held.get((claim.pid, claim.generation)) for claim in claims}


def _back(room_id: int, pids: list[str]) -> Mapping[str, None]:
    presence.came_back(room_id, pids)
    return dict.fromkeys(pids)


_asked: Together[Claim, Participant | None] = Together(_holders)
# It is written down: in the line of what else is noted of who is here, not in that of who only asks.
_coming_back: Together[str, None] = Together(_back, presence.threads)


async def participant_from(cookies: Mapping[str, str], code: str, pid: str, bearer: str = "") -> Participant | None:
    """As `access.participant_from` answers, for a connection."""
    claim = claim_of(cookies, code, pid, bearer)
    return await _asked.ask(code, claim) if claim else None


async def came_back(room_id: int, pid: str) -> None:
    """Somebody who was away has a connection again."""
    await _coming_back.ask(room_id, pid)
