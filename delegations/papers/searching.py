"""Searching the words of papers and packs, with the hit in its context.

Packs are every delegation's secret: only pages for moderators may ask here. The index is a table of its own,
made for SQLite (FTS5) or PostgreSQL (tsvector) by the migration; it can be thrown away and filled again. Packs
are indexed when somebody searches: a stored version never changes, so a version needs it once.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction

from delegations.library import newest_scenarios
from delegations.models import Paper, Passage, Scenario
from delegations.papers.structure import is_inline
from delegations.snapshot import snapshot

TABLE: Final = "delegations_found_text"
MOST_HITS: Final = 60
MOST_WORDS: Final = 12
# Marks around a hit, from the range that no text uses: split off before anything is shown.
START: Final = "\ue000"
STOP: Final = "\ue001"
QUERY_PART: Final = re.compile(r'"([^"]+)"|(\S+)')

FIND_SQLITE: Final = f"""
    SELECT kind, target, title, highlight({TABLE}, 0, %s, %s) FROM {TABLE}
    WHERE {TABLE} MATCH %s ORDER BY rank LIMIT %s
"""
FIND_POSTGRES: Final = f"""
    SELECT kind, target, title, ts_headline('english', body, asked, %s)
    FROM {TABLE}, websearch_to_tsquery('english', %s) AS asked
    WHERE words @@ asked ORDER BY ts_rank(words, asked) DESC, id LIMIT %s
"""
KEEP_SQLITE: Final = f"INSERT INTO {TABLE} (owner, kind, target, title, body) VALUES (%s, %s, %s, %s, %s)"
KEEP_POSTGRES: Final = f"""
    INSERT INTO {TABLE} (owner, kind, target, title, body, words)
    VALUES (%s, %s, %s, %s, %s, to_tsvector('english', %s))
"""
# Characters of context on each side of the first hit, and the most that is shown.
BEFORE: Final = 140
SHOWN: Final = 420


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text around a hit; `hit`: it is what was looked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    kind: str  # "passage" or "pack"
    target: tuple[str, ...]  # of a passage: paper's slug and passage's id; of a pack: exercise and delegation
    title: str
    pieces: tuple[Piece, ...]


def search(query: str) -> list[Hit]:
    """What holds all the words of the query ("several in quotes" stand together), the best first. Moderators only."""
    wanted = _wanted(query)
    if not wanted:
        return []
    refresh_packs()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            options = f"StartSel={START}, StopSel={STOP}, HighlightAll=true"
            cursor.execute(FIND_POSTGRES, [options, _without_accents(" ".join(wanted)), MOST_HITS])
        else:
            cursor.execute(FIND_SQLITE, [START, STOP, " ".join(wanted), MOST_HITS])
        rows = cursor.fetchall()
    return [
        Hit(kind, tuple(target.split(" ")), title, _pieces(_around_hit(text))) for kind, target, title, text in rows
    ]


def index_paper(*, paper: Paper) -> None:
    """The passages of a paper as they are stored now, in place of those indexed before."""
    passages = Passage.objects.filter(paper=paper).order_by("id")
    rows = [
        ("passage", f"{paper.slug} {passage.pk}", f"{paper.title}: {passage.locator}", passage.text)
        for passage in passages
        if not is_inline(section=passage.section)
    ]
    _replace(f"paper {paper.pk}", rows)


def refresh_packs() -> None:
    """Index the packs of versions that are new, forget those of versions that were replaced."""
    newest = {f"scenario {scenario.pk}": scenario for scenario in newest_scenarios()}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT owner FROM {TABLE} WHERE kind = %s", ["pack"])
        indexed = {owner for (owner,) in cursor.fetchall()}
    for owner in indexed - newest.keys():
        _replace(owner, [])
    for owner in newest.keys() - indexed:
        _replace(owner, list(_pack_rows(newest[owner])))


def _pack_rows(scenario: Scenario) -> Iterator[tuple[str, str, str, str]]:
    """Each text of each pack; under one title for what stands together."""
    for code, pack in snapshot(scenario)["packs"].items():
        for section, value in pack.items():
            heading = f"{scenario.title}, {code}: {section.replace('_', ' ')}"
            for text in _texts(value):
                yield "pack", f"{scenario.slug} {code}", heading, text


def _texts(value: Any) -> Iterator[str]:
    """The sentences within a part of a pack: not its keys, options' letters or sources."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one) if isinstance(one, dict) else ()
    elif isinstance(value, dict):
        sentences = [one for one in value.values() if isinstance(one, str) and " " in one]
        if sentences:
            yield " — ".join(sentences)


@transaction.atomic
def _replace(owner: str, rows: Sequence[tuple[str, str, str, str]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Two searches at once would both index a new pack; SQLite lets one write at a time anyway.
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{TABLE} {owner}"])
        cursor.execute(f"DELETE FROM {TABLE} WHERE owner = %s", [owner])
        values = [(owner, kind, target, title, _unmarked(body)) for kind, target, title, body in rows]
        if connection.vendor == "postgresql":
            cursor.executemany(KEEP_POSTGRES, [(*value, _without_accents(value[-1])) for value in values])
        else:
            cursor.executemany(KEEP_SQLITE, values)


def _unmarked(text: str) -> str:
    return text.replace(START, "").replace(STOP, "").replace("\0", "")


def _without_accents(text: str) -> str:
    """As SQLite's tokenizer does it by itself: "naïve" is found by "naive"."""
    return "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))


def _wanted(query: str) -> list[str]:
    """The words and phrases of a query, each in quotes: nothing in it is an operator of the database."""
    parts = [phrase or word for phrase, word in QUERY_PART.findall(query.replace("\0", ""))]
    parts = [part.replace('"', " ") for part in parts if any(character.isalnum() for character in part)]
    return [f'"{part}"' for part in parts[:MOST_WORDS]]


def _around_hit(marked: str) -> str:
    """The text around the first hit, cut between words."""
    first = max(marked.find(START), 0)
    start = 0 if first <= BEFORE else marked.rfind(" ", 0, first - BEFORE // 2) + 1
    if len(marked) - start <= SHOWN:
        return ("… " if start else "") + marked[start:]
    end = marked.rfind(" ", start, start + SHOWN)
    end = max(end, marked.find(STOP, first) + 1)
    return f"{'… ' if start else ''}{marked[start:end]} …"


def _pieces(marked: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for number, part in enumerate(marked.split(START)):
        hit, stop, rest = part.partition(STOP)
        if number and stop:
            pieces.append(Piece(hit, True))
            pieces.append(Piece(rest, False))
        else:
            pieces.append(Piece(part, False))
    return tuple(piece for piece in pieces if piece.text)
