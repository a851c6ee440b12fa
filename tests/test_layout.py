"""The house holds its shape: imports point one way, pages stay strict, modules stay small, files name no machine.

Every check is tried on a good and on a bad sample first, so that none of them passes by looking at nothing.
"""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.programs import ROOT

OURS = ("neacd", "rooms", "delegations")
# From the ground up: a module imports from its own rung and from those below. What stands on no rung is an edge
# (views, consumers, commands, urls, template tags) and may import all of them; nothing below imports an edge.
# Panels stand below the hub, because the hub paints them.
LADDER = (
    ("rooms.domain",),
    ("rooms.models", "rooms.figures", "rooms.house_clock", "rooms.database_threads", "rooms.resting"),
    (
        *("rooms.log", "rooms.kept_pictures", "rooms.kept_once", "rooms.ballot_box", "rooms.forms"),
        *("rooms.references", "rooms.throttles", "rooms.likeness", "rooms.read_back", "rooms.parts"),
        *("rooms.repeats", "rooms.undecided"),
    ),
    (
        *("rooms.folds", "rooms.sockets", "rooms.wire", "rooms.debrief", "rooms.exporting"),
        *("rooms.running_order", "rooms.showing", "rooms.showing_aside", "rooms.showing_desk", "rooms.showing_floor"),
        *("rooms.showing_news", "rooms.showing_people", "rooms.showing_text", "rooms.showing_brackets"),
        *("rooms.showing_versions", "rooms.showing_amendments", "rooms.showing_wall", "rooms.showing_decisions"),
        *("rooms.showing_positions", "rooms.showing_capitals", "rooms.showing_commitments", "rooms.showing_packages"),
        *("rooms.showing_dissent", "rooms.showing_perceptions", "rooms.showing_wash"),
        *("rooms.showing_outputs", "rooms.packages", "rooms.package_standing", "rooms.roadmap"),
        *("rooms.templatetags.room", "rooms.panel_clocks", "rooms.panel_texts"),
        *("rooms.roadmap_drawing", "rooms.for_own", "rooms.panel_templates", "rooms.panels", "rooms.noting"),
        *("rooms.painting",),
        *("rooms.past", "rooms.tapes", "rooms.searching"),
        *("rooms.archive", "rooms.archive_words", "rooms.event_shapes", "rooms.unpacking"),
    ),
    ("rooms.fanout", "rooms.together"),
    ("rooms.hub",),
    ("rooms.process",),
    ("rooms.actions", "rooms.writing"),
    ("rooms.clock", "rooms.keeping", "rooms.presence", "rooms.access", "rooms.retention"),
    ("rooms.viewing", "rooms.rehearsal", "rooms.importing", "rooms.takings", "rooms.looking_back", "rooms.eyes"),
    ("rooms.forking", "rooms.arriving"),
)
EDGE = len(LADDER)
# What `rooms` may know of the project around it: how refusals are shown, and nothing else.
WIRING_FOR_ROOMS = ("neacd.errors",)
LONGEST = 400
# Too long when this check came; each is to be split, and none may grow meanwhile.
TO_BE_SPLIT: dict[str, int] = {}


# Reading the house


def sources() -> list[Path]:
    return [path for part in OURS for path in sorted((ROOT / part).rglob("*.py")) if "migrations" not in path.parts]


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def modules() -> frozenset[str]:
    return frozenset(map(name_of, sources()))


def imported(tree: ast.AST) -> Iterator[str]:
    """What a module imports, by full name: `from rooms import log` is `rooms.log` where that is a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = node.module or ""
            whole = [f"{origin}.{alias.name}" for alias in node.names]
            yield from (name if name in modules() else origin for name in whole)


def within(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def rung(name: str) -> int:
    return next((height for height, rungs in enumerate(LADDER) if within(name, *rungs)), EDGE)


# The ladder


def wrong_imports(module: str, source: str) -> list[str]:
    return [f"{module} imports {name}" for name in imported(ast.parse(source)) if not _may_import(module, name)]


def _may_import(module: str, name: str) -> bool:
    if within(module, "rooms.domain"):
        return within(name, "rooms.domain") or name.partition(".")[0] in sys.stdlib_module_names
    if within(module, "delegations"):
        return not within(name, "rooms", "neacd")
    if within(module, "rooms") and within(name, "neacd"):
        return rung(module) == EDGE and within(name, *WIRING_FOR_ROOMS)
    if within(module, "rooms") and within(name, "rooms"):
        return rung(name) <= rung(module)
    return True


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("rooms.domain.floor", "from collections.abc import Mapping\nfrom rooms.domain import seats"),
        ("rooms.log", "from rooms.models import Event\nimport hashlib"),
        ("rooms.actions", "from rooms import log\nfrom rooms.process import hub"),
        ("rooms.views.table", "from rooms import panels\nfrom neacd.errors import show_refusal"),
        ("delegations.views", "from delegations.models import Scenario\nfrom django.urls import path"),
        ("neacd.asgi", "from rooms.process import hub"),
    ],
)
def test_the_ladder_lets_good_imports_be(module: str, source: str) -> None:
    assert wrong_imports(module, source) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("rooms.domain.floor", "from django.utils import timezone"),
        ("rooms.domain.floor", "from rooms import log"),
        ("rooms.domain.floor", "from rooms.domain import seats\nimport rooms.models"),
        ("rooms.log", "from rooms.actions import act"),
        ("rooms.folds", "from rooms import hub"),
        ("rooms.actions", "from rooms.views import table"),
        ("rooms.access", "from neacd.errors import show_refusal"),
        ("rooms.views.table", "from neacd import settings"),
        ("delegations.views", "from rooms.models import Room"),
    ],
)
def test_the_ladder_catches_bad_imports(module: str, source: str) -> None:
    assert len(wrong_imports(module, source)) == 1


def test_imports_point_one_way() -> None:
    assert [one for path in sources() for one in wrong_imports(name_of(path), path.read_text())] == []


# Imports stand at the top


def hidden_imports(source: str) -> list[int]:
    functions = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    inside = [node for function in functions for node in ast.walk(function)]
    return [node.lineno for node in inside if isinstance(node, ast.Import | ast.ImportFrom)]


def test_an_import_in_a_function_is_caught_and_one_at_the_top_is_not() -> None:
    assert hidden_imports("import os\n\ndef work():\n    return os.name\n") == []
    assert hidden_imports("def work():\n    import os\n    return os.name\n") == [2]
    assert hidden_imports("async def work():\n    from os import name\n    return name\n") == [2]


def test_no_import_hides_in_a_function() -> None:
    assert [f"{name_of(path)}:{line}" for path in sources() for line in hidden_imports(path.read_text())] == []


# Size


def test_modules_are_worth_a_talk_at_most() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in sources()}
    assert [f"{name}: {n}" for name, n in lengths.items() if n > TO_BE_SPLIT.get(name, LONGEST)] == []
    split = [name for name in TO_BE_SPLIT if lengths.get(name, 0) <= LONGEST]
    assert split == [], "these have been split: take them off the list"


# Pages


class Page(HTMLParser):
    """What a strict content security policy would refuse, or what would be fetched from elsewhere."""

    FETCHED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href", "form": "action"}

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.wrong += [f"<{tag} {name}>" for name in named if name == "style" or name.startswith(("on", "hx-on"))]
        if tag == "style" or (tag == "script" and "src" not in named and named.get("type") != "application/json"):
            self.wrong.append(f"<{tag}> inline")
        address = named.get(self.FETCHED.get(tag, "")) or ""
        if address.startswith(("http:", "https:", "//")):
            self.wrong.append(f"<{tag}> from {address}")


def wrong_markup(template: str) -> list[str]:
    page = Page()
    page.feed(re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", template, flags=re.DOTALL))
    return page.wrong


@pytest.mark.parametrize(
    "markup",
    [
        '<p class="{% if one == two %}a{% endif %}">{{ words }}</p>',
        '{% with once=1 style=2 %}<script type="module" src="{% static "room.js" %}"></script>{% endwith %}',
        '<a href="https://example.org/paper">The paper</a>',
    ],
)
def test_good_markup_is_let_be(markup: str) -> None:
    assert wrong_markup(markup) == []


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="color: red">',
        '<button onclick="go()">',
        '<button hx-on:click="go()">',
        "<style>p { color: red }</style>",
        "<script>go()</script>",
        '<script src="https://example.org/a.js"></script>',
        '<link rel="stylesheet" href="//example.org/a.css">',
        '<p {% if here %}style="order: {{ n }}"{% endif %}>',
    ],
)
def test_bad_markup_is_caught(markup: str) -> None:
    assert len(wrong_markup(markup)) == 1


def test_no_page_styles_scripts_or_fetches_against_the_policy() -> None:
    folders = [folder for part in OURS for kind in ("templates", "jinja2") for folder in (ROOT / part).rglob(kind)]
    templates = sorted(path for folder in folders for path in folder.rglob("*.html"))
    assert {"templates", "jinja2"} <= {part for path in templates for part in path.parts}
    assert [f"{path.relative_to(ROOT)}: {one}" for path in templates for one in wrong_markup(path.read_text())] == []


# What no file may name. Spelled in pieces, because this file is looked at too.

REGISTRIES = tuple(
    ".".join(host) for host in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
)
SOMEBODYS_FOLDER = re.compile(r"""(?:^|[\s"'`(=])/(?:work|shared|root|home/\w+|Users/\w+)/""", re.MULTILINE)
NOT_OURS = {
    ".git",
    ".venv",
    "var",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    "shots",
}


def names_of_elsewhere(text: str) -> list[str]:
    hosts = [host for host in REGISTRIES if host in text]
    return hosts + [found[0].strip() for found in SOMEBODYS_FOLDER.finditer(text)]


def test_a_machines_own_names_are_caught_and_ordinary_paths_are_not() -> None:
    assert names_of_elsewhere("see rooms/shared/x, /usr/lib/postgresql, /rooms/CODE/ and ../shared/design.md") == []
    assert len(names_of_elsewhere("read " + "/shared" + "/design.md")) == 1
    assert len(names_of_elsewhere('open("' + "/home/" + 'me/notes")')) == 1
    assert len(names_of_elsewhere("https://files." + REGISTRIES[1] + "/packages")) == 1


def texts() -> Iterator[tuple[str, str]]:
    """Every text file of the checkout that is ours."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if NOT_OURS.intersection(parts) or not path.is_file():
            continue
        try:
            yield "/".join(parts), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def test_no_file_names_a_registry_or_somebodys_folder() -> None:
    assert [f"{name}: {one}" for name, text in texts() for one in names_of_elsewhere(text)] == []
