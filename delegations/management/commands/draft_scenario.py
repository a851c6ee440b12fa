"""`manage.py draft_scenario PAPER`: what an imported paper proposes for an exercise, with the place of each proposal.

With --out FOLDER all of it is written as a scenario folder of outline kind, to be rewritten and loaded. The paper's
own sentences are printed only on request, and never written to a file.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from delegations.drafting.assembling import document_from
from delegations.drafting.deciding import proposals_for, work_of
from delegations.drafting.proposal import Kind, Proposal
from delegations.editing.document import whole
from delegations.editing.folder import as_files
from delegations.models import Paper


class Command(BaseCommand):
    help = "Propose a first draft of an exercise from an imported paper, each proposal with its place in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paper", metavar="PAPER", help="the paper's key in citations, such as park-2001")
        parser.add_argument("--sentences", action="store_true", help="show the sentences from your own copy, too")
        parser.add_argument(
            "--out", type=Path, metavar="FOLDER", help="write all proposals as a new scenario folder of this name"
        )

    def handle(self, *args: Any, paper: str, sentences: bool, out: Path | None, **options: Any) -> None:
        found = Paper.objects.filter(slug=paper).first()
        if found is None:
            known = ", ".join(Paper.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no paper '{paper}'. Import it first; known are: {known}.")
        proposals = proposals_for(found)
        if not proposals:
            raise CommandError(f"{paper}: nothing was found to propose. Import the paper's text first (import_paper).")
        for kind in Kind:
            self._list(kind, [one for one in proposals if one.kind is kind], sentences=sentences)
        if out is not None:
            self._write(out, proposals, found)

    def _list(self, kind: Kind, proposals: list[Proposal], *, sentences: bool) -> None:
        self.stdout.write(f"{kind.value}s: {len(proposals)}")
        for one in proposals:
            value = f" = {one.value}" if one.value else ""
            self.stdout.write(f"  {' '.join(one.codes) or 'all'}: {one.label}{value}")
            self.stdout.write(f"      {one.places[0].locator}; {one.why}")
            if sentences:
                self.stdout.write(f"      {one.places[0].sentence}")

    def _write(self, folder: Path, proposals: tuple[Proposal, ...], paper: Paper) -> None:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CommandError(f"{folder}: it is there already. Name a folder that is not, so that nothing is lost.")
        document = whole(document_from(proposals, work=work_of(paper), known=proposals))
        document["scenario"]["slug"] = folder.resolve().name
        try:
            (folder / "packs").mkdir(parents=True, exist_ok=True)
            for name, text in as_files(document).items():
                (folder / name).write_text(text, "utf-8", newline="\n")
        except OSError as error:
            raise CommandError(f"{folder}: it cannot be written ({error.strerror}). Name another folder.") from error
        self.stdout.write(f"Written to {folder}. It is an outline: rewrite it in your own words, then load it.")
