"""A small whole scenario and its papers, written to a folder that each test may spoil."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from delegations.loading import store, store_papers
from delegations.models import Scenario
from delegations.paper_files import parse_papers
from delegations.scenario_files import parse_scenario

from .whole import write_whole

PAPERS = """
[[paper]]
slug = "harbour-paper"
title = "Two Harbours"
authors = "Ada Anker; Bo Boje"
year = 1998
series = "Harbour Policy Paper 4"
publisher = "Harbour Institute"
url = "https://example.org/harbours"
"""

COVER = """
slug = "harbour-talks"
title = "Harbour Talks"
moment = "Oslo, May 1998"
summary = "Two coasts talk about one harbour."

[format]
name = "Plenary"
attribution = "chatham_house"
decision = "consensus"
output = "chair's summary"
speech_seconds = 120

[[delegations]]
code = "AAA"
name = "Alfa"
full_name = "Republic of Alfa"
hue = 1
pattern = 1
seats = [
  {id = "AAA-MFA", kind = "MFA", title = "Foreign Office"},
  {id = "AAA-EXP-1", kind = "EXP", title = "Private expert"},
]

[[delegations]]
code = "BBB"
name = "Bravo"
full_name = "Kingdom of Bravo"
hue = 2
pattern = 2
optional = true
seats = [{id = "BBB-MFA", kind = "MFA", title = "Royal Office"}]
"""

BRIEF = """
The harbour lies between
two coasts.

Both want it open.
"""

ISSUES = """
[[issue]]
id = "dredging"
title = "Dredging"
question = "How deep should the harbour be?"
axis = "from shallow to deep"
source = {paper = "harbour-paper", locator = "Boje, Depths, 2", anchor = "seven fathoms"}
[[issue.option]]
id = "a"
label = "Leave it"
detail = "Nobody dredges."
[[issue.option]]
id = "b"
label = "Seven fathoms"
detail = "Dredge to seven fathoms."
[[issue.option]]
id = "c"
label = "Ten fathoms"
detail = "Dredge to ten fathoms."
"""

AGENDA = """
[[item]]
id = "i1"
title = "Opening"
kind = "opening"
minutes = 5

[[item]]
id = "i2"
title = "On depth"
kind = "discussion"
minutes = 20
attribution = "off_the_record"
may_speak = ["MFA"]
issue = "dredging"
presenters = ["MFA"]
"""

PACK = """
who = "You speak for a coast."

[[interest]]
text = "Ships of {coast} must pass."
source = {paper = "harbour-paper", locator = "Anker, Ships, 1", anchor = "must pass"}

[[position]]
issue = "dredging"
preferred = "b"
acceptable = ["b", "c"]
red_lines = ["a"]
priority = 1
text = "Hold out for seven fathoms, says the secret of {coast}."
source = "design"

[[constraint]]
text = "The treasury is empty."
source = "design"

[[talking_point]]
text = "The sea belongs to nobody."
source = "design"
"""

FILES = {
    "scenario.toml": COVER,
    "brief.md": BRIEF,
    "issues.toml": ISSUES,
    "agenda.toml": AGENDA,
    "packs/AAA.toml": PACK.replace("{coast}", "Alfa"),
    "packs/BBB.toml": PACK.replace("{coast}", "Bravo"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with papers.toml and one whole scenario, ready to load."""
    (tmp_path / "papers.toml").write_text(PAPERS)
    for name, content in FILES.items():
        path = tmp_path / "scenarios" / "harbour-talks" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return tmp_path


@pytest.fixture
def talks(folder: Path) -> Path:
    return folder / "scenarios" / "harbour-talks"


@pytest.fixture
def change(talks: Path) -> Callable[..., None]:
    """Replace a piece of one file; the piece must be there, so that no test changes nothing unnoticed."""

    def replace(name: str, old: str, new: str) -> None:
        content = (talks / name).read_text()
        assert old in content
        (talks / name).write_text(content.replace(old, new, 1))

    return replace


@pytest.fixture
def load(folder: Path, talks: Path) -> Callable[[], tuple[Scenario, bool]]:
    """Read and store the folder as it stands now."""

    def load_now() -> tuple[Scenario, bool]:
        store_papers(papers=parse_papers(folder / "papers.toml"))
        return store(scenario=parse_scenario(talks, papers=["harbour-paper"]))

    return load_now


@pytest.fixture
def scenario(db: None, load: Callable[[], tuple[Scenario, bool]]) -> Scenario:
    return load()[0]


@pytest.fixture
def whole(folder: Path, talks: Path) -> Path:
    """A complete exercise of format 2 in place of the small one."""
    shutil.rmtree(talks)
    return write_whole(talks)


@pytest.fixture
def load_shipped(db: None) -> Callable[[], None]:
    """Load everything that ships."""
    return lambda: call_command("load_scenarios", stdout=io.StringIO())
