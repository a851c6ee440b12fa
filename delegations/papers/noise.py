"""Cleaning what scanning, conversion and page make-up left in a text. Works on lines and on the joints between them.

Whatever is here must keep the words of the paper: it takes away marks of markup, rejoins what a page or a line
break cut, and tells strays from text. It decides nothing about headings, lists or footnotes.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
SUPERSCRIPTS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
TO_SUPERSCRIPT: Final = str.maketrans("0123456789", SUPERSCRIPTS)
# "<sup>&lt;sup>4</sup>" is one tag that was escaped inside another.
DOUBLED_TAG: Final = re.compile(r"<sup>\s*&(?:amp;)?lt;sup>|<sup>&</sup>lt;sup>")
NOTE_MARK: Final = re.compile(r"\s*<sup>\s*\\?(\*|†|\d{1,3})\s*</sup>|\[\^(\d{1,3})\](?!:)")
TAG: Final = re.compile(r"</?(?:sup|sub|b|i|em|strong|u|span|div|p|br|font|center|a)\b[^<>]*>", re.IGNORECASE)
EMPHASIS: Final = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)(.{1,400}?)(?<=\S)\1(?![\w*])")
ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+\-.!$&%~>|])")
FORMULA: Final = re.compile(r"\$\s*\\[a-zA-Z]+\s*\$")
UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0b\x0e-\x1f\x7f\ue000-\uf8ff]")
LIGATURES: Final = str.maketrans(
    {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\u00a0": " ", "\u2009": " "}
)
PAGE_NUMBER: Final = re.compile(r"\W*(?:page\s+)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s+of\s+\d{1,4})?\W*", re.IGNORECASE)
# The end of a sentence, with what may stand behind it: quotes, brackets, the number of a note.
FINISHED: Final = re.compile(rf"[.?!:;…]['\"”’)\]*]*\s?[\d{SUPERSCRIPTS}*†]{{0,3}}$")
OPEN_END: Final = re.compile(r"[\w,\-–—&(]$")
# In "short- and long-term" the hyphen stands for a word that comes later.
SUSPENDED: Final = re.compile(r"(?:and|or|to|und)\b")
HYPHENATED: Final = re.compile(r"\b([a-z]{2,})-([a-z]{2,})\b")
MOST_RUNNING_HEAD: Final = 90
FEWEST_REPEATS: Final = 3


def clean_line(line: str) -> str:
    """One line without invisible characters; its layout (indent, tabs) stays."""
    return UNSEEN.sub("", line.translate(LIGATURES)).rstrip()


def plain(text: str) -> str:
    """A text without markup. The mark of a note becomes a superscript, so that it is seen and not read."""
    text = NOTE_MARK.sub(_superscript, DOUBLED_TAG.sub("<sup>", text))
    text = FORMULA.sub("", TAG.sub("", text))
    text = html.unescape(text)
    for _ in range(2):  # emphasis within emphasis
        text = EMPHASIS.sub(r"\2", text)
    return " ".join(ESCAPED.sub(r"\1", text).split())


def _superscript(match: re.Match[str]) -> str:
    mark: str = match[1] or match[2]
    return mark.translate(TO_SUPERSCRIPT)


def is_stray(text: str) -> bool:
    """Arrows, rules and single letters that belong to the page, not to the text."""
    shown = plain(text)
    return (len(WORD.findall(shown)) == 0 and not any(map(str.isdigit, shown))) or (len(shown) == 1 and shown.isalpha())


def is_page_number(text: str) -> bool:
    return bool(PAGE_NUMBER.fullmatch(text.strip()))


def running_heads(lines: Iterable[str]) -> frozenset[str]:
    """What stands again and again by itself, page numbers apart: the title at the top of every page."""
    counted = Counter(masked(line) for line in lines if is_short(line))
    return frozenset(line for line, times in counted.items() if times >= FEWEST_REPEATS)


def is_short(line: str) -> bool:
    """Whether a line could be a running head: few words, no end of a sentence, no mark of a heading or a list."""
    text = line.strip()
    return (
        bool(WORD.search(text))
        and len(text) <= MOST_RUNNING_HEAD
        and not text.startswith(("#", "-", "<"))
        and text[-1] not in ".:;?!"
    )


def masked(line: str) -> str:
    return " ".join(re.sub(r"\d+", "", line).split()).casefold()


def unfinished(text: str) -> bool:
    """Whether a paragraph stops in the middle of a sentence, as at the foot of a page."""
    text = re.sub(rf"[{SUPERSCRIPTS}]+$", "", text.rstrip())
    return bool(OPEN_END.search(text)) and not FINISHED.search(text)


LONGEST_WORD: Final = 100


class Joining:
    """Joining the pieces of a word or a sentence, with the paper itself as the dictionary."""

    def __init__(self, text: str) -> None:
        words = Counter(match.casefold() for match in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text))
        self.words = words
        self.small = frozenset(re.findall(r"\b[a-z]+\b", text))

    def lines(self, lines: Sequence[str]) -> str:
        """The lines of one paragraph as one line."""
        whole = ""
        for line in lines:
            whole = self.join(whole, " ".join(line.split()))
        return whole

    def join(self, before: str, after: str) -> str:
        if not before or not after:
            return before or after
        if not re.fullmatch(r"\w-", before[-2:]):
            # A dash binds without spaces, also across a break.
            return before + after if before.endswith(("—", "–")) and before[-2:-1].isalnum() else f"{before} {after}"
        if SUSPENDED.match(after):
            return f"{before} {after}"
        return (before[:-1] if self._one_word(before, after) else before) + after

    def _one_word(self, before: str, after: str) -> bool:
        first = re.search(r"([^\W\d_]+(?:-[^\W\d_]+)*)-$", before[-LONGEST_WORD:])
        second = re.match(r"[^\W\d_]+", after)
        if not first or not second or second[0][0].isupper():
            return False
        joined, hyphenated = f"{first[1]}{second[0]}".casefold(), f"{first[1]}-{second[0]}".casefold()
        return self.words[joined] >= self.words[hyphenated]

    def is_name(self, word: str) -> bool:
        """Whether the paper never has this word in small letters."""
        return word.split("-")[0].lower() not in self.small

    def mend(self, text: str) -> str:
        """Words that an old line break left hyphenated: "com-promise" in a paper that has "compromise"."""
        return HYPHENATED.sub(self._mended, text)

    def _mended(self, match: re.Match[str]) -> str:
        joined = match[1] + match[2]
        cut = self.words[joined] and not (self.words[match[1]] and self.words[match[2]])
        return joined if cut and self.words[match[0]] <= self.words[joined] else match[0]
