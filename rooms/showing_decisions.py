"""What the panel of decisions needs: the open call, its rule in full words, answers, results; what can be put, and what
one person is asked. Pure; reads only its fold."""

from collections.abc import Mapping
from typing import Any

from rooms.domain import calls, documents, texts
from rooms.domain.calls import Call
from rooms.domain.documents import Amendment, Document
from rooms.domain.seats import Person
from rooms.domain.sight import Audience
from rooms.domain.state import RoomState
from rooms.domain.voices import voice_of

HEADINGS = {
    ("consensus", "open"): "The chair calls for consensus",
    ("consensus", "adopted"): "Adopted by consensus",
    ("consensus", "objection"): "No consensus: an objection was made",
    ("silence", "open"): "Under silence",
    ("silence", "adopted"): "Adopted under silence: nobody objected in time",
    ("silence", "broken"): "The silence is broken",
    ("silence", "stopped"): "No silence: objected to at the table",
    ("vote", "open"): "The chair puts it to the vote",
    ("vote", "counting"): "The ballots are being counted",
    ("vote", "adopted"): "Adopted by vote",
    ("vote", "rejected"): "Rejected by vote",
    ("vote", "vetoed"): "Not adopted: a veto",
    ("vote", "no_quorum"): "No decision: the quorum was lost",
    ("vote", "void"): "The ballot is void",
}
OUTCOMES = {
    "adopted": "adopted",
    "objection": "an objection was made",
    "broken": "the silence was broken",
    "stopped": "objected to at the table",
    "rejected": "rejected",
    "vetoed": "vetoed",
    "no_quorum": "no quorum",
    "void": "the ballot was void",
    "withdrawn": "taken back by the chair",
}
# How an answer is marked, and what it says.
MARKS = {"yes": "join", "join": "join", "no": "object", "object": "object", "abstain": "aside", "stand_aside": "aside"}
SAYS = {
    "join": "Joins",
    "stand_aside": "Stands aside",
    "object": "Objects",
    "yes": "Yes",
    "no": "No",
    "abstain": "Abstains",
    "pass": "Passed, is called again",
}
LONG = 2 * 60 * calls.MINUTE  # ms: what lasts longer is told by its hour, not by a countdown


def heading(call: Call) -> str:
    return HEADINGS.get((call.kind, call.status), "The call was taken back")


def outcome(call: Call) -> str:
    return OUTCOMES.get(call.status, "open")


def title_of(view: RoomState, call: Call) -> str:
    """What is put: the text, or the amendment with what it would do."""
    document = view.texts.document(call.document)
    amendment = document.amendment(call.subject) if document and call.subject else None
    return f"{amendment_words(document, amendment)}, {call.title}" if document and amendment else call.title


def amendment_words(document: Document, one: Amendment) -> str:
    """An amendment as it is announced: who tabled it, and what it does."""
    number = documents.number_of(document, one.paragraph) if one.paragraph else ""
    does = {
        "add": "add a paragraph",
        "delete": f"delete paragraph {number}",
        "alter": f"alter paragraph {number}",
        "move": f"move paragraph {number}",
    }[one.kind]
    return f"Amendment of {', '.join(code or 'the chair' for code in one.sponsors)} to {does}"


def rows_of(call: Call) -> list[Mapping[str, Any]]:
    """One row a delegation: how it is marked, what it said or is still to say, its reason."""
    if call.kind == "silence":
        return [_row(call, code) for code in call.answers]
    order = tuple(dict.fromkeys(call.order)) or call.electorate
    return [_row(call, code) for code in order]


def _row(call: Call, code: str) -> Mapping[str, Any]:
    given = call.answers.get(code)
    if call.method == "secret":
        voted = code in call.dropped
        waits = "Not yet" if call.status == "open" else "Did not vote"
        return {
            "code": code,
            "mark": "voted" if voted else "none",
            "says": "Has voted" if voted else waits,
            "reason": "",
        }
    if given is None:
        return {"code": code, "mark": "none", "says": _unsaid(call, code), "reason": ""}
    passed = given.kind == "pass" and call.status != "open"
    called = given.kind == "pass" and call.called == code
    says = "Absent" if passed else "Is called again" if called else SAYS[given.kind]
    return {"code": code, "mark": MARKS.get(given.kind, "none"), "says": says, "reason": given.reason}


def _unsaid(call: Call, code: str) -> str:
    """What stands where a delegation has given no answer."""
    if call.kind == "consensus":
        return "No answer yet" if call.status == "open" else "Did not answer"
    if call.status != "open":
        return "Absent"
    if call.method == "roll_call":
        return (
            "Is called now" if call.called == code else "Absent" if code not in call.order[call.turn :] else "To come"
        )
    return "Not yet"


def tally_of(call: Call) -> list[tuple[str, int]]:
    """The numbers of a vote in words, as far as it is decided."""
    if not call.tally or call.status == "void":
        return []
    words = {"yes": "yes", "no": "no", "abstain": "abstained", "absent": "absent"}
    return [(words[how], call.tally[how]) for how in words if how in call.tally]


def seated(view: RoomState, _audience: Audience) -> tuple[tuple[str, str], ...]:
    """The delegations that are there, each with the seat that answers for it: what decisions need of the seats."""
    found = ((one.code, voice_of(view, one.code)) for one in view.prepared.delegations)
    return tuple((code, voice) for code, voice in found if voice)


def decision(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """The open call, or the last one that ended, with its rows; what the chair can put now."""
    made = view.decisions.calls
    call = calls.open_call(view) or (made[-1] if made else None)
    rows = rows_of(call) if call else []
    there = seated(view, audience)
    return {
        "call": call,
        "put_title": title_of(view, call) if call else "",
        "heading": heading(call) if call else "",
        "rule_words": calls.rule_in_words(call) if call else "",
        "answers": rows,
        "answered": len(call.dropped) if call and call.method == "secret" else len(call.answers) if call else 0,
        "tally": tally_of(call) if call else [],
        "voice": dict(there).get(audience.delegation, "") if call and audience.delegation in call.electorate else "",
        "may_pass_over": bool(call and call.called and not _can_answer(view, call.called)),
        "earlier_calls": [(one, title_of(view, one), outcome(one)) for one in reversed(made) if one is not call],
        "there": [code for code, _ in there],
        "majority": len(there) // 2 + 1,
        **_to_put(view),
    }


def _can_answer(view: RoomState, code: str) -> bool:
    return any(not (one.muted or one.away) for one in view.seats.members(code))


def who_is_away(view: RoomState, _audience: Audience) -> bool:
    """Whether the delegation that a roll call has come to can answer: what the panel reads of its people."""
    call = calls.open_call(view)
    return bool(call and call.called and not _can_answer(view, call.called))


def _to_put(view: RoomState) -> Mapping[str, Any]:
    """What the chair can put to a decision now, and why not the whole text."""
    document = documents.open_document(view)
    if document is None or document.status != "draft":
        return {"subjects": [], "may_call": False, "why_not": ""}
    refusal = texts.not_ready(view, document)
    whole = [] if refusal else [("", "the whole text")]
    amendments = [(one.id, amendment_words(document, one)) for one in document.pending]
    subjects = [*whole, *amendments]
    return {"subjects": subjects, "may_call": bool(subjects), "why_not": refusal.message if refusal else ""}


# One person


def asked_of(view: RoomState, person: Person) -> tuple[str, str]:
    """What a person is asked as the voice of its delegation (consensus, vote, roll, ballot, silence, or nothing), and
    what was answered already."""
    call = calls.open_call(view)
    if call is None or call.status != "open" or person.delegation not in call.electorate:
        return "", ""
    if voice_of(view, person.delegation) != person.seat:
        return "", ""
    given = call.answers.get(person.delegation)
    if call.kind != "vote":
        return call.kind, given.kind if given else ""
    if call.method == "secret":
        return "ballot", "voted" if person.delegation in call.dropped else ""
    if call.method == "roll_call":
        return ("roll", "") if call.called == person.delegation else ("", "")
    return "vote", given.kind if given else ""


def called_later(view: RoomState, person: Person) -> bool:
    """Whether a person is the voice of a delegation that the roll has yet to come to."""
    call = calls.open_call(view)
    code = person.delegation
    if call is None or not call.called or call.called == code or code not in call.order[call.turn :]:
        return False
    return voice_of(view, code) == person.seat


def answering(view: RoomState) -> Mapping[str, Any]:
    """What the forms of an answer need: the open call, and the paragraphs that a silence covers, with their numbers."""
    call = calls.open_call(view)
    document = view.texts.document(call.document) if call else None
    return {"call": call, "put_paragraphs": documents.numbered(document) if document else ()}
