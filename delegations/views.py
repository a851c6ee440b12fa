"""Pages about what is prepared: the library (the front page), an exercise, a delegation's pack.

The library and an exercise are public; packs, injects, the history and the road map are for moderators, because
players would read the other side's mandate or what is still to come. Whoever has an account is a moderator: players
join rooms without one.
"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Sum, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from delegations.citations import cite_work, papers_by_slug
from delegations.library import DRAWN_FROM, find_scenario, newest_scenarios
from delegations.models import Scenario
from delegations.pack_reading import for_reading
from delegations.papers.finding import Finder
from delegations.snapshot import Json, moderators_part, paragraphs, rules_of, snapshot
from delegations.words import Horizon, ParagraphKind


@require_safe
def show_library(request: HttpRequest) -> HttpResponse:
    scenarios = newest_scenarios().annotate(minutes=Sum("agenda__minutes")).prefetch_related("delegations")
    return render(request, "delegations/library.html", {"scenarios": scenarios})


@require_safe
def show_scenario(request: HttpRequest, slug: str) -> HttpResponse:
    scenario = _found(slug)
    prefetch_related_objects([scenario], DRAWN_FROM)
    context: dict[str, Any] = {
        "scenario": scenario,
        "brief": paragraphs(scenario, ParagraphKind.BRIEF),
        "minutes": sum(item.minutes for item in scenario.agenda.all()),
        "table": rules_of(scenario, name=scenario.format_name),
        "papers": papers_by_slug(),
        "drawn_from": [(row.paper, cite_work(row.paper)) for row in scenario.cited.all()],
    }
    if request.user.is_authenticated:
        context |= _for_moderators(scenario)
    response = render(request, "delegations/scenario.html", context)
    if request.user.is_authenticated:
        response["Cache-Control"] = "no-store"  # what is still to come must not stay on a classroom computer
    return response


def _found(slug: str) -> Scenario:
    scenario = find_scenario(slug=slug)
    if scenario is None:
        raise Http404("There is no such exercise. The front page lists those there are.")
    return scenario


def _for_moderators(scenario: Scenario) -> Json:
    part = moderators_part(scenario)
    seats = {one.code: one for one in scenario.delegations.all()}
    return {
        "history": part["history"],
        "injects": [
            {**inject, "sender": inject["from"], "recipients": [seats[code] for code in inject["to"] if code in seats]}
            for inject in part["injects"]
        ],
        "item_titles": {item.key: item.title for item in scenario.agenda.all()},
        "horizons": Horizon.labels,
        "roadmap": _by_track(part["roadmap"], seats),
    }


def _by_track(roadmap: list[Json], seats: Json) -> list[tuple[str, list[list[Json]]]]:
    """The road map as a table: a row for each track, in it a cell for each horizon with its measures."""
    tracks = dict.fromkeys(measure["track"] for measure in roadmap)
    shown = [
        {
            **measure,
            "who": [seats[one] for one in measure["actors"]],
            "whom": [seats[c] for c in measure["counterpart"]],
        }
        for measure in roadmap
    ]
    return [
        (track, [[one for one in shown if (one["track"], one["horizon"]) == (track, term)] for term in Horizon.values])
        for track in tracks
    ]


@never_cache  # a mandate must not stay in a shared classroom computer's cache
@require_safe
@login_required
def show_pack(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    scenario = _found(slug)
    plan = snapshot(scenario)
    delegation = next((one for one in plan["delegations"] if one["code"] == code), None)
    if delegation is None:
        raise Http404("There is no such delegation in this exercise.")
    context: dict[str, Any] = {"scenario": scenario, "delegation": delegation, "papers": papers_by_slug()}
    context["finder"] = Finder()
    if code in plan["packs"]:  # an outline may lack it
        context["pack"] = for_reading(
            plan["packs"][code], delegation=delegation, delegations=plan["delegations"], issues=plan["issues"]
        )
    return render(request, "delegations/pack.html", context)
