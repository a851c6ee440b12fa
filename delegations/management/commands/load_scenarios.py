"""`manage.py load_scenarios [FOLDER]`: bring papers, formats and scenarios from their files into the library.

Safe to run at every start: what has not changed is left alone. A bad scenario keeps no good one out. What a scenario
that says it can be played still lacks is printed under its line, and keeps nothing out either.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from delegations.entries import ScenarioProblems
from delegations.format_files import parse_formats
from delegations.loading import store, store_formats, store_papers
from delegations.models import Paper, Scenario
from delegations.paper_files import parse_papers
from delegations.scenario_files import parse_scenario


class Command(BaseCommand):
    help = "Load papers.toml, formats/ and scenarios/ from FOLDER into the library; unchanged ones are left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=Path(settings.BASE_DIR) / "fixtures",
            metavar="FOLDER",
            help="holds papers.toml, formats/ and scenarios/ (default: fixtures/ of this project)",
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        folders = sorted(path for path in (folder / "scenarios").glob("[!._]*") if path.is_dir())
        if not folders:
            raise CommandError(f"There are no scenarios in {folder / 'scenarios'}; name the folder above it.")
        papers = self._load("papers", lambda: _papers_from(folder / "papers.toml"))
        formats = self._load("formats", lambda: _formats_from(folder / "formats"))
        good = [papers, formats, *map(self._load_scenario, folders)]
        if not all(good):
            raise CommandError(
                f"Not everything was loaded ({good.count(False)} with problems); correct the files and run this again."
            )

    def _load(self, name: str, load: Callable[[], tuple[int, int]]) -> bool:
        """Read and store all of a kind; `load` tells how many were written, of how many."""
        try:
            written, found = load()
        except ScenarioProblems as problems:
            return self._tell_problems(name, problems)
        if found:
            self.stdout.write(f"{name}: loaded {written} of {found}" if written else f"{name}: unchanged")
        return True

    def _load_scenario(self, folder: Path) -> bool:
        try:
            prepared = parse_scenario(folder, papers=_known_papers())
        except ScenarioProblems as found:
            return self._tell_problems(folder.name, found)
        scenario, written = store(scenario=prepared)
        self.stdout.write(f"{folder.name}: {_in_words(scenario, written=written)}")
        if scenario.missing and not prepared.outline:
            self.stdout.write("  missing for play:")
            for sentence in scenario.missing:
                self.stdout.write(f"    {sentence}")
        return True

    def _tell_problems(self, name: str, found: ScenarioProblems) -> bool:
        count = len(found.problems)
        self.stdout.write(f"{name}: {count} problem{'s' if count > 1 else ''}, not loaded")
        for sentence in found.problems:
            self.stderr.write(f"  {sentence}")
        return False


def _papers_from(path: Path) -> tuple[int, int]:
    papers = parse_papers(path)
    return len(store_papers(papers=papers)), len(papers)


def _formats_from(folder: Path) -> tuple[int, int]:
    formats = parse_formats(folder)
    return len(store_formats(formats=formats)), len(formats)


def _known_papers() -> list[str]:
    """Of the files and of the users' own imports: packs may cite either."""
    return list(Paper.objects.values_list("slug", flat=True))


def _in_words(scenario: Scenario, *, written: bool) -> str:
    done = f"loaded as version {scenario.version}" if written else f"unchanged, version {scenario.version}"
    return f"{done} (outline)" if scenario.outline else done
