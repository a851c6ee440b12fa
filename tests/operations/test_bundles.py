"""What a page needs together comes as one file, and says the same as its parts."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from neacd import bundles
from tests.conftest import require
from tests.programs import ROOT


def found(name: str) -> str:
    path = finders.find(name)
    assert path, name
    return Path(str(path)).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("a {\n  color: red;\n}\n\nb, i { margin: 0 }\n", "a{color: red}b,i{margin: 0}"),
        ("/* the chair's */ a { b: c } /* and others' */ d { e: f }", "a{b: c}d{e: f}"),
        ('a::after { content: " ; /* } " }', 'a::after{content: " ; /* } "}'),
        ("a  >  b :is(c, d)::before { x: calc(1px  +  2px) }", "a > b :is(c,d)::before{x: calc(1px + 2px)}"),
    ],
)
def test_a_stylesheet_loses_its_comments_and_blanks_alone(written: str, sent: str) -> None:
    assert bundles.without_blanks(written) == sent


@pytest.mark.parametrize("name", bundles.STYLES)
def test_no_rule_is_lost(name: str) -> None:
    parts = [found(f"{bundles.path_of(part)}.css") for part in bundles.STYLES[name]]
    bare = re.sub(r"/\*.*?\*/", "", "".join(parts), flags=re.S)
    text = found(name)
    assert text.count("{") == text.count("}") == bare.count("{")
    assert re.sub(r"[\s;]", "", text) == re.sub(r"[\s;]", "", bare)


@pytest.mark.parametrize("name", bundles.SCRIPTS)
def test_every_module_is_there_once_and_before_those_that_need_it(name: str) -> None:
    text = found(name)
    order = re.findall(r"^const (\w+)_js = \(\(\) =>", text, re.M)
    assert len(order) == len(set(order)) > 5
    assert order[-1] == bundles.SCRIPTS[name]
    for needed in re.finditer(r"^const \{[^}]*\} = (\w+)_js;$", text, re.M):
        assert f"const {needed[1]}_js = (() =>" in text[: needed.start()]


@pytest.mark.parametrize("name", bundles.SCRIPTS)
def test_a_bundle_is_a_script(name: str, tmp_path: Path) -> None:
    node = shutil.which("node")
    require(node, "node is not installed")
    (tmp_path / "bundle.mjs").write_text(found(name), encoding="utf-8")
    done = subprocess.run(
        [str(node), "--check", "bundle.mjs"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_changed_part_changes_the_bundle() -> None:
    """Whatever lies in the folder from before: it is made of its parts as they are now."""
    path = settings.VAR_DIR / "bundles" / "bundled" / "base.css"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("a{color: red}", encoding="utf-8")
    assert "--paper" in found("bundled/base.css")


def test_pages_ask_for_nothing_twice() -> None:
    """No page links a bundle and a part of it, which would undo the order of the rules."""
    for page in [*ROOT.glob("rooms/templates/**/*.html"), *ROOT.glob("neacd/templates/**/*.html")]:
        text = page.read_text(encoding="utf-8")
        for bundle, parts in bundles.STYLES.items():
            if bundle in text:
                assert [part for part in parts if f"{bundles.path_of(part)}.css" in text] == [], page
