"""Pages about what is prepared: the library (the front page), an exercise, a delegation's pack.

The library and an exercise are public; a pack is for moderators, because players would read the other side's
mandate. Whoever has an account is a moderator: players join rooms without one.
"""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from delegations.library import find_delegation, find_scenario, newest_scenarios
from delegations.models import Option, Pack, PackPosition
from delegations.snapshot import paragraphs
from delegations.words import PackItemKind


@require_safe
def show_library(request: HttpRequest) -> HttpResponse:
    scenarios = newest_scenarios().annotate(minutes=Sum("agenda__minutes")).prefetch_related("delegations")
    return render(request, "delegations/library.html", {"scenarios": scenarios})


@require_safe
def show_scenario(request: HttpRequest, slug: str) -> HttpResponse:
    scenario = find_scenario(slug=slug)
    if scenario is None:
        raise Http404("There is no such exercise. The front page lists those there are.")
    context = {
        "scenario": scenario,
        "brief": paragraphs(scenario.brief),
        "minutes": sum(item.minutes for item in scenario.agenda.all()),
    }
    return render(request, "delegations/scenario.html", context)


@never_cache  # a mandate must not stay in a shared classroom computer's cache
@require_safe
@login_required
def show_pack(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    delegation = find_delegation(slug=slug, code=code)
    if delegation is None:
        raise Http404("There is no such delegation in this exercise.")
    context: dict[str, object] = {"delegation": delegation, "scenario": delegation.scenario}
    if hasattr(delegation, "pack"):  # an outline may lack it
        context |= {
            "pack": delegation.pack,
            "mandates": _mandates(delegation.pack),
            "sections": _sections(delegation.pack),
        }
    return render(request, "delegations/pack.html", context)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one option stands for a delegation: "preferred", "acceptable", "red" or "" (not mentioned)."""

    option: Option
    name: str


def _mandates(pack: Pack) -> list[tuple[PackPosition, list[Standing]]]:
    """The positions, most important first, each with every option of its issue along the axis."""
    positions = sorted(pack.positions.all(), key=lambda position: position.priority)
    return [
        (position, [Standing(option, _standing(position, option)) for option in position.issue.options.all()])
        for position in positions
    ]


def _standing(position: PackPosition, option: Option) -> str:
    if option.key == position.preferred:
        return "preferred"
    if option.key in position.acceptable:
        return "acceptable"
    return "red" if option.key in position.red_lines else ""


def _sections(pack: Pack) -> dict[str, list[object]]:
    items = pack.items.all()
    return {kind: [item for item in items if item.kind == kind] for kind in PackItemKind.values}
