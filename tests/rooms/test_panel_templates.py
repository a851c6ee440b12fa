"""The templates of panels look things up as Django's do, escape everything, and no word of theirs means two things."""

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from jinja2 import meta, nodes

from rooms import panel_templates, panels
from rooms.domain.fold import fold
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, WAITING, capital_of, members_of, visible

from .test_painting import named_parts
from .test_panels import _stages

NAMES = panel_templates.names()
FUNCTIONS = frozenset(panel_templates._templates.globals) - {"range", "dict", "lipsum", "cycler", "joiner", "namespace"}


@dataclass
class One:
    name: str | None = None
    words: tuple[str, ...] = ()

    def said(self) -> str:
        return f"said by {self.name}"


@pytest.fixture
def made() -> Any:
    """What a template makes of a context."""

    def made_of(source: str, **context: Any) -> str:
        return panel_templates._templates.from_string(source).render(context)

    return made_of


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ one.name }}", "Ada"),
        ("{{ one.said }}", "said by Ada"),
        ("{{ held.items }}", "a key before a method"),
        ("{{ held.key }}, {{ rows[0][1] }}", "kept, b"),
        ("{% for number, word in rows %}{{ number }}{{ word }}{% endfor %}", "1b2c"),
        ("{{ nobody.name }}{{ one.nothing.at.all }}{{ rows[7].name }}{{ other.name }}", ""),
        ("{% for word in other.name %}x{% else %}none{% endfor %}", "none"),
        ("{% if other.name is none and nobody is none and one.name is not none %}yes{% endif %}", "yes"),
        ("{% if other.name > 1 or nobody < 1 or 1 < other.name %}size{% else %}no size{% endif %}", "no size"),
        ("{% if other.name == '' or other.name in rows %}found{% else %}not found{% endif %}", "not found"),
        ("{{ other.name|length }}{{ nobody|length }}{{ one.words|length }}", "000"),
        ("{{ other.name|truncatechars(5) }}{{ nobody|words }}{{ nobody|in_language }}|", "|"),
        ("{{ other.name|lasting }} {{ nobody|lasting }}", "0:00 0:00"),
        ("{{ other.name|clock_time }}{{ nobody|clock_time }}|", "|"),
        ("{{ moment(other.name) }}{{ countdown(nobody) }}|", "|"),
    ],
)
def test_what_is_asked_of_nothing_is_nothing(made: Any, source: str, shown: str) -> None:
    held = {"items": "a key before a method", "key": "kept"}
    assert made(source, one=One("Ada"), other=One(), held=held, rows=((1, "b"), (2, "c"))) == shown


@pytest.mark.parametrize(
    "source", ["{{ bad }}", "{{ bad|capfirst }}", "{{ bad|truncatechars(90) }}", "{{ [bad]|join(', ') }}"]
)
def test_all_words_are_escaped_and_none_twice(made: Any, source: str) -> None:
    shown = made(source, bad="<b onclick='x()'>\"&amp;")
    assert "<" not in shown
    assert "'" not in shown
    assert '"' not in shown
    assert shown.count("&amp;amp;") == 1


@pytest.mark.parametrize("name", NAMES)
def test_what_a_template_is_made_of_is_there(name: str) -> None:
    tree = panel_templates.parsed(name)
    assert {*meta.find_referenced_templates(tree), *named_parts(tree)} <= set(NAMES)
    for call in tree.find_all(nodes.Call):
        assert isinstance(call.node, nodes.Name), (name, "what is called is a function of ours")
        assert call.node.name in FUNCTIONS, name
    panel_templates._templates.get_template(name)


LOOKS = (
    *(("moderator", THE_MODERATORS), ("delegate", members_of("JPN")), ("observer", OBSERVERS)),
    *(("projector", OBSERVERS), ("capital", capital_of("JPN")), ("lobby", WAITING)),
)


def test_no_panel_calls_something_else_by_the_name_of_a_function() -> None:
    for stage, session in _stages():
        for screen, audience in LOOKS:
            view = fold(visible(session.entries, audience))
            names = (*panels.SCREENS[screen], *filter(None, (panels.PERSONAL.get(screen),)))
            for name in names:
                assert not FUNCTIONS & panels.PANELS[name].extra(view, audience).keys(), (stage, name)


@pytest.mark.parametrize("name", NAMES)
def test_no_template_calls_something_else_by_the_name_of_a_function(name: str) -> None:
    assert not FUNCTIONS & {one.name for one in panel_templates.parsed(name).find_all(nodes.Name) if one.ctx != "load"}


# What is compiled


@pytest.fixture
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where it is kept meanwhile."""
    folder = tmp_path / "compiled"
    monkeypatch.setattr(panel_templates, "COMPILED", folder)
    return folder


def compile_as_another_process_does() -> None:
    panel_templates._made().get_template("rooms/panels/rule.html")


@pytest.mark.parametrize("octets", [0, 5, 22, 26, 40, 64, 300])
def test_what_was_cut_short_is_compiled_anew(compiled: Path, octets: int) -> None:
    compile_as_another_process_does()
    (file,) = compiled.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:octets])
    compile_as_another_process_does()
    assert file.read_bytes() == whole


def test_where_nothing_can_be_kept_panels_are_made_all_the_same(compiled: Path) -> None:
    compiled.write_text("no folder", encoding="utf-8")
    compile_as_another_process_does()
    assert compiled.read_text(encoding="utf-8") == "no folder"


def test_another_version_of_the_engine_finds_nothing_of_this_one() -> None:
    assert version("jinja2") in panel_templates.COMPILED.name
