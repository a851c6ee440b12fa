"""Every table has rows somewhere, tells what the report tells, and can be read back."""

import csv
import io
import zipfile
from collections.abc import Callable

from rooms.debrief import tables, tables_of_meetings, tables_of_promises, tables_of_texts
from rooms.debrief.cells import as_written
from rooms.debrief.exports import ASSESSMENT, as_csv_tables, as_csv_zip, as_markdown
from rooms.debrief.measures import report
from rooms.domain.record import Entry
from rooms.domain.sight import THE_MODERATORS, visible
from tests.domain.commitments_play import OFFERED
from tests.domain.play import cast_live

MINE = (*tables_of_texts.COLUMNS, *tables_of_meetings.COLUMNS, *tables_of_promises.COLUMNS)
Rehearse = Callable[[str], list[Entry]]


def test_every_table_has_rows_in_one_rehearsal_or_another(rehearse: Rehearse) -> None:
    filled = set()
    # In the rehearsals every commitment rests on a text and has who verifies it.
    for record in (rehearse("two_hours"), rehearse("principles_on_paper"), cast_live().done(*OFFERED).entries):
        made = as_csv_tables(report(visible(record, THE_MODERATORS)), ASSESSMENT)
        filled |= {table for table, rows in made.items() if rows}
        for table, rows in made.items():
            assert all(list(row) == tables.columns(table) for row in rows)
            assert all(isinstance(value, str | int | float) for row in rows for value in row.values())
    assert set(MINE) <= filled


def test_the_tables_of_a_rehearsal_are_read_back_as_they_were_written(rehearse: Rehearse) -> None:
    made = report(visible(rehearse("principles_on_paper"), THE_MODERATORS))
    archive = zipfile.ZipFile(io.BytesIO(as_csv_zip(made, ASSESSMENT)))
    read = list(csv.DictReader(io.StringIO(archive.read("brackets.csv").decode("utf-8-sig"))))

    assert [as_written(row["reason"]) for row in read] == [
        one.reason for text in made.histories for one in text.brackets
    ]
    assert [row["open_seconds"] for row in read] == [
        str(one.open_ms / 1000) for text in made.histories for one in text.brackets
    ]


def test_the_page_has_a_section_for_every_part(rehearse: Rehearse) -> None:
    page = "".join(
        as_markdown(report(visible(rehearse(name), THE_MODERATORS)), ASSESSMENT)
        for name in ("two_hours", "principles_on_paper")
    )
    for heading in (
        "In short",
        "Who met whom",
        "Injects and what followed",
        "Commitments",
        "Decision points",
        "Quotes",
    ):
        assert f"\n## {heading}\n" in page
    assert "came about\n" in page
    assert "What came before its end, a sequence and not a cause:" in page
