"""What is missing for play is said in sentences, keeps nothing out, and is not asked of frames and older folders."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from delegations.completeness import lacking_to_open, missing_for_play
from delegations.models import Scenario
from delegations.paper_files import parse_papers
from delegations.scenario_files import parse_scenario

SHIPPED = Path(settings.BASE_DIR) / "fixtures"


def missing(talks: Path) -> tuple[str, ...]:
    return missing_for_play(parse_scenario(talks, papers=["harbour-paper"]))


def test_a_complete_exercise_lacks_nothing(whole: Path) -> None:
    assert missing(whole) == ()


def drop(name: str, table: str, *, last: bool = False) -> Callable[[Path], None]:
    """Takes one [[table]] out of a file, the first or the last."""

    def spoil(talks: Path) -> None:
        parts = re.split(r"(?m)^(?=\[\[)", (talks / name).read_text())
        found = [number for number, part in enumerate(parts) if part.startswith(f"[[{table}]]")]
        del parts[found[-1 if last else 0]]
        (talks / name).write_text("".join(parts))

    return spoil


def swap(name: str, old: str, new: str, count: int = 1) -> Callable[[Path], None]:
    def spoil(talks: Path) -> None:
        content = (talks / name).read_text()
        assert old in content
        (talks / name).write_text(content.replace(old, new, count))

    return spoil


def without(name: str) -> Callable[[Path], None]:
    def spoil(talks: Path) -> None:
        (talks / name).unlink()

    return spoil


LACKING = [
    (without("injects.toml"), "injects.toml: there are 0 injects; write at least 8."),
    (without("history.toml"), "history.toml: there are 0 paragraphs of what in fact happened; write at least 6."),
    (without("packs/CCC.toml"), "packs/CCC.toml: Coast CCC has no pack; write one."),
    (drop("injects.toml", "inject"), "injects.toml: there are 7 injects; write at least 8."),
    (swap("scenario.toml", "rules = [", "rules = []\n# ["), "scenario.toml, format: there are no `rules`"),
    (swap("brief.toml", "harbour ", "", 1), "brief.toml: it has 799 words; two pages, at least 800"),
    (swap("brief.toml", "source = {", "# {"), "brief.toml, paragraph 1: it has no source"),
    (swap("history.toml", "source = {", "# {"), "history.toml, paragraph 1: it has no source"),
    (drop("packs/AAA.toml", "interest"), "packs/AAA.toml: there are no interests; write at least one"),
    (drop("packs/AAA.toml", "red_line"), "packs/AAA.toml: there are no red lines; write at least one"),
    (drop("packs/AAA.toml", "knows"), "packs/AAA.toml: there are no lines on what it knows that others do not"),
    (drop("packs/AAA.toml", "figure"), "packs/AAA.toml: there are no facts and figures"),
    (drop("packs/AAA.toml", "recommendation"), "packs/AAA.toml: there are no lines on what the paper recommends"),
    (drop("packs/AAA.toml", "position"), "packs/AAA.toml: there is no position on dredging; write one for each"),
    (drop("packs/AAA.toml", "relation", last=True), "packs/AAA.toml: there is no relation to CCC; write one"),
    (drop("packs/AAA.toml", "constituency"), "packs/AAA.toml: there are 2 constituencies; write 3 to 5"),
    (swap("packs/AAA.toml", "weight = 50", "weight = 51"), "weights of its constituencies sum to 101; make them 100."),
    (drop("packs/AAA.toml", "question"), "packs/AAA.toml: there are 4 questions to check oneself; write 5"),
    (
        swap("packs/AAA.toml", 'preferred = "c"\nacceptable = ["c"]', 'preferred = "b"\nacceptable = ["b"]'),
        "packs: on every issue there is an option that all delegations accept",
    ),
    (
        swap("packs/AAA.toml", 'preferred = "b"\nacceptable = ["b"]', 'preferred = "c"\nacceptable = ["c"]', 9),
        "packs: on no issue is there an option that all delegations accept",
    ),
]


@pytest.mark.parametrize(("spoil", "told"), LACKING)
def test_what_is_missing_is_told_and_the_folder_still_reads(
    whole: Path, spoil: Callable[[Path], None], told: str
) -> None:
    spoil(whole)
    assert any(told in sentence for sentence in missing(whole)), missing(whole)


def test_a_folder_of_the_first_format_is_asked_only_for_what_a_room_needs(talks: Path) -> None:
    assert missing(talks) == ()
    (talks / "packs" / "BBB.toml").unlink()
    (talks / "brief.md").unlink()
    assert missing(talks) == (
        "brief.toml: there is no brief; write what everybody at the table knows.",
        "packs/BBB.toml: Bravo has no pack; write one.",
    )


def test_a_frame_is_asked_only_for_what_a_room_needs(whole: Path) -> None:
    swap("scenario.toml", "summary", "frame = true\nsummary")(whole)
    without("injects.toml")(whole)
    assert missing(whole) == ()


def test_every_shipped_exercise_can_be_opened() -> None:
    papers = [paper.slug for paper in parse_papers(SHIPPED / "papers.toml")]
    folders = [path for path in (SHIPPED / "scenarios").iterdir() if path.is_dir()]
    read = [parse_scenario(folder, papers=papers) for folder in folders]
    assert [scenario.slug for scenario in read if not scenario.outline and lacking_to_open(scenario)] == []


# In the library


def load(folder: Path) -> str:
    out = io.StringIO()
    call_command("load_scenarios", folder, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_loading_prints_what_is_missing_and_loads(folder: Path, whole: Path) -> None:
    without("injects.toml")(whole)
    told = "  missing for play:\n    injects.toml: there are 0 injects; write at least 8.\n"
    assert load(folder).endswith(f"harbour-talks: loaded as version 1\n{told}")
    assert load(folder).endswith(f"harbour-talks: unchanged, version 1\n{told}")
    assert not Scenario.objects.get().outline


@pytest.mark.django_db
def test_what_no_room_can_do_without_makes_an_outline(folder: Path, whole: Path) -> None:
    without("agenda.toml")(whole)
    without("injects.toml")(whole)  # some of them wait for items that are gone
    load(folder)
    assert Scenario.objects.get().outline


@pytest.mark.django_db
def test_what_is_asked_may_change_without_a_new_version(folder: Path, whole: Path) -> None:
    load(folder)
    Scenario.objects.update(missing=["something that is no longer asked"])
    load(folder)
    assert (Scenario.objects.get().version, Scenario.objects.get().missing) == (1, [])


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/exercises/harbour-talks/"])
def test_the_library_tells_moderators_what_is_missing(client: Client, folder: Path, whole: Path, path: str) -> None:
    without("history.toml")(whole)
    load(folder)
    assert "still missing" not in client.get(path).content.decode()
    client.force_login(User.objects.create_user("chair"))
    html = client.get(path).content.decode()
    assert "1 thing still missing from a complete exercise" in html
    assert "history.toml: there are 0 paragraphs" in html


@pytest.mark.django_db
def test_a_frame_is_marked_and_can_be_opened(client: Client, folder: Path, whole: Path) -> None:
    swap("scenario.toml", "summary", "frame = true\nsummary")(whole)
    load(folder)
    client.force_login(User.objects.create_user("chair"))
    assert "A frame to fill" in client.get("/").content.decode()
    html = client.get("/exercises/harbour-talks/").content.decode()
    assert "A frame to fill" in html
    assert 'href="/rooms/new/harbour-talks/"' in html
