"""Finding prepared exercises: the newest version of each, whole, in a bounded number of queries.

The one place that says which version people see; rooms keep the version that they were opened from.
"""

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery

from delegations.models import (
    AgendaItem,
    Delegation,
    Issue,
    Pack,
    PackItem,
    PackPosition,
    Scenario,
)

# Everything a scenario page and a snapshot show. Each line is one query, whatever the size of the scenario.
PUBLIC_PARTS = (
    "delegations",
    "delegations__seats",
    Prefetch("issues", Issue.objects.select_related("paper")),
    "issues__options",
    Prefetch("agenda", AgendaItem.objects.select_related("issue")),
)
PACK_PARTS = (
    Prefetch("delegations__pack", Pack.objects.all()),
    Prefetch("delegations__pack__items", PackItem.objects.select_related("paper")),
    Prefetch("delegations__pack__positions", PackPosition.objects.select_related("paper", "issue")),
)


def newest_scenarios() -> QuerySet[Scenario]:
    """The newest version of each exercise, those that can be played first."""
    newest = Scenario.objects.filter(slug=OuterRef("slug")).order_by("-version").values("version")[:1]
    return Scenario.objects.annotate(newest=Subquery(newest)).filter(version=F("newest")).order_by("outline", "title")


def find_scenario(*, slug: str) -> Scenario | None:
    """The newest version of one exercise with its public parts loaded, or None."""
    return newest_scenarios().filter(slug=slug).prefetch_related(*PUBLIC_PARTS).first()


def find_delegation(*, slug: str, code: str) -> Delegation | None:
    """A delegation of the newest version with its pack loaded. For moderators and that delegation only."""
    return (
        Delegation.objects.filter(scenario__in=newest_scenarios().values("pk"), scenario__slug=slug, code=code)
        .select_related("scenario", "pack")
        .prefetch_related(
            "seats",
            Prefetch("pack__items", PackItem.objects.select_related("paper")),
            Prefetch("pack__positions", PackPosition.objects.select_related("paper", "issue")),
            "pack__positions__issue__options",
        )
        .first()
    )
