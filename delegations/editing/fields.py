"""The fields of an entry: what each holds in a file, how it is read from a form and how it is shown in one.

A field judges nothing but its shape. A draft may be half written, and the rules of a scenario stand in the code that
reads folders; so a number that is no number is kept as it was typed, and those rules then say so.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.utils.text import slugify

from delegations import words
from delegations.editing.document import Json

Post = Mapping[str, Any]  # a QueryDict: `getlist` for what is ticked
Named = Sequence[tuple[str, str]]
MOST_ROWS: Final = 40
MOST_ENTRIES: Final = 200


@dataclass(frozen=True)
class Around:
    """What the entries of a document may name: each a list of value and label."""

    document: Json
    delegations: Named
    others: Named  # without the delegation whose pack it is
    issues: Named
    agenda: Named
    papers: Named

    def options(self, issue: str) -> Named:
        for one in self.document["issues"]["issue"]:
            if one.get("id") == issue:
                return [(o.get("id", ""), o.get("label", "")) for o in one.get("option", [])]
        return []


def clean(text: Any) -> str:
    """One line of plain text: no control characters, no line breaks, which a file would not keep either."""
    kept = "".join(" " if unicodedata.category(character) in ("Cc", "Cs") else character for character in str(text))
    return " ".join(kept.split())


@dataclass(frozen=True)
class Field:
    """`name` is the key in the file; `required` keeps an empty value there, so that the rules can ask for it."""

    name: str
    label: str
    hint: str = ""
    required: bool = True
    kind: ClassVar[str] = ""

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.name,)

    def read(self, post: Post, prefix: str, keep: bool = False) -> Json:
        """What was typed; `keep`: empty rows too, because somebody is about to fill them."""
        value = self.value(post, prefix + self.name)
        return {self.name: value} if self.required or value not in ("", [], False, {}) else {}

    def value(self, post: Post, at: str) -> Any:
        raise NotImplementedError

    def show(self, entry: Json, prefix: str, around: Around) -> Json:
        return {
            "kind": self.kind,
            "at": prefix + self.name,
            "label": self.label,
            "hint": self.hint,
            "required": self.required,
            **self.shown(entry, around),
        }

    def shown(self, entry: Json, around: Around) -> Json:
        return {"value": entry.get(self.name, "")}

    def fits(self, entry: Json) -> str:
        """What is wrong with the shape of the entry's value, or nothing."""
        return "" if isinstance(entry.get(self.name, ""), str) else "must be a text in quotes"


@dataclass(frozen=True)
class Text(Field):
    most: int = words.TITLE
    kind: ClassVar[str] = "text"

    def value(self, post: Post, at: str) -> Any:
        return clean(post.get(at, ""))


@dataclass(frozen=True)
class Prose(Text):
    """A paragraph."""

    most: int = words.TEXT
    kind: ClassVar[str] = "prose"


@dataclass(frozen=True)
class Key(Text):
    """What other entries name this one by; made from another field where nobody wrote it."""

    made_from: str = "title"
    most: int = words.KEY
    kind: ClassVar[str] = "key"

    def value(self, post: Post, at: str) -> Any:
        beside = at.removesuffix(self.name) + self.made_from
        return slugify(clean(post.get(at, "")))[: self.most] or slugify(clean(post.get(beside, "")))[:30].strip("-_")


@dataclass(frozen=True)
class Number(Field):
    least: int = 0
    most: int = 100
    kind: ClassVar[str] = "number"

    def value(self, post: Post, at: str) -> Any:
        return as_number(post.get(at, ""))

    def shown(self, entry: Json, around: Around) -> Json:
        return {"value": entry.get(self.name, ""), "least": self.least, "most": self.most}

    def fits(self, entry: Json) -> str:
        return "" if _is_number(entry.get(self.name, 0)) else "must be a number"


def as_number(typed: Any) -> int | str:
    """The number, or what was typed where that is none."""
    text = clean(typed)
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else text


def _is_number(value: Any) -> bool:
    """A draft may hold what was typed instead of a number, and so may its export."""
    return isinstance(value, int | str) and not isinstance(value, bool)


@dataclass(frozen=True)
class Flag(Field):
    """`unless_said`: what holds where the file says nothing; only the other is written."""

    required: bool = False
    unless_said: bool = False
    kind: ClassVar[str] = "flag"

    def read(self, post: Post, prefix: str, keep: bool = False) -> Json:
        value = self.value(post, prefix + self.name)
        return {} if value == self.unless_said else {self.name: value}

    def value(self, post: Post, at: str) -> Any:
        return bool(post.get(at))

    def shown(self, entry: Json, around: Around) -> Json:
        return {"value": entry.get(self.name, self.unless_said)}

    def fits(self, entry: Json) -> str:
        return "" if isinstance(entry.get(self.name, False), bool) else "must be true or false"


@dataclass(frozen=True)
class Choice(Field):
    choices: Callable[[Around, Json], Named] = lambda around, entry: ()
    none: str = ""  # what an empty choice is called
    kind: ClassVar[str] = "choice"

    def value(self, post: Post, at: str) -> Any:
        return clean(post.get(at, ""))

    def shown(self, entry: Json, around: Around) -> Json:
        value = entry.get(self.name, "")
        choices = list(self.choices(around, entry))
        if value and value not in dict(choices):
            choices.append((value, f"{value} (not there any more)"))
        return {"value": value, "choices": choices, "none": self.none or "choose one"}


@dataclass(frozen=True)
class Choices(Field):
    required: bool = False
    choices: Callable[[Around, Json], Named] = lambda around, entry: ()
    kind: ClassVar[str] = "choices"

    def value(self, post: Post, at: str) -> Any:
        return list(dict.fromkeys(clean(value) for value in post.getlist(at)))  # type: ignore[attr-defined]

    def shown(self, entry: Json, around: Around) -> Json:
        chosen = entry.get(self.name, [])
        choices = list(self.choices(around, entry))
        gone = [(one, f"{one} (not there any more)") for one in chosen if one not in dict(choices)]
        return {"choices": [(value, label, value in chosen) for value, label in choices + gone]}

    def fits(self, entry: Json) -> str:
        return "" if _are_texts(entry.get(self.name, [])) else "must be a list of texts"


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


@dataclass(frozen=True)
class Lines(Field):
    """Several sentences, one a line."""

    required: bool = False
    kind: ClassVar[str] = "lines"

    def value(self, post: Post, at: str) -> Any:
        typed = str(post.get(at, "")).splitlines()
        return [line for line in map(clean, typed) if line][:MOST_ROWS]

    def shown(self, entry: Json, around: Around) -> Json:
        return {"value": "\n".join(entry.get(self.name, []))}

    def fits(self, entry: Json) -> str:
        return "" if _are_texts(entry.get(self.name, [])) else "must be a list of texts"


@dataclass(frozen=True)
class Answers(Field):
    """The answers of a question, one of them right: two keys of the file, one group of the form."""

    places: ClassVar[int] = 4
    kind: ClassVar[str] = "answers"

    @property
    def keys(self) -> tuple[str, ...]:
        return ("options", "answer")

    def read(self, post: Post, prefix: str, keep: bool = False) -> Json:
        at = prefix + self.name
        typed = [clean(post.get(f"{at}-{place}", "")) for place in range(self.places)]
        right = as_number(post.get(f"{at}-right", ""))
        before = sum(1 for one in typed[: right + 1] if one) - 1 if isinstance(right, int) else -1
        # The number of the right one among those that were written; no number where none was chosen.
        answer = before if isinstance(right, int) and right < self.places and typed[right] else ""
        return {"options": [one for one in typed if one], "answer": answer}

    def shown(self, entry: Json, around: Around) -> Json:
        options = list(entry.get("options", []))
        places = range(max(self.places, len(options)))
        right = entry.get("answer", "")
        return {"places": [(place, options[place] if place < len(options) else "", place == right) for place in places]}

    def fits(self, entry: Json) -> str:
        if not _are_texts(entry.get("options", [])):
            return "must be a list of texts"
        return "" if _is_number(entry.get("answer", 0)) else "must have the number of the right one in `answer`"


@dataclass(frozen=True)
class When(Field):
    """By hand, at a minute, or so many minutes into an item."""

    kind: ClassVar[str] = "when"

    def value(self, post: Post, at: str) -> Any:
        how = post.get(at, "")
        if how == "minute":
            return {"minute": as_number(post.get(f"{at}-minute", ""))}
        if how == "item":
            after = as_number(post.get(f"{at}-after", "") or 0)
            return {"item": clean(post.get(f"{at}-item", "")), "after": after}
        return "manual"

    def shown(self, entry: Json, around: Around) -> Json:
        value = entry.get(self.name, "manual")
        when = value if isinstance(value, dict) else {}
        how = "minute" if "minute" in when else "item" if "item" in when else "manual"
        items = list(around.agenda)
        if when.get("item") and when["item"] not in dict(items):
            items.append((when["item"], f"{when['item']} (not there any more)"))
        return {"how": how, "when": when, "items": items}

    def fits(self, entry: Json) -> str:
        value = entry.get(self.name, "manual")
        if isinstance(value, str):
            return ""
        known = isinstance(value, dict) and value.keys() <= {"minute", "item", "after"}
        return "" if known and all(_is_number(one) for one in value.values()) else "is not understood"


@dataclass(frozen=True)
class OptionsByIssue(Field):
    """For some issues, some of their options."""

    required: bool = False
    kind: ClassVar[str] = "options"

    def value(self, post: Post, at: str) -> Any:
        chosen: dict[str, list[str]] = {}
        for one in post.getlist(at):  # type: ignore[attr-defined]
            issue, _, option = clean(one).partition(":")
            chosen.setdefault(issue, []).append(option)
        return chosen

    def shown(self, entry: Json, around: Around) -> Json:
        chosen = entry.get(self.name, {})
        known = dict(around.issues)
        rows = [(key, title, around.options(key)) for key, title in around.issues]
        rows += [
            (key, f"{key} (not there any more)", [(one, one) for one in chosen[key]]) for key in chosen.keys() - known
        ]
        return {
            "issues": [
                (
                    title,
                    [(f"{key}:{option}", option, label, option in chosen.get(key, [])) for option, label in options],
                )
                for key, title, options in rows
            ]
        }

    def fits(self, entry: Json) -> str:
        value = entry.get(self.name, {})
        fine = isinstance(value, dict) and all(map(_are_texts, value.values()))
        return "" if fine else "must be a table of issues with their options"


def read_entry(fields: Sequence[Field], post: Post, *, keep: bool = False) -> Json:
    """The entry that was typed; `keep`: with its empty rows."""
    return {key: value for field in fields for key, value in field.read(post, "", keep).items()}


def misfits(fields: Sequence[Field], entry: Json) -> list[str]:
    """What of an entry's shape no form could show, as ends of sentences."""
    known = {key for field in fields for key in field.keys}
    strange = [f"`{key}` is not known here" for key in entry if key not in known]
    return strange + [f"`{field.name}` {wrong}" for field in fields if (wrong := field.fits(entry))]
