"""Finding what is prepared: the newest version of each exercise, whole, in a bounded number of queries; formats.

The one place that says which version people see; rooms keep the version that they were opened from.
"""

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery

from delegations.models import (
    AgendaItem,
    CitedPaper,
    Format,
    PackPosition,
    Scenario,
)

# Everything a scenario page and a snapshot show. Each line is one query, whatever the size of the scenario.
PUBLIC_PARTS = (
    "paragraphs",
    "delegations",
    "delegations__seats",
    "issues",
    "issues__options",
    Prefetch("agenda", AgendaItem.objects.select_related("issue")),
)
MODERATOR_PARTS = ("injects", "roadmap")
PACK_PARTS = (
    "delegations",
    "delegations__pack",
    "delegations__pack__items",
    Prefetch("delegations__pack__positions", PackPosition.objects.select_related("issue")),
)
DRAWN_FROM = Prefetch("cited", CitedPaper.objects.select_related("paper"))


def newest_scenarios() -> QuerySet[Scenario]:
    """The newest version of each exercise: those that can be played first, frames to fill after them."""
    newest = Scenario.objects.filter(slug=OuterRef("slug")).order_by("-version").values("version")[:1]
    found = Scenario.objects.annotate(newest=Subquery(newest)).filter(version=F("newest"))
    return found.order_by("outline", "frame", "title")


def find_scenario(*, slug: str) -> Scenario | None:
    """The newest version of one exercise with its public parts loaded, or None."""
    return newest_scenarios().filter(slug=slug).prefetch_related(*PUBLIC_PARTS).first()


def all_formats() -> QuerySet[Format]:
    """The formats that any exercise can run in, by name."""
    return Format.objects.all()
