"""From a file to plain text: text and Markdown as they are, PDF by its text layer.

What cannot become text is refused with a sentence that says what to do. Nothing is guessed about the content
here, and nothing is stored.
"""

import codecs
import re
import unicodedata
from typing import Final

from delegations.papers.pdf import PDF_MARK, read_pdf
from delegations.papers.refusing import PaperRefused

# A long policy paper is half a megabyte of text, or a few megabytes of PDF with its figures.
MOST_BYTES: Final = 20_000_000
MOST_CHARACTERS: Final = 2_000_000
FEWEST_LETTERS: Final = 40
# Text has next to no control characters; programs, pictures and archives are full of them.
MOST_CONTROLS: Final = 0.01
MARKED: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# So many spaces, or of any one sign, are left in a row at most: no paper needs more, and whoever looks for the shape of
# a line would walk them again and again.
LONGEST_RUN: Final = 99
SPACES: Final = re.compile(rf"[^\S\n\f]{{{LONGEST_RUN},}}")
SIGNS: Final = re.compile(rf"([^\w\s])\1{{{LONGEST_RUN},}}")
ZIP_MARK: Final = b"PK\x03\x04"
WORD_MARK: Final = b"\xd0\xcf\x11\xe0"


def read_paper_file(*, name: str, content: bytes) -> str:
    """The text of the file, lines parted by newlines and pages by form feeds. Raises PaperRefused."""
    check_size(name=name, size=len(content))
    text = read_pdf(name=name, content=content) if PDF_MARK in content[:1024] else _decode(name, content)
    if sum(character.isalpha() for character in text) < FEWEST_LETTERS:
        raise PaperRefused(f"{name}: there is next to no text in it. Check that it is the right file.")
    if len(text) > MOST_CHARACTERS:
        raise PaperRefused(
            f"{name}: it has {len(text):,} characters, more than a paper has ({MOST_CHARACTERS:,} at most). "
            "Cut out the chapters that you need and import those."
        )
    return SIGNS.sub(lambda run: run[1] * LONGEST_RUN, SPACES.sub(" " * LONGEST_RUN, text))


def check_size(*, name: str, size: int) -> None:
    if size > MOST_BYTES:
        raise PaperRefused(
            f"{name}: it has {size / 1_000_000:.0f} MB; a paper may have {MOST_BYTES // 1_000_000} MB. "
            "Export its text only (in a reader: save as text), or cut out the chapters that you need."
        )


def _decode(name: str, content: bytes) -> str:
    if content.startswith((ZIP_MARK, WORD_MARK)):
        raise PaperRefused(
            f"{name}: this is a word processor's file or an archive. Open it there, save it as plain text (UTF-8) "
            "or as PDF, and import that."
        )
    encoding = next((known for mark, known in MARKED if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if _looks_binary(content.decode("latin-1")):
            raise PaperRefused(_not_text(name)) from error
        line = content.count(b"\n", 0, error.start) + 1
        raise PaperRefused(
            f"{name}, line {line}: a character there is not UTF-8. Open the file in an editor, save it as UTF-8, "
            "and import it again."
        ) from error
    if _looks_binary(text):
        raise PaperRefused(_not_text(name))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _looks_binary(text: str) -> bool:
    sample = text[:100_000]
    controls = sum(unicodedata.category(character) == "Cc" and character not in "\t\n\r\f" for character in sample)
    return "\0" in sample or controls > MOST_CONTROLS * len(sample)


def _not_text(name: str) -> str:
    return f"{name}: this is not text. Import a text, Markdown or PDF file; save the paper as one of these first."
