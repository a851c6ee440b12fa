"""Reading one table of a TOML file key by key, so that everything wrong with it is told at once.

An entry never raises: what is missing or wrong becomes a sentence in the shared list of problems (which file,
which entry, what to do) and a harmless value stands in, so that reading goes on. No scenario's rules here.
"""

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Final

from delegations import words

KEY_SHAPE: Final = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


class ScenarioProblems(Exception):
    """Everything wrong with one folder or file, as sentences for the person who writes it."""

    def __init__(self, problems: Collection[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class Entry:
    """One table, named by its `place` in sentences. Call `close` when all its keys were asked for."""

    def __init__(self, table: dict[str, Any], *, place: str, problems: list[str]) -> None:
        self.table = table
        self.place = place
        self.problems = problems
        self.asked: set[str] = set()

    def problem(self, sentence: str) -> None:
        self.problems.append(f"{self.place}: {sentence}")

    def close(self) -> None:
        for name in self.table.keys() - self.asked:
            known = ", ".join(sorted(self.asked))
            self.problem(f"`{name}` is not known here; remove it or correct its spelling (known: {known}).")

    def text(self, name: str, *, most: int = words.TITLE, required: bool = True) -> str:
        """One paragraph of plain text; line breaks inside it are only how the file is wrapped."""
        value = self._value(name, required=required, what="a text in quotes")
        if value is None:
            return ""
        if not isinstance(value, str):
            self.problem(f"`{name}` must be a text in quotes.")
            return ""
        text = " ".join(value.split())
        if required and not text:
            self.problem(f"`{name}` is empty; write it.")
        if len(text) > most:
            self.problem(f"`{name}` has {len(text)} characters; shorten it to {most}.")
        if holds_control_characters(text):
            self.problem(f"`{name}` holds a control character; remove it.")
        return text

    def key(
        self,
        name: str = "id",
        *,
        shape: re.Pattern[str] = KEY_SHAPE,
        shape_in_words: str = "small letters, digits and hyphens",
    ) -> str:
        value = self.text(name, most=words.KEY)
        if value and not shape.fullmatch(value):
            self.problem(f"`{name}` is '{value}'; use {shape_in_words}.")
        return value

    def number(self, name: str, *, least: int, most: int) -> int:
        value = self._value(name, required=True, what=f"a number from {least} to {most}")
        if value is None:
            return least
        # TOML's true is Python's True, which is an int: it must not pass for 1.
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.problem(f"`{name}` must be a number from {least} to {most}.")
            return least
        return value

    def flag(self, name: str, *, unless_said: bool = False) -> bool:
        value = self._value(name, required=False, what="")
        if value is None:
            return unless_said
        if isinstance(value, bool):
            return value
        self.problem(f"`{name}` must be true or false.")
        return False

    def choice(self, name: str, allowed: Collection[str], *, required: bool = True) -> str:
        value = self.text(name, required=required)
        if value:
            self.check_known(name, value, allowed)
        return value

    def choices(self, name: str, allowed: Collection[str]) -> tuple[str, ...]:
        """A list without repeats, each from `allowed`; nothing written means none."""
        values = self._value(name, required=False, what="")
        if values is None:
            return ()
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.problem(f'`{name}` must be a list of texts, such as ["{next(iter(allowed), "a")}"].')
            return ()
        for value in values:
            self.check_known(name, value, allowed)
        if len(set(values)) < len(values):
            self.problem(f"`{name}` names something twice; name each once.")
        return tuple(values)

    def texts(self, name: str, *, most: int = words.TEXT) -> tuple[str, ...]:
        """A list of plain texts; nothing written means none."""
        values = self._value(name, required=False, what="")
        if values is None:
            return ()
        if not isinstance(values, list):
            self.problem(f"`{name}` must be a list of texts in quotes.")
            return ()
        numbered = {str(number): value for number, value in enumerate(values, 1)}
        each = Entry(numbered, place=f"{self.place}, {name}", problems=self.problems)
        return tuple(each.text(number, most=most) for number in numbered)

    def check_known(self, name: str, value: str, allowed: Collection[str]) -> None:
        if value not in allowed:
            known = ", ".join(allowed) or "none yet"
            self.problem(f"`{name}` names '{value}', which is not known; use one of: {known}.")

    def entry(self, name: str) -> "Entry":
        value = self._value(name, required=True, what=f"a table [{name}]")
        if value is not None and not isinstance(value, dict):
            self.problem(f"`{name}` must be a table [{name}].")
        table = value if isinstance(value, dict) else {}
        # A missing table is told once, by itself, not again for each key that it would have held.
        problems = self.problems if isinstance(value, dict) else []
        return Entry(table, place=f"{self.place}, {name}", problems=problems)

    def entries(self, name: str, *, named_by: str = "id", called: str = "") -> Iterator["Entry"]:
        """Each table of a list, its place telling its id where it has one, else its number."""
        values = self._value(name, required=False, what="")
        if values is None:
            return
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            self.problem(f"`{name}` must be written as a list of tables, each under [[{name}]].")
            return
        for number, table in enumerate(values, 1):
            label = table.get(named_by)
            shown = f"'{label}'" if isinstance(label, str) and label else str(number)
            yield Entry(table, place=f"{self.place}, {called or name} {shown}", problems=self.problems)

    def raw(self, name: str) -> Any:
        """A value that may have several shapes; the one who asks checks it."""
        self.asked.add(name)
        return self.table.get(name)

    def _value(self, name: str, *, required: bool, what: str) -> Any:
        value = self.raw(name)
        if value is None and required:
            self.problem(f"`{name}` is missing; add {what}.")
        return value


def read_optional_toml(path: Path, *, problems: list[str]) -> Entry | None:
    """The whole file as one entry, or None where there is none or it cannot be read (that among the problems)."""
    return read_toml(path, place=path.name, problems=problems) if path.exists() else None


def read_toml(path: Path, *, place: str, problems: list[str]) -> Entry | None:
    """The whole file as one entry, or None with the reason among the problems."""
    try:
        return Entry(tomllib.loads(path.read_text("utf-8")), place=place, problems=problems)
    except FileNotFoundError:
        problems.append(f"{place}: the file is missing; add it.")
    except UnicodeDecodeError:
        problems.append(f"{place}: the file is not UTF-8 text; save it as UTF-8.")
    except tomllib.TOMLDecodeError as error:
        problems.append(f"{place}: this is not valid TOML ({error}); correct it there.")
    except OSError as error:
        problems.append(f"{place}: the file cannot be read ({error.strerror}); check its permissions.")
    return None


def report_repeats(entries_and_keys: list[tuple[Entry, str]], *, what: str) -> None:
    """Tell every entry whose key an earlier one already has."""
    seen: set[str] = set()
    for entry, key in entries_and_keys:
        if key and key in seen:
            entry.problem(f"{what} '{key}' is there already; each may stand only once.")
        seen.add(key)


def holds_control_characters(text: str) -> bool:
    return any(unicodedata.category(character) == "Cc" for character in text if character not in "\n\t")
