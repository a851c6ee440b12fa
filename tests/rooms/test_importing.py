"""A record brought in: it holds, it can be looked at and exported again as it came, and nothing can be done with it.
Whatever is wrong with an archive is said in a sentence, and nothing is left behind."""

import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rooms import access, archive, importing, log, unpacking
from rooms.actions import act
from rooms.domain.decisions import CallConsensus
from rooms.domain.refused import Refused
from rooms.domain.room import CloseSession
from rooms.domain.statements import ChairStatement
from rooms.domain.texts import OpenDocument, ProposeParagraph
from rooms.models import FORGOTTEN, DeclaredPosition, Event, Participant, Room
from rooms.process import folds
from tests.domain.play import CHINA, JAPAN, M1
from tests.rooms.archives import (
    CODE,
    Line,
    files_in,
    fitting,
    lines_of,
    packed,
    small,
    with_event,
    with_lines,
    zipped,
)

pytestmark = pytest.mark.django_db

GOLDEN = Path(__file__).parent.parent / "golden" / "archive_v1.zip"
OLDER = Path(__file__).parent.parent / "golden" / "archive_older_events.zip"
SCOPES = (archive.PARTICIPANTS, archive.ASSESSMENT, archive.EVERYTHING)
PAGES = ("", "debrief/", "at/1/", "earlier/", "debrief.json", "debrief.md", "debrief.csv", "debrief.archive")


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("castellane")


@pytest.fixture
def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def in_chair(browser: Client, room: Room) -> str:
    """The address of the room as who brought it in sees it."""
    response = browser.get(f"/rooms/{room.code}/chair/")
    assert response.status_code == 302
    return str(response["Location"])


# What comes of it


@pytest.mark.parametrize("scope", SCOPES)
def test_a_record_holds_where_it_was_brought_in(scope: str, user: User) -> None:
    data = packed(small().entries, scope)
    room = importing.bring_in(data, user)
    assert (room.status, room.scope, room.chained_as, room.next_deadline) == ("closed", scope, CODE, None)
    assert log.verify(room) is None
    assert [archive.line(row) for row in log.written(room.pk)] == [
        archive.line(row) for row in unpacking.unpacked(data).chain.rows
    ]
    assert room.head_hash == json.loads(files_in(data)[archive.MANIFEST])["head"]


@pytest.mark.parametrize("scope", SCOPES)
def test_every_page_of_it_opens_for_who_brought_it_in_and_for_nobody_else(
    scope: str, user: User, browser: Client
) -> None:
    room = importing.bring_in(packed(small().entries, scope), user)
    assert room.scenario is None
    assert room.title in browser.get("/rooms/").content.decode()
    assert browser.get("/rooms/").status_code == 200
    address = in_chair(browser, room)
    for page in PAGES:
        assert browser.get(f"{address}{page}").status_code == 200, page
        assert Client().get(f"{address}{page}").status_code == 403, page
    assert Client().get(f"/join/{room.code}/").status_code == 200


def test_a_link_opens_the_chair_alone(user: User) -> None:
    room = importing.bring_in(packed(small().entries, archive.EVERYTHING), user)
    for participant in Participant.objects.filter(room=room):
        cookie = {access.cookie_name(room.code, participant.pid): access.ticket_of(participant)}
        opened = access.participant_from(cookie, room.code, participant.pid)
        assert (opened is not None) == (participant.user == user) == (participant.pid == M1)


def test_another_moderator_does_not_find_it(user: User) -> None:
    room = importing.bring_in(packed(small().entries), user)
    other = Client()
    other.force_login(User.objects.create_user("somebody"))
    assert other.get(f"/rooms/{room.code}/chair/").status_code == 404
    assert room.code not in other.get("/rooms/").content.decode()


def test_nothing_can_be_done_with_it(user: User) -> None:
    room = importing.bring_in(packed(small().entries, archive.EVERYTHING), user)
    for person, command in ((M1, ChairStatement("More.")), (JAPAN, ProposeParagraph("More.")), (M1, CloseSession())):
        with pytest.raises(Refused) as refused:
            act(room.pk, person, command)
        assert refused.value.code == "closed"
    assert log.verify(room) is None


def test_the_same_archive_twice_makes_two_rooms(user: User) -> None:
    data = packed(small().entries)
    one, two = importing.bring_in(data, user), importing.bring_in(data, user)
    assert one.pk != two.pk
    assert (one.code, one.chained_as, two.chained_as) == (CODE, CODE, CODE)
    assert two.code != CODE
    assert log.verify(one) is None
    assert log.verify(two) is None


def test_a_code_that_nobody_could_type_is_not_taken_over(user: User) -> None:
    room = importing.bring_in(packed(small().entries, code="AEIOU1"), user)
    assert set(room.code) <= set(access.CODE_LETTERS)
    assert room.chained_as == "AEIOU1"
    assert log.verify(room) is None


@pytest.mark.parametrize("scope", SCOPES)
def test_exported_again_it_is_the_same_archive(scope: str, user: User, browser: Client) -> None:
    data = packed(small().entries, scope)
    room = importing.bring_in(data, user)
    if scope == archive.EVERYTHING:
        again = archive.pack(archive.whole(room), archive.people_in(room, folds.at_head(room.pk).state))
    else:
        again = browser.get(f"{in_chair(browser, room)}debrief.archive?record={scope}").content
    assert again == data
    shared = browser.get(f"{in_chair(browser, room)}debrief.archive").content
    assert shared == packed(small().entries, archive.PARTICIPANTS)


def test_of_a_participants_record_there_is_no_assessment_record(user: User, browser: Client) -> None:
    room = importing.bring_in(packed(small().entries), user)
    address = in_chair(browser, room)
    assert browser.get(f"{address}debrief.json?record=assessment").status_code == 409
    assert json.loads(browser.get(f"{address}debrief.json").content)["record"].startswith("within")
    assert "Assessment record." not in browser.get(f"{address}debrief/").content.decode()


def test_an_assessment_record_says_the_names_that_came_with_it(user: User, browser: Client) -> None:
    room = importing.bring_in(packed(small().entries, archive.ASSESSMENT), user)
    told = json.loads(browser.get(f"{in_chair(browser, room)}debrief.json?record=assessment").content)
    assert told["people"][JAPAN] == "Name of japan"
    shared = importing.bring_in(packed(small().entries), user)
    assert Participant.objects.get(room=shared, pid=JAPAN).name == "Delegate"


def test_an_unfinished_session_is_closed_by_the_clock_under_its_own_chain(user: User) -> None:
    session = small(closed=False).done((M1, OpenDocument("Joint text")), (CHINA, ProposeParagraph("We met.")))
    session.done((M1, CallConsensus(2)))
    for scope in SCOPES:
        data = packed(session.entries, scope)
        room = importing.bring_in(data, user)
        rows, came = log.written(room.pk), unpacking.unpacked(data)
        assert log.verify(room) is None
        assert [archive.line(row) for row in rows[: len(came.chain.rows)]] == [
            archive.line(row) for row in came.chain.rows
        ]
        added = rows[len(came.chain.rows) :]
        assert added[-1].name == "room.session_closed"
        assert {(row.actor, row.at) for row in added} == {("clock", rows[-1].at)}
        assert (room.status, room.next_deadline, room.head) == ("closed", None, len(rows))


def test_public_positions_are_found_across_rooms(user: User) -> None:
    room = importing.bring_in(packed(small().entries), user)
    assert DeclaredPosition.objects.get(room=room).delegation == "PRC"


def test_a_forgotten_name_is_nobodys_here_either(user: User) -> None:
    data = packed(small().entries, archive.ASSESSMENT)
    lines = lines_of(data)
    forgotten = {**lines[-1], "seq": len(lines) + 1, "name": "seats.person_forgotten", "data": {"person": JAPAN}}
    room = importing.bring_in(with_lines(data, [*lines, forgotten]), user)
    japan = Participant.objects.get(room=room, pid=JAPAN)
    assert (japan.name, japan.forgotten_at is None) == (FORGOTTEN, False)
    again = archive.people_in(room, folds.at_head(room.pk).state)
    assert again[JAPAN]["name"] == ""


def test_who_came_without_a_name_has_none_to_be_kept_or_handed_on(user: User, browser: Client) -> None:
    files = files_in(packed(small().entries, archive.ASSESSMENT))
    told = json.loads(files[archive.PEOPLE])
    told["people"][JAPAN]["name"] = ""
    data = fitting({**files, archive.PEOPLE: json.dumps(told).encode()})
    room = importing.bring_in(data, user)
    assert archive.people_in(room, folds.at_head(room.pk).state) == told["people"]
    shared = importing.bring_in(packed(small().entries), user)
    assert not Participant.objects.filter(room=shared, forgotten_at=None).exists()
    assert "No name is kept here" in browser.get(f"{in_chair(browser, shared)}names/").content.decode()


# The page and the commands


def upload(browser: Client, data: bytes) -> Any:
    return browser.post("/rooms/bring-in/", {"file": SimpleUploadedFile("a.zip", data)})


def test_a_moderator_brings_a_record_in_by_its_page(browser: Client) -> None:
    assert "/rooms/bring-in/" in browser.get("/rooms/").content.decode()
    assert browser.get("/rooms/bring-in/").status_code == 200
    response = upload(browser, packed(small().entries))
    assert response.status_code == 302
    html = browser.get(response["Location"]).content.decode()
    assert "its chain holds" in html
    assert "A record brought in, within the attribution rule" in html


def test_what_is_wrong_stands_on_the_page(browser: Client) -> None:
    response = upload(browser, b"no zip")
    assert response.status_code == 409
    assert "This is no archive that can be read." in response.content.decode()
    response = browser.post("/rooms/bring-in/", {})
    assert "Choose the archive" in response.content.decode()
    assert not Room.objects.exists()


def test_only_who_is_signed_in_brings_records_in() -> None:
    for response in (Client().get("/rooms/bring-in/"), upload(Client(), packed(small().entries))):
        assert response.status_code == 302
        assert response["Location"].startswith("/sign-in/")
    assert not Room.objects.exists()


def test_a_form_of_another_site_brings_nothing_in(user: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert upload(client, packed(small().entries)).status_code == 403
    assert not Room.objects.exists()


def test_by_command_a_record_goes_out_and_comes_in(
    user: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    room = importing.bring_in(packed(small().entries, archive.EVERYTHING), user)
    for option in ("", "--assessment", "--everything"):
        path = tmp_path / f"a{option}.zip"
        call_command("export_record", room.code, str(path), *filter(None, [option]))
        assert ("do not hand it on" in (said := capsys.readouterr().out)) == (option == "--assessment")
        assert ("private word" in said) == (option == "--everything")
        call_command("verify_record", str(path))
        assert "the chain holds, head" in capsys.readouterr().out
        call_command("import_record", str(path), "--for", "castellane")
        with pytest.raises(CommandError, match="cannot be written"):
            call_command("export_record", room.code, str(path))
    assert Room.objects.count() == 4
    assert [one.form for one in room.exports.order_by("pk")] == ["archive"] * 3
    call_command("verify_record", room.code, "--against", str(tmp_path / "a--everything.zip"))
    with pytest.raises(CommandError, match="has a chain of its own"):
        call_command("verify_record", room.code, "--against", str(tmp_path / "a.zip"))


def test_a_chain_that_was_computed_anew_is_found_by_an_archive_of_before(user: User, tmp_path: Path) -> None:
    kept = packed(small().entries, archive.EVERYTHING)
    (tmp_path / "kept.zip").write_bytes(kept)
    other = with_event(kept, "floor.statement_made", lambda line: {**line, "data": {**line["data"], "text": "No."}})
    room = importing.bring_in(other, user)
    assert log.verify(room) is None
    with pytest.raises(CommandError, match="does not hold in 1 of 1"):
        call_command("verify_record", room.code, "--against", str(tmp_path / "kept.zip"))
    (tmp_path / "other.zip").write_bytes(other)
    with pytest.raises(CommandError, match="does not go on from the other archive"):
        call_command("verify_record", str(tmp_path / "other.zip"), "--against", str(tmp_path / "kept.zip"))
    call_command("verify_record", str(tmp_path / "kept.zip"), "--against", str(tmp_path / "kept.zip"))


def test_a_longer_archive_goes_on_from_a_shorter_one_and_not_the_other_way(tmp_path: Path) -> None:
    entries = small().entries
    (tmp_path / "longer.zip").write_bytes(packed(entries, archive.EVERYTHING))
    (tmp_path / "shorter.zip").write_bytes(packed(entries[:-2], archive.EVERYTHING))
    longer, shorter = str(tmp_path / "longer.zip"), str(tmp_path / "shorter.zip")
    call_command("verify_record", longer, "--against", shorter)
    with pytest.raises(CommandError, match="does not go on"):
        call_command("verify_record", shorter, "--against", longer)


# Golden


@pytest.mark.parametrize("path", [GOLDEN, OLDER])
def test_archives_of_before_are_brought_in_looked_at_and_taken_again(path: Path, user: User, browser: Client) -> None:
    data = path.read_bytes()
    room = importing.bring_in(data, user)
    assert log.verify(room) is None
    address = in_chair(browser, room)
    for page in PAGES:
        assert browser.get(f"{address}{page}").status_code == 200, page
    assert browser.get(f"{address}at/40/").status_code == 200
    again = archive.pack(archive.whole(room), archive.people_in(room, folds.at_head(room.pk).state))
    assert files_in(again)[archive.EVENTS_FILE] == files_in(data)[archive.EVENTS_FILE]


def test_the_older_archive_has_events_that_had_another_shape_then(user: User) -> None:
    lines = lines_of(OLDER.read_bytes())
    old = {line["name"] for line in lines if line["version"] == 1} & {"positions.declared", "texts.paragraph_proposed"}
    assert len(old) == 2
    state = folds.at_head(importing.bring_in(OLDER.read_bytes(), user).pk).state
    assert state.positions.declared["PRC", "scope"].links == ()


# What is refused


def as_is(line: Line) -> Line:
    return line


def changed(**columns: Any) -> Callable[[Line], Line]:
    return lambda line: {**line, **columns}


def data_changed(**fields: Any) -> Callable[[Line], Line]:
    return lambda line: {**line, "data": {**line["data"], **fields}}


def deep(levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = [value]
    return value


SPOILED: Mapping[str, tuple[str, Callable[[Line], Line], str]] = {
    "an unknown event": ("floor.statement_made", changed(name="floor.statement_sung"), "archive_newer"),
    "a newer version": ("floor.statement_made", changed(version=9), "archive_newer"),
    "no such version": ("floor.statement_made", changed(version=0), "archive_shape"),
    "true for a number": ("floor.statement_made", changed(version=True), "archive_shape"),
    "a field too many": ("floor.statement_made", data_changed(more="x"), "archive_shape"),
    "a field of the wrong kind": ("floor.statement_made", data_changed(text=["x"]), "archive_shape"),
    "a number for a text": ("floor.statement_made", data_changed(text=7), "archive_shape"),
    "a yes for a number": ("agenda.item_started", data_changed(ends_at=True), "archive_shape"),
    "a huge number": ("agenda.item_started", data_changed(ends_at=10**14), "archive_shape"),
    "nested too deeply": ("room.opened", data_changed(scenario={"brief": deep(30)}), "archive_shape"),
    "a scenario without anything": ("room.opened", data_changed(scenario={}), "archive_shape"),
    "a rule that there is not": ("room.opened", data_changed(attribution="on_stage"), "archive_shape"),
    "another title": ("room.opened", data_changed(title="Another"), "archive_mismatch"),
    "an audience of nobody": ("floor.statement_made", changed(audience=[]), "archive_shape"),
    "an audience of anybody": ("floor.statement_made", changed(audience=["all", "everybody"]), "archive_shape"),
    "an audience that is a text": ("floor.statement_made", changed(audience="all"), "archive_shape"),
    "a private word among all": ("floor.statement_made", changed(audience=["moderators"]), "archive_mismatch"),
    "an actor with a path": ("floor.statement_made", changed(actor="../x"), "archive_shape"),
    "an attribution of none": ("floor.statement_made", changed(attribution=""), "archive_shape"),
    "a request id": ("floor.statement_made", changed(request_id="abc"), "archive_shape"),
    "an instant before time": ("room.opened", changed(at=-1), "archive_shape"),
    "an instant beyond time": ("room.session_closed", changed(at=10**14 * 9), "archive_shape"),
    "an instant that goes back": ("room.session_closed", changed(at=5), "archive_broken"),
    "a character that no screen shows": ("floor.statement_made", data_changed(text="a\x00b"), "archive_shape"),
    "somebody who never came": ("seats.person_admitted", data_changed(person="p-nobody"), "archive_shape"),
    "a second opening": ("room.session_started", changed(name="room.opened"), "archive_shape"),
}


@pytest.mark.parametrize("why", SPOILED)
def test_an_event_that_nobody_could_have_written_is_refused_whatever_its_hash(why: str, user: User) -> None:
    name, change, code = SPOILED[why]
    data = with_event(packed(small().entries), name, change)
    with pytest.raises(Refused) as refused:
        importing.bring_in(data, user)
    assert refused.value.code == code
    assert refused.value.message.rstrip().endswith(".")
    assert nothing_was_made()


def nothing_was_made() -> bool:
    return not (Room.objects.exists() or Event.objects.exists() or Participant.objects.exists())


def test_made_to_fit_and_unchanged_it_would_have_come_in(user: User) -> None:
    importing.bring_in(with_event(packed(small().entries), "floor.statement_made", as_is), user)


ZIPS: Mapping[str, tuple[Callable[[dict[str, bytes]], bytes], str]] = {
    "a file too many": (lambda files: fitting({**files, "more.txt": b"x"}), "archive_files"),
    "a path": (lambda files: fitting({**files, "../events.jsonl": b"x"}), "archive_files"),
    "an absolute path": (lambda files: fitting({**files, "/etc/passwd": b"x"}), "archive_files"),
    "a folder": (lambda files: fitting({**files, "more/": b""}), "archive_files"),
    "a file too few": (lambda files: zipped({k: v for k, v in files.items() if k != "README.txt"}), "archive_files"),
    "names that are not told": (lambda files: fitting({**files, "people.json": b"{}"}), "archive_mismatch"),
    "a file that is another": (lambda files: zipped({**files, "README.txt": b"Trust me."}), "archive_mismatch"),
    "no manifest": (lambda files: zipped({**files, "manifest.json": b"[]"}), "archive_unreadable"),
    "not a number": (lambda files: zipped({**files, "manifest.json": b'{"version": NaN}'}), "archive_unreadable"),
    "half a number": (lambda files: zipped({**files, "manifest.json": b'{"version": 1.5}'}), "archive_unreadable"),
    "a long number": (
        lambda files: zipped({**files, "manifest.json": b'{"a": ' + b"9" * 5000 + b"}"}),
        "archive_unreadable",
    ),
    "a key twice": (lambda files: zipped({**files, "manifest.json": b'{"a": 1, "a": 1}'}), "archive_unreadable"),
    "a well without a bottom": (lambda files: zipped({**files, "manifest.json": b"[" * 100_000}), "archive_unreadable"),
    "another form": (lambda files: fitting(files, format="scenario"), "archive_unreadable"),
    "a newer form": (lambda files: fitting(files, version=2), "archive_newer"),
    "no form": (lambda files: fitting(files, version=True), "archive_mismatch"),
    "another scope": (lambda files: fitting(files, scope="assessment"), "archive_mismatch"),
    "no scope": (lambda files: fitting(files, scope=["participants"]), "archive_mismatch"),
    "another code": (
        lambda files: fitting(files, room={"code": "ZZZZZZ", "title": "Thursday group"}),
        "archive_broken",
    ),
    "a code with a path": (lambda files: fitting(files, room={"code": "../..", "title": "x"}), "archive_mismatch"),
    "another title": (lambda files: fitting(files, room={"code": CODE, "title": "Another"}), "archive_mismatch"),
    "another head": (lambda files: fitting(files, head="0" * 64), "archive_mismatch"),
    "another count": (lambda files: fitting(files, events=3), "archive_mismatch"),
    "true for false": (lambda files: fitting(files, assessment_record=1), "archive_mismatch"),
    "no events": (lambda files: fitting({**files, "events.jsonl": b""}), "archive_broken"),
    "cut off": (lambda files: fitting({**files, "events.jsonl": files["events.jsonl"][:-1]}), "archive_broken"),
    "the last event gone": (lambda files: fitting({**files, "events.jsonl": _without_last(files)}), "archive_mismatch"),
    "spelled otherwise": (
        lambda files: fitting({**files, "events.jsonl": files["events.jsonl"].replace(b'","', b'", "', 1)}),
        "archive_shape",
    ),
    "a bomb": (lambda files: fitting({**files, "README.txt": b"a" * 30_000_000}), "archive_too_large"),
}


def _without_last(files: Mapping[str, bytes]) -> bytes:
    return b"".join(files["events.jsonl"].splitlines(keepends=True)[:-1])


@pytest.mark.parametrize("why", ZIPS)
def test_an_archive_that_is_not_what_it_says_is_refused(why: str, user: User) -> None:
    spoil, code = ZIPS[why]
    with pytest.raises(Refused) as refused:
        importing.bring_in(spoil(files_in(packed(small().entries))), user)
    assert refused.value.code == code
    assert nothing_was_made()


def test_a_room_has_a_title(user: User) -> None:
    lines = lines_of(packed(small().entries))
    lines[0]["data"]["title"] = ""
    with pytest.raises(Refused, match="1 to 200 characters"):
        importing.bring_in(with_lines(packed(small().entries), lines, room={"code": CODE, "title": ""}), user)


def test_the_same_file_twice_in_a_zip_is_refused(user: User) -> None:
    files = files_in(packed(small().entries))
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped([*files.items(), ("events.jsonl", b"x")])
    with pytest.raises(Refused, match="more than once"):
        importing.bring_in(data, user)


@pytest.mark.parametrize("how", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_zip_that_is_packed_otherwise_is_refused_whole_or_spoiled(how: int, user: User) -> None:
    data = zipped(files_in(packed(small().entries)), how)
    for spoiled in (data, *(data[:at] + bytes([data[at] ^ 64]) + data[at + 1 :] for at in range(45, 500, 7))):
        with pytest.raises(Refused) as refused:
            importing.bring_in(spoiled, user)
        assert refused.value.code == "archive_unreadable"


def test_the_event_that_was_changed_is_named(user: User) -> None:
    data = packed(small().entries)
    files, lines = files_in(data), lines_of(data)
    at = next(line["seq"] for line in lines if line["name"] == "floor.statement_made")
    spoiled = files["events.jsonl"].replace("透明".encode(), "透視".encode())
    with pytest.raises(Refused, match=f"Event {at} is not what was written"):
        importing.bring_in(fitting({**files, "events.jsonl": spoiled}), user)


@pytest.mark.parametrize(
    ("people", "code"),
    [
        ({}, "archive_mismatch"),
        ({"nobody": {"name": "x", "role": "delegate"}}, "archive_mismatch"),
        (None, "archive_mismatch"),
    ],
)
def test_people_are_those_of_the_events(people: Any, code: str, user: User) -> None:
    files = files_in(packed(small().entries, archive.ASSESSMENT))
    with pytest.raises(Refused) as refused:
        importing.bring_in(fitting({**files, "people.json": json.dumps({"people": people}).encode()}), user)
    assert refused.value.code == code


@pytest.mark.parametrize("name", ["x" * 61, 7, " x", "a\u202eb\x07", None])
def test_a_name_is_one_that_can_be_shown(name: Any, user: User) -> None:
    files = files_in(packed(small().entries, archive.ASSESSMENT))
    told = json.loads(files["people.json"])
    told["people"][JAPAN]["name"] = name
    with pytest.raises(Refused) as refused:
        importing.bring_in(fitting({**files, "people.json": json.dumps(told).encode()}), user)
    assert refused.value.code in ("archive_shape", "archive_unreadable")
    assert nothing_was_made()


# Whatever else somebody tries

at_random = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**16), 10**16) | st.text(max_size=5) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


def brought_in_or_refused(data: bytes, user: User) -> None:
    before = Room.objects.count(), Event.objects.count(), Participant.objects.count()
    try:
        room = importing.bring_in(data, user)
    except Refused:
        assert (Room.objects.count(), Event.objects.count(), Participant.objects.count()) == before
    else:
        assert log.verify(room) is None


@at_random
@given(data=st.data())
def test_a_zip_with_other_bytes_in_it_is_refused_or_read(data: st.DataObject, user: User) -> None:
    whole = packed(small().entries)
    at = data.draw(st.integers(0, len(whole) - 1))
    some = data.draw(st.binary(min_size=1, max_size=4))
    brought_in_or_refused(whole[:at] + some + whole[at + data.draw(st.integers(0, 8)) :], user)


@at_random
@given(data=st.data())
def test_an_event_with_anything_in_it_is_refused_or_read(data: st.DataObject, user: User) -> None:
    whole = packed(small().entries, data.draw(st.sampled_from(SCOPES[1:])))
    lines = lines_of(whole)
    line = lines[data.draw(st.integers(0, len(lines) - 1))]
    if data.draw(st.booleans()) and line["data"]:
        line["data"][data.draw(st.sampled_from(sorted(line["data"])))] = data.draw(anything)
    else:
        line[data.draw(st.sampled_from(sorted(line)))] = data.draw(anything)
    brought_in_or_refused(with_lines(whole, lines), user)


@at_random
@given(data=st.data())
def test_a_scenario_with_anything_in_it_is_refused_or_read(data: st.DataObject, user: User) -> None:
    lines = lines_of(packed(small().entries))
    place = lines[0]["data"]["scenario"]
    while isinstance(place, dict | list) and place:
        keys = sorted(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if data.draw(st.booleans()):
            place[key] = data.draw(anything)
            break
        place = place[key]
    brought_in_or_refused(with_lines(packed(small().entries), lines), user)


@at_random
@given(data=st.data())
def test_events_left_out_moved_or_told_twice_are_refused_or_read(data: st.DataObject, user: User) -> None:
    lines = lines_of(packed(small().entries, archive.EVERYTHING))
    one, two = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    match data.draw(st.sampled_from(("out", "move", "twice"))):
        case "out":
            del lines[one]
        case "move":
            lines[one], lines[two] = lines[two], lines[one]
        case _:
            lines.insert(two, lines[one])
    told = [{**line, "seq": seq} for seq, line in enumerate(lines, start=1)]
    brought_in_or_refused(with_lines(packed(small().entries, archive.EVERYTHING), told), user)


def test_a_record_that_would_take_hours_to_read_is_refused(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = lines_of(packed(small().entries, archive.ASSESSMENT))
    place = next(place for place, line in enumerate(lines) if line["name"] == "seats.person_joined")
    crowd = [
        {**lines[place], "actor": f"x{n}", "data": {**lines[place]["data"], "person": f"x{n}", "role": "observer"}}
        for n in range(unpacking.MOST_PEOPLE)
    ]
    many = [
        {**line, "seq": seq} for seq, line in enumerate([*lines[: place + 1], *crowd, *lines[place + 1 :]], start=1)
    ]
    with pytest.raises(Refused, match=r"at most 500 people"):
        importing.bring_in(with_lines(packed(small().entries, archive.ASSESSMENT), many), user)
    monkeypatch.setattr(importing, "MOST_READ", 10)
    with pytest.raises(Refused, match=r"too many people"):
        importing.bring_in(packed(small().entries), user)
    assert not Room.objects.exists()
