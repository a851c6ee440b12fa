"""Small files that unfold into large work: refused in a sentence, before the work is done. What archives, zips and
papers do with any other bytes stands beside their own tests: test_tampering, test_zips, test_reading."""

import io
import json
import zipfile
import zlib

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from delegations.editing import zips
from delegations.entries import ScenarioProblems
from delegations.papers import pdf
from delegations.papers.reading import read_paper_file
from delegations.papers.refusing import PaperRefused
from rooms.domain.refused import Refused
from rooms.models import Room
from rooms.unpacking import MOST_UNPACKED, unpacked
from tests.papers.pdfs import _file
from tests.rooms.archives import files_in, packed, small
from tests.security.stage import signed_in


def zipped(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"0" * (MOST_UNPACKED + 1),
        b"[" * 900_000,
        b'{"a":' * 100_000,
        b'{"a":"' + b"\\ud800" * 100_000 + b'"}',
        json.dumps({"a": 10**400}).encode(),
        b'"' + b"a" * 900_000 + b'"',
    ],
)
@pytest.mark.parametrize("name", ["manifest.json", "events.jsonl"])
def test_no_file_of_an_archive_unfolds_into_endless_work(name: str, content: bytes) -> None:
    files = files_in(packed(small().entries))
    with pytest.raises(Refused) as refused:
        unpacked(zipped({**files, name: content + b"\n"}))
    assert refused.value.message.endswith("Nothing was brought in.") or "zip" in refused.value.message


def test_a_zip_within_a_zip_is_only_a_foreign_file() -> None:
    inner = zipped({"x": b"0" * 10_000_000})
    with pytest.raises(Refused, match="holds a file that no record has"):
        unpacked(zipped({**files_in(packed(small().entries)), "more.zip": inner}))


@pytest.mark.django_db
def test_a_bomb_that_is_uploaded_makes_no_room_and_a_page_says_why() -> None:
    client = signed_in(User.objects.create_user("mira"))
    bomb = SimpleUploadedFile("record.zip", zipped({"manifest.json": b" " * (MOST_UNPACKED + 1)}))
    answer = client.post("/rooms/bring-in/", {"file": bomb})
    assert answer.status_code in (400, 409)
    assert b"Nothing was brought in" in answer.content
    assert not Room.objects.exists()


@pytest.mark.parametrize(
    "key",
    [
        ".".join(["a"] * 100_000) + " = 1",
        "[" + ".".join(['"a"'] * 60_000) + "]",
        "a = " + "[" * 100_000,
        "a = " + "{b = " * 50_000,
    ],
)
def test_no_key_of_an_exercise_goes_on_without_end(key: str) -> None:
    with pytest.raises(ScenarioProblems, match=r"nested too deeply|larger than"):
        zips.read_zip(zipped({"scenario.toml": key.encode()}))


def test_prose_with_many_full_stops_is_no_key() -> None:
    assert not zips.ENDLESS_KEY.search(
        'text = "' + "Yes. No. " * 3 + "Well ... " * 40 + "U.S.A., e.g. here. " * 40 + '"'
    )


def a_pdf(stream: bytes, pages: int) -> bytes:
    """Pages that all draw the same packed stream."""
    kids = " ".join("4 0 R" for _ in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    return _file(objects)


def test_a_page_that_unfolds_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    packed_stream = zlib.compress(b"BT /F1 11 Tf (word) Tj ET\n" * 200_000, 9)
    assert len(packed_stream) < 100_000
    with pytest.raises(PaperRefused, match="page 1: there is far more on it"):
        read_paper_file(name="bomb.pdf", content=a_pdf(packed_stream, 3))
    monkeypatch.setattr(pdf, "MOST_LETTERS", 1_000)
    with pytest.raises(PaperRefused, match="page 2: there is far more"):
        read_paper_file(
            name="many.pdf", content=a_pdf(zlib.compress(b"BT /F1 11 Tf (" + b"word " * 150 + b") Tj ET"), 300)
        )
