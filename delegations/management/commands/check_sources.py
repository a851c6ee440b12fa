"""`manage.py check_sources [SLUG]`: where every citation of an exercise leads, and which lead nowhere."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from delegations.library import newest_scenarios
from delegations.papers.checking import Checked, check_citations
from delegations.papers.finding import Finder, How


class Command(BaseCommand):
    help = "List every citation of a paper in the exercises, and the passage it leads to. Fails if one leads nowhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="?", default="", metavar="SLUG", help="one exercise (default: all)")

    def handle(self, *args: Any, slug: str, **options: Any) -> None:
        scenarios = newest_scenarios().filter(slug=slug) if slug else newest_scenarios()
        if not scenarios:
            raise CommandError(f"There is no exercise '{slug}'. Load it first: manage.py load_scenarios.")
        finder = Finder()
        counted: Counter[How] = Counter()
        missing: set[str] = set()
        for scenario in scenarios:
            self.stdout.write(f"{scenario.slug}, version {scenario.version}")
            for checked in check_citations(scenario=scenario, finder=finder):
                counted[checked.found.how] += 1
                if checked.found.how is How.NOT_LOADED:
                    missing.add(checked.source["paper"])
                self.stdout.write(f"  {_in_words(checked)}")
        self.stdout.write(", ".join(f"{number} {how.value}" for how, number in counted.items()) or "No citations.")
        for paper in sorted(missing):
            self.stdout.write(f"{paper} is not imported: manage.py import_paper FILE --slug {paper}")
        if lost := counted[How.NOWHERE] + counted[How.NOT_LOADED]:
            raise CommandError(f"{lost} of {counted.total()} citations lead nowhere.", returncode=1)


def _in_words(checked: Checked) -> str:
    source, found = checked.source, checked.found
    line = f"{found.how.value}: {checked.where}: {source['paper']}, {source['locator']}"
    if anchor := source.get("anchor"):
        line += f" “{anchor}”"
    if found.passage is not None and found.how is How.ANCHOR:
        line += f" -> {found.passage.locator}"
    return line
