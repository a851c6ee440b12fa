"""From a PDF to its text, page by page. Reads the text layer only; what is a picture of text is refused.

Damaged, locked and endless files end in a sentence, never in a traceback: whatever the library raises on a
stranger's file means that this file cannot be read.
"""

import io
import logging
from collections.abc import Iterator
from typing import Final

from pypdf import PdfReader

from delegations.papers.refusing import PaperRefused

PDF_MARK: Final = b"%PDF-"
MOST_PAGES: Final = 600
# Bytes of drawing on one page, and letters in all: a small file may unfold into what takes hours to read.
MOST_ON_A_PAGE: Final = 3_000_000
MOST_LETTERS: Final = 2_500_000
# A page of text has some two thousand letters. A scan has none, or a few from a stamp on it.
FEWEST_LETTERS_A_PAGE: Final = 40
logging.getLogger("pypdf").setLevel(logging.ERROR)  # a stranger's file is full of small faults that mend themselves


def read_pdf(*, name: str, content: bytes) -> str:
    """The text of every page, pages parted by form feeds. Raises PaperRefused."""
    try:
        pages = _pages(name, content)
    except PaperRefused:
        raise
    except Exception as error:  # a broken file makes the library fail in ways that it knows nothing of itself
        raise PaperRefused(
            f"{name}: the PDF is damaged and cannot be read. Open it in a reader, save or print it to a new PDF, "
            "and import that."
        ) from error
    letters = sum(character.isalpha() for page in pages for character in page)
    if letters < FEWEST_LETTERS_A_PAGE * max(len(pages), 1):
        raise PaperRefused(
            f"{name}: this PDF has pictures of its pages but no text. Run text recognition (OCR) over it first, "
            "then import the result."
        )
    return "\f".join(pages)


def _pages(name: str, content: bytes) -> list[str]:
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise PaperRefused(f"{name}: the PDF is locked with a password. Save it without one and import that.")
    if len(reader.pages) > MOST_PAGES:
        raise PaperRefused(
            f"{name}: it has {len(reader.pages)} pages; a paper may have {MOST_PAGES}. "
            "Cut out the chapters that you need."
        )
    return list(_texts(name, reader))


def _texts(name: str, reader: PdfReader) -> Iterator[str]:
    left = MOST_LETTERS
    for number, page in enumerate(reader.pages, start=1):
        drawn = page.get_contents()
        if drawn is not None and len(drawn.get_data()) > MOST_ON_A_PAGE:
            left = -1
        else:
            text = page.extract_text().strip("\n")
            left -= len(text)
        if left < 0:
            raise PaperRefused(
                f"{name}, page {number}: there is far more on it than on a page of text. Cut out the chapters that "
                "you need, and import those."
            )
        yield text
