"""Markup, formulas and templates in everything that people wrote or prepared, in whatever is taken away or printed of a
session: tables, Markdown, DOCX, PDF, pictures, and the pages of a room that is over."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final

import pytest
from django.test import Client

from rooms import access, throttles
from rooms.debrief import exports, tables
from rooms.debrief.cells import as_written
from rooms.debrief.cut import cut
from rooms.debrief.measures import report
from rooms.debrief.pictures import drawn, every, standalone
from rooms.domain import caucus_sittings, room
from rooms.domain.fold import decide, fold, record
from rooms.domain.record import Entry
from rooms.domain.sharing import PARTS
from rooms.exporting import as_docx, as_markdown, as_pdf, report_as_docx, report_as_pdf
from rooms.exporting.picture import Picture, of_document, of_output
from rooms.models import Participant
from tests.debrief.session import plenary
from tests.domain import aside_play
from tests.domain.play import M1, MINUTE, NOON, Session, cast_live
from tests.exporting.reports import pages_of, printed_of, told
from tests.exporting.stages import agreed, bracketed
from tests.security import addresses, elsewhere
from tests.security.spoiling import COMPUTED, HOSTILE, MARK, UNSAFE, owned, spoiled_record


def apart() -> Session:
    """Japan and Korea have met, for all to see, and come back."""
    session = aside_play.met(aside_play.in_period(cast_live(caucus_existence="announced")))
    return session.done((M1, caucus_sittings.CallBack()), at=NOON + 9 * MINUTE)


# Sessions with something to tell in every part of a debrief.
SESSIONS: Final[Mapping[str, Callable[[], Any]]] = {
    **{"plenary": plenary, "told": told, "agreed": agreed, "bracketed": bracketed, "apart": apart},
}
PICTURES: Final = {"strip", "positions", "burn", "brackets", "floor", "meetings", "balance", "roadmap"}
# A link, an emphasis or a heading of Markdown that was not taken the force of.
FORCE: Final = re.compile(r"(?<!\\)\]\(javascript|(?<!\\)`x|^\s*=cmd|(?<![\\*])\*x", re.M)


@cache
def record_of(name: str) -> list[Entry]:
    """Everything that was recorded, spoiled."""
    return spoiled_record(SESSIONS[name]().entries, COMPUTED)


@cache
def paper_of(name: str) -> Any:
    return printed_of(record_of(name), assesses=True)


def documents() -> Iterator[Picture]:
    """The texts and outputs of these sessions, each as it is printed."""
    for name in SESSIONS:
        state = fold(record_of(name))
        yield from (of_document(state, one) for one in state.texts.documents)
        yield from (of_output(state, one) for one in state.outputs.issued)


def parts_of(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file)) as held:
        return {name: held.read(name) for name in held.namelist()}


@pytest.mark.parametrize("name", SESSIONS)
def test_in_tables_it_is_text_in_one_cell(name: str) -> None:
    made = report(record_of(name))
    shown = 0
    for file, content in parts_of(exports.as_csv_zip(made, exports.ASSESSMENT)).items():
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert {len(row) for row in rows} == {len(tables.columns(file.removesuffix(".csv")))}, file
        cells = [cell for row in rows[1:] for cell in row]
        assert [one for one in cells if one.lstrip().startswith(tables.FORMULA) and not _is_number(one)] == [], file
        shown += len([one for one in cells if as_written(one).startswith("=cmd") and one.startswith("'")])
        assert len([one for one in cells if MARK in one]) >= len([one for one in cells if as_written(one) == COMPUTED])
    assert shown >= 20


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None


@pytest.mark.parametrize("name", SESSIONS)
def test_in_markdown_it_has_no_force(name: str) -> None:
    made = exports.as_markdown(report(record_of(name)), exports.ASSESSMENT)
    assert "<" not in made
    assert FORCE.findall(made) == []
    assert made.count(MARK) >= 10


def test_in_markdown_of_a_text_it_has_no_force() -> None:
    made = [as_markdown.as_markdown(one) for one in documents()]
    assert len(made) >= 4
    for one in made:
        assert re.findall(r"<(?!/?(?:strong|sup|br)>)", one) == [], "of ours there are these three"
        assert FORCE.findall(one) == []
        assert one.count(MARK) >= 4


def checked_docx(file: bytes) -> int:
    """How often it is shown; it is text, whatever it looks like."""
    shown = 0
    for name, content in parts_of(file).items():
        if name.endswith((".xml", ".rels")):
            assert owned(content) == [], name
            assert b"javascript:" not in content or not name.endswith(".rels"), name
            shown += content.count(MARK.encode())
    return shown


@pytest.mark.parametrize("name", ["plenary", "agreed"])
def test_in_docx_it_is_text(name: str) -> None:
    assert checked_docx(report_as_docx.as_docx(paper_of(name))) >= 20


def test_in_docx_of_a_text_it_is_text() -> None:
    assert min(checked_docx(as_docx.as_docx(one)) for one in documents()) >= 4


def test_in_pdf_it_is_text() -> None:
    """The typesetter is handed words as data; what it makes of them shows every sign of theirs."""
    for file in (report_as_pdf.as_pdf(paper_of("told")), as_pdf.as_pdf(next(documents()))):
        said = "".join(pages_of(file))
        assert said.count("".join(HOSTILE.replace("-", "").split())) >= 3
        # None of its objects is packed, or a name could not be looked for in the bytes.
        for name in (b"/ObjStm", b"/JavaScript", b"/Launch", b"/OpenAction"):
            assert name not in file


def test_in_every_picture_it_is_text() -> None:
    found: dict[str, int] = {}
    for name in SESSIONS:
        entries = record_of(name)
        pictures = every.of_report(cut(report(entries), PARTS), fold(entries), PARTS)
        for kind, one in pictures.items():
            for picture in one.values() if isinstance(one, dict) else [one]:
                if picture is None:
                    continue
                alone, linked = standalone(kind, picture), drawn(kind, picture, linked=True)
                assert owned(alone) == owned(linked.strip()) == [], kind
                assert not UNSAFE.search(alone), kind
                assert not UNSAFE.search(linked), kind
                found[kind] = found.get(kind, 0) + alone.count(MARK)
    # A road map draws numbers and signs; the words stand beside it.
    assert found.pop("roadmap") == 0
    assert found.keys() == PICTURES - {"roadmap"}
    assert min(found.values()) >= 1


# The pages


NAME: Final = f"""'"><{MARK} a=1><script>x()</script>"""  # as long as a name may be
ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    f"{addresses.ROOM}find/": (f"?q={MARK}", "?q=cmd"),
    f"{addresses.ROOM}debrief/": ("", "?record=assessment"),
    addresses.AT: ("", "?from=observers"),
}


def over(name: str) -> tuple[list[Entry], str]:
    """The record of a spoiled session that has been closed, and who was in the chair."""
    entries = list(record_of(name))
    state = fold(entries)
    chair = state.room.chair
    if state.room.status != "closed":
        _state, new = record(state, chair, decide(state, chair, room.CloseSession(COMPUTED), state.at), state.at)
        entries += new
    return entries, chair


def pages(code: str, one: Participant, moment: int) -> Iterator[tuple[str, str]]:
    """Every page of a room that somebody opens, in HTML: (where, what)."""
    client = Client()
    client.cookies[access.cookie_name(code, one.pid)] = access.ticket_of(one)
    for address in addresses.every():
        if "<str:pid>" in address.route and address.route in addresses.READS:
            for paper in ("d1", "paper1") if "<str:paper>" in address.route else ("d1",):
                path = address.path(code=code, pid=one.pid, paper=paper, cursor=moment)
                for query in ASKED.get(address.route, ("",)):
                    answer = client.get(path + query)
                    assert answer.status_code < 500, path
                    if answer["Content-Type"].startswith("text/html"):
                        yield address.route, answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", SESSIONS)
def test_on_every_page_of_a_room_that_is_over_it_is_text(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttles, "REPORTS", 10**6)
    entries, chair = over(name)
    state = fold(entries)
    housed = elsewhere.housed(entries, state)
    housed.participants.update(name=NAME)
    delegate = next(one.id for one in state.seats.people.values() if one.delegation and one.admitted)
    shown, found = dict[str, int](), []
    for pid in (chair, delegate):
        one = housed.participants.select_related("room").get(pid=pid)
        for route, page in pages(housed.code, one, state.count // 2):
            shown[route] = shown.get(route, 0) + page.count(MARK)
            found += [f"{pid} {route}: {bad.group()}" for bad in [UNSAFE.search(page)] if bad]
    assert found == []
    rest = {
        addresses.ROOM,
        f"{addresses.ROOM}debrief/",
        addresses.AT,
        f"{addresses.ROOM}find/",
        f"{addresses.ROOM}names/",
    }
    assert {route for route in rest if not shown[route]} == set()
    assert sum(shown.values()) >= 100
