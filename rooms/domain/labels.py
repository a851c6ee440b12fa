"""What a text is called, and where it stands, in words: the only place that names one. Pure; reads the fold, decides
nothing, and calls nothing more than the facts carry.

    draft -> under decision | under silence -> adopted (ad referendum -> confirmed | refused | lapsed)
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rooms.domain.calls import Call, adoption_of
from rooms.domain.documents import Document

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

# Kinds of output, weak to strong (rulebook 12) -> (what one is called, what its draft is called).
KINDS: Mapping[str, tuple[str, str]] = {
    "chairs_summary": ("Chair’s summary", "Draft of the chair’s summary"),
    "chairmans_statement": ("Chairman’s statement", "Draft chairman’s statement"),
    "communique": ("Press communiqué", "Draft press communiqué"),
    "concept_paper": ("Concept paper", "Draft concept paper"),
    "joint_statement": ("Joint statement", "Draft joint statement"),
    "action_plan": ("Dated action plan", "Draft action plan"),
}
# Where a capital's answer makes the text provisional, sound, or no longer joint.
WAITING = ("agreed", "sought")
CONFIRMED = ("confirmed", "reserved")
FAILED = ("refused", "lapsed")
# Names of states that take an article within a sentence.
WITH_ARTICLE = ("United ", "Republic ", "Democratic ", "European ", "People's ", "Russian ")


def answers_of_capitals(state: "RoomState", document: Document) -> Mapping[str, str]:
    """What each capital has said of an adopted text: delegation -> status; empty where nothing waits for capitals."""
    return {code: one.status for code, one in state.ratifications.by_document.get(document.id, {}).items()}


def votes_of(call: Call) -> tuple[int, int, int]:
    """Yes, no and abstentions of a vote: as counted, or as the answers of a vote by show say."""
    if call.tally:
        return (call.tally.get("yes", 0), call.tally.get("no", 0), call.tally.get("abstain", 0))
    cast = [one.kind for one in call.answers.values()]
    return (cast.count("yes"), cast.count("no"), cast.count("abstain"))


def is_joint(state: "RoomState", document: Document) -> bool:
    """Whether all delegations of the electorate carry the text: adopted by consensus, by silence, or by a vote with
    nobody against, and refused by no capital since. Dissent that does not block is attached to it, and changes
    nothing of this."""
    call = adoption_of(state, document.id)
    if call is None or document.status != "adopted" or (call.kind == "vote" and votes_of(call)[1]):
        return False
    return not any(one in FAILED for one in answers_of_capitals(state, document).values())


def stands(state: "RoomState", document: Document) -> bool:
    """Whether the text is adopted and no capital has refused it or let its time lapse."""
    said = answers_of_capitals(state, document).values()
    return document.status == "adopted" and not any(one in FAILED for one in said)


def is_provisional(state: "RoomState", document: Document) -> bool:
    """Whether an adopted text is ad referendum: some capital has still to confirm it."""
    call, said = adoption_of(state, document.id), answers_of_capitals(state, document)
    if call is None or document.status != "adopted":
        return False
    return any(one in WAITING for one in said.values()) or (call.ad_referendum and not said)


def binds_nobody(state: "RoomState") -> bool:
    """Whether the format ends in the chair's own summary: there, as in NEACD, a consensus binds nobody."""
    return state.prepared.output == "chair's summary"


def label_of(state: "RoomState", document: Document) -> str:
    """What a text is called: “Draft joint statement”, “Chair’s text, draft 2”, “Joint text, ad referendum”."""
    if document.status != "adopted":
        if document.mode == "chairs":
            return f"Chair’s text, draft {document.draft}"
        return KINDS[document.output][1] if document.output in KINDS else "Draft joint text"
    if not stands(state, document):
        return "Text agreed ad referendum, not confirmed"
    name = "Joint text" if is_joint(state, document) else "Text adopted by vote"
    return f"{name}, ad referendum" if is_provisional(state, document) else name


def status_line(state: "RoomState", document: Document) -> str:
    """Where a text stands, in one or a few short sentences; instants are in UTC."""
    if document.status == "adopted":
        return _adopted(state, document)
    call = next((one for one in state.decisions.calls if one.document == document.id and one.is_running), None)
    if document.status == "under_silence":
        return f"Under silence{_until(call)}. The text is frozen."
    if document.status == "under_decision":
        what = "An amendment to it is put to" if call and call.subject else "Put to"
        how = "the vote" if call and call.kind == "vote" else "the delegations for consensus"
        return f"{what} {how}. The text is frozen."
    if document.status == "shelved":
        return "Shelved: it is not on the table."
    count = len(document.open_brackets)
    brackets = f", {count} bracket{'s' if count > 1 else ''} open" if count else ""
    return f"Draft{brackets}. Nothing is agreed until everything is agreed."


def _until(call: Call | None) -> str:
    if call is None:
        return ""
    return f" until {instant(call.closes_at)}" if call.stands_since is None else "; its clock stands still"


def _adopted(state: "RoomState", document: Document) -> str:
    call = adoption_of(state, document.id)
    said = [_how_adopted(call), *_of_capitals(state, document)]
    if binds_nobody(state):
        said.append("It binds nobody.")
    return " ".join(said)


def _how_adopted(call: Call | None) -> str:
    if call is None:
        return "Adopted."
    day = f" on {date(call.ended_at)}" if call.ended_at is not None else ""
    if call.kind == "silence":
        return f"Adopted under the silence procedure{day}."
    if call.kind == "vote":
        yes, no, abstain = votes_of(call)
        abstaining = f", {abstain} abstaining" if abstain else ""
        return f"Adopted by vote{day}, {yes} to {no}{abstaining}."
    return f"Adopted by consensus{day}."


def _of_capitals(state: "RoomState", document: Document) -> list[str]:
    """The sentences about capitals: who has refused it, who still has to confirm it, whether all have."""
    said = answers_of_capitals(state, document)
    refused = [code for code, status in said.items() if status == "refused"]
    lapsed = [code for code, status in said.items() if status == "lapsed"]
    waiting = [code for code, status in said.items() if status in WAITING]
    lines = []
    if refused:
        lines.append(f"Refused by {capitals(state, refused)}.")
    if lapsed:
        lines.append(f"Lapsed without an answer from {capitals(state, lapsed)}.")
    if waiting:
        lines.append(f"Ad referendum: provisional until confirmed by {capitals(state, waiting)}.")
    elif is_provisional(state, document):
        lines.append("Ad referendum: provisional until all capitals have confirmed it.")
    elif said and not (refused or lapsed):
        lines.append("Confirmed by all capitals.")
    return lines


def capitals(state: "RoomState", codes: Sequence[str]) -> str:
    """Whose capitals, in words: the capitals of Japan and South Korea."""
    return f"the capital{'s' if len(codes) > 1 else ''} of {together(state, codes)}"


def together(state: "RoomState", codes: Sequence[str]) -> str:
    """Several delegations in words: Japan, China and South Korea; the chair for ""."""
    found = [(code, state.prepared.delegation(code)) for code in codes]
    names = [within(one.name) if one else code or "the chair" for code, one in found]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def within(name: str) -> str:
    """A delegation's name within a sentence."""
    return f"the {name}" if name.startswith(WITH_ARTICLE) else name


def date(ms: int) -> str:
    """The day of an instant in UTC: 22 November 2026."""
    day = datetime.fromtimestamp(ms / 1000, UTC)
    return f"{day.day} {day:%B %Y}"


def instant(ms: int) -> str:
    """An instant in UTC, to the second where it is not a full minute: 14:05 UTC on 22 November 2026."""
    at = datetime.fromtimestamp(ms / 1000, UTC)
    return f"{at:%H:%M:%S} UTC on {date(ms)}" if ms % 60_000 else f"{at:%H:%M} UTC on {date(ms)}"
