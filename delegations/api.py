"""The API of what is prepared: exercises for everybody, briefing packs for signed-in moderators. Reads only."""

from rest_framework.decorators import api_view
from rest_framework.exceptions import NotAuthenticated, NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from delegations.library import find_scenario, newest_scenarios
from delegations.models import Scenario
from delegations.snapshot import public_part, snapshot

NO_STORE = {"Cache-Control": "no-store"}


@api_view(["GET"])
def list_scenarios(request: Request) -> Response:
    """The newest version of each exercise, those that can be played first."""
    return Response([_line(one) for one in newest_scenarios().prefetch_related("delegations")])


def _line(scenario: Scenario) -> dict[str, object]:
    return {
        "slug": scenario.slug,
        "version": scenario.version,
        "title": scenario.title,
        "moment": scenario.moment,
        "summary": scenario.summary,
        "outline": scenario.outline,
        "frame": scenario.frame,
        "delegations": [one.code for one in scenario.delegations.all()],
    }


@api_view(["GET"])
def show_scenario(request: Request, slug: str) -> Response:
    """One exercise as a room would be opened from it: what everybody at the table knows, and nothing else."""
    return Response(public_part(_found(slug)))


@api_view(["GET"])
def show_pack(request: Request, slug: str, code: str) -> Response:
    """One delegation's briefing pack. Players have no account, so whoever is signed in is a moderator."""
    if not request.user.is_authenticated:
        raise NotAuthenticated("Briefing packs are for moderators. Sign in first.")
    pack = snapshot(_found(slug))["packs"].get(code)
    if pack is None:
        raise NotFound("No delegation of that exercise has such a pack. Look the exercise up first.")
    return Response(pack, headers=NO_STORE)


def _found(slug: str) -> Scenario:
    scenario = find_scenario(slug=slug)
    if scenario is None:
        raise NotFound("There is no such exercise. Ask for the list of them.")
    return scenario
