"""Decision points, the one page and the quotes."""

from typing import Any

from tests.debrief.recount.of_injects import moves
from tests.debrief.recount.of_session import BY_CHAIR, ENDED, OPENED, is_withdrawn, statements, told
from tests.debrief.recount.of_texts import brackets_of
from tests.debrief.recount.paragraphs import standing
from tests.debrief.recount.raw import TEN_MINUTES, Raw, Row

ANSWERED = ("ratification.capital_answered", "ratification.constituencies_answered")
TIERS = (
    (*ENDED, *ANSWERED, "ratification.lapsed"),
    ("notes.bookmarked",),
    ("injects.released", "news.delivered"),
    ("positions.declared",),
    ("room.session_started", "agenda.item_started", "room.session_closed"),
    ("amendments.adopted",),
)


def counted(raw: Raw) -> dict[str, Any]:
    points = [point for row in raw.rows for point in _points(raw, row)]
    lines = quotable(raw)
    return {
        "decision_points": points,
        "one_page": {"of": len(told(raw)), "moments": [{"cursor": one["_n"], "at": one["_at"]} for one in page(raw)]},
        "quotes": {
            "of": len(lines),
            "chosen": [{"cursor": one["_n"], "at": one["_at"]} for one in lines if one["_n"] in chosen(raw, lines)],
        },
    }


# Decision points


def _points(raw: Raw, row: Row) -> list[dict[str, Any]]:
    if row["_name"] in OPENED:
        later = (one for one in raw.rows[row["_n"] :] if one.get("call") == row["call"] and one["_name"] in ENDED)
        return [_point(raw, row, next(later, None))]
    if row["_name"] in ANSWERED:
        return [_point(raw, row, row)]
    return [_point(raw, row, row)] * len(row["delegations"]) if row["_name"] == "ratification.lapsed" else []


def _point(raw: Raw, row: Row, end: Row | None) -> dict[str, Any]:
    before = raw.rows[: row["_n"] - 1]
    there = raw.people[row["_n"] - 2]
    held = {(one["delegation"], one["issue"]) for one in before if one["_name"] == "positions.declared"}
    to_all = sum(one["_name"] == "news.delivered" and one["to"] == "all" for one in before)
    brackets = brackets_of(raw, row["document"], row["_n"] - 1)
    return {
        "at": row["_at"],
        "cursor": row["_n"],
        "into_ms": raw.into(row["_at"]),
        "paragraphs": len(standing(raw, row["document"], row["_n"] - 1)),
        "brackets": sum(one["end"] is None for one in brackets),
        "issues": len(raw.issues),
        "filed": len(held),
        "seated": len({code for _seat, code in there.values()}),
        "ended_at": end["_at"] if end else None,
        "ended_cursor": end["_n"] if end else None,
        "news": to_all,
        "knew": [_knew(raw, before, there, code, held, to_all) for code in raw.seated],
    }


def _knew(
    raw: Raw, before: list[Row], there: dict[str, tuple[str, str]], code: str, held: set[tuple[str, str]], to_all: int
) -> dict[str, int | None]:
    packs = {row["delegation"] for row in raw.all("room.pack_delivered")}
    known = raw.of_chair or packs == {code}
    own = [one for one in before if one["_name"] == "news.delivered" and raw.seat_of.get(one["to"], one["to"]) == code]
    met = [one for one in before if one["_name"] == "caucuses.began" and code in raw.codes_of(one["seats"])]
    sent = [one for one in before if one["_name"] == "capitals.word_sent" and one["delegation"] == code]
    return {
        "people": sum(its == code for _seat, its in there.values()),
        "filed": sum(whose == code for whose, _issue in held),
        "news": to_all + len(own) if known else None,
        "caucuses": len(met) if raw.tells_caucuses else None,
        "instructions": sum(one["voice"] != "delegation" for one in sent) if known and raw.whole else None,
    }


# One page


def page(raw: Raw) -> list[Row]:
    taken: list[Row] = []
    moved = {row["_n"] for row in moves(raw)}
    for names in TIERS:
        there = [row for row in told(raw) if row["_name"] in names]
        there = [row for row in there if row["_name"] != "positions.declared" or row["_n"] in moved]
        room = 25 - len(taken)
        if len(there) > room > 1:
            there = [there[n * (len(there) - 1) // (room - 1)] for n in range(room)]
        taken += there[:room]
    return sorted(taken, key=lambda row: row["_n"])


# Quotes


def quotable(raw: Raw) -> list[Row]:
    return [
        row
        for row in statements(raw)
        if not is_withdrawn(raw, row)
        and row.get("kind") not in BY_CHAIR
        and row.get("rule", row["_rule"]) != "off_the_record"
    ]


def chosen(raw: Raw, lines: list[Row]) -> set[int]:
    """Where the quotes stand."""
    first = _replied(raw, lines)
    for move in moves(raw):
        earlier = [row for row in lines if row.get("delegation") and 0 <= move["_at"] - row["_at"] <= TEN_MINUTES]
        earlier = [row for row in earlier if row["_n"] < move["_n"]]
        first |= {earlier[-1]["_n"]} if earlier else set()
    taken = sorted(first)[:8]
    covered = {row["item"] for row in lines if row["_n"] in taken}
    by_item: dict[str, Row] = {}
    for row in lines:
        if row["item"] not in covered:
            longest = by_item.setdefault(row["item"], row)
            by_item[row["item"]] = row if len(row["text"]) > len(longest["text"]) else longest
    return {*taken, *[row["_n"] for row in by_item.values()][: 8 - len(taken)]}


def _replied(raw: Raw, lines: list[Row]) -> set[int]:
    found = set()
    for reply in raw.all("floor.question_replied"):
        asked = [row for row in raw.all("floor.question_put") if row["question"] == reply["question"]][-1:]
        for one in asked:
            of = [
                row for row in lines if row["_name"] == "floor.statement_made" and row["statement"] == one["statement"]
            ]
            of += [row for row in lines if row["_name"] == "floor.gist_logged" and row["speech"] == one["question"]]
            found |= {row["_n"] for row in of}
    for right in raw.all("floor.right_of_reply_asked"):
        said = [row for row in raw.all("floor.statement_made") if row["_n"] < right["_n"]]
        last = [row for row in said if row["delegation"] == right["about"]][-1:]
        found |= {row["_n"] for row in last if row in lines}
    return found
