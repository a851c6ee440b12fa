"""A scenario folder as one zip: written for others, and read from anybody with distrust.

Nothing is unpacked to disk; every name, size and value is checked before a draft exists, so an import is whole or not
at all. What is merely unfinished comes in: the draft says what it lacks.
"""

import io
import re
import stat
import tomllib
import zipfile
import zlib
from typing import Any, Final

from delegations.editing.document import FILES as LISTS
from delegations.editing.document import Json, whole
from delegations.editing.folder import as_files
from delegations.editing.shapes import check_shape
from delegations.entries import ScenarioProblems
from delegations.scenario_files import FILES

MOST_PACKED: Final = 2_000_000
MOST_IN_A_FILE: Final = 500_000
MOST_UNPACKED: Final = 4_000_000
MOST_FILES: Final = 100
# A key of thousands of parts takes the reader of TOML minutes; no exercise has one of more than three.
ENDLESS_KEY: Final = re.compile(r"""(?:(?:[A-Za-z0-9_-]{1,60}|"[^"\n]{0,60}"|'[^'\n]{0,60}')[ \t]*\.[ \t]*){30}""")
PACK: Final = re.compile(r"packs/([A-Z]{2,6})\.toml")
# What packers of other systems put in, and what an export adds for people.
PASSED_OVER: Final = re.compile(r"(^|/)(__MACOSX/.*|\.DS_Store|Thumbs\.db|desktop\.ini|README\.md)$")
WHEN: Final = (2000, 1, 1, 0, 0, 0)  # the same content gives the same bytes

README: Final = """# {title}

{moment}

{summary}

This folder is one exercise for NEACD. `scenario.toml` holds its cover, rules and delegations; `brief.toml` what
everybody knows; `issues.toml`, `agenda.toml` and `injects.toml` what happens at the table; `history.toml` what the
debrief tells; `roadmap.toml` the measures that the chair can put on the table as commitments; `packs/` one secret
briefing for each delegation, with the constituencies that may answer for its capital. `votes = false` under `[format]`
says that nothing is put to the vote. Every sentence names its source. Import the zip in the editor, or put the folder
under `fixtures/scenarios/` and load it.
"""


def write_zip(document: Json) -> bytes:
    folder = document["scenario"].get("slug") or "draft"
    cover = {name: document["scenario"].get(name, "") for name in ("title", "moment", "summary")}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in {"README.md": README.format(**cover), **as_files(document)}.items():
            entry = zipfile.ZipInfo(f"{folder}/{name}", WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, text)
    return held.getvalue()


def read_zip(data: bytes) -> Json:
    """The document in the zip. Raises ScenarioProblems with everything that keeps it out."""
    if len(data) > MOST_PACKED:
        _refuse("The zip is larger than 2 MB; an exercise is text and needs far less.")
    texts = _texts(data)
    problems: list[str] = []
    document = _parse(texts, problems)
    if not problems:
        problems += check_shape(document)
    if problems:
        raise ScenarioProblems(problems)
    return whole(document)


def _refuse(sentence: str) -> None:
    raise ScenarioProblems([sentence])


def _texts(data: bytes) -> dict[str, str]:
    """The text of each file by its name in the folder."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = [one for one in packed.infolist() if not one.is_dir() and not PASSED_OVER.search(one.filename)]
            names = _names(entries)
            return _unpacked(packed, names)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise ScenarioProblems(
            ["This is no zip that can be read; export the exercise again, or pack it anew."]
        ) from error


def _names(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Each entry by its name in the scenario's folder, all of them known names."""
    if len(entries) > MOST_FILES:
        _refuse(f"The zip holds {len(entries)} files; an exercise has one for each delegation and some ten more.")
    problems = [f"{one.filename!r}: {wrong}" for one in entries if (wrong := _wrong_with(one))]
    tops = sorted(one.filename.removesuffix("scenario.toml") for one in entries if _base(one) == "scenario.toml")
    if len(tops) != 1:
        problems.append(
            "scenario.toml: the file is missing; a zip holds one folder with it."
            if not tops
            else f"scenario.toml: there are {len(tops)} of them; a zip holds one exercise."
        )
    if problems:
        raise ScenarioProblems(problems)
    named: dict[str, zipfile.ZipInfo] = {}
    for one in entries:
        name = one.filename.removeprefix(tops[0])
        if not one.filename.startswith(tops[0]) or (name not in FILES and not PACK.fullmatch(name)):
            problems.append(f"{one.filename!r}: an exercise has no such file; take it out of the zip.")
        elif name in named:
            problems.append(f"{one.filename!r}: it is there twice; keep one of the two.")
        named[name] = one
    if problems:
        raise ScenarioProblems(problems)
    return named


def _base(entry: zipfile.ZipInfo) -> str:
    return entry.filename.rsplit("/", 1)[-1]


def _wrong_with(entry: zipfile.ZipInfo) -> str:
    parts = entry.filename.split("/")
    if entry.filename.startswith("/") or ".." in parts or "\\" in entry.filename or ":" in parts[0]:
        return "the name leads out of the folder; pack the folder anew."
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "it is a link; put the file itself into the zip."
    if entry.flag_bits & 1:
        return "it is encrypted; pack the folder without a password."
    if entry.file_size > MOST_IN_A_FILE:
        return f"it is larger than {MOST_IN_A_FILE // 1000} kB; shorten it."
    return ""


def _unpacked(packed: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
    texts: dict[str, str] = {}
    problems: list[str] = []
    left = MOST_UNPACKED
    for name, entry in names.items():
        with packed.open(entry) as file:
            content = file.read(min(left, MOST_IN_A_FILE) + 1)  # what the zip says of its sizes may be a lie
        left -= len(content)
        if len(content) > MOST_IN_A_FILE or left < 0:
            _refuse(f"{name}: unpacked, the exercise is larger than any that could be played; shorten it.")
        try:
            texts[name] = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            problems.append(f"{name}: the file is not UTF-8 text; save it as UTF-8.")
    if problems:
        raise ScenarioProblems(problems)
    return texts


def _parse(texts: dict[str, str], problems: list[str]) -> Json:
    document: Json = {"packs": {}}
    for name, text in texts.items():
        if name == "brief.md":
            continue
        table = _parse_file(name, text, problems)
        if pack := PACK.fullmatch(name):
            document["packs"][pack[1]] = table
        else:
            document[name.removesuffix(".toml")] = table
    if "brief.md" in texts:
        if "brief.toml" in texts:
            problems.append("brief.md: brief.toml takes its place; remove brief.md.")
        parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", texts["brief.md"]) if part.strip()]
        document["brief"] = {LISTS["brief"]: [{"text": part} for part in parts]}
    return document


def _parse_file(name: str, text: str, problems: list[str]) -> dict[str, Any]:
    try:
        if ENDLESS_KEY.search(text):
            raise RecursionError
        return tomllib.loads(text)
    except RecursionError:
        problems.append(f"{name}: it is nested too deeply; write it as the other files are written.")
    except ValueError as error:  # also a number of thousands of digits
        problems.append(f"{name}: this is not valid TOML ({error}); correct it there.")
    return {}
