"""A session written by hand, through the rules themselves: what the tests of the debrief read.

`Session` plays commands and keeps the record; `plenary` is the session whose numbers the tests know by heart.
"""

from typing import Any

from rooms.domain import agenda, decisions, floor, fold, positions, room, seats, sight, statements, texts
from rooms.domain.record import CLOCK, Entry
from rooms.domain.state import RoomState

NINE = 881_107_200_000  # 3 December 1997, 00:00 UTC
SECOND = 1_000
MINUTE = 60_000
NAMES = {"PRC": "China", "JPN": "Japan", "ROK": "South Korea", "RUS": "Russia", "USA": "United States"}
KINDS = ("MFA", "MOD")
CHAIR = "chair-1"


def item(item_id: str, title: str, kind: str, minutes: int, attribution: str = "") -> dict[str, Any]:
    return {"id": item_id, "title": title, "kind": kind, "minutes": minutes, "attribution": attribution}


AGENDA = (
    item("i1", "Opening", "opening", 2, "on_the_record"),
    item("i2", "Discussion", "discussion", 10),
    item("i3", "Coffee", "informal", 5, "off_the_record"),
    item("i4", "Drafting", "drafting", 10),
    item("i5", "Closing", "closing", 5, "on_the_record"),
)
ISSUES = (
    {
        "id": "scope",
        "title": "Scope",
        "question": "How far should the guidelines reach?",
        "axis": "from narrow to wide",
        "options": [
            {"id": "a", "label": "Incidents at sea", "detail": ""},
            {"id": "b", "label": "Military contacts", "detail": ""},
            {"id": "c", "label": "All forces", "detail": ""},
            {"id": "d", "label": "All policy", "detail": ""},
        ],
    },
    {
        "id": "pace",
        "title": "Pace",
        "question": "How fast?",
        "axis": "from slow to fast",
        "options": [
            {"id": "x", "label": "When ripe", "detail": ""},
            {"id": "y", "label": "In a year", "detail": ""},
            {"id": "z", "label": "Now", "detail": ""},
        ],
    },
)


def snapshot(codes: tuple[str, ...] = tuple(NAMES), output: str = "chair's summary") -> dict[str, Any]:
    delegations = [
        {
            "code": code,
            "name": NAMES[code],
            "full_name": NAMES[code],
            "hue": n,
            "pattern": n,
            "seats": [{"id": f"{code}-{kind}", "kind": kind, "title": kind} for kind in KINDS],
        }
        for n, code in enumerate(codes)
    ]
    return {
        "slug": "tokyo",
        "version": 1,
        "title": "Tokyo plenary",
        "moment": "Tokyo, December 1997",
        "summary": "A plenary.",
        "brief": ["Read this."],
        "format": {
            "name": "NEACD plenary",
            "attribution": "chatham_house",
            "decision": "consensus",
            "output": output,
            "speech_seconds": 120,
        },
        "delegations": delegations,
        "issues": list(ISSUES),
        "agenda": list(AGENDA),
        "packs": {code: {"who": f"The secret of {code}"} for code in codes},
    }


class Session:
    """Plays commands at instants and keeps what the rules wrote down."""

    def __init__(
        self, attribution: str = "chatham_house", codes: tuple[str, ...] = tuple(NAMES), output: str = "chair's summary"
    ) -> None:
        self.state = RoomState()
        self.entries: list[Entry] = []
        self.at = NINE
        plan = snapshot(codes, output)
        opened = room.OpenRoom("Class of 1997", plan, codes, attribution, True, True)
        self.act(CHAIR, opened)
        self.act(CHAIR, seats.JoinRoom("moderator"))

    def act(self, actor: str, command: Any, after_ms: int = 0) -> None:
        """One command, `after_ms` after the one before."""
        self.at += after_ms
        events = fold.decide(self.state, actor, command, self.at)
        self.state, written = fold.record(self.state, actor, events, self.at, f"press-{len(self.entries)}")
        self.entries.extend(written)

    def chair(self, command: Any, after_ms: int = 0) -> None:
        self.act(CHAIR, command, after_ms)

    def until(self, second: int) -> None:
        """The next command comes at this second of the session."""
        self.at = NINE + second * SECOND

    def tick(self, after_ms: int = 0) -> None:
        self.act(CLOCK, fold.Tick(), after_ms)

    def sit(self, *seat_ids: str) -> None:
        """A person named like the seat takes it."""
        for seat in seat_ids:
            self.act(seat.lower(), seats.JoinRoom("delegate", seat))

    def start(self, item_id: str, after_ms: int = 0) -> None:
        running = self.state.agenda.running
        self.chair(agenda.StartItem(item_id, running.id if running else ""), after_ms)

    def says(self, seat: str, text: str, spoken_ms: int = 30 * SECOND, kind: str = "statement") -> None:
        """A seat is called upon and puts a statement on the record after speaking for a while."""
        self.chair(floor.CallOn(seat, kind))
        self.act(seat.lower(), statements.MakeStatement(text), spoken_ms)

    def files(self, seat: str, issue: str, preferred: str, after_ms: int = 0, public: bool = True, **more: Any) -> None:
        self.act(seat.lower(), positions.DeclarePosition(issue, preferred, public=public, **more), after_ms)

    def proposes(self, seat: str, text: str) -> None:
        self.act(seat.lower() if seat else CHAIR, texts.ProposeParagraph(text))

    def calls(self, **answers: str) -> None:
        """A consensus call and the answers to it: "join", or "stand_aside: why", "object: why"."""
        self.chair(decisions.CallConsensus(2), SECOND)
        call = self.state.decisions.calls[-1].id
        for code, words in answers.items():
            answer, _, reason = words.partition(": ")
            head = seats.head_of(self.state, code).lower()
            self.act(head, decisions.AnswerCall(call, answer, reason), SECOND)

    def close(self, words: str = "", after_ms: int = 0) -> None:
        self.chair(room.CloseSession(words), after_ms)

    def seen_by(self, audience: sight.Audience) -> list[Entry]:
        return sight.visible(self.entries, audience)


def plenary() -> Session:
    """Five delegations, four of them seated; every number in it is counted by hand in the tests.

    00:00 started; 00:00-02:00 opening (on the record); 02:00-12:00 discussion with three minutes' pause in it;
    12:00-15:00 coffee (off the record); 15:00 drafting; a call that Russia blocks, one that adopts with Japan aside.
    """
    played = Session()
    played.sit("PRC-MFA", "PRC-MOD", "JPN-MFA", "ROK-MFA", "RUS-MFA")
    played.chair(room.StartSession())
    played.start("i1")
    played.says("PRC-MFA", "China thanks the host.", 40 * SECOND)
    played.files("PRC-MFA", "scope", "a", 20 * SECOND, acceptable=("b",), reason="Sea first.")
    played.files("JPN-MFA", "scope", "d", 20 * SECOND)
    played.files("PRC-MFA", "pace", "x", 10 * SECOND)
    played.start("i2", 30 * SECOND)
    played.says("JPN-MFA", "We want more.", 60 * SECOND)
    played.chair(room.PauseSession("Fire drill"), 60 * SECOND)
    played.chair(room.ResumeSession(), 180 * SECOND)
    played.says("RUS-MFA", "We want less.", 20 * SECOND)
    played.files("RUS-MFA", "scope", "b", 10 * SECOND, public=False)
    played.files("JPN-MFA", "scope", "b", 10 * SECOND, conditions="If all report.")
    played.files("PRC-MFA", "scope", "b", 10 * SECOND)
    played.chair(statements.ChairStatement("Let us rest."), 10 * SECOND)
    played.start("i3", 240 * SECOND)
    played.says("ROK-MFA", "Between us, no.", 50 * SECOND)
    played.start("i4", 130 * SECOND)
    played.proposes("PRC-MFA", "We met.")
    played.proposes("JPN-MFA", "We shall meet.")
    played.proposes("", "The chair thanks all.")
    played.calls(PRC="join", RUS="object: The second goes too far.")
    played.act("jpn-mfa", texts.ReviseParagraph("p2", "We may meet.", 1), 54 * SECOND)
    played.act(CHAIR, texts.WithdrawParagraph("p3"))
    played.files("JPN-MFA", "scope", "c")
    played.calls(PRC="join", JPN="stand_aside: Too weak.", ROK="join", RUS="join")
    played.start("i5", 55 * SECOND)
    played.close("Thank you.", 60 * SECOND)
    return played
