"""An archive holds what its reader may read and nothing else, in the same bytes wherever it is packed; anybody can
check it with the few lines that are in it."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given

from rooms import archive
from rooms.domain.channels import SayInDelegation
from rooms.domain.fold import EVENTS
from rooms.domain.record import Entry
from rooms.domain.sight import OBSERVERS, THE_MODERATORS
from rooms.unpacking import unpacked
from tests.domain.moves import Move, at_random, moves, played
from tests.domain.play import CHINA, JAPAN
from tests.domain.test_noninterference import fates, spoiled
from tests.domain.test_unattributed import PROTECTED, begun, closed, exchange, on_paper
from tests.programs import ROOT
from tests.rooms.archives import CODE, chain_of, files_in, lines_of, packed, small
from tests.rooms.test_noninterference import renumbered

SCOPES = (archive.PARTICIPANTS, archive.ASSESSMENT, archive.EVERYTHING)


def told(data: bytes) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(files_in(data)[archive.MANIFEST])
    return manifest


@pytest.mark.parametrize("scope", SCOPES)
def test_the_same_record_gives_the_same_bytes_and_is_read_back(scope: str) -> None:
    entries = small().entries
    data = packed(entries, scope)
    assert packed(small().entries, scope) == data
    found = unpacked(data)
    assert [archive.line(row) for row in found.chain.rows] == [
        archive.line(row) for row in chain_of(entries, scope).rows
    ]
    assert found.head == told(data)["head"]
    assert found.state.room.title == told(data)["room"]["title"]


def test_the_manifest_says_which_record_it_is_and_names_every_file() -> None:
    for scope in SCOPES:
        data = packed(small().entries, scope)
        manifest, files = told(data), files_in(data)
        assert manifest["scope"] == scope
        assert manifest["room"]["code"] == CODE
        assert manifest["events"] == len(lines_of(data))
        assert manifest["left_out"]
        assert set(manifest["files"]) == set(files) - {archive.MANIFEST}
        assert (archive.PEOPLE in files) == (scope != archive.PARTICIPANTS)


def test_it_is_packed_by_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f"NEACD {version}" == archive.MADE_BY


def test_every_kind_of_event_is_explained_with_its_fields() -> None:
    data = packed(small().entries, archive.EVERYTHING)
    explained = json.loads(files_in(data)[archive.DICTIONARY])["events"]
    assert set(explained) == {line["name"] for line in lines_of(data)}
    for line in lines_of(data):
        assert set(explained[line["name"]]["fields"]) == set(line["data"])
        assert explained[line["name"]]["meaning"].endswith(".")


def test_every_kind_of_event_there_is_could_be_explained() -> None:
    for name in EVENTS:
        meaning = archive._meaning(name)
        assert meaning["meaning"]
        assert all(meaning["fields"].values())


@pytest.mark.parametrize("scope", SCOPES)
def test_the_lines_in_the_read_me_check_it_by_hand(scope: str, tmp_path: Path) -> None:
    files = files_in(packed(small().entries, scope))
    (tmp_path / archive.EVENTS_FILE).write_bytes(files[archive.EVENTS_FILE])
    found = re.search(r"In Python:\n\n((?: {4}.*\n)+)", files[archive.README].decode())
    assert found
    lines = [sys.executable, "-c", dedent(found.group(1))]
    said = subprocess.run(lines, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == told(packed(small().entries, scope))["head"]
    (tmp_path / archive.EVENTS_FILE).write_bytes(files[archive.EVENTS_FILE].replace(b"A start", b"A stunt"))
    failed = subprocess.run(lines, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "is not what was written" in failed.stderr


def test_a_record_of_one_reader_has_numbers_and_hashes_of_its_own() -> None:
    entries = small().entries
    everything = lines_of(packed(entries, archive.EVERYTHING))
    for scope in (archive.PARTICIPANTS, archive.ASSESSMENT):
        lines = lines_of(packed(entries, scope))
        assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
        assert not any(line["request_id"] for line in lines)
    assert len(lines_of(packed(entries))) < len(everything)
    kept = {line["hash"] for line in lines_of(packed(entries))[1:]}
    assert kept.isdisjoint(line["hash"] for line in everything)


def test_who_spoke_is_in_nothing_that_participants_take() -> None:
    data = packed(small().entries, archive.PARTICIPANTS)
    (said,) = [line for line in lines_of(data) if line["name"] == "floor.statement_made"]
    assert (said["actor"], said["data"]["delegation"], said["data"]["seat"]) == ("", "", "")
    assert b"Name of" not in b"".join(files_in(data).values())


def test_names_are_nowhere_but_where_readers_may_read_them() -> None:
    chain = chain_of(small().entries, archive.PARTICIPANTS)
    with pytest.raises(ValueError, match="names"):
        archive.pack(chain, {"japan": {"name": "Sato", "role": "delegate"}})
    with pytest.raises(ValueError, match="names"):
        archive.pack(chain_of(small().entries, archive.ASSESSMENT))


def test_a_delegations_own_words_are_in_everything_alone() -> None:
    session = small(closed=False).done((JAPAN, SayInDelegation("Only among us.")))
    held = [b"Only among us." in b"".join(files_in(packed(session.entries, scope)).values()) for scope in SCOPES]
    assert held == [False, False, True]


@at_random
@given(drawn=moves(), fate=fates)
def test_no_byte_of_an_archive_depends_on_what_is_hidden_from_its_readers(drawn: list[Move], fate: list[str]) -> None:
    entries = played(drawn).entries
    for scope, audience in ((archive.PARTICIPANTS, OBSERVERS), (archive.ASSESSMENT, THE_MODERATORS)):
        other = renumbered(spoiled(entries, audience, fate))
        assert same_people(entries, other)
        assert packed(entries, scope) == packed(other, scope)


def same_people(one: list[Entry], two: list[Entry]) -> bool:
    """Who is there is told to everybody, so it is the same in both."""
    return [e.event for e in one if "lobby" in e.audience] == [e.event for e in two if "lobby" in e.audience]


@pytest.mark.parametrize("rule", PROTECTED)
def test_two_delegations_that_change_places_leave_the_same_archive(rule: str) -> None:
    def played_by(first: str, second: str) -> bytes:
        session = on_paper(exchange(begun(rule, "i1"), first, second), first, second)
        closed(session)
        return packed(session.entries)

    assert played_by(JAPAN, CHINA) == played_by(CHINA, JAPAN)
