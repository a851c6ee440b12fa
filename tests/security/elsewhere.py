"""Two rooms that differ: one that has gone further and has people, papers and promises of every kind, and what of it
each field of a command could be made to name.

A field of a command that stands in neither table below fails by name: say there what it names, or that it names
nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Final

from rooms import access, log
from rooms.domain import (
    agenda,
    amendments,
    brackets,
    commitments,
    decisions,
    dissent,
    drafting,
    floor,
    hot_wash,
    inject_control,
    notes,
    orders,
    outputs,
    room,
    seats,
    shelving,
    speakers,
    statements,
    texts,
    turns,
)
from rooms.domain.caucus_terms import ProposeCaucus
from rooms.domain.documents import Document
from rooms.domain.fold import COMMANDS
from rooms.domain.record import Entry
from rooms.domain.state import RoomState
from rooms.models import Participant, Room
from tests.domain.play import IN_USE, Session, opening, snapshot

CHAIR, MONGOLIA, JAPAN = "far-chair", "far-mng", "far-jpn"

# field -> what it names; "command.field" goes before it.
NAMES: Final[Mapping[str, str]] = {
    **{"person": "person", "caucus": "caucus", "call": "call", "document": "document", "paragraph": "paragraph"},
    **{"statement": "statement", "request": "request", "reading": "reading", "bracket": "bracket", "draft": "draft"},
    **{"alternative": "alternative", "amendment": "amendment", "news": "news", "inject": "inject", "note": "note"},
    **{"commitment": "commitment", "first": "commitment", "second": "commitment", "dissent": "dissent"},
    **{"speech": "speech", "point": "point", "bookmark": "bookmark", "item": "item", "issue": "issue"},
    **{"condition_issue": "issue", "measure": "measure", "seat": "seat", "delegation": "delegation"},
    **{"invite": "delegation", "veto": "delegation", "about": "delegation", "actor": "delegation", "to": "delegation"},
    **{"beneficiary": "delegation", "subject": "amendment", "after": "paragraph", "option": "option", "what": "item"},
    **{"preferred": "option", "acceptable": "option", "condition_option": "option", "trust": "trusted"},
    **{"guesses": "guessed", "seen": "speech", "start_item.seen": "item", "reply_to_question.question": "question"},
    **{"call_to_reply.question": "question", "drop_question.question": "question", "move_item.before": "item"},
    **{"move_request.before": "request", "move_presenter.before": "delegation", "draw_measures.track": "track"},
}
# What is said, chosen or typed; it names nothing that a room has of its own.
WORDS: Final = {
    *("text", "title", "topic", "words", "reason", "act", "standard", "trigger", "conditions", "sources", "sender"),
    *("outcome", "resumes", "date", "track", "verifier", "put_brackets.alternative"),
    *(
        "kind",
        "mode",
        "output",
        "section",
        "part",
        "share_part.to",
        "round",
        "phase",
        "rule",
        "attribution",
        "may_speak",
    ),
    *("horizon", "vote", "answer", "method", "threshold", "base"),
}


def named_by(command: str, field: str) -> str | None:
    """What a field of a command names; None for words. A field that nobody has said it of is a KeyError."""
    own = f"{command}.{field}"
    if own in NAMES:
        return NAMES[own]
    if own in WORDS:
        return None
    return None if field in WORDS else NAMES[field]


def textual(command: str) -> list[str]:
    """The fields of a command that hold text, one or several."""
    return [one.name for one in fields(COMMANDS[command][0]) if one.type not in (int, bool, "int", "bool")]


# The room that has gone further


def _plan() -> dict[str, Any]:
    """The exercise with a delegation, an issue, an item, an inject and a measure more."""
    plan = snapshot()
    mongolia = {"code": "MNG", "name": "Mongolia", "seats": [{"id": "MNG-MFA", "kind": "MFA", "title": "Seat"}]}
    plan["delegations"].append({**plan["delegations"][0], **mongolia})
    plan["issues"].append({**plan["issues"][0], "id": "winter", "options": [{"id": "w", "label": "W", "detail": "W."}]})
    plan["agenda"].append({**plan["agenda"][3], "id": "far-item"})
    plan["injects"].append({**plan["injects"][0], "id": "far-storm", "text": "It storms far off."})
    plan["roadmap"].append({**plan["roadmap"][0], "id": "far-bell", "track": "Steppe", "actors": ["MNG"]})
    plan["packs"]["MNG"] = plan["packs"]["JPN"]
    return plan


def _many(times: int, *moves: tuple[str, Any]) -> Iterator[tuple[str, Any]]:
    for _ in range(times):
        yield from moves


@cache
def further() -> Session:
    """More of everything than any of the rooms in `every_command` has, so that its last ids are in none of them."""
    session = Session().done(
        (CHAIR, opening(title="Far group", snapshot=_plan(), delegations=(*IN_USE, "MNG"))),
        (CHAIR, seats.JoinRoom("moderator")),
        (MONGOLIA, seats.JoinRoom("delegate", "MNG-MFA")),
        (JAPAN, seats.JoinRoom("delegate", "JPN-MFA")),
        (CHAIR, seats.AdmitAll()),
        (CHAIR, room.StartSession()),
        *((CHAIR, statements.ChairStatement(f"Far {n}.")) for n in range(6)),
        *_many(6, (CHAIR, notes.SetBookmark("Far mark."))),
        *_many(3, (CHAIR, texts.OpenDocument("Far text")), (CHAIR, shelving.ShelveDocument())),
        (CHAIR, texts.OpenDocument("Far text")),
        *((JAPAN, texts.ProposeParagraph(f"The far steppe {n} is wide.")) for n in range(6)),
        *(
            move
            for n in (1, 2, 3)
            for move in ((CHAIR, decisions.CallConsensus()), (CHAIR, decisions.WithdrawCall(f"c{n}")))
        ),
        *((MONGOLIA, brackets.PutBrackets(f"p{n}", 1, "wide", 1, "narrow")) for n in range(1, 5)),
        *((MONGOLIA, amendments.TableAmendment("delete", f"p{n}", seen=1)) for n in (5, 6)),
        *((MONGOLIA, amendments.TableAmendment("add", "", f"A far lake {n}.")) for n in range(2)),
        *((MONGOLIA, dissent.EnterDissent("explanation", f"We read it so {n}.")) for n in range(5)),
        *((CHAIR, commitments.DrawCommitment(f"Rings {n}.", "MNG", "JPN")) for n in range(5)),
        *((CHAIR, outputs.ReadOut("", f"The chair reads out {n}.")) for n in range(3)),
        (MONGOLIA, drafting.KeepDraft("The far draft.")),
        (JAPAN, ProposeCaucus(("MNG",), "The far matter", 10)),
        (CHAIR, inject_control.ReleaseInject("far-storm")),
        (CHAIR, agenda.AddItem("Hot wash", "hot_wash", 10)),
        (CHAIR, agenda.StartItem("added-1")),
        (CHAIR, hot_wash.BeginHotWash()),
        (JAPAN, hot_wash.AddWashNote("plus", "The far steppe was wide.")),
        (CHAIR, hot_wash.EndHotWash()),
        (CHAIR, agenda.EndItem("added-1")),
        *_many(4, (JAPAN, speakers.AskForFloor()), (JAPAN, speakers.WithdrawRequest())),
        (JAPAN, speakers.AskForFloor("question")),
        (CHAIR, floor.NextSpeaker()),
        (JAPAN, statements.MakeStatement("Why so far?", "MNG")),
    )
    # Mongolia owes a reply. Japan speaks on, somebody waits, and a point of order is before the chair.
    session.done((JAPAN, speakers.AskForFloor()), (CHAIR, floor.NextSpeaker(seen=_speaking(session.state))))
    return session.done((CHAIR, turns.AddToList("MNG-MFA")), (MONGOLIA, orders.RaisePoint("That is far off.")))


def _speaking(state: RoomState) -> str:
    return state.floor.speech.id if state.floor.speech else ""


def _text(state: RoomState) -> Document:
    return state.texts.documents[-1]


# What a use must hold besides, so that a field of it says anything.
WITH: Final[Mapping[str, Mapping[str, Any]]] = {
    "break_silence.paragraph": {"text": "Calmer seas."},
    "instruct.paragraph": {"answer": "reserve", "words": "Not in winter."},
    "table_amendment.after": {"kind": "add", "text": "Deeper ports."},
}
# What may be named in vain: the words are kept, and what was named is not.
LET_GO: Final = {"keep_draft.paragraph", "break_silence.paragraph"}
# kind -> one of the room that has gone further, which the others lack.
THEIRS: Final[Mapping[str, Callable[[RoomState], str]]] = {
    "person": lambda _state: MONGOLIA,
    "caucus": lambda state: next(iter(state.caucuses.known)),
    "call": lambda state: state.decisions.calls[-1].id,
    "document": lambda state: _text(state).id,
    "paragraph": lambda state: _text(state).paragraphs[-1].id,
    "bracket": lambda state: _text(state).brackets[-1].id,
    "alternative": lambda state: _text(state).brackets[-1].alternatives[-1].id,
    "amendment": lambda state: _text(state).amendments[-1].id,
    "statement": lambda state: f"s{state.floor.statements}",
    "request": lambda state: state.floor.waiting[-1].id,
    "speech": _speaking,
    "question": lambda state: state.questions.pending[-1].id,
    "point": lambda state: state.orders.open.id if state.orders.open else "",
    "reading": lambda state: state.outputs.readings[-1].id,
    "draft": lambda state: state.drafts.of("MNG")[-1].id,
    "news": lambda state: next(iter(state.news.pieces)),
    "inject": lambda _state: "far-storm",
    "note": lambda state: state.hot_wash.notes[-1].id,
    "commitment": lambda state: state.commitments.drawn[-1].id,
    "dissent": lambda state: state.dissents.entries[-1].id,
    "bookmark": lambda state: state.notes.bookmarks[-1].id,
    "item": lambda _state: "far-item",
    "issue": lambda _state: "winter",
    "option": lambda _state: "w",
    "measure": lambda _state: "far-bell",
    "track": lambda _state: "Steppe",
    "seat": lambda _state: "MNG-MFA",
    "delegation": lambda _state: "MNG",
    # One answer in a questionnaire: about whom, and what.
    "trusted": lambda _state: "MNG 4",
    "guessed": lambda _state: "PRC winter w",
}
PARTS: Final = {"trusted": ("MNG",), "guessed": ("winter", "w")}


def housed(entries: Sequence[Entry], state: RoomState) -> Room:
    """A record as a room in the database, with its people."""
    found = Room.objects.create(code=access.new_code(), title=state.room.title[:200])
    people = state.seats.people.values()
    Participant.objects.bulk_create(
        Participant(room=found, pid=one.id, name=f"Name of {one.id}", role=one.role) for one in people
    )
    log.append(found.pk, found.code, "", entries, state)
    return found


def strings(value: Any) -> Iterator[str]:
    """Every text in a state, ids among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from strings(key)
            yield from strings(one)
    elif isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from strings(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name))
