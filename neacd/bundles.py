"""Styles and scripts that a page always needs together, sent as one file each, without their comments.

A phone on a slow line waits for each file it asks for, and a hall of a thousand phones asks a thousand times as often.
What we write stays in small files, one for each matter. They are put together when they are looked for, by this
process, so there is no step to forget: `make run` serves what is found here, a deployment collects it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage

# In this order: what stands later wins.
PANELS: Final = (
    *("floor", "people", "tools", "aside", "desk", "news", "text", "decisions", "capitals", "roadmap", "positions"),
    *("outputs", "paper", "perceptions", "wash"),
)
STYLES: Final = {
    "bundled/base.css": ("tokens", "base", "components", "fingers"),
    "bundled/room.css": ("room", *PANELS),
    "bundled/pack.css": ("room", *PANELS, "delegations/prepared"),
    "bundled/console.css": ("room", *PANELS, "console"),
    "bundled/wall.css": ("room", "wall", *PANELS),
    "bundled/debrief.css": (
        *("room", "positions", "roadmap", "debrief", "report", "pictures", "perceptions", "wash", "files", "against"),
    ),
}
# Each with the module that it begins with; what that imports comes along.
SCRIPTS: Final = {"bundled/room.js": "room", "bundled/replay.js": "replay"}
# What others wrote, as it is. htmx looks for its extensions a tick after it began, whether they have come or not: on a
# slow network one that is a file of its own may be passed by, without a word, and the page never opens its line.
AS_THEY_ARE: Final = {"bundled/htmx.js": ("django_htmx/htmx-4.min.js", "django_htmx/ext/hx-ws-4.min.js")}

STRING: Final = r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
BLANK: Final = r"(?:\s|(?>/\*.*?\*/))"  # a comment ends at its first end
# A string as it is; what stands for itself, without the blanks about it; any other blank as one.
BLANKS_IN_STYLES: Final = re.compile(rf"{STRING}|{BLANK}*(?:;{BLANK}*(?=\}}))?([{{}};,]){BLANK}*|{BLANK}+", re.S)
# A line's own comment, unless a quote follows: then the slashes may stand in a text. And what a line is moved in by.
COMMENTS_IN_SCRIPTS: Final = re.compile(r"^\s*(?://.*)?\n|^ +|[ ]+// [^\"'`\n]*$", re.M)
IMPORT: Final = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.M)
EXPORT: Final = re.compile(r"^export ((?:async )?(?:function|const|class) (\w+))", re.M)


class BundleFinder(finders.BaseFinder):
    """Finds each bundle in the folder of this installation, made anew wherever a part of it has changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "bundles")

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path not in (*STYLES, *SCRIPTS, *AS_THEY_ARE):
            return []
        made = str(self._made(path))
        return [made] if find_all else made

    def list(self, ignore_patterns: Any) -> Iterator[Any]:
        for name in (*STYLES, *SCRIPTS, *AS_THEY_ARE):
            self._made(name)
            yield name, self.storage

    def _made(self, name: str) -> Path:
        path = Path(self.storage.path(name))
        text = made_of_parts(name)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            half = path.with_suffix(f".{id(self)}")
            half.write_text(text, encoding="utf-8")
            half.replace(path)  # whole or not at all: other processes serve from here
        return path


def made_of_parts(name: str) -> str:
    """What is in a bundle."""
    if name in AS_THEY_ARE:
        return "\n".join(map(_source, AS_THEY_ARE[name]))
    return sheet(STYLES[name]) if name in STYLES else script(SCRIPTS[name])


def sheet(names: tuple[str, ...]) -> str:
    """These stylesheets as one."""
    return without_blanks("\n".join(_source(f"{path_of(name)}.css") for name in names))


def path_of(name: str) -> str:
    """Where a part lies: with the others of the house, unless its name says another folder."""
    return name if "/" in name else f"neacd/{name}"


def without_blanks(styles: str) -> str:
    """The same rules without comments and needless blanks."""
    return BLANKS_IN_STYLES.sub(lambda found: found[1] or found[2] or " ", styles).strip()


def script(entry: str) -> str:
    """A module and all that it imports as one, each once, before whoever needs it. Each keeps names of its own: it is
    a function that is called at once and gives back what it exports."""
    modules: dict[str, str] = {}
    _gather(entry, modules)
    return "".join(modules.values())


def _gather(name: str, modules: dict[str, str]) -> None:
    if name in modules:
        return
    source = COMMENTS_IN_SCRIPTS.sub("", _source(f"rooms/{name}.js"))
    for found in IMPORT.finditer(source):
        _gather(found[2], modules)
    body = IMPORT.sub(lambda found: f"const {{{found[1].replace(' as ', ': ')}}} = {found[2]}_js;\n", source)
    exported = ", ".join(found[2] for found in EXPORT.finditer(body))
    body = EXPORT.sub(r"\1", body)
    if re.search(r"^(import|export)\b", body, re.M):
        raise ValueError(f"{name}.js imports or exports otherwise than by names in braces. Write it as the others do.")
    modules[name] = f"const {name}_js = (() => {{\n{body}return {{{exported}}};\n}})();\n"


def _source(path: str) -> str:
    found = finders.find(path)
    if not found:
        raise ValueError(f"There is no {path} to put into a bundle. Correct the list in bundles.py.")
    return Path(str(found)).read_text(encoding="utf-8")
