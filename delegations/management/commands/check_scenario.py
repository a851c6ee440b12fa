"""`manage.py check_scenario [SLUG]`: is an exercise complete for play, and does every citation lead somewhere?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from delegations.library import newest_scenarios
from delegations.models import Scenario
from delegations.papers.checking import check_citations
from delegations.papers.finding import Finder, How


class Command(BaseCommand):
    help = (
        "Say of each exercise what it lacks for play (a position on every issue, something that all can agree on "
        "and something that they cannot yet, ...) and which citations lead nowhere. Fails if anything is amiss."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="?", default="", metavar="SLUG", help="one exercise (default: all)")

    def handle(self, *args: Any, slug: str, **options: Any) -> None:
        scenarios = newest_scenarios().filter(slug=slug) if slug else newest_scenarios()
        if not scenarios:
            raise CommandError(f"There is no exercise '{slug}'. Load it first: manage.py load_scenarios.")
        finder = Finder()
        amiss = 0
        for scenario in scenarios:
            found = [*scenario.missing, *_lost(scenario, finder)]
            amiss += len(found)
            verdict = "complete" if not found else f"{len(found)} to mend"
            self.stdout.write(f"{scenario.slug}, version {scenario.version}: {verdict}")
            for sentence in found:
                self.stdout.write(f"  {sentence}")
        if amiss:
            raise CommandError(f"{amiss} to mend.", returncode=1)


def _lost(scenario: Scenario, finder: Finder) -> list[str]:
    """Citations that lead nowhere, and papers that are not here to be looked into."""
    checked = check_citations(scenario=scenario, finder=finder)
    lost = [
        f"{one.where}: {one.source['paper']} has no “{one.source['locator']}”; correct the locator or the anchor."
        for one in checked
        if one.found.how is How.NOWHERE
    ]
    away = sorted({one.source["paper"] for one in checked if one.found.how is How.NOT_LOADED})
    return lost + [f"{paper} is not imported: manage.py import_paper FILE --slug {paper}" for paper in away]
