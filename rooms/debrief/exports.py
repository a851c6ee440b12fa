"""A session to take away: as JSON, as tables in CSV, as a page of Markdown.

An export holds what the given entries and the report made from them hold, and says in its head which record that is.
Whoever asks for the participants' record must hand over entries that `attribution.afterwards` has been through; if
speakers can still be told from them, nothing is exported. A file that goes from hand to hand is made from what
observers see: a delegation's own entries hold its private words too.
"""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rooms.debrief import page, reading, tables
from rooms.debrief.report import Report
from rooms.domain import codec
from rooms.domain.record import Entry

ASSESSMENT = "assessment record (moderator)"
PARTICIPANTS = "within the attribution rule (participants)"
# A zip keeps a time for each file; one that never changes makes equal sessions equal bytes.
NO_TIME = (1980, 1, 1, 0, 0, 0)


def as_json(report: Report, entries: Sequence[Entry], record: str) -> dict[str, Any]:
    """The report and the entries it was made from, as plain JSON data. Instants are ms since 1970 UTC."""
    _check(report, record)
    if record == PARTICIPANTS and any(reading.names_a_speaker(entry) for entry in entries):
        raise ValueError("these entries name speakers under a rule that protects them")
    return {
        "format": "neacd-debrief",
        "version": 1,
        "record": record,
        "report": _plain(asdict(report)),
        "entries": [_entry(cursor, entry) for cursor, entry in enumerate(entries, start=1)],
    }


def as_csv_tables(report: Report, record: str) -> dict[str, list[tables.Row]]:
    """Tidy tables by name; `tables.COLUMNS` and the table data_dictionary say what the columns mean."""
    _check(report, record)
    return tables.tables(report, record)


def as_csv_zip(report: Report, record: str) -> bytes:
    """All tables in one archive, the same bytes for the same report."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, rows in as_csv_tables(report, record).items():
            file = zipfile.ZipInfo(f"{name}.csv", NO_TIME)
            file.compress_type = zipfile.ZIP_DEFLATED
            file.create_system = 3  # the same on every system
            file.external_attr = 0o644 << 16
            archive.writestr(file, _csv(tables.columns(name), rows))
    return buffer.getvalue()


def as_markdown(report: Report, record: str) -> str:
    """The report as a page to read."""
    _check(report, record)
    return page.markdown(report, record)


def _check(report: Report, record: str) -> None:
    if record not in (ASSESSMENT, PARTICIPANTS):
        raise ValueError(f"no such record: {record}")
    if record == PARTICIPANTS and report.names_speakers:
        raise ValueError("this report names speakers under a rule that protects them")


def _entry(cursor: int, entry: Entry) -> dict[str, Any]:
    """One entry, numbered by its place in this record: a seq that jumped would tell of something not in it."""
    name = codec.name_of(entry.event)
    return {
        "cursor": cursor,
        "at": entry.at,
        "actor": entry.actor,
        "attribution": entry.attribution,
        "name": name,
        "version": codec.version_of(name),
        "data": _plain(codec.to_data(entry.event)),
    }


def _plain(value: Any) -> Any:
    """The same with lists for tuples, all the way down."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(rows)
    # The mark at the beginning lets spreadsheets read Hangul, Kana and Cyrillic.
    return out.getvalue().encode("utf-8-sig", errors="replace")
