"""An exercise goes out and comes in as one zip; a hostile or broken one leaves no trace."""

import io
import stat
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import tomli_w
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from delegations.editing.zips import MOST_IN_A_FILE, MOST_PACKED, read_zip, write_zip
from delegations.entries import ScenarioProblems
from delegations.loading import store
from delegations.models import Draft, Paper
from delegations.scenario_files import parse_scenario
from tests.delegations.conftest import BRIEF, COVER, FILES
from tests.editing.conftest import FIXTURES, SHIPPED, Desk, harbour, packed, shipped


def refused(data: bytes) -> str:
    with pytest.raises(ScenarioProblems) as found:
        read_zip(data)
    return "\n".join(found.value.problems)


@pytest.mark.parametrize("slug", SHIPPED)
def test_what_is_exported_is_imported_as_it_was(slug: str) -> None:
    document = read_zip(shipped(slug))
    exported = write_zip(document)
    assert read_zip(exported) == document
    assert write_zip(read_zip(exported)) == exported


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SHIPPED)
def test_an_exercise_of_the_library_goes_through_a_zip_unchanged(
    bring: Callable[[bytes], Desk], moderator: Client, slug: str
) -> None:
    known = list(Paper.objects.values_list("slug", flat=True))
    store(scenario=parse_scenario(FIXTURES / "scenarios" / slug, papers=known))
    response = moderator.get(f"/exercises/{slug}/export/")
    assert response["Content-Disposition"] == f'attachment; filename="{slug}.zip"'
    desk = bring(response.content)
    assert desk.draft.problems == []
    assert "says the same already" in desk.publish().content.decode()
    again = desk.client.get(desk.address("export/")).content
    assert read_zip(again) == desk.content


def test_an_export_can_be_unpacked_and_loaded_as_a_folder(tmp_path: Path) -> None:
    document = read_zip(harbour())
    with zipfile.ZipFile(io.BytesIO(write_zip(document))) as made:
        made.extractall(tmp_path)
    names = {"README.md", "scenario.toml", "brief.toml", "issues.toml", "agenda.toml", "packs"}
    folder = tmp_path / "harbour-talks"
    assert {path.name for path in folder.iterdir()} == names
    assert parse_scenario(folder, papers=["harbour-paper"]).title == "Harbour Talks"


def test_an_older_folder_with_a_plain_brief_comes_in() -> None:
    paragraphs = read_zip(harbour())["brief"]["paragraph"]
    assert [one["text"] for one in paragraphs] == ["The harbour lies between two coasts.", "Both want it open."]


def test_a_zip_without_a_folder_and_with_its_packers_leavings_comes_in() -> None:
    leavings = {"__MACOSX/._scenario.toml": b"\x00", ".DS_Store": b"\x00"}
    assert read_zip(packed({**FILES, **leavings}))["scenario"]["slug"] == "harbour-talks"


@pytest.mark.parametrize(
    "name",
    ["../scenario.toml", "a/../../x.toml", "/etc/passwd", "C:/x.toml", "packs\\AAA.toml", "talks/packs/../../x.toml"],
)
def test_a_name_that_leads_out_of_the_folder_is_refused(name: str) -> None:
    files = {f"talks/{key}": value for key, value in FILES.items()}
    assert "the name leads out of the folder" in refused(packed({**files, name: "x"}))


@pytest.mark.parametrize("name", ["talks/run.sh", "talks/packs/x.toml", "other/issues.toml", "talks/sub/scenario.tml"])
def test_a_file_that_no_exercise_has_is_refused_by_name(name: str) -> None:
    files = {f"talks/{key}": value for key, value in FILES.items()}
    said = refused(packed({**files, name: "x"}))
    assert name in said
    assert "an exercise has no such file" in said


def test_a_link_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        link = zipfile.ZipInfo("scenario.toml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    assert "it is a link" in refused(held.getvalue())


def test_a_bomb_is_refused_whatever_it_says_of_its_size() -> None:
    bomb = packed({**FILES, "issues.toml": b" " * (MOST_IN_A_FILE * 20)})
    assert len(bomb) < MOST_PACKED
    assert "larger than" in refused(bomb)
    # The same with a central directory that lies: 100 bytes, it says.
    size = (MOST_IN_A_FILE * 20).to_bytes(4, "little")
    assert refused(bomb.replace(size, (100).to_bytes(4, "little")))


def test_too_many_files_are_refused() -> None:
    assert "The zip holds 606 files" in refused(packed({**FILES, **{f"{n}.toml": "" for n in range(600)}}))


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip", harbour()[:-40], b"\x89PNG" + harbour()[4:200]])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    assert "This is no zip that can be read" in refused(data)


def test_one_that_is_too_large_is_refused_unread() -> None:
    assert "larger than 2 MB" in refused(b"x" * (MOST_PACKED + 1))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"issues__toml": "[[issue]\n"}, "issues.toml: this is not valid TOML"),
        ({"issues__toml": "a = 1\na = 2\n"}, "issues.toml: this is not valid TOML"),
        ({"issues__toml": "a = " + "[" * 3000}, "issues.toml: it is nested too deeply"),
        ({"issues__toml": "a = " + "9" * 5000}, "issues.toml: this is not valid TOML"),
        ({"issues__toml": "issue = 3"}, "issues.toml: `issue` must be a list of tables."),
        ({"issues__toml": "[[issue]]\nid = 1979-05-27"}, "issues.toml, issue 1: `id` must be a text in quotes."),
        ({"issues__toml": '[[issue]]\nid = "x"\nsecret = "y"'}, "issues.toml, issue 'x': `secret` is not known here."),
        ({"issues__toml": '[[issue]]\nid = "x"\ntitle = "a\\u0000b"'}, "it holds a control character"),
        ({"issues__toml": "[[issue]]\nsource = {paper = 3}"}, "issues.toml, issue 1: `sources` is not understood."),
        ({"scenario__toml": COVER.replace('"AAA"', '"../../x"')}, "use 2 to 6 capital letters"),
        ({"scenario__toml": COVER.replace('"harbour-talks"', '"../x"')}, "`slug` must be a short name"),
        ({"scenario__toml": COVER.replace('"BBB"\n', '"CCC"\n')}, "packs/BBB.toml: there is no delegation 'BBB'"),
        ({"scenario__toml": COVER.replace("hue = 1", "hue = nan")}, "`hue` must be a number."),
        ({"agenda__toml": '[[item]]\nmay_speak = "MFA"'}, "`may_speak` must be a list of texts."),
    ],
)
def test_what_the_editor_could_not_show_is_refused_with_file_and_entry(changed: dict[str, str], said: str) -> None:
    assert said in refused(harbour(**changed))


def test_other_encodings_are_refused() -> None:
    files = {name: content.encode("utf-16") for name, content in FILES.items()}
    assert "brief.md: the file is not UTF-8 text; save it as UTF-8." in refused(packed(files))


def test_two_briefs_are_refused() -> None:
    assert "brief.md: brief.toml takes its place" in refused(harbour(brief__md=BRIEF, brief__toml=""))


@pytest.mark.django_db
@pytest.mark.parametrize("data", [b"nothing", packed({"../x": "y"}), harbour(issues__toml="<b>")])
def test_a_refused_zip_leaves_no_draft_and_says_why(moderator: Client, data: bytes) -> None:
    response = moderator.post("/drafts/import/", {"file": io.BytesIO(data)})
    assert response.status_code == 422
    assert "Nothing was imported." in response.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.django_db
def test_importing_without_a_file_asks_for_one(moderator: Client) -> None:
    assert moderator.post("/drafts/import/").status_code == 422


@pytest.mark.django_db
def test_what_is_merely_unfinished_comes_in_and_goes_out(bring: Callable[[bytes], Desk]) -> None:
    desk = bring(harbour(issues__toml='[[issue]]\nid = "x"\n', agenda__toml=""))
    assert desk.draft.problems
    assert read_zip(desk.client.get(desk.address("export/")).content) == desk.content


@given(st.binary(max_size=300), st.integers(0, 3000))
def test_a_damaged_zip_never_fails_in_another_way(junk: bytes, at: int) -> None:
    whole = harbour()
    at %= len(whole)
    damaged = whole[:at] + junk + whole[at + len(junk) :]
    with suppress(ScenarioProblems):
        assert isinstance(read_zip(damaged)["scenario"]["slug"], str)


WILD = st.recursive(
    st.one_of(st.text(max_size=8), st.integers(), st.booleans(), st.floats(allow_nan=False)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["id", "title", "option", "source"]), inner)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["slug", "title", "format", "delegations", "papers", "issue"]), WILD))
def test_a_cover_of_any_shape_is_read_or_refused(cover: dict[str, object]) -> None:
    text = tomli_w.dumps(cover)
    with suppress(ScenarioProblems):
        document = read_zip(packed({"scenario.toml": text}))
        assert read_zip(write_zip(document)) == document
