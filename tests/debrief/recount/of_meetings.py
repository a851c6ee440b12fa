"""Who met whom, who turned to whom, who took part."""

from typing import Any

from tests.debrief.recount.of_session import calls_of, filed, speeches, statements
from tests.debrief.recount.raw import Raw


def counted(raw: Raw) -> dict[str, Any]:
    every = sittings(raw)
    return {
        "meetings": {
            "sittings": [
                {
                    "began_at": one["_at"],
                    "cursor": one["_n"],
                    "ended_at": one["end"]["_at"] if one["end"] else None,
                    "ended_cursor": one["end"]["_n"] if one["end"] else None,
                    "ms": raw.ran(one["_at"], one["end"]["_at"] if one["end"] else raw.end),
                    "reports": one["reports"],
                }
                for one in every
            ],
            "pairs": [
                _pair(raw, every, first, second) for n, first in enumerate(raw.seated) for second in raw.seated[n + 1 :]
            ],
            "presence": [_presence(raw, every, code) for code in raw.seated],
            "exchanges": _exchanges(raw),
        }
    }


def sittings(raw: Raw) -> list[dict[str, Any]]:
    """Every caucus that began: who was in it until which instant, by what row it ended, where it reported."""
    found = []
    for began in raw.all("caucuses.began"):
        later = [row for row in raw.rows[began["_n"] :] if row.get("caucus") == began["caucus"]]
        again = next((n for n, row in enumerate(later) if row["_name"] == "caucuses.began"), len(later))
        end = next((row for row in later[:again] if row["_name"] == "caucuses.closed"), None)
        until = end["_at"] if end else raw.end
        there = dict.fromkeys(raw.codes_of(began["seats"]), until)
        there |= {row["delegation"]: row["_at"] for row in later[:again] if row["_name"] == "caucuses.left"}
        reports = [row["_n"] for row in later[:again] if row["_name"] == "caucuses.reported"]
        found.append({**began, "end": end, "there": there, "reports": reports})
    return found


def _pair(raw: Raw, every: list[dict[str, Any]], first: str, second: str) -> dict[str, Any]:
    shared = [one for one in every if {first, second} <= set(one["there"])]
    together = [raw.ran(one["_at"], min(one["there"][first], one["there"][second])) for one in shared]
    return {"times": len(shared), "ms": sum(together), "cursors": [one["_n"] for one in shared]}


def _presence(raw: Raw, every: list[dict[str, Any]], code: str) -> dict[str, int]:
    spoken, mine = speeches(raw), [one for one in every if code in one["there"]]
    floor = sum(row["spoken_ms"] for row in spoken if row["delegation"] == code)
    even = round(sum(row["spoken_ms"] for row in spoken) / len(raw.seated))
    put = [one for one in calls_of(raw) if code in one["electorate"]]
    return {
        "sittings": len(mine),
        "ms": sum(raw.ran(one["_at"], one["there"][code]) for one in mine),
        "met": len({other for one in mine for other in one["there"] if other in raw.seated} - {code}),
        "floor_ms": floor,
        "even_ms": even,
        "beyond_ms": floor - even,
        "speeches": sum(row["delegation"] == code for row in spoken),
        "statements": sum(row.get("delegation") == code for row in statements(raw)),
        "filed": sum(len(filed(raw, issue, code)) for issue in raw.issues),
        "calls": len(put),
        "answered": sum(code in one["answers"] or code in one["in_box"] for one in put),
    }


def _exchanges(raw: Raw) -> list[dict[str, Any]]:
    undone = [(row["again"], row["_n"]) for row in raw.all("floor.turn_undone")]
    found: dict[tuple[str, str, str], list[int]] = {}
    for row in raw.rows:
        if row["_name"] not in ("floor.question_put", "floor.question_replied", "floor.right_of_reply_asked"):
            continue
        speech = row["speech"] if row["_name"] == "floor.question_replied" else row.get("question", "")
        if any(speech == again and n > row["_n"] for again, n in undone):
            continue
        found.setdefault((row["delegation"], row["about"] if "about" in row else row["to"], row["_name"]), []).append(
            row["_n"]
        )
    most_first = sorted(found.values(), key=lambda cursors: -len(cursors))
    return [{"times": len(cursors), "cursors": cursors} for cursors in most_first]
