"""`manage.py import_paper FILE`: bring a paper's passages into this installation, from text, Markdown or PDF.

Safe to run again: the same file changes nothing. A paper that is known already, by its key or its title, needs no
more than the file.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from delegations.papers.locators import chapters_of, chicago
from delegations.papers.reading import check_size, read_paper_file
from delegations.papers.refusing import PaperRefused
from delegations.papers.storing import Facts, Imported, import_text
from delegations.words import PassageKind


class Command(BaseCommand):
    help = "Import a paper from a text, Markdown or PDF file, and list a citation for each of its passages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="the paper: .txt, .md or .pdf with text in it")
        parser.add_argument("--title", default="")
        parser.add_argument(
            "--author", action="append", default=[], metavar="NAME", help='once for each; an editor as "Name (editor)"'
        )
        parser.add_argument("--year", type=int, default=0)
        parser.add_argument("--slug", default="", help="the paper's key in citations, such as park-2001")
        parser.add_argument("--series", default="")
        parser.add_argument("--publisher", default="")
        parser.add_argument("--url", default="")
        parser.add_argument("--summary", action="store_true", help="leave out the list of citations")

    def handle(self, *args: Any, file: Path, summary: bool, **options: Any) -> None:
        facts = Facts(
            authors="; ".join(options["author"]),
            **{name: options[name] for name in ("title", "year", "slug", "series", "publisher", "url")},
        )
        try:
            self.stderr.write(f"Opening {file.name} ...")
            check_size(name=file.name, size=file.stat().st_size)
            text = read_paper_file(name=file.name, content=file.read_bytes())
            imported = import_text(text=text, facts=facts, name=file.name, tell=self.stderr.write)
        except OSError as error:
            raise CommandError(f"{file}: the file cannot be read ({error.strerror}). Check its name.") from error
        except PaperRefused as refused:
            raise CommandError(str(refused)) from refused
        if not summary:
            self._list_citations(imported)
        self._tell(imported)

    def _list_citations(self, imported: Imported) -> None:
        passages = list(imported.paper.passages.order_by("id"))
        chapters = chapters_of(passages)
        for passage in passages:
            self.stdout.write(passage.locator)
            self.stdout.write(f"    {chicago(paper=imported.paper, passage=passage, chapters=chapters)}")

    def _tell(self, imported: Imported) -> None:
        for sentence in imported.read.report.lines:
            self.stdout.write(f"Note: {sentence}")
        kinds = [passage.kind for passage in imported.read.passages]
        counted = ", ".join(
            f"{kinds.count(kind.value)} {kind.label.lower()}s" for kind in PassageKind if kind.value in kinds
        )
        done = "imported" if imported.written else "unchanged"
        self.stdout.write(f"{imported.paper.slug}: {done}, {len(kinds)} passages ({counted}).")
