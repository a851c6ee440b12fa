"""The room, its agenda, the floor, positions, calls, texts as they stand, the timeline."""

from typing import Any

from tests.debrief.recount.paragraphs import paragraphs_of, standing, texts_of
from tests.debrief.recount.raw import Raw, Row

OPENED = ("decisions.consensus_called", "decisions.silence_proposed", "decisions.vote_called")
# What ends a call, and whether that adopts it.
ENDED = {
    "decisions.consensus_reached": True,
    "decisions.silence_kept": True,
    "decisions.consensus_blocked": False,
    "decisions.silence_stopped": False,
    "decisions.silence_broken": False,
    "decisions.call_withdrawn": False,
    "decisions.vote_decided": False,
}
BY_CHAIR = ("chair", "correction")
# Of which the timeline does not tell.
UNTOLD = {
    *("capitals.briefed", "capitals.word_sent", "caucuses.accepted", "caucuses.broadcast_made", "caucuses.countered"),
    *("caucuses.declined", "caucuses.extended", "caucuses.lapsed", "caucuses.proposed", "caucuses.report_agreed"),
    *("caucuses.report_drafted", "caucuses.said", "caucuses.time_up", "caucuses.topic_set", "checks.question_answered"),
    *("channels.said_in_delegation", "commitments.measures_prepared", "decisions.ballots_closed", "drafts.kept"),
    *("decisions.ballots_counted", "floor.list_balanced", "floor.question_dropped", "floor.reply_tied"),
    *("floor.request_moved", "floor.request_recognised", "floor.request_withdrawn", "floor.requested"),
    *("floor.speak_once_set", "floor.speech_extended", "floor.speech_resumed", "floor.speech_time_up"),
    *("injects.added", "injects.armed", "injects.held", "injects.prepared", "news.answered", "news.seen"),
    *("notes.answered", "notes.put_aside", "notes.refusal_noted", "notes.sent", "notes.word_sent", "positions.noted"),
    *("room.admission_set", "room.history_prepared", "room.pack_delivered", "seats.person_admitted"),
    *("seats.person_joined", "seats.person_away", "seats.person_back", "seats.person_forgotten", "drafts.dropped"),
    *("commitments.term_set", "floor.more_replies_set", "floor.point_lapsed", "floor.point_settled"),
    *("floor.ruling_voted", "perceptions.given", "perceptions.received", "positions.note_taken_back"),
    *("room.origin_named", "sharing.material_shared", "wash.note_added", "wash.role_left", "wash.roles_counted"),
}


def counted(raw: Raw) -> dict[str, Any]:
    calls = calls_of(raw)
    return {
        "opened_at": raw.rows[0]["_at"],
        "started_at": raw.started,
        "closed_at": raw.closed,
        "live_ms": raw.into(raw.end),
        "paused_ms": sum(until - since for since, until in raw.pauses) - raw.adjourned,
        "adjourned_ms": raw.adjourned,
        "stood": raw.pauses,
        "delegations": [{"hue": one["hue"], "pattern": one["pattern"]} for one in raw.plan["delegations"]],
        "issues": [_issue(raw, issue, options) for issue, options in raw.issues.items()],
        "calls": [_call(one) for one in calls],
        "texts": [_text(raw, document, calls) for document, _row in texts_of(raw)],
        "agenda": [_item(raw, one) for one in _agenda(raw)],
        "speaking": [_speaking(raw, code) for code in raw.codes],
        "statements": [{"cursor": one["_n"], "at": one["_at"]} for one in statements(raw)],
        "said": _said(raw),
        "timeline": [{"cursor": row["_n"], "at": row["_at"]} for row in told(raw)],
    }


def told(raw: Raw) -> list[Row]:
    """The rows of which the timeline tells."""
    knows_injects = bool(raw.all("injects.prepared", "injects.added"))
    return [
        row
        for row in raw.rows
        if row["_name"] not in UNTOLD
        and not (row["_name"] == "floor.speech_ended" and row["how"] == "said")
        and not (row["_name"] == "news.delivered" and knows_injects)
        and not (row["_name"] == "amendments.ranked" and len(row["order"]) < 2)
    ]


# Positions


def filed(raw: Raw, issue: str, code: str) -> list[Row]:
    return [row for row in raw.all("positions.declared") if (row["issue"], row["delegation"]) == (issue, code)]


def _issue(raw: Raw, issue: str, options: list[str]) -> dict[str, Any]:
    paths = [
        [{"at": row["_at"], "cursor": row["_n"], "place": options.index(row["preferred"]) + 1} for row in mine]
        for code in raw.codes
        if (mine := filed(raw, issue, code))
    ]
    return {
        "at_start": _spread([path[0]["place"] for path in paths]),
        "at_end": _spread([path[-1]["place"] for path in paths]),
        "paths": [
            {
                "filed": path,
                "first": path[0],
                "last": path[-1],
                "changes": len(path) - 1,
                "moves": sum(path[n]["place"] != path[n - 1]["place"] for n in range(1, len(path))),
                "moved": path[-1]["place"] - path[0]["place"],
                "travelled": sum(abs(path[n]["place"] - path[n - 1]["place"]) for n in range(1, len(path))),
            }
            for path in paths
        ],
    }


def _spread(places: list[int]) -> dict[str, int] | None:
    if not places:
        return None
    low, high = sorted(places)[0], sorted(places)[-1]
    return {"n": len(places), "options": len(set(places)), "lowest": low, "highest": high, "width": high - low + 1}


# Calls and texts


def calls_of(raw: Raw) -> list[dict[str, Any]]:
    """Every call: how it was opened, by which row it ended, who answered when."""
    found = []
    for opened in raw.all(*OPENED):
        its = [row for row in raw.rows if row.get("call") == opened["call"] and row["_n"] > opened["_n"]]
        end = next((row for row in its if row["_name"] in ENDED), None)
        answers = {row["delegation"]: row["_at"] for row in its if _answers(row)}
        adopted = bool(end) and (ENDED[end["_name"]] or end.get("outcome") == "adopted") if end else False
        secret = opened.get("method") == "secret"
        dropped = {row["delegation"] for row in its if row["_name"] == "decisions.ballot_dropped"}
        found.append(
            {**opened, "end": end, "answers": answers, "adopted": adopted, "secret": secret, "in_box": dropped}
        )
    return found


def _answers(row: Row) -> bool:
    return row["_name"] in (
        *("decisions.answer_given", "decisions.vote_cast", "decisions.silence_broken", "decisions.silence_stopped"),
    )


def _call(one: dict[str, Any]) -> dict[str, Any]:
    at = {} if one["secret"] else one["answers"]
    return {
        "cursor": one["_n"],
        "opened_at": one["_at"],
        "ended_at": one["end"]["_at"] if one["end"] else None,
        "put": [{"number": n} for n in range(1, len(one["paragraphs"]) + 1)],
        "answers": [{"at": at.get(code)} for code in one["electorate"]],
    }


def _text(raw: Raw, document: str, calls: list[dict[str, Any]]) -> dict[str, Any]:
    adopting = [one for one in calls if one["document"] == document and one["adopted"] and not one["subject"]]
    every, there = paragraphs_of(raw, document), standing(raw, document)
    return {
        "taken_off": len(every) - len(there),
        "adopted_at": adopting[0]["end"]["_at"] if adopting else None,
        "paragraphs": [{"number": n, "versions": len(one["wordings"])} for n, one in enumerate(there, start=1)],
    }


# Agenda and floor


def _agenda(raw: Raw) -> list[dict[str, Any]]:
    items = [dict(one) for one in raw.plan["agenda"]]
    for row in raw.all("agenda.item_added", "agenda.item_moved"):
        if row["_name"] == "agenda.item_added":
            items.append(dict(row["item"]))
            continue
        one = next(item for item in items if item["id"] == row["item"])
        items.remove(one)
        place = next((n for n, item in enumerate(items) if item["id"] == row["before"]), len(items))
        items.insert(place, one)
    return items


def _item(raw: Raw, item: dict[str, Any]) -> dict[str, Any]:
    its = [row for row in raw.rows if row.get("item") == item["id"] and row["_name"].startswith("agenda.item_")]
    started = [row for row in its if row["_name"] == "agenda.item_started"]
    ended = [row for row in its if row["_name"] == "agenda.item_ended"]
    begins = [row["_at"] for row in its if row["_name"] in ("agenda.item_started", "agenda.item_resumed")]
    ends = [row["_at"] for row in its if row["_name"] in ("agenda.item_ended", "agenda.item_suspended")]
    ends += [raw.last] * (len(begins) - len(ends))
    ran = sum(raw.ran(since, until) for since, until in zip(begins, ends, strict=False))
    return {
        "planned_minutes": item["minutes"],
        "extended_minutes": sum(row["minutes"] for row in its if row["_name"] == "agenda.item_extended"),
        "actual_ms": ran if started else None,
        "started_at": started[0]["_at"] if started else None,
        "ended_at": ended[-1]["_at"] if ended else None,
        "cursor": started[0]["_n"] if started else None,
    }


def speeches(raw: Raw) -> list[Row]:
    """The speeches that ended; one that went on was not over the first time."""
    again = {(row["again"], row["_n"]) for row in raw.all("floor.turn_undone")}
    return [
        row
        for row in raw.all("floor.speech_ended")
        if not any(speech == row["speech"] and n > row["_n"] for speech, n in again)
    ]


def statements(raw: Raw) -> list[Row]:
    """What was said: typed, by a caucus, or the last gist of each speech."""
    gists = raw.all("floor.gist_logged")
    replaced = [
        one
        for one in gists
        if any(one["speech"] and one["speech"] == two["speech"] and one["_n"] < two["_n"] for two in gists)
    ]
    said = raw.all("floor.statement_made", "caucuses.reported", "floor.gist_logged")
    return [row for row in said if row not in replaced]


def is_withdrawn(raw: Raw, row: Row) -> bool:
    gone = {one["statement"]: one["_n"] for one in raw.all("floor.statement_withdrawn")}
    return bool(gone.get(row.get("statement", ""), 0) > row["_n"])


def _speaking(raw: Raw, code: str) -> dict[str, Any]:
    every = speeches(raw)
    own, total = (
        [row["spoken_ms"] for row in every if row["delegation"] == code],
        sum(row["spoken_ms"] for row in every),
    )
    return {
        "ms": sum(own),
        "speeches": len(own),
        "statements": sum(row.get("delegation") == code for row in statements(raw)),
        "share": sum(own) / total if total else None,
    }


def _said(raw: Raw) -> dict[str, int]:
    lines = statements(raw)
    by_chair = [row for row in lines if row.get("kind") in BY_CHAIR]
    named = [row for row in lines if row.get("delegation")]
    return {
        "total": len(lines),
        "by_chair": len(by_chair),
        "by_delegations": len(named),
        "unnamed": len(lines) - len(by_chair) - len(named),
        "withdrawn": sum(is_withdrawn(raw, row) for row in lines),
    }
