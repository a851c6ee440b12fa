"""A small stage for the rules: a scenario, a fixed cast, and given / when / then without a database.

After every command the whole record, written out as JSON and read back, is folded anew and must equal the live state.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from rooms.domain import agenda, floor, room, seats, speakers
from rooms.domain.ballots import CastBallot, CountBallots
from rooms.domain.calls import open_call
from rooms.domain.codec import from_data, name_of, to_data, version_of
from rooms.domain.fold import Tick, apply, decide, fold, record
from rooms.domain.record import CLOCK, Entry
from rooms.domain.refused import Refused
from rooms.domain.state import RoomState
from rooms.domain.voting import VOTES, BallotsClosed

SECOND = 1_000
MINUTE = 60_000
NOON = 881_150_400_000  # an instant in December 1997, in ms

M1, M2 = "m1", "m2"
JAPAN, JAPAN_MOD = "japan", "japan-mod"
CHINA, CHINA_MOD = "china", "china-mod"
KOREA = "korea"
OBSERVER, SCREEN = "observer", "screen"
WAITING = "waiting"  # a delegate on JPN-EXP-1 whom nobody has let in
GONE = "gone"  # sat on PRC-EXP-1 until the chair removed them
STRANGER = "stranger"  # was never in this room

MODERATORS = (M1, M2)
DELEGATES = {JAPAN: "JPN-MFA", JAPAN_MOD: "JPN-MOD", CHINA: "PRC-MFA", CHINA_MOD: "PRC-MOD", KOREA: "ROK-MFA"}
ON_SEATS = {**DELEGATES, WAITING: "JPN-EXP-1", GONE: "PRC-EXP-1"}
ROLES = {M1: "moderator", M2: "moderator", OBSERVER: "observer", SCREEN: "projector"}
CAST = (*MODERATORS, *DELEGATES, OBSERVER, SCREEN, WAITING, GONE, STRANGER)
OUTSIDERS = (STRANGER, WAITING, GONE, OBSERVER, SCREEN)
DESIGN = {"source": {"kind": "design"}}  # where every line of the scenario comes from
IN_USE = ("JPN", "PRC", "ROK", "USA")  # nobody sits for the USA yet; RUS is not in the room


def _delegation(code: str, hue: int, *kinds: str) -> dict[str, Any]:
    numbered = [kind if kind != "EXP" else "EXP-1" for kind in kinds]
    places = [
        {"id": f"{code}-{part}", "kind": kind, "title": f"Seat {part}"}
        for part, kind in zip(numbered, kinds, strict=True)
    ]
    return {
        "code": code,
        "name": f"Land {code}",
        "full_name": f"Republic of {code}",
        "hue": hue,
        "pattern": hue,
        "optional": False,
        "seats": places,
    }


def _issue(issue_id: str) -> dict[str, Any]:
    options = [{"id": one, "label": f"Option {one}", "detail": f"What {one} means."} for one in "abc"]
    return {"id": issue_id, "title": "Scope", "question": "How far?", "options": options, "axis": "a to c"} | DESIGN


def _item(item_id: str, kind: str, minutes: int, **more: Any) -> dict[str, Any]:
    plain = {"attribution": "", "may_speak": [], "issue": "", "presenters": []}
    return {"id": item_id, "title": f"Item {item_id}", "kind": kind, "minutes": minutes, **plain, **more}


def _inject(inject_id: str, to: str, when: Any) -> dict[str, Any]:
    words = {"objective": "See who stirs.", "expected": "Somebody stirs.", "contingency": "Call the capital."}
    return {"id": inject_id, "title": f"Flash {inject_id}", "text": f"Something {inject_id}.", "from": "Wire"} | {
        "to": [to],
        "when": when,
        **words,
    }


def _pack(code: str) -> dict[str, Any]:
    return {
        "who": f"You speak for {code}.",
        "interests": [{"text": f"{code} wants calm seas.", **DESIGN}],
        "positions": [
            {"issue": "scope", "preferred": "b", "acceptable": ["b", "c"], "red_lines": ["a"], "priority": 1} | DESIGN
        ],
        "constraints": [],
        "talking_points": [],
        "questions": [
            {"question": "How far?", "options": ["Near", "Far", "Never"], "answer": 1, "why": "The sea is wide."}
            | DESIGN,
            {"question": "Who asks?", "options": ["We", "They"], "answer": 0, "why": "It is our harbour."} | DESIGN,
        ],
    }


def _measure(measure_id: str, track: str, horizon: str, actors: list[str], counterpart: list[str]) -> dict[str, Any]:
    who = {"actors": actors, "counterpart": counterpart}
    return (
        {"id": measure_id, "track": track, "horizon": horizon, "text": f"The bell {measure_id} rings."} | who | DESIGN
    )


def snapshot(**rules: Any) -> dict[str, Any]:
    """A scenario as `rooms` is handed it: plain JSON types, lists and dicts. `rules`: what of its format is otherwise;
    its caucuses are hidden, the chair does not read them, and delegations may ask for one at any time."""
    return {
        "slug": "harbour",
        "version": 3,
        "title": "Harbour talks",
        "moment": "Oslo, May 1998",
        "summary": "Coasts talk about one harbour.",
        "brief": ["First paragraph.", "Second paragraph."],
        "format": {
            "name": "Plenary",
            "attribution": "chatham_house",
            "decision": "consensus",
            "output": "chair's summary",
            "speech_seconds": 120,
            "points_of_order": True,
            "caucus_existence": "hidden",
            "caucus_readable_by_chair": False,
            "caucus_at_any_time": True,
            **rules,
        },
        "delegations": [
            _delegation("JPN", 0, "MFA", "MOD", "EXP"),
            _delegation("PRC", 1, "MFA", "MOD", "EXP"),
            _delegation("ROK", 2, "MFA"),
            _delegation("USA", 3, "MFA", "MIL"),
            _delegation("RUS", 4, "MFA"),
        ],
        "issues": [_issue("scope"), _issue("hotline")],
        "agenda": [
            _item("i1", "opening", 5),
            _item("i2", "national_perspective", 10, may_speak=["MFA"], presenters=["MFA"]),
            _item("i3", "discussion", 15, attribution="off_the_record", issue="scope"),
            _item("i4", "drafting", 20),
            _item("i5", "closing", 5),
        ],
        "injects": [
            _inject("x1", "all", "manual"),
            _inject("x2", "JPN", {"minute": 5}),
            _inject("x3", "PRC-MFA", {"item": "i3", "after": 1}),
            _inject("x4", "ROK", "manual"),
        ],
        "roadmap": [
            _measure("m1", "Coast", "short", ["JPN"], ["PRC"]),
            _measure("m2", "Coast", "mid", ["JPN", "PRC"], ["JPN", "PRC"]),
            _measure("m3", "Harbour", "long", ["ROK", "RUS"], ["JPN", "PRC"]),
            _measure("m4", "Harbour", "long", ["RUS"], ["JPN"]),
        ],
        "packs": {code: _pack(code) for code in ("JPN", "PRC", "ROK", "USA", "RUS")},
    }


def opening(**changes: Any) -> room.OpenRoom:
    plain = room.OpenRoom("Monday group", snapshot(), IN_USE, "chatham_house", True, False)
    return replace(plain, **changes)


def written_and_read(entry: Entry) -> Entry:
    """The entry as it comes back from storage."""
    name = name_of(entry.event)
    stored: Mapping[str, Any] = json.loads(json.dumps(to_data(entry.event)))
    return replace(entry, event=from_data(name, version_of(name), stored))


class Session:
    """One room, played command by command. The clock stands unless a test says another instant."""

    def __init__(self) -> None:
        self.state = RoomState()
        self.entries: list[Entry] = []
        self.now = NOON
        self.refusal: Refused | None = None
        self.new: list[Any] = []
        self._anew = RoomState()
        self._box: Counter[str] = Counter()  # of secret ballots; it stands outside the record

    def copy(self) -> "Session":
        """A session of its own that has come as far as this one."""
        other = Session()
        other.state, other.entries, other.now, other._anew = self.state, list(self.entries), self.now, self._anew
        other._box = self._box.copy()
        return other

    def given(self, *events: Any, actor: str = CLOCK, at: int | None = None) -> "Session":
        """These events have happened."""
        self._settle(at)
        self._write(actor, list(events))
        return self

    def done(self, *moves: tuple[str, Any], at: int | None = None) -> "Session":
        """These commands have been carried out, each by its actor: none may be refused."""
        for actor, command in moves:
            self.when(actor, command, at)
            if self.refusal:
                raise AssertionError(f"{actor} {command} was refused: {self.refusal.code}")
        return self

    def when(self, actor: str, command: Any, at: int | None = None) -> "Session":
        self._settle(at)
        self.new = []
        try:
            events = decide(self.state, actor, self._counted(command), self.now)
        except Refused as refusal:
            self.refusal = refusal
            self._same_anew(self._anew)
        else:
            if isinstance(command, CastBallot):
                self._box[f"{command.call} {command.vote}"] += 1
            self._write(actor, events)
            if any(isinstance(event, BallotsClosed) for event in events):  # counted at once, as the server does it
                self._write(CLOCK, decide(self.state, CLOCK, self._counted(Tick()), self.now))
                self.new = [*events, *self.new]
        return self

    def _counted(self, command: Any) -> Any:
        """A tick counts the box that is closed, as the server's does."""
        call = open_call(self.state)
        if not isinstance(command, Tick) or call is None or call.status != "counting":
            return command
        return CountBallots(call.id, *(self._box[f"{call.id} {vote}"] for vote in VOTES))

    def then(self, *events: Any) -> "Session":
        """Exactly these events came of the command."""
        if self.refusal:
            raise AssertionError(f"refused: {self.refusal.code}")
        assert self.new == list(events)
        return self

    def refused(self, code: str) -> Refused:
        """The command was refused with this code, and nothing was written."""
        refusal, self.refusal = self.refusal, None
        assert refusal is not None, f"not refused, but {self.new}"
        assert refusal.code == code
        assert refusal.message.endswith((".", "?")), "a refusal is a sentence"
        return refusal

    def read(self) -> None:
        """No refusal was left unnoticed by the test."""
        if self.refusal:
            raise AssertionError(f"refused and not expected: {self.refusal.code}")

    def _settle(self, at: int | None) -> None:
        self.read()
        self.now = self.now if at is None else at

    def _write(self, actor: str, events: list[Any]) -> None:
        self.new = events
        self.state, entries = record(self.state, actor, events, self.now)
        for entry in entries:
            again = written_and_read(entry)
            assert again == entry, "an event read back equals the event that was written"
            self._anew = apply(self._anew, again)
            self.entries.append(again)
        self._same_anew(fold(self.entries))

    def _same_anew(self, anew: RoomState) -> None:
        assert anew == self.state, "folding the record anew equals the live state"


Rules = tuple[tuple[str, Any], ...]
ANNOUNCED = {"caucus_existence": "announced"}
READABLE = {"caucus_readable_by_chair": True}


@cache
def _joined(rules: Rules) -> Session:
    session = Session().done((M1, opening(snapshot=snapshot(**dict(rules)))))
    for person, role in ROLES.items():
        session.done((person, seats.JoinRoom(role)))
    for person, seat in ON_SEATS.items():
        session.done((person, seats.JoinRoom("delegate", seat)))
    inside = [(M1, seats.AdmitPerson(person)) for person in (*DELEGATES, GONE, OBSERVER)]
    return session.done(*inside, (M1, seats.RemovePerson(GONE)))


@cache
def _live(rules: Rules) -> Session:
    return cast_joined(**dict(rules)).done((M1, room.StartSession()))


def cast_joined(**rules: Any) -> Session:
    """The room is open, in the lobby; the cast is where the constants above say. `rules`: see `snapshot`."""
    return _joined(tuple(sorted(rules.items()))).copy()


def cast_live(**rules: Any) -> Session:
    """The same, and the session has started."""
    return _live(tuple(sorted(rules.items()))).copy()


def speaking(session: Session, person: str = JAPAN) -> Session:
    """Somebody has asked for the floor and has it."""
    return session.done((person, speakers.AskForFloor()), (M1, floor.NextSpeaker()))


def running(session: Session, item: str) -> Session:
    before = session.state.agenda.running
    return session.done((M1, agenda.StartItem(item, before.id if before else "")))
