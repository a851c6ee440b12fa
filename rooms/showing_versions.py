"""What is shown of how a paragraph came to its words: every version, changes by word, and who brought in which. Pure;
no rules of the dialogue."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rooms.domain.authorship import Run, runs, word_diff
from rooms.domain.documents import Paragraph, Version

SHOWN = 12  # versions of a paragraph on a screen, the newest; older ones are read from the record
KEPT = 2_000  # paragraphs whose comparison is remembered: it is asked for again at every change of any other

# How a version came about, in words before whose it is.
CAUSES = {
    "proposed": "proposed by",
    "reworded": "reworded by",
    "alternative": "brackets settled with words of",
    "bridged": "brackets settled with a bridge of",
    "amended": "amended by",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of words: `kind` same, out or in; `author` of what came in, "" the chair, None where it does not
    matter."""

    kind: str
    text: str
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One version, with what it changed in the one before."""

    number: int
    version: Version
    changes: tuple[Change, ...]

    @property
    def how(self) -> str:
        return CAUSES.get(self.version.cause, self.version.cause)


def since_proposed(paragraph: Paragraph) -> tuple[Change, ...]:
    """The present words against those first proposed, with who brought in what is new; nothing if none changed."""
    versions = paragraph.versions
    return _since_first(versions[0].text, versions[-1].text, runs(versions)) if len(versions) > 1 else ()


@lru_cache(maxsize=KEPT)
def _since_first(first: str, latest: str, by: tuple[Run, ...]) -> tuple[Change, ...]:
    changes: list[Change] = []
    at = 0
    owned = [author for text, author in by for _ in text]
    for kind, text in word_diff(first, latest):
        if kind != "in":
            changes.append(Change(kind, text))
        else:
            changes.extend(_by_author(text, owned[at : at + len(text)]))
        if kind != "out":
            at += len(text)
    return tuple(changes)


def _by_author(text: str, owned: list[str]) -> list[Change]:
    """New words cut where another author's begin."""
    cuts = [place for place in range(1, len(text)) if owned[place] != owned[place - 1]]
    return [
        Change("in", text[start:end], owned[start]) for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)
    ]


def steps(paragraph: Paragraph) -> tuple[Step, ...]:
    """The last versions, the newest first."""
    gone = unshown(paragraph)
    return _steps(paragraph.versions[max(0, gone - 1) :], gone)


@lru_cache(maxsize=KEPT)
def _steps(versions: tuple[Version, ...], gone: int) -> tuple[Step, ...]:
    """Of the last versions, with the one before them if any are `gone`."""
    first = Step(1, versions[0], (Change("same", versions[0].text),)) if versions and not gone else None
    later = [
        Step(number, new, against(old.text, new.text))
        for number, (old, new) in enumerate(pairwise(versions), start=gone + 1 if gone else 2)
    ]
    return (*reversed(later), *([first] if first else []))


def unshown(paragraph: Paragraph) -> int:
    """How many versions are older than those that are shown."""
    return max(0, len(paragraph.versions) - SHOWN)


@lru_cache(maxsize=KEPT)
def against(old: str, new: str) -> tuple[Change, ...]:
    """Changes by word from one wording to another."""
    return tuple(Change(kind, text) for kind, text in word_diff(old, new))
