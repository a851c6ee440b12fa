"""What is taken away says whose record it is, loses nothing, and is safe to open."""

import csv
import html
import io
import json
import re
import zipfile
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.debrief import page, tables, tables_of_meetings, tables_of_promises, tables_of_texts, wash_tables
from rooms.debrief.cells import as_written
from rooms.debrief.exports import ASSESSMENT, PARTICIPANTS, as_csv_tables, as_csv_zip, as_json, as_markdown
from rooms.debrief.measures import report
from rooms.debrief.report import Report
from rooms.domain import attribution, codec, room, sight, statements
from rooms.domain.record import Entry
from tests.debrief.session import SECOND, Session, plenary

HOSTILE = '=HYPERLINK("http://x","y") <script>alert(1)</script> | # [a](b) *b* `c`\n- 1. \\ & &lt; 한국 中国 Россия'


@pytest.fixture(scope="module")
def played() -> Session:
    return plenary()


@pytest.fixture(scope="module")
def full(played: Session) -> Report:
    return report(played.seen_by(sight.THE_MODERATORS))


@pytest.fixture(scope="module")
def others(played: Session) -> list[Entry]:
    return attribution.afterwards(played.seen_by(sight.OBSERVERS))


@pytest.fixture(scope="module")
def redacted(others: list[Entry]) -> Report:
    return report(others)


@pytest.fixture(scope="module")
def hostile() -> Report:
    played = Session("on_the_record")
    played.sit("PRC-MFA", "JPN-MFA")
    played.chair(room.StartSession())
    played.start("i4")
    played.says("PRC-MFA", HOSTILE)
    played.files("JPN-MFA", "scope", "a", reason=HOSTILE, conditions=HOSTILE)
    played.proposes("JPN-MFA", HOSTILE)
    played.calls(PRC=f"object: {HOSTILE}")
    played.close(HOSTILE, SECOND)
    return report(played.entries)


def test_every_export_says_which_record_it_is(played: Session, full: Report, redacted: Report) -> None:
    assert as_json(full, played.entries, ASSESSMENT)["record"] == "assessment record (moderator)"
    assert "Record: within the attribution rule (participants)" in as_markdown(redacted, PARTICIPANTS).splitlines()
    for rows in as_csv_tables(redacted, PARTICIPANTS).values():
        assert {row["record"] for row in rows} <= {"within the attribution rule (participants)"}


def test_a_record_that_names_speakers_is_never_given_out_as_the_participants(
    played: Session, full: Report, redacted: Report
) -> None:
    for export in (as_csv_tables, as_csv_zip, as_markdown):
        with pytest.raises(ValueError, match="names speakers"):
            export(full, PARTICIPANTS)
    with pytest.raises(ValueError, match="name speakers"):
        as_json(redacted, played.entries, PARTICIPANTS)
    with pytest.raises(ValueError, match="no such record"):
        as_markdown(full, "mine")


def test_json_holds_the_report_and_entries_that_can_be_read_back(others: list[Entry], redacted: Report) -> None:
    data = json.loads(json.dumps(as_json(redacted, others, PARTICIPANTS)))

    assert set(data["report"]) == {field.name for field in fields(Report)}
    assert data["report"]["headline"] == redacted.headline
    read = [codec.from_data(one["name"], one["version"], one["data"]) for one in data["entries"]]
    assert read == [entry.event for entry in others]
    assert [(one["cursor"], one["at"]) for one in data["entries"]] == [
        (n, entry.at) for n, entry in enumerate(others, 1)
    ]


def test_others_learn_from_no_export_who_said_what(others: list[Entry], redacted: Report) -> None:
    told = [json.dumps(as_json(redacted, others, PARTICIPANTS)), as_markdown(redacted, PARTICIPANTS)]
    told.append(repr(as_csv_tables(redacted, PARTICIPANTS)))

    for text in told:
        assert "We want more." in text
        assert "Between us, no." not in text
    lines = as_csv_tables(redacted, PARTICIPANTS)["statements"]
    assert [(one["speaker"], one["delegation"], one["seat"]) for one in lines if one["text"].startswith("We want")] == [
        ("Somebody", "", ""),
        ("Somebody", "", ""),
    ]


# Before or after this session, see test_perceived; nor was there a hot wash, see test_washed.
NOT_ASKED = ("perceptions", "guesses", *wash_tables.COLUMNS)

# Nobody put brackets, met aside, sent news or promised anything; see test_tables.
NOT_HERE = (
    *(name for name in tables_of_texts.COLUMNS if name not in ("open_brackets", "wordings", "whose_words")),
    *(name for name in tables_of_meetings.COLUMNS if name not in ("who_met_whom", "taking_part", "left_out")),
    *tables_of_promises.COLUMNS,
)


def test_tables_are_tidy_and_every_column_is_explained(full: Report) -> None:
    made = as_csv_tables(full, ASSESSMENT)

    for name, rows in made.items():
        assert rows or name in (*NOT_ASKED, *NOT_HERE), name
        for row in rows:
            assert list(row) == tables.columns(name)
            assert all(isinstance(value, str | int | float) for value in row.values())
    explained = {(row["table"], row["column"]) for row in made["data_dictionary"]}
    assert explained == {(name, column) for name in made for column in tables.columns(name)}
    assert all(row["meaning"] for row in made["data_dictionary"])


def test_the_tables_hold_the_numbers_of_the_session(played: Session, full: Report) -> None:
    made = as_csv_tables(full, ASSESSMENT)

    assert {row["delegation"]: row["seconds"] for row in made["speaking_time"]} == {
        "PRC": 40,
        "JPN": 60,
        "ROK": 50,
        "RUS": 20,
        "USA": 0,
    }
    assert [(r["delegation"], r["preferred"], r["place"], r["last"]) for r in made["positions"]] == [
        ("PRC", "a", 1, "no"),
        ("PRC", "b", 2, "yes"),
        ("JPN", "d", 4, "no"),
        ("JPN", "b", 2, "no"),
        ("JPN", "c", 3, "yes"),
        ("PRC", "x", 1, "yes"),
    ]
    assert made["positions"][0]["acceptable"] == "a b"
    assert [row["actual_minutes"] for row in made["agenda"]] == [2, 7, 3, 1.95, 1]
    assert len(made["statements"]) == sum(isinstance(one.event, statements.StatementMade) for one in played.entries)
    assert len(made["answers"]) == 8
    assert len(made["paragraphs"]) == 2
    assert len(made["timeline"]) == len(full.timeline)
    assert ("outcome", full.headline) in [(row["what"], row["value"]) for row in made["about"]]


def test_the_archive_reads_back_as_the_tables_and_is_the_same_every_time(full: Report, hostile: Report) -> None:
    for one in (full, hostile):
        made = as_csv_zip(one, ASSESSMENT)
        assert made == as_csv_zip(one, ASSESSMENT)
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            read = {
                name.removesuffix(".csv"): list(
                    csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline=""))
                )
                for name in archive.namelist()
            }
        expected = {
            name: [{column: str(value) for column, value in row.items()} for row in rows]
            for name, rows in as_csv_tables(one, ASSESSMENT).items()
        }
        assert read == expected


def test_a_session_in_which_nothing_happened_can_be_exported() -> None:
    told = report(Session().entries)

    assert as_csv_tables(told, PARTICIPANTS)["answers"] == []
    with zipfile.ZipFile(io.BytesIO(as_csv_zip(told, PARTICIPANTS))) as archive:
        assert archive.read("answers.csv").decode("utf-8-sig").startswith("call,title,kind,amendment,rule,")
    assert as_markdown(told, PARTICIPANTS).startswith("# Class of 1997\n")


@given(st.text())
def test_no_cell_begins_like_a_formula_and_no_word_is_lost(text: str) -> None:
    cell = tables.safe(text)

    assert not cell.lstrip().startswith(tables.FORMULA)
    assert as_written(cell) == text


@pytest.mark.parametrize("text", ["'=1", "'", "\u200b=1+1", "\ufeff\u00a0@SUM(A1)", "\x00-1", " 'a"])
def test_what_hides_a_formula_is_marked_too_and_read_back_as_it_was(text: str) -> None:
    assert tables.safe(text) == f"'{text}"
    assert as_written(tables.safe(text)) == text


@pytest.mark.parametrize("sign", tables.FORMULA)
def test_a_formula_is_shown_not_computed(sign: str) -> None:
    assert tables.safe(f"{sign}1+1") == f"'{sign}1+1"
    assert tables.safe(f"  {sign}1+1").startswith("'")


def test_numbers_stay_numbers_in_tables() -> None:
    assert [tables.safe(value) for value in (-1, 0.5, True, False, None)] == [-1, 0.5, "yes", "no", ""]


def test_what_people_wrote_is_safe_in_every_table(hostile: Report) -> None:
    cells = [cell for rows in as_csv_tables(hostile, ASSESSMENT).values() for row in rows for cell in row.values()]

    assert f"'{HOSTILE}" in cells
    assert not [cell for cell in cells if isinstance(cell, str) and cell.startswith(tables.FORMULA)]


@given(st.text())
def test_markdown_keeps_the_words_and_takes_away_their_force(text: str) -> None:
    made = page.plain(text)

    assert html.unescape(re.sub(r"\\(.)", r"\1", made)) == " ".join(text.split())
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]|~#$^]", made)
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", made)
    assert not re.match(r"[-+=]|\d+[.)]", made)
    assert "\n" not in made


def test_the_page_of_a_hostile_session_holds_no_html_and_no_foreign_structure(hostile: Report) -> None:
    made = as_markdown(hostile, ASSESSMENT)

    assert "<" not in made
    assert "한국 中国 Россия" in made
    headings = [line for line in made.splitlines() if line.startswith("#")]
    assert headings == [
        "# Class of 1997",
        "## Rules in force",
        "## In short",
        "## Texts",
        "### Joint text",
        "## How “Joint text” came about",
        "## Decisions",
        "### Call 1: “Joint text”",
        "## Decision points",
        "### 1997-12-03 00:00:31 “Joint text”",
        "## Positions",
        "### Scope",
        "### Pace",
        "## Speaking time",
        "## Who met whom",
        "## Agenda",
        "## Quotes",
        "## Statements",
        "## Timeline",
        "## Limits",
    ]
    unescaped = re.compile(r"(?<!\\)\|")
    widths = {len(unescaped.findall(line)) for line in made.splitlines() if line.startswith("| ")}
    assert widths == {4, 6, 7, 8}  # answers; speaking time and agenda; positions; wordings and taking part


def test_the_page_reads_well(full: Report) -> None:
    made = as_markdown(full, ASSESSMENT)

    for line in (
        "**Three delegations adopted a text of two paragraphs; Japan stood aside.**",
        "Joint text. Adopted by consensus on 3 December 1997. It binds nobody.",
        "2. We may meet. (Japan)",
        "- Japan stood aside: Too weak.",
        "| Russia | objected | The second goes too far. |",
        "| Japan | All policy | All forces | 2 | -1 |  |",
        "| Japan | 1 min | 35% | 1 | 1 |",
        "| Discussion | Chatham House | 10 min | 7 min | done |",
        "> We want more.",
        "- 1997-12-03 00:07:00 The session went on after 3 min.",
        "- In session for 14 min 57 s, pauses left out",
    ):
        assert line in made.splitlines()
