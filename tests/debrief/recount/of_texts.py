"""The history of texts: brackets, holds, offers, what stood before their end, wordings, amendments."""

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import Any

from tests.debrief.recount.of_session import told
from tests.debrief.recount.paragraphs import SECTIONS, paragraphs_of, texts_of
from tests.debrief.recount.raw import TEN_MINUTES, Raw, Row

# A word with what belongs to it, or any one sign that is not a blank.
TOKEN = re.compile(r"[^\W_](?:[^\W_]|['’‐‑-](?=[^\W_])|(?<=\d)[.,](?=\d))*|\S")
ON_A_BRACKET = {
    "brackets.bridge_offered": "bridge",
    "brackets.alternative_added": "alternative",
    "brackets.held": "hold",
    "brackets.hold_lifted": "hold",
    "brackets.hold_set_aside": "hold",
    "brackets.consented": "hold",
}
AMENDING = ("tabled", "reworded", "accepted", "adopted", "rejected", "withdrawn")
STOPPED = ("room.session_paused", "room.session_resumed", "room.session_adjourned", "room.session_reconvened")


def counted(raw: Raw) -> dict[str, Any]:
    return {"histories": [_history(raw, document, row) for document, row in texts_of(raw)]}


def _history(raw: Raw, document: str, opened: Row) -> dict[str, Any]:
    brackets = brackets_of(raw, document)
    burn = _burn(raw, opened, brackets)
    endings = Counter(_ending(one) for one in brackets)
    paragraphs = paragraphs_of(raw, document)
    there = [one for one in paragraphs if not paragraphs[one]["off"]]
    there.sort(key=lambda one: SECTIONS.index(paragraphs[one]["section"]))
    off = [one for one in paragraphs if paragraphs[one]["off"]]
    return {
        "opened_at": opened["_at"],
        "cursor": opened["_n"],
        "burn": burn,
        "opened": len(brackets),
        "most": max(one["open"] for one in burn),
        "left": sum(one["end"] is None for one in brackets),
        "ended": [
            (ending, endings[ending])
            for ending in ("settled", "bridged", "lifted", "set_aside", "withdrawn", "open")
            if endings[ending]
        ],
        "brackets": [_bracket(raw, document, one, paragraphs[one["paragraph"]]) for one in brackets],
        "paragraphs": [
            {**_paragraph(paragraphs[one]), "brackets": sum(each["paragraph"] == one for each in brackets)}
            for one in (*there, *off)
        ],
        "amendments": [_amendment(raw, row, paragraphs) for row in _tabled(raw, document)],
    }


# Brackets


def brackets_of(raw: Raw, document: str, upto: int | None = None) -> list[dict[str, Any]]:
    """Every bracket as the row that opened it, with the rows about it, its end and how."""
    paragraphs = paragraphs_of(raw, document, upto)
    found = []
    for opened in raw.rows[:upto]:
        if (opened["_name"], opened.get("document")) != ("brackets.opened", document):
            continue
        its = [
            row for row in raw.rows[:upto] if (row.get("document"), row.get("bracket")) == (document, opened["bracket"])
        ]
        ends = [row for row in its if row["_name"] in ("brackets.settled", "brackets.ended")]
        off = paragraphs[opened["paragraph"]]["off"]
        end = min([*ends, *([off] if off else [])], key=lambda row: row["_n"], default=None)
        found.append({**opened, "its": its, "end": end})
    return found


def _ending(one: dict[str, Any]) -> str:
    if one["end"] is None:
        return "open"
    if one["end"]["_name"] == "brackets.ended":
        return str(one["end"]["how"])
    if one["end"]["_name"] != "brackets.settled":
        return "withdrawn"
    bridges = {row["alternative"] for row in one["its"] if row["_name"] == "brackets.bridge_offered"}
    return "bridged" if one["end"]["alternative"] in bridges else "settled"


def _burn(raw: Raw, opened: Row, brackets: list[dict[str, Any]]) -> list[dict[str, int]]:
    steps = {one["_n"]: 1 for one in brackets}
    steps_down = Counter(one["end"]["_n"] for one in brackets if one["end"])
    burn, count = [{"at": opened["_at"], "cursor": opened["_n"], "open": 0}], 0
    for row in raw.rows:
        change = steps.get(row["_n"], 0) - steps_down.get(row["_n"], 0)
        count += change
        if change:
            burn.append({"at": row["_at"], "cursor": row["_n"], "open": count})
    return burn


def _bracket(raw: Raw, document: str, one: dict[str, Any], paragraph: dict[str, Any]) -> dict[str, Any]:
    end = one["end"]
    offers = [row for row in one["its"] if row["_name"] in ("brackets.alternative_added", "brackets.bridge_offered")]
    holds = _holds(one, paragraph["wordings"][0][1] if not paragraph["sponsors"] else paragraph["proposer"])
    return {
        "opened_at": one["_at"],
        "cursor": one["_n"],
        "ended_at": end["_at"] if end else None,
        "ended_cursor": end["_n"] if end else None,
        "open_ms": raw.ran(one["_at"], end["_at"] if end else raw.end),
        "offers": [{"at": row["_at"], "cursor": row["_n"]} for row in offers],
        "holds": [
            {
                "since": since["_at"],
                "cursor": since["_n"],
                "until": until["_at"] if until else None,
                "until_cursor": until["_n"] if until else None,
            }
            for _code, _what, since, until in holds
        ],
        "before": _before(raw, document, one, paragraph["proposer"], {hold[0] for hold in holds}) if end else [],
    }


def _holds(one: dict[str, Any], proposer: str) -> list[list[Any]]:
    """[who, for which words, since which row, until which row or None], in the order in which they began."""
    spans: list[list[Any]] = [[one["delegation"], "", one, None]]

    def close(code: str, row: Row) -> None:
        for span in spans:
            if span[0] == code and span[3] is None:
                span[3] = row

    def hold(code: str, what: str, row: Row) -> None:
        mine = [span for span in spans if span[0] == code and span[3] is None]
        if mine and mine[0][1] == what:
            return
        if mine and mine[0][2]["_at"] == row["_at"]:
            spans.remove(mine[0])
        close(code, row)
        spans.append([code, what, row, None])

    for row in one["its"]:
        if one["end"] and row["_n"] >= one["end"]["_n"]:
            break
        holding = {span[0] for span in spans if span[3] is None}
        name, code = row["_name"], row.get("delegation", "")
        offers_and_holds = name == "brackets.alternative_added" and (code != proposer or code in holding)
        if name == "brackets.held" or offers_and_holds:
            hold(code, row["alternative"], row)
        elif name in ("brackets.hold_lifted", "brackets.hold_set_aside"):
            close(code, row)
    for span in spans:
        span[3] = span[3] or one["end"]
    return spans


def _before(raw: Raw, document: str, one: dict[str, Any], proposer: str, holders: set[str]) -> list[dict[str, int]]:
    end, visible = one["end"], {row["_n"] for row in told(raw)}
    parties, seen = {*holders, one["delegation"], proposer}, set[str]()
    found = []
    for row in reversed(raw.rows[one["_n"] : end["_n"] - 1]):
        if end["_at"] - row["_at"] > TEN_MINUTES:
            break
        kind = _kind(raw, row, document, one, parties)
        if kind and kind not in seen and row["_n"] in visible:
            seen.add(kind)
            found.append({"at": row["_at"], "cursor": row["_n"], "ms": end["_at"] - row["_at"]})
    return found


def _kind(raw: Raw, row: Row, document: str, one: dict[str, Any], parties: set[str]) -> str:
    name, here = row["_name"], row.get("document") == document
    if name in ON_A_BRACKET:
        return ON_A_BRACKET[name] if here and row["bracket"] == one["bracket"] else ""
    if name == "texts.paragraph_revised":
        return "wording" if here and row["paragraph"] == one["paragraph"] else ""
    if name.startswith("amendments.") and name.removeprefix("amendments.") in AMENDING:
        tabled = next((each for each in _tabled(raw, row["document"]) if each["amendment"] == row["amendment"]), None)
        return "amendment" if here and tabled and tabled["paragraph"] == one["paragraph"] else ""
    if name in ("caucuses.began", "caucuses.closed"):
        return "caucus" if parties & set(raw.codes_of(row["seats"])) else ""
    if name == "caucuses.reported":
        return "caucus" if parties & set(row["delegations"]) else ""
    if name in ("injects.released", "news.delivered"):
        return "inject"
    if name in STOPPED:
        return "pause"
    if name == "floor.speech_ended" and row["delegation"]:
        return "statement" if row["delegation"] in parties else ""
    if name == "floor.statement_made" and (row["delegation"] or row["kind"] in ("chair", "correction")):
        return "statement" if row["delegation"] in {*parties, ""} else ""
    return ""


# Words


def tokens(text: str) -> list[str]:
    return TOKEN.findall(text)


def words(text: str) -> int:
    return sum(token[0].isalnum() for token in tokens(text))


def _kept(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """The places of what stays: the common beginning and end, and what is alike between."""
    shortest, head, tail = min(len(old), len(new)), 0, 0
    while head < shortest and old[head] == new[head]:
        head += 1
    while tail < shortest - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    inner = SequenceMatcher(None, old[head : len(old) - tail], new[head : len(new) - tail], autojunk=False)
    blocks = [(head + a + n, head + b + n) for a, b, size in inner.get_matching_blocks() for n in range(size)]
    ends = [(len(old) - tail + n, len(new) - tail + n) for n in range(tail)]
    return [*((n, n) for n in range(head)), *blocks, *ends]


def _paragraph(paragraph: dict[str, Any]) -> dict[str, Any]:
    wordings, old = [], ""
    for number, (row, _author, text, _cause) in enumerate(paragraph["wordings"], start=1):
        before = tokens(old)
        kept = sum(before[at][0].isalnum() for at, _ in _kept(before, tokens(text)))
        counts = {"words": words(text), "words_in": words(text) - kept, "words_out": words(old) - kept}
        wordings.append({"number": number, "at": row["_at"], "cursor": row["_n"], **counts})
        old = text
    return {"wordings": wordings, "runs": [{"words": count} for count in _runs(paragraph["wordings"])]}


def _runs(wordings: list[tuple[Row, str, str, str]]) -> list[int]:
    """How many words each piece of the last wording has, cut where the author changes."""
    known: dict[str, list[str]] = {}
    latest: str = ""
    for _row, author, text, _cause in wordings:
        if text not in known:
            authors = [author] * len(tokens(text))
            for at, there in _kept(tokens(latest), tokens(text)):
                authors[there] = known[latest][at]
            known[text] = authors
        latest = text
    pieces: list[list[Any]] = []
    for token, author in zip(tokens(latest), known[latest], strict=True):
        if not pieces or pieces[-1][0] != author:
            pieces.append([author, 0])
        pieces[-1][1] += token[0].isalnum()
    return [count for _author, count in pieces]


# Amendments


def _tabled(raw: Raw, document: str) -> list[Row]:
    return [row for row in raw.all("amendments.tabled") if row["document"] == document]


def _amendment(raw: Raw, row: Row, paragraphs: dict[str, dict[str, Any]]) -> dict[str, Any]:
    names = ("amendments.adopted", "amendments.rejected", "amendments.withdrawn")
    ends = [
        one for one in raw.all(*names) if (one["document"], one["amendment"]) == (row["document"], row["amendment"])
    ]
    about = paragraphs.get(row["paragraph"])
    off = about["off"] if about and not ends else None
    end = ends[0] if ends else off
    return {
        "tabled_at": row["_at"],
        "cursor": row["_n"],
        "ended_at": end["_at"] if end else None,
        "ended_cursor": end["_n"] if end else None,
    }
